#pragma once

#include <railwindow/core/error.hpp>
#include <railwindow/io/yaml_tree.hpp>

#include <string>
#include <vector>

namespace railwindow {

/// What a check of one file found.
struct FileReport {
    std::vector<Finding> findings;
    std::string summary;  ///< what the file holds, in a few words; empty when there are errors
};

/// Everything that is wrong with the file at `path`, of whatever kind its `schema` line says. A scenario is checked with all
/// files it names, up to its route.
FileReport check_file(const std::string& path, const YamlLimits& limits = {});

}  // namespace railwindow
