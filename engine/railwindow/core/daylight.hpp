#pragma once
// When the sun is up.

#include <railwindow/core/clock.hpp>

namespace railwindow {

/// From one instant to another, the second not included.
struct Span {
    Instant from, until;  ///< its ends
};

/// From sunrise to sunset of the day whose solar noon lies nearest to `noon`, at a place in degrees, north and east positive. Where the sun
/// does not set: more than twelve hours on either side of it; where it does not rise: nothing, at solar noon.
/// Accuracy: fifteen seconds between 60 N and 55 S ("exact: sunrise and sunset are those of the Astronomical Almanac's formulas"). Sunrise and
/// sunset are those of the sun's upper edge with a refraction of 34 minutes of arc, at a level horizon: a zenith distance of 90.833 degrees.
/// Source: NOAA Global Monitoring Laboratory, Solar Calculator, calculation details; after Meeus, Astronomical Algorithms, 1991, ch. 24 and 27.
Span daylight_at(double latitude, double longitude, Instant noon);

}  // namespace railwindow
