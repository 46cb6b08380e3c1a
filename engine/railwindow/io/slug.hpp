#pragma once

#include <string>
#include <string_view>

namespace railwindow {

/// `text` as our ids and files are called: lower case of the Latin alphabet, digits and hyphens; `unnamed` where nothing is left.
std::string slug(std::string_view text);

/// `text` for a comment or a name: line feeds and tabs become spaces.
std::string on_one_line(std::string text);

}  // namespace railwindow
