#pragma once

#include <railwindow/estimate/estimate.hpp>

#include <vector>

namespace railwindow {

/// The shortest set of times that holds the share `mass` of `sorted`, as intervals: several where the runs fall into groups that one
/// interval would blur. Groups are told apart where the density between them falls below half of that at the set's edge.
/// Accuracy: it holds the share to the run (densest-set tests); groups nearer than a 96th of the distance from P0.5 to P99.5 are one.
/// Source: Hyndman (1996), Am. Stat. 50, 120-126; histogram smoothed by (1 2 1)/4, then the bounds moved to the runs.
std::vector<TimeSpan> densest_set(const std::vector<Millis>& sorted, double mass);

}  // namespace railwindow
