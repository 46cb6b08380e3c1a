#pragma once
// How the trains that run with the main train are written in a scenario.

#include <railwindow/io/codecs.hpp>
#include <railwindow/simulation/scenario.hpp>

namespace railwindow {

template <>
const Table<ConvoyTrainSheet>& table_of();
template <>
const Table<ConvoySheet>& table_of();

/// A convoy whose trains each go ahead or behind.
template <>
struct Codec<ConvoySheet> {
    static std::optional<ConvoySheet> read(const YamlNode& node, Reader& reader);
    static TypeText type();
};

}  // namespace railwindow
