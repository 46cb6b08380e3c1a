#pragma once
// A result as one page that people look at: a single HTML file that holds its script, its style, the base map and one JSON document
// (schema `railwindow.report/1`), and asks the network for nothing. tools/report/ makes the page around the document.

#include <railwindow/compare/compare.hpp>
#include <railwindow/estimate/samples.hpp>
#include <railwindow/io/units_shown.hpp>
#include <railwindow/io/write_backtest.hpp>
#include <railwindow/simulation/route_request.hpp>

#include <optional>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

namespace railwindow {
struct Explanation;
struct Inference;
struct InferOptions;
struct DepartBy;
struct ProfiledRun;
struct Reach;

/// What the page says of how it was made, and its units.
struct ReportStyle {
    std::string version;                                           ///< of the program that computed the result
    Units units = Units::metric;                                   ///< how lengths and speeds are shown
    std::string command{};                                         ///< that made it, for a shell; empty: not said
    std::vector<std::pair<std::string, std::string>> scenarios{};  ///< the question: names of files and their text
    std::string printed{};                                         ///< the result as a table for people, for pages without script; empty: none
};

/// One question of a page, answered.
struct ReportedJourney {
    const Model& model;         ///< with the timing points that are shown as rows
    const Model& all_stations;  ///< the same, with every station a timing point: what `samples` were made of
    const Samples& samples;     ///< of `all_stations`
    EstimateOptions options;    ///< whose quantiles the page shows beside its own
};

/// All quantiles of both, ascending, none twice.
std::vector<double> united(std::vector<double> quantiles, const std::vector<double>& more);

/// The page of one journey, or of several that answer variants of one question.
void write_report(std::ostream& out, const std::vector<ReportedJourney>& journeys, const ReportStyle& style);

/// The page of a what-if. `comparison` has to hold the quantiles that comparison_page_quantiles names.
void write_report(std::ostream& out, const Comparison& comparison, const ReportStyle& style);
/// What the page of a comparison draws, with the quantiles `asked_for`.
std::vector<double> comparison_page_quantiles(std::vector<double> asked_for);

/// The page of the ways between two places.
void write_report(std::ostream& out, const Routes& routes, const ReportStyle& style);

/// The page of what reports say of a journey. `inference` has to hold the quantiles that infer_page_quantiles names, and the timeline.
void write_report(std::ostream& out, const Model& model, const Inference& inference, const InferOptions& options, const ReportStyle& style);
/// What the page of an inference draws, with the quantiles `asked_for`.
std::vector<double> infer_page_quantiles(std::vector<double> asked_for);

/// The page of what drives a window, and of what reports would be worth.
void write_report(std::ostream& out, const Model& model, const Explanation& explanation, const ReportStyle& style);

/// The page of where a train can be.
void write_report(std::ostream& out, const Reach& reach, const ReportStyle& style);

/// The page of the latest departure. `result` should have its curve.
void write_report(std::ostream& out, const Model& model, const DepartBy& result, const ReportStyle& style);

/// The page of one run; `number` is nothing where every draw is at its median.
void write_report(std::ostream& out, const Model& model, const ProfiledRun& run, std::optional<std::uint64_t> number, const ReportStyle& style);

/// The page of the scores of recorded journeys.
void write_report(std::ostream& out, const Scores& scores, const ReportStyle& style);

}  // namespace railwindow
