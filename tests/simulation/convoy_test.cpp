#include <railwindow/core/error.hpp>
#include <railwindow/simulation/simulate.hpp>
#include <railwindow/simulation/state.hpp>
#include <support/drawn.hpp>

#include <doctest/doctest.h>

#include <algorithm>

namespace simulation_convoy_test {

using namespace railwindow;

namespace {

// 20 m/s, 0.5 m/s^2: 10 km from stand to stand take 540 s, the first 10 km of more 520 s, passed ones 500 s, the last ones 520 s.
Scenario line() { return drawn("A --10km,72-- B --10km,72-- C --10km,72-- D"); }

ConvoyTrainSheet train(const char* name, std::optional<Duration> ahead, std::optional<Duration> behind) {
    ConvoyTrainSheet sheet;
    sheet.name = name_of(name);
    if (ahead) sheet.ahead = Uncertain<Duration>{*ahead};
    if (behind) sheet.behind = Uncertain<Duration>{*behind};
    return sheet;
}

Scenario with_convoy(Scenario scenario, std::vector<ConvoyTrainSheet> trains, Duration headway = 5 * minute) {
    scenario.convoy = ConvoySheet{headway, std::move(trains), {}};
    return scenario;
}

CallSheet call(const std::string& at, Duration dwell) { return {name_of(at), Uncertain<Duration>{dwell}, ""}; }

Millis since(const Trace& trace, Instant at) { return at - trace.main().visits.front().depart; }

}  // namespace

TEST_CASE("drawn: trains ahead and behind keep their leads on a free line") {
    const Scenario scenario = with_convoy(line(), {train("advance", 20 * minute, {}), train("support", {}, 15 * minute)});
    const Trace trace = simulate(build(scenario), {});
    REQUIRE(trace.trains.size() == 3);
    CHECK(since(trace, trace.trains[1].visits.front().depart) == Millis{-1'200'000});
    CHECK(since(trace, trace.trains[1].visits.back().arrive) == Millis{1'540'000 - 1'200'000});
    CHECK(since(trace, trace.main().visits.back().arrive) == Millis{1'540'000});
    CHECK(since(trace, trace.trains[2].visits.front().depart) == Millis{900'000});
    CHECK(since(trace, trace.trains[2].visits.back().arrive) == Millis{1'540'000 + 900'000});
    for (const TrainTrace& train : trace.trains) CHECK(train.parts.sum() == train.visits.back().arrive - train.visits.front().depart);
}

TEST_CASE("drawn: a train behind a halted one is held before the station and starts again from there") {
    Scenario scenario = with_convoy(line(), {train("support", {}, 15 * minute)});
    scenario.journey.calls = {call("C", 30 * minute)};
    const Trace trace = simulate(build(scenario), {});
    // The main train is at C from 1040 s to 2840 s. The support train, which does not call there, would pass at 900 + 1020 s; it may at 2840 + 300 s.
    CHECK(since(trace, trace.main().visits[2].arrive) == Millis{1'040'000});
    CHECK(since(trace, trace.trains[1].visits[2].arrive) == Millis{3'140'000});
    CHECK(trace.trains[1].visits[2].depart == trace.trains[1].visits[2].arrive);
    CHECK(trace.trains[1].visits[3].arrive - trace.trains[1].visits[2].depart == Millis{540'000});
    CHECK(trace.trains[1].parts[TimePart::waiting_for_others] == Millis{3'140'000 - 900'000 - 1'020'000});
}

TEST_CASE("drawn: a short wait is run off by going slower") {
    Scenario scenario = with_convoy(line(), {train("support", {}, 6 * minute)});
    scenario.journey.calls = {call("B", 60 * s)};
    const Trace trace = simulate(build(scenario), {});
    // Main: B 540 to 600 s, C at 600 + 520. Support: would pass B at 360 + 520 = 880, may at 900: 20 s late from there on, still moving.
    CHECK(since(trace, trace.trains[1].visits[1].arrive) == Millis{900'000});
    CHECK(trace.trains[1].visits[2].arrive - trace.trains[1].visits[1].depart == Millis{520'000});  // the main train's headway at C
    CHECK(trace.trains[1].parts.sum() == trace.trains[1].visits.back().arrive - trace.trains[1].visits.front().depart);
}

TEST_CASE("law: a train that is added at the end leaves the main train's ticks as they are") {
    Scenario scenario = line();
    scenario.train.journey_pace.value = Uncertain<double>{Law{Normal{0.0, 0.1}}};
    scenario.train.cars.value = Uncertain<double>{Law{Uniform{10.0, 20.0}}};
    scenario.practice[0].section_noise.value = 0.05;
    scenario.journey.calls = {{name_of("B"), Uncertain<Duration>{Law{Uniform{0.0, 3600.0}}}, "", {}}};
    const Model alone = build(scenario), convoy = build(with_convoy(scenario, {train("support", {}, 10 * minute)}));
    for (std::uint64_t run = 0; run < 200; ++run) {
        const Trace a = simulate(alone, {5, run}), b = simulate(convoy, {5, run});
        REQUIRE(a.main().visits.size() == b.main().visits.size());
        for (std::size_t i = 0; i < a.main().visits.size(); ++i) {
            CHECK(a.main().visits[i].arrive == b.main().visits[i].arrive);
            CHECK(a.main().visits[i].depart == b.main().visits[i].depart);
        }
        const std::vector<VisitTimes>&main = b.main().visits, &support = b.trains[1].visits;
        for (std::size_t i = 0; i < main.size(); ++i) CHECK(support[i].depart - main[i].depart >= Millis{300'000});
        CHECK(b.trains[1].parts.sum() == support.back().arrive - support.front().depart);
    }
}

TEST_CASE("drawn: three trains wait for one lift, and two for two") {
    Scenario scenario = drawn("A --1km,100-- B --1km,100-- C");
    scenario.networks[0].lines[1].track.gauge = {Gauge{1520}};
    GaugeChangeSheet works{name_of("B"),
                           {{1435}, {1520}},
                           "bogie exchange",
                           Uncertain<Duration>{0.5 * h},
                           Uncertain<Duration>{0.7 * h},
                           Uncertain<Duration>{0.4 * h},
                           8,
                           {}};
    scenario.networks[0].gauge_changes.push_back(works);
    scenario.train.gauges = {{1435}, {1520}};
    scenario.train.gauge_change_methods = {"bogie exchange"};
    scenario.train.cars.value = Uncertain<double>{16.0};
    scenario = with_convoy(scenario, {train("advance", 20 * minute, {}), train("support", {}, 15 * minute)});
    Trace trace = simulate(build(scenario), {});
    const auto leaves = [&](std::size_t i) { return trace.trains[i].visits[1].depart; };
    // Set-up and two batches hold the lift for 1.9 h; the brake test of 0.4 h does not.
    const Instant first = trace.trains[1].visits[1].arrive;
    CHECK(leaves(1) - first == to_millis(2.3 * h));
    CHECK(leaves(0) - first == to_millis((1.9 + 2.3) * h));
    CHECK(leaves(2) - first == to_millis((2 * 1.9 + 2.3) * h));
    CHECK(trace.main().parts[TimePart::gauge_change] == to_millis(2.3 * h));
    CHECK(trace.main().parts[TimePart::waiting_for_others] == to_millis(1.9 * h) - Millis{1'200'000});
    scenario.networks[0].gauge_changes[0].lifts = 3;
    trace = simulate(build(scenario), {});
    for (std::size_t i = 0; i < 3; ++i) CHECK(trace.trains[i].visits[1].depart - trace.trains[i].visits[1].arrive == to_millis(2.3 * h));
}

TEST_CASE("drawn: a pilot joins where its country begins and leaves before the main train does") {
    Scenario scenario = line();
    scenario.networks[0].stations[1].country = "YY";
    scenario.networks[0].stations[2].country = "YY";
    scenario.networks[0].stations[3].country = "YY";
    PracticeSheet practice = scenario.practice[0];
    practice.country = name_of("YY");
    scenario.practice.push_back(practice);
    scenario.journey.calls = {call("B", 30 * minute)};
    ConvoyTrainSheet pilot = train("pilot", 20 * minute, {});
    pilot.countries = {name_of("YY")};
    Trace trace = simulate(build(with_convoy(scenario, {pilot})), {});
    const Instant main_leaves = trace.main().visits[1].depart;
    CHECK(main_leaves - trace.main().visits[1].arrive == Millis{1'800'000});
    CHECK(main_leaves - trace.trains[1].visits[0].depart == Millis{1'200'000});
    CHECK(trace.trains[1].visits.size() == 3);
    pilot.countries = {name_of("ZZ")};
    CHECK_THROWS_AS(build(with_convoy(scenario, {pilot})), InputError);
}

TEST_CASE("drawn: behind a train that cannot go on nobody passes") {
    Scenario scenario = line();
    scenario.journey.calls = {call("B", 1e9 * s)};
    const Trace trace = simulate(build(with_convoy(scenario, {train("support", {}, 10 * minute)})), {});
    REQUIRE(trace.main().stranded);
    REQUIRE(trace.trains[1].stranded);
    REQUIRE(std::holds_alternative<Blocked>(trace.trains[1].stranded->why));
    CHECK(std::get<Blocked>(trace.trains[1].stranded->why).by == 0);
}

TEST_CASE("law: a run that is cut anywhere and gone on with from a copy ends as if it had not been") {
    Scenario scenario = with_convoy(line(), {train("advance", 20 * minute, {}), train("support", {}, 15 * minute)});
    scenario.journey.calls = {call("B", 20 * minute), call("C", 40 * minute)};
    const Model model = build(scenario);
    Simulator simulator{model};
    const Trace whole = simulate(model, {3, 7});
    for (int minutes = -30; minutes < 120; minutes += 7) {
        State state = simulator.begin({3, 7});
        simulator.advance(state, whole.main().visits.front().depart + std::chrono::minutes{minutes});
        simulate(model, {3, 8});
        State fork = state;
        simulator.advance(fork, Instant::max());
        for (std::size_t train = 0; train < 3; ++train) {
            REQUIRE(fork.trace.trains[train].visits.size() == whole.trains[train].visits.size());
            for (std::size_t i = 0; i < whole.trains[train].visits.size(); ++i) {
                CHECK(fork.trace.trains[train].visits[i].arrive == whole.trains[train].visits[i].arrive);
                CHECK(fork.trace.trains[train].visits[i].depart == whole.trains[train].visits[i].depart);
            }
        }
        CHECK(state.trace.trains[0].visits.size() <= fork.trace.trains[0].visits.size());
    }
}

TEST_CASE("law: a log changes no time and tells of every stop") {
    Scenario scenario = with_convoy(line(), {train("support", {}, 15 * minute)});
    scenario.journey.calls = {call("C", 30 * minute)};
    const Model model = build(scenario);
    const Trace silent = simulate(model, {1, 4}), told = simulate(model, {1, 4}, Logging::on);
    CHECK(silent.log.empty());
    CHECK(silent.main().visits.back().arrive == told.main().visits.back().arrive);
    CHECK(silent.trains[1].visits.back().arrive == told.trains[1].visits.back().arrive);
    CHECK(std::is_sorted(told.log.begin(), told.log.end(), [](const LogEntry& a, const LogEntry& b) { return a.at < b.at; }));
    const auto count = [&](Happening what) {
        return std::count_if(told.log.begin(), told.log.end(), [&](const LogEntry& e) { return e.what == what; });
    };
    CHECK(count(Happening::sets_out) == 2);
    CHECK(count(Happening::finishes) == 2);
    CHECK(count(Happening::arrives) == 1);
    CHECK(count(Happening::waits) == 1);
}

TEST_CASE("found: 2026-11-25 a train behind delays neither the one that waits ahead of it nor itself by waking too late") {
    // B and C are stops of all three. The support train arrives at B while the main train waits there for its headway behind the advance train.
    Scenario scenario = line();
    for (const char* station : {"B", "C"})
        scenario.practice[0].stops.push_back({name_of(station), StopActivity::inspection, Uncertain<Duration>{4 * minute}, {}});
    const std::vector<ConvoyTrainSheet> two{train("advance", 3 * minute, {})},
        three{train("advance", 3 * minute, {}), train("support", {}, 3 * minute)};
    const Trace without = simulate(build(with_convoy(scenario, two, 8 * minute)), {}),
                with = simulate(build(with_convoy(scenario, three, 8 * minute)), {});
    for (std::size_t i = 0; i < 2; ++i)
        for (std::size_t visit = 0; visit < 4; ++visit) {
            CHECK(without.trains[i].visits[visit].arrive == with.trains[i].visits[visit].arrive);
            CHECK(without.trains[i].visits[visit].depart == with.trains[i].visits[visit].depart);
        }
    // Whoever waits to come in does so no longer than its headway behind the arrival of the one ahead.
    const std::vector<VisitTimes>&ahead = with.trains[0].visits, &behind = with.trains[2].visits;
    for (std::size_t visit = 1; visit < 3; ++visit) {
        const Instant free = behind[visit - 1].depart + (visit == 1 ? Millis{540'000} : Millis{540'000});
        CHECK(behind[visit].arrive == std::max(free, ahead[visit].arrive + Millis{480'000}));
    }
}

}  // namespace simulation_convoy_test
