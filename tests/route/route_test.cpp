#include <railwindow/core/error.hpp>
#include <railwindow/route/course_of.hpp>
#include <railwindow/route/search.hpp>
#include <railwindow/simulation/model.hpp>
#include <support/drawn.hpp>
#include <support/near.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <tuple>

namespace route_route_test {

using namespace railwindow;

namespace {

Network network_of(const NetworkSheet& sheet) { return Network{std::vector<NetworkSheet>{sheet}}; }

RouteRequest ask(const Network& network, const std::string& from, const std::string& to, std::vector<Gauge> gauges = {{1435}}) {
    return {*network.find_station(from), *network.find_station(to), {}, std::move(gauges), {"bogie exchange"}, {}};
}

// A - B - C along the equator and B - D, which leads back west from B.
NetworkSheet forked_line() {
    NetworkSheet sheet = drawn("A --10km,72-- B --10km,72-- C").networks[0];
    sheet.stations.push_back(drawn_station("D", 0.03, 0.02));
    sheet.lines.push_back(drawn_line("B-D", "B", "D", 8 * km, 72 * km / h));
    return sheet;
}

}  // namespace

TEST_CASE("drawn: the shortest way is found and measured") {
    const Network network = network_of(drawn("A --10km,72-- B --5km,72-- C").networks[0]);
    const auto path = best_path(network, ask(network, "A", "C"));
    REQUIRE(path);
    CHECK(path->length == 15 * km);
    CHECK(path->steps.size() == 2);
    CHECK(summary(network, *path) == "A - B - C");
}

TEST_CASE("drawn: a train turns back only where a station allows it") {
    NetworkSheet sheet = forked_line();
    const Network closed = network_of(sheet);
    CHECK_FALSE(best_path(closed, ask(closed, "A", "D")));
    sheet.stations[1].reversal = ReversalSheet{true, {}};
    const Network open = network_of(sheet);
    const auto path = best_path(open, ask(open, "A", "D"));
    REQUIRE(path);
    CHECK(path->reversals == std::vector<std::size_t>{1});
    CHECK(stages_of(open, *path).size() == 2);
    CHECK(best_path(open, ask(open, "C", "D"))->reversals.empty());  // the other way it runs straight on
}

TEST_CASE("found: a line that winds around a lake is followed without a reversal, either way (2026-11)") {
    NetworkSheet sheet;
    for (const auto& [id, latitude, longitude] :
         {std::tuple{"Irkutsk", 52.28, 104.26}, std::tuple{"Slyudyanka", 51.66, 103.72}, std::tuple{"Mysovaya", 51.72, 105.86}})
        sheet.stations.push_back(drawn_station(id, latitude, longitude));
    LineSheet line = drawn_line("lake", "Irkutsk", "Slyudyanka", 126 * km, 72 * km / h);
    line.chainage.push_back({name_of("Mysovaya"), {291 * km, {}}});
    sheet.lines = {line};
    const Network network = network_of(sheet);
    CHECK(best_path(network, ask(network, "Irkutsk", "Mysovaya")));
    CHECK(best_path(network, ask(network, "Mysovaya", "Irkutsk")));
}

TEST_CASE("drawn: via names the way, in order, and a train may pass a station twice") {
    NetworkSheet sheet = forked_line();
    sheet.stations[2].reversal = ReversalSheet{true, {}};  // C
    const Network network = network_of(sheet);
    RouteRequest request = ask(network, "A", "D");
    request.via = {*network.find_station("C")};
    const auto path = best_path(network, request);
    REQUIRE(path);
    CHECK(path->length == 38 * km);  // A B C B D
    CHECK(path->reversals == std::vector<std::size_t>{2});
    request.via = {*network.find_station("C"), *network.find_station("A")};
    CHECK_FALSE(best_path(network, request));
}

TEST_CASE("drawn: freight-only track carries no special train") {
    NetworkSheet sheet = drawn("A --10km,72-- B").networks[0];
    sheet.lines[0].track.use = Use::freight_only;
    const Network network = network_of(sheet);
    CHECK_FALSE(best_path(network, ask(network, "A", "B")));
}

TEST_CASE("drawn: gauge is part of the state") {
    NetworkSheet sheet = drawn("A --10km,72-- B --10km,72-- C").networks[0];
    sheet.lines[1].track.gauge = {Gauge{1520}};
    const Network bare = network_of(sheet);
    CHECK_FALSE(best_path(bare, ask(bare, "A", "C", {{1435}, {1520}})));
    CHECK(why_no_path(bare, ask(bare, "A", "C")).find("no way from A to C") != std::string::npos);
    sheet.gauge_changes.push_back({name_of("B"), {{1435}, {1520}}, "bogie exchange", {}, {}, {}, 8, {}});
    const Network equipped = network_of(sheet);
    const auto path = best_path(equipped, ask(equipped, "A", "C", {{1435}, {1520}}));
    REQUIRE(path);
    CHECK(path->gauge_changes == std::vector<std::size_t>{1});
    CHECK_FALSE(best_path(equipped, ask(equipped, "A", "C", {{1435}})));
    CHECK(why_no_path(equipped, ask(equipped, "A", "C", {{1435}})).find("on the gauges this train can be set on") != std::string::npos);
    RouteRequest unskilled = ask(equipped, "A", "C", {{1435}, {1520}});
    unskilled.gauge_change_methods.clear();
    CHECK_FALSE(best_path(equipped, unskilled));
}

TEST_CASE("drawn: dual gauge leaves the place of the gauge change open") {
    NetworkSheet sheet = drawn("A --10km,72-- B --10km,72-- C --10km,72-- D").networks[0];
    sheet.lines[1].track.gauge = {Gauge{1435}, Gauge{1520}};
    sheet.lines[2].track.gauge = {Gauge{1520}};
    for (const char* at : {"B", "C"}) sheet.gauge_changes.push_back({name_of(at), {{1435}, {1520}}, "bogie exchange", {}, {}, {}, 8, {}});
    const Network network = network_of(sheet);
    RouteRequest request = ask(network, "A", "D", {{1435}, {1520}});
    const auto path = best_path(network, request);
    REQUIRE(path);
    CHECK(other_gauge_change_places(network, request, *path).size() == 1);
    for (const char* at : {"B", "C"}) {
        request.regauging = network.find_station(at);
        const auto there = best_path(network, request);
        REQUIRE(there);
        CHECK(station_at(network, *there, there->gauge_changes.at(0)) == *request.regauging);
    }
}

TEST_CASE("drawn: a corridor is chosen, not computed") {
    Scenario scenario = drawn("A --10km,72-- B --10km,72-- C");
    NetworkSheet& network = scenario.networks[0];
    network.stations.push_back(drawn_station("N", 0.03, network.stations[1].position.longitude));
    network.lines.push_back(drawn_line("A-N", "A", "N", 12 * km, 72 * km / h));
    network.lines.push_back(drawn_line("N-C", "N", "C", 12 * km, 72 * km / h));
    CHECK_THROWS_WITH_AS(build(scenario), doctest::Contains("2 ways from A to C"), InputError);
    scenario.journey.via = {name_of("N")};
    CHECK(build(scenario).main().path.length == 24 * km);
    scenario.journey.via = {name_of("B")};
    CHECK(build(scenario).main().path.length == 20 * km);
}

TEST_CASE("drawn: what takes less time wins, not what is shorter") {
    NetworkSheet sheet = drawn("A --10km,36-- B --10km,36-- C").networks[0];
    sheet.stations.push_back(drawn_station("N", 0.03, sheet.stations[1].position.longitude));
    sheet.lines.push_back(drawn_line("A-N", "A", "N", 15 * km, 72 * km / h));
    sheet.lines.push_back(drawn_line("N-C", "N", "C", 15 * km, 72 * km / h));
    const Network network = network_of(sheet);
    RouteRequest request = ask(network, "A", "C");
    CHECK(best_path(network, request)->length == 30 * km);
    CHECK(near(best_path(network, request)->running, 25 * minute, 1 * ms));
    request.times.train_limit = 36 * km / h;
    CHECK(best_path(network, request)->length == 20 * km);
}

TEST_CASE("exact: stands are the longest of what is done side by side, the locomotive after the change of gauge") {
    NetworkSheet sheet = drawn("A --10km,72-- B --10km,72-- C --10km,72-- D").networks[0];
    sheet.lines[1].track.gauge = {Gauge{1520}};
    sheet.lines[2].track.gauge = {Gauge{1520}};
    const Uncertain<Duration> batch{Law{Triangular{to_si(20 * minute), to_si(30 * minute), to_si(70 * minute)}}};
    sheet.gauge_changes.push_back({name_of("B"), {{1435}, {1520}}, "bogie exchange", 10 * minute, batch, 5 * minute, 8, {}});
    sheet.borders.push_back(
        {name_of("b-c"), {name_of("B"), name_of("C")}, {{name_of("B"), {30 * minute, {}}}, {name_of("C"), {45 * minute, {}}}}, Use::every_train, {}});
    const Network network = network_of(sheet);
    RouteRequest request = ask(network, "A", "D", {{1435}, {1520}});
    request.times.cars = 17;
    request.times.stops = {{*network.find_station("B"), 12 * minute}, {*network.find_station("D"), 99 * minute}};
    const auto path = best_path(network, request);
    REQUIRE(path);
    CHECK(near(path->running, 25 * minute, 1 * ms));
    CHECK(near(path->standing, (10 + 3 * 40 + 5 + 12) * minute + 45 * minute, 1 * ms));  // at B, at C; nothing at the destination
    CHECK(path->crossings == std::vector<std::size_t>{1});
    request.times.cars.reset();
    CHECK(near(best_path(network, request)->standing, 30 * minute + 45 * minute, 1 * ms));
}

TEST_CASE("drawn: electric traction needs wire, and is changed where locomotives are changed") {
    NetworkSheet sheet = drawn("A --10km,72-- B --10km,72-- C --10km,72-- D").networks[0];
    sheet.lines[0].track.electrification = Electrification::dc_3kv;
    sheet.lines[2].track.electrification = Electrification::ac_25kv;
    const Network network = network_of(sheet);
    RouteRequest request = ask(network, "A", "D");
    CHECK(best_path(network, request)->traction_changes.empty());  // a diesel all the way
    request.tractions = {MotivePower::dc_3kv, MotivePower::ac_25kv};
    CHECK_FALSE(best_path(network, request));
    CHECK(why_no_path(network, request).find("a diesel could run") != std::string::npos);
    request.tractions.push_back(MotivePower::diesel);
    CHECK(best_path(network, request)->traction_changes == std::vector<std::size_t>{1, 2});  // electric where there is wire
    request.traction_change_places = {*network.find_station("C")};
    const auto path = best_path(network, request);
    REQUIRE(path);
    CHECK(path->traction_changes == std::vector<std::size_t>{2});
    CHECK(path->steps[0].traction == MotivePower::diesel);
    CHECK(path->steps[2].traction == MotivePower::ac_25kv);
}

TEST_CASE("found: 2026-11-30 gauges beyond the thirty-first were ignored") {
    NetworkSheet sheet = drawn("A --10km,72-- B").networks[0];
    sheet.lines[0].track.gauge = std::vector<Gauge>{{1435}};
    const Network network = network_of(sheet);
    RouteRequest request = ask(network, "A", "B");
    request.gauges.clear();
    for (int i = 0; i < 30; ++i) request.gauges.push_back(Gauge{900 + i});
    request.gauges.push_back(Gauge{1435});
    CHECK(best_path(network, request));
    request.gauges.insert(request.gauges.begin(), Gauge{890});
    CHECK_THROWS_AS(best_path(network, request), InputError);
}

TEST_CASE("drawn: electric traction of any system runs under its own wire") {
    NetworkSheet sheet = drawn("A --10km,72-- B --10km,72-- C").networks[0];
    sheet.lines[0].track.electrification = Electrification{ElectricSupply{"15 kV 16.7 Hz"}};
    sheet.lines[1].track.electrification = Electrification{ElectricSupply{"600 V DC"}};
    const Network network = network_of(sheet);
    RouteRequest request = ask(network, "A", "C");
    request.tractions = {MotivePower{ElectricSupply{"15 kV 16.7 Hz"}}};
    CHECK_FALSE(best_path(network, request));
    request.tractions.push_back(MotivePower{ElectricSupply{"600 V DC"}});
    const auto path = best_path(network, request);
    REQUIRE(path);
    CHECK(path->steps[0].traction.needs.name() == "15 kV 16.7 Hz");
    CHECK(path->steps[1].traction.needs.name() == "600 V DC");
    CHECK_FALSE(can_run(MotivePower::ac_25kv, sheet.lines[0].track.electrification.value()));
    CHECK(can_run(MotivePower::dc_3kv, Electrification::mixed));
    CHECK_FALSE(can_run(MotivePower{ElectricSupply{"1.5 kV DC"}}, Electrification::mixed));
    CHECK(can_run(MotivePower::diesel, Electrification::none));
}

TEST_CASE("drawn: what is avoided is not run over") {
    NetworkSheet sheet = drawn("A --10km,72-- B --10km,72-- C").networks[0];
    sheet.stations.push_back(drawn_station("N", 0.03, sheet.stations[1].position.longitude, "YY"));
    sheet.lines.push_back(drawn_line("A-N", "A", "N", 12 * km, 72 * km / h));
    sheet.lines.push_back(drawn_line("N-C", "N", "C", 12 * km, 72 * km / h));
    sheet.borders.push_back({name_of("north"), {name_of("N"), name_of("C")}, {}, Use::every_train, {}});
    const Network network = network_of(sheet);
    RouteRequest request = ask(network, "A", "C");
    request.avoid.stations = {*network.find_station("B")};
    CHECK(best_path(network, request)->length == 24 * km);
    for (const int what : {0, 1, 2}) {
        RouteRequest closed = request;
        if (what == 0) closed.avoid.countries = {"YY"};
        if (what == 1) closed.avoid.borders = {"north"};
        if (what == 2) closed.avoid.lines = {*network.find_line("A-N")};
        CHECK_FALSE(best_path(network, closed));
        CHECK(why_no_path(network, closed).find("avoid") != std::string::npos);
    }
}

TEST_CASE("drawn: freight-only crossings are used when asked for") {
    NetworkSheet sheet = drawn("A --10km,72-- B").networks[0];
    sheet.borders.push_back({name_of("a-b"), {name_of("A"), name_of("B")}, {}, Use::freight_only, {}});
    const Network network = network_of(sheet);
    RouteRequest request = ask(network, "A", "B");
    CHECK_FALSE(best_path(network, request));
    CHECK(why_no_path(network, request).find("freight-only") != std::string::npos);
    request.use = Use::freight_only;
    CHECK(best_path(network, request));
}

TEST_CASE("drawn: alternatives are first the best of each sequence of crossings, then their variants") {
    // Two borders between the halves of a country, and a loop line on the way to the first.
    NetworkSheet sheet = drawn("A --10km,72-- B --10km,72-- C --10km,72-- D").networks[0];
    sheet.stations.push_back(drawn_station("N", 0.05, 0.14));
    sheet.stations.push_back(drawn_station("S", -0.05, 0.14));
    sheet.lines.push_back(drawn_line("A-S", "A", "S", 30 * km, 72 * km / h));
    sheet.lines.push_back(drawn_line("S-D", "S", "D", 20 * km, 72 * km / h));
    sheet.lines.push_back(drawn_line("A-N", "A", "N", 12 * km, 72 * km / h));
    sheet.lines.push_back(drawn_line("N-C", "N", "C", 11 * km, 72 * km / h));
    sheet.borders.push_back({name_of("c-d"), {name_of("C"), name_of("D")}, {}, Use::every_train, {}});
    sheet.borders.push_back({name_of("s-d"), {name_of("S"), name_of("D")}, {}, Use::every_train, {}});
    const Network network = network_of(sheet);
    const RouteRequest request = ask(network, "A", "D");
    const auto ways = alternative_paths(network, request);
    REQUIRE(ways.size() == 3);
    CHECK(ways[0].length == 30 * km);
    CHECK(ways[1].length == 50 * km);  // the other border, although ...
    CHECK(ways[2].length == 33 * km);  // ... by way of N it is shorter
    CHECK(alternative_paths(network, request, {.count = 2}).size() == 2);
    CHECK(alternative_paths(network, request, {.longest = 1.5}).size() == 2);
    const auto again = alternative_paths(network, request);
    for (std::size_t i = 0; i < 3; ++i) CHECK(same_way(again[i], ways[i]));
}

TEST_CASE("law: no path runs on a gauge or behind a traction that it cannot have there, and no better one is missed (against brute force)") {
    std::mt19937 random{2026};
    const auto pick = [&](unsigned n) { return static_cast<unsigned>(random() % n); };
    int reachable = 0, changes = 0;
    for (int trial = 0; trial < 400; ++trial) {
        NetworkSheet sheet;
        const unsigned stations = 4 + pick(3);
        for (unsigned i = 0; i < stations; ++i) sheet.stations.push_back(drawn_station("S" + std::to_string(i), 0.1 * pick(50), 0.1 * pick(50)));
        const std::vector<std::vector<Gauge>> sets{{{1435}}, {{1520}}, {{1435}, {1520}}};
        const std::vector<Electrification> wires{Electrification::none, Electrification::dc_3kv, Electrification::ac_25kv, Electrification::mixed};
        for (unsigned i = 0; i < stations + 2; ++i) {
            const unsigned a = pick(stations), b = pick(stations);
            if (a == b) continue;
            LineSheet line = drawn_line("L" + std::to_string(i), "S" + std::to_string(a), "S" + std::to_string(b), (1 + pick(20)) * km, 72 * km / h);
            line.track.gauge = sets[pick(3)];
            line.track.electrification = wires[pick(4)];
            sheet.lines.push_back(line);
        }
        for (unsigned i = 0; i < stations; ++i) {
            if (pick(4) == 0)
                sheet.gauge_changes.push_back({name_of("S" + std::to_string(i)), {{1435}, {1520}}, "bogie exchange", {}, {}, {}, 8, {}});
            if (pick(2) == 0) sheet.stations[i].reversal = ReversalSheet{true, {}};
        }
        const Network network = network_of(sheet);
        RouteRequest request = ask(network, "S0", "S1", pick(2) == 0 ? std::vector<Gauge>{{1435}} : std::vector<Gauge>{{1435}, {1520}});
        const std::vector<std::vector<MotivePower>> fleets{
            {MotivePower::diesel}, {MotivePower::dc_3kv}, {MotivePower::dc_3kv, MotivePower::ac_25kv}};  // no choice that only a preference decides
        request.tractions = fleets[pick(3)];
        request.traction_change_places.emplace();
        for (std::uint32_t i = 0; i < stations; ++i)
            if (pick(2) == 0) request.traction_change_places->push_back(StationId{i});
        // Brute force: relax every (section, direction, gauge, traction) from every other until nothing changes.
        std::vector<std::pair<PathStep, double>> states;
        for (std::uint32_t i = 0; i < network.sections().size(); ++i)
            for (const Gauge gauge : network.sections()[SectionId{i}].gauges)
                for (const Direction direction : {Direction::up_chainage, Direction::down_chainage})
                    for (const MotivePower& traction : request.tractions) {
                        const Electrification wire = network.sections()[SectionId{i}].electrification;
                        const bool under_wire = traction == MotivePower::diesel || wire == Electrification::mixed ||
                                                (traction == MotivePower::dc_3kv && wire == Electrification::dc_3kv) ||
                                                (traction == MotivePower::ac_25kv && wire == Electrification::ac_25kv);
                        const bool on_gauge = std::find(request.gauges.begin(), request.gauges.end(), gauge) != request.gauges.end();
                        if (under_wire && on_gauge) states.push_back({{SectionId{i}, direction, gauge, traction}, 1e300});
                    }
        const auto may_follow = [&](const PathStep& from, const PathStep& to) {
            const StationId here = begin_of(network, to);
            const auto& places = *request.traction_change_places;
            if (end_of(network, from) != here) return false;
            if (from.gauge != to.gauge && !network.gauge_change_at(here)) return false;
            if (from.traction != to.traction && std::find(places.begin(), places.end(), here) == places.end()) return false;
            return !is_reversal(network, from, to) || network.stations()[here].reversal.has_value();
        };
        for (bool changed = true; changed;) {
            changed = false;
            for (auto& [to, best] : states) {
                const double length = network.sections()[to.section].length / km;
                if (begin_of(network, to) == request.from && length < best) best = length, changed = true;
                for (const auto& [from, cost] : states)
                    if (cost + length < best && may_follow(from, to)) best = cost + length, changed = true;
            }
        }
        double shortest = 1e300;
        for (const auto& [step, cost] : states)
            if (end_of(network, step) == request.to) shortest = std::min(shortest, cost);
        const auto path = best_path(network, request);
        CHECK(path.has_value() == (shortest < 1e300));
        if (!path) continue;
        ++reachable;
        CHECK(near(path->length / km, shortest, 1e-9));
        for (std::size_t i = 0; i < path->steps.size(); ++i) {
            const auto known = std::find_if(states.begin(), states.end(), [&, &step = path->steps[i]](const auto& state) {
                return state.first.section == step.section && state.first.direction == step.direction && state.first.gauge == step.gauge &&
                       state.first.traction == step.traction;
            });
            CHECK(known != states.end());
            const bool follows = i == 0 || may_follow(path->steps[i - 1], path->steps[i]);
            CHECK(follows);
        }
        changes += static_cast<int>(path->gauge_changes.size() + path->traction_changes.size());
    }
    CHECK(reachable > 50);
    CHECK(changes > 5);
}

}  // namespace route_route_test
