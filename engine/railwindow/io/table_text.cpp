#include <railwindow/io/table_text.hpp>

#include <railwindow/core/text.hpp>

#include <fmt/format.h>

namespace railwindow {

std::string clock_text(Millis duration) {
    const auto minutes = std::chrono::floor<std::chrono::minutes>(duration + std::chrono::seconds{30}).count();
    return fmt::format("{}{}:{:02}", minutes < 0 ? "-" : "", std::abs(minutes) / 60, std::abs(minutes) % 60);
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
