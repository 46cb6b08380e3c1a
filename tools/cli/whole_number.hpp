#pragma once
// The command-line library reads -5 into an unsigned number as 18446744073709551611; this looks at the text first.

#include <CLI/CLI.hpp>

#include <charconv>
#include <cstdint>
#include <string>

namespace cli {

/// Accepts whole numbers from 0 to `largest`.
inline CLI::Validator whole_number(std::uint64_t largest) {
    const auto check = [largest](std::string& text) -> std::string {
        std::uint64_t number = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
        if (error == std::errc{} && end == text.data() + text.size() && number <= largest) return {};
        return "'" + text + "' is not a whole number from 0 to " + std::to_string(largest);
    };
    return CLI::Validator{check, ""};
}

}  // namespace cli
