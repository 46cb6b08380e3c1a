#include <railwindow/core/error.hpp>
#include <railwindow/route/course_of.hpp>
#include <railwindow/route/search.hpp>
#include <railwindow/simulation/model.hpp>
#include <support/drawn.hpp>
#include <support/near.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <random>

using namespace railwindow;

namespace {

Network network_of(const NetworkSheet& sheet) { return Network{std::vector<NetworkSheet>{sheet}}; }

RouteRequest ask(const Network& network, const std::string& from, const std::string& to, std::vector<Gauge> gauges = {{1435}}) {
    return {*network.find_station(from), *network.find_station(to), {}, std::move(gauges), {"bogie exchange"}, {}};
}

// A - B - C along the equator and B - D, which leads back west from B.
NetworkSheet fork() {
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
    NetworkSheet sheet = fork();
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

TEST_CASE("drawn: via names the way, in order, and a train may pass a station twice") {
    NetworkSheet sheet = fork();
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
    CHECK(build(scenario).path.length == 24 * km);
    scenario.journey.via = {name_of("B")};
    CHECK(build(scenario).path.length == 20 * km);
}

TEST_CASE("law: no path runs on a gauge the train does not have, and none is missed (against brute force)") {
    std::mt19937 random{2026};
    const auto pick = [&](unsigned n) { return static_cast<unsigned>(random() % n); };
    int reachable = 0;
    for (int trial = 0; trial < 300; ++trial) {
        NetworkSheet sheet;
        const unsigned stations = 4 + pick(3);
        for (unsigned i = 0; i < stations; ++i) sheet.stations.push_back(drawn_station("S" + std::to_string(i), 0.1 * pick(50), 0.1 * pick(50)));
        const std::vector<std::vector<Gauge>> sets{{{1435}}, {{1520}}, {{1435}, {1520}}};
        for (unsigned i = 0; i < stations + 2; ++i) {
            const unsigned a = pick(stations), b = pick(stations);
            if (a == b) continue;
            LineSheet line = drawn_line("L" + std::to_string(i), "S" + std::to_string(a), "S" + std::to_string(b), (1 + pick(20)) * km, 72 * km / h);
            line.track.gauge = sets[pick(3)];
            sheet.lines.push_back(line);
        }
        for (unsigned i = 0; i < stations; ++i) {
            if (pick(4) == 0) sheet.gauge_changes.push_back({name_of("S" + std::to_string(i)), {{1435}, {1520}}, "bogie exchange", {}, {}, {}, 8, {}});
            if (pick(2) == 0) sheet.stations[i].reversal = ReversalSheet{true, {}};
        }
        const Network network = network_of(sheet);
        const RouteRequest request = ask(network, "S0", "S1", pick(2) == 0 ? std::vector<Gauge>{{1435}} : std::vector<Gauge>{{1435}, {1520}});
        // Brute force: relax every (section, direction, gauge) from every other until nothing changes.
        std::vector<std::pair<PathStep, double>> states;
        for (std::uint32_t i = 0; i < network.sections().size(); ++i)
            for (const Gauge gauge : network.sections()[SectionId{i}].gauges)
                for (const Direction direction : {Direction::up_chainage, Direction::down_chainage})
                    if (std::find(request.gauges.begin(), request.gauges.end(), gauge) != request.gauges.end()) states.push_back({{SectionId{i}, direction, gauge}, 1e300});
        for (bool changed = true; changed;) {
            changed = false;
            for (auto& [to, best] : states) {
                const double length = network.sections()[to.section].length / km;
                if (begin_of(network, to) == request.from && length < best) best = length, changed = true;
                for (const auto& [from, cost] : states) {
                    if (end_of(network, from) != begin_of(network, to) || cost + length >= best) continue;
                    const StationId here = begin_of(network, to);
                    if (from.gauge != to.gauge && !network.gauge_change_at(here)) continue;
                    if (is_reversal(network, from, to) && !network.stations()[here].reversal) continue;
                    best = cost + length, changed = true;
                }
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
        for (const PathStep& step : path->steps) {
            const auto& gauges = network.sections()[step.section].gauges;
            CHECK(std::find(gauges.begin(), gauges.end(), step.gauge) != gauges.end());
            CHECK(std::find(request.gauges.begin(), request.gauges.end(), step.gauge) != request.gauges.end());
        }
    }
    CHECK(reachable > 50);
}
