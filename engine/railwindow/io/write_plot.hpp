#pragma once
// The windows as a few lines of text, for a terminal.

#include <railwindow/estimate/estimate.hpp>

#include <ostream>

namespace railwindow {

/// The characters of a plot.
enum class Letters { ascii, unicode };

/// How the windows are drawn as text.
struct PlotStyle {
    int width = 80;                    ///< in characters
    Letters letters = Letters::ascii;  ///< ASCII, or block characters
};

/// One line per timing point: from the lowest to the highest quantile, thick between the inner ones, the middle marked; days by the clocks
/// of the destination.
void write_plot(std::ostream& out, const Model& model, const Estimate& estimate, const PlotStyle& style);

}  // namespace railwindow
