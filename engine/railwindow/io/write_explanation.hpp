#pragma once

#include <railwindow/drivers/explain.hpp>
#include <railwindow/io/write_estimate.hpp>

#include <ostream>

namespace railwindow {

/// What drives the window, and what a report would be worth, for people: first in words.
void write_table(std::ostream& out, const Model& model, const Explanation& explanation, const TableStyle& style = {});
/// Schema `railwindow.explanation/1`: times with their station's offset, durations and widths in seconds, effects as shares of the variance.
void write_json(std::ostream& out, const Model& model, const Explanation& explanation);
/// One row per group of draws, two per number, then for each place one if it is not seen there by the median and one for each error of a report.
/// Widths and shifts in seconds.
void write_csv(std::ostream& out, const Model& model, const Explanation& explanation);

}  // namespace railwindow
