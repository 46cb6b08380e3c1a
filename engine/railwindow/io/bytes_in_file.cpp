#include <railwindow/io/bytes_in_file.hpp>

#include <railwindow/core/error.hpp>
#include <railwindow/io/yaml_tree.hpp>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

namespace railwindow {
namespace {

constexpr std::uint64_t small_file = 1u << 18;
constexpr std::size_t largest_pipe = std::size_t{1} << 40;

[[noreturn]] void refuse_bytes(const std::string& file, std::string what, std::string remedy) {
    throw InputError{Finding{{file, 0, 0}, {}, std::move(what), std::move(remedy), Severity::error}};
}

// A plain file, which is opened anew for each piece: there may be more of them than may be open at once.
class BytesInFile : public ByteStore {
public:
    BytesInFile(std::string file, const struct stat& facts) : file_{std::move(file)}, facts_{facts} {}

    std::uint64_t size() const override { return static_cast<std::uint64_t>(facts_.st_size); }

    std::string_view read(std::uint64_t begin, std::uint64_t count, std::string& room) const override {
        room.resize(count);
        const Open open{file_};
        require_same(open.number);
        std::size_t done = 0;
        while (done < count) {
            const ssize_t got = ::pread(open.number, room.data() + done, count - done, static_cast<off_t>(begin + done));
            if (got < 0 && errno == EINTR) continue;
            if (got < 0) refuse_bytes(file_, "the file cannot be read", "check the disk and its permissions");
            if (got == 0) changed();
            done += static_cast<std::size_t>(got);
        }
        return room;
    }

private:
    struct Open {
        int number;
        explicit Open(const std::string& file) : number{::open(file.c_str(), O_RDONLY | O_CLOEXEC)} {
            if (number < 0) refuse_bytes(file, "the file cannot be opened any more", "check whether it is still there");
        }
        ~Open() { ::close(number); }
        Open(const Open&) = delete;
        Open& operator=(const Open&) = delete;
    };

    [[noreturn]] void changed() const { refuse_bytes(file_, "the file has changed while it was read", "try again when nobody writes to it"); }
    void require_same(int number) const {
        struct stat now {};
        const bool same = ::fstat(number, &now) == 0 && now.st_dev == facts_.st_dev && now.st_ino == facts_.st_ino && now.st_size == facts_.st_size &&
                          now.st_mtim.tv_sec == facts_.st_mtim.tv_sec && now.st_mtim.tv_nsec == facts_.st_mtim.tv_nsec;
        if (!same) changed();
    }

    std::string file_;
    struct stat facts_;
};

}  // namespace

std::shared_ptr<const ByteStore> bytes_in_file(const std::string& file) {
    struct stat facts {};
    if (::stat(file.c_str(), &facts) == 0 && S_ISREG(facts.st_mode) && static_cast<std::uint64_t>(facts.st_size) > small_file)
        return std::make_shared<const BytesInFile>(file, facts);
    return std::make_shared<const BytesInMemory>(read_text_file(file, {.bytes = largest_pipe}));
}

}  // namespace railwindow
