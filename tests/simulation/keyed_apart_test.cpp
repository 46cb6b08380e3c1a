// Every uncertainty has a draw of its own: what is made certain changes nothing else in any run.

#include <railwindow/io/scenario_file.hpp>
#include <railwindow/simulation/simulate.hpp>
#include <support/drawn.hpp>
#include <support/files.hpp>
#include <support/near.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <vector>

namespace simulation_keyed_apart_test {

using namespace railwindow;

namespace {

constexpr std::uint64_t runs = 200;

Uncertain<Duration> minutes(double low, double high) { return Uncertain<Duration>{Law{Uniform{60 * low, 60 * high}}}; }
Uncertain<Speed> kmh(double low, double high) { return Uncertain<Speed>{Law{Uniform{low / 3.6, high / 3.6}}}; }

// Two countries, a change of gauge and every law uncertain. At constant speeds running times are lengths over speeds, to the millisecond.
Scenario all_uncertain() {
    Scenario scenario = drawn("A --100km,400-- B --100km,400-- C --100km,400-- D --100km,400-- E");
    NetworkSheet& network = scenario.networks[0];
    for (const std::size_t station : {3, 4}) network.stations[station].country = "YY";
    network.lines[3].track.gauge = {Gauge{1520}};
    network.gauge_changes.push_back({name_of("D"), {{1435}, {1520}}, "bogie exchange", minutes(10, 20), minutes(30, 60), minutes(10, 20), 8, {}});
    for (LineSheet& line : network.lines) line.track.operating_speed = {kmh(40, 80), {}};
    scenario.practice.push_back(PracticeSheet{.file = "drawn", .country = name_of("YY")});
    for (PracticeSheet& practice : scenario.practice) practice.section_noise.value = 0.1;
    scenario.practice[0].technical_stops = {{{}, 60 * km, 20 * km, minutes(5, 50), {}}};
    scenario.practice[0].stops = {{name_of("B"), StopActivity::water, minutes(5, 50), {}}};
    TrainSheet& train = scenario.train;
    train.car.length = 1 * mm;  // no tail that would carry the speed of one section into the next
    train.gauges = {{1435}, {1520}};
    train.gauge_change_methods = {"bogie exchange"};
    train.dynamics = {};
    train.dynamics.constant_speed = true;
    train.cars.value = Uncertain<double>{Law{Uniform{8, 30}}};
    train.journey_pace.value = Uncertain<double>{Law{Normal{0, 0.1}}};
    scenario.journey.calls = {{name_of("C"), minutes(5, 50), ""}};
    scenario.journey.depart = {};
    scenario.journey.depart.between = {
        {Written<WrittenTime>{{LocalTime{2020, 1, 1, 0, 0, 0}, {}}, {}}, Written<WrittenTime>{{LocalTime{2020, 1, 1, 6, 0, 0}, {}}, {}}}};
    return scenario;
}

// What one run shows of its draws.
std::map<std::string, double> shown(const Model& model, std::uint64_t run) {
    const Trace whole = simulate(model, {1, run});
    const auto& trace = whole.main();
    std::map<std::string, double> values{{"departure", static_cast<double>(trace.visits[0].depart.time_since_epoch().count())}, {"cars", trace.cars}};
    for (std::size_t i = 1; i < trace.visits.size(); ++i) {
        const std::string& name = model.network.stations()[model.main().visits[i].station].id;
        values["stay " + name] = static_cast<double>((trace.visits[i].depart - trace.visits[i].arrive).count());
        values["run to " + name] = static_cast<double>((trace.visits[i].moving - trace.visits[i - 1].moving).count());
    }
    return values;
}

// The names of what differs in some run.
std::string changed(const Scenario& before, const std::function<void(Scenario&)>& make_certain) {
    Scenario after = before;
    make_certain(after);
    const Model a = build(before), b = build(after);
    std::map<std::string, bool> differs;
    for (std::uint64_t run = 0; run < runs; ++run) {
        const auto first = shown(a, run), second = shown(b, run);
        for (const auto& [name, value] : first) differs[name] |= std::abs(value - second.at(name)) > 2;  // ms: rounded apart
    }
    std::string names;
    for (const auto& [name, yes] : differs)
        if (yes) names += (names.empty() ? "" : ", ") + name;
    return names;
}

const char* all_running = "run to B, run to C, run to D, run to E";

}  // namespace

TEST_CASE("law: to know one thing for certain changes no other draw") {
    const Scenario scenario = all_uncertain();
    const auto certain = [&](auto change) { return changed(scenario, change); };
    CHECK(certain([](Scenario&) {}).empty());
    CHECK(certain([](Scenario& s) { s.journey.depart = {.at = s.journey.depart.between->at(0)}; }) == "departure");
    CHECK(certain([](Scenario& s) { s.train.cars.value = Uncertain<double>{8.0}; }) == "cars, stay D");
    CHECK(certain([](Scenario& s) { s.train.journey_pace.value = Uncertain<double>{0.0}; }) == all_running);
    CHECK(certain([](Scenario& s) { s.practice[0].section_noise.value = 0; }) == "run to B, run to C, run to D");
    CHECK(certain([](Scenario& s) { s.practice[0].stops[0].takes = Uncertain<Duration>{30 * minute}; }) == "stay B");
    CHECK(certain([](Scenario& s) { s.journey.calls[0].dwell = Uncertain<Duration>{30 * minute}; }) == "stay C");
    CHECK(certain([](Scenario& s) { s.practice[0].technical_stops[0].dwell = Uncertain<Duration>{30 * minute}; }) ==
          "stay B, stay C");  // at D the wheels take longer
    CHECK(certain([](Scenario& s) { s.networks[0].gauge_changes[0].set_up = Uncertain<Duration>{15 * minute}; }) == "stay D");
    CHECK(certain([](Scenario& s) { s.networks[0].gauge_changes[0].batch = Uncertain<Duration>{45 * minute}; }) == "stay D");
    CHECK(certain([](Scenario& s) { s.networks[0].lines[1].track.operating_speed->value = Uncertain<Speed>{60 * km / h}; }) == "run to C");
}

// At constant speed a section takes its length over its speed, so what is common to sections leaves their ratio alone.
TEST_CASE("law: pace, operating speed and section noise are drawn apart: each moves the times by its own factor") {
    const Scenario scenario = all_uncertain();
    Scenario no_pace = scenario, no_noise = scenario, no_speeds = scenario;
    no_pace.train.journey_pace.value = Uncertain<double>{0.0};
    for (PracticeSheet& practice : no_noise.practice) practice.section_noise.value = 0;
    for (LineSheet& line : no_speeds.networks[0].lines) line.track.operating_speed->value = Uncertain<Speed>{60 * km / h};
    const Model all = build(scenario), paced = build(no_pace), quiet = build(no_noise), exact = build(no_speeds);
    const auto factor = [&](const Model& without, std::uint64_t run, const char* to) { return shown(all, run).at(to) / shown(without, run).at(to); };
    double squares = 0, product = 0;
    for (std::uint64_t run = 0; run < runs; ++run) {
        const double pace = factor(paced, run, "run to B"), speeds = factor(exact, run, "run to B"), noise = factor(quiet, run, "run to B");
        for (const char* to : {"run to C", "run to D", "run to E"}) CHECK(near(factor(paced, run, to), pace, 1e-5));
        CHECK(near(factor(exact, run, "run to C"), speeds, 1e-5));  // one country, one number
        CHECK(near(factor(exact, run, "run to D"), speeds, 1e-5));
        CHECK_FALSE(near(factor(exact, run, "run to E"), speeds, 1e-5));  // another country
        CHECK_FALSE(near(factor(quiet, run, "run to C"), noise, 1e-5));
        CHECK(near(shown(all, run).at("run to B"), pace * speeds * noise * (100 * km / (60 * km / h)) / (1 * ms), 10));
        squares += std::log(pace) * std::log(pace), product += std::log(pace) * std::log(noise);
    }
    const double n = static_cast<double>(runs);
    CHECK(near(std::sqrt(squares / n), 0.1, 4 * 0.1 / std::sqrt(2 * n)));
    CHECK(near(product / n, 0, 4 * 0.01 / std::sqrt(n)));  // pace and noise are independent
}

// Forces, on the real journey: mass, resistance, what pulls and with what power, and the grades between stations.
TEST_CASE("law: what the physics draws is drawn apart from cars, departure, stays and the place of regauging") {
    Scenario scenario = load_scenario(committed("scenarios/pyongyang-vladivostok-2019.yaml"));
    for (PracticeSheet& practice : scenario.practice) {  // whoever comes at another hour finds other wires dead, and hosts asleep
        practice.disruptions.reset();
        practice.receptions.reset();
        practice.long_stands.clear();
    }
    const Model before = build(scenario);
    const std::map<std::string, std::function<void(Scenario&)>> certain{
        {"mass", [](Scenario& s) { s.train.car.mass.value = Uncertain<Mass>{61 * t}; }},
        {"resistance", [](Scenario& s) { s.train.resistance_factor.reset(); }},
        {"track", [](Scenario& s) { s.practice[0].track_resistance.reset(); }},
        {"power",
         [](Scenario& s) {
             for (LocomotivesSheet& choice : s.practice[0].traction.back().locomotives) choice.power.reset();
         }},
        {"choice", [](Scenario& s) { s.practice[0].traction.back().locomotives.resize(1); }},
        {"gradients", [](Scenario& s) { s.practice[0].gradient_prior->intensity = Uncertain<double>{0.5}; }}};
    for (const auto& [what, make] : certain) {
        INFO(what);
        Scenario after = scenario;
        make(after);
        const Model model = build(after);
        bool moved = false;
        for (std::uint64_t run = 0; run < runs; ++run) {
            const Trace first = simulate(before, {1, run}), second = simulate(model, {1, run});
            CHECK(first.alternative == second.alternative);
            const auto &a = first.main(), &b = second.main();
            CHECK(a.cars == b.cars);
            CHECK(a.visits[0].depart == b.visits[0].depart);
            for (std::size_t i = 1; i + 1 < std::min(a.visits.size(), b.visits.size()); ++i)
                CHECK(a.visits[i].depart - a.visits[i].arrive == b.visits[i].depart - b.visits[i].arrive);
            moved |= a.visits.back().moving != b.visits.back().moving;
        }
        CHECK(moved);
    }
}

// Two choices of one locomotive at half and at full power: who knows the running time knows the choice. The laws of the other draws are then made
// uncertain one by one: were one of them drawn with the choice, it would differ between the runs of the one and of the other.
TEST_CASE("stat: which locomotives pull is drawn apart from their power, the cars, their mass, the resistance and the pace") {
    constexpr std::uint64_t many = 1000;
    Scenario scenario = drawn("A --100km,100-- B");
    LocomotiveSheet locomotive;
    locomotive.id = name_of("diesel");
    locomotive.name = "diesel";
    locomotive.motive_power = MotivePower::diesel;
    locomotive.mass = 120 * t;
    locomotive.length = 20 * m;
    locomotive.limit = 100 * km / h;
    locomotive.starting_effort = 400 * kN;
    locomotive.power = 1000 * kW;
    RollingStockSheet stock;
    stock.locomotives = {locomotive};
    scenario.rolling_stock = {stock};
    scenario.train.dynamics = {};
    scenario.train.dynamics.full_curves = FullCurvesSheet{};
    scenario.train.cars.value = Uncertain<double>{20.0};
    scenario.train.car.mass.value = Uncertain<Mass>{60 * t};
    const auto shares = [](Uncertain<double> weak, Uncertain<double> strong) {
        TractionSheet traction;
        for (const Uncertain<double>& power : {weak, strong})
            traction.locomotives.push_back({1, {name_of("diesel")}, Sourced<Uncertain<double>>{power, {}}});
        return std::vector{traction};
    };
    const auto times = [&](const Scenario& of) {
        const Model model = build(of);
        std::vector<double> all;
        for (std::uint64_t run = 0; run < many; ++run) {
            const Trace trace = simulate(model, {1, run});
            REQUIRE_FALSE(trace.main().stranded);
            all.push_back(static_cast<double>(trace.main().visits.back().moving.count()));
        }
        return all;
    };
    scenario.practice[0].traction = shares(Uncertain<double>{0.5}, Uncertain<double>{1.0});
    const std::vector<double> by_choice = times(scenario);
    const double fast = *std::min_element(by_choice.begin(), by_choice.end()), slow = *std::max_element(by_choice.begin(), by_choice.end());
    REQUIRE(slow > 1.05 * fast);
    std::vector<bool> weak;
    for (const double time : by_choice) {
        CHECK((time == fast || time == slow));
        weak.push_back(time == slow);
    }
    CHECK(near(static_cast<double>(std::count(weak.begin(), weak.end(), true)), 0.5 * many, 4 * std::sqrt(0.25 * many)));

    // The rank correlation with the choice of what the runs show.
    const auto apart = [&](const std::string& what, const std::vector<double>& values) {
        INFO(what);
        std::vector<double> sorted = values;
        std::sort(sorted.begin(), sorted.end());
        REQUIRE(sorted.front() < sorted.back());
        double sum = 0;
        for (std::uint64_t run = 0; run < many; ++run) {
            const auto [low, high] = std::equal_range(sorted.begin(), sorted.end(), values[run]);
            const double rank = 0.5 * static_cast<double>((low - sorted.begin()) + (high - sorted.begin()));
            sum += (weak[run] ? 1 : -1) * (rank / many - 0.5);
        }
        CHECK(near(sum / many, 0, 4 * std::sqrt(1 / (12.0 * many))));
    };
    const auto shown_by = [&](const std::function<void(Scenario&)>& make_uncertain) {
        Scenario other = scenario;
        other.practice[0].traction = shares(Uncertain<double>{1.0}, Uncertain<double>{1.0});
        make_uncertain(other);
        return times(other);
    };
    const Uncertain<double> power{Law{Uniform{0.5, 1}}};
    apart("power", shown_by([&](Scenario& s) { s.practice[0].traction = shares(power, power); }));
    apart("cars", shown_by([](Scenario& s) { s.train.cars.value = Uncertain<double>{Law{Uniform{8, 30}}}; }));
    apart("mass", shown_by([](Scenario& s) { s.train.car.mass.value = Uncertain<Mass>{Law{Uniform{50'000, 70'000}}}; }));
    apart("resistance", shown_by([](Scenario& s) { s.train.resistance_factor = {Uncertain<double>{Law{Uniform{0.8, 1.2}}}, {}}; }));
    apart("track", shown_by([](Scenario& s) { s.practice[0].track_resistance = {Uncertain<double>{Law{Uniform{0.8, 1.2}}}, {}}; }));
    apart("pace", shown_by([](Scenario& s) {
              s.networks[0].lines[0].track.operating_speed = {Uncertain<Speed>{60 * km / h}, {}};
              s.train.journey_pace.value = Uncertain<double>{Law{Normal{0, 0.1}}};
          }));
    apart("operating speed", shown_by([](Scenario& s) { s.networks[0].lines[0].track.operating_speed = {kmh(40, 80), {}}; }));
}

}  // namespace simulation_keyed_apart_test
