#include <railwindow/estimate/modes.hpp>

#include <railwindow/estimate/arrivals.hpp>

#include <algorithm>
#include <map>

namespace railwindow {

std::vector<ModeEstimate> modes_of(const Model& model, const Samples& samples, const std::vector<double>& quantiles) {
    if (model.waits.empty()) return {};
    const std::vector<std::int64_t> arrive = arrivals(model, samples, {});
    std::map<std::uint64_t, std::pair<std::uint64_t, std::vector<std::int64_t>>> groups;
    for (std::uint64_t run = 0; run < samples.runs; ++run) {
        auto& [runs, times] = groups[samples.waits[run]];
        ++runs;
        times.push_back(arrive[run]);
    }
    if (groups.size() < 2) return {};
    std::vector<ModeEstimate> modes;
    for (const auto& [bits, group] : groups) {
        ModeEstimate mode{{}, group.first, share_of(group.first, samples.runs), quantiles_of(sorted_times(group.second), quantiles)};
        for (std::size_t i = 0; i < model.waits.size(); ++i)
            if (bits >> i & 1) mode.waits.push_back(i);
        modes.push_back(std::move(mode));
    }
    std::stable_sort(modes.begin(), modes.end(), [](const ModeEstimate& a, const ModeEstimate& b) { return a.runs > b.runs; });
    return modes;
}

}  // namespace railwindow
