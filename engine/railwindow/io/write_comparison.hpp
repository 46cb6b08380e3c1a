#pragma once
// Comparisons as people, spreadsheets and programs read them.

#include <railwindow/compare/compare.hpp>
#include <railwindow/io/write_estimate.hpp>

#include <ostream>

namespace railwindow {

/// Each variant's window, then its difference from the base, then what each changes, and those that have no answer with the reason.
void write_table(std::ostream& out, const Comparison& comparison, const TableStyle& style = {});
/// Schema `railwindow.comparison/1`: durations in seconds, lengths in km.
void write_json(std::ostream& out, const Comparison& comparison);
/// One row per variant; a column for each swept path; durations in hours or minutes as the heads say. Empty where there is no answer.
void write_csv(std::ostream& out, const Comparison& comparison);

}  // namespace railwindow
