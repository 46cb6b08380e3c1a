#pragma once
// Finds ways. Whether a train may go on depends on how it came, so a state of the search is a section run in one direction
// on one gauge (and how many of the `via` stations lie behind), not a station.

#include <railwindow/route/path.hpp>

#include <optional>
#include <vector>

namespace railwindow {

struct RouteRequest {
    StationId from, to;
    std::vector<StationId> via;                    ///< in this order
    std::vector<Gauge> gauges;                     ///< the train can be set on
    std::vector<std::string> gauge_change_methods; ///< the train knows
    std::optional<StationId> regauging;            ///< change gauge only here
};

/// The shortest way, or nothing when there is none.
/// Cost: one Dijkstra search over twice the sections times gauges times (via + 1).
std::optional<Path> shortest_path(const Network& network, const RouteRequest& request);

/// The shortest way and every distinct way that replaces one of its sections, none longer than `longest` times the shortest; shortest first.
std::vector<Path> alternative_paths(const Network& network, const RouteRequest& request, double longest);

/// The places other than the path's own at which the train could change gauge along the very same sections.
std::vector<StationId> other_gauge_change_places(const Network& network, const RouteRequest& request, const Path& path);

/// Why there is no way, in a sentence that names what would be needed. For a request without a path.
std::string why_no_path(const Network& network, const RouteRequest& request);

}  // namespace railwindow
