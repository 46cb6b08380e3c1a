#pragma once

#include <places.hpp>
#include <string>

namespace railwindow {

/// A file of the source tree: `source("scenarios/press-20-hours.yaml")`.
inline std::string source(const std::string& path) { return std::string{RAILWINDOW_SOURCE_DIR} + "/" + path; }

}  // namespace railwindow
