#pragma once
// The command-line library reads -5 into an unsigned number as 18446744073709551611; this looks at the text first.

#include <CLI/CLI.hpp>

namespace cli {

/// Accepts numbers from 0 to `largest`.
inline CLI::Validator whole_number(double largest) { return CLI::Range{0.0, largest}.description(""); }

}  // namespace cli
