#pragma once
// A way through the network: which sections, in which direction, on which gauge. Rails do not let a train turn where it
// likes: a movement that turns by more than 120 degrees from one line to another is a reversal, needs a station that allows it, and is a stop.

#include <railwindow/network/network.hpp>

#include <string>
#include <vector>

namespace railwindow {

/// Along a line: as its chainage rises, or as it falls.
enum class Direction { up_chainage, down_chainage };

/// One section of a path, and how it is run.
struct PathStep {
    SectionId section;                             ///< of the network
    Direction direction = Direction::up_chainage;  ///< along the section's line
    Gauge gauge;                                   ///< that the train stands on
    MotivePower traction;                          ///< what pulls it
};

/// A way from one station to another. Between step i-1 and step i the train is at `station(path, i)`.
struct Path {
    std::vector<PathStep> steps;                ///< at least one
    std::vector<std::size_t> gauge_changes;     ///< i: the gauge changes at the beginning of step i
    std::vector<std::size_t> reversals;         ///< i: the train reverses at the beginning of step i
    Length length{};                            ///< of all steps
    std::vector<std::size_t> traction_changes;  ///< i: another traction takes over at the beginning of step i
    std::vector<std::size_t> crossings;         ///< i: step i crosses a border
    Duration running{};                         ///< expected time of free running
    Duration standing{};                        ///< expected stands at borders, changes and reversals
};

/// The station where `step` begins.
StationId begin_of(const Network& network, const PathStep& step);
/// The station where `step` ends.
StationId end_of(const Network& network, const PathStep& step);
/// The station at the beginning of step `index`, or the last station for index == steps.size().
StationId station_at(const Network& network, const Path& path, std::size_t index);

/// True when going on from `in` to `out` turns by more than 120 degrees, unless the network says of this turn what it is. A line that is followed
/// never does, however it winds:
/// at Slyudyanka the straight lines to its neighbours around the lake make 125 degrees and the track none. Symmetric. Accuracy: courses of the
/// straight lines between stations.
bool is_reversal(const Network& network, const PathStep& in, const PathStep& out);

/// True when a train that came from `back` and goes on to `ahead`, both seen from where it is, turns by more than 120 degrees.
inline bool turns_back(Heading back, Heading ahead) { return cosine_between(back, ahead) > 0.5; }

/// The countries a path runs through, in order, each time it enters one.
std::vector<std::string> countries(const Network& network, const Path& path);

/// How much of a path's length is known only weakly: its kilometres have low confidence.
Length weakly_known_length(const Network& network, const Path& path);

/// True when both run over the same sections in the same directions, on whatever gauge and traction.
bool same_way(const Path& a, const Path& b);

/// The part of `path` from step `first` up to step `last` (exclusive), with what happens at its inner stations; expected times are left out.
Path part_of(const Network& network, const Path& path, std::size_t first, std::size_t last);

/// `Pyongyang - Rajin - Ussuriysk - Vladivostok`: the ends and the stations where the path changes line, country or direction.
std::string summary(const Network& network, const Path& path);

}  // namespace railwindow
