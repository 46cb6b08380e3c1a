#pragma once

#include <railwindow/core/error.hpp>
#include <railwindow/io/yaml_limits.hpp>

#include <string>
#include <vector>

namespace railwindow {

/// What a check of one file found.
struct FileReport {
    std::string file;                  ///< its path, as given
    std::vector<Finding> findings;     ///< errors and warnings, in order of their places
    std::string summary;               ///< what the file holds, in a few words; empty when there are errors
    std::vector<std::string> details;  ///< the lines of a network with their lengths, the variants of a scenario
    std::vector<std::string> reads;    ///< the paths of the files that a scenario and its variants name, broken or not
};

/// Everything that is wrong with the files at `paths`, each of whatever kind its `schema` line says, and everything doubtful
/// about their networks taken together; one report for each file, in order. A scenario is checked with all files it names, up
/// to its route. A network given alone is checked as far as it names its own stations only.
std::vector<FileReport> check_files(const std::vector<std::string>& paths, const YamlLimits& limits = {});

}  // namespace railwindow
