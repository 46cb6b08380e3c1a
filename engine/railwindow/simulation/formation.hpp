#pragma once
// What the train is made of in one run: cars behind the locomotives that a country puts in front.

#include <railwindow/core/noise.hpp>
#include <railwindow/simulation/scenario.hpp>
#include <railwindow/train/consist.hpp>

#include <string>
#include <vector>

namespace railwindow {

/// Locomotives that may pull, coupled together.
struct LocomotiveChoice {
    double weight;                    ///< how likely the choice is, against the others
    std::string name;                 ///< for messages: its classes
    std::vector<MotivePower> powers;  ///< what drives each unit
    std::vector<Vehicle> units;       ///< its locomotives, as vehicles: one entry to a class
    Uncertain<double> power;          ///< share of the rated power that is there
};

/// What pulls on some lines of a country. Without choices the train's own dynamics know all that is needed.
struct Traction {
    std::string name;                       ///< of the rule, for messages: "KP", "KP: pyongui"
    std::vector<LocomotiveChoice> choices;  ///< to choose from by weight; empty: what the train's file says
    DrawKey choice, power;                  ///< what is drawn: which choice, and the share of its power
};

/// True when these locomotives have what they need on a section with this wire.
bool can_run(const LocomotiveChoice& locomotives, const Electrification& wire);

/// True when one of these locomotives needs a wire.
bool is_electric(const LocomotiveChoice& locomotives);

/// The choice that the uniform number `u` falls on, by weight in the order written.
std::size_t choose(const std::vector<LocomotiveChoice>& choices, double u);

/// The rule as the simulation needs it.
/// Throws: InputError when a class of locomotive is in none of the rolling-stock files.
Traction traction_of(const TractionSheet& sheet, const std::string& country, const std::vector<RollingStockSheet>& rolling_stock,
                     const std::string& train);

/// The number of cars that a draw means: at least one, and none only where the file has none.
int whole_cars(double drawn);

/// The train: `cars` cars of `car_mass` each behind `locomotives`, on the rung that its file chooses.
/// `locomotives` is used by the rung of full curves only.
Consist consist_of(const TrainSheet& train, int cars, Mass car_mass, const LocomotiveChoice* locomotives);

}  // namespace railwindow
