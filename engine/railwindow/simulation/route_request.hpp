#pragma once
// The part of a scenario that a search for ways needs: names resolved, laws replaced by their means.

#include <railwindow/route/search.hpp>
#include <railwindow/simulation/scenario.hpp>

namespace railwindow {

/// What `scenario` asks of the network it names: any traction, the expected times of its practice and train.
/// Throws: InputError when a name of the journey is unknown, both ends are one station, or the gauge cannot be changed where it says.
RouteRequest route_request(const Network& network, const Scenario& scenario);

/// The ways to choose from, one to a line with length and expected time: how a message lists candidates.
std::string listed_ways(const Network& network, const std::vector<Path>& ways);

}  // namespace railwindow
