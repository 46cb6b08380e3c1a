#include <railwindow/estimate/ways_of_reach.hpp>

#include <railwindow/simulation/route_request.hpp>

#include <algorithm>

namespace railwindow::reaching {
namespace {

bool same(const PathStep& a, const PathStep& b) { return a.section == b.section && a.direction == b.direction && a.gauge == b.gauge; }

// The part of one of the scenario's own ways between the two stations.
std::optional<Path> own_part(const Network& network, const std::vector<const Path*>& own, StationId from, StationId to) {
    for (const Path* path : own) {
        std::optional<std::size_t> begin;
        for (std::size_t i = 0; i <= path->steps.size(); ++i) {
            const StationId here = station_at(network, *path, i);
            if (here == from && !begin) begin = i;
            if (begin && here == to && i > *begin) return part_of(network, *path, *begin, i);
        }
    }
    return {};
}

// Between two other stations, in one way: what is likelier holds.
JourneySheet between(const Scenario& scenario, const Network& network, StationId from, StationId to) {
    JourneySheet journey = scenario.journey;
    journey.from = StationChoice{Name{network.stations()[from].id, {}}};
    journey.to = StationChoice{Name{network.stations()[to].id, {}}};
    journey.via.clear();
    journey.routes.clear();
    if (journey.regauging && (journey.regauging->options.size() > 1 || journey.regauging->one().value != "prepared")) journey.regauging.reset();
    const auto rather_not = [](const auto& sheet) { return sheet.weight < 0.5; };
    std::erase_if(journey.plans, rather_not);
    std::erase_if(journey.hours, rather_not);
    for (PlanSheet& plan : journey.plans) plan.weight = 1;
    for (RunningHoursSheet& hours : journey.hours) hours.weight = 1;
    return journey;
}

struct Found {
    StationId station;
    Path path;
    bool own;
};

}  // namespace

Ways ways_of(const Scenario& scenario, const Network& network, StationId hub, Towards towards, const std::vector<const Path*>& own) {
    Ways ways;
    std::vector<Found> found;
    for (std::uint32_t i = 0; i < network.stations().size(); ++i) {
        const StationId station{i};
        if (station == hub) continue;
        const StationId from = towards == Towards::stations ? hub : station, to = towards == Towards::stations ? station : hub;
        if (const auto part = own_part(network, own, from, to)) {
            found.push_back({station, *part, true});
            continue;
        }
        const RouteRequest asked = route_request(network, scenario, between(scenario, network, from, to));
        if (const auto best = best_path(network, asked))
            found.push_back({station, *best, false});
        else
            ways.unreachable.push_back({station, why_no_path(network, asked)});
    }
    std::stable_sort(found.begin(), found.end(), [](const Found& a, const Found& b) { return a.path.steps.size() > b.path.steps.size(); });
    for (const Found& one : found) {
        const std::vector<PathStep>& steps = one.path.steps;
        const auto holds = [&](const Path& longer) {
            return towards == Towards::stations ? std::equal(steps.begin(), steps.end(), longer.steps.begin(), same)
                                                : std::equal(steps.rbegin(), steps.rend(), longer.steps.rbegin(), same);
        };
        const auto way = std::find_if(ways.paths.begin(), ways.paths.end(), holds);
        const auto index = static_cast<std::size_t>(way - ways.paths.begin());
        if (way == ways.paths.end()) ways.paths.push_back(one.path);
        const std::size_t visit = towards == Towards::stations ? steps.size() : ways.paths[index].steps.size() - steps.size();
        ways.targets.push_back({one.station, index, visit, one.path.length, one.own});
    }
    return ways;
}

std::variant<Model, std::string> model_of(const Scenario& scenario, const Network& network, const Path& path) {
    Scenario bound = scenario;
    bound.journey = between(scenario, network, station_at(network, path, 0), station_at(network, path, path.steps.size()));
    bound.claims.clear();
    if (path.gauge_changes.empty()) bound.journey.regauging.reset();
    std::erase_if(bound.journey.calls, [&](const CallSheet& call) {
        for (std::size_t i = 1; i < path.steps.size(); ++i)
            if (network.stations()[station_at(network, path, i)].id == call.at.value) return false;
        return true;
    });
    try {
        return build(bound, {TimingPoints::all, path});
    } catch (const Infeasible& error) {
        return std::string{error.what()};
    } catch (const InputError& error) {  // no practice for a country that only the search leads into
        return error.findings().front().what;
    }
}

std::size_t point_of_visit(const Model& model, std::size_t visit) {
    const auto found = std::find_if(model.timing_points.begin(), model.timing_points.end(),
                                    [&](const TimingPoint& point) { return point.train == 0 && point.visit[0] == visit; });
    return static_cast<std::size_t>(found - model.timing_points.begin());
}

}  // namespace railwindow::reaching
