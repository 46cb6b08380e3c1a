#pragma once
// Journeys that wait by decision fall into modes: what each run waited for, how often, and when it then arrives.

#include <railwindow/estimate/samples.hpp>

#include <vector>

namespace railwindow {

/// The modes of the runs, the commonest first; empty where all runs wait for the same.
std::vector<ModeEstimate> modes_of(const Model& model, const Samples& samples, const std::vector<double>& quantiles);

}  // namespace railwindow
