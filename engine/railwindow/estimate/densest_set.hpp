#pragma once

#include <railwindow/estimate/questions.hpp>

#include <vector>

namespace railwindow {

/// Asks for the shortest set of times that holds the share `mass` of the runs, as intervals: several where the runs fall into groups that one
/// interval would blur. Groups are told apart where the density between them falls below half of that at the set's edge. `set`, which stays where it
/// is, is left empty where there is one group, or fewer than 4800 times. `known` are the times of all `runs` runs at `levels_of_densest_set`.
/// Accuracy: it holds the share to the run, of the first 4,194,304 runs; groups nearer than a 96th of the distance from P0.5 to P99.5 are one.
/// Source: Hyndman (1996), Am. Stat. 50, 120-126; histogram smoothed by (1 2 1)/4, then the bounds moved to the runs.
void ask_densest_set(Questions& questions, const Measure& times, const Ranked& known, std::uint64_t runs, double mass, std::vector<TimeSpan>& set);
/// Quantiles that have to be known.
std::vector<double> levels_of_densest_set();

}  // namespace railwindow
