#pragma once
// Pieces that the tables for people are made of.

#include <railwindow/core/clock.hpp>

#include <ostream>
#include <string_view>

namespace railwindow {

/// `28:10`, to the nearest minute.
std::string clock_text(Millis duration);

/// A paragraph of at most `width` columns, `indent` spaces from its second line on.
void write_wrapped(std::ostream& out, std::string_view text, int width, int indent);

}  // namespace railwindow
