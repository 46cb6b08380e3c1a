// A journey that ends at a station on the way to another one.

#include <railwindow/core/error.hpp>
#include <railwindow/estimate/estimate.hpp>
#include <railwindow/estimate/reach.hpp>
#include <railwindow/io/scenario_file.hpp>
#include <railwindow/simulation/simulate.hpp>
#include <support/drawn.hpp>
#include <support/files.hpp>

#include <doctest/doctest.h>

namespace simulation_onward_test {

using namespace railwindow;

namespace {

// A and B on 1435 mm, B to C on both gauges, D behind C on 1520 mm only. The gauge can be changed at B and at C, an hour each.
Scenario border() {
    Scenario scenario = drawn("A --10km,72-- B --10km,72-- C --10km,72-- D");
    NetworkSheet& sheet = scenario.networks[0];
    sheet.lines[1].track.gauge = std::vector<Gauge>{{1435}, {1520}};
    sheet.lines[2].track.gauge = std::vector<Gauge>{{1520}};
    for (const char* at : {"B", "C"})
        sheet.gauge_changes.push_back({name_of(at),
                                       {{1435}, {1520}},
                                       "bogie exchange",
                                       Uncertain<Duration>{0 * h},
                                       Uncertain<Duration>{1 * h},
                                       Uncertain<Duration>{0 * h},
                                       100,
                                       {}});
    scenario.train.gauges = {{1435}, {1520}};
    scenario.train.gauge_change_methods = {"bogie exchange"};
    return scenario;
}

Scenario to(Scenario scenario, const std::string& station) {
    scenario.journey.to = name_of(station);
    return scenario;
}

double minutes_to(const Scenario& scenario, std::size_t visit) {
    const Trace trace = simulate(build(scenario), {});
    return static_cast<double>((trace.main().visits.at(visit).arrive - trace.main().visits.front().depart).count()) / 60'000;
}

const TimingPointEstimate& at_khasan(const Model& model, const Estimate& windows) {
    for (const TimingPointEstimate& point : windows.timing_points)
        if (point.event == TimingEvent::arrive && model.network.stations()[model.timing_points[point.point].station].id == "khasan") return point;
    throw std::logic_error{"nothing arrives at Khasan"};
}

}  // namespace

TEST_CASE("found: 2026-11-29 a train that continues comes to its destination as on the way onward") {
    Scenario whole = border();
    whole.journey.regauging = StationChoice{name_of("B")};
    Scenario part = to(whole, "C");
    part.journey.continues_to = name_of("D");
    whole.journey.calls = {{name_of("C"), Uncertain<Duration>{60 * s}, "", {}}};  // it stops there, as one that ends there does
    CHECK(minutes_to(part, 2) == minutes_to(whole, 2));
    CHECK(minutes_to(part, 2) == 60 + 2 * 9);
    part.journey.regauging = whole.journey.regauging = StationChoice{name_of("C")};
    CHECK(minutes_to(part, 2) == minutes_to(whole, 2));  // it is changed behind the arrival
    CHECK(minutes_to(to(border(), "C"), 2) < 2 * 9);     // one that ends there need not be changed anywhere
}

TEST_CASE("found: 2026-11-29 a place of regauging that was named is kept, though the train could go on as it is") {
    Scenario scenario = to(border(), "C");
    scenario.journey.regauging = StationChoice{name_of("B")};
    CHECK(minutes_to(scenario, 2) == 60 + 2 * 9);
    scenario.journey.regauging = StationChoice{name_of("C")};
    CHECK_NOTHROW(build(scenario));
    scenario = to(border(), "B");
    scenario.journey.regauging = StationChoice{name_of("C")};
    CHECK_THROWS_AS(build(scenario), InputError);
}

TEST_CASE("exact: where a train continues to is another station, with a way there") {
    Scenario scenario = to(border(), "C");
    scenario.journey.continues_to = name_of("C");
    CHECK_THROWS_AS(build(scenario), InputError);
    scenario.journey.continues_to = name_of("X");
    CHECK_THROWS_AS(build(scenario), InputError);
    scenario.journey.regauging = StationChoice{name_of("B")};
    scenario.journey.continues_to = name_of("A");
    CHECK_THROWS_AS(build(scenario), Infeasible);
}

TEST_CASE("found: 2026-11-29 Khasan on the way to Vladivostok and as the end of a journey that continues there has the same quantiles, bit for bit") {
    const std::string file = committed("scenarios/pyongyang-vladivostok-2019.yaml");
    const Model whole = build(load_scenario(file, WhatIf{{}, {"journey.calls=[]"}}));
    const Model part =
        build(load_scenario(file, WhatIf{{}, {"journey.calls=[]", "journey.to=khasan", "journey.continues_to=vladivostok", "claims=[]"}}));
    const Estimate there = estimate(whole, {.runs = 2'000}), here = estimate(part, {.runs = 2'000});
    const auto values = [](const TimingPointEstimate& point) {
        std::vector<std::int64_t> list;
        for (const Quantile& quantile : point.time) list.push_back(quantile.value.count()), list.push_back(quantile.error.value_or(Millis{}).count());
        return list;
    };
    CHECK(values(at_khasan(whole, there)) == values(at_khasan(part, here)));
}

TEST_CASE("found: 2026-11-29 a train that was at Khasan came from where it was as one that went on to Vladivostok") {
    const Scenario origins = load_scenario(committed("scenarios/khasan-2019-origins.yaml"));
    const Scenario whole = load_scenario(committed("scenarios/pyongyang-vladivostok-2019.yaml"));
    const Written<WrittenTime> seen{{LocalTime{2019, 4, 24, 10, 40, 0}, {}}, {}};
    const auto left = [&](const Scenario& scenario) {
        const ReachBack back = reach_back(scenario, name_of("khasan"), seen, {.runs = 200});
        for (const LeftStation& station : back.stations)
            if (back.network.stations()[station.station].id == "pyongyang") return station.left;
        throw std::logic_error{"no train from Pyongyang"};
    };
    const auto from_origins = left(origins), from_whole = left(whole);
    REQUIRE(from_origins.size() == from_whole.size());
    for (std::size_t i = 0; i < from_whole.size(); ++i) CHECK(from_origins[i].value == from_whole[i].value);
}

}  // namespace simulation_onward_test
