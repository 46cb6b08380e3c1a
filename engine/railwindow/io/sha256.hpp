#pragma once

#include <string>
#include <string_view>

namespace railwindow {

/// SHA-256 of `bytes`, as 64 hexadecimal digits.
/// Source: FIPS 180-4; checked against its examples (tests/io/digest_test.cpp).
std::string sha256(std::string_view bytes);

}  // namespace railwindow
