#pragma once
// How a scenario says whether the numbers of its files knew the journey that it replays.

#include <railwindow/io/codecs.hpp>
#include <railwindow/io/edits.hpp>

namespace railwindow {

/// Whether they did, and what they would be had they not.
struct PriorsText {
    bool knew = true;
    std::string why;
    std::optional<EditsText> without;
    Place place;
};

template <>
const Table<PriorsText>& table_of();

template <>
struct Codec<PriorsText> {
    static std::optional<PriorsText> read(const YamlNode& node, Reader& reader);
    static TypeText type();
};

}  // namespace railwindow
