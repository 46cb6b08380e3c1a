#pragma once
// A what-if as a file of its own.

#include <railwindow/io/scenario_file.hpp>

#include <string>
#include <vector>

namespace railwindow {

/// The scenario at `path` as `what_if` has it, with `seen` (seen_text.hpp) among what was observed, as the text of a file to be put beside `path`:
/// paths in it are relative to the same folder. Its variants are left out. Throws: InputError as `load_scenario` and `with_sightings` do.
std::string changed_scenario(const std::string& path, const FilesInMemory& files, const WhatIf& what_if, const std::vector<std::string>& seen = {},
                             const YamlLimits& limits = {});

}  // namespace railwindow
