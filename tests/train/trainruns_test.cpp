#include <railwindow/train/speed_profile.hpp>
#include <support/near.hpp>
#include <support/reference_dir.hpp>

#include <doctest/doctest.h>
#include <yaml-cpp/yaml.h>

#include <array>
#include <cmath>
#include <fstream>
#include <map>
#include <sstream>
#include <string>

namespace train_trainruns_test {

using namespace railwindow;

namespace {

/// A train of the railtoolkit schema by the physics of TrainRuns.jl: weights of inertia are empty masses, resistance
/// coefficients of cars are plain means over the cars.
Consist trainruns_train(const YAML::Node& file, GradientModel model) {
    std::map<std::string, YAML::Node> kinds;
    for (const YAML::Node& kind : file["vehicles"]) kinds[kind["id"].as<std::string>()] = kind;
    const auto number = [](const YAML::Node& node, const char* key, double otherwise) { return node[key] ? node[key].as<double>() : otherwise; };
    double empty = 0, full = 0, inertia = 0, length = 0, limit = 1000, cars = 0, w0 = 0, w1 = 0, w2 = 0, cars_full = 0, braking = 0;
    bool passenger = false;
    FullCurves rung;
    for (const YAML::Node& id : file["trains"][0]["formation"]) {
        const YAML::Node vehicle = kinds.at(id.as<std::string>());
        const std::string type = vehicle["vehicle_type"].as<std::string>();
        const double mass = vehicle["mass"].as<double>(), laden = mass + number(vehicle, "load_limit", 0);
        const bool car = type == "freight" || type == "passenger";
        empty += mass;
        full += laden;
        inertia += mass * number(vehicle, "rotation_mass", car ? 1.06 : 1.09);
        length += vehicle["length"].as<double>();
        limit = std::min(limit, vehicle["speed_limit"].as<double>());
        braking = number(vehicle, "a_braking", braking);
        passenger = passenger || type == "passenger" || type == "multiple unit";
        const double f0 = number(vehicle, "base_resistance", 0), f1 = number(vehicle, "rolling_resistance", 0),
                     f2 = number(vehicle, "air_resistance", 0);
        if (car) {
            ++cars;
            w0 += f0, w1 += f1, w2 += f2, cars_full += laden;
            continue;
        }
        const double driven = vehicle["mass_traction"].as<double>();
        rung.resistance = rung.resistance + traction_unit(f0, f1, f2, driven * t, (mass - driven) * t);
        TractionUnit& unit = rung.units.emplace_back();
        for (const YAML::Node& pair : vehicle["tractive_effort"]) unit.effort.push_back({pair[0].as<double>() * km / h, pair[1].as<double>() * N});
    }
    if (cars > 0)
        rung.resistance =
            rung.resistance + (passenger ? sauthoff(w0 / cars, w1 / cars, w2 / cars, cars_full * t) : strahl(w0 / cars, w2 / cars, cars_full * t));
    if (braking == 0) braking = passenger ? -0.375 : -0.225;
    return {.length = length * m,
            .mass = full * t,
            .rotating_mass_factor = inertia / empty,
            .speed_limit = limit * km / h,
            .brakes = {.deceleration = from_si<Acceleration>(-braking)},
            .rung = rung,
            .gradient_model = model};
}

Course trainruns_path(const YAML::Node& file) {
    Course course;
    for (const YAML::Node& section : file["paths"][0]["characteristic_sections"]) {
        course.length = section[0].as<double>() * m;
        course.pieces.push_back(
            {.begin = CourseOffset{course.length}, .limit = section[1].as<double>() * km / h, .gradient = section[2].as<double>() * permille});
    }
    course.pieces.pop_back();  // the last line is the end of the path
    return course;
}

YAML::Node without_directive(const std::filesystem::path& path) {
    std::ifstream in{path};
    std::ostringstream text;
    for (std::string line; std::getline(in, line);)
        if (line.empty() || line[0] != '%') text << line << '\n';
    return YAML::Load(text.str());
}

const std::array<Speed, 1> no_cap{1000 * km / h};

}  // namespace

TEST_CASE("golden: TrainRuns' cases come out at their converged values") {
    // Source: TrainRuns.jl v1.0.4, test data; converged by midpoint integration at 0.05 m, as its own values contain the error
    // of its 20 m Euler step.
    struct Golden {
        const char *train, *path;
        double seconds;
    };
    const std::array<Golden, 6> cases{{{"freight", "const", 748.427889},
                                       {"freight", "speed", 753.673683},
                                       {"local", "const", 393.874173},
                                       {"local", "speed", 525.562419},
                                       {"longdistance", "const", 330.961289},
                                       {"longdistance", "speed", 501.259613}}};
    if (!reference_file("golden/trainruns")) {
        MESSAGE("skipped: no reference folder (RAILWINDOW_REFERENCE_DIR)");
        return;
    }
    Workspace workspace;
    for (const Golden& golden : cases) {
        const Course course = trainruns_path(without_directive(*reference_file(std::string{"golden/trainruns/paths/"} + golden.path + ".yaml")));
        const YAML::Node stock = without_directive(*reference_file(std::string{"golden/trainruns/trains/"} + golden.train + ".yaml"));
        for (const GradientModel model : {GradientModel::point, GradientModel::strip}) {
            const Consist consist = trainruns_train(stock, model);
            check(consist);
            check(course, consist);
            const auto total =
                std::get<Duration>(run(course, consist, {.from = CourseOffset{}, .to = CourseOffset{course.length}, .caps = no_cap}, workspace));
            const double percent = 100 * (total / s / golden.seconds - 1);
            MESSAGE(std::string{golden.train} << " " << std::string{golden.path} << ": off by " << percent << " %");
            CHECK(std::abs(percent) < 0.01);
        }
    }
}

}  // namespace train_trainruns_test
