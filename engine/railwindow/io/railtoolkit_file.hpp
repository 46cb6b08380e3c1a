#pragma once
// Trains and paths as the railtoolkit schema writes them, which TrainRuns.jl reads: bare numbers whose units the schema fixes.
// Source: railtoolkit/schema, rolling-stock and running-path, version 2022.05.

#include <railwindow/io/fields.hpp>
#include <railwindow/train/rolling_stock.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace railwindow {

enum class RailtoolkitVehicleType { freight, passenger, traction_unit, multiple_unit };
enum class RailtoolkitPower { diesel, electric, steam };
/// Which end of the train a point of interest counts.
enum class RailtoolkitMeasure { front, rear };

struct RailtoolkitVehicle {
    Written<std::string> id;
    std::string name;
    RailtoolkitVehicleType type{};
    std::optional<RailtoolkitPower> power;
    Length length{};
    Mass mass{};  ///< empty
    Mass load{};
    std::optional<Mass> on_driven_axles;
    std::optional<Speed> limit;
    std::optional<Acceleration> braking;  ///< negative
    std::optional<double> rotating_mass_factor;
    std::optional<Gradient> base_resistance, rolling_resistance, air_resistance;
    std::vector<EffortPointSheet> effort;
};

struct RailtoolkitTrain {
    Written<std::string> id;
    std::string name;
    std::vector<Written<std::string>> formation;
};

struct RailtoolkitRollingStock {
    std::vector<RailtoolkitTrain> trains;
    std::vector<RailtoolkitVehicle> vehicles;
};

/// From here on this limit and this resistance hold.
struct RailtoolkitSection {
    Written<Length> at;
    Speed limit{};
    Gradient resistance{};
};

struct RailtoolkitPoint {
    Written<Length> at;
    std::string name;
    RailtoolkitMeasure measure{};
};

struct RailtoolkitPath {
    Written<std::string> id;
    std::string name;
    std::vector<RailtoolkitSection> sections;  ///< ascending; the last is only the end
    std::vector<RailtoolkitPoint> points;
};

struct RailtoolkitPaths {
    std::vector<RailtoolkitPath> paths;
};

/// The trains and vehicles, or the paths, written in `text`. Keys that the schema does not have go to `warnings`.
/// Throws: InputError with everything that is wrong.
RailtoolkitRollingStock read_railtoolkit_rolling_stock(std::string_view text, const std::string& file, std::vector<Finding>& warnings,
                                                       const YamlLimits& limits = {});
RailtoolkitPaths read_railtoolkit_paths(std::string_view text, const std::string& file, std::vector<Finding>& warnings,
                                        const YamlLimits& limits = {});

}  // namespace railwindow
