#pragma once
// How times and observations are written in a scenario.

#include <railwindow/io/codecs.hpp>
#include <railwindow/simulation/observation.hpp>

namespace railwindow {

template <>
const Table<WhichVisit>& table_of();

/// A time alone, or `{at: ..., spread: ...}`, or `{between: [..., ...]}`.
template <>
struct Codec<WhenSheet> {
    static std::optional<WhenSheet> read(const YamlNode& node, Reader& reader);
    static TypeText type();
};
template <>
const Table<WhenSheet>& table_of();
/// Notes in `reader` where `when`, written at the map `node`, names no time or two.
void check_when(const WhenSheet& when, const YamlNode& node, Reader& reader);

/// A report, with as many bounds as it needs.
template <>
struct Codec<ObservedSheet> {
    static std::optional<ObservedSheet> read(const YamlNode& node, Reader& reader);
    static TypeText type();
};
template <>
const Table<ObservedSheet>& table_of();
template <>
struct Codec<WatchSheet> {
    static std::optional<WatchSheet> read(const YamlNode& node, Reader& reader);
    static TypeText type();
};
template <>
const Table<WatchSheet>& table_of();
template <>
struct Codec<EvidenceSheet> {
    static std::optional<EvidenceSheet> read(const YamlNode& node, Reader& reader);
    static TypeText type();
};
template <>
const Table<EvidenceSheet>& table_of();
template <>
const Table<StaySheet>& table_of();
template <>
struct Codec<PressSheet> {
    static std::optional<PressSheet> read(const YamlNode& node, Reader& reader);
    static TypeText type();
};
template <>
const Table<PressSheet>& table_of();

template <>
const std::vector<Choice<ObservedEvent>>& choices_of();
template <>
const std::vector<Choice<Counting>>& choices_of();
template <>
const std::vector<Choice<Record>>& choices_of();
template <>
struct Codec<ObservedEvent> : ChoiceCodec<ObservedEvent> {};
template <>
struct Codec<Counting> : ChoiceCodec<Counting> {};
template <>
struct Codec<Record> : ChoiceCodec<Record> {};

}  // namespace railwindow
