// Resistance formulas with coefficients of their own, trains without cars, and grades felt both ways.

#include <railwindow/io/scenario_file.hpp>
#include <railwindow/simulation/simulate.hpp>
#include <support/drawn.hpp>
#include <support/near.hpp>

#include <doctest/doctest.h>

#include <cmath>

namespace io_written_resistance_test {

using namespace railwindow;

namespace {

constexpr std::string_view stock = R"(schema: railwindow.rolling-stock/1
locomotives:
  v90:
    {name: V 90, motive_power: diesel, mass: 80 t, length: 14.32 m, limit: 80 km/h, effort: [{speed: 0 km/h, effort: 187 kN}, {speed: 80 km/h, effort: 28 kN}],
     resistance: {driven: 2.2 permille, carried: 1.4 permille, air: 10 permille, driven_mass: 60 t}, rotating_mass_factor: 1.09}
)";

constexpr std::string_view wagons = R"(schema: railwindow.train/1
name: ore
gauges: [1435 mm]
cars: 10
car: {length: 19.04 m, mass: 84 t, axles: 4, resistance: {strahl: {constant: 1.4 permille, quadratic: 3.9 permille}}, rotating_mass_factor: 1.03}
locomotive_length: 14.32 m
limit: 80 km/h
dynamics: {full_curves: {}}
service_deceleration: 0.225 m/s^2
brake_build_up: 0 s
journey_pace: 0
)";

std::string with(std::string_view text, std::string_view part, std::string_view into) {
    std::string changed{text};
    REQUIRE(changed.find(part) != std::string::npos);
    changed.replace(changed.find(part), part.size(), into);
    return changed;
}

/// What `read` says of a text that it refuses.
template <class Read>
std::string refusal(Read read) {
    try {
        read();
        return "nothing";
    } catch (const InputError& error) {
        return error.what();
    }
}
std::string of_stock(std::string_view part, std::string_view into) {
    return refusal([&] { read_rolling_stock(with(stock, part, into), "s.yaml"); });
}
std::string of_train(std::string_view part, std::string_view into) {
    return refusal([&] { read_train(with(wagons, part, into), "t.yaml"); });
}
bool holds(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

/// A train without resistance and of one effort on a line with one known grade over all of it.
Scenario on_grade(const std::string& from, const std::string& to, double in_permille) {
    Scenario scenario = drawn("A --10km,400-- B");
    scenario.networks[0].lines[0].gradients = {{{0 * km, {}}, {Gradient{in_permille * permille}, {}}}};
    scenario.journey.from = name_of(from);
    scenario.journey.to = name_of(to);
    LocomotiveSheet locomotive;
    locomotive.id = name_of("pull");
    locomotive.mass = 100 * t;
    locomotive.length = 20 * m;
    locomotive.limit = 500 * km / h;
    locomotive.effort = {{0 * km / h, 100 * kN}, {500 * km / h, 100 * kN}};
    locomotive.resistance = TractionUnitResistanceSheet{{}, {}, {}, 100 * t, {}};
    scenario.rolling_stock = {RollingStockSheet{"drawn", {locomotive}, {}}};
    scenario.practice[0].traction = {TractionSheet{{}, {}, {LocomotivesSheet{1, {name_of("pull")}, {}}}, {}}};
    scenario.train.car.resistance = StrahlSheet{};
    scenario.train.car.rotating_mass_factor = 1;
    scenario.train.dynamics = {};
    scenario.train.dynamics.full_curves = FullCurvesSheet{};
    return scenario;
}

Duration running_time(const Scenario& scenario) { return simulate_profiled(build(scenario), {}).movements.at(0).profile.running_time(); }

/// Standstill to standstill with constant rates: v = sqrt(2 d a b / (a + b)), time v/a + v/b.
Duration triangle(double metres, double up, double down) {
    const double v = std::sqrt(2 * metres * up * down / (up + down));
    return (v / up + v / down) * s;
}

}  // namespace

TEST_CASE("exact: a locomotive's own coefficients count the masses on its axles") {
    const LocomotiveSheet read = read_rolling_stock(stock, "s.yaml").locomotives.at(0);
    const auto at_fifty = [](const Vehicle& vehicle) { return resistance(vehicle.resistance, 50 * km / h); };
    CHECK(near(at_fifty(vehicle_of(read)), resistance(traction_unit(2.2, 1.4, 10, 60 * t, 20 * t), 50 * km / h), 1e-9 * N));
    const LocomotiveSheet lighter =
        read_rolling_stock(with(stock, "driven_mass: 60 t", "driven_mass: 60 t, carried_mass: 5 t"), "s.yaml").locomotives.at(0);
    CHECK(near(at_fifty(vehicle_of(lighter)), resistance(traction_unit(2.2, 1.4, 10, 60 * t, 5 * t), 50 * km / h), 1e-9 * N));
}

TEST_CASE("exact: cars by Strahl and by Sauthoff with coefficients of their own") {
    const auto of = [](std::string_view text) { return vehicle_of(read_train(text, "t.yaml").car, 10, 84 * t, 80 * km / h).resistance; };
    CHECK(near(resistance(of(wagons), 70 * km / h), resistance(strahl(1.4, 3.9, 84 * t), 70 * km / h), 1e-9 * N));
    const std::string coaches = with(wagons, "{strahl: {constant: 1.4 permille, quadratic: 3.9 permille}}",
                                     "{sauthoff: {constant: 2 permille, linear: 0.7 permille, air: 3.6 permille}}");
    CHECK(near(resistance(of(coaches), 70 * km / h), resistance(sauthoff(2, 0.7, 3.6, 84 * t), 70 * km / h), 1e-9 * N));
}

TEST_CASE("found: 2026-11-29 cars by A + B v + C v^2") {
    const auto of = [](std::string_view text) { return vehicle_of(read_train(text, "t.yaml").car, 10, 84 * t, 80 * km / h).resistance; };
    const auto own = [](std::string_view coefficients) {
        return with(wagons, "{strahl: {constant: 1.4 permille, quadratic: 3.9 permille}}", "{davis: {" + std::string{coefficients} + "}}");
    };
    const Force at_twenty = (888 + 24 * 20 + 3.84 * 400) * N;
    CHECK(near(resistance(of(own("a: 888 N, b: 24 N/(m/s), c: 3.84 N/(m/s)^2")), 20 * m / s), at_twenty, 1e-9 * N));
    CHECK(near(resistance(of(own("a: 0.888 kN, b: 6.666666666666667 N/(km/h), c: 0.2962962962962963 N/(km/h)^2")), 20 * m / s), at_twenty, 1e-9 * N));
    CHECK(holds(of_train("{strahl: {constant: 1.4 permille, quadratic: 3.9 permille}}", "{davis: {a: 888 N, b: 24 N, c: 3.84 N/(m/s)^2}}"),
                "'N' is not a unit of a force per speed"));
    CHECK(holds(of_train("{strahl: {constant: 1.4 permille, quadratic: 3.9 permille}}", "{davis: {a: 888 N, b: -24 N/(m/s), c: 3.84 N/(m/s)^2}}"),
                "must not be negative"));
}

TEST_CASE("exact: a known grade holds a train back up the chainage and helps it down") {
    // 100 kN on 700 t with cars (10 of 60 t) on 5 permille: (F -+ m g i)/m one way and the other, braking at 0.5 m/s^2 always.
    const double pull = 100e3 / 700e3, grade = 0.005 * 9.80665;
    CHECK(near(running_time(on_grade("A", "B", 5)), triangle(10'000, pull - grade, 0.5), 1e-6 * s));
    CHECK(near(running_time(on_grade("B", "A", 5)), triangle(10'000, pull + grade, 0.5), 1e-6 * s));
    CHECK(near(running_time(on_grade("B", "A", -5)), running_time(on_grade("A", "B", 5)), 1e-9 * s));
}

TEST_CASE("exact: a train without cars is its locomotives") {
    Scenario scenario = on_grade("A", "B", 0);
    scenario.train.cars.value = Uncertain<double>{};
    scenario.train.car = {};
    CHECK(near(running_time(scenario), triangle(10'000, 1.0, 0.5), 1e-6 * s));  // 100 kN on 100 t
    CHECK(simulate(build(scenario), {}).main().cars == 0);
}

TEST_CASE("law: coefficients that make no formula are refused where they stand") {
    CHECK(holds(of_stock("driven: 2.2 permille", "driven: -2.2 permille"),
                "s.yaml:5:27: locomotives.v90.resistance.driven: '-2.2 permille' must not be negative"));
    CHECK(holds(of_stock("driven: 2.2 permille", "driven: 2.2"), "s.yaml:5:27: "));
    CHECK(holds(of_stock("carried: 1.4 permille, ", ""), "s.yaml:5:18: locomotives.v90.resistance: key 'carried' is missing"));
    CHECK(holds(of_stock("carried:", "caried:"), "did you mean 'carried'?"));
    CHECK(holds(of_stock("driven_mass: 60 t", "driven_mass: 90 t"),
                "s.yaml:3:3: locomotives.v90.resistance: 90 t rest on its axles, and it has a mass of 80 t"));
    CHECK(holds(of_stock("{driven: 2.2 permille, carried: 1.4 permille, air: 10 permille, driven_mass: 60 t}", "russian weldet"),
                "did you mean 'russian welded'?"));
    CHECK(holds(of_train("{strahl: {constant: 1.4 permille, quadratic: 3.9 permille}}", "{}"), "it names 0 formulas"));
    CHECK(
        holds(of_train("{strahl: ", "{sauthoff: {constant: 2 permille, linear: 0.7 permille, air: 3.6 permille}, strahl: "), "it names 2 formulas"));
    CHECK(holds(of_train("strahl:", "strall:"), "did you mean 'strahl'?"));
}

TEST_CASE("law: cars are told of altogether or not at all, and only full curves do without them") {
    CHECK(holds(of_train("cars: 10\n", ""), "t.yaml:1:1: key 'cars' is missing from train"));
    const std::string_view car = wagons.substr(wagons.find("car: "), wagons.find("locomotive_length") - wagons.find("car: "));
    CHECK(holds(of_train(car, ""), "t.yaml:1:1: key 'car' is missing from train"));
    const std::string neither = with(with(wagons, "cars: 10\n", ""), car, "");
    CHECK(refusal([&] { read_train(neither, "t.yaml"); }) == "nothing");
    CHECK(holds(refusal([&] { read_train(with(neither, "full_curves: {}", "constant_speed: true"), "t.yaml"); }),
                "without `cars` only full_curves knows what runs"));
}

}  // namespace io_written_resistance_test
