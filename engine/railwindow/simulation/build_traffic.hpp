#pragma once
// Inside of `build`: where the main train shares its lines with ordinary trains.

#include <railwindow/simulation/itinerary_builder.hpp>

namespace railwindow::building {

/// Finds the stretches of the alternative's main train that have ordinary traffic.
void add_traffic(Alternative& alternative, const Scenario& scenario, Model& model, BuildNotes& notes);

/// Notes every train of the timetable that no alternative can meet.
void require_every_line(const Model& model, const Scenario& scenario, Findings& findings);

}  // namespace railwindow::building
