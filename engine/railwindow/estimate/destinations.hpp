#pragma once
// Where the runs end: of a journey that leaves its destination open, each place with the runs that are bound for it.

#include <railwindow/estimate/questions.hpp>
#include <railwindow/estimate/windows.hpp>

#include <vector>

namespace railwindow {

/// The destinations that runs are bound for, the commonest first; at least one. Without times.
std::vector<DestinationEstimate> destinations_of(const Model& model, const RunsByAlternative& runs);
/// Asks for the times, into `destinations`, which stay where they are.
void ask_destinations(Questions& questions, const Model& model, const std::vector<double>& quantiles, std::vector<DestinationEstimate>& destinations);

}  // namespace railwindow
