#pragma once
// One train as it runs. How much is known of it decides the rung of the ladder on which it is computed; the train file
// chooses the rung and results record it.

#include <railwindow/train/course.hpp>
#include <railwindow/train/resistance.hpp>
#include <railwindow/train/traction.hpp>

#include <span>
#include <string_view>
#include <variant>

namespace railwindow {

/// Service brakes: the net deceleration that the driver plans with, independent of gradient and speed, and the time
/// between handling the brake and its full effect, during which a train that was accelerating holds its speed.
struct Brakes {
    Acceleration deceleration;  ///< above 0
    Duration build_up{};        ///< 0: the brake acts at once
    friend bool operator==(const Brakes&, const Brakes&) = default;
};

/// Where the gradient is felt: averaged over the train's length, or under its head.
enum class GradientModel { strip, point };

/// Rung 1: the train always runs at the highest allowed speed; changes of speed take no time.
struct ConstantSpeed {
    friend bool operator==(const ConstantSpeed&, const ConstantSpeed&) = default;
};

/// Rung 2: the same net acceleration at every speed and on every gradient.
struct ConstantAcceleration {
    Acceleration rate;  ///< above 0
    friend bool operator==(const ConstantAcceleration&, const ConstantAcceleration&) = default;
};

/// Rung 3: effort is the least of starting effort, power over speed and grip; resistance is one quadratic.
struct PowerAndMass {
    Force starting_effort;                     ///< at the rail, from standstill
    Power power;                               ///< at the rail
    Davis resistance;                          ///< of the whole train
    std::optional<Force> continuous_effort{};  ///< the most that the motors bear for hours; empty: not known
    std::optional<Grip> grip{};                ///< empty: adhesion sets no limit
    Rating rating = Rating::maximum;           ///< which effort the driver uses
    friend bool operator==(const PowerAndMass&, const PowerAndMass&) = default;
};

/// Rung 4: the curves of all traction units and the resistance of all vehicles, summed.
struct FullCurves {
    std::vector<TractionUnit> units;  ///< that pull together
    Davis resistance;                 ///< of all vehicles, traction units included
    Rating rating = Rating::maximum;  ///< which effort the driver uses
    friend bool operator==(const FullCurves&, const FullCurves&) = default;
};

/// How a train is computed: one of the four rungs.
using Rung = std::variant<ConstantSpeed, ConstantAcceleration, PowerAndMass, FullCurves>;

/// A train as one body: plain numbers, ready to run.
struct Consist {
    Length length;                                        ///< over couplers
    Mass mass;                                            ///< with its load
    double rotating_mass_factor = 1.0;                    ///< inertia of translation and wheels over inertia of translation
    Speed speed_limit;                                    ///< of the train, whatever the line allows
    Brakes brakes;                                        ///< service brakes
    Rung rung;                                            ///< how much is known of it
    GradientModel gradient_model = GradientModel::strip;  ///< where it feels the gradient
    friend bool operator==(const Consist&, const Consist&) = default;
};

/// Whether the rung computes with forces: only then gradients are felt and energy is known.
constexpr bool knows_forces(const Consist& consist) { return consist.rung.index() >= 2; }

/// Name of the rung, as results record it: "constant speed", "constant acceleration", "power and mass", "full curves".
std::string_view rung_name(const Consist& consist);

/// One vehicle, or `count` of a kind, in a train.
struct Vehicle {
    int count = 1;                       ///< how many of the kind
    Length length;                       ///< of one, over couplers
    Mass mass;                           ///< of one, with its load
    double rotating_mass_factor = 1.0;   ///< inertia of translation and wheels over that of translation
    Speed speed_limit;                   ///< of the vehicle
    Davis resistance;                    ///< of one
    std::optional<TractionUnit> unit{};  ///< of one; absent for a car
};

/// The train that `vehicles` form: lengths, masses and resistances summed, inertia weighted by mass, the slowest limit.
/// Throws: InputError for an empty formation or a vehicle without mass, length or number.
Consist formed(std::span<const Vehicle> vehicles, const Brakes& brakes, GradientModel gradient_model, Rating rating = Rating::maximum);

/// Checks that `consist` can be run.
/// Throws: InputError with every field that is missing, not finite or out of range, its value and what would be right.
void check(const Consist& consist);

/// Checks that `course` can be run and that the brakes of `consist` hold its steepest fall.
/// Throws: InputError for a course out of order; Infeasible naming place, gradient and braking force.
void check(const Course& course, const Consist& consist);

}  // namespace railwindow
