#pragma once

#include <railwindow/core/clock.hpp>
#include <railwindow/core/units.hpp>

#include <cmath>

namespace railwindow {

/// A duration as our JSON and CSV hold it: in seconds, to the millisecond.
inline double seconds(Millis time) { return static_cast<double>(time.count()) / 1000.0; }

/// The multiple of 1/`per_unit` nearest to `value`. Our JSON holds scores and shares to the sixth decimal.
inline double rounded(double value, double per_unit = 1e6) { return std::round(value * per_unit) / per_unit; }

/// A place or a length as our JSON holds it: in kilometres, to the metre.
inline double kilometres(Length length) { return std::round(length / m) / 1000.0; }

}  // namespace railwindow
