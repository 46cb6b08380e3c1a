#pragma once

#include <railwindow/core/units.hpp>

namespace railwindow {

/// How lengths and speeds are shown: metric, or with miles and miles per hour beside.
enum class Units { metric, imperial };

/// Source: international yard and pound agreement (1959).
inline constexpr Length mile = 1609.344 * m;

}  // namespace railwindow
