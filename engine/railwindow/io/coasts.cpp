#include <railwindow/io/coasts.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace railwindow {
namespace {

// One edge of a box.
struct Edge {
    double GeoPosition::*coordinate;
    double at;
    bool least;  // what is inside has no less

    double inside(const GeoPosition& place) const { return least ? place.*coordinate - at : at - place.*coordinate; }
};

std::array<Edge, 4> edges(const GeoBox& box) {
    return {Edge{&GeoPosition::longitude, box.west, true}, Edge{&GeoPosition::longitude, box.east, false},
            Edge{&GeoPosition::latitude, box.south, true}, Edge{&GeoPosition::latitude, box.north, false}};
}

GeoPosition between(const GeoPosition& a, const GeoPosition& b, double share) {
    return {a.latitude + share * (b.latitude - a.latitude), a.longitude + share * (b.longitude - a.longitude)};
}

double distance_from(const GeoPosition& at, const GeoPosition& a, const GeoPosition& b) {
    const double dx = b.longitude - a.longitude, dy = b.latitude - a.latitude, px = at.longitude - a.longitude, py = at.latitude - a.latitude;
    const double length = dx * dx + dy * dy, share = length > 0 ? std::clamp((px * dx + py * dy) / length, 0.0, 1.0) : 0;
    return std::hypot(px - share * dx, py - share * dy);
}

}  // namespace

GeoLine ring_within(const GeoLine& ring, const GeoBox& box) {
    GeoLine rest = ring;
    for (const Edge& edge : edges(box)) {  // edge by edge: Sutherland and Hodgman 1974
        const GeoLine before = std::exchange(rest, {});
        for (std::size_t i = 0; i < before.size(); ++i) {
            const GeoPosition &a = before[i], &b = before[(i + 1) % before.size()];
            const double from = edge.inside(a), to = edge.inside(b);
            if (from >= 0) rest.push_back(a);
            if ((from < 0) == (to < 0)) continue;
            rest.push_back(between(a, b, from / (from - to)));
            rest.back().*edge.coordinate = edge.at;  // to the last bit: what lies on an edge is known by it
        }
    }
    if (!rest.empty()) rest.push_back(rest.front());
    return rest;
}

std::vector<GeoLine> pieces_within(const GeoLine& line, const GeoBox& box) {
    std::vector<GeoLine> pieces;
    bool goes_on = false;
    for (std::size_t i = 1; i < line.size(); ++i) {
        const GeoPosition &a = line[i - 1], &b = line[i];
        double begin = 0, end = 1;  // the part of a step that lies inside: Liang and Barsky 1984
        for (const Edge& edge : edges(box)) {
            const double from = edge.inside(a), to = edge.inside(b);
            if (from < 0 && to < 0) end = -1;
            if (from < 0 && to >= 0) begin = std::max(begin, from / (from - to));
            if (from >= 0 && to < 0) end = std::min(end, from / (from - to));
        }
        if (begin >= end) {
            goes_on = false;
            continue;
        }
        if (!goes_on || begin > 0) pieces.push_back({between(a, b, begin)});
        pieces.back().push_back(between(a, b, end));
        goes_on = end == 1;
    }
    return pieces;
}

GeoLine thinned(const GeoLine& line, double tolerance) {
    if (line.size() < 3) return line;
    std::vector<bool> stays(line.size());
    stays.front() = stays.back() = true;
    std::vector<std::pair<std::size_t, std::size_t>> open{{0, line.size() - 1}};
    while (!open.empty()) {
        const auto [first, last] = open.back();
        open.pop_back();
        std::size_t farthest = first;
        double most = tolerance;
        for (std::size_t i = first + 1; i < last; ++i)
            if (const double far = distance_from(line[i], line[first], line[last]); far > most) most = far, farthest = i;
        if (farthest == first) continue;
        stays[farthest] = true;
        open.emplace_back(first, farthest);
        open.emplace_back(farthest, last);
    }
    GeoLine rest;
    for (std::size_t i = 0; i < line.size(); ++i)
        if (stays[i]) rest.push_back(line[i]);
    return rest;
}

}  // namespace railwindow
