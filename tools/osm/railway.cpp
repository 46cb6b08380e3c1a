#include "railway.hpp"

#include <algorithm>

namespace osm_import {

const std::array<const char*, tag_count> tag_keys{
    "gauge",   "electrified",          "voltage", "frequency", "maxspeed",    "maxspeed:forward", "maxspeed:backward", "usage",
    "service", "railway:traffic_mode", "tracks",  "bridge",    "bridge:name", "tunnel",           "tunnel:name",       "name"};

std::optional<Spot> Railway::spot_of(std::int64_t node) const {
    const auto found = std::lower_bound(node_ids.begin(), node_ids.end(), node);
    if (found == node_ids.end() || *found != node) return {};
    const Spot spot = node_spots[static_cast<std::size_t>(found - node_ids.begin())];
    return spot.latitude > 90 ? std::nullopt : std::optional{spot};
}

}  // namespace osm_import
