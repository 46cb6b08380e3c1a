#pragma once
// One letter may be written in several ways that look alike: as one character, or as a letter and its marks. Names are compared in one form.

#include <railwindow/core/unicode.hpp>

#include <string>
#include <string_view>

namespace railwindow {

/// `path`, or the file that there is instead when its name differs from it only in its Unicode form.
std::string path_in_any_form(const std::string& path);

}  // namespace railwindow
