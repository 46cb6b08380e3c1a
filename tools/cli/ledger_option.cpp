#include "ledger_option.hpp"

#include "output.hpp"
#include "report_option.hpp"

#include <railwindow/core/version.hpp>
#include <railwindow/io/ledger_file.hpp>

#include <fmt/format.h>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace cli {

using namespace railwindow;

namespace {

[[noreturn]] void cannot_write(const std::string& path) { throw CannotWrite{fmt::format("{}: {}", path, std::strerror(errno))}; }

// A ledger that is open and, if it is to be written to, locked.
class LedgerFile {
public:
    LedgerFile(const std::string& path, int flags) : path_{path}, file_{::open(path.c_str(), flags | O_CLOEXEC, 0666)} {
        if (file_ < 0) cannot_write(path);
        while (::flock(file_, LOCK_EX) != 0)
            if (errno != EINTR) fail();
        struct stat facts {};
        if (::fstat(file_, &facts) != 0) fail();
        if (!S_ISREG(facts.st_mode)) {
            ::close(file_);
            throw CannotWrite{path + ": this is no regular file; a ledger has to be one"};
        }
        size_ = facts.st_size;
    }
    ~LedgerFile() { ::close(file_); }
    LedgerFile(const LedgerFile&) = delete;
    LedgerFile& operator=(const LedgerFile&) = delete;

    /// Where its last whole line ends. Throws: InputError where it begins, or ends, with something that no ledger holds.
    off_t whole_lines() {
        if (size_ == 0) return 0;
        const off_t end = behind_last_line_feed();
        if (end > 0) require_ours(read(0, static_cast<std::size_t>(std::min<off_t>(end, ledger_line_begin.size()))), 1);
        if (end < size_) require_ours(read(end, static_cast<std::size_t>(std::min<off_t>(size_ - end, ledger_line_begin.size()))), 0);
        return end;
    }

    void append(const std::string& line) {
        const off_t end = whole_lines();
        if (end < size_ && ::ftruncate(file_, end) != 0) fail();
        std::size_t written = 0;
        while (written < line.size()) {
            const ssize_t count = ::write(file_, line.data() + written, line.size() - written);
            if (count < 0 && errno == EINTR) continue;
            if (count < 0) {
                const int error = errno;
                if (::ftruncate(file_, end) == 0) errno = error;
                fail();
            }
            written += static_cast<std::size_t>(count);
        }
        if (::fsync(file_) != 0) fail();
    }

private:
    [[noreturn]] void fail() const { cannot_write(path_); }

    std::string read(off_t from, std::size_t count) const {
        std::string bytes(count, '\0');
        const ssize_t got = ::pread(file_, bytes.data(), count, from);
        if (got < 0) fail();
        bytes.resize(static_cast<std::size_t>(got));
        return bytes;
    }

    off_t behind_last_line_feed() const {
        constexpr off_t block = 1 << 16;
        for (off_t end = size_; end > 0; end = std::max<off_t>(0, end - block)) {
            const off_t begin = std::max<off_t>(0, end - block);
            const std::size_t found = read(begin, static_cast<std::size_t>(end - begin)).rfind('\n');
            if (found != std::string::npos) return begin + static_cast<off_t>(found) + 1;
        }
        return 0;
    }

    void require_ours(const std::string& begin, int line) const {
        if (begin == ledger_line_begin.substr(0, begin.size())) return;
        throw InputError{Finding{{path_, line, line > 0 ? 1 : 0},
                                 "",
                                 line == 1 ? "this file is no ledger of forecasts" : "its last line is unfinished and none of a ledger",
                                 "name a new file, or one that --ledger has made",
                                 Severity::error}};
    }

    std::string path_;
    int file_;
    off_t size_ = 0;
};

Instant now() { return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()); }

}  // namespace

void add_ledger(CLI::App* app, std::string& ledger) {
    app->add_option("--ledger", ledger, "Also adds the forecast to a ledger, to be scored when it is known what happened: backtest --ledger")
        ->check(a_file_name)
        ->type_name("FILE.jsonl");
}

void check_ledger(const std::string& path) {
    if (path.empty()) return;
    check_writable(path);
    struct stat facts {};
    if (::stat(path.c_str(), &facts) == 0) LedgerFile{path, O_RDWR}.whole_lines();
}

void add_to_ledger(const std::string& path, LedgerForecast forecast, const LedgerOrigin& origin) {
    if (path.empty()) return;
    forecast.made = now();
    if (forecast.as_of == Instant{}) forecast.as_of = forecast.made;
    forecast.version = version();
    forecast.model = origin.digest;
    forecast.scenario = origin.scenario.name;
    forecast.question = origin.scenario.question;
    forecast.changes = origin.scenario.changes;
    LedgerFile{path, O_RDWR | O_CREAT | O_APPEND}.append(ledger_line(forecast));
}

}  // namespace cli
