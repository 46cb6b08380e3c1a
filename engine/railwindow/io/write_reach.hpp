#pragma once

#include <railwindow/estimate/reach.hpp>
#include <railwindow/io/write_estimate.hpp>

#include <ostream>

namespace railwindow {

/// Where the train can be, and where its own journey has it, for people.
void write_table(std::ostream& out, const Reach& reach, const TableStyle& style = {});
/// Schema `railwindow.reach/1`.
void write_json(std::ostream& out, const Reach& reach);
/// One row per station, likeliest first.
void write_csv(std::ostream& out, const Reach& reach);
/// GeoJSON (RFC 7946): a Point for each station with its probability.
void write_geojson(std::ostream& out, const Reach& reach);

/// CSV of single runs: station, run, depart, arrive (local to it), since_departure_seconds.
void write_reach_samples_head(std::ostream& out);
/// One row of it, of a run that gets to `station`, or there from it.
void write_reach_sample(std::ostream& out, const Station& station, std::uint64_t run, Instant depart, Instant arrive);

/// From where the train can have come, and when it left there.
void write_table(std::ostream& out, const ReachBack& reach, const TableStyle& style = {});
/// Schema `railwindow.reach-back/1`.
void write_json(std::ostream& out, const ReachBack& reach);
/// One row per station and quantile, nearest first.
void write_csv(std::ostream& out, const ReachBack& reach);
/// GeoJSON (RFC 7946): a Point for each station with its window.
void write_geojson(std::ostream& out, const ReachBack& reach);

}  // namespace railwindow
