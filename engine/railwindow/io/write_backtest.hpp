#pragma once
// Scores as people and programs read them.

#include <railwindow/io/write_estimate.hpp>
#include <railwindow/score/backtest.hpp>
#include <railwindow/score/calibration.hpp>

#include <ostream>
#include <string_view>

namespace railwindow {

/// What every result says of itself.
inline constexpr const char* prior_remark =
    "The operating speeds, stays and spreads, and the priors of any fit, were chosen with knowledge of these journeys, so these scores flatter the "
    "model; a forecast starts at the last departure known and uses nothing later.";

/// `arrive`, `depart`, `pass`, `seen`.
std::string_view event_name(ObservedEvent event);

/// The scores for people. `fit` is null where none was asked for.
void write_table(std::ostream& out, const Backtest& result, const Calibration* fit = nullptr, const TableStyle& style = {});
/// Schema `railwindow.backtest/1`: times with their station's offset, durations in seconds, scores relative to the elapsed time.
void write_json(std::ostream& out, const Backtest& result, const Calibration* fit = nullptr);

}  // namespace railwindow
