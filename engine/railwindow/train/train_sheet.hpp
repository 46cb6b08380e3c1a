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
    GradientModel gradient = GradientModel::strip;  ///< where the train feels the gradient
    Rating rating = Rating::maximum;                ///< which effort the driver uses
};

/// Rung 3: one power and one starting effort for the whole journey, whatever pulls.
struct PowerAndMassSheet {
    Power power{};                                  ///< at the rail
    Force starting_effort{};                        ///< at the rail, from standstill
    Mass locomotive_mass{};                         ///< of all locomotives together
    LocomotiveResistance resistance{};              ///< the formula of the locomotives
    double rotating_mass_factor = 1;                ///< of the locomotives
    std::optional<AdhesionFormula> adhesion;        ///< empty: adhesion sets no limit
    GradientModel gradient = GradientModel::strip;  ///< where the train feels the gradient
};

/// The rung of the kernel that the file chooses: exactly one.
struct DynamicsSheet {
    std::optional<FullCurvesSheet> full_curves;         ///< rung 4
    std::optional<PowerAndMassSheet> power_and_mass;    ///< rung 3
    std::optional<Acceleration> constant_acceleration;  ///< rung 2
    std::optional<bool> constant_speed;                 ///< rung 1, where true
    Place place;                                        ///< where it is written
};

/// One train file.
struct TrainSheet {
    std::string file;                                             ///< the file it is written in
    std::string name;                                             ///< as people call it
    std::vector<Gauge> gauges;                                    ///< its cars can be set on
    std::vector<std::string> gauge_change_methods;                ///< it knows
    Sourced<Uncertain<double>> cars;                              ///< rounded to whole cars; 0 for locomotives or a multiple unit alone
    CarSheet car;                                                 ///< its cars, all alike
    Sourced<Length> locomotive_length;                            ///< of all locomotives together, where the rung does not name them
    Sourced<Speed> limit;                                         ///< of the train, whatever the line allows
    DynamicsSheet dynamics;                                       ///< the rung
    std::optional<Sourced<Uncertain<double>>> resistance_factor;  ///< on the resistance formulas of all vehicles
    Sourced<Acceleration> service_deceleration;                   ///< that the driver plans with
    Sourced<Duration> brake_build_up;                             ///< from handling the brake to its effect
    Sourced<Uncertain<double>> journey_pace;                      ///< Z of one journey: every speed is worked at exp(-Z)
    Provenance provenance;                                        ///< where its numbers come from
};

}  // namespace railwindow
