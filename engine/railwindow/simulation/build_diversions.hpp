#pragma once
// Inside of `build`: the ways round what may be closed.

#include <railwindow/simulation/itinerary_builder.hpp>

namespace railwindow::building {

/// Adds the diversions of one alternative, whose choices are `chosen`. A way on which something that the journey calls for cannot be
/// done, or that runs through a country without practice, is none.
void add_diversions(Model& model, std::size_t alternative, const Scenario& scenario, const ChosenJourney& chosen, const BuildOptions& options);

}  // namespace railwindow::building
