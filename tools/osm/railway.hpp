#pragma once
// What is kept of an OpenStreetMap file: tracks with the tags that matter, the places of their nodes, stations, boundaries.

#include "doubts.hpp"
#include "geodesy.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace osm_import {

/// The tags of a track that are read. Their values are kept once for all ways.
enum class Tag : std::uint8_t {
    gauge,
    electrified,
    voltage,
    frequency,
    maxspeed,
    maxspeed_forward,
    maxspeed_backward,
    usage,
    service,
    traffic_mode,
    tracks,
    bridge,
    bridge_name,
    tunnel,
    tunnel_name,
    name,
    count
};
inline constexpr std::size_t tag_count = static_cast<std::size_t>(Tag::count);
extern const std::array<const char*, tag_count> tag_keys;

struct Way {
    std::int64_t id = 0;
    std::uint32_t version = 0;
    std::uint32_t first = 0, count = 0;             ///< of its nodes, in `Railway::refs`
    std::array<std::uint32_t, tag_count> values{};  ///< numbers of texts; 0: not tagged
};

struct Place {
    Object object;
    std::uint32_t version = 0;
    Spot spot;
    std::string kind;                  ///< value of `railway`
    std::string name, english, local;  ///< `local` where it differs from what is shown as English
    std::string reference;
    std::string elevation;
    bool named_by_user = false;  ///< a node of a track that --from or --to names
};

/// A boundary that says in which country or zone what it surrounds lies.
struct Area {
    Object object;
    int level = 0;
    std::string country, zone;             ///< empty: not said
    std::vector<std::int64_t> ways;        ///< outer and inner ones alike: inside is what is crossed an odd number of times
    std::vector<std::vector<Spot>> rings;  ///< closed; empty where the file holds only a part of them
};

struct Railway {
    std::vector<Way> ways;
    std::vector<std::int64_t> refs;
    std::vector<std::string> texts{""};
    std::vector<Place> places;
    std::vector<Area> areas;
    std::string timestamp;  ///< of the file; empty: not said
    std::size_t narrow_gauge_left_out = 0;
    std::vector<std::int64_t> buffer_stops;  ///< ascending
    std::vector<std::int64_t> node_ids;      ///< ascending: nodes that tracks need
    std::vector<Spot> node_spots;            ///< latitude beyond 90: not in the file

    const std::string& value(const Way& way, Tag tag) const { return texts[way.values[static_cast<std::size_t>(tag)]]; }
    /// Where the node is, if the file says so.
    std::optional<Spot> spot_of(std::int64_t node) const;
};

inline constexpr Spot nowhere{1000, 0};

}  // namespace osm_import
