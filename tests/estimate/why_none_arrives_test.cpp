// When no run arrives, the answer says where the trains are and what holds them.

#include <railwindow/compare/compare.hpp>
#include <railwindow/core/error.hpp>
#include <railwindow/estimate/estimate.hpp>
#include <support/drawn.hpp>

#include <doctest/doctest.h>

namespace estimate_why_none_arrives_test {

using namespace railwindow;

namespace {

std::string why(const Scenario& scenario, std::uint64_t runs = 3) {
    try {
        estimate(build(scenario), {.runs = runs});
    } catch (const Infeasible& error) {
        return error.what();
    }
    return "some run arrives";
}

Written<WrittenTime> time(int year, int month, int day, int hour) { return {{LocalTime{year, month, day, hour, 0, 0}, {}}, {}}; }

RunningHoursSheet hours_at(const std::string& station, DailyHours hours) {
    RunningHoursSheet sheet;
    sheet.stations = {name_of(station)};
    sheet.run = Written<DailyHours>{hours, {}};
    return sheet;
}

}  // namespace

TEST_CASE("found: 2026-11-29 hours that never come together") {
    Scenario scenario = drawn("A --10km,72-- B --10km,72-- C");
    using std::chrono::hours;
    scenario.journey.hours = {hours_at("B", ClockHours{hours{1}, hours{2}}), hours_at("B", ClockHours{hours{5}, hours{6}})};
    CHECK(why(scenario) ==
          "no run of 3 arrives; all end after B: the train waits at B for hours to run that never come together; for the hours to run, 01:00-02:00; "
          "for the hours to run, 05:00-06:00");
    scenario.journey.hours.pop_back();
    CHECK(why(scenario) == "some run arrives");
}

TEST_CASE("found: 2026-11-29 a not_before whose year is wrong") {
    Scenario scenario = drawn("A --10km,72-- B --10km,72-- C");
    scenario.journey.calls.push_back({name_of("B"), Uncertain<Duration>{10 * minute}});
    scenario.journey.calls.back().not_before = time(2021, 1, 1, 12);
    CHECK(why(scenario) ==
          "no run of 3 arrives; all end after B: the train waits at B not to leave before its time (not_before: 2021-01-01 12:00), a year or more "
          "after it came");
    scenario.journey.calls.back().not_before = time(2020, 1, 1, 12);
    CHECK(why(scenario) == "some run arrives");
}

TEST_CASE("found: 2026-11-29 compare says why a variant does not arrive") {
    Scenario scenario = drawn("A --10km,72-- B --10km,72-- C"), late = scenario;
    late.journey.calls.push_back({name_of("B"), Uncertain<Duration>{10 * minute}});
    late.journey.calls.back().not_before = time(2021, 1, 1, 12);
    const Comparison result = compare({Variant{"base", "", scenario}, Variant{"late", "", late}}, {.estimate = {.runs = 3}});
    CHECK(result.variants.back().infeasible.find("the train waits at B not to leave before its time") != std::string::npos);
}

}  // namespace estimate_why_none_arrives_test
