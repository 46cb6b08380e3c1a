#include "terminal.hpp"

#include <fmt/format.h>

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <optional>
#include <sstream>

namespace cli {
namespace {

volatile std::sig_atomic_t signal_caught = 0;

void note_signal(int number) { signal_caught = number; }

// Columns of the terminal behind a stream, if it is one.
std::optional<int> columns_of(int stream) {
    winsize size{};
    if (::isatty(stream) && ::ioctl(stream, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
    return {};
}

std::string time_left(double seconds) {
    if (seconds < 100) return fmt::format("{:.0f} s left", seconds);
    return railwindow::hours_and_minutes(railwindow::Millis{static_cast<std::int64_t>(std::min(seconds, 1e9) * 1000)}) + " left";
}

// A line that is rewritten in place, so it must never be wider than the terminal.
struct Bar {
    std::chrono::steady_clock::time_point begun = std::chrono::steady_clock::now(), drawn = begun;
    std::size_t shown = 0;  // columns

    void draw(std::uint64_t done, std::uint64_t of) {
        using namespace std::chrono_literals;
        const auto now = std::chrono::steady_clock::now();
        if (done == of) return clear();
        if (now - begun < 300ms || now - drawn < 100ms || done == 0) return;
        drawn = now;
        const std::string line = text(static_cast<double>(done) / static_cast<double>(of), std::chrono::duration<double>(now - begun).count(), done);
        fmt::print(stderr, "\r{:<{}}", line, shown);
        std::fflush(stderr);
        shown = std::max(shown, line.size());
    }
    static std::string text(double share, double spent, std::uint64_t done) {
        const auto width = static_cast<std::size_t>(std::max(columns_of(STDERR_FILENO).value_or(80) - 1, 1));
        const std::string percent = fmt::format("{:3.0f} %", 100 * share), left = "  " + time_left(spent * (1 - share) / share);
        const std::string rate = fmt::format("  {:.0f} runs/s", static_cast<double>(done) / spent);
        std::string line = percent + left;
        if (line.size() + rate.size() <= width) line = percent + rate + left;
        if (line.size() + 13 <= width) {
            const std::size_t bar = std::min<std::size_t>(30, width - line.size() - 3);
            const auto filled = static_cast<std::size_t>(static_cast<double>(bar) * share);
            line = '[' + std::string(filled, '#') + std::string(bar - filled, ' ') + "] " + line;
        }
        return line.substr(0, width);
    }
    void clear() {
        if (shown > 0) fmt::print(stderr, "\r{}\r", std::string(shown, ' '));
        shown = 0;
    }
    ~Bar() { clear(); }
};

}  // namespace

int output_width() {
    if (const char* columns = std::getenv("COLUMNS")) {
        const int wide = std::atoi(columns);
        if (wide >= 20 && wide <= 1000) return wide;
    }
    return columns_of(STDOUT_FILENO).value_or(80);
}

bool shows_unicode() {
    for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"})
        if (const char* value = std::getenv(name); value && *value) {
            std::string locale{value};
            std::transform(locale.begin(), locale.end(), locale.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
            return locale.find("utf-8") != std::string::npos || locale.find("utf8") != std::string::npos;
        }
    return false;
}

std::string as_ascii(std::string_view text) {
    std::string plain;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x80)
            plain += c;
        else if ((byte & 0xC0) != 0x80)
            plain += '?';
    }
    return plain;
}

bool in_color(ColorWhen when, bool to_standard_output) {
    if (when != ColorWhen::automatic) return when == ColorWhen::always;
    const char *no = std::getenv("NO_COLOR"), *term = std::getenv("TERM");
    return to_standard_output && ::isatty(STDOUT_FILENO) && !(no && *no) && term && std::string_view{term} != "dumb";
}

std::string colored(const std::string& table) {
    std::istringstream lines{table};
    std::string result, waiting;
    bool windows = false;  // between the head of the windows and the empty line after them
    const auto emphasised = [](const std::string& line) { return "\x1b[1m" + line + "\x1b[0m\n"; };
    for (std::string line; std::getline(lines, line);) {
        if (windows && line.empty()) result += emphasised(waiting), waiting.clear(), windows = false;
        if (!waiting.empty()) result += waiting + '\n', waiting.clear();
        const bool head = line.starts_with("Station ") || line.starts_with("Leg (") || line.starts_with("Weakly known");
        if (head)
            result += emphasised(line), windows = line.starts_with("Station ");
        else if (windows)
            waiting = line;
        else
            result += line + '\n';
    }
    return waiting.empty() ? result : result + waiting + '\n';
}

void catch_signals() {
    std::signal(SIGINT, note_signal);
    std::signal(SIGTERM, note_signal);
    std::signal(SIGPIPE, SIG_IGN);
}

int caught_signal() { return signal_caught; }

railwindow::Progress progress_bar(ShowBar show) {
    const bool visible = show == ShowBar::on_a_terminal && ::isatty(STDERR_FILENO);
    return [visible, bar = std::make_shared<Bar>()](std::uint64_t done, std::uint64_t of) {
        if (visible) bar->draw(done, of);
        return caught_signal() == 0;
    };
}

}  // namespace cli
