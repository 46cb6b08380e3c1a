#pragma once
// Runs the real tool as a user would, without a shell, and keeps what it wrote.

#include <string>
#include <vector>

namespace railwindow {

struct ProcessOptions {
    std::string folder = ".";
    std::vector<std::string> environment{};  ///< NAME=value, beside the test's own
    bool reader_gone = false;                ///< standard output is a pipe that nobody reads
    bool output_closed = false;              ///< there is no standard output
    int signal = 0;                          ///< sent after `signal_after_ms`
    int signal_after_ms = 0;
    int limit_ms = 30'000;  ///< killed then
    std::string program{};  ///< instead of the tool
};

struct Outcome {
    int status = -1;  ///< exit status; 1000 + signal when killed by one; -1 when it took too long
    std::string out, err;
    double seconds = 0;
};

/// Runs `railwindow` with `arguments`; standard input is empty.
Outcome railwindow_tool(const std::vector<std::string>& arguments, const ProcessOptions& options = {});

}  // namespace railwindow
