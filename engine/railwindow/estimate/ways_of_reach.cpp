#include <railwindow/estimate/ways_of_reach.hpp>

#include <railwindow/route/onward.hpp>
#include <railwindow/simulation/route_request.hpp>

#include <algorithm>

namespace railwindow::reaching {
namespace {

bool same(const PathStep& a, const PathStep& b) { return a.section == b.section && a.direction == b.direction && a.gauge == b.gauge; }

// The part of one of the scenario's own ways between the hub and another station.
std::optional<Path> own_part(const Network& network, const std::vector<OwnWay>& own, StationId other, Towards towards) {
    for (const auto& [itinerary, hub] : own) {
        const std::vector<Visit>& visits = itinerary->visits;
        const bool onwards = towards == Towards::stations;
        for (std::size_t i = onwards ? hub + 1 : 0, end = onwards ? visits.size() : hub; i < end; ++i)
            if (visits[i].station == other) return part_of(network, itinerary->path, std::min(i, hub), std::max(i, hub));
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
    journey.continues_to.reset();
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

// The best way, to a hub as on the way onward where there is such a way.
std::optional<Path> best(const Network& network, const RouteRequest& asked, std::optional<StationId> onward) {
    if (onward && *onward != asked.from)
        if (const auto way = best_way_onward(network, asked, *onward)) return beginning_of(network, asked.times, way->whole, way->arrives);
    return best_path(network, asked);
}

}  // namespace

std::optional<StationId> onward_from(const OwnWay& own) {
    if (own.hub + 1 == own.itinerary->visits.size()) return own.itinerary->continues_to;
    return own.itinerary->visits.back().station;
}

Ways ways_of(const Scenario& scenario, const Network& network, StationId hub, Towards towards, const std::vector<OwnWay>& own) {
    const std::optional<StationId> onward = towards == Towards::station && !own.empty() ? onward_from(own.front()) : std::nullopt;
    Ways ways;
    std::vector<Found> found;
    for (std::uint32_t i = 0; i < network.stations().size(); ++i) {
        const StationId station{i};
        if (station == hub) continue;
        const StationId from = towards == Towards::stations ? hub : station, to = towards == Towards::stations ? station : hub;
        if (const auto part = own_part(network, own, station, towards)) {
            found.push_back({station, *part, true});
            continue;
        }
        const RouteRequest asked = route_request(network, scenario, between(scenario, network, from, to));
        if (const auto way = best(network, asked, onward))
            found.push_back({station, *way, false});
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

std::variant<Model, std::string> model_of(const Scenario& scenario, const Network& network, const Path& path, std::optional<StationId> onward) {
    Scenario bound = scenario;
    bound.journey = between(scenario, network, station_at(network, path, 0), station_at(network, path, path.steps.size()));
    if (onward) bound.journey.continues_to = Name{network.stations()[*onward].id, {}};
    bound.claims.clear();
    bound.observed.clear();
    bound.evidence.clear();
    bound.press.clear();
    bound.stays.clear();
    if (path.gauge_changes.empty()) bound.journey.regauging.reset();
    std::vector<StationId> stations;
    std::vector<NamedVisit> names;
    for (std::size_t i = 0; i <= path.steps.size(); ++i) stations.push_back(station_at(network, path, i));
    for (const CallSheet& call : bound.journey.calls) names.push_back({call.at, call.which});
    const std::vector<FoundVisit> found = visits_named(network, stations, names, {1, stations.size() - 2}, "journey.calls");
    std::size_t index = 0;
    std::erase_if(bound.journey.calls, [&](const CallSheet&) {
        const FoundVisit& call = found[index++];
        return !call.visit && call.one_of.empty();
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
