#pragma once
// Other people's files are not part of the tree: tests that need them say so where they are absent.

#include <cstdlib>
#include <filesystem>
#include <optional>
#include <places.hpp>

namespace railwindow {

/// Path of `file` in the folder of reference problems, if it is there: RAILWINDOW_REFERENCE_DIR of the environment or, without
/// it, of the build.
inline std::optional<std::filesystem::path> reference_file(const std::filesystem::path& file) {
    const char* folder = std::getenv("RAILWINDOW_REFERENCE_DIR");
    const std::filesystem::path path = std::filesystem::path{folder ? folder : RAILWINDOW_REFERENCE_DIR} / file;
    if (!std::filesystem::exists(path)) return std::nullopt;
    return path;
}

}  // namespace railwindow
