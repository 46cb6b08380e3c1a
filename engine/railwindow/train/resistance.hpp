#pragma once
// What opposes a train: running resistance, a quadratic in speed per vehicle, summed over the train; and what curves and
// tunnels add, as gradients.

#include <railwindow/core/units.hpp>

namespace railwindow {

/// Of the linear term of running resistance.
using ForcePerSpeed = Quantity<0, 1, -1>;
/// Of its quadratic term.
using ForcePerSpeedSquared = Quantity<-1, 1, 0>;

/// Running resistance A + B v + C v^2 of a vehicle or a train.
/// Source: W. J. Davis, The Tractive Resistance of Electric Locomotives and Cars, General Electric Review 29 (1926).
struct Davis {
    Force constant{};                  ///< A
    ForcePerSpeed linear{};            ///< B
    ForcePerSpeedSquared quadratic{};  ///< C
    friend bool operator==(const Davis&, const Davis&) = default;
};

/// Resistance of two vehicles run together.
constexpr Davis operator+(const Davis& a, const Davis& b) {
    return {.constant = a.constant + b.constant, .linear = a.linear + b.linear, .quadratic = a.quadratic + b.quadratic};
}

/// `factor` times the resistance of one: several vehicles of a kind, or a poor track.
constexpr Davis operator*(double factor, const Davis& one) {
    return {.constant = factor * one.constant, .linear = factor * one.linear, .quadratic = factor * one.quadratic};
}

/// Force that opposes motion at speed `v` on level, straight track.
constexpr Force resistance(const Davis& davis, Speed v) { return davis.constant + davis.linear * v + davis.quadratic * v * v; }

/// Specific resistance a + b V + c V^2 in N per kN of weight, V in km/h: the shape of the national formulas.
struct SpecificResistance {
    double a = 0;  ///< N/kN
    double b = 0;  ///< N/kN per km/h
    double c = 0;  ///< N/kN per (km/h)^2
};

/// Resistance of a vehicle of `mass`.
Davis resistance_of(const SpecificResistance& specific, Mass mass);

/// How the rails are joined.
enum class Track { jointed, welded };

/// Specific resistance of a locomotive that pulls. Source: Rules for traction calculations (PTR), Moscow 1985.
SpecificResistance russian_locomotive(Track track);

/// Specific resistance of a four-axle all-metal coach of this axle load. Source: PTR, Moscow 1985.
/// Throws: InputError for an axle load that is not above 0.
SpecificResistance russian_coach(Track track, Mass axle_load);

/// Coaches of the types 21 and 22, 25B and 25G, and for 160 km/h. Source: TB/T 1407-1998.
enum class ChineseCoach { type_22, type_25g, rapid };
/// Specific resistance of a coach. Source: TB/T 1407-1998.
SpecificResistance chinese_coach(ChineseCoach coach);

/// Source: TB/T 1407-1998.
enum class ChineseLocomotive { df4, df11, ss8 };
/// Specific resistance of a locomotive that pulls. Source: TB/T 1407-1998.
SpecificResistance chinese_locomotive(ChineseLocomotive locomotive);

/// Resistance of freight cars of `mass`: w0 + w2 (v / 100 km/h)^2 permille of their weight.
/// Source: Strahl, in Hansen and Pachl, Railway Timetabling & Operations (2014), page 71.
Davis strahl(double w0, double w2, Mass mass);

/// Resistance of coaches of `mass`: w0 + w1 v / 100 km/h + w2 ((v + 15 km/h) / 100 km/h)^2 permille of their weight.
/// Source: Sauthoff, in Wende, Fahrdynamik des Schienenverkehrs (2003), page 153.
Davis sauthoff(double w0, double w1, double w2, Mass mass);

/// Resistance of a traction unit: `driven` permille of the weight on driven axles, `carried` of the weight on the others, and
/// air ((v + 15 km/h) / 100 km/h)^2 of all. Source: Wende, Fahrdynamik des Schienenverkehrs (2003), page 151.
Davis traction_unit(double driven, double carried, double air, Mass on_driven, Mass on_carried);

/// How countries reckon the resistance of curves.
enum class CurveFormula { roeckl, russian, chinese };

/// Gradient that opposes a train as a curve of this radius does; 0 for straight track is the caller's.
/// Source: Roeckl 650/(R-55), below 300 m 500/(R-30); USSR 700/R (PTR 1985); China 600/R (TB/T 1407-1998); permille, R in m.
/// Throws: InputError for a radius below 80 m.
double curve_gradient(CurveFormula formula, Length radius);

/// Gradient that opposes a train as the air in a single-track tunnel of this length does.
/// Source: TB/T 1407-1998, without limiting grade: 0.00013 permille for each metre.
double tunnel_gradient(Length length);

}  // namespace railwindow
