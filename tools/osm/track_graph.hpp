#pragma once
// Tracks as a graph: nodes of OpenStreetMap are vertices, and where a station lies beside a track, its foot on the track is one.

#include "railway.hpp"
#include "track_values.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace osm_import {

using VertexNumber = std::uint32_t;
using EdgeNumber = std::uint32_t;
using StationNumber = std::uint32_t;
inline constexpr StationNumber no_station = ~0u;

struct Vertex {
    Spot spot;
    std::int64_t node = 0;  ///< 0: the foot of a station
    StationNumber station = no_station;
};

struct Edge {
    VertexNumber a = 0, b = 0;  ///< in the direction of the way
    std::uint32_t way = 0;
    double length = 0;  ///< metres
};

/// A station on the tracks.
struct Stop {
    Place place;
    Spot spot;                       ///< its foot on the nearest track
    std::vector<VertexNumber> feet;  ///< one on each track
};

/// An edge in one of its directions: 2 * edge, and one more against the way.
using Move = std::uint32_t;

class TrackGraph {
public:
    TrackGraph(const Railway& railway, Doubts& doubts);

    /// Puts the places onto the tracks; those beside none are left out and told of.
    void add_stops(const std::vector<Place>& places, Doubts& doubts);

    const Railway& railway() const { return railway_; }
    const std::vector<Vertex>& vertices() const { return vertices_; }
    const std::vector<Edge>& edges() const { return edges_; }
    const std::vector<Stop>& stops() const { return stops_; }
    const Way& way(EdgeNumber edge) const { return railway_.ways[edges_[edge].way]; }
    bool service(EdgeNumber edge) const { return is_service(railway_.value(way(edge), Tag::service)); }
    const std::string& value(EdgeNumber edge, Tag tag) const { return railway_.value(way(edge), tag); }

    VertexNumber begin(Move move) const { return move & 1 ? edges_[move / 2].b : edges_[move / 2].a; }
    VertexNumber end(Move move) const { return move & 1 ? edges_[move / 2].a : edges_[move / 2].b; }
    /// Metres to the east and to the north.
    Vector direction(Move move) const { return between(vertices_[begin(move)].spot, vertices_[end(move)].spot); }
    std::span<const Move> leaving(VertexNumber vertex) const;
    /// Whether a train can go on from one to the other without changing direction or gauge.
    bool goes_on(Move from, Move to) const;

    /// Edges that may come within `radius` metres of `spot`, ascending, none twice.
    std::vector<EdgeNumber> edges_near(Spot spot, double radius) const;

    /// Ends of tracks that lie beside another track and do not touch it, within the box.
    void tell_gaps(Spot least, Spot most, Doubts& doubts) const;

private:
    struct Foot {
        double distance;
        EdgeNumber edge;
        double share;  // of the edge
    };
    void index();
    void connect();
    std::vector<Foot> feet_of(Spot spot, double radius) const;

    const Railway& railway_;
    std::vector<Vertex> vertices_;
    std::vector<Edge> edges_;
    std::vector<Stop> stops_;
    std::vector<std::uint32_t> first_move_;  // by vertex, into moves_
    std::vector<Move> moves_;
    std::vector<std::pair<std::uint64_t, EdgeNumber>> cells_;  // ascending
};

}  // namespace osm_import
