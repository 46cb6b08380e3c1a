#pragma once
// Pieces that the tables for people are made of.

#include <railwindow/core/clock.hpp>

#include <cstdint>
#include <ostream>
#include <string>
#include <string_view>

namespace railwindow {

/// The full minute that short_time shows of `instant`.
Instant shown_minute(Instant instant);

/// `28:10`, to the nearest minute.
std::string clock_text(Millis duration);

/// `text` cut to `width` characters and padded to it.
std::string fitted(const std::string& text, int width);

/// `line` without the spaces at its end.
std::string without_end(std::string line);

/// `65,536`.
std::string grouped(std::uint64_t number);

/// `text` as a field of CSV, in quotes where it needs them.
std::string csv_field(const std::string& text);

/// That so many reports (`observed`) say nothing about the windows beside them: `3 reports, not used for these windows (infer learns from them,
/// ...)`.
std::string observed_unused(std::size_t reports);

/// A paragraph of at most `width` columns, `indent` spaces from its second line on.
void write_wrapped(std::ostream& out, std::string_view text, int width, int indent);

}  // namespace railwindow
