#include <railwindow/io/table_text.hpp>

#include <railwindow/core/text.hpp>

#include <fmt/format.h>

#include <cmath>

namespace railwindow {

Instant shown_minute(Instant instant) {
    return std::chrono::floor<std::chrono::minutes>(std::chrono::round<std::chrono::seconds>(instant) + std::chrono::seconds{30});
}

std::string clock_text(Millis duration) {
    const auto minutes = std::chrono::floor<std::chrono::minutes>(duration + std::chrono::seconds{30}).count();
    return fmt::format("{}{}:{:02}", minutes < 0 ? "-" : "", std::abs(minutes) / 60, std::abs(minutes) % 60);
}

std::string fitted(const std::string& text, int width) {
    const auto wide = static_cast<std::size_t>(width);
    std::size_t shown = 0, end = 0, last = 0;  // of the characters shown
    while (end < text.size() && shown < wide) {
        last = end++;
        while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) ++end;
        ++shown;
    }
    std::string cut = text.substr(0, end);
    if (end < text.size()) cut = text.substr(0, last) + '.';
    return cut + std::string(wide - shown, ' ');
}

std::string grouped(std::uint64_t number) {
    std::string digits = std::to_string(number);
    for (auto at = static_cast<int>(digits.size()) - 3; at > 0; at -= 3) digits.insert(static_cast<std::size_t>(at), ",");
    return digits;
}

std::string csv_field(const std::string& text) {
    if (text.find_first_of(",\"\n") == std::string::npos) return text;
    std::string safe = "\"";
    for (const char c : text) safe += c == '"' ? std::string{"\"\""} : std::string{c};
    return safe + '"';
}

std::string without_end(std::string line) {
    line.erase(line.find_last_not_of(' ') + 1);
    return line;
}

std::string observed_unused(std::size_t reports) {
    return fmt::format("{} report{}, not used for these windows (infer learns from them, backtest scores them)", reports, reports == 1 ? "" : "s");
}

void write_wrapped(std::ostream& out, std::string_view text, int width, int indent) {
    int column = 0;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(' '), text.size());
        const std::string_view word = text.substr(0, end);
        const int wide = static_cast<int>(characters(word));
        if (column > 0 && column + 1 + wide > width) {
            out << '\n' << std::string(static_cast<std::size_t>(indent), ' ');
            column = indent;
        } else if (column > 0) {
            out << ' ';
            ++column;
        }
        out << word;
        column += wide;
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    out << '\n';
}

}  // namespace railwindow
