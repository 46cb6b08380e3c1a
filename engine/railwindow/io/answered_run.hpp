#pragma once
// What `run` tells beside the windows: what is doubtful about the question, and what spreads the arrival. The page that answers tells the same.

#include <railwindow/estimate/estimate.hpp>
#include <railwindow/io/scenario_file.hpp>

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace railwindow {

/// The question of `what_if` without its sets, as `load` reads it: what the sets are held against. Nothing where the file alone is no question, as it
/// may be with them.
std::optional<Model> built_without_sets(WhatIf what_if, const std::function<Scenario(const WhatIf&)>& load);

/// Adds to `model` of `scenario` what is doubtful: sets that no run feels against `without_sets` (nothing: that is not asked), and what `check` calls
/// an error in its networks.
void add_doubts(Model& model, const Scenario& scenario, const std::optional<Model>& without_sets, std::uint64_t seed);

/// Adds to `result` what spreads the arrival, from few runs beside those of the window: a tenth of its time; and weighs the weak inputs of `models`,
/// all of the same question, by it. Returns false where `options.progress` stopped it.
bool add_drivers(Estimate& result, const std::vector<Model*>& models, const EstimateOptions& options);

}  // namespace railwindow
