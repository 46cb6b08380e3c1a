#include <railwindow/io/composed.hpp>

#include <railwindow/core/text.hpp>

#include <utf8proc.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <new>

namespace railwindow {
namespace {

bool is_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

}  // namespace

std::string composed(std::string_view utf8) {
    if (is_ascii(utf8)) return std::string{utf8};
    utf8proc_uint8_t* made = nullptr;
    const auto size = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(utf8.data()), static_cast<utf8proc_ssize_t>(utf8.size()), &made,
                                   static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
    const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner{made, &std::free};
    if (size == UTF8PROC_ERROR_NOMEM) throw std::bad_alloc{};
    if (size < 0) return std::string{utf8};  // no valid UTF-8: said elsewhere
    return {reinterpret_cast<const char*>(made), static_cast<std::size_t>(size)};
}

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
