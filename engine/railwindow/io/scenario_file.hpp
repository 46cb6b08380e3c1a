#pragma once
// Scenario files and the files they name.

#include <railwindow/io/what_if.hpp>
#include <railwindow/io/yaml_limits.hpp>
#include <railwindow/simulation/scenario.hpp>

#include <map>
#include <string>
#include <string_view>

namespace railwindow {

/// The scenario at `path` with the networks, practice and train it names (paths relative to the scenario's folder).
/// Throws: InputError with everything that is wrong in any of the files, in any variant of the scenario, or in what `what_if` says.
Scenario load_scenario(const std::string& path, const YamlLimits& limits = {});
/// The scenario at `path` as `what_if` has it. Throws: InputError as above, and where `what_if` names what the file does not have.
Scenario load_scenario(const std::string& path, const WhatIf& what_if, const YamlLimits& limits = {});

/// Files held in memory: texts by the paths that name them.
using FilesInMemory = std::map<std::string, std::string, std::less<>>;

/// The same of files in memory: `path` and the paths of what it names (relative to its folder) are keys of `files`.
/// Throws: InputError with everything that is wrong in any of the files, or with the path that `files` do not hold.
Scenario load_scenario(const std::string& path, const FilesInMemory& files, const YamlLimits& limits = {});
/// The scenario in memory as `what_if` has it. Throws: InputError as above, and where `what_if` names what the file does not have.
Scenario load_scenario(const std::string& path, const FilesInMemory& files, const WhatIf& what_if, const YamlLimits& limits = {});

/// The question that a scenario file asks: the comment above its first key, without what is there for editors.
std::string question_of(std::string_view text);

/// The files of a scenario without a journey.
struct ScenarioParts {
    std::vector<std::string> networks;  ///< paths
    std::vector<std::string> practice;  ///< paths
    std::string train;                  ///< path
};
/// A scenario without a journey, of the files in `parts`. Throws: InputError with everything that is wrong in any of them.
Scenario load_parts(const ScenarioParts& parts, const YamlLimits& limits = {});

/// The practice written in `text`. Throws: InputError with everything that is wrong with it.
PracticeSheet read_practice(std::string_view text, const std::string& file, const YamlLimits& limits = {});
/// The train written in `text`. Throws: InputError with everything that is wrong with it.
TrainSheet read_train(std::string_view text, const std::string& file, const YamlLimits& limits = {});
/// The classes of rolling stock written in `text`. Throws: InputError with everything that is wrong with it.
RollingStockSheet read_rolling_stock(std::string_view text, const std::string& file, const YamlLimits& limits = {});

}  // namespace railwindow
