#include <railwindow/core/error.hpp>
#include <railwindow/io/scenario_file.hpp>
#include <railwindow/simulation/disruptions.hpp>
#include <railwindow/simulation/formation.hpp>
#include <railwindow/simulation/simulate.hpp>
#include <support/drawn.hpp>
#include <support/near.hpp>
#include <support/source_tree.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

namespace simulation_disruptions_test {

using namespace railwindow;

namespace {

constexpr std::size_t runs = 4000;

// 20 m/s, 0.5 m/s^2: 100 km from stand to stand take 5040 s.
Scenario hundred_kilometres() { return drawn("A --100km,72-- B"); }

DisruptionsSheet& disruptions_of(Scenario& scenario) {
    auto& sheet = scenario.practice.front().disruptions;
    if (!sheet) sheet.emplace();
    return *sheet;
}

RestrictionSheet restriction(Length every, Length length, Speed speed) { return {every, Uncertain<Length>{length}, Uncertain<Speed>{speed}, {}}; }
HoldSheet hold(Length every, Duration lasts) { return {every, Uncertain<Duration>{lasts}, {}}; }

// The drawn railway under a wire of 3 kV, the train behind one electric locomotive that holds any speed in no time and, by choice, a diesel.
Scenario electric(const char* line, bool diesel_too = false) {
    Scenario scenario = drawn(line);
    for (LineSheet& one : scenario.networks.front().lines) one.track.electrification = Electrification::dc_3kv;
    RollingStockSheet stock;
    LocomotiveSheet locomotive;
    locomotive.id = name_of("electric");
    locomotive.name = "electric";
    locomotive.motive_power = MotivePower::dc_3kv;
    locomotive.mass = 120 * t;
    locomotive.length = 20 * m;
    locomotive.limit = 100 * km / h;
    locomotive.starting_effort = 400 * kN;
    locomotive.power = 4000 * kW;
    stock.locomotives = {locomotive};
    locomotive.id = name_of("diesel");
    locomotive.motive_power = MotivePower::diesel;
    stock.locomotives.push_back(locomotive);
    scenario.rolling_stock = {stock};
    scenario.train.dynamics.constant_acceleration.reset();
    scenario.train.dynamics.full_curves = FullCurvesSheet{};
    TractionSheet traction;
    traction.locomotives.push_back({1e6, {name_of("electric")}, {}});
    if (diesel_too) traction.locomotives.push_back({1e-6, {name_of("diesel")}, {}});
    scenario.practice.front().traction = {traction};
    return scenario;
}

OutageSheet outage(Duration every, Duration lasts) { return {every, Uncertain<Duration>{lasts}, {}, {}}; }

Millis taken(const TrainTrace& train) { return train.visits.back().arrive - train.visits.front().depart; }

// The first run in which the wire of line A-B fails once while a train that leaves at midnight has been under way for 10 to 35 min, and
// when: from the names of the draws alone.
struct KnownOutage {
    Noise noise;
    Instant begin;
};
KnownOutage known_outage(Instant midnight, double mean_in_cell) {
    const CellProcess process{mean_in_cell, {}, {"power_outages", "", "A-B"}, {"power_outages-place", "", "A-B"}};
    for (std::uint64_t run = 0; run < 100'000; ++run) {
        const Noise noise{1, run};
        const std::int64_t cell = cell_of(midnight, hour_cell);
        int around = 0;
        for (std::int64_t other = cell - 60; other <= cell + 60; ++other) around += process.events(noise, other, month_of(midnight));
        if (around != 1 || process.events(noise, cell, month_of(midnight)) != 1) continue;
        const Instant begin = midnight + to_millis(process.where(noise, cell, 0) * h);
        if (begin - midnight > std::chrono::minutes{10} && begin - midnight < std::chrono::minutes{35}) return {noise, begin};
    }
    FAIL("no such run");
    return {};
}

Instant midnight_of(const Model& model) { return std::get<DepartAt>(model.main().departure).at; }

}  // namespace

TEST_CASE("exact: quantiles of the Poisson law") {
    CHECK(poisson_quantile(0.5, std::exp(-0.5) - 1e-9) == 0);
    CHECK(poisson_quantile(0.5, std::exp(-0.5) + 1e-9) == 1);
    CHECK(poisson_quantile(0.5, 1.5 * std::exp(-0.5) + 1e-9) == 2);
    CHECK(poisson_quantile(100, 0.5) == 100);
    CHECK(poisson_quantile(100, 1 - 0x1p-53) < 300);
}

TEST_CASE("exact: cells and months are those of UTC, before 1970 too") {
    CHECK(cell_of(Instant{Millis{0}}, hour_cell) == 0);
    CHECK(cell_of(Instant{Millis{-1}}, hour_cell) == -1);
    CHECK(cell_of(Instant{std::chrono::hours{240}}, five_day_cell) == 2);
    CHECK(month_of(Instant{std::chrono::hours{24 * 31}}) == 1);
    CHECK(month_of(Instant{Millis{-1}}) == 11);
}

TEST_CASE("drawn: a restriction costs its own running time, braking and getting up to speed, until the tail has left") {
    Scenario scenario = hundred_kilometres();
    disruptions_of(scenario).restrictions = {restriction(100 * km, 1 * km, 36 * km / h)};
    const Model model = build(scenario);
    REQUIRE(model.main().disruptions.parts.size() == 1);
    const CellProcess& process = model.main().disruptions.parts.front().restrictions->where;
    std::size_t seen = 0;
    for (std::uint64_t run = 0; run < 300; ++run) {
        const Noise noise{1, run};
        std::vector<double> at;
        for (std::int64_t cell = -1; cell <= 0; ++cell)
            for (int i = 0; i < process.events(noise, cell, 0); ++i) {
                const Length begin = (static_cast<double>(cell) + process.where(noise, cell, i)) * kilometre_cell;
                if (begin > -1 * km && begin < 100 * km) at.push_back(begin / km);
            }
        if (at.size() != 1 || at[0] < 2 || at[0] > 97) continue;
        ++seen;
        // 1 km and the train's 200 m at 10 m/s instead of 20; from 20 to 10 m/s and back the train is 5 m/s slower in the mean, 20 s on 300 m each.
        const double lost = 1200 / 10.0 - 1200 / 20.0 + 2 * (20 - 300 / 20.0);
        CHECK(taken(simulate(model, noise).main()) == Millis{5'040'000 + std::lround(1000 * lost)});
    }
    CHECK(seen > 50);
}

TEST_CASE("drawn: restrictions lie on the line: the other direction and another train's run have the same") {
    Scenario scenario = hundred_kilometres();
    disruptions_of(scenario).restrictions = {restriction(20 * km, 1 * km, 36 * km / h)};
    const Model there = build(scenario);
    std::swap(scenario.journey.from, scenario.journey.to);
    const Model back = build(scenario);
    bool differ = false;
    for (std::uint64_t run = 0; run < 50; ++run) {
        const Noise noise{1, run};
        const auto one = there.main().disruptions.parts.front(), other = back.main().disruptions.parts.front();
        for (std::int64_t cell = 0; cell < 10; ++cell)
            CHECK(one.restrictions->where.events(noise, cell, 0) == other.restrictions->where.events(noise, cell, 0));
        CHECK(near(one.at(30 * km).from_begin(), 30 * km, 1e-6 * m));
        CHECK(near(other.at(30 * km).from_begin(), 70 * km, 1e-6 * m));
        differ |= taken(simulate(there, noise).main()) != Millis{5'040'000};
    }
    CHECK(differ);
}

TEST_CASE("drawn: two variants that share a line share its restrictions") {
    Scenario longer = drawn("A --100km,72-- B --10km,72-- C"), shorter = longer;
    shorter.journey.to = name_of("B");
    for (Scenario* one : {&longer, &shorter}) disruptions_of(*one).restrictions = {restriction(20 * km, 1 * km, 36 * km / h)};
    longer.journey.calls = {{name_of("B"), Uncertain<Duration>{5 * minute}, ""}};
    const Model a = build(longer), b = build(shorter);
    for (std::uint64_t run = 0; run < 50; ++run)
        CHECK(simulate(a, {1, run}).main().visits[1].arrive == simulate(b, {1, run}).main().visits[1].arrive);
}

TEST_CASE("drawn: a hold brings the train to a stand where it lies, for as long as it lasts") {
    Scenario scenario = hundred_kilometres();
    disruptions_of(scenario).signal_holds = {hold(100 * km, 7 * minute)};
    const Model model = build(scenario);
    std::size_t seen = 0;
    for (std::uint64_t run = 0; run < 300; ++run) {
        const Trace trace = simulate(model, {1, run}, Logging::on);
        const auto holds = std::count_if(trace.log.begin(), trace.log.end(), [](const LogEntry& e) { return e.what == Happening::stands; });
        CHECK(trace.main().parts[TimePart::disruptions] == holds * Millis{420'000});
        CHECK(trace.main().parts.sum() == taken(trace.main()));
        if (holds != 1) continue;
        ++seen;
        if (taken(trace.main()) == Millis{5'040'000 + 420'000 + 40'000}) continue;
        CHECK(taken(trace.main()) < Millis{5'040'000 + 420'000 + 40'000});  // closer to an end than the train needs to get up to speed
        CHECK(taken(trace.main()) > Millis{5'040'000 + 420'000});
    }
    CHECK(seen > 50);
}

TEST_CASE("drawn: a failure is one train's own, a security hold stops all of the convoy for the same time") {
    Scenario scenario = hundred_kilometres();
    ConvoyTrainSheet support;
    support.name = name_of("support");
    support.behind = Uncertain<Duration>{3 * h};
    scenario.convoy = ConvoySheet{1 * minute, {support}, {}};
    Scenario failing = scenario, secured = scenario;
    disruptions_of(failing).failures = {hold(100 * km, 7 * minute)};
    disruptions_of(secured).security_holds = {hold(100 * km, 7 * minute)};
    const Model own = build(failing), shared = build(secured);
    std::size_t differ = 0;
    for (std::uint64_t run = 0; run < 100; ++run) {
        const Trace a = simulate(own, {1, run}), b = simulate(shared, {1, run});
        differ += a.trains[0].parts[TimePart::disruptions] != a.trains[1].parts[TimePart::disruptions];
        CHECK(b.trains[0].parts[TimePart::disruptions] == b.trains[1].parts[TimePart::disruptions]);
    }
    CHECK(differ > 30);
}

TEST_CASE("stat: as many events come as the rate says, by month") {
    for (const double factor : {1.0, 0.25, 3.0}) {
        Scenario scenario = hundred_kilometres();
        HoldSheet sheet = hold(200 * km, 1 * minute);
        sheet.rule.months.factor[0] = factor;  // the drawn train leaves in January
        disruptions_of(scenario).signal_holds = {sheet};
        const Model model = build(scenario);
        Simulator simulator{model};
        double events = 0;
        for (std::uint64_t run = 0; run < runs; ++run)
            events += static_cast<double>(simulator.run({1, run}).main().parts[TimePart::disruptions].count()) / 60'000.0;
        const double mean = 0.5 * factor, error = std::sqrt(mean / runs);
        INFO((events / runs), " instead of ", mean);
        CHECK(std::abs(events / runs - mean) < 4 * error);
    }
}

TEST_CASE("stat: the wire is dead as much of the time as rate and length say") {
    Scenario scenario = electric("A --1km,36-- B");
    disruptions_of(scenario).power_outages = {outage(10 * h, 1 * h)};
    const Model model = build(scenario);
    Simulator simulator{model};
    double waits = 0;
    for (std::uint64_t run = 0; run < runs; ++run) waits += simulator.run({1, run}).main().visits.front().depart > midnight_of(model);
    const double share = 1 - std::exp(-0.1), error = std::sqrt(share * (1 - share) / runs);
    INFO((waits / runs), " instead of ", share);
    CHECK(std::abs(waits / runs - share) < 4 * error);
}

TEST_CASE("drawn: without power the train coasts to a stand, waits and starts again") {
    Scenario scenario = electric("A --100km,72-- B");
    const Millis alone = taken(simulate(build(scenario), {}).main());
    disruptions_of(scenario).power_outages = {outage(200 * h, 3 * h)};
    const Model model = build(scenario);
    const auto [noise, begin] = known_outage(midnight_of(model), 1 / 200.0);
    const Trace trace = simulate(model, noise, Logging::on);
    const auto coasts = std::find_if(trace.log.begin(), trace.log.end(), [](const LogEntry& e) { return e.what == Happening::coasts; });
    const auto stands = std::find_if(trace.log.begin(), trace.log.end(), [](const LogEntry& e) { return e.what == Happening::stands; });
    REQUIRE(coasts != trace.log.end());
    REQUIRE(stands != trace.log.end());
    CHECK(coasts->at == begin);
    CHECK(*coasts->lasts == Millis{3 * 3'600'000});
    CHECK(stands->at + *stands->lasts == begin + std::chrono::hours{3});
    // On the level m rho dv/dt = -(a + b v + c v^2): the time from 20 m/s to a stand by Simpson's rule on a fine grid.
    const Consist consist = [&] {
        const LocomotiveChoice& choice = model.main().tractions.front().choices.front();
        return consist_of(model.main().train, 10, 60 * t, &choice);
    }();
    const Davis davis = std::get<FullCurves>(consist.rung).resistance;
    double coasting = 0;
    constexpr int steps = 20'000;
    for (int i = 0; i <= steps; ++i) {
        const double v = 20.0 * i / steps, weight = i == 0 || i == steps ? 1 : i % 2 == 1 ? 4 : 2;
        coasting += weight * (consist.mass / kg) * consist.rotating_mass_factor / (resistance(davis, v * m / s) / N);
    }
    coasting *= 20.0 / steps / 3;
    INFO(coasting);
    CHECK(std::abs(static_cast<double>((stands->at - begin).count()) / 1000 - coasting) < 0.1);
    CHECK(trace.main().parts[TimePart::disruptions] == *stands->lasts);
    CHECK(trace.main().parts.sum() == taken(trace.main()));
    CHECK(taken(trace.main()) > alone + *stands->lasts);
}

TEST_CASE("drawn: power that is back while the train still rolls is used at once, and a short outage costs little") {
    Scenario scenario = electric("A --100km,72-- B");
    const Millis alone = taken(simulate(build(scenario), {}).main());
    disruptions_of(scenario).power_outages = {outage(200 * h, 30 * s)};
    const Model model = build(scenario);
    const Trace trace = simulate(model, known_outage(midnight_of(model), 1 / 200.0).noise);
    CHECK(trace.main().parts[TimePart::disruptions] == Millis{0});
    CHECK(trace.main().parts[TimePart::moving] == taken(trace.main()));
    CHECK(taken(trace.main()) > alone);
    CHECK(taken(trace.main()) < alone + Millis{30'000});
}

TEST_CASE("drawn: a diesel takes the train on to the next station where it comes before the power") {
    Scenario scenario = electric("A --60km,72-- B --60km,72-- C", true);
    OutageSheet long_outage = outage(200 * h, 50 * h);
    long_outage.rescue = Uncertain<Duration>{2 * h};
    disruptions_of(scenario).power_outages = {long_outage};
    const Model model = build(scenario);
    const auto [noise, begin] = known_outage(midnight_of(model), 1 / 200.0);
    const Trace trace = simulate(model, noise, Logging::on);
    const auto stands = std::find_if(trace.log.begin(), trace.log.end(), [](const LogEntry& e) { return e.what == Happening::stands; });
    REQUIRE(stands != trace.log.end());
    REQUIRE(trace.main().visits.size() == 3);
    CHECK(trace.main().visits[1].arrive == stands->at + std::chrono::hours{2});
    CHECK(trace.main().parts[TimePart::disruptions] == std::chrono::hours{2});
    CHECK(trace.main().parts.sum() == taken(trace.main()));
    // The diesel needs no wire, whatever becomes of the power of B-C.
    CHECK(trace.main().visits[2].arrive - trace.main().visits[1].depart < std::chrono::hours{1});
}

TEST_CASE("drawn: a low voltage slows a train that needs all of its power") {
    Scenario scenario = electric("A --100km,72-- B");
    scenario.train.car.mass.value = Uncertain<Mass>{300 * t};
    const Millis alone = taken(simulate(build(scenario), {}).main());
    disruptions_of(scenario).low_voltage = {{100 * h, Uncertain<Duration>{200 * h}, Uncertain<double>{0.05}, {}}};
    const Model model = build(scenario);
    std::size_t slower = 0;
    for (std::uint64_t run = 0; run < 50; ++run) {
        const Trace trace = simulate(model, {1, run});
        CHECK(taken(trace.main()) >= alone - Millis{1});
        slower += taken(trace.main()) > alone + Millis{60'000};
        CHECK(trace.main().parts[TimePart::moving] == taken(trace.main()));
    }
    CHECK(slower > 30);
}

TEST_CASE("drawn: a train waits at the last station before a closed place until the line is open") {
    Scenario scenario = drawn("A --10km,72-- B --10km,72-- C --10km,72-- D");
    ClosureSheet closure{1 * h * 24.0, 10 * km, Uncertain<Duration>{5 * h}, {}};
    closure.rule.lines = {name_of("B-C")};
    disruptions_of(scenario).closures = {closure};
    const Model model = build(scenario);
    std::size_t closed = 0;
    for (std::uint64_t run = 0; run < 200; ++run) {
        const Trace trace = simulate(model, {1, run});
        const TrainTrace& train = trace.main();
        CHECK(train.parts.sum() == taken(train));
        closed += train.parts[TimePart::disruptions] > Millis{0};
        CHECK(train.visits[1].arrive == train.visits[1].depart);  // held at its signal
        CHECK(taken(train) >= Millis{1'540'000});
        CHECK(train.visits[2].depart - train.visits[1].depart < Millis{600'000});
    }
    const double share = 1 - std::exp(-5.0 / 24);
    CHECK(std::abs(static_cast<double>(closed) / 200 - share) < 4 * std::sqrt(share * (1 - share) / 200));
}

TEST_CASE("law: what is switched off leaves every tick as it is, and one kind changes no draw of another") {
    Scenario none = hundred_kilometres(), off = none, holds = none, both = none;
    DisruptionsSheet all;
    all.restrictions = {restriction(20 * km, 1 * km, 36 * km / h)};
    all.signal_holds = {hold(50 * km, 7 * minute)};
    for (Scenario* one : {&off, &holds, &both}) disruptions_of(*one) = all;
    off.disruptions.restrictions = off.disruptions.signal_holds = RateFactor{0};
    holds.disruptions.restrictions = RateFactor{0};
    const Model a = build(none), b = build(off), c = build(holds), d = build(both);
    for (std::uint64_t run = 0; run < 100; ++run) {
        CHECK(simulate(a, {1, run}).main().visits.back().arrive == simulate(b, {1, run}).main().visits.back().arrive);
        CHECK(simulate(c, {1, run}).main().parts[TimePart::disruptions] == simulate(d, {1, run}).main().parts[TimePart::disruptions]);
    }
    CHECK(b.weak_inputs.size() == a.weak_inputs.size());
}

TEST_CASE("law: a rule that is off by default is switched on by the scenario, and a factor above 1 adds to what there is") {
    Scenario scenario = hundred_kilometres();
    disruptions_of(scenario).signal_holds = {hold(50 * km, 7 * minute)};
    disruptions_of(scenario).signal_holds.front().rule.by_default = 0;
    const Model off = build(scenario);
    scenario.disruptions.signal_holds = RateFactor{1};
    const Model on = build(scenario);
    scenario.disruptions.signal_holds = RateFactor{2};
    const Model twice = build(scenario);
    for (std::uint64_t run = 0; run < 100; ++run) {
        const auto held = [&](const Model& model) { return simulate(model, {1, run}).main().parts[TimePart::disruptions]; };
        CHECK(held(off) == Millis{0});
        CHECK(held(twice) >= held(on));
    }
}

TEST_CASE("law: with everything that may go wrong going wrong, times increase and parts add up") {
    for (const char* file : {"pyongyang-vladivostok-2019.yaml", "pyongyang-hanoi-2019.yaml", "pyongyang-vostochny-2023.yaml"}) {
        Scenario scenario = load_scenario(source(std::string{"scenarios/"} + file));
        const RateFactor five{5};
        scenario.disruptions = {RateFactor{1}, five, five, five, five, five, five};
        const Model model = build(scenario);
        Simulator simulator{model};
        Millis disrupted{0};
        for (std::uint64_t run = 0; run < 60; ++run) {
            const Trace& trace = simulator.run({1, run});
            for (const TrainTrace& train : trace.trains) {
                for (std::size_t i = 0; i < train.visits.size(); ++i) {
                    CHECK(train.visits[i].arrive <= train.visits[i].depart);
                    if (i > 0) CHECK(train.visits[i - 1].depart <= train.visits[i].arrive);
                    if (i > 0) CHECK(train.visits[i - 1].moving <= train.visits[i].moving);
                }
                if (train.stranded || train.visits.empty()) continue;
                CHECK(train.parts.sum() == taken(train));
                CHECK(train.parts[TimePart::moving] == train.visits.back().moving);
                disrupted += train.parts[TimePart::disruptions];
            }
        }
        CHECK(disrupted > Millis{0});
    }
}

TEST_CASE("law: what cannot be simulated is refused") {
    const auto refused = [](const auto& spoil) -> std::string {
        Scenario scenario = hundred_kilometres();
        spoil(scenario);
        try {
            build(scenario);
        } catch (const InputError& error) {
            return error.what();
        }
        return "none";
    };
    const auto says = [&](const char* expected, const auto& spoil) {
        const std::string refusal = refused(spoil);
        INFO(refusal);
        CHECK(refusal.find(expected) != std::string::npos);
    };
    says("disruptions.signal_holds: 1000 of them", [](Scenario& s) { disruptions_of(s).signal_holds = {hold(100 * m, 1 * minute)}; });
    says("every", [](Scenario& s) { disruptions_of(s).signal_holds = {hold(0 * m, 1 * minute)}; });
    says("lasts", [](Scenario& s) { disruptions_of(s).failures = {hold(10 * km, -1 * minute)}; });
    says("speed", [](Scenario& s) { disruptions_of(s).restrictions = {restriction(10 * km, 1 * km, 0 * km / h)}; });
    says("length", [](Scenario& s) { disruptions_of(s).restrictions = {restriction(10 * km, -1 * km, 10 * km / h)}; });
    says("per", [](Scenario& s) { disruptions_of(s).closures = {{24 * h, 0 * km, Uncertain<Duration>{1 * h}, {}}}; });
    says("power", [](Scenario& s) { disruptions_of(s).low_voltage = {{24 * h, Uncertain<Duration>{1 * h}, Uncertain<double>{0.0}, {}}}; });
    says("a factor is negative", [](Scenario& s) { s.disruptions.closures = RateFactor{-1}; });
}

}  // namespace simulation_disruptions_test
