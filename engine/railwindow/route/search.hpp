#pragma once
// Finds ways. Whether a train may go on depends on how it came, so a state of the search is a section run in one direction on
// one gauge behind one traction (and how many of the `via` stations lie behind), not a station. States are made when reached.

#include <railwindow/route/expected_times.hpp>
#include <railwindow/route/path.hpp>

#include <optional>
#include <string>
#include <vector>

namespace railwindow {

/// Where a way must not lead.
struct Avoided {
    std::vector<StationId> stations;     ///< by id
    std::vector<LineId> lines;           ///< by id
    std::vector<std::string> borders;    ///< by id
    std::vector<std::string> countries;  ///< ISO 3166 codes
    /// Whether nothing is avoided.
    bool empty() const { return stations.empty() && lines.empty() && borders.empty() && countries.empty(); }
};

/// On how many gauges a train can be set at most, for a search to tell them apart.
inline constexpr std::size_t most_gauges = 31;

/// What is asked of a search for ways.
struct RouteRequest {
    StationId from;                                 ///< the origin
    StationId to;                                   ///< the destination
    std::vector<StationId> via;                     ///< in this order
    std::vector<Gauge> gauges;                      ///< the train can be set on
    std::vector<std::string> gauge_change_methods;  ///< the train knows
    std::optional<StationId> regauging;             ///< change gauge only here
    Avoided avoid;                                  ///< where it must not go
    Mass axle_load{};                               ///< of its cars' heaviest axle; locomotives are the host's, on lines they are used to
    Length train_length{};                          ///< of the longest train that it may be; to turn it needs a section as long to go back over
    Use use = Use::every_train;                     ///< `freight_only`: freight-only lines and crossings too
    std::vector<MotivePower> tractions{MotivePower::diesel};       ///< what may pull it; at least one
    std::optional<std::vector<StationId>> traction_change_places;  ///< nothing: traction can be changed everywhere
    ExpectedTimes times;                                           ///< by which ways are compared
    std::optional<Gauge> arrives_on{};                             ///< the gauge at the destination; nothing: any
};

/// The way with the least expected time, or nothing when there is none. Throws: InputError for more than `most_gauges` gauges. Under a wire that its
/// railways can use the train is pulled electrically where that costs no time: a diesel there counts one thousandth more, to decide between equals.
/// Cost: one A* search without an estimate (Dijkstra); 0.24 s across a grid of 250,000 sections (tests/bench/route_bench.cpp).
std::optional<Path> best_path(const Network& network, const RouteRequest& request);

/// How many ways, and how much longer than the best (in expected time) they may take.
struct Alternatives {
    std::size_t count = 5;  ///< the most ways that are wanted
    double longest = 3;     ///< judgement: what takes three times as long is no alternative
};

/// Ways of `request`: first the best of each distinct sequence of border crossings, by expected time; when fewer than
/// `count`, then their variants, by expected time: ways that avoid a stretch between two junctions of one already found.
/// No way passes a state twice or crosses a border twice. The order depends on network and request alone.
std::vector<Path> alternative_paths(const Network& network, const RouteRequest& request, const Alternatives& wanted = {});

/// The places other than the path's own at which the train could change gauge along the very same sections.
std::vector<StationId> other_gauge_change_places(const Network& network, const RouteRequest& request, const Path& path);

/// Why there is no way, in a sentence that names what would be needed. For a request without a path.
std::string why_no_path(const Network& network, const RouteRequest& request);

}  // namespace railwindow
