#pragma once
// Tables of windows for readers who do not know us: weekdays, words above the columns, no name cut.

#include <railwindow/estimate/estimate.hpp>
#include <railwindow/io/units_shown.hpp>

#include <ostream>
#include <string>
#include <vector>

namespace railwindow {

/// Windows at stations, one row for each event.
void write_plain_windows(std::ostream& out, const Model& model, const std::vector<TimingPointEstimate>& points, int width, Units units);

/// One row of a table of arrivals.
struct PlainRow {
    double share;                 ///< of the runs
    std::string what;             ///< what these runs have in common
    std::vector<Quantile> times;  ///< when they arrive; empty where none does
    const TimeZone* zone;         ///< of the place
};

/// Arrivals by what runs have in common, `title` above the names.
void write_plain_rows(std::ostream& out, const std::string& title, const std::vector<PlainRow>& rows, int width);

/// Arrivals by alternative, where the destinations alone do not tell them apart.
void write_plain_alternatives(std::ostream& out, const Model& model, const Estimate& estimate, int width);
/// Arrivals by what runs wait for, where all have the same destination.
void write_plain_modes(std::ostream& out, const Model& model, const Estimate& estimate, int width);

}  // namespace railwindow
