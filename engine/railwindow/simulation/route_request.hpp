#pragma once
// The part of a scenario that a search for ways needs: names resolved, laws replaced by their means.

#include <railwindow/route/search.hpp>
#include <railwindow/simulation/scenario.hpp>

namespace railwindow {

/// What `journey`, in which everything is chosen, asks of the network that `scenario` names: any traction, the expected times of
/// the scenario's practice and train.
/// Throws: InputError when a name of the journey is unknown, both ends are one station, or the gauge cannot be changed where it says.
RouteRequest route_request(const Network& network, const Scenario& scenario, const JourneySheet& journey);

/// The longest that `train` may be, cars and the longest locomotives that any practice puts in front.
Length longest_train(const Scenario& scenario, const TrainSheet& train);

/// The answer to: which ways are there?
struct Routes {
    std::string scenario, question;  ///< of the scenario: its name, what it asks
    Network network;                 ///< searched
    RouteRequest request;            ///< what was asked of it
    std::vector<Path> paths;         ///< at least one, the quickest first
};

/// The ways between origin and destination of `scenario`, the first ones named where it leaves them open, behind one of `tractions`
/// (empty: any); weighted `routes` and places of regauging, `journey.depart`, calls and claims play no part.
/// Throws: InputError as route_request does; Infeasible when there is no way.
Routes find_routes(const Scenario& scenario, const Alternatives& wanted = {}, const std::vector<MotivePower>& tractions = {});

/// The ways to choose from, one to a line with length and expected time: how a message lists candidates.
std::string listed_ways(const Network& network, const std::vector<Path>& ways);

}  // namespace railwindow
