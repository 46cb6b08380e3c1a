#pragma once
// The person at the terminal: its width, a bar while work goes on, and interrupts.

#include <railwindow/estimate/estimate.hpp>

#include <chrono>

namespace cli {

/// Columns of the terminal behind standard output; 80 where it is none.
int output_width();

/// Makes SIGINT and SIGTERM stop the work at its next step and SIGPIPE harmless.
void catch_signals();
/// The signal that came, or 0.
int caught_signal();

enum class ShowBar { on_a_terminal, never };

/// A progress callback that stops on a signal and draws a bar on standard error where that is a terminal.
railwindow::Progress progress_bar(ShowBar show);

}  // namespace cli
