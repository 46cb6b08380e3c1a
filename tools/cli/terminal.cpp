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
#include <sstream>

namespace cli {
namespace {

volatile std::sig_atomic_t signal_caught = 0;

void note_signal(int number) { signal_caught = number; }

struct Bar {
    std::chrono::steady_clock::time_point begun = std::chrono::steady_clock::now(), drawn = begun;
    bool shown = false;

    void draw(std::uint64_t done, std::uint64_t of) {
        using namespace std::chrono_literals;
        const auto now = std::chrono::steady_clock::now();
        if (now - begun < 300ms || (now - drawn < 100ms && done < of)) return;
        drawn = now;
        const double share = static_cast<double>(done) / static_cast<double>(of);
        const double spent = std::chrono::duration<double>(now - begun).count();
        const auto filled = static_cast<std::size_t>(30 * share);
        fmt::print(stderr, "\r[{}{}] {:3.0f} %  {:.0f} runs/s  {:.0f} s left ", std::string(filled, '#'), std::string(30 - filled, ' '), 100 * share,
                   static_cast<double>(done) / spent, spent * (1 - share) / share);
        std::fflush(stderr);
        shown = true;
        if (done == of) clear();
    }
    void clear() {
        if (shown) fmt::print(stderr, "\r{}\r", std::string(79, ' '));
        shown = false;
    }
    ~Bar() { clear(); }
};

}  // namespace

int output_width() {
    if (const char* columns = std::getenv("COLUMNS")) {
        const int wide = std::atoi(columns);
        if (wide >= 20 && wide <= 1000) return wide;
    }
    winsize size{};
    if (::isatty(STDOUT_FILENO) && ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
    return 80;
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
