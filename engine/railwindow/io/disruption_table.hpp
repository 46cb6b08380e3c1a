#pragma once
// How disruptions are written: their rates and sizes in a practice file, what a scenario makes of the rates.

#include <railwindow/io/codecs.hpp>
#include <railwindow/simulation/disruption_sheet.hpp>

namespace railwindow {

template <>
const Table<DisruptionsSheet>& table_of();
template <>
const Table<DisruptionFactors>& table_of();

/// `{jan: 1.5, jul: 0.5}`: months that are left out have 1.
template <>
struct Codec<MonthFactors> {
    static std::optional<MonthFactors> read(const YamlNode& node, Reader& reader);
    static TypeText type();
};

/// A number from 0 up, or `off`.
template <>
struct Codec<RateFactor> {
    static std::optional<RateFactor> read(const YamlNode& node, Reader& reader);
    static TypeText type() { return {R"({"anyOf":[{"type":"number","minimum":0},{"const":"off"}]})", "a factor on the rate, or `off`"}; }
};

/// `off`, or a factor for each kind.
template <>
struct Codec<DisruptionFactors> {
    static std::optional<DisruptionFactors> read(const YamlNode& node, Reader& reader);
    static TypeText type();
};

}  // namespace railwindow
