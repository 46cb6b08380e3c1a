#pragma once
// A train as it is written: what is uncertain about it still uncertain.

#include <railwindow/core/distribution.hpp>
#include <railwindow/core/gauge.hpp>
#include <railwindow/core/provenance.hpp>
#include <railwindow/train/rolling_stock.hpp>

#include <optional>
#include <string>
#include <vector>

namespace railwindow {

/// Rung 4: the curves of the locomotives that the practice of each country puts in front.
struct FullCurvesSheet {
    GradientModel gradient = GradientModel::strip;
    Rating rating = Rating::maximum;
};

/// Rung 3: one power and one starting effort for the whole journey, whatever pulls.
struct PowerAndMassSheet {
    Power power{};  ///< at the rail
    Force starting_effort{};
    Mass locomotive_mass{};
    LocomotiveResistance resistance{};
    double rotating_mass_factor = 1;  ///< of the locomotives
    std::optional<AdhesionFormula> adhesion;
    GradientModel gradient = GradientModel::strip;
};

/// The rung of the kernel that the file chooses: exactly one.
struct DynamicsSheet {
    std::optional<FullCurvesSheet> full_curves;
    std::optional<PowerAndMassSheet> power_and_mass;
    std::optional<Acceleration> constant_acceleration;
    std::optional<bool> constant_speed;
    Place place;
};

/// One train file.
struct TrainSheet {
    std::string file, name;
    std::vector<Gauge> gauges;                      ///< its cars can be set on
    std::vector<std::string> gauge_change_methods;  ///< it knows
    Sourced<Uncertain<double>> cars;                ///< rounded to whole cars; 0 for locomotives or a multiple unit alone
    CarSheet car;
    Sourced<Length> locomotive_length;  ///< of all locomotives together, where the rung does not name them
    Sourced<Speed> limit;
    DynamicsSheet dynamics;
    std::optional<Sourced<Uncertain<double>>> resistance_factor;  ///< on the resistance formulas of all vehicles
    Sourced<Acceleration> service_deceleration;
    Sourced<Duration> brake_build_up;
    Sourced<Uncertain<double>> journey_pace;  ///< Z of one journey: every speed is worked at exp(-Z)
    Provenance provenance;
};

}  // namespace railwindow
