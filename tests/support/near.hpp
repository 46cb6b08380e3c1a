#pragma once
// `near(a, b, 1 * mm)`: equality with a tolerance in a unit, which is what a physical statement needs.

#include <railwindow/core/units.hpp>

namespace railwindow {

template <int L, int M, int T>
constexpr bool near(Quantity<L, M, T> a, Quantity<L, M, T> b, Quantity<L, M, T> tolerance) {
    return abs(a - b) <= tolerance;
}
constexpr bool near(double a, double b, double tolerance) { return (a < b ? b - a : a - b) <= tolerance; }

}  // namespace railwindow
