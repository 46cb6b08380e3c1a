#pragma once
// Words about words: the near miss an error message names, and lists as people write them.

#include <string>
#include <string_view>
#include <vector>

namespace railwindow {

/// The candidate that `word` most likely meant, or nothing when none is near (more than a third of its letters differ).
std::string_view near_miss(std::string_view word, const std::vector<std::string_view>& candidates);

/// `did you mean 'x'?`, or `known: a, b, c` when nothing is near and the list is short, or nothing.
std::string suggestion(std::string_view word, const std::vector<std::string_view>& candidates);

/// `a, b, c`.
std::string listed(const std::vector<std::string_view>& words, std::string_view separator = ", ");

/// How many characters (code points) the UTF-8 text has.
std::size_t characters(std::string_view utf8);

/// `text` as a terminal may be given it: what it would obey (control characters, marks that turn the direction of writing, separators of lines)
/// and what is no UTF-8 is written out, as `\x1b` or `\u202e`. Line feeds stay.
std::string visible(std::string_view text);

/// The byte offset of the first invalid UTF-8 sequence, or npos. Source: Unicode 15, table 3-7.
std::size_t first_invalid_utf8(std::string_view text);

}  // namespace railwindow
