#pragma once
// One letter may be written in several ways that look alike: as one character, or as a letter and its marks. Names are compared in one form.

#include <string>
#include <string_view>

namespace railwindow {

/// `utf8`, which must be valid, in Unicode normal form C: every letter with its marks as few characters.
/// Source: Unicode Standard Annex 15.
std::string composed(std::string_view utf8);

/// `path`, or the file that there is instead when its name differs from it only in its Unicode form.
std::string path_in_any_form(const std::string& path);

}  // namespace railwindow
