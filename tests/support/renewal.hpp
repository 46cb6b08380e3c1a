#pragma once
// Expected texts that a program wrote can be written anew: `tools/renew`, and read the difference before it is committed.

#include <cstdlib>
#include <string_view>

namespace railwindow {

/// Whether tests are to write what they expect, and not to compare it.
inline bool renewing() {
    const char* wanted = std::getenv("RAILWINDOW_UPDATE_EXPECTED");
    return wanted && std::string_view{wanted} == "1";
}

}  // namespace railwindow
