#include <railwindow/estimate/estimate.hpp>
#include <railwindow/estimate/samples.hpp>
#include <railwindow/io/scenario_file.hpp>
#include <railwindow/simulation/simulate.hpp>
#include <railwindow/simulation/state.hpp>
#include <support/drawn.hpp>
#include <support/near.hpp>
#include <support/source_tree.hpp>

#include <doctest/doctest.h>

#include <algorithm>

namespace simulation_diversions_test {

using namespace railwindow;

namespace {

// A - B - C - D, 100 km each at 72 km/h, and from B round to D by E: 300 km in place of 200. Only C - D may be closed, for `lasts` every time.
Scenario with_loop(Duration lasts, Duration every = 12 * h) {
    Scenario scenario = drawn("A --100km,72-- B --100km,72-- C --100km,72-- D");
    NetworkSheet& network = scenario.networks.front();
    network.stations.push_back(drawn_station("E", 0.5, 2.5));
    network.lines.push_back(drawn_line("B-E", "B", "E", 150 * km, 72 * km / h));
    network.lines.push_back(drawn_line("E-D", "E", "D", 150 * km, 72 * km / h));
    scenario.journey.via = {name_of("C")};
    ClosureSheet closure{every, 100 * km, Uncertain<Duration>{lasts}, {}};
    closure.rule.lines = {name_of("C-D")};
    scenario.practice.front().disruptions.emplace().closures = {closure};
    return scenario;
}

// 20 min before the main train, 10 min apart at least.
void put_pilot_ahead(Scenario& scenario) {
    ConvoyTrainSheet pilot;
    pilot.name = name_of("pilot");
    pilot.ahead = Uncertain<Duration>{20 * minute};
    scenario.convoy = ConvoySheet{10 * minute, {pilot}, {}};
}

Model open_line(Scenario scenario) {
    scenario.disruptions.closures = RateFactor{0};
    return build(scenario);
}

Model waiting(Scenario scenario) {
    scenario.disruptions.diversions = false;
    return build(scenario);
}

std::vector<std::string> stations_of(const Model& model, const Trace& trace) {
    std::vector<std::string> ids;
    for (std::size_t i = 0; i < trace.main().visits.size(); ++i)
        ids.push_back(model.network.stations()[way_of(model, trace).main().visits[i].station].id);
    return ids;
}

}  // namespace

TEST_CASE("diversions: a train told of a long closure goes round it, by the way that leaves last, and is as it was up to there") {
    const Scenario scenario = with_loop(48 * h);
    const Model model = build(scenario), open = open_line(scenario), waits = waiting(scenario);
    REQUIRE(model.diversions.size() == 1);
    const Diversion& round = model.diversions.front();
    CHECK(round.leaves == 1);
    REQUIRE(round.avoided.size() == 1);  // of what it avoids, what may be closed
    CHECK(round.avoided.front().step == 2);
    CHECK(near(round.avoided.front().until, 100 * km / (72 * km / h), 1e-6 * s));
    CHECK(round.instead.empty());
    CHECK(near(round.longer, 100 * km / (72 * km / h), 1e-6 * s));
    std::size_t diverted = 0;
    for (std::uint64_t run = 0; run < 400; ++run) {
        const Trace trace = simulate(model, {1, run}), free = simulate(open, {1, run}), wait = simulate(waits, {1, run});
        CHECK(trace.main().parts.sum() == trace.main().visits.back().arrive - trace.main().visits.front().depart);
        CHECK(trace.main().visits[1].arrive == free.main().visits[1].arrive);
        if (trace.diversion) {
            ++diverted;
            CHECK(stations_of(model, trace) == std::vector<std::string>{"A", "B", "E", "D"});
            // 400 km at 20 m/s, and 40 s for each of speeding up and slowing down at 0.5 m/s2.
            CHECK(trace.main().visits.back().arrive - trace.main().visits.front().depart == Millis{20'040'000});
            CHECK(wait.main().visits.back().arrive >= trace.main().visits.back().arrive);
            CHECK(wait.main().parts[TimePart::disruptions] > Millis{0});
        } else {
            CHECK(trace.main().visits.back().arrive == wait.main().visits.back().arrive);
        }
    }
    CHECK(diverted > 300);  // closed about four times over
}

TEST_CASE("diversions: who would lose by it waits") {
    // Closed for no longer than the way round takes more, and the train is 1.4 h from the place when it is told.
    CHECK(build(with_loop(1.3 * h)).diversions.empty());
    const Model model = build(with_loop(1.5 * h));
    REQUIRE(model.diversions.size() == 1);
    for (std::uint64_t run = 0; run < 300; ++run) CHECK_FALSE(simulate(model, {1, run}).diversion);
}

TEST_CASE("diversions: found: a shorter way is no reason to leave the meant one when nothing would have to wait") {
    Scenario scenario = with_loop(0.5 * h);
    for (LineSheet& line : scenario.networks.front().lines)
        if (line.id.value == "B-E" || line.id.value == "E-D") line.chainage.back().second.value = 50 * km;
    const Model model = build(scenario);
    REQUIRE(model.diversions.size() == 1);
    CHECK(model.diversions.front().longer < Duration{});
    for (std::uint64_t run = 0; run < 300; ++run) CHECK_FALSE(simulate(model, {1, run}).diversion);
}

TEST_CASE("diversions: no run takes one where the closure ends before the way round would have gained") {
    const Model model = build(with_loop(4 * h, 24 * h));
    const Model waits = waiting(with_loop(4 * h, 24 * h));
    std::size_t diverted = 0, late = 0;
    for (std::uint64_t run = 0; run < 2000; ++run) {
        const Trace trace = simulate(model, {1, run}), waited = simulate(waits, {1, run});
        if (trace.diversion) {
            ++diverted;
            CHECK(trace.main().visits.back().arrive < waited.main().visits.back().arrive);
        } else {
            CHECK(trace.main().visits.back().arrive == waited.main().visits.back().arrive);
            late += trace.main().parts[TimePart::disruptions] > Millis{0};  // closed behind B, or for too short
        }
    }
    CHECK(diverted > 20);
    CHECK(late > 20);
}

TEST_CASE("diversions: switched off, all wait; a call on the closed part is kept") {
    CHECK(waiting(with_loop(48 * h)).diversions.empty());
    Scenario calls = with_loop(48 * h);
    calls.journey.calls.push_back({name_of("C"), Uncertain<Duration>{1 * h}});
    CHECK(build(calls).diversions.empty());
}

TEST_CASE("diversions: a way over another border is none") {
    Scenario abroad = with_loop(48 * h);
    NetworkSheet& network = abroad.networks.front();
    network.stations.back().country = "YY";
    PracticeSheet practice = abroad.practice.front();
    practice.country = name_of("YY");
    abroad.practice.push_back(practice);
    REQUIRE(build(abroad).diversions.size() == 1);  // without a border between them the countries are one railway
    for (const auto& [id, from, to] : {std::tuple{"b1", "B", "E"}, {"b2", "E", "D"}}) {
        BorderSheet border;
        border.id = name_of(id);
        border.between = {name_of(from), name_of(to)};
        network.borders.push_back(border);
    }
    CHECK(build(abroad).diversions.empty());
}

TEST_CASE("diversions: the whole convoy goes round") {
    Scenario scenario = with_loop(48 * h);
    put_pilot_ahead(scenario);
    const Model model = build(scenario);
    std::size_t diverted = 0;
    for (std::uint64_t run = 0; run < 50; ++run) {
        const Trace trace = simulate(model, {1, run});
        if (!trace.diversion) continue;
        ++diverted;
        REQUIRE(trace.trains[1].visits.size() == trace.main().visits.size());
        for (std::size_t i = 1; i < trace.main().visits.size(); ++i)
            CHECK(trace.main().visits[i].arrive - trace.trains[1].visits[i].arrive >= Millis{600'000});
    }
    CHECK(diverted > 30);
}

TEST_CASE("diversions: a run forked before the order and one taken up later end alike") {
    const Model model = build(with_loop(48 * h));
    Simulator simulator{model};
    std::size_t diverted = 0;
    for (std::uint64_t run = 0; run < 20; ++run) {
        const Trace whole = simulate(model, {1, run});
        State state = simulator.begin({1, run});
        for (int hour = 1; hour < 200; ++hour) {
            State fork = state;
            simulator.advance(state, whole.main().visits.front().depart + std::chrono::hours{hour});
            if (!state.order || fork.order) continue;
            ++diverted;
            simulator.advance(fork, Instant::max());
            CHECK(fork.trace.main().visits.back().arrive == whole.main().visits.back().arrive);
        }
        CHECK(state.trace.diversion == whole.diversion);
        CHECK(state.trace.main().visits.back().arrive == whole.main().visits.back().arrive);
    }
    CHECK(diverted > 10);
}

TEST_CASE("diversions: the estimate counts them, and nothing depends on threads or on earlier runs of a simulator") {
    const Model model = build(with_loop(48 * h));
    EstimateOptions options;
    options.runs = 1000;
    options.threads = 1;
    const Samples one = sample(model, options);
    options.threads = 3;
    const Samples three = sample(model, options);
    REQUIRE(one.diverted.size() == 1);
    CHECK(one.diverted == three.diverted);
    for (std::size_t i = 0; i < one.points.size(); ++i) CHECK(one.points[i].arrive == three.points[i].arrive);
    std::uint64_t taken = 0;
    for (std::uint64_t run = 0; run < options.runs; ++run) {
        const Trace trace = simulate(model, {options.seed, run});
        taken += trace.diversion.has_value();
        CHECK(one.points.back().arrive[run] == trace.main().visits.back().arrive.time_since_epoch().count());
    }
    CHECK(one.diverted.front() == taken);
    const Estimate estimate = summarize(model, one, options);
    REQUIRE(estimate.diversions.size() == 1);
    CHECK(estimate.diversions.front().runs == taken);
    // C is not come to on the way round; the destination always is.
    for (const TimingPointEstimate& point : estimate.timing_points) {
        const std::string& id = model.network.stations()[model.timing_points[point.point].station].id;
        if (id == "C") CHECK(point.probability == static_cast<double>(1000 - taken) / 1000);
        if (id == "D") CHECK(point.probability == 1);
    }
}

TEST_CASE("diversions: the log says where and why") {
    const Model model = build(with_loop(48 * h));
    for (std::uint64_t run = 0; run < 50; ++run) {
        const Trace trace = simulate(model, {1, run}, Logging::on);
        const auto told = std::count_if(trace.log.begin(), trace.log.end(), [](const LogEntry& entry) { return entry.what == Happening::diverts; });
        CHECK(told == (trace.diversion ? 1 : 0));
        for (const LogEntry& entry : trace.log)
            if (entry.what == Happening::diverts) {
                CHECK(entry.visit == 1);
                CHECK(entry.why == "line closed");
                CHECK(entry.lasts > Millis{0});
                CHECK(entry.at == trace.main().visits[1].depart);
            }
    }
}

TEST_CASE("diversions: found: a train ahead that comes to the junction first does not wait there, with all others behind it") {
    Scenario scenario = with_loop(48 * h);
    scenario.practice.front().disruptions->closures.front().rule.lines = {name_of("B-C")};
    put_pilot_ahead(scenario);
    const Model model = build(scenario);
    std::size_t diverted = 0;
    for (std::uint64_t run = 0; run < 50; ++run) {
        const Trace trace = simulate(model, {1, run}, Logging::on);
        if (!trace.diversion) continue;
        ++diverted;
        CHECK(trace.main().parts[TimePart::waiting_for_others] < Millis{600'000});
        for (const LogEntry& entry : trace.log)
            if (entry.lasts) CHECK(*entry.lasts >= Millis{0});
    }
    CHECK(diverted > 30);
}

TEST_CASE("diversions: found: nobody goes round what would only shorten a wait for a planned time") {
    Scenario scenario = with_loop(4 * h, 24 * h);
    PlanSheet plan;
    plan.at = name_of("D");
    plan.not_before = Written<WrittenTime>{std::get<WrittenTime>(parse_time("2020-01-03 00:00")), {}};
    scenario.journey.plans = {plan};
    const Model model = build(scenario);
    REQUIRE(model.diversions.size() == 1);
    for (std::uint64_t run = 0; run < 300; ++run) CHECK_FALSE(simulate(model, {1, run}).diversion);
}

TEST_CASE("diversions: found: a way round that is closed as long is none") {
    Scenario scenario = with_loop(48 * h);
    ClosureSheet other{3 * h, 150 * km, Uncertain<Duration>{60 * h}, {}};
    other.rule.lines = {name_of("B-E")};
    scenario.practice.front().disruptions->closures.push_back(other);
    const Model model = build(scenario);
    REQUIRE(model.diversions.size() == 1);
    for (std::uint64_t run = 0; run < 50; ++run) CHECK_FALSE(simulate(model, {1, run}).diversion);
}

TEST_CASE("diversions: who has to come to a station is not sent past it") {
    Model model = build(with_loop(48 * h));
    REQUIRE(simulate(model, {1, 0}).diversion);
    always_come_to(model, *model.network.find_station("C"));
    for (std::uint64_t run = 0; run < 50; ++run) CHECK_FALSE(simulate(model, {1, run}).diversion);
    // Nor is a train whose way does not come there anyway held back.
    Model elsewhere = build(with_loop(48 * h));
    always_come_to(elsewhere, *elsewhere.network.find_station("E"));
    CHECK(simulate(elsewhere, {1, 0}).diversion);
}

TEST_CASE("diversions: found: where the destination lies on the way once before its end, ways that end there are none") {
    const Scenario scenario =
        load_scenario(source("scenarios/pyongyang-vladivostok-2023.yaml"),
                      {"", {"journey.to=baranovsky", "journey.via=[rajin, ussuriysk]", "journey.regauging=tumangang", "disruptions.closures=50"}});
    const Model model = build(scenario);
    for (std::uint64_t run = 0; run < 100; ++run) {
        const Trace trace = simulate(model, {1, run});
        if (trace.main().stranded) continue;
        REQUIRE(trace.main().visits.size() == way_of(model, trace).main().visits.size());
        CHECK(trace.main().visits.size() > 60);
    }
    CHECK(estimate(model, {.runs = 300}).timing_points.back().probability > 0.98);
}

}  // namespace simulation_diversions_test
