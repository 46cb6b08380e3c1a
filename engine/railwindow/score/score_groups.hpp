#pragma once
// Scores of single observations put together.

#include <railwindow/score/backtest.hpp>

namespace railwindow {

/// The sums over those of `targets` whose journeys the numbers knew, or over the others. Coverage is left to who has the runs.
ScoreGroup score_group(const std::vector<TargetScore>& targets, bool known);

/// The mean of `values`, and its error where there are two or more.
Mean mean_with_error(const std::vector<double>& values);

}  // namespace railwindow
