#pragma once
// A railway drawn in one line: "A --2km,160-- B --1km,80-- C" is 2 km at 160 km/h, then 1 km at 80 km/h. Stations lie on the
// equator going east, so nothing turns; every value that the drawing does not show is neutral (no noise, no stops, exact speeds).

#include <railwindow/simulation/scenario.hpp>

#include <string>
#include <string_view>

namespace railwindow {

/// The scenario that runs along the drawing from its first station to its last, leaving at 2020-01-01 00:00 UTC.
Scenario drawn(std::string_view line);

/// A station of a drawing, to be added to a sheet.
StationSheet drawn_station(const std::string& id, double latitude, double longitude, const std::string& country = "XX");
/// A line of one section between two stations.
LineSheet drawn_line(const std::string& id, const std::string& from, const std::string& to, Length length, Speed limit, Gauge gauge = {1435});

inline Name name_of(const std::string& text) { return {text, {}}; }

}  // namespace railwindow
