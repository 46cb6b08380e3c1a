#pragma once
// Journeys that wait by decision fall into modes: what each run waited for, how often, and when it then arrives.

#include <railwindow/estimate/questions.hpp>

#include <vector>

namespace railwindow {

/// The modes of the runs, by what they wait for, without their arrivals; empty where all runs wait for the same.
std::vector<ModeEstimate> modes_of(const Model& model, const RunSource& runs, unsigned threads);
/// Asks for their arrivals, into `modes`, which stay where they are.
void ask_modes(Questions& questions, const Model& model, const std::vector<double>& quantiles, std::vector<ModeEstimate>& modes);
/// The commonest first.
void sort_modes(std::vector<ModeEstimate>& modes);

}  // namespace railwindow
