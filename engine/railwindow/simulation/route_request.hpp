#pragma once
// The part of a scenario that a search for ways needs: names resolved, laws replaced by their means.

#include <railwindow/route/search.hpp>
#include <railwindow/simulation/scenario.hpp>

namespace railwindow {

/// What `scenario` asks of the network it names: any traction, the expected times of its practice and train.
/// Throws: InputError when a name of the journey is unknown, both ends are one station, or the gauge cannot be changed where it says.
RouteRequest route_request(const Network& network, const Scenario& scenario);

/// The answer to: which ways are there?
struct Routes {
    std::string scenario, question;
    Network network;
    RouteRequest request;
    std::vector<Path> paths;  ///< at least one, in the order of alternative_paths
};

/// The ways between origin and destination of `scenario`, behind one of `tractions` (empty: any); `journey.depart`, calls and
/// claims play no part.
/// Throws: InputError as route_request does; Infeasible when there is no way.
Routes find_routes(const Scenario& scenario, const Alternatives& wanted = {}, const std::vector<Haulage>& tractions = {});

/// The ways to choose from, one to a line with length and expected time: how a message lists candidates.
std::string listed_ways(const Network& network, const std::vector<Path>& ways);

}  // namespace railwindow
