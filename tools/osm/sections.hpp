#pragma once
// Ways along the tracks from each station to the next ones.

#include "track_graph.hpp"

#include <map>
#include <vector>

namespace osm_import {

/// The shortest way from one station to another that passes no third.
struct Section {
    StationNumber from = 0, to = 0;
    std::vector<Move> moves;
    double length = 0;       ///< metres, between the places of both stations
    double on_service = 0;   ///< metres of it on service ways
    double cost = 0;         ///< its length, with service ways as many times that
    Vector leaves, arrives;  ///< directions at its ends
};

/// The direction in which a train leaves the station along the section.
inline Vector away(const Section& section, StationNumber station) {
    return section.from == station ? section.leaves : Vector{-section.arrives.east, -section.arrives.north};
}

class Sections {
public:
    explicit Sections(const TrackGraph& tracks);

    /// From this station; ascending by the other end. A way past a station on a track of its own is left out where ways by that station are as short.
    const std::vector<Section>& from(StationNumber station);

    /// Stations and sections of the best way, in order: the shortest, with changes of direction counted as 30 km.
    /// Throws: Infeasible when the tracks do not join them; it says how far they lead.
    std::vector<Section> between(StationNumber from, StationNumber to);

    /// All sections among these stations, each once. Those on service ways only where nothing else joins what they join.
    std::vector<Section> among(const std::vector<bool>& wanted);

private:
    const std::vector<Section>& found_from(StationNumber station);
    std::vector<Section> search(StationNumber station);
    Section made_of(StationNumber from, Move last, double cost) const;
    bool passes(const Section& section, StationNumber station) const;

    const TrackGraph& tracks_;
    std::map<StationNumber, std::vector<Section>> found_, kept_;
    std::vector<std::uint32_t> epoch_;  // by move: of the search that reached it
    std::vector<double> cost_;
    std::vector<Move> before_;
    std::uint32_t searches_ = 0;
};

}  // namespace osm_import
