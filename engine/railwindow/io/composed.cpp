#include <railwindow/io/composed.hpp>

#include <railwindow/core/text.hpp>

#include <algorithm>
#include <filesystem>

namespace railwindow {
namespace {

bool is_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

}  // namespace

std::string path_in_any_form(const std::string& path) {
    namespace fs = std::filesystem;
    std::error_code error;
    if (is_ascii(path) || first_invalid_utf8(path) != std::string_view::npos || fs::exists(path, error)) return path;
    fs::path found;
    for (const fs::path& part : fs::path{path}) {
        fs::path next = found / part;
        const std::string wanted = composed(part.string());
        if (!fs::exists(next, error))
            for (fs::directory_iterator at{found.empty() ? fs::path{"."} : found, error}, end; !error && at != end; at.increment(error))
                if (const std::string name = at->path().filename().string();
                    first_invalid_utf8(name) == std::string_view::npos && composed(name) == wanted)
                    next = found / name;
        found = std::move(next);
    }
    return fs::exists(found, error) ? found.string() : path;
}

}  // namespace railwindow
