#include <railwindow/io/answered_run.hpp>

#include <railwindow/compare/unchanged.hpp>
#include <railwindow/core/error.hpp>
#include <railwindow/drivers/explain.hpp>
#include <railwindow/network/check.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace railwindow {

std::optional<Model> built_without_sets(WhatIf what_if, const std::function<Scenario(const WhatIf&)>& load) {
    what_if.sets.clear();
    try {
        return build(load(what_if));
    } catch (const InputError&) {
        return {};
    }
}

void add_doubts(Model& model, const Scenario& scenario, const std::optional<Model>& without_sets, std::uint64_t seed) {
    constexpr std::uint64_t tried = 128;  // so few, as it is asked beside every run with changes
    if (without_sets) {
        const std::uint64_t others = tried - same_runs(*without_sets, model, seed, tried);
        if (static_cast<double>(others) < hardly_any * tried)
            model.doubts.push_back(fmt::format("--set changes {} of {} runs: {}", others == 0 ? "none" : fmt::format("{}", others), tried,
                                               why_unchanged(*without_sets, model)));
    }
    for (const Finding& finding : doubts(scenario.networks))
        if (finding.severity == Severity::error) model.doubts.push_back(to_string(finding));
}

bool add_drivers(Estimate& result, const std::vector<Model*>& models, const EstimateOptions& options) {
    constexpr std::uint64_t fewest = 64, most = 512, part = 8;
    bool stopped = false;
    const auto progress = [&](std::uint64_t done, std::uint64_t all) {
        stopped |= options.progress && !options.progress(done, all);
        return !stopped;
    };
    const std::uint64_t pairs = std::clamp(options.runs / part, fewest, most);
    const std::vector<GroupEffect> groups = main_drivers(*models.front(), {pairs, options.seed, options.threads, progress, 0});
    if (stopped) return false;
    for (const GroupEffect& group : groups) result.drivers.push_back({group.name, group.effect.total});
    if (!groups.empty())
        for (Model* model : models) weigh_weak_inputs(*model, groups);
    return true;
}

}  // namespace railwindow
