#pragma once
// A page of `run` that answers: the engine goes with it, and all that the question is made of.

#include <railwindow/io/page_controls.hpp>
#include <railwindow/io/report_page.hpp>

#include <ostream>
#include <string>

namespace railwindow {

/// What the engine in a page needs to ask `question` again, as a JSON object: scenario, variant, sets, seed, quantiles, runs, controls, and `packed`,
/// which is base64 of a zlib stream of {files: {path: text}, zones: {name: base64}, zone_tab}. Paths are relative to a folder that holds all files:
/// where that lies concerns nobody else.
/// Throws: InputError where a file or a time zone cannot be read again.
std::string interactive_json(const AskedQuestion& question, const ReportedJourney& journey, const ReportStyle& style);

/// Writes tools/report/dist/interactive.html as write_page does page.html, with the engine in it.
void write_interactive_page(std::ostream& out, const PageText& text, const std::string& document);

/// The page of one journey, with the engine in it.
/// Throws: as `interactive_json`.
void write_interactive_report(std::ostream& out, const ReportedJourney& journey, const ReportStyle& style, const AskedQuestion& question);

}  // namespace railwindow
