#include <railwindow/simulation/route_request.hpp>

#include <railwindow/core/text.hpp>
#include <railwindow/simulation/choices.hpp>
#include <railwindow/simulation/formation.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace railwindow {
namespace {

[[noreturn]] void fail(const Place& place, std::string subject, std::string what, std::string remedy) {
    throw InputError{Finding{place, std::move(subject), std::move(what), std::move(remedy), Severity::error}};
}

// A name to be avoided may mean a station, a line, a border or a country; what bears it is avoided, all of it.
void avoid(Avoided& avoided, const Network& network, const Name& name) {
    const auto station = network.find_station(name.value);
    const auto line = network.find_line(name.value);
    const bool border = std::any_of(network.borders().begin(), network.borders().end(), [&](const Border& b) { return b.id == name.value; });
    const bool country = std::any_of(network.stations().begin(), network.stations().end(), [&](const Station& s) { return s.country == name.value; });
    if (station) avoided.stations.push_back(*station);
    if (line) avoided.lines.push_back(*line);
    if (border) avoided.borders.push_back(name.value);
    if (country) avoided.countries.push_back(name.value);
    if (station || line || border || country) return;
    std::vector<std::string_view> known = network.station_ids();
    for (const Line& l : network.lines()) known.push_back(l.id);
    for (const Border& b : network.borders()) known.push_back(b.id);
    fail(name.place, "journey.avoid", fmt::format("no loaded network has a station, line, border or country '{}'", name.value),
         suggestion(name.value, known));
}

ExpectedTimes expected_times(const Network& network, const Scenario& scenario, const JourneySheet& journey) {
    ExpectedTimes times;
    times.train_limit = scenario.train.limit.value;
    if (!journey.regauging || journey.regauging->one().value != "prepared") times.cars = scenario.train.cars.value.mean();
    for (const PracticeSheet& practice : scenario.practice) {
        if (practice.operating_speed) times.operating_speeds.emplace_back(practice.country.value, practice.operating_speed->value.mean());
        if (practice.reversal) times.reversals.emplace_back(practice.country.value, practice.reversal->value.mean());
        for (const PracticeStopSheet& stop : practice.stops)
            if (const auto at = network.find_station(stop.at.value)) times.stops.emplace_back(*at, stop.takes.mean());
    }
    return times;
}

// Traction is changed where practice changes locomotives, and everywhere when no practice says where.
std::optional<std::vector<StationId>> traction_change_places(const Network& network, const Scenario& scenario) {
    std::vector<StationId> places;
    for (const PracticeSheet& practice : scenario.practice)
        for (const PracticeStopSheet& stop : practice.stops)
            if (const auto at = network.find_station(stop.at.value); at && stop.activity == StopActivity::locomotive_change) places.push_back(*at);
    return places.empty() ? std::nullopt : std::optional{std::move(places)};
}

// The most that is to be reckoned with, as in the check of the train.
template <class Q>
Q highest(const Uncertain<Q>& law) {
    return law.quantile(1 - 1e-6);
}

// Of the locomotives that some practice may put in front, or of those that the train file counts in.
Length longest_locomotives(const Scenario& scenario, const TrainSheet& train) {
    Length longest = train.locomotive_length.value;
    if (!train.dynamics.full_curves) return longest;
    const auto length_of = [&](const Name& unit) {
        for (const RollingStockSheet& sheet : scenario.rolling_stock)
            for (const LocomotiveSheet& locomotive : sheet.locomotives)
                if (locomotive.id.value == unit.value) return locomotive.length;
        return Length{};
    };
    for (const PracticeSheet& practice : scenario.practice)
        for (const TractionSheet& rule : practice.traction)
            for (const LocomotivesSheet& choice : rule.locomotives) {
                Length together{};
                for (const Name& unit : choice.units) together += length_of(unit);
                longest = std::max(longest, together);
            }
    return longest;
}

// A diesel, and whatever the wires of the network feed: the usual two systems first, whose order older results are used to.
std::vector<MotivePower> tractions_of(const Network& network) {
    std::vector<MotivePower> tractions{MotivePower::diesel, MotivePower::dc_3kv, MotivePower::ac_25kv};
    for (const Section& section : network.sections())
        for (const ElectricSupply& supply : {section.electrification.supply, section.electrification.also})
            if (const MotivePower power{supply}; std::find(tractions.begin(), tractions.end(), power) == tractions.end()) tractions.push_back(power);
    return tractions;
}

}  // namespace

Length longest_train(const Scenario& scenario, const TrainSheet& train) {
    return whole_cars(highest(train.cars.value)) * train.car.length + longest_locomotives(scenario, train);
}

RouteRequest route_request(const Network& network, const Scenario& scenario, const JourneySheet& journey) {
    RouteRequest asked{network.station(journey.from.one(), "journey.from"),
                       network.station(journey.to.one(), "journey.to"),
                       {},
                       scenario.train.gauges,
                       scenario.train.gauge_change_methods,
                       {}};
    if (asked.from == asked.to) fail(journey.to.one().place, "journey.to", "origin and destination are the same station", "name two stations");
    if (journey.continues_to && network.station(*journey.continues_to, "journey.continues_to") == asked.to)
        fail(journey.continues_to->place, "journey.continues_to", "it is the destination itself", "name a station beyond it, or leave it out");
    for (const Name& via : journey.via) asked.via.push_back(network.station(via, "journey.via"));
    for (const Name& name : journey.avoid) avoid(asked.avoid, network, name);
    if (journey.freight_lines) asked.use = Use::freight_only;
    const TrainSheet& train = scenario.train;
    const int cars = whole_cars(highest(train.cars.value));
    if (cars > 0) asked.axle_load = highest(train.car.mass.value) / train.car.axles;
    asked.train_length = longest_train(scenario, train);
    if (journey.regauging && journey.regauging->one().value != "prepared") {
        asked.regauging = network.station(journey.regauging->one(), "journey.regauging");
        if (!network.gauge_change_at(*asked.regauging))
            fail(journey.regauging->one().place, "journey.regauging",
                 fmt::format("the gauge cannot be changed at '{}'", journey.regauging->one().value), "name a station of gauge_changes");
    }
    asked.tractions = tractions_of(network);
    asked.traction_change_places = traction_change_places(network, scenario);
    asked.times = expected_times(network, scenario, journey);
    return asked;
}

Routes find_routes(const Scenario& scenario, const Alternatives& wanted, const std::vector<MotivePower>& tractions) {
    Routes routes{scenario.name, scenario.question, Network{scenario.networks}, {}, {}};
    JourneySheet open = scenario.journey;
    open.routes.clear();
    if (open.regauging && open.regauging->options.size() > 1) open.regauging.reset();
    routes.request = route_request(routes.network, scenario, choices_of(open).front().journey);
    if (!tractions.empty()) routes.request.tractions = tractions;
    routes.paths = alternative_paths(routes.network, routes.request, wanted);
    if (routes.paths.empty()) throw Infeasible{why_no_path(routes.network, routes.request)};
    std::stable_sort(routes.paths.begin(), routes.paths.end(),
                     [](const Path& a, const Path& b) { return a.running + a.standing < b.running + b.standing; });
    return routes;
}

std::string listed_ways(const Network& network, const std::vector<Path>& ways) {
    std::string list;
    for (const Path& way : ways)
        list += fmt::format("\n    {:7.1f} km  {:4.0f} h  {}", way.length / km, (way.running + way.standing) / h, summary(network, way));
    return list;
}

}  // namespace railwindow
