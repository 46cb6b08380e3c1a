#include "output.hpp"

#include <fmt/format.h>

#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace cli {
namespace {

namespace fs = std::filesystem;

bool is_standard_output(const std::string& path) { return path.empty() || path == "-"; }

std::string folder_of(const std::string& path) {
    const std::string folder = fs::path{path}.parent_path().string();
    return folder.empty() ? "." : folder;
}

void write_all(const std::string& text) {
    for (std::size_t done = 0; done < text.size();) {
        const ssize_t written = ::write(STDOUT_FILENO, text.data() + done, text.size() - done);
        if (written < 0 && errno == EINTR) continue;
        if (written < 0 && errno == EPIPE) return;
        if (written < 0) throw CannotWrite{fmt::format("standard output: {}", std::strerror(errno))};
        done += static_cast<std::size_t>(written);
    }
}

void write_special(const std::string& path, const std::string& text) {  // a device or a pipe cannot be renamed over
    std::ofstream out{path, std::ios::binary};
    out << text << std::flush;
    if (!out) throw CannotWrite{fmt::format("{}: {}", path, std::strerror(errno))};
}

}  // namespace

void check_writable(const std::string& path) {
    if (is_standard_output(path)) return;
    std::error_code ignored;
    if (fs::is_directory(path, ignored)) throw CannotWrite{path + ": this is a directory; name a file in it"};
    if (!fs::is_directory(folder_of(path), ignored)) throw CannotWrite{fmt::format("{}: there is no folder {}", path, folder_of(path))};
    if (::access(folder_of(path).c_str(), W_OK) != 0) throw CannotWrite{fmt::format("{}: {}", path, std::strerror(errno))};
}

void write_output(const std::string& path, const std::function<void(std::ostream&)>& write) {
    std::ostringstream text;
    write(text);
    if (is_standard_output(path)) return write_all(text.str());
    std::error_code error;
    if (fs::exists(path, error) && !fs::is_regular_file(path, error)) return write_special(path, text.str());
    const std::string unfinished = fmt::format("{}.{}.unfinished", path, ::getpid());
    {
        std::ofstream out{unfinished, std::ios::binary};
        out << text.str() << std::flush;
        if (!out) {
            const std::string why = std::strerror(errno);
            fs::remove(unfinished, error);
            throw CannotWrite{fmt::format("{}: {}", path, why)};
        }
    }
    fs::rename(unfinished, path, error);
    if (error) {
        const std::string why = error.message();
        fs::remove(unfinished, error);
        throw CannotWrite{fmt::format("{}: {}", path, why)};
    }
}

}  // namespace cli
