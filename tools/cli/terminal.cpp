#include "terminal.hpp"

#include <fmt/format.h>

#include <sys/ioctl.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <memory>

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
    winsize size{};
    if (::isatty(STDOUT_FILENO) && ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
    return 80;
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
