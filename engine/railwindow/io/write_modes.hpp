#pragma once
// The modes of a journey: what runs wait for by decision, and when they then arrive.

#include <railwindow/estimate/estimate.hpp>

#include <ostream>
#include <string>

namespace railwindow {

/// As tables name a mode: "reception at Khasan, long stand in KP", or "no such wait".
std::string name_of(const Model& model, const ModeEstimate& mode);

/// The modes of at least one run in a hundred, with the quantiles of their arrivals; nothing where there are none.
void write_modes(std::ostream& out, const Model& model, const Estimate& estimate, int width);

/// What who wants to be in time does not wait for, in a sentence; empty where there is nothing of that kind.
std::string without_waits_text(const std::vector<std::string>& waits);
/// What of `model` that would be.
std::vector<std::string> voluntary_waits(const Model& model);

}  // namespace railwindow
