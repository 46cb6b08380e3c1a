#pragma once
// Physical quantities. A number gets its unit where it enters (`160 * km / h`) and loses it where it leaves (`v / (km / h)`);
// in between the compiler keeps metres, kilograms and seconds apart. Everything is stored in SI.

#include <compare>
#include <type_traits>

namespace railwindow {

/// A value in m^L kg^M s^T.
template <int L, int M, int T>
class Quantity {
public:
    constexpr Quantity() = default;
    friend constexpr auto operator<=>(Quantity, Quantity) = default;

    constexpr Quantity operator-() const { return Quantity{-si_}; }
    constexpr Quantity& operator+=(Quantity other) {
        si_ += other.si_;
        return *this;
    }
    constexpr Quantity& operator-=(Quantity other) {
        si_ -= other.si_;
        return *this;
    }
    friend constexpr Quantity operator+(Quantity a, Quantity b) { return Quantity{a.si_ + b.si_}; }
    friend constexpr Quantity operator-(Quantity a, Quantity b) { return Quantity{a.si_ - b.si_}; }
    friend constexpr Quantity operator*(Quantity a, double f) { return Quantity{a.si_ * f}; }
    friend constexpr Quantity operator*(double f, Quantity a) { return Quantity{a.si_ * f}; }
    friend constexpr Quantity operator/(Quantity a, double f) { return Quantity{a.si_ / f}; }

private:
    constexpr explicit Quantity(double si) : si_{si} {}
    double si_ = 0.0;

    template <class Q>
    friend constexpr Q from_si(double);
    template <int A, int B, int C>
    friend constexpr double to_si(Quantity<A, B, C>);
};

/// The quantity whose value in SI units is `si`; for code that stores or reads plain numbers. `double` passes through.
template <class Q>
constexpr Q from_si(double si) {
    if constexpr (std::is_same_v<Q, double>)
        return si;
    else
        return Q{si};
}

/// The value of `q` in SI units.
template <int L, int M, int T>
constexpr double to_si(Quantity<L, M, T> q) {
    return q.si_;
}
/// A ratio is its own value.
constexpr double to_si(double ratio) { return ratio; }

/// A plain number where all dimensions cancel.
template <int L, int M, int T>
using QuantityOrRatio = std::conditional_t<L == 0 && M == 0 && T == 0, double, Quantity<L, M, T>>;

template <int L1, int M1, int T1, int L2, int M2, int T2>
constexpr auto operator*(Quantity<L1, M1, T1> a, Quantity<L2, M2, T2> b) {
    return from_si<QuantityOrRatio<L1 + L2, M1 + M2, T1 + T2>>(to_si(a) * to_si(b));
}
template <int L1, int M1, int T1, int L2, int M2, int T2>
constexpr auto operator/(Quantity<L1, M1, T1> a, Quantity<L2, M2, T2> b) {
    return from_si<QuantityOrRatio<L1 - L2, M1 - M2, T1 - T2>>(to_si(a) / to_si(b));
}
template <int L, int M, int T>
constexpr auto operator/(double a, Quantity<L, M, T> b) {
    return from_si<Quantity<-L, -M, -T>>(a / to_si(b));
}
/// The magnitude of `q`.
template <int L, int M, int T>
constexpr Quantity<L, M, T> abs(Quantity<L, M, T> q) {
    return to_si(q) < 0 ? -q : q;
}

using Length = Quantity<1, 0, 0>;         ///< in metres
using Mass = Quantity<0, 1, 0>;           ///< in kilograms
using Duration = Quantity<0, 0, 1>;       ///< in seconds
using Speed = Quantity<1, 0, -1>;         ///< in metres per second
using Acceleration = Quantity<1, 0, -2>;  ///< in metres per second squared
using Force = Quantity<1, 1, -2>;         ///< in newtons
using Energy = Quantity<2, 1, -2>;        ///< in joules
using Power = Quantity<2, 1, -3>;         ///< in watts

inline constexpr Length m = from_si<Length>(1.0);            ///< metre
inline constexpr Length km = from_si<Length>(1000.0);        ///< kilometre
inline constexpr Length mm = from_si<Length>(0.001);         ///< millimetre
inline constexpr Mass kg = from_si<Mass>(1.0);               ///< kilogram
inline constexpr Mass t = from_si<Mass>(1000.0);             ///< tonne
inline constexpr Duration s = from_si<Duration>(1.0);        ///< second
inline constexpr Duration ms = from_si<Duration>(0.001);     ///< millisecond
inline constexpr Duration minute = from_si<Duration>(60.0);  ///< minute
inline constexpr Duration h = from_si<Duration>(3600.0);     ///< hour
inline constexpr Force N = from_si<Force>(1.0);              ///< newton
inline constexpr Force kN = from_si<Force>(1000.0);          ///< kilonewton
inline constexpr Power W = from_si<Power>(1.0);              ///< watt
inline constexpr Power kW = from_si<Power>(1000.0);          ///< kilowatt
inline constexpr Energy J = from_si<Energy>(1.0);            ///< joule
inline constexpr Energy kWh = from_si<Energy>(3.6e6);        ///< kilowatt-hour
inline constexpr double permille = 1e-3;                     ///< a thousandth

/// Height over length, uphill positive.
struct Gradient {
    double ratio = 0;  ///< 0.001 is 1 permille
    friend constexpr auto operator<=>(Gradient, Gradient) = default;
};
/// The ratio.
constexpr double to_si(Gradient gradient) { return gradient.ratio; }
/// The gradient of this ratio.
template <>
constexpr Gradient from_si<Gradient>(double si) {
    return Gradient{si};
}

/// Standard gravity. Source: 3rd CGPM (1901), resolution on the unit of mass.
inline constexpr Acceleration gravity = from_si<Acceleration>(9.80665);

}  // namespace railwindow
