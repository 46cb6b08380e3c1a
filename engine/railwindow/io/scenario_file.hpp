#pragma once
// Scenario files and the files they name.

#include <railwindow/io/fields.hpp>
#include <railwindow/simulation/scenario.hpp>

#include <string>
#include <string_view>

namespace railwindow {

/// The scenario at `path` with the networks, practice and train it names (paths relative to the scenario's folder).
/// Throws: InputError with everything that is wrong in any of the files.
Scenario load_scenario(const std::string& path, const YamlLimits& limits = {});

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

/// A scenario file by itself: what it says and which files it names.
struct ScenarioText {
    std::vector<Name> networks, practice, rolling_stock;
    Name train;
    JourneySheet journey;
    std::vector<ClaimSheet> claims;
    std::vector<std::string> notes;
    Record record = Record::special_train;
    std::vector<ObservedSheet> observed;
    std::vector<StaySheet> stays;
    std::vector<PressSheet> press;
};

template <>
const Table<ScenarioText>& table_of();
template <>
const Table<PracticeSheet>& table_of();
template <>
const Table<TrainSheet>& table_of();
template <>
const Table<RollingStockSheet>& table_of();

}  // namespace railwindow
