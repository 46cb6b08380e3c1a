#pragma once
// The common case: 1,200 km, 240 segments, 1,700 t, 480 m, two diesel locomotives; start and end at rest.
// Source: our own (tests/train/data); references by midpoint integration in distance, converged to 0.001 s.

#if __has_include(<places.hpp>)  // of the tests; the benchmarks are told by their compiler
#include <places.hpp>
#endif
#include <railwindow/train/run.hpp>

#include <array>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace railwindow::line1200 {

enum class Semantics { point, strip, flat };
enum class Effort { table, hyperbola };

inline std::vector<std::vector<std::string>> rows(const std::string& file) {
    std::ifstream in{std::filesystem::path{RAILWINDOW_TEST_DIR} / "train/data" / file};
    if (!in) throw std::runtime_error{"cannot read " + file};
    std::vector<std::vector<std::string>> result;
    std::string line;
    std::getline(in, line);
    while (std::getline(in, line)) {
        std::vector<std::string>& row = result.emplace_back();
        std::istringstream cells{line};
        for (std::string cell; std::getline(cells, cell, ',');) row.push_back(cell);
    }
    return result;
}

inline Course course(Semantics semantics) {
    Course course;
    for (const auto& row : rows("line1200.csv")) {
        course.pieces.push_back({.begin = CourseOffset{course.length},
                                 .limit = std::stod(row[2]) * km / h,
                                 .gradient = semantics == Semantics::flat ? 0.0 : std::stod(row[3]) * permille});
        course.length += std::stod(row[1]) * m;
    }
    return course;
}

inline constexpr Davis davis{.constant = 20000 * N, .linear = 200 * N / (m / s), .quadratic = 20 * N / (m / s * m / s)};

inline Consist consist(Semantics semantics, Effort effort) {
    Consist consist{.length = 480 * m,
                    .mass = 1700 * t,
                    .rotating_mass_factor = 1.06,
                    .speed_limit = 100 * km / h,
                    .brakes = {.deceleration = 0.35 * m / s / s},
                    .rung = PowerAndMass{.starting_effort = 480 * kN, .power = 1804 * kW, .resistance = davis},
                    .gradient_model = semantics == Semantics::strip ? GradientModel::strip : GradientModel::point};
    if (effort == Effort::hyperbola) return consist;
    TractionUnit unit;
    for (const auto& row : rows("line1200_traction.csv")) unit.effort.push_back({std::stod(row[0]) * km / h, std::stod(row[1]) * kN});
    consist.rung = FullCurves{.units = {unit}, .resistance = davis};
    return consist;
}

inline constexpr std::array<Speed, 1> no_cap{1000 * km / h};

}  // namespace railwindow::line1200
