#pragma once
// What a scenario file says of the numbers that it is run with: whether they knew its journey, and which numbers they are.

#include <railwindow/io/scenario_file.hpp>

#include <optional>
#include <string>

namespace railwindow {

/// Whether those who chose the numbers of networks and practice knew a journey: what its score is worth.
struct Priors {
    bool knew = true;  ///< whether they did
    std::string why;   ///< what was set on it, or how it is known that nothing was
    bool redone;       ///< whether there are laws as they would be had it not been known
};

/// What the scenario at `path` says of it; nothing where it says nothing. Throws: InputError as load_scenario.
std::optional<Priors> load_priors(const std::string& path, const YamlLimits& limits = {});

/// The scenario at `path` by the laws as they would be had its journey not been known (`priors.without`). Throws: InputError as load_scenario.
Scenario load_unknowing(const std::string& path, const YamlLimits& limits = {});

/// SHA-256 of all that the files of the scenario at `path` say as `what_if` has it: trees with all edits laid over them, without comments, layout,
/// names of files, sources, and what was observed or claimed. Two scenarios of the same digest run the same. Throws: InputError as load_scenario.
std::string digest_of(const std::string& path, const WhatIf& what_if = {}, const YamlLimits& limits = {});

}  // namespace railwindow
