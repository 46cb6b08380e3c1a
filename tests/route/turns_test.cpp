// Where and how trains change direction.

#include <railwindow/core/error.hpp>
#include <railwindow/route/course_of.hpp>
#include <railwindow/route/search.hpp>
#include <railwindow/simulation/simulate.hpp>
#include <support/drawn.hpp>

#include <doctest/doctest.h>

namespace route_turns_test {

using namespace railwindow;

namespace {

// A train of 520 m at a steady 50 km/h, without time for braking and starting; a reversal takes 5 min.
Scenario steady(std::string_view line) {
    Scenario scenario = drawn(line);
    scenario.train.cars.value = Uncertain<double>{26.0};
    scenario.train.dynamics = {};
    scenario.train.dynamics.constant_speed = true;
    scenario.practice[0].reversal = Sourced<Uncertain<Duration>>{Uncertain<Duration>{5 * minute}, {}};
    return scenario;
}

StationSheet turning_station(const std::string& id, double latitude, double longitude) {
    StationSheet station = drawn_station(id, latitude, longitude);
    station.reversal = ReversalSheet{true, {}};
    return station;
}

// A - J - B, and a spur of `spur` to S from J.
Scenario with_spur(Length spur) {
    Scenario scenario = steady("A --10km,50-- J --10km,50-- B");
    scenario.networks[0].stations.push_back(turning_station("S", 0.02, 10.0 / 111));
    scenario.networks[0].lines.push_back(drawn_line("J-S", "J", "S", spur, 50 * km / h));
    scenario.journey.via = {name_of("S")};
    return scenario;
}

double seconds(const Trace& trace, std::size_t visit) {
    return static_cast<double>((trace.main().visits.at(visit).arrive - trace.main().visits.front().depart).count()) / 1000;
}

constexpr double kmh50 = 50 / 3.6;  // m/s

// From A over B, which lies 26 km to the east, to C, which lies near A: track that curves back.
Scenario curve() {
    Scenario scenario = steady("A --26km,50-- B");
    scenario.networks[0].stations.push_back(drawn_station("C", 0.05, 0.05));
    scenario.networks[0].lines.push_back(drawn_line("B-C", "B", "C", 40 * km, 50 * km / h));
    scenario.journey.to = name_of("C");
    return scenario;
}

TurnSheet turn(const std::string& at, const std::string& a, const std::string& b, bool reversal) {
    return {name_of(at), {name_of(a), name_of(b)}, reversal, {}};
}

}  // namespace

TEST_CASE("found: 2026-11-29 a train that turns on one track has its head at the other end: 520 m at 50 km/h are 37 s") {
    const Trace trace = simulate(build(with_spur(5 * km)), {});
    REQUIRE(trace.main().visits.size() == 5);
    CHECK(std::abs(seconds(trace, 2) - 15'000 / kmh50) < 0.002);
    CHECK(std::abs(seconds(trace, 3) - (15'000 + 5'000 - 520) / kmh50 - 300) < 0.002);
    CHECK(std::abs(seconds(trace, 4) - (30'000 - 520) / kmh50 - 300) < 0.002);
    CHECK(std::abs(520 / kmh50 - 37.44) < 0.01);
}

TEST_CASE("found: 2026-11-29 from one line to another a train runs on until its tail is clear of the junction before it turns") {
    Scenario scenario = steady("A --10km,50-- B");
    scenario.networks[0].stations[1].reversal = ReversalSheet{true, {}};
    scenario.networks[0].stations.push_back(drawn_station("D", 0.03, 0.02));
    scenario.networks[0].lines.push_back(drawn_line("B-D", "B", "D", 8 * km, 50 * km / h));
    scenario.journey.to = name_of("D");
    const Trace trace = simulate(build(scenario), {});
    CHECK(std::abs(seconds(trace, 1) - 10'520 / kmh50) < 0.002);
    CHECK(std::abs(seconds(trace, 2) - 18'520 / kmh50 - 300) < 0.002);
}

TEST_CASE("found: 2026-11-29 no train turns where its tail is not clear of the junction that it came over") {
    CHECK_NOTHROW(build(with_spur(520 * m)));
    try {
        build(with_spur(519 * m));
        FAIL("a train of 520 m turned on a spur of 519 m");
    } catch (const Infeasible& error) {
        const std::string what = error.what();
        CHECK(what.find("to turn at S a train of 520 m needs as much track up to J, to clear it, and there are 519 m") != std::string::npos);
    }
}

TEST_CASE("found: 2026-11-29 track that curves back is no reversal where the network says so, for either direction") {
    CHECK_THROWS_AS(build(curve()), Infeasible);
    Scenario scenario = curve();
    scenario.networks[0].turns = {turn("B", "A", "C", false)};
    const Trace trace = simulate(build(scenario), {});
    CHECK(std::abs(seconds(trace, 2) - 66'000 / kmh50) < 0.002);
    scenario.journey.from = name_of("C");
    scenario.journey.to = name_of("A");
    CHECK(build(scenario).main().path.reversals.empty());
}

TEST_CASE("exact: a train changes direction on straight line where the network says so") {
    Scenario scenario = steady("A --10km,50-- B --10km,50-- C");
    scenario.networks[0].turns = {turn("B", "C", "A", true)};
    CHECK_THROWS_AS(build(scenario), Infeasible);  // B allows none
    scenario.networks[0].stations[1].reversal = ReversalSheet{true, {}};
    const Model model = build(scenario);
    CHECK(model.main().path.reversals == std::vector<std::size_t>{1});
    CHECK(std::abs(seconds(simulate(model, {}), 2) - 20'520 / kmh50 - 300) < 0.002);
}

TEST_CASE("exact: a turn names a station and two of its neighbours, once") {
    Scenario scenario = curve();
    scenario.networks[0].turns = {turn("B", "A", "X", false)};
    CHECK_THROWS_AS(build(scenario), InputError);
    scenario.networks[0].turns = {turn("A", "B", "C", false)};
    CHECK_THROWS_AS(build(scenario), InputError);
    scenario.networks[0].turns = {turn("B", "A", "C", false), turn("B", "C", "A", true)};
    CHECK_THROWS_AS(build(scenario), InputError);
}

}  // namespace route_turns_test
