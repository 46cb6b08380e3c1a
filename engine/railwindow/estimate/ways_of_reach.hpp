#pragma once
// Inside of reach: one way for each station, and how few trains have to be run for all of them.

#include <railwindow/estimate/arrivals.hpp>
#include <railwindow/estimate/reach.hpp>

namespace railwindow::reaching {

enum class Towards { stations, station };  ///< from one station to each, or from each to one

/// One station and its place on a way that holds its own.
struct Target {
    StationId station;
    std::size_t way = 0, visit = 0;
    Length distance{};
    bool on_own_way = false;
};

/// One of the scenario's own ways, and where on it the station lies that the others are reached from or come to.
struct OwnWay {
    const Itinerary* itinerary;
    std::size_t hub;  ///< a visit
};

struct Ways {
    std::vector<Path> paths;  ///< none is a part of another one that begins (or ends) at the same place
    std::vector<Target> targets;
    std::vector<Unreachable> unreachable;
};

/// The ways between `hub` and every other station. `own` are the scenario's own ways, which come before the best ones. A train to `hub` comes there
/// as on its way to where the scenario's own train goes on to, if a way from its station does.
Ways ways_of(const Scenario& scenario, const Network& network, StationId hub, Towards towards, const std::vector<OwnWay>& own);

/// The model of a train over `path`, with every station a timing point. Nothing, with the reason, where it cannot be run.
std::variant<Model, std::string> model_of(const Scenario& scenario, const Network& network, const Path& path, std::optional<StationId> onward = {});

/// Where the train of an own way goes on to from its visit `hub`; nothing where its journey ends there.
std::optional<StationId> onward_from(const OwnWay& own);

/// The timing point at the model's `visit`-th visit.
std::size_t point_of_visit(const Model& model, std::size_t visit);

}  // namespace railwindow::reaching
