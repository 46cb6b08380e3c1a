#pragma once
// What the runs tell of the ordinary trains on the lines of the way.

#include <railwindow/estimate/run_source.hpp>
#include <railwindow/simulation/trace.hpp>

#include <cstdint>
#include <vector>

namespace railwindow {

/// Adds what `trace`, run `run` of `model`, tells.
void note_traffic(Samples& samples, const Model& model, const Trace& trace, std::uint64_t run);

/// Means over all runs, line by line, and the trains of the run that makes the median of the final arrival.
std::vector<TrafficEstimate> traffic_of(const Model& model, const RunSource& runs, unsigned threads);

}  // namespace railwindow
