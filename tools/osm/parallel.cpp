#include "parallel.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace osm_import {
namespace {

constexpr double reach = 25;          // metres to either side; four main tracks are 15 m wide
constexpr int places = 15;            // at most
constexpr double least_cosine = 0.9;  // tracks that cross are none of the line

struct Cut {
    int tracks = 0;
    std::map<railwindow::Gauge, int> of_gauge;
};

// The tracks that a line across this move meets in its middle.
Cut cut_at(const TrackGraph& tracks, Move move, railwindow::Gauge fallback) {
    const Spot a = tracks.vertices()[tracks.begin(move)].spot, b = tracks.vertices()[tracks.end(move)].spot, middle = along(a, b, 0.5);
    const Vector way = tracks.direction(move);
    Cut cut;
    for (const EdgeNumber e : tracks.edges_near(middle, reach)) {
        if (tracks.service(e) || !tracks.value(e, Tag::service).empty()) continue;
        const Vector other = tracks.direction(2 * e);
        const double lengths = way.length() * other.length();
        if (lengths <= 0 || std::abs(dot(way, other)) < least_cosine * lengths) continue;
        const Vector begin = between(middle, tracks.vertices()[tracks.edges()[e].a].spot),
                     end = between(middle, tracks.vertices()[tracks.edges()[e].b].spot);
        const double p = dot(begin, way), q = dot(end, way);  // before and behind the line across
        if ((p < 0) == (q < 0)) continue;
        const double t = p / (p - q);
        const Vector there{begin.east + t * (end.east - begin.east), begin.north + t * (end.north - begin.north)};
        if (there.length() > reach) continue;
        int count = 1;
        if (const std::string& said = tracks.value(e, Tag::tracks); said.size() == 1 && said[0] >= '2' && said[0] <= '9' && e == move / 2)
            count = said[0] - '0';  // drawn as one
        cut.tracks += count;
        const auto gauges = gauges_of(tracks.value(e, Tag::gauge)).value.value_or(std::vector{fallback});
        for (const railwindow::Gauge gauge : gauges) cut.of_gauge[gauge] += count;
    }
    return cut;
}

}  // namespace

Parallel parallel_tracks(const TrackGraph& tracks, const Section& section, railwindow::Gauge fallback) {
    std::map<railwindow::Gauge, std::vector<int>> counts;
    int cuts = 0;
    double next = 0, done = 0, total = 0;
    for (const Move move : section.moves) total += tracks.edges()[move / 2].length;
    if (total <= 0) return {};
    const double step = total / places;
    next = step / 2;
    for (const Move move : section.moves) {
        const double length = tracks.edges()[move / 2].length;
        done += length;
        if (done < next) continue;
        while (next <= done) next += step;
        if (!tracks.value(move / 2, Tag::service).empty() || length <= 0) continue;
        const Cut cut = cut_at(tracks, move, fallback);
        if (cut.tracks == 0) continue;
        ++cuts;
        for (const auto& [gauge, count] : cut.of_gauge) counts[gauge].push_back(count);
    }
    Parallel found;
    for (auto& [gauge, here] : counts) {
        if (2 * static_cast<int>(here.size()) < cuts) continue;
        found.gauges.push_back(gauge);
        here.resize(static_cast<std::size_t>(cuts), 0);
        std::sort(here.begin(), here.end());
        found.tracks = std::max(found.tracks, here[(here.size() - 1) / 2]);
    }
    return found;
}

}  // namespace osm_import
