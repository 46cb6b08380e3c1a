#include "track_graph.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

namespace osm_import {
namespace {

constexpr double cell_size = 0.005;                           // degrees
constexpr double long_edge = 20'000, longest_edge = 100'000;  // metres; no map has track without a node for longer
constexpr double beside = 300;                                // metres from a station to its track
constexpr double spread = 100;                                // metres that its other tracks lie further away than the nearest
constexpr double same_spot = 102;                             // metres; nearer than 100 m, stations are one to the network
constexpr double gap = 20;                                    // metres within which tracks that do not touch were meant to

std::uint64_t cell_of(long row, long column) {
    return (static_cast<std::uint64_t>(static_cast<std::uint32_t>(row)) << 32) | static_cast<std::uint32_t>(column);
}
long row_of(double degrees) { return static_cast<long>(std::floor(degrees / cell_size)); }

}  // namespace

TrackGraph::TrackGraph(const Railway& railway, Doubts& doubts) : railway_{railway} {
    std::vector<VertexNumber> number(railway.node_ids.size(), ~0u);
    for (std::uint32_t w = 0; w < railway.ways.size(); ++w) {
        const Way& way = railway.ways[w];
        std::optional<VertexNumber> last;
        std::size_t missing = 0;
        std::optional<Spot> known;
        for (std::uint32_t i = way.first; i < way.first + way.count; ++i) {
            const auto at = static_cast<std::size_t>(std::lower_bound(railway.node_ids.begin(), railway.node_ids.end(), railway.refs[i]) -
                                                     railway.node_ids.begin());
            const Spot spot = railway.node_spots[at];
            if (spot.latitude > 90) {
                ++missing;
                last.reset();
                continue;
            }
            known = spot;
            if (number[at] == ~0u) {
                number[at] = static_cast<VertexNumber>(vertices_.size());
                vertices_.push_back({spot, railway.refs[i]});
            }
            if (last && *last != number[at]) {
                const double length = metres(vertices_[*last].spot, spot);
                if (length > long_edge)
                    doubts.add("broken tracks", {'w', way.id}, spot,
                               fmt::format("has {:.0f} km between two nodes{}", length / 1000, length > longest_edge ? "; left out there" : ""));
                if (length <= longest_edge) edges_.push_back({*last, number[at], w, length});
            }
            last = number[at];
        }
        if (missing > 0 && known)
            doubts.add("tracks cut by the edge of the file", {'w', way.id}, *known,
                       fmt::format("{} of its {} nodes are not in the file", missing, way.count));
        else if (missing > 0)
            doubts.add("tracks cut by the edge of the file", {'w', way.id}, "none of its nodes is in the file");
    }
    connect();
    index();
}

void TrackGraph::connect() {
    first_move_.assign(vertices_.size() + 1, 0);
    for (const Edge& edge : edges_) ++first_move_[edge.a + 1], ++first_move_[edge.b + 1];
    for (std::size_t v = 0; v < vertices_.size(); ++v) first_move_[v + 1] += first_move_[v];
    moves_.resize(2 * edges_.size());
    std::vector<std::uint32_t> next(first_move_.begin(), first_move_.end() - 1);
    for (EdgeNumber e = 0; e < edges_.size(); ++e) {
        moves_[next[edges_[e].a]++] = 2 * e;
        moves_[next[edges_[e].b]++] = 2 * e + 1;
    }
}

void TrackGraph::index() {
    cells_.clear();
    for (EdgeNumber e = 0; e < edges_.size(); ++e) {
        const Spot a = vertices_[edges_[e].a].spot, b = vertices_[edges_[e].b].spot;
        const auto [south, north] = std::minmax({row_of(a.latitude), row_of(b.latitude)});
        const auto [west, east] = std::minmax({row_of(a.longitude), row_of(b.longitude)});
        if ((north - south + 1) * (east - west + 1) > 100'000) continue;  // across the date line: nothing lies beside it
        for (long row = south; row <= north; ++row)
            for (long column = west; column <= east; ++column) cells_.emplace_back(cell_of(row, column), e);
    }
    std::sort(cells_.begin(), cells_.end());
    cells_.shrink_to_fit();
}

std::span<const Move> TrackGraph::leaving(VertexNumber vertex) const {
    return {moves_.data() + first_move_[vertex], moves_.data() + first_move_[vertex + 1]};
}

bool TrackGraph::goes_on(Move from, Move to) const {
    if (from / 2 == to / 2) return false;
    const std::uint32_t a = edges_[from / 2].way, b = edges_[to / 2].way;
    if (a != b) {
        const std::string &one = value(from / 2, Tag::gauge), &other = value(to / 2, Tag::gauge);
        if (one != other) {
            const auto first = gauges_of(one).value, second = gauges_of(other).value;
            if (first && second && std::find_first_of(first->begin(), first->end(), second->begin(), second->end()) == first->end()) return false;
        }
    }
    if (leaving(end(from)).size() == 2) return true;  // track that goes on, however sharply it was drawn
    return dot(direction(from), direction(to)) > 0;
}

std::vector<EdgeNumber> TrackGraph::edges_near(Spot spot, double radius) const {
    const Plane plane{spot.latitude};
    const double high = radius / plane.per_degree_north, wide = radius / std::max(1.0, plane.per_degree_east);
    std::vector<EdgeNumber> found;
    for (long row = row_of(spot.latitude - high); row <= row_of(spot.latitude + high); ++row)
        for (long column = row_of(spot.longitude - wide); column <= row_of(spot.longitude + wide); ++column) {
            const std::uint64_t cell = cell_of(row, column);
            for (auto at = std::lower_bound(cells_.begin(), cells_.end(), std::pair{cell, EdgeNumber{0}}); at != cells_.end() && at->first == cell;
                 ++at)
                found.push_back(at->second);
        }
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
}

// Where the tracks come nearest to the spot: once on each track that passes it.
std::vector<TrackGraph::Foot> TrackGraph::feet_of(Spot spot, double radius) const {
    std::vector<Foot> feet;
    std::map<VertexNumber, std::pair<std::size_t, Foot>> at_vertices;
    for (const EdgeNumber e : edges_near(spot, radius)) {
        const Spot a = vertices_[edges_[e].a].spot, b = vertices_[edges_[e].b].spot;
        double share = nearest_share(a, b, spot);
        const double distance = metres(spot, along(a, b, share));
        if (share * edges_[e].length < 0.5) share = 0;
        if ((1 - share) * edges_[e].length < 0.5) share = 1;
        if (share > 0 && share < 1) {
            if (distance <= radius) feet.push_back({distance, e, share});
            continue;
        }
        auto& [count, foot] = at_vertices[share == 0 ? edges_[e].a : edges_[e].b];
        ++count;
        foot = {distance, e, share};
    }
    for (const auto& [vertex, counted] : at_vertices)  // nearer than all track that leaves the vertex
        if (counted.first == leaving(vertex).size() && counted.second.distance <= radius) feet.push_back(counted.second);
    std::stable_sort(feet.begin(), feet.end(), [](const Foot& a, const Foot& b) { return a.distance < b.distance; });
    return feet;
}

void TrackGraph::add_stops(const std::vector<Place>& places, Doubts& doubts) {
    std::vector<std::vector<std::pair<double, std::pair<std::size_t, std::size_t>>>> cuts(edges_.size());  // by edge: share, stop and foot
    std::multimap<double, std::size_t> by_latitude;
    for (const Place& place : places) {
        std::vector<Foot> feet = feet_of(place.spot, beside);
        const auto main = [&](const Foot& foot) { return !service(foot.edge); };
        if (std::any_of(feet.begin(), feet.end(), main)) std::erase_if(feet, [&](const Foot& foot) { return !main(foot); });
        if (feet.empty()) {
            doubts.add("stations beside no track", place.object, place.spot,
                       fmt::format("'{}' lies more than {:.0f} m from any track; left out", place.name, beside));
            continue;
        }
        std::erase_if(feet, [&](const Foot& foot) { return foot.distance > feet.front().distance + spread; });
        const Edge& nearest = edges_[feet.front().edge];
        const Spot spot = along(vertices_[nearest.a].spot, vertices_[nearest.b].spot, feet.front().share);
        constexpr double degrees = same_spot / 110'000;
        const auto here = std::find_if(by_latitude.lower_bound(spot.latitude - degrees), by_latitude.upper_bound(spot.latitude + degrees),
                                       [&](const auto& entry) { return metres(stops_[entry.second].spot, spot) < same_spot; });
        if (here != by_latitude.upper_bound(spot.latitude + degrees) && !place.named_by_user) {
            doubts.add("places that lie at another one", place.object, place.spot,
                       fmt::format("'{}' lies on the tracks where '{}' ({}) does; left out", place.name, stops_[here->second].place.name,
                                   text_of(stops_[here->second].place.object)));
            continue;
        }
        by_latitude.emplace(spot.latitude, stops_.size());
        Stop stop{place, spot, {}};
        for (const Foot& foot : feet) {
            cuts[foot.edge].push_back({foot.share, {stops_.size(), stop.feet.size()}});
            stop.feet.push_back(0);
        }
        stops_.push_back(std::move(stop));
    }
    std::vector<Edge> edges;
    edges.reserve(edges_.size() + stops_.size());
    for (EdgeNumber e = 0; e < edges_.size(); ++e) {
        auto& here = cuts[e];
        std::stable_sort(here.begin(), here.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
        Edge rest = edges_[e];
        const Spot a = vertices_[rest.a].spot, b = vertices_[rest.b].spot;
        double before = 0;
        for (const auto& [share, which] : here) {
            VertexNumber foot = share == 0 ? edges_[e].a : share == 1 ? edges_[e].b : rest.a;
            if (share > before && share < 1) {
                foot = static_cast<VertexNumber>(vertices_.size());
                vertices_.push_back({along(a, b, share)});
                edges.push_back({rest.a, foot, rest.way, (share - before) * edges_[e].length});
                rest.a = foot;
                before = share;
            }
            stops_[which.first].feet[which.second] = foot;
        }
        rest.length = (1 - before) * edges_[e].length;
        edges.push_back(rest);
    }
    edges_ = std::move(edges);
    for (StationNumber s = 0; s < stops_.size(); ++s)
        for (const VertexNumber foot : stops_[s].feet)
            if (vertices_[foot].station == no_station) vertices_[foot].station = s;
    connect();
    index();
}

void TrackGraph::tell_gaps(Spot least, Spot most, Doubts& doubts) const {
    for (VertexNumber v = 0; v < vertices_.size(); ++v) {
        const auto& [spot, node, station] = vertices_[v];
        if (leaving(v).size() != 1 || spot.latitude < least.latitude || spot.latitude > most.latitude || spot.longitude < least.longitude ||
            spot.longitude > most.longitude || std::binary_search(railway_.buffer_stops.begin(), railway_.buffer_stops.end(), node))
            continue;
        const EdgeNumber own = leaving(v).front() / 2;
        if (service(own)) continue;
        for (const EdgeNumber e : edges_near(spot, gap)) {
            if (edges_[e].way == edges_[own].way || edges_[e].a == v || edges_[e].b == v) continue;
            const Spot a = vertices_[edges_[e].a].spot, b = vertices_[edges_[e].b].spot;
            const double apart = metres(spot, along(a, b, nearest_share(a, b, spot)));
            // Where tracks lie side by side, what ends between them was not meant to touch.
            const Vector here = direction(leaving(v).front()), there = between(spot, along(a, b, nearest_share(a, b, spot)));
            if (apart > gap || (apart > 1 && std::abs(dot(here, there)) < 0.7 * here.length() * there.length())) continue;
            doubts.add("gaps", {'n', node}, spot,
                       fmt::format("way/{} ends here, {:.1f} m from way/{}, and no node joins them", way(own).id, apart, way(e).id));
            break;
        }
    }
}

}  // namespace osm_import
