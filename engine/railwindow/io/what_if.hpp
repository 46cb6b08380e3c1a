#pragma once

#include <string>
#include <vector>

namespace railwindow {

/// How a scenario is to differ from its file: one of the file's variants, and values set on top of it.
struct WhatIf {
    std::string variant;                 ///< empty: the file as it stands
    std::vector<std::string> sets;       ///< `path.to.key=value`, in order; later ones win
    std::vector<std::string> without{};  ///< paths that are taken out of the file before anything is set
    std::string said_as{"--set"};        ///< what messages call `sets` and `without`
};

}  // namespace railwindow
