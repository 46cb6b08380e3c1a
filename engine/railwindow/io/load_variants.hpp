#pragma once
// What a comparison compares, out of scenario files.

#include <railwindow/compare/compare.hpp>
#include <railwindow/io/scenario_file.hpp>
#include <railwindow/io/sweep.hpp>

#include <string>
#include <vector>

namespace railwindow {

/// Each file as it stands, then its variants (only those named in `only`, if any are), all with `sets` on top. A file as it stands is called by its
/// name, a variant by its own, and by both where there are several files.
/// Throws: InputError as load_scenario does, and where `only` names a variant that no file has.
std::vector<Variant> load_variants(const std::vector<std::string>& files, const std::vector<std::string>& only, const std::vector<std::string>& sets,
                                   const YamlLimits& limits = {});

/// The file as `what_if` has it, as `base`, then each point of the grid.
/// Throws: InputError as load_scenario and grid do.
std::vector<Variant> load_grid(const std::string& file, const WhatIf& what_if, const std::vector<Sweep>& sweeps, const YamlLimits& limits = {});

}  // namespace railwindow
