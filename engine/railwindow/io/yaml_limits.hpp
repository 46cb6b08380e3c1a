#pragma once

#include <cstddef>

namespace railwindow {

/// How large and how deep a file may be that is read.
struct YamlLimits {
    std::size_t bytes = 16u << 20;  ///< of one file
    int depth = 64;                 ///< of nested sequences and maps
    int silence_ms = 10'000;        ///< that a pipe may take to send more
};

}  // namespace railwindow
