#pragma once
// Scores as people and programs read them.

#include <railwindow/io/write_estimate.hpp>
#include <railwindow/score/backtest.hpp>
#include <railwindow/score/calibration.hpp>
#include <railwindow/score/rolling.hpp>

#include <ostream>
#include <string>
#include <string_view>

namespace railwindow {

/// What every result says of itself.
inline constexpr const char* prior_remark =
    "The operating speeds, stays and spreads, and the priors of any fit, were chosen with knowledge of the journeys that are called known, so their "
    "scores flatter the model; a forecast starts at the last departure known and uses nothing later.";

/// All that a backtest found; what was not asked for is null.
struct Scores {
    const Backtest& result;              ///< by the numbers as they stand
    const Calibration* fit = nullptr;    ///< a fit of the paces, each journey scored by the fit to the others
    const Backtest* left_out = nullptr;  ///< each journey by the laws as they would be without it: what could be redone is unseen there
};

/// `arrive`, `depart`, `pass`, `seen`.
std::string_view event_name(ObservedEvent event);

/// What the tests say of a set of forecasts, in words: `too narrow: 3 of 8 journeys end beyond the 1st or 99th percentile ...`.
std::string verdict(const PitTests& tests);

/// The scores for people.
void write_table(std::ostream& out, const Scores& scores, const TableStyle& style = {});
/// Schema `railwindow.backtest/1`: times with their station's offset, durations in seconds, scores relative to the elapsed time.
void write_json(std::ostream& out, const Scores& scores);

/// Forecasts after each report, for people.
void write_table(std::ostream& out, const Rolling& rolling, const TableStyle& style = {});
/// Schema `railwindow.rolling/1`.
void write_json(std::ostream& out, const Rolling& rolling);

}  // namespace railwindow
