// railtoolkit files: what is made of them, and that the equivalent car is all cars together.

#include <railwindow/io/railtoolkit_file.hpp>
#include <railwindow/io/railtoolkit_import.hpp>
#include <railwindow/io/scenario_file.hpp>
#include <railwindow/simulation/model.hpp>
#include <support/files.hpp>
#include <support/near.hpp>

#include <doctest/doctest.h>

namespace io_railtoolkit_test {

using namespace railwindow;

namespace {

/// A locomotive with load on its own axles and three cars that differ in everything.
std::string mixed_train(std::string_view type) {
    std::string text = R"(%YAML 1.2
---
schema: https://railtoolkit.org/schema/rolling-stock.json
schema_version: "2022.05"
trains:
  - {name: "Mixed: a train", id: mixed, formation: [loco, b, a, a, c]}
vehicles:
  - {name: Loco, id: loco, UUID: 1, vehicle_type: traction unit, power_type: electric, length: 18.9, mass: 85, load_limit: 3, mass_traction: 60, speed_limit: 140, rotation_mass: 1.1,
     base_resistance: 2.5, rolling_resistance: 1.5, air_resistance: 6, tractive_effort: [[0, 300000], [50, 250000.5], [120, 90000]]}
  - {name: A, id: a, vehicle_type: TYPE, length: 26.8, mass: 50, load_limit: 20, speed_limit: 160, rotation_mass: 1.06, base_resistance: 2, rolling_resistance: 0.7, air_resistance: 3.6}
  - {name: B, id: b, vehicle_type: TYPE, length: 19.04, mass: 25, load_limit: 59, speed_limit: 130, rotation_mass: 1.03, base_resistance: 1.4, rolling_resistance: 0.1, air_resistance: 3.9}
  - {name: C, id: c, vehicle_type: TYPE, length: 12, mass: 13, speed_limit: 160, rotation_mass: 1.02, base_resistance: 1.1, rolling_resistance: 0.3, air_resistance: 7}
)";
    for (std::size_t at; (at = text.find("TYPE")) != std::string::npos;) text.replace(at, 4, type);
    return text;
}

constexpr std::string_view path = R"(%YAML 1.2
---
schema: https://railtoolkit.org/schema/running-path.json
schema_version: "2022.05"
paths:
  - name: "10 km: up and down"
    id: hills
    points_of_interest: [[2000, "Half way", front], [2000, "the same", rear], [3000, "half-way", rear], [12000, beyond, front]]
    characteristic_sections:
      - [500.0, 160, 0.00]
      - [3000.0, 160, 5.5]
      - [4000.0, 60, 5.5]
      - [10500.0, 160, 0.00]
)";

/// The scenario that is made of the mixed train on the path.
Scenario imported(std::string_view type, GradientModel gradient = GradientModel::strip) {
    const OwnFolder folder;
    write_file(folder / "Mixed Train.yaml", mixed_train(type));
    write_file(folder / "hills.yaml", path);
    const ImportedScenario made = import_railtoolkit({folder / "Mixed Train.yaml", folder / "hills.yaml", gradient});
    for (const NamedText& file : made.files) write_file(folder / file.name, file.text);
    CHECK(made.files.front().name == "mixed-train-hills.yaml");
    return load_scenario(folder / "mixed-train-hills.yaml");
}

Consist consist_of(const Scenario& scenario) {
    const Model model = build(scenario);
    return consist_of(model.main().train, whole_cars(model.main().train.cars.value.quantile(0.5)), model.main().train.car.mass.value.quantile(0.5),
                      &model.main().tractions.at(0).choices.at(0));
}

/// The same train, every vehicle by itself. Inertia: one factor for all, weighted by empty masses.
Consist formed_of_vehicles(bool passenger) {
    struct Car {
        double length, empty, load, w0, w1, w2;
    };
    const double factor = (1.1 * 85 + 1.03 * 25 + 2 * 1.06 * 50 + 1.02 * 13) / (85 + 25 + 100 + 13);
    std::vector<Vehicle> vehicles{{.count = 1,
                                   .length = 18.9 * m,
                                   .mass = 88 * t,
                                   .rotating_mass_factor = factor,
                                   .speed_limit = 140 * km / h,
                                   .resistance = traction_unit(2.5, 1.5, 6, 60 * t, 25 * t),
                                   .unit = TractionUnit{.effort = {{0 * km / h, 300000 * N}}}}};
    for (const Car& car :
         {Car{19.04, 25, 59, 1.4, 0.1, 3.9}, Car{26.8, 50, 20, 2, 0.7, 3.6}, Car{26.8, 50, 20, 2, 0.7, 3.6}, Car{12, 13, 0, 1.1, 0.3, 7}}) {
        const Mass laden = (car.empty + car.load) * t;
        vehicles.push_back({.count = 1,
                            .length = car.length * m,
                            .mass = laden,
                            .rotating_mass_factor = factor,
                            .speed_limit = 130 * km / h,
                            .resistance = passenger ? sauthoff(car.w0, car.w1, car.w2, laden) : strahl(car.w0, car.w2, laden)});
    }
    return formed(vehicles, {.deceleration = from_si<Acceleration>(passenger ? 0.375 : 0.225)}, GradientModel::strip);
}

}  // namespace

TEST_CASE("exact: the equivalent car gives the train that its vehicles form one by one") {
    for (const bool passenger : {false, true}) {
        CAPTURE(passenger);
        const Consist made = consist_of(imported(passenger ? "passenger" : "freight")), one_by_one = formed_of_vehicles(passenger);
        CHECK(near(made.length, one_by_one.length, 1e-9 * m));
        CHECK(near(made.mass, one_by_one.mass, 1e-6 * kg));
        CHECK(near(made.rotating_mass_factor, one_by_one.rotating_mass_factor, 1e-11));
        CHECK(near(made.speed_limit, one_by_one.speed_limit, 1e-12 * m / s));
        CHECK(near(made.brakes.deceleration, one_by_one.brakes.deceleration, 1e-12 * m / (s * s)));
        for (const double kmh : {0.0, 30.0, 80.0, 130.0})
            CHECK(near(resistance(std::get<FullCurves>(made.rung).resistance, kmh * km / h),
                       resistance(std::get<FullCurves>(one_by_one.rung).resistance, kmh * km / h), 1e-5 * N));
    }
}

TEST_CASE("exact: effort, gradient model and path come over as they are written") {
    const Scenario scenario = imported("freight", GradientModel::point);
    const Consist made = consist_of(scenario);
    CHECK(made.gradient_model == GradientModel::point);
    const std::vector<EffortPoint>& effort = std::get<FullCurves>(made.rung).units.at(0).effort;
    REQUIRE(effort.size() == 4);  // the last value is kept up to the train's limit
    CHECK(near(effort[1].effort, 250000.5 * N, 1e-9 * N));
    CHECK(near(effort[3].speed, 130 * km / h, 1e-12 * m / s));
    CHECK(effort[3].effort == effort[2].effort);

    const Model model = build(scenario);
    CHECK(near(model.main().path.length, 10 * km, 1e-9 * m));
    REQUIRE(model.main().visits.size() == 4);  // begin, two points of interest, end
    CHECK(model.network.stations()[model.main().visits[1].station].id == "half-way");
    CHECK(model.network.stations()[model.main().visits[2].station].id == "half-way-2");
    CHECK(near(model.main().visits[1].distance, 1500 * m, 1e-9 * m));
    const std::vector<CoursePiece>& pieces = model.main().stages.at(0).course.pieces;
    REQUIRE(pieces.size() == 4);
    CHECK(near(pieces[2].begin.from_begin(), 2500 * m, 1e-9 * m));
    CHECK(near(pieces[2].gradient, 5.5 * permille, 1e-15));
    CHECK(near(pieces[3].begin.from_begin(), 3500 * m, 1e-9 * m));
    CHECK(near(pieces[3].limit, 60 * km / h, 1e-12 * m / s));
}

TEST_CASE("law: what is passed over or assumed is a warning, where it stands") {
    const OwnFolder folder;
    std::string train = mixed_train("passenger");
    for (const auto& [part, into] : {std::pair{"id: mixed,", "id: mixed, colour: red,"},
                                     {"rolling_resistance: 0.7, ", ""},
                                     {"rotation_mass: 1.1,", ""},
                                     {"\"2022.05\"", "\"2023.01\""}})
        train.replace(train.find(part), std::string_view{part}.size(), into);
    write_file(folder / "t.yaml", train);
    write_file(folder / "p.yaml", path);
    const ImportedScenario made = import_railtoolkit({folder / "t.yaml", folder / "p.yaml"});
    std::string all;
    for (const Finding& warning : made.warnings) {
        CHECK(warning.severity == Severity::warning);
        CHECK(warning.place.line > 0);
        all += to_string(warning) + '\n';
    }
    INFO(all);
    for (const char* part : {"t.yaml:6:41: warning: trains[0].colour: unknown key",
                             "t.yaml:4:17: warning: schema_version: ", "vehicles.a: key 'rolling_resistance' is missing; assumed: 0",
                             "vehicles.loco: key 'rotation_mass' is missing; assumed: 1.09",
                             "p.yaml:8:54: warning: points_of_interest.the same: 'Half way' lies at the same place",
                             "points_of_interest.half-way: it counts the rear", "points_of_interest.beyond: it does not lie"})
        CHECK(all.find(part) != std::string::npos);
}

}  // namespace io_railtoolkit_test
