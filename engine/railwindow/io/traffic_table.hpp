#pragma once
// How ordinary traffic is written, in practice files and in scenarios.

#include <railwindow/io/codecs.hpp>
#include <railwindow/simulation/scenario.hpp>

namespace railwindow {

template <>
const std::vector<Choice<Rank>>& choices_of();
template <>
struct Codec<Rank> : ChoiceCodec<Rank> {};

template <>
const Table<OrdinaryTrainsSheet>& table_of();
template <>
const Table<LoopsSheet>& table_of();
template <>
const Table<TrafficRuleSheet>& table_of();
template <>
const Table<TimetabledTrainSheet>& table_of();
template <>
const Table<TrafficSheet>& table_of();

/// Loops whose spacing can be counted.
template <>
struct Codec<LoopsSheet> {
    static std::optional<LoopsSheet> read(const YamlNode& node, Reader& reader);
    static TypeText type();
};

/// `off`, `on`, or how the traffic is different from what the practice says.
template <>
struct Codec<TrafficSheet> {
    static std::optional<TrafficSheet> read(const YamlNode& node, Reader& reader);
    static TypeText type();
};

}  // namespace railwindow
