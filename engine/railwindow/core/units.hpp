#pragma once
// Physical quantities. A number gets its unit where it enters (`160 * km / h`) and loses it where it leaves (`v / (km / h)`);
// in between the compiler keeps metres, kilograms and seconds apart. Everything is stored in SI.

#include <cmath>
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
constexpr double to_si(double ratio) { return ratio; }

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
template <int L, int M, int T>
constexpr Quantity<L, M, T> abs(Quantity<L, M, T> q) {
    return to_si(q) < 0 ? -q : q;
}

using Length = Quantity<1, 0, 0>;
using Mass = Quantity<0, 1, 0>;
using Duration = Quantity<0, 0, 1>;
using Speed = Quantity<1, 0, -1>;
using Acceleration = Quantity<1, 0, -2>;
using Force = Quantity<1, 1, -2>;
using Energy = Quantity<2, 1, -2>;
using Power = Quantity<2, 1, -3>;

inline constexpr Length m = from_si<Length>(1.0), km = from_si<Length>(1000.0), mm = from_si<Length>(0.001);
inline constexpr Mass kg = from_si<Mass>(1.0), t = from_si<Mass>(1000.0);
inline constexpr Duration s = from_si<Duration>(1.0), ms = from_si<Duration>(0.001), minute = from_si<Duration>(60.0), h = from_si<Duration>(3600.0);
inline constexpr Force N = from_si<Force>(1.0), kN = from_si<Force>(1000.0);
inline constexpr Power W = from_si<Power>(1.0), kW = from_si<Power>(1000.0);
inline constexpr Energy J = from_si<Energy>(1.0), kWh = from_si<Energy>(3.6e6);
inline constexpr double permille = 1e-3;

/// Height over length, uphill positive.
struct Gradient {
    double ratio = 0;
    friend constexpr auto operator<=>(Gradient, Gradient) = default;
};
constexpr double to_si(Gradient gradient) { return gradient.ratio; }
template <>
constexpr Gradient from_si<Gradient>(double si) {
    return Gradient{si};
}

/// Standard gravity. Source: 3rd CGPM (1901), resolution on the unit of mass.
inline constexpr Acceleration gravity = from_si<Acceleration>(9.80665);

}  // namespace railwindow
