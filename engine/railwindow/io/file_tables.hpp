#pragma once
// The field tables of the kinds of files: for the readers of files and the schema, not for users of the library.

#include <railwindow/io/fields.hpp>
#include <railwindow/simulation/scenario.hpp>

#include <string>
#include <vector>

namespace railwindow {

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
template <>
const Table<NetworkSheet>& table_of();

}  // namespace railwindow
