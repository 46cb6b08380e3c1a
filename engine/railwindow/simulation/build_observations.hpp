#pragma once
// A step of `build`: the reports of a scenario, with their names and times resolved.

#include <railwindow/simulation/model.hpp>
#include <railwindow/simulation/scenario.hpp>

namespace railwindow::building {

/// Adds the reports of `scenario` to `model`. Their stations become timing points; what does not fit any route or the calendar is noted.
void add_observations(const Scenario& scenario, Model& model, Findings& findings);

}  // namespace railwindow::building
