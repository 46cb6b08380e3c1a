#pragma once
// Steps of `build`: the reports of a scenario, with their names and times resolved.

#include <railwindow/simulation/model.hpp>
#include <railwindow/simulation/scenario.hpp>

namespace railwindow::building {

/// The names of reports. Those of one station in a row may speak of one visit, if they are in the order in which things happen there.
std::vector<NamedVisit> names_of(const std::vector<ObservedSheet>& observed);
/// The names of what the press expected: several forecasts of one visit stand in a row.
std::vector<NamedVisit> names_of(const std::vector<PressSheet>& press);
/// The names of calls, plans or stays: each is a visit of its own, as long as there are enough.
template <class Sheet>
std::vector<NamedVisit> names_of(const std::vector<Sheet>& sheets) {
    std::vector<NamedVisit> names;
    for (const Sheet& sheet : sheets) names.push_back({sheet.at, sheet.which});
    return names;
}

/// Reports with the stations of the first of `ways` that passes them in place of landmarks: a bridge is so far before the station that lies behind
/// it. One that none passes is left out of a journey that was `changed`. Throws: InputError where none passes one of another.
std::vector<ObservedSheet> at_stations(const std::vector<ObservedSheet>& observed, const Network& network, const std::vector<const Itinerary*>& ways,
                                       bool changed);

/// Makes timing points of the visits that reports, stays and press speak of.
void mark_observed(const Scenario& scenario, Model& model);

/// Adds the reports of `scenario` to `model`, whose ways are complete. What does not fit any route or the calendar, or cannot have been in the order
/// of the way, is noted.
void add_observations(const Scenario& scenario, Model& model, Findings& findings);

}  // namespace railwindow::building
