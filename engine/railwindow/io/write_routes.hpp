#pragma once
// Ways as people, programs and maps read them.

#include <railwindow/io/write_estimate.hpp>
#include <railwindow/simulation/route_request.hpp>

#include <ostream>

namespace railwindow {

/// The ways for people, one below the other.
void write_table(std::ostream& out, const Routes& routes, const TableStyle& style = {});
/// Schema `railwindow.routes/1`: the `routes` of `railwindow.estimate/1` with more keys; durations in seconds, lengths in km.
void write_json(std::ostream& out, const Routes& routes);
/// One row a way: how often gauge, direction and traction change; countries and borders separated by blanks; seconds and km.
void write_csv(std::ostream& out, const Routes& routes);
/// GeoJSON (RFC 7946): one LineString for each way, through its stations, and a Point for each station where something is done.
void write_geojson(std::ostream& out, const Routes& routes);

/// `diesel`, `3 kV DC`, `25 kV AC`.
std::string_view traction_name(const MotivePower& traction);

}  // namespace railwindow
