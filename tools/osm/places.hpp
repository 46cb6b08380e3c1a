#pragma once
// Stations: what is mapped several times is one, and what people call it is found again.

#include "track_graph.hpp"

#include <string>
#include <vector>

namespace osm_import {

/// Places without those that are mapped again under the same name within 1.5 km, or lie within 100 m of a better one. In order of objects.
std::vector<Place> distinct_places(std::vector<Place> places, Doubts& doubts);

/// `text` without accents and case, for comparing and for ids.
std::string plain(const std::string& text);

/// Whether people may mean the place by `word`: its object, a name or the reference.
bool is_called(const Place& place, const std::string& word);

/// The stop that `word` means: node/ID, way/ID, relation/ID, a name or a reference.
/// Throws: InputError with what is near, or with all that it may mean.
StationNumber stop_called(const std::string& word, const std::vector<Stop>& stops, const std::string& option);

}  // namespace osm_import
