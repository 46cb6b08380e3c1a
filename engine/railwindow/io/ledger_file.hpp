#pragma once
// A ledger of forecasts: a file of JSON Lines, schema `railwindow.forecast/1`, to which lines are only ever added.

#include <railwindow/io/yaml_limits.hpp>
#include <railwindow/score/ledger.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace railwindow {

/// What every line of a ledger begins with.
inline constexpr std::string_view ledger_line_begin = R"({"schema":"railwindow.forecast/1",)";

/// The line of one forecast, with its line feed. Times are whole seconds.
std::string ledger_line(const LedgerForecast& forecast);

/// The forecasts in `text`. `file` names it in messages. What comes behind the last line feed is a line that was never finished and is no part of
/// the ledger.
/// Throws: InputError with every line that is broken or of something else, by file and line.
std::vector<LedgerForecast> read_ledger(std::string_view text, const std::string& file);
/// The forecasts of the file at `path`. Throws: InputError as above, and where it cannot be read.
std::vector<LedgerForecast> load_ledger(const std::string& path, const YamlLimits& limits = {});

/// What became known, from CSV with the columns journey, station, event, low, high, source: times with an offset, or local to the place.
/// Throws: InputError by file and line.
std::vector<LedgerObservation> read_outcomes(std::string_view text, const std::string& file);
/// The `observed` times of a scenario that are two-sided and at stations, as outcomes of the journey of its name.
std::vector<LedgerObservation> outcomes_of(const Scenario& scenario);

}  // namespace railwindow
