#pragma once
// How the departure of a journey is written: one time, or several with weights.

#include <railwindow/io/codecs.hpp>
#include <railwindow/simulation/scenario.hpp>

namespace railwindow {

template <>
const Table<WeightedDeparture>& table_of();

/// Times, and what results call the departure.
template <>
struct Codec<WeightedDeparture> {
    static std::optional<WeightedDeparture> read(const YamlNode& node, Reader& reader);
    static TypeText type();
};

/// When a journey leaves: a time, `when`, or several with weights.
struct DepartureText {
    WhenSheet one;                           ///< where it is no list
    std::vector<WeightedDeparture> several;  ///< empty: `one` is the one
};

/// A list is several, all else is one.
template <>
struct Codec<DepartureText> {
    static std::optional<DepartureText> read(const YamlNode& node, Reader& reader);
    static TypeText type();
};

}  // namespace railwindow
