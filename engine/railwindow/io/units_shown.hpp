#pragma once

#include <railwindow/core/units.hpp>

namespace railwindow {

/// How lengths and speeds are shown: metric, or with miles and miles per hour beside.
enum class Units { metric, imperial };

/// Source: international yard and pound agreement (1959).
inline constexpr Length mile = 1609.344 * m;

/// Of lengths in tables that show one of the two: a kilometre or a mile.
inline Length shown_unit(Units units) { return units == Units::imperial ? mile : 1 * km; }
/// As heads of columns call it.
inline const char* shown_unit_name(Units units) { return units == Units::imperial ? "mi" : "km"; }

}  // namespace railwindow
