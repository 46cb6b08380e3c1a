#pragma once
// What a locomotive can pull: the least of the motors' limit, the power and the grip of the wheels.

#include <railwindow/core/units.hpp>

#include <optional>
#include <vector>

namespace railwindow {

/// Coefficient of adhesion mu(V) = a + b / (c + d V) + e V with V in km/h: the one shape of the formulas in use.
struct AdhesionLaw {
    double a = 0, b = 0, c = 1, d = 0, e = 0;
};

/// Coefficient of adhesion at speed `v`.
double adhesion(const AdhesionLaw& law, Speed v);

/// Grip of the driven wheels: their law and the mass that rests on them.
struct Grip {
    AdhesionLaw law;
    Mass driven_mass;
};

/// Which effort the driver may use for as long as he likes: all there is, or what the motors bear for hours.
enum class Rating { maximum, continuous };

/// One corner of a tractive-effort curve, linear in speed between corners; beyond the last corner
/// (reached under a low voltage) its power stays. A single corner is an effort for all speeds.
struct EffortPoint {
    Speed speed;
    Force effort;
};

/// One traction unit with its curve at rated voltage.
struct TractionUnit {
    std::vector<EffortPoint> effort;           ///< maximum effort, speeds ascending from 0, efforts not rising
    std::optional<Force> continuous_effort{};  ///< the most that the motors bear for hours
    std::optional<Grip> grip{};                ///< no limit of adhesion where absent
};

}  // namespace railwindow
