#pragma once
// The runs themselves, for those who want to compute with them: one row per run and timing point.

#include <railwindow/estimate/run_source.hpp>

#include <ostream>

namespace railwindow {

/// CSV: run, route, train, station, distance_km, arrive, depart (local, ISO 8601), since_departure_seconds and moving_seconds at the arrival.
/// Points that a run does not reach have no row. `samples` are of `model`.
void write_samples(std::ostream& out, const Model& model, const Samples& samples);
/// The same of runs that need not be in memory.
void write_samples(std::ostream& out, const Model& model, const RunSource& runs);

/// The same of several variants, one after the other: `variant` in the first column of each row. The first one writes the head.
void write_variant_samples(std::ostream& out, bool first, const std::string& variant, const Model& model, const Samples& samples);

}  // namespace railwindow
