#include "output.hpp"

#include <railwindow/core/text.hpp>

#include <fmt/format.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <vector>

namespace cli {
namespace {

namespace fs = std::filesystem;

bool is_standard_output(const std::string& path) { return path.empty() || path == "-"; }

std::string folder_of(const std::string& path) {
    const std::string folder = fs::path{path}.parent_path().string();
    return folder.empty() ? "." : folder;
}

[[noreturn]] void fail(const std::string& path) { throw CannotWrite{fmt::format("{}: {}", path, std::strerror(errno))}; }

// False, with errno, where not all of it could be written.
bool write_to(int file, const std::string& text) {
    for (std::size_t done = 0; done < text.size();) {
        const ssize_t written = ::write(file, text.data() + done, text.size() - done);
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return false;
        done += static_cast<std::size_t>(written);
    }
    return true;
}

void write_all(const std::string& text) {
    if (!write_to(STDOUT_FILENO, text) && errno != EPIPE) fail("standard output");
}

void write_special(const std::string& path, const std::string& text) {  // a device or a pipe cannot be renamed over
    std::ofstream out{path, std::ios::binary};
    out << text << std::flush;
    if (!out) fail(path);
}

}  // namespace

std::string target_of_links(const std::string& named) {
    std::string path = named;
    constexpr int longest = 40;  // as the kernel follows them
    std::error_code error;
    for (int i = 0; i < longest && fs::is_symlink(path, error); ++i) {
        const fs::path next = fs::read_symlink(path, error);
        path = (next.is_absolute() ? next : fs::path{folder_of(path)} / next).string();
    }
    return path;
}

namespace {

// Files written beside their names. They get their names one after the other in the end; what has not got its name in the end is removed.
class Unfinished {
public:
    Unfinished() = default;
    Unfinished(const Unfinished&) = delete;
    Unfinished& operator=(const Unfinished&) = delete;
    ~Unfinished() {
        std::error_code ignored;
        for (const File& file : files_) fs::remove(file.beside, ignored);
    }

    // A link stays one, and what it points to is replaced. A file that was there keeps its permissions.
    void write(const std::string& named, const std::string& text) {
        const std::string path = target_of_links(named);
        struct stat before {};
        const bool existed = ::stat(path.c_str(), &before) == 0;
        const int file = open_beside(path);
        if (file < 0) fail(path);
        // On the disk before it gets its name: else a loss of power could leave an empty file under it.
        const bool kept = (!existed || ::fchmod(file, before.st_mode & 07777) == 0) && write_to(file, text) && ::fsync(file) == 0;
        const int wrong = errno;
        const bool closed = ::close(file) == 0;
        if (!kept) errno = wrong;
        if (!kept || !closed) fail(path);
    }

    void finish() {
        std::error_code error;
        for (const File& file : files_) {
            fs::rename(file.beside, file.path, error);
            if (error) throw CannotWrite{fmt::format("{}: {}", file.path, error.message())};
        }
        files_.clear();
    }

private:
    struct File {
        std::string path, beside;
    };

    // A new file: what somebody else has put under that name, a link above all, is left alone.
    int open_beside(const std::string& path) {
        constexpr int tried = 100;
        for (int i = 0; i < tried; ++i) {
            const std::string beside = fmt::format("{}.{}{}.unfinished", path, ::getpid(), i == 0 ? "" : fmt::format("-{}", i));
            const int file = ::open(beside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
            if (file < 0 && errno == EEXIST) continue;
            if (file >= 0) files_.push_back({path, beside});
            return file;
        }
        return -1;
    }
    std::vector<File> files_;
};

}  // namespace

void check_writable(const std::string& path) {
    if (is_standard_output(path)) return;
    std::error_code ignored;
    if (fs::is_directory(path, ignored)) throw CannotWrite{path + ": this is a directory; name a file in it"};
    const std::string folder = folder_of(target_of_links(path));
    if (!fs::is_directory(folder, ignored)) throw CannotWrite{fmt::format("{}: there is no folder {}", path, folder)};
    if (::access(folder.c_str(), W_OK) != 0) throw CannotWrite{fmt::format("{}: {}", path, std::strerror(errno))};
}

void write_output(const std::string& path, const std::function<void(std::ostream&)>& write) {
    std::ostringstream text;
    write(text);
    if (is_standard_output(path)) return write_all(text.str());
    std::error_code error;
    if (fs::exists(path, error) && !fs::is_regular_file(path, error)) return write_special(path, text.str());
    Unfinished unfinished;
    unfinished.write(path, text.str());
    unfinished.finish();
}

void write_visible(std::ostream& out, const std::function<void(std::ostream&)>& write) {
    std::ostringstream text;
    write(text);
    out << railwindow::visible(text.str());
}

void write_files(const std::string& folder, const std::vector<railwindow::NamedText>& files, Existing existing) {
    std::error_code error;
    const bool made = !fs::exists(folder, error) && fs::create_directory(folder, error);
    if (error) throw CannotWrite{fmt::format("{}: {}", folder, error.message())};
    if (!fs::is_directory(folder, error)) throw CannotWrite{folder + ": this is no folder"};
    for (const railwindow::NamedText& file : files) {
        const fs::path path = fs::path{folder} / file.name;
        if (fs::is_directory(path, error)) throw CannotWrite{path.string() + ": this is a directory"};
        if (existing == Existing::kept && fs::exists(path, error))
            throw CannotWrite{path.string() + ": this file is there already; --force replaces it"};
    }
    try {
        Unfinished unfinished;
        for (const railwindow::NamedText& file : files) unfinished.write((fs::path{folder} / file.name).string(), file.text);
        unfinished.finish();
    } catch (const CannotWrite&) {
        if (made) fs::remove(folder, error);  // only if it is empty
        throw;
    }
}

}  // namespace cli
