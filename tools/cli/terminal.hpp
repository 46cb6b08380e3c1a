#pragma once
// The person at the terminal: its width, a bar while work goes on, and interrupts.

#include <railwindow/estimate/estimate.hpp>

#include <chrono>
#include <string>
#include <string_view>

namespace cli {

/// COLUMNS where it is set, else the columns of the terminal behind standard output; 80 where it is none.
int output_width();

/// Whether the locale's encoding is UTF-8 (LC_ALL, LC_CTYPE, LANG, the first that is set).
bool shows_unicode();
/// `text` with what is beyond ASCII as question marks.
std::string as_ascii(std::string_view text);

enum class ColorWhen { automatic, always, never };
/// Whether to write escape sequences: automatic means on a terminal that is not dumb, without NO_COLOR.
bool in_color(ColorWhen when, bool to_standard_output);
/// The table with its heads and its last window emphasised.
std::string colored(const std::string& table);

/// Makes SIGINT and SIGTERM stop the work at its next step and SIGPIPE harmless.
void catch_signals();
/// The signal that came, or 0.
int caught_signal();

enum class ShowBar { on_a_terminal, never };

/// A progress callback that stops on a signal and draws a bar on standard error where that is a terminal.
railwindow::Progress progress_bar(ShowBar show);

}  // namespace cli
