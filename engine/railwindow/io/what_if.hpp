#pragma once

#include <string>
#include <vector>

namespace railwindow {

/// How a scenario is to differ from its file: one of the file's variants, and values set on top of it.
struct WhatIf {
    std::string variant;            ///< empty: the file as it stands
    std::vector<std::string> sets;  ///< `path.to.key=value`, in order; later ones win
};

}  // namespace railwindow
