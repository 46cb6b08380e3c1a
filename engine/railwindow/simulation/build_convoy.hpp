#pragma once
// Inside of `build`: the other trains of the convoy, each on its part of the main train's way.

#include <railwindow/simulation/itinerary_builder.hpp>

namespace railwindow::building {

/// Adds the trains of the scenario's convoy to `alternative`, which holds the main train. One that runs in countries where this way
/// does not go has no visits.
void add_convoy(Alternative& alternative, const Scenario& scenario, const Network& network, const ChosenJourney& chosen, const BuildOptions& options,
                BuildNotes& notes);

/// Notes the trains that no alternative has use for.
void require_every_train(const Model& model, const ConvoySheet& convoy, Findings& findings);

}  // namespace railwindow::building
