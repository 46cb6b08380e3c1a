#pragma once
// How a practice file writes waiting that is decided: hours of receptions, long stands, passages.

#include <railwindow/io/codecs.hpp>
#include <railwindow/simulation/wait_sheet.hpp>

namespace railwindow {

template <>
const std::vector<Choice<ReceptionPlace>>& choices_of();
template <>
const std::vector<Choice<JourneyWay>>& choices_of();
template <>
struct Codec<ReceptionPlace> : ChoiceCodec<ReceptionPlace> {};
template <>
struct Codec<JourneyWay> : ChoiceCodec<JourneyWay> {};

template <>
const Table<ReceptionWindowSheet>& table_of();
template <>
const Table<ReceptionsSheet>& table_of();
template <>
const Table<LongStandSheet>& table_of();
template <>
const Table<PassageSheet>& table_of();
template <>
const Table<SpeedSpreadSheet>& table_of();

/// Receptions whose windows lie within their hours.
template <>
struct Codec<ReceptionsSheet> {
    static std::optional<ReceptionsSheet> read(const YamlNode& node, Reader& reader);
    static TypeText type();
};

/// A long stand whose nights have an end.
template <>
struct Codec<LongStandSheet> {
    static std::optional<LongStandSheet> read(const YamlNode& node, Reader& reader);
    static TypeText type();
};

}  // namespace railwindow
