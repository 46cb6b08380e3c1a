#pragma once

#include <doctest/doctest.h>

#include <string>
#include <string_view>

namespace railwindow {

/// Checks that `wanted` stands in `text`, and shows the text where it does not.
inline void check_says(const std::string& text, std::string_view wanted) {
    INFO("wanted: ", std::string{wanted}, "\nfound: ", text);
    const bool found = text.find(wanted) != std::string::npos;
    CHECK(found);
}

}  // namespace railwindow
