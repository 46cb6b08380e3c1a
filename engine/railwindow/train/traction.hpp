#pragma once
// What a locomotive can pull: the least of the motors' limit, the power and the grip of the wheels.

#include <railwindow/core/units.hpp>

#include <optional>
#include <vector>

namespace railwindow {

/// Coefficient of adhesion mu(V) = a + b / (c + d V) + e V with V in km/h: the one shape of the formulas in use.
struct AdhesionLaw {
    double a = 0;  ///< dimensionless, as is `e V`
    double b = 0;  ///< numerator of the hyperbola, in km/h
    double c = 1;  ///< its constant term, in km/h
    double d = 0;  ///< its factor of V, dimensionless
    double e = 0;  ///< per km/h
    friend bool operator==(const AdhesionLaw&, const AdhesionLaw&) = default;
};

/// Adhesion. Source: Curtius and Kniffler, Elektrische Bahnen 20 (1944).
inline constexpr AdhesionLaw curtius_kniffler{.a = 0.161, .b = 7.5, .c = 44, .d = 1};
/// Adhesion, alternating current. Source: Rules for traction calculations (PTR), Moscow 1985.
inline constexpr AdhesionLaw russian_electric_ac{.a = 0.28, .b = 4, .c = 50, .d = 6, .e = -0.0006};
/// Adhesion, direct current. Source: PTR, Moscow 1985.
inline constexpr AdhesionLaw russian_electric_dc{.a = 0.28, .b = 3, .c = 50, .d = 20, .e = -0.0007};
/// Adhesion, diesel 2TE10. Source: PTR, Moscow 1985.
inline constexpr AdhesionLaw russian_diesel{.a = 0.118, .b = 5, .c = 27.5, .d = 1};
/// Adhesion, electric. Source: TB/T 1407-1998.
inline constexpr AdhesionLaw chinese_electric{.a = 0.24, .b = 12, .c = 100, .d = 8};
/// Adhesion, diesel. Source: TB/T 1407-1998.
inline constexpr AdhesionLaw chinese_diesel{.a = 0.248, .b = 5.9, .c = 75, .d = 20};

/// Coefficient of adhesion at speed `v`.
double adhesion(const AdhesionLaw& law, Speed v);

/// Grip of the driven wheels: their law and the mass that rests on them.
struct Grip {
    AdhesionLaw law;   ///< coefficient of adhesion by speed
    Mass driven_mass;  ///< on the driven axles
    friend bool operator==(const Grip&, const Grip&) = default;
};

/// Which effort the driver may use for as long as he likes: all there is, or what the motors bear for hours.
enum class Rating { maximum, continuous };

/// One corner of a tractive-effort curve, linear in speed between corners; beyond the last corner
/// (reached under a low voltage) its power stays. A single corner is an effort for all speeds.
struct EffortPoint {
    Speed speed;   ///< of the corner
    Force effort;  ///< at the rail
    friend bool operator==(const EffortPoint&, const EffortPoint&) = default;
};

/// One traction unit with its curve at rated voltage, or several of a kind.
struct TractionUnit {
    std::vector<EffortPoint> effort;           ///< maximum effort, speeds ascending from 0
    std::optional<Force> continuous_effort{};  ///< the most that the motors bear for hours
    std::optional<Grip> grip{};                ///< no limit of adhesion where absent
    std::optional<Power> power{};              ///< at the rail: effort is at most power over speed
    int count = 1;                             ///< how many of the kind
    friend bool operator==(const TractionUnit&, const TractionUnit&) = default;
};

}  // namespace railwindow
