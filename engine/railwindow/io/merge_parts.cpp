#include <railwindow/io/part_file.hpp>

#include <railwindow/core/error.hpp>
#include <railwindow/core/version.hpp>
#include <railwindow/estimate/parallel.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace railwindow {
namespace {

[[noreturn]] void refuse_merge(const std::string& file, std::string what, std::string remedy) {
    throw InputError{Finding{{file, 0, 0}, {}, std::move(what), std::move(remedy), Severity::error}};
}

// In what two questions differ, in words; empty where they are the same.
std::string difference(const PartQuestion& one, const PartQuestion& other, Builds builds) {
    if (one.version != other.version) return fmt::format("it was made by railwindow {}, the others by {}", one.version, other.version);
    if (one.command != other.command || one.words != other.words)
        return fmt::format("it is of another question: '{}', and not '{}'", command_line(one), command_line(other));
    for (std::size_t i = 0; i < std::max(one.scenarios.size(), other.scenarios.size()); ++i) {
        if (i >= one.scenarios.size() || i >= other.scenarios.size() || one.scenarios[i].name != other.scenarios[i].name)
            return "it is of other scenarios";
        if (one.scenarios[i].digest != other.scenarios[i].digest)
            return fmt::format("the files of {} said something else when it was made", one.scenarios[i].name);
    }
    if (builds == Builds::this_one && one.build != other.build) return "it was made by another build of the same version";
    return {};
}

void require_same(const PartFile& part, const PartFile& first, Builds builds) {
    const std::string differs = difference(part.question, first.question, builds);
    if (differs.empty()) return;
    const bool build = part.question.version == first.question.version && part.question.words == first.question.words && differs.ends_with("version");
    refuse_merge(
        part.file, fmt::format("this part does not go with {}: {}", first.file, differs),
        build ? "make all parts with one program; --mixed-builds takes these all the same, and bits may then differ" : "merge parts of one question");
}

// Whether two results say the same.
bool are_equal(const StoredBytes& one, const StoredBytes& other) {
    std::string room, other_room;
    return one.size == other.size && one.read(room) == other.read(other_room);
}

// A phase of all parts.
struct Gathered {
    WorkPhase phase;
    std::vector<const PartFile*> from;  // those that have blocks of it

    // Throws where what is known already of a block is something else.
    void add(const WorkPhase& more, const PartFile& part) {
        if (phase.blocks != more.blocks || phase.together != more.together)
            refuse_merge(part.file, fmt::format("its phase '{}' has {} blocks, and that of others {}", more.name, more.blocks, phase.blocks),
                         "merge parts of one question");
        for (const auto& [block, result] : more.done) {
            const auto [known, is_new] = phase.done.try_emplace(block, result);
            if (is_new || are_equal(known->second, result)) continue;
            const auto holds_it = [&](const PartFile* one) { return one->bytes.get() == known->second.store; };
            refuse_merge(part.file,
                         fmt::format("block {} of '{}' is not the same here and in {}", block, more.name,
                                     (*std::find_if(from.begin(), from.end(), holds_it))->file),
                         "one of the two is wrong: make both again");
        }
        from.push_back(&part);
    }
};

// Throws with the commands that make what is missing.
void require_all(const std::vector<Gathered>& all, const PartFile& first) {
    std::set<std::uint64_t> missing;
    const std::uint64_t parts = first.part.parts;
    for (const auto& [phase, from] : all)
        for (std::uint64_t part = 1; part <= parts; ++part) {
            const auto [begin, end] = blocks_of({part, parts}, phase.blocks, phase.together);
            for (std::uint64_t block = begin; block < end; ++block)
                if (phase.done.count(block) == 0) {
                    missing.insert(part);
                    break;
                }
        }
    if (missing.empty()) return;
    constexpr std::size_t told = 8;
    std::string commands;
    std::size_t count = 0;
    for (auto part = missing.begin(); part != missing.end() && count < told; ++part, ++count)
        commands += fmt::format("\n  {} --part {}/{}", command_line(first.question), *part, parts);
    if (missing.size() > told) commands += fmt::format("\n  and so on, up to --part {}/{}", *missing.rbegin(), parts);
    throw InputError{Finding{{},
                             {},
                             fmt::format("{} of {} parts {} missing", missing.size(), parts, missing.size() == 1 ? "is" : "are"),
                             fmt::format("{} made by:{}", missing.size() == 1 ? "it is" : "they are", commands),
                             Severity::error}};
}

}  // namespace

std::vector<PartFile> load_parts(const std::vector<std::string>& files, unsigned threads) {
    std::vector<PartFile> parts(files.size());
    std::vector<std::vector<Finding>> wrong(files.size());
    const auto make_worker = [&] {
        return [&](std::uint64_t i) {
            try {
                parts[i] = open_part(files[i]);
            } catch (const InputError& error) {
                wrong[i] = error.findings();
            }
        };
    };
    in_parallel(files.size(), threads, make_worker, [](std::uint64_t) { return true; });
    Findings findings;
    for (const std::vector<Finding>& of_one : wrong)
        for (const Finding& finding : of_one) findings.add(finding);
    findings.throw_if_errors();
    return parts;
}

SharedWork merged(const std::vector<PartFile>& parts, Builds builds) {
    if (parts.empty()) throw InputError{Finding{{}, {}, "there is no part to be merged", "name files that were made with --part", Severity::error}};
    const PartFile& first = parts.front();
    if (first.question.version != version())
        refuse_merge(first.file, fmt::format("this part was made by railwindow {}, and this is {}", first.question.version, version()),
                     "merge parts with the version that made them");
    if (builds == Builds::this_one && first.question.build != build_id())
        refuse_merge(first.file, fmt::format("this part was made by another build of railwindow {}", version()),
                     "merge parts with the program that made them; --mixed-builds takes them all the same, and bits may then differ");
    std::vector<Gathered> all;
    std::vector<std::shared_ptr<const ByteStore>> stores;
    for (const PartFile& part : parts) {
        require_same(part, first, builds);
        stores.push_back(part.bytes);
        for (const WorkPhase& phase : part.phases) {
            auto same = std::find_if(all.begin(), all.end(), [&](const Gathered& one) { return one.phase.name == phase.name; });
            if (same == all.end()) same = all.insert(all.end(), Gathered{WorkPhase{phase.name, phase.blocks, {}, phase.together}, {}});
            same->add(phase, part);
        }
    }
    if (all.empty()) refuse_merge(first.file, "this part holds no work", "make it again");
    require_all(all, first);
    std::vector<WorkPhase> phases;
    for (Gathered& one : all) phases.push_back(std::move(one.phase));
    return {std::move(phases), std::move(stores)};
}

}  // namespace railwindow
