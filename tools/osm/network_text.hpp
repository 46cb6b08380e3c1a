#pragma once
// Stations and sections -> network file.

#include "facts.hpp"
#include "zones.hpp"

#include <string>
#include <vector>

namespace osm_import {

struct Wanted {
    std::string file;  ///< of OpenStreetMap, as its source is called
    Zones zones;
    Assumed assumed;
    bool one_line = false;  ///< the sections are a way from end to end
};

/// The text of a network of these sections. What the tracks do not join to most of them is left out and told of.
/// Throws: InputError when stations are nowhere.
std::string network_text(const TrackGraph& tracks, std::vector<Section> sections, const Wanted& wanted, Doubts& doubts);

}  // namespace osm_import
