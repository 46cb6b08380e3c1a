#pragma once
// What a quantity can be on any railway. Numbers far beyond it are slips of the pen, or written to break something: at 1e-320 km/h a kilometre
// takes for ever and the arithmetic runs over.

#include <railwindow/core/units.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace railwindow {

/// A quantity is 0, or its size lies between these, in SI units.
struct PhysicalRange {
    double least = 0;                                       ///< the smallest size but 0
    double most = std::numeric_limits<double>::infinity();  ///< the largest size

    /// Whether `si` lies in it. Rounding is forgiven: 1000 km/h are 277.8 m/s this way and that.
    constexpr bool holds(double si) const {
        const double size = si < 0 ? -si : si;
        return size == 0 || (size >= least * (1 - 1e-9) && size <= most * (1 + 1e-9));
    }
    /// `si`, or the nearest value that lies in it; never 0 where `si` is not.
    double nearest(double si) const {
        if (si == 0 || std::isnan(si)) return 0;
        return si > 0 ? std::clamp(si, least, most) : -std::clamp(-si, least, most);
    }
};

/// Of a quantity of type Q; a plain number has none.
template <class Q>
inline constexpr PhysicalRange physical_range{};
template <>
inline constexpr PhysicalRange physical_range<Length>{1e-6, 1e8};  ///< 0.001 mm to 100,000 km, more than twice round the Earth
template <>
inline constexpr PhysicalRange physical_range<Speed>{1e-3 / 3600, 1000 / 3.6};  ///< 1 mm/h to 1,000 km/h
template <>
inline constexpr PhysicalRange physical_range<Duration>{1e-6, 864e6};  ///< a microsecond to 10,000 days
template <>
inline constexpr PhysicalRange physical_range<Mass>{1e-3, 1e9};  ///< 1 g to a million tonnes
template <>
inline constexpr PhysicalRange physical_range<Acceleration>{1e-6, 100};  ///< 0.001 mm/s^2 to ten times that of a fall
template <>
inline constexpr PhysicalRange physical_range<Force>{1e-3, 1e9};  ///< 1 mN to a million kN
template <>
inline constexpr PhysicalRange physical_range<Power>{1e-3, 1e9};  ///< 1 mW to 1,000 MW
template <>
inline constexpr PhysicalRange physical_range<Quantity<0, 1, -1>>{1e-9, 1e9};  ///< force per speed, in N/(m/s)
template <>
inline constexpr PhysicalRange physical_range<Quantity<-1, 1, 0>>{1e-9, 1e9};  ///< force per speed squared, in N/(m/s)^2
template <>
inline constexpr PhysicalRange physical_range<Gradient>{1e-9, 1};  ///< a micrometre in a kilometre to 45 degrees

}  // namespace railwindow
