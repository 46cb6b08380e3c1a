// Times that cannot be are found where they are written, not scored or kept.

#include <railwindow/core/error.hpp>
#include <railwindow/simulation/model.hpp>
#include <support/drawn.hpp>

#include <doctest/doctest.h>

namespace simulation_impossible_times_test {

using namespace railwindow;

namespace {

// It leaves A at 10:00.
Scenario line() {
    Scenario scenario = drawn("A --50km,72-- B --50km,72-- C");
    scenario.journey.depart.at = Written<WrittenTime>{{LocalTime{2020, 1, 1, 10, 0, 0}, {}}, {}};
    return scenario;
}

Written<WrittenTime> clock_time(int hour, int minutes = 0) { return {{LocalTime{2020, 1, 1, hour, minutes, 0}, {}}, {}}; }

ObservedSheet seen(const std::string& at, ObservedEvent event, Written<WrittenTime> low, Written<WrittenTime> high, int line) {
    ObservedSheet sheet;
    sheet.at = name_of(at);
    sheet.event = event;
    sheet.between = {{low, high}};
    sheet.source = "test";
    sheet.place = {"drawn", line, 1};
    return sheet;
}

std::string refusal(const Scenario& scenario) {
    try {
        build(scenario);
    } catch (const InputError& error) {
        return to_string(error.findings().front());
    }
    return {};
}

bool says(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("found: 2026-11-29 reports that run backwards on the way are refused, whatever their order in the file") {
    Scenario scenario = line();
    scenario.observed = {seen("B", ObservedEvent::pass, clock_time(12), clock_time(12, 10), 1),
                         seen("C", ObservedEvent::arrive, clock_time(11), clock_time(11, 10), 2)};
    CHECK(refusal(scenario) ==
          "drawn:2:1: observed: C is reached at 2020-01-01T11:10:00+00:00 or before, and B is passed, which comes first on the way, at "
          "2020-01-01T12:00:00+00:00 or later; check days, hours and the order");
    std::swap(scenario.observed[0], scenario.observed[1]);
    CHECK(says(refusal(scenario), "drawn:2:1: observed: C is reached"));
    scenario.observed[0] = seen("C", ObservedEvent::arrive, clock_time(12), clock_time(13), 2);
    CHECK(refusal(scenario).empty());  // may just be
}

TEST_CASE("found: 2026-11-29 within one stay an arrival comes before a departure, and a bridge before the station behind it") {
    Scenario scenario = line();
    scenario.observed = {seen("B", ObservedEvent::arrive, clock_time(14), clock_time(14), 1),
                         seen("B", ObservedEvent::depart, clock_time(13), clock_time(13), 2)};
    CHECK(says(refusal(scenario), "drawn:2:1: observed: B is left"));
    scenario.observed = {seen("B", ObservedEvent::pass, clock_time(14), clock_time(14), 1),
                         seen("B", ObservedEvent::arrive, clock_time(13), clock_time(13), 2)};
    scenario.observed[0].before = 4 * km;
    CHECK(says(refusal(scenario), "drawn:2:1: observed: B is reached"));
}

TEST_CASE("found: 2026-11-29 a report, a stay, a plan and a call before the departure are refused") {
    Scenario scenario = line();
    scenario.observed = {seen("B", ObservedEvent::pass, clock_time(9), clock_time(9, 30), 1)};
    CHECK(says(refusal(scenario), "and A is left, which comes first on the way, at 2020-01-01T10:00:00+00:00"));
    scenario = line();
    scenario.stays = {{name_of("B"), WhenSheet{clock_time(9), {}, {}, {}}, "test"}};
    CHECK(says(refusal(scenario), "stays: B is left at 2020-01-01T09:00:00+00:00 or before, and A is left"));
    scenario = line();
    PlanSheet plan;
    plan.at = name_of("B");
    plan.arrive = WhenSheet{clock_time(9), {}, {}, {}};
    scenario.journey.plans = {plan};
    CHECK(says(refusal(scenario), "journey.plans.arrive: the train leaves only at 2020-01-01T10:00:00+00:00, or later"));
    scenario.journey.plans[0].arrive.reset();
    scenario.journey.plans[0].not_before = clock_time(9);
    CHECK(says(refusal(scenario), "journey.plans.not_before: the train leaves only at"));
    scenario = line();
    scenario.journey.calls = {{name_of("B"), Uncertain<Duration>{5 * minute}, ""}};
    scenario.journey.calls[0].not_before = clock_time(9);
    CHECK(says(refusal(scenario), "journey.calls.not_before: the train leaves only at"));
    scenario.journey.calls[0].not_before = clock_time(10);
    CHECK(refusal(scenario).empty());
}

TEST_CASE("law: a report that only one way contradicts is no error, as it may tell the ways apart") {
    Scenario scenario = line();
    NetworkSheet& sheet = scenario.networks[0];
    sheet.stations.push_back(drawn_station("N", 0.1, 0.45));
    sheet.lines.push_back(drawn_line("A-N", "A", "N", 60 * km, 72 * km / h));
    sheet.lines.push_back(drawn_line("N-C", "N", "C", 60 * km, 72 * km / h));
    scenario.journey.routes = {{"", 1, {name_of("B")}, {}, {}, {}}, {"", 1, {name_of("N")}, {}, {}, {}}};
    scenario.observed = {seen("N", ObservedEvent::pass, clock_time(11), clock_time(11), 1),
                         seen("C", ObservedEvent::arrive, clock_time(12), clock_time(12), 2)};
    const Model model = build(scenario);
    REQUIRE(model.observations.size() == 2);
    CHECK(model.observations[0].visits == VisitsByWay{{}, 1});
    CHECK(model.observations[1].visits == VisitsByWay{2, 2});
    scenario.observed[1] = seen("C", ObservedEvent::arrive, clock_time(10, 30), clock_time(10, 30), 2);
    CHECK(says(refusal(scenario), "N is passed, which comes first on the way"));  // on every way that has both
}

}  // namespace simulation_impossible_times_test
