// A rule of traction that comes to nothing is told to whoever reads the result.

#include <railwindow/simulation/model.hpp>
#include <support/drawn.hpp>

#include <doctest/doctest.h>

namespace simulation_unused_traction_test {

using namespace railwindow;

namespace {

LocomotiveSheet locomotive(const std::string& id, MotivePower power) {
    LocomotiveSheet sheet;
    sheet.id = name_of(id);
    sheet.name = id;
    sheet.motive_power = power;
    sheet.mass = 120 * t;
    sheet.length = 20 * m;
    sheet.limit = 100 * km / h;
    sheet.starting_effort = 400 * kN;
    sheet.power = 4000 * kW;
    return sheet;
}

// A - B - C, the line A-B with the locomotive x in front, B-C with y.
Scenario two_rules(MotivePower of_x) {
    Scenario scenario = drawn("A --20km,72-- B --20km,72-- C");
    RollingStockSheet stock;
    stock.locomotives = {locomotive("x", of_x), locomotive("y", MotivePower::diesel)};
    scenario.rolling_stock = {stock};
    scenario.train.dynamics.constant_acceleration.reset();
    scenario.train.dynamics.full_curves = FullCurvesSheet{};
    if (of_x == MotivePower::dc_3kv) scenario.networks.front().lines.front().track.electrification = Electrification::dc_3kv;
    for (const char* unit : {"x", "y"}) {
        TractionSheet rule;
        rule.lines = {name_of(std::string{unit} == "x" ? "A-B" : "B-C")};
        rule.locomotives.push_back({1, {name_of(unit)}, {}});
        scenario.practice.front().traction.push_back(rule);
    }
    return scenario;
}

}  // namespace

TEST_CASE("found: 2026-11-29 a rule of traction that is not applied was passed over in silence") {
    Scenario scenario = two_rules(MotivePower::diesel);
    const Model model = build(scenario);
    REQUIRE(model.notes.size() == 1);
    CHECK(
        model.notes.front() ==
        "The rule of traction for XX, B-C (y) is not used: no practice changes locomotives at B, and those in front go on. Give the practice a stop "
        "there with `activity: locomotive change` where others take over.");
    PracticeStopSheet change;
    change.at = name_of("B");
    change.activity = StopActivity::locomotive_change;
    change.takes = Uncertain<Duration>{15 * minute};
    scenario.practice.front().stops = {change};
    CHECK(build(scenario).notes.empty());
}

TEST_CASE("exact: a rule that holds where the wire ends is used, and nothing is said") {
    Scenario scenario = two_rules(MotivePower::dc_3kv);
    scenario.practice.front().locomotive_change.emplace();
    scenario.practice.front().locomotive_change->value = Uncertain<Duration>{15 * minute};
    CHECK(build(scenario).notes.empty());
}

}  // namespace simulation_unused_traction_test
