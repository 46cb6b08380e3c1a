#pragma once
// One run as a log: what happened to which train, when, where, why and for how long.

#include <railwindow/simulation/simulate.hpp>

#include <ostream>

namespace railwindow {

/// A run with its log, and which one it is.
struct LoggedRun {
    Noise noise;  ///< seed and number of the run
    Trace trace;  ///< with its log
};

/// For people: local times, the stays with their reasons, and where the time went. `width` is that of the lines.
void write_trace(std::ostream& out, const Model& model, const LoggedRun& run, int width = 80);
/// Schema `railwindow.trace/1`: times with their station's offset, durations in seconds, lengths in km.
void write_trace_json(std::ostream& out, const Model& model, const LoggedRun& run);
/// One row per event.
void write_trace_csv(std::ostream& out, const Model& model, const LoggedRun& run);

}  // namespace railwindow
