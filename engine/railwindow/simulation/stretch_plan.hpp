#pragma once
// One train of the convoy on its way over one stretch: when it would be where if nobody were in its way, and where the working of the line
// makes it stand.
//
// Exact: the line's working knows the train by its running times from the kernel with this run's draws, from stand to stand, so the time lost by
// braking and starting is in. Where it is held it gets a stand, its running times are computed anew and the line is worked again from
// the beginning, until the train is held only where it stands: then its times in the working are those that it will run.
// Approximate: a train that brakes for a hold and so arrives too late to be held at all stops all the same, for no time: it has found the
// signal at danger. On double track, where a train runs up to a slower one, it stands at the next place instead of slowing down; at the end of the
// stretch it waits before the station. What is decided for one train stands: a train that comes later finds it as it was planned. What nobody could
// foresee (a wait for a train of the convoy ahead, for a lift, for the clock or for a disruption) shifts the train but not its plan. Ordinary trains
// that come in later than the slowest of them needs for the stretch, counted from when the train should leave it, are not looked at.

#include <railwindow/simulation/model.hpp>
#include <railwindow/simulation/ordinary_traffic.hpp>

#include <vector>

namespace railwindow {

struct MovementStorage;
struct TrainState;

class StretchPlan {
public:
    /// A place on the train's course where it stands, and how long at least.
    struct Halt {
        CourseOffset at;
        Millis stay;
    };
    /// What the line's working has added: it leaves the place, or at the end of the stretch comes in, no earlier than `released`.
    struct Hold {
        std::size_t place;  ///< of the stretch
        CourseOffset at;
        std::optional<std::size_t> visit;  ///< nothing: between two visits
        Instant arrives, released;
        bool entering;
    };

    /// `train` on `way`, leaving `visit`, which lies on the stretch or before it.
    void begin(const Itinerary& way, const TrainState& train, const SharedStretch& stretch, const StretchState& state, std::size_t visit,
               Instant now);
    /// A halt that is known beforehand; in the order of the way, up to the first one at the end of the stretch or behind.
    void add(Halt halt) { halts_.push_back(halt); }
    /// The train's times with the halts so far; false where it does not get through.
    bool run(MovementStorage& storage);
    /// The train as the line's working takes it.
    StretchTrain line_train(std::size_t train, Length length) const;
    /// Takes over how the working let the train pass. Returns false, with one halt more, where it is held at a place where it would not have stood.
    bool take(const std::vector<Passing>& passings, std::size_t index);
    /// The train with its holds as stays, for those that come later.
    StretchTrain held_train(const StretchTrain& train) const;
    const std::vector<Hold>& holds() const { return holds_; }
    Instant leaves_at() const { return times_.back().departs; }

private:
    struct PlaceTimes {
        std::size_t place;
        CourseOffset at;
        std::optional<std::size_t> visit;
        Instant arrives, departs;
        Millis held{};
    };
    struct Segment {
        CourseOffset from, to;
        std::vector<Millis> reach;  ///< of the places between, then of its end
    };
    const Segment* segment(CourseOffset from, CourseOffset to, MovementStorage& storage);
    bool fits(std::size_t place, Length length) const;
    std::size_t index_of(std::size_t k) const { return times_[k].place; }
    void stay(StretchTrain& train, std::size_t k, Millis lasts) const;

    const Itinerary* way_ = nullptr;
    const TrainState* train_ = nullptr;
    const SharedStretch* stretch_ = nullptr;
    const StretchState* state_ = nullptr;
    std::size_t stage_ = 0;
    CourseOffset begin_;
    Instant now_;
    std::vector<PlaceTimes> times_;  // in the order of the way
    std::vector<Halt> halts_;
    std::vector<CourseOffset> added_;
    std::vector<Segment> segments_;  // that have been run
    std::vector<Hold> holds_;
};

}  // namespace railwindow
