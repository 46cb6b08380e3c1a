#pragma once
// Lines and rings of longitude and latitude, cut and thinned.

#include <railwindow/network/sheet.hpp>

#include <vector>

namespace railwindow {

/// Degrees; east and north positive, west below east.
struct GeoBox {
    double west, south, east, north;
};

/// Longitude and latitude in degrees, in order; a ring ends where it begins.
using GeoLine = std::vector<GeoPosition>;

/// What of the area of a ring lies in `box`, as a ring that may run along its edges; empty for nothing.
GeoLine ring_within(const GeoLine& ring, const GeoBox& box);
/// The pieces of a line that lie in `box`.
std::vector<GeoLine> pieces_within(const GeoLine& line, const GeoBox& box);

/// Without places that lie nearer than `tolerance` to the line through those that stay. `line` needs not be in degrees.
/// Source: Douglas and Peucker 1973.
GeoLine thinned(const GeoLine& line, double tolerance);

}  // namespace railwindow
