#pragma once
// Codes of countries, as networks and practice name them.

#include <string>
#include <string_view>

namespace railwindow {

/// Whether `code` is a two-letter code of ISO 3166-1, or one that the standard leaves to its users (AA, QM to QZ, XA to XZ, ZZ).
bool is_country_code(std::string_view code);

/// What a text that is no code was likely meant to be: `did you mean 'KP'?`, or how codes are written.
std::string country_code_remedy(std::string_view text);

}  // namespace railwindow
