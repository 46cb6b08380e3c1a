// Plans of arrival and calls that are not left before a time.

#include <railwindow/core/error.hpp>
#include <railwindow/simulation/simulate.hpp>
#include <support/drawn.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

namespace simulation_plans_test {

using namespace railwindow;

namespace {

// 20 m/s, 0.5 m/s^2: the first 10 km take 520 s, passed ones 500 s, the last ones 520 s, from stand to stand 540 s. It leaves at 00:00.
Scenario line() { return drawn("A --10km,72-- B --10km,72-- C --10km,72-- D"); }

Written<WrittenTime> at(int seconds) { return {{LocalTime{2020, 1, 1, seconds / 3600, seconds / 60 % 60, seconds % 60}, {}}, {}}; }

PlanSheet plan(const std::string& station, int seconds, std::vector<Name> hold_at = {}) {
    PlanSheet sheet;
    sheet.at = name_of(station);
    sheet.arrive = WhenSheet{at(seconds), {}, {}, {}};
    sheet.hold_at = std::move(hold_at);
    return sheet;
}

Scenario with(Scenario scenario, PlanSheet sheet) {
    scenario.journey.plans.push_back(std::move(sheet));
    return scenario;
}

long long seconds(const Trace& trace, Instant at) { return (at - trace.main().visits.front().depart).count() / 1000; }
long long arrival(const Trace& trace, std::size_t visit) { return seconds(trace, trace.main().visits.at(visit).arrive); }
long long departure(const Trace& trace, std::size_t visit) { return seconds(trace, trace.main().visits.at(visit).depart); }
long long held(const Trace& trace) { return trace.main().parts[TimePart::holds].count() / 1000; }

void check_parts(const Trace& trace) {
    for (const TrainTrace& train : trace.trains) CHECK(train.parts.sum() == train.visits.back().arrive - train.visits.front().depart);
}

Scenario noisy() {
    Scenario scenario = line();
    scenario.train.journey_pace.value = Uncertain<double>{Law{Normal{0.0, 0.1}}};
    scenario.journey.calls = {{name_of("B"), Uncertain<Duration>{Law{Uniform{0.0, 600.0}}}, "", {}}};
    return scenario;
}

}  // namespace

TEST_CASE("drawn: an early train is slowed to its plan, a late one stays late") {
    const Trace early = simulate(build(with(line(), plan("D", 1800))), {});
    CHECK(arrival(early, 3) == 1800);
    CHECK(held(early) == 260);
    CHECK(early.main().parts[TimePart::moving] == Millis{1'540'000});
    check_parts(early);
    const Trace late = simulate(build(with(line(), plan("D", 1200))), {});
    CHECK(arrival(late, 3) == 1540);
    CHECK(held(late) == 0);
}

TEST_CASE("drawn: a plan for a station that is passed slows the train up to there, and after a long wait it starts again from there") {
    Trace trace = simulate(build(with(line(), plan("C", 1200))), {});
    CHECK(arrival(trace, 2) == 1200);
    CHECK(arrival(trace, 3) == 1720);
    CHECK(held(trace) == 180);
    trace = simulate(build(with(line(), plan("C", 3600))), {});
    CHECK(arrival(trace, 2) == 3600);
    CHECK(arrival(trace, 3) == 3600 + 540);
    check_parts(trace);
}

TEST_CASE("drawn: an early train stands where it is to hold, and leaves in time for its plan") {
    const Model model = build(with(line(), plan("D", 3600, {name_of("B")})));
    const Trace trace = simulate(model, {}, Logging::on);
    CHECK(arrival(trace, 1) == 540);
    CHECK(departure(trace, 1) == 3600 - 1040);
    CHECK(arrival(trace, 3) == 3600);
    CHECK(held(trace) == 3600 - 1040 - 540);
    check_parts(trace);
    const auto wait = std::find_if(trace.log.begin(), trace.log.end(), [](const LogEntry& e) { return e.what == Happening::waits; });
    REQUIRE(wait != trace.log.end());
    CHECK(wait->visit == 1);
    CHECK(wait->part == TimePart::holds);
    CHECK(wait->why == "for its time at D");
    CHECK(wait->lasts == Millis{2'020'000});
}

TEST_CASE("drawn: a train that would lose its time by halting is slowed instead") {
    const Trace trace = simulate(build(with(line(), plan("D", 1560, {name_of("B")}))), {});
    CHECK(departure(trace, 1) == 520);  // passed
    CHECK(arrival(trace, 1) == 520);
    CHECK(arrival(trace, 3) == 1560);
    CHECK(held(trace) == 20);
}

TEST_CASE("drawn: what is planned between the place to hold and the place of the plan counts") {
    Scenario scenario = with(line(), plan("D", 3600, {name_of("B")}));
    scenario.journey.calls = {{name_of("C"), Uncertain<Duration>{600 * s}, "", {}}};
    const Trace trace = simulate(build(scenario), {});
    CHECK(departure(trace, 1) == 3600 - 540 - 600 - 540);
    CHECK(arrival(trace, 3) == 3600);
    check_parts(trace);
}

TEST_CASE("drawn: of several places to hold the first is taken where the train is early") {
    const Trace trace = simulate(build(with(line(), plan("D", 7200, {name_of("C"), name_of("B")}))), {});
    CHECK(departure(trace, 1) == 7200 - 1040);
    CHECK(arrival(trace, 2) == departure(trace, 2));  // passed
    CHECK(arrival(trace, 3) == 7200);
}

TEST_CASE("drawn: an announced time is evidence of the plan, and a bound is kept") {
    PlanSheet announced = plan("D", 3600);
    announced.announced = true;
    CHECK_THROWS_WITH_AS(build(with(line(), announced)), doctest::Contains("announced_times"), InputError);
    Scenario scenario = with(line(), announced);
    scenario.practice[0].announced_times = {Uncertain<Duration>{-600 * s}, {}};
    CHECK(arrival(simulate(build(scenario), {}), 3) == 3000);
    PlanSheet bound;
    bound.at = name_of("D");
    bound.not_before = at(2000);
    CHECK(arrival(simulate(build(with(line(), bound)), {}), 3) == 2000);
}

TEST_CASE("stat: the railway's plan lies about an announced time as the practice says") {
    PlanSheet announced = plan("D", 7200);
    announced.announced = true;
    Scenario scenario = with(line(), announced);
    scenario.practice[0].announced_times = {Uncertain<Duration>{Law{Normal{-600, 300}}}, {}};
    const Model model = build(scenario);
    double sum = 0;
    constexpr int runs = 4000;
    for (std::uint64_t run = 0; run < runs; ++run) sum += static_cast<double>(arrival(simulate(model, {1, run}), 3));
    CHECK(std::abs(sum / runs - 6600) < 4 * 300 / std::sqrt(runs));
}

TEST_CASE("law: a run that is worked to its plan, or not, is the run of the scenario where that is certain") {
    PlanSheet sheet = plan("D", 3600, {name_of("C")});
    const Model certain = build(with(noisy(), sheet)), free = build(noisy());
    sheet.weight = 0.7;
    const Model open = build(with(noisy(), sheet));
    REQUIRE(open.alternatives.size() == 2);
    CHECK(open.alternatives[0].name == "to the plan for D");
    CHECK(open.alternatives[1].name == "no plan for D");
    CHECK(open.alternatives[0].probability == 0.7);
    bool taken[2]{};
    for (std::uint64_t run = 0; run < 100; ++run) {
        const Trace trace = simulate(open, {1, run}), alone = simulate(trace.alternative == 0 ? certain : free, {1, run});
        taken[trace.alternative] = true;
        for (std::size_t i = 0; i < 4; ++i) CHECK(trace.main().visits[i].arrive == alone.main().visits[i].arrive);
        CHECK(trace.main().parts.spent == alone.main().parts.spent);
    }
    CHECK((taken[0] && taken[1]));
    sheet.weight = 0;
    CHECK(build(with(noisy(), sheet)).alternatives.size() == 1);
}

TEST_CASE("law: arrival is the later of the free one and the plan, whether the train holds or goes slower") {
    const Model free = build(noisy());
    for (const bool holds : {false, true}) {
        const Model planned = build(with(noisy(), plan("D", 2000, holds ? std::vector{name_of("C")} : std::vector<Name>{})));
        for (std::uint64_t run = 0; run < 300; ++run) {
            const Trace a = simulate(free, {1, run}), b = simulate(planned, {1, run});
            const Instant wanted = a.main().visits[0].depart + std::chrono::seconds{2000};
            CHECK(b.main().visits[3].arrive == std::max(a.main().visits[3].arrive, wanted));
            check_parts(b);
        }
    }
}

TEST_CASE("law: with plans, who leaves later or stays longer arrives no earlier") {
    Scenario scenario = with(noisy(), plan("D", 4 * 3600, {name_of("C")}));
    scenario.journey.plans.push_back(plan("C", 3 * 3600));
    scenario.journey.calls[0].not_before = at(3600);
    Model model = build(scenario);
    for (std::uint64_t run = 0; run < 10; ++run) {
        Instant last = Instant::min();
        for (int minute = 0; minute < 300; minute += 3) {
            model.alternatives[0].trains[0].departure =
                DepartAt{std::get<Instant>(instant_of(at(0).value, *TimeZone::find("UTC"))) + std::chrono::minutes{minute}};
            const Trace trace = simulate(model, {1, run});
            CHECK(trace.main().visits.back().arrive >= last);
            last = trace.main().visits.back().arrive;
            check_parts(trace);
        }
    }
}

TEST_CASE("drawn: a call is not left before its time, and a long one not held for it") {
    Scenario scenario = line();
    scenario.journey.calls = {{name_of("B"), Uncertain<Duration>{60 * s}, "", {}, at(1800)}};
    Trace trace = simulate(build(scenario), {});
    CHECK(departure(trace, 1) == 1800);
    CHECK(arrival(trace, 3) == 2840);
    CHECK(trace.main().parts[TimePart::planned_stops] == Millis{1'260'000});
    check_parts(trace);
    scenario.journey.calls[0].not_before = at(300);
    trace = simulate(build(scenario), {});
    CHECK(departure(trace, 1) == 600);
}

TEST_CASE("stat: a reception is never shorter than planned, and its overrun comes on top") {
    Scenario scenario = line();
    scenario.journey.calls = {{name_of("B"), Uncertain<Duration>{600 * s}, "reception", Uncertain<Duration>{Law{Uniform{0.0, 1200.0}}}}};
    const Model model = build(scenario);
    double sum = 0;
    constexpr int runs = 4000;
    for (std::uint64_t run = 0; run < runs; ++run) {
        const Trace trace = simulate(model, {1, run});
        const auto stay = departure(trace, 1) - arrival(trace, 1);
        CHECK((stay >= 600 && stay <= 1800));
        sum += static_cast<double>(stay);
    }
    CHECK(std::abs(sum / runs - 1200) < 4 * 1200 / std::sqrt(12.0 * runs) + 1);  // whole seconds
}

TEST_CASE("drawn: a crew changes beside what else is done at a stop") {
    Scenario scenario = line();
    scenario.journey.calls = {{name_of("B"), Uncertain<Duration>{300 * s}, "", {}}};
    scenario.practice[0].stops = {{name_of("B"), StopActivity::crew_change, Uncertain<Duration>{480 * s}, {}}};
    const Model model = build(scenario);
    const Trace trace = simulate(model, {}, Logging::on);
    CHECK(departure(trace, 1) - arrival(trace, 1) == 480);
    CHECK(std::any_of(trace.log.begin(), trace.log.end(),
                      [](const LogEntry& e) { return e.what == Happening::begins && e.why == "crew change" && e.part == TimePart::planned_stops; }));
}

TEST_CASE("law: a plan keeps its convoy in order and its parts whole") {
    Scenario scenario = with(noisy(), plan("D", 4000, {name_of("C")}));
    ConvoyTrainSheet ahead, behind;
    ahead.name = name_of("advance");
    ahead.ahead = Uncertain<Duration>{1200 * s};
    behind.name = name_of("support");
    behind.behind = Uncertain<Duration>{900 * s};
    scenario.convoy = ConvoySheet{300 * s, {ahead, behind}, {}};
    const Model model = build(scenario);
    for (std::uint64_t run = 0; run < 100; ++run) {
        const Trace trace = simulate(model, {1, run});
        check_parts(trace);
        CHECK(arrival(trace, 3) >= 4000);
        for (std::size_t i = 1; i < 4; ++i) CHECK(trace.trains[2].visits[i].arrive - trace.main().visits[i].depart >= Millis{0});
    }
}

TEST_CASE("law: a plan that cannot be worked to is refused") {
    const auto refused = [](PlanSheet sheet) {
        try {
            build(with(line(), std::move(sheet)));
        } catch (const InputError& error) {
            return std::string{error.what()};
        }
        return std::string{"none"};
    };
    CHECK(refused(plan("A", 100)).find("the origin") != std::string::npos);
    CHECK(refused(plan("X", 100)).find("journey.plans.at") != std::string::npos);
    CHECK(refused(plan("C", 100, {name_of("D")})).find("not between the origin and C") != std::string::npos);
    CHECK(refused(plan("C", 100, {name_of("A")})).find("not between the origin and C") != std::string::npos);
    PlanSheet sheet = plan("C", 100);
    sheet.weight = 1.5;
    CHECK(refused(sheet).find("journey.plans.weight") != std::string::npos);
    sheet = plan("A", 100);
    sheet.weight = 0.5;  // an alternative without the plan does not hide the mistake
    CHECK(refused(sheet).find("the origin") != std::string::npos);
    sheet = plan("C", 100);
    sheet.not_before = at(5);
    CHECK(refused(sheet).find("not exactly one of 'arrive' and 'not_before'") != std::string::npos);
    sheet = {};
    sheet.at = name_of("C");
    CHECK(refused(sheet).find("not exactly one of") != std::string::npos);
    sheet.not_before = at(5);
    sheet.announced = true;
    CHECK(refused(sheet).find("a bound is no announced time") != std::string::npos);
}

}  // namespace simulation_plans_test
