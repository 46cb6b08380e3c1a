#pragma once
// A way through the network: which sections, in which direction, on which gauge. Rails do not let a train turn where it
// likes: a movement that turns by more than 120 degrees at a station is a reversal, needs a station that allows it, and is a stop.

#include <railwindow/network/network.hpp>

#include <string>
#include <vector>

namespace railwindow {

enum class Direction { up_chainage, down_chainage };

struct PathStep {
    SectionId section;
    Direction direction = Direction::up_chainage;
    Gauge gauge;
};

/// A way from one station to another. Between step i-1 and step i the train is at `station(path, i)`.
struct Path {
    std::vector<PathStep> steps;
    std::vector<std::size_t> gauge_changes;  ///< i: the gauge changes at the beginning of step i
    std::vector<std::size_t> reversals;      ///< i: the train reverses at the beginning of step i
    Length length{};
};

StationId begin_of(const Network& network, const PathStep& step);
StationId end_of(const Network& network, const PathStep& step);
/// The station at the beginning of step `index`, or the last station for index == steps.size().
StationId station_at(const Network& network, const Path& path, std::size_t index);

/// True when going on from `in` to `out` turns by more than 120 degrees. Accuracy: bearings of the straight lines between stations.
bool is_reversal(const Network& network, const PathStep& in, const PathStep& out);

/// `Pyongyang - Rajin - Ussuriysk - Vladivostok`: the ends and the stations where the path changes line, country or direction.
std::string summary(const Network& network, const Path& path);

}  // namespace railwindow
