#pragma once
// Runs of a model in which the draws of one group come from another run.

#include <railwindow/drivers/draw_groups.hpp>
#include <railwindow/drivers/pick_freeze.hpp>
#include <railwindow/simulation/model.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace railwindow {

/// When the main train of a run is at its destination, in seconds since the epoch; not a number where it does not get there.
double arrival_seconds(const struct Trace& run);

/// The groups that runs of a model draw from, and the arrivals with one of them frozen.
class FrozenRuns {
public:
    /// Of `model`, which must outlive this. The first runs tell which groups there are; what is drawn in others alone is the last group, and what the
    /// model leaves open is a group too.
    FrozenRuns(const Model& model, std::uint64_t seed);
    /// The groups, by number.
    const std::vector<DrawGroup>& groups() const { return listed_; }
    /// Makes the arrival, in seconds since the epoch, at the destination of the run: by run, group, and the run that the group is taken from.
    /// `groups().size()` and more is no group: all draws are the run's own.
    MakeFrozenValue arrivals() const;
    /// The same with several groups taken from the other run.
    MakeMixedValue mixed_arrivals() const;
    /// The number in `groups()` of the group that a draw belongs to.
    std::size_t group_of(const DrawKey& key) const { return number_[groups_.of(key)]; }

private:
    const Model& model_;
    std::uint64_t seed_;
    DrawGroups groups_;
    std::vector<DrawGroup> listed_;
    std::vector<std::size_t> number_;  // by group of groups_: its number in listed_
    std::size_t open_;                 // number of what is left open
};

}  // namespace railwindow
