#include <railwindow/core/error.hpp>
#include <railwindow/simulation/agenda.hpp>
#include <railwindow/simulation/simulate.hpp>
#include <support/drawn.hpp>
#include <support/near.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <set>

namespace simulation_simulate_test {

using namespace railwindow;

namespace {

Millis arrival(const Model& model, Noise noise = {}) {
    const Trace trace = simulate(model, noise);
    return trace.main().visits.back().arrive - trace.main().visits.front().depart;
}

Millis arrival(const Scenario& scenario) { return arrival(build(scenario)); }

CallSheet call(const std::string& at, Uncertain<Duration> dwell) { return {name_of(at), std::move(dwell), ""}; }

// Tumangang's law at its modes; see networks/borders-dprk-russia.yaml.
Scenario regauging(double cars) {
    Scenario scenario = drawn("A --1km,100-- B --1km,100-- C");
    scenario.networks[0].lines[1].track.gauge = {Gauge{1520}};
    scenario.networks[0].gauge_changes.push_back({name_of("B"),
                                                  {{1435}, {1520}},
                                                  "bogie exchange",
                                                  Uncertain<Duration>{0.5 * h},
                                                  Uncertain<Duration>{0.7 * h},
                                                  Uncertain<Duration>{0.4 * h},
                                                  8,
                                                  {}});
    scenario.train.gauges = {{1435}, {1520}};
    scenario.train.gauge_change_methods = {"bogie exchange"};
    scenario.train.cars.value = Uncertain<double>{cars};
    return scenario;
}

Millis stay(const Scenario& scenario, std::size_t visit) {
    const Trace trace = simulate(build(scenario), {});
    return trace.main().visits[visit].depart - trace.main().visits[visit].arrive;
}

}  // namespace

TEST_CASE("exact: from standstill to standstill takes v/a + d/v") {
    // 10 km at 72 km/h = 20 m/s with 0.5 m/s^2 both ways: 20/0.5 + 10000/20 = 540 s
    CHECK(arrival(drawn("A --10km,72-- B")) == Millis{540'000});
}

TEST_CASE("exact: a stop costs v/a and the stay") {
    Scenario scenario = drawn("A --10km,72-- B --10km,72-- C");
    CHECK(arrival(scenario) == Millis{1'040'000});
    scenario.journey.calls = {call("B", 5 * minute)};
    CHECK(arrival(scenario) == Millis{1'040'000 + 40'000 + 300'000});
}

TEST_CASE("exact: stations that are passed get the time of the head") {
    const Model model = build(drawn("A --10km,72-- B --10km,72-- C"));
    const Trace trace = simulate(model, {});
    CHECK(trace.main().visits[1].arrive - trace.main().visits[0].depart == Millis{520'000});  // 20 s lost to the start, 500 s of running
    CHECK(trace.main().visits[1].arrive == trace.main().visits[1].depart);
    CHECK(trace.main().visits[1].moving == Millis{520'000});
}

TEST_CASE("exact: a lower limit ahead is met by the head, a higher one is used when the tail has left") {
    // 200 m of train: 1 km at 10 m/s, then 2 km at 20 m/s; the train runs 1.2 km at 10 m/s
    const Scenario scenario = drawn("A --1km,36-- B --2km,72-- C");
    // 0-10 m/s: 20 s, 100 m; 1100 m at 10 m/s: 110 s; 10-20 m/s: 20 s, 300 m; 1100 m at 20 m/s: 55 s; 20-0: 40 s, 400 m
    CHECK(arrival(scenario) == Millis{245'000});
}

TEST_CASE("exact: regauging 12, 15, 21 and 26 cars takes 2.3, 2.3, 3.0 and 3.7 h") {
    CHECK(stay(regauging(12), 1) == to_millis(2.3 * h));
    CHECK(stay(regauging(15), 1) == to_millis(2.3 * h));
    CHECK(stay(regauging(21), 1) == to_millis(3.0 * h));
    CHECK(stay(regauging(26), 1) == to_millis(3.7 * h));
}

TEST_CASE("exact: the locomotive is changed after the brake test, the reception runs beside both") {
    Scenario scenario = regauging(15);
    scenario.practice[0].stops = {{name_of("B"), StopActivity::locomotive_change, Uncertain<Duration>{0.5 * h}, {}}};
    CHECK(stay(scenario, 1) == to_millis(2.8 * h));
    scenario.journey.calls = {call("B", 2 * h)};
    CHECK(stay(scenario, 1) == to_millis(2.8 * h));
    scenario.journey.calls = {call("B", 4 * h)};
    CHECK(stay(scenario, 1) == to_millis(4 * h));
}

TEST_CASE("exact: a prepared gauge change is a stop without a stay") {
    Scenario scenario = regauging(15);
    scenario.journey.regauging = name_of("prepared");
    CHECK(stay(scenario, 1) == Millis{0});
    CHECK(simulate(build(scenario), {}).main().visits.size() == 3);
}

TEST_CASE("exact: what takes no time is no stop") {
    Scenario scenario = drawn("A --10km,72-- B --10km,72-- C");
    scenario.practice[0].stops = {{name_of("B"), StopActivity::locomotive_change, Uncertain<Duration>{0 * s}, {}}};
    CHECK(arrival(scenario) == Millis{1'040'000});
}

TEST_CASE("exact: a train that reverses starts again from its stopping place") {
    Scenario scenario = drawn("A --10km,72-- B --10km,72-- C");
    NetworkSheet& network = scenario.networks[0];
    network.stations.push_back(drawn_station("D", 0.05, 0.0));  // back west: a turn of more than 120 degrees at B
    network.stations[1].reversal = ReversalSheet{true, {}};
    network.lines.push_back(drawn_line("B-D", "B", "D", 10 * km, 72 * km / h));
    scenario.practice[0].reversal = Sourced<Uncertain<Duration>>{Uncertain<Duration>{10 * minute}, {}};
    scenario.journey.to = name_of("D");
    const Model model = build(scenario);
    CHECK(model.main().stages.size() == 2);
    CHECK(arrival(model) == Millis{540'000 + 600'000 + 540'000 + 10'000});  // it runs on for its 200 m until its tail is clear
}

TEST_CASE("law: a draw that is added changes no other") {
    Scenario scenario = drawn("A --30km,72-- B --30km,72-- C --30km,72-- D");
    scenario.practice[0].section_noise.value = 0.1;
    scenario.train.journey_pace.value = Uncertain<double>{Law{Normal{0, 0.1}}};
    Scenario with_call = scenario;
    with_call.journey.calls = {call("C", Uncertain<Duration>{Law{Uniform{600, 1200}}})};
    const Model plain = build(scenario), called = build(with_call);
    for (std::uint64_t run = 0; run < 50; ++run) {
        const Trace a = simulate(plain, {7, run}), b = simulate(called, {7, run});
        CHECK(a.main().visits[1].arrive == b.main().visits[1].arrive);
        const Duration stand = to_duration(b.main().visits[2].depart - b.main().visits[2].arrive);
        CHECK(stand >= 600 * s);
        CHECK(b.main().visits[3].arrive > a.main().visits[3].arrive + Millis{600'000});
    }
}

TEST_CASE("law: the same seed and run give the same trace, another run another") {
    Scenario scenario = drawn("A --30km,72-- B --30km,72-- C");
    scenario.practice[0].section_noise.value = 0.1;
    const Model model = build(scenario);
    CHECK(arrival(model, {1, 5}) == arrival(model, {1, 5}));
    CHECK(arrival(model, {1, 5}) != arrival(model, {1, 6}));
    CHECK(arrival(model, {1, 5}) != arrival(model, {2, 5}));
}

TEST_CASE("law: technical stops keep their spacing and are the same for every train that shares the line") {
    std::string line = "S0";
    for (int i = 1; i <= 300; ++i) line += " --1km,72-- S" + std::to_string(i);
    Scenario scenario = drawn(line);
    NetworkSheet& network = scenario.networks[0];  // one line of 300 km instead of 300 lines
    LineSheet whole = network.lines[0];
    whole.chainage.clear();
    for (int i = 0; i <= 300; ++i) whole.chainage.push_back({name_of("S" + std::to_string(i)), {i * km, {}}});
    network.lines = {whole};
    scenario.practice[0].technical_stops = {{{}, 40 * km, 10 * km, Uncertain<Duration>{10 * minute}, {}}};
    Scenario shorter = scenario;
    shorter.journey.from = name_of("S100");
    const Model model = build(scenario), part = build(shorter);
    for (std::uint64_t run = 0; run < 200; ++run) {
        const auto halts = [](const Trace& trace, std::size_t first) {
            std::set<std::size_t> found;
            for (std::size_t i = 1; i + 1 < trace.main().visits.size(); ++i)
                if (trace.main().visits[i].arrive != trace.main().visits[i].depart) found.insert(i + first);
            return found;
        };
        const std::set<std::size_t> all = halts(simulate(model, {3, run}), 0), late = halts(simulate(part, {3, run}), 100);
        std::size_t before = 0;
        for (const std::size_t at : all) {
            const bool spaced = before == 0 || (at - before >= 29 && at - before <= 51);  // 30 to 50 km, stations 1 km apart
            CHECK(spaced);
            before = at;
        }
        std::set<std::size_t> beyond;
        for (const std::size_t at : all)
            if (at > 100) beyond.insert(at);
        CHECK(late == beyond);
    }
}

TEST_CASE("stat: technical stops come as often as their spacing says") {
    std::string line = "S0";
    for (int i = 1; i <= 200; ++i) line += " --5km,72-- S" + std::to_string(i);
    Scenario scenario = drawn(line);
    LineSheet whole = scenario.networks[0].lines[0];
    whole.chainage.clear();
    for (int i = 0; i <= 200; ++i) whole.chainage.push_back({name_of("S" + std::to_string(i)), {5 * i * km, {}}});
    scenario.networks[0].lines = {whole};
    scenario.practice[0].technical_stops = {{{}, 100 * km, 45 * km, Uncertain<Duration>{10 * minute}, {}}};
    const Model model = build(scenario);
    double stops = 0;
    const int runs = 2000;
    for (std::uint64_t run = 0; run < runs; ++run) {
        const Trace trace = simulate(model, {1, run});
        for (std::size_t i = 1; i + 1 < trace.main().visits.size(); ++i) stops += trace.main().visits[i].arrive != trace.main().visits[i].depart;
    }
    // 995 km in front of the last section, one stop per 100 km: mean 9.95; the number varies by less than 0.5 from run to run
    CHECK(near(stops / runs, 9.95, 4 * 0.5 / std::sqrt(runs)));
}

TEST_CASE("exact: at one instant trains arrive before activities end, and these before trains depart") {
    Agenda agenda;
    const Instant now{Millis{1000}};
    agenda.add(now, 0, DepartureEvent{1, 0});
    agenda.add(now, 0, ActivityEndEvent{1, 0});
    agenda.add(now, 1, VisitEvent{2, 0});
    agenda.add(now, 0, VisitEvent{3, 0});
    agenda.add(now - Millis{1}, 0, DepartureEvent{9, 0});
    CHECK(std::holds_alternative<DepartureEvent>(agenda.take().what));
    CHECK(std::get<VisitEvent>(agenda.take().what).visit == 3);  // of train 0 before that of train 1
    CHECK(std::get<VisitEvent>(agenda.take().what).visit == 2);
    CHECK(std::holds_alternative<ActivityEndEvent>(agenda.take().what));
    CHECK(std::get<DepartureEvent>(agenda.take().what).visit == 1);
    CHECK(agenda.empty());
}

TEST_CASE("found: 2026-11-23 a journey that never ends is stranded, not a date that overflows") {
    Scenario endless = drawn("A --10km,72-- B --10km,72-- C");
    endless.journey.calls = {call("B", Uncertain<Duration>{1e9 * s})};
    Trace trace = simulate(build(endless), {});
    REQUIRE(trace.main().stranded.has_value());
    CHECK(std::holds_alternative<BeyondHorizon>(trace.main().stranded->why));
    CHECK(trace.main().stranded->after_visit == 1);

    Scenario crawling = drawn("A --10km,72-- B");
    crawling.train.journey_pace.value = Uncertain<double>{1000.0};
    trace = simulate(build(crawling), {});
    REQUIRE(trace.main().stranded.has_value());
    CHECK(trace.main().stranded->after_visit == 0);
}

TEST_CASE("found: 2026-11-23 every technical stop that falls on a section is made, those of the last section before it") {
    Scenario scenario = drawn("A --4km,72-- M --6km,72-- B");
    LineSheet line = scenario.networks[0].lines[0];
    line.chainage = {{name_of("A"), {0 * m, {}}}, {name_of("M"), {4 * km, {}}}, {name_of("B"), {10 * km, {}}}};
    scenario.networks[0].lines = {line};
    scenario.practice[0].technical_stops = {{{}, 1 * km, 0 * m, Uncertain<Duration>{1 * h}, {}}};
    const Model model = build(scenario);
    for (std::uint64_t run = 0; run < 20; ++run) {
        const Trace trace = simulate(model, {1, run});
        CHECK(trace.main().visits[1].depart - trace.main().visits[1].arrive == to_millis(10 * h));
    }
}

TEST_CASE("found: 2026-11-23 a gauge change that the route does not make is refused where it is asked for") {
    Scenario scenario = regauging(10);
    scenario.journey.to = name_of("B");
    CHECK_NOTHROW(build(scenario));
    const Millis there = arrival(scenario);
    scenario.journey.regauging = name_of("B");
    CHECK(arrival(scenario) == there);  // it is changed there, after the arrival
    scenario.journey.regauging = name_of("A");
    CHECK_THROWS_WITH_AS(build(scenario), doctest::Contains("cannot be changed at 'A'"), InputError);
}

TEST_CASE("law: the profile of a run has the times of the run") {
    Scenario scenario = drawn("A --10km,72-- B --10km,36-- C --10km,72-- D");
    scenario.practice[0].section_noise.value = 0.1;
    scenario.journey.calls = {call("B", 5 * minute)};
    const Model model = build(scenario);
    for (std::uint64_t run = 0; run < 20; ++run) {
        const Trace trace = simulate(model, {1, run});
        const ProfiledRun profiled = simulate_profiled(model, {1, run});
        CHECK(profiled.trace.main().visits.back().arrive == trace.main().visits.back().arrive);
        REQUIRE(profiled.movements.size() == 2);
        for (const ProfiledMovement& movement : profiled.movements)
            CHECK(movement.depart + to_millis(movement.profile.running_time()) == trace.main().visits[movement.to].arrive);
    }
}

}  // namespace simulation_simulate_test
