#pragma once
// The field tables of the kinds of files: for the readers of files and the schema, not for users of the library.

#include <railwindow/io/edits.hpp>
#include <railwindow/io/fields.hpp>
#include <railwindow/io/priors_table.hpp>
#include <railwindow/io/variants.hpp>
#include <railwindow/simulation/scenario.hpp>

#include <string>
#include <vector>

namespace railwindow {

/// A scenario file by itself: what it says and which files it names.
struct ScenarioText {
    std::vector<Name> networks, practice, rolling_stock;
    Name train;
    JourneySheet journey;
    std::optional<ConvoySheet> convoy;
    DisruptionFactors disruptions;
    std::optional<TrafficSheet> traffic;
    std::vector<ClaimSheet> claims;
    std::vector<std::string> notes;
    EditsText edits;
    VariantsText variants;
    Record record = Record::special_train;
    std::vector<ObservedSheet> observed;
    std::vector<StaySheet> stays;
    std::vector<PressSheet> press;
    std::optional<PriorsText> priors;
    std::vector<EvidenceSheet> evidence;
};

template <>
const Table<ScenarioText>& table_of();
template <>
const Table<PracticeSheet>& table_of();
template <>
const Table<TrainSheet>& table_of();
template <>
const Table<RollingStockSheet>& table_of();
template <>
const Table<NetworkSheet>& table_of();

// The same readers as of texts (network_file.hpp, scenario_file.hpp), of trees.
NetworkSheet read_network(const YamlNode& root, const std::string& file);
PracticeSheet read_practice(const YamlNode& root, const std::string& file);
TrainSheet read_train(const YamlNode& root, const std::string& file);

}  // namespace railwindow
