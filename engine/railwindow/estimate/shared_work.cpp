#include <railwindow/estimate/shared_work.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace railwindow {

std::pair<std::uint64_t, std::uint64_t> blocks_of(PartOf part, std::uint64_t blocks, std::uint64_t together) {
    const std::uint64_t groups = (blocks + together - 1) / together;
    // The first `rest` parts have one group more: no product that could be too large.
    const std::uint64_t each = groups / part.parts, rest = groups % part.parts;
    const auto begin_of = [&](std::uint64_t before) { return std::min(blocks, (before * each + std::min(before, rest)) * together); };
    return {begin_of(part.part - 1), begin_of(part.part)};
}

SharedWork::SharedWork(std::vector<WorkPhase> known, std::vector<std::shared_ptr<const ByteStore>> stores)
    : phases_{std::move(known)}, stores_{std::move(stores)} {}

std::string SharedWork::next(std::string_view what) { return fmt::format("{} {}", what, ++begun_[std::string{what}]); }

const WorkPhase* SharedWork::find(std::string_view name) const {
    const auto found = std::find_if(phases_.begin(), phases_.end(), [&](const WorkPhase& phase) { return phase.name == name; });
    return found == phases_.end() ? nullptr : &*found;
}

void SharedWork::keep(WorkPhase& phase, std::uint64_t block, std::string bytes) {
    stores_.push_back(std::make_shared<const BytesInMemory>(std::move(bytes)));
    phase.done[block] = {stores_.back().get(), 0, stores_.back()->size()};
}

WorkPhase& SharedWork::begin(std::string name, std::uint64_t blocks, std::uint64_t together) {
    return phases_.emplace_back(WorkPhase{std::move(name), blocks, {}, together});
}

}  // namespace railwindow
