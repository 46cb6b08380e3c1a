#pragma once
// Scenario files and the files they name.

#include <railwindow/io/yaml_limits.hpp>
#include <railwindow/simulation/scenario.hpp>

#include <map>
#include <string>
#include <string_view>

namespace railwindow {

/// The scenario at `path` with the networks, practice and train it names (paths relative to the scenario's folder).
/// Throws: InputError with everything that is wrong in any of the files.
Scenario load_scenario(const std::string& path, const YamlLimits& limits = {});

/// Files held in memory: texts by the paths that name them.
using FilesInMemory = std::map<std::string, std::string, std::less<>>;

/// The same of files in memory: `path` and the paths of what it names (relative to its folder) are keys of `files`.
/// Throws: InputError with everything that is wrong in any of the files, or with the path that `files` do not hold.
Scenario load_scenario(const std::string& path, const FilesInMemory& files, const YamlLimits& limits = {});

/// A scenario without a journey: the networks, practice and train at these paths.
/// Throws: InputError with everything that is wrong in any of the files.
struct ScenarioParts {
    std::vector<std::string> networks, practice;
    std::string train;
};
Scenario load_parts(const ScenarioParts& parts, const YamlLimits& limits = {});

/// The practice, train or rolling stock written in `text`. Throws: InputError with everything that is wrong with it.
PracticeSheet read_practice(std::string_view text, const std::string& file, const YamlLimits& limits = {});
TrainSheet read_train(std::string_view text, const std::string& file, const YamlLimits& limits = {});
RollingStockSheet read_rolling_stock(std::string_view text, const std::string& file, const YamlLimits& limits = {});

}  // namespace railwindow
