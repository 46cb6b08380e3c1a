#pragma once
// A result as one page that people look at: a single HTML file that holds its script, its style, the base map and one JSON document
// (schema `railwindow.report/1`), and asks the network for nothing. tools/report/ makes the page around the document.

#include <railwindow/estimate/samples.hpp>
#include <railwindow/io/units_shown.hpp>

#include <ostream>
#include <string>
#include <vector>

namespace railwindow {

/// What the page says of its maker, and its units.
struct ReportStyle {
    std::string version;          ///< of the program that computed the result
    Units units = Units::metric;  ///< how lengths and speeds are shown
};

/// One question of a page, answered.
struct ReportedJourney {
    const Model& model;         ///< with the timing points that are shown as rows
    const Model& all_stations;  ///< the same, with every station a timing point: what `samples` were made of
    const Samples& samples;     ///< of `all_stations`
    EstimateOptions options;    ///< whose quantiles the page shows beside its own
};

/// The page of one journey, or of several that answer variants of one question.
void write_report(std::ostream& out, const std::vector<ReportedJourney>& journeys, const ReportStyle& style);

/// The same document without the page around it.
void write_report_json(std::ostream& out, const std::vector<ReportedJourney>& journeys, const ReportStyle& style);

}  // namespace railwindow
