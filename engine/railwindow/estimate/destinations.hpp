#pragma once
// Where the runs end: of a journey that leaves its destination open, each place with the runs that are bound for it.

#include <railwindow/estimate/samples.hpp>

#include <vector>

namespace railwindow {

/// The destinations of the alternatives, the commonest first; at least one.
std::vector<DestinationEstimate> destinations_of(const Model& model, const Samples& samples, const std::vector<double>& quantiles);

}  // namespace railwindow
