#include <railwindow/io/yaml_tree.hpp>

#include <railwindow/core/text.hpp>
#include <railwindow/io/composed.hpp>

#include <fmt/format.h>

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <vector>

namespace railwindow {
namespace {

[[noreturn]] void refuse(const std::string& path, std::string what, std::string remedy) {
    throw InputError{Finding{{path, 0, 0}, {}, std::move(what), std::move(remedy), Severity::error}};
}

// The file of nearly the same name beside a path that does not exist.
std::string neighbour(const std::string& path) {
    const std::filesystem::path wanted{path};
    std::vector<std::string> owned;
    std::error_code error;
    for (std::filesystem::directory_iterator at{wanted.has_parent_path() ? wanted.parent_path() : ".", error}, end; !error && at != end;
         at.increment(error))
        owned.push_back(at->path().filename().string());
    std::sort(owned.begin(), owned.end());  // folders list their files in any order
    const std::string meant{near_miss(wanted.filename().string(), {owned.begin(), owned.end()})};
    return meant.empty() ? "check the path" : "did you mean '" + (wanted.parent_path() / meant).string() + "'?";
}

// A file that is open, of whatever kind. A pipe that nobody writes to is not waited for.
class OpenFile {
public:
    OpenFile(const std::string& path, const YamlLimits& limits)
        : path_{path}, limits_{limits}, file_{::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC)} {
        if (file_ < 0) refuse(path, "the file cannot be opened", "check its permissions");
        if (::fstat(file_, &facts_) != 0) facts_ = {};
    }
    ~OpenFile() { ::close(file_); }
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;

    std::string text() {
        const auto size = static_cast<std::size_t>(S_ISREG(facts_.st_mode) ? facts_.st_size : 0);  // 0 where that is not known
        check_size(size);
        std::string text;
        std::vector<char> block(1u << 16);
        while (const std::size_t count = read(block)) {
            text.append(block.data(), count);
            check_size(text.size());
            if (size > 0 && text.size() > size) refuse(path_, "the file grows while it is read", "try again when it is complete");
        }
        return text;
    }

private:
    void check_size(std::size_t bytes) const {
        if (bytes > limits_.bytes)
            refuse(path_, fmt::format("the file has {} bytes; the limit is {}", bytes, limits_.bytes),
                   "raise it with --max-file-size if the file is meant");
    }

    std::size_t read(std::vector<char>& block) {
        for (;;) {
            wait();
            const ssize_t count = ::read(file_, block.data(), block.size());
            if (count >= 0) return static_cast<std::size_t>(count);
            if (errno != EINTR && errno != EAGAIN) refuse(path_, "the file cannot be read", "check the disk and its permissions");
        }
    }

    void wait() {
        pollfd ready{file_, POLLIN, 0};
        const bool pipe = S_ISFIFO(facts_.st_mode) || S_ISSOCK(facts_.st_mode);
        if (::poll(&ready, 1, pipe ? limits_.silence_ms : -1) == 0)
            refuse(path_, fmt::format("nothing has come from this pipe for {:g} s", limits_.silence_ms / 1000.0),
                   "check the program that writes to it, or name a file");
    }

    const std::string& path_;
    YamlLimits limits_;
    int file_;
    struct stat facts_ {};
};

}  // namespace

std::string read_text_file(const std::string& asked, const YamlLimits& limits) {
    const std::string path = path_in_any_form(asked);
    std::error_code error;
    const auto status = std::filesystem::status(path, error);
    if (!std::filesystem::exists(status)) refuse(path, "there is no such file", neighbour(path));
    if (std::filesystem::is_directory(status)) refuse(path, "this is a directory, not a file", "name a file in it");
    return OpenFile{path, limits}.text();
}

}  // namespace railwindow
