#pragma once
// One train of the convoy on its way over one stretch: when it would be where if nobody were in its way, and where the working of the line
// makes it stand.
//
// Exact: the line's working knows the train by its running times from the kernel with this run's draws, from stand to stand, so the time lost by
// braking and starting is in. Where it is held it gets a stand, its running times are computed anew and the line is worked again from
// the beginning, until the train is held only where it stands: then its times in the working are those that it will run. Each time it has a stand
// more, and there are no more stands than places. On double track who comes up to a slower train waits before the next station: there it arrives when
// it may come in.
//
// A stretch is worked with when the train really comes to it, held as those before it hold it. Where it would be held on the move at its beginning
// the train stands there: what lies before is worked again with the braking for that, and the stretch when the train leaves that stand. So a line
// that is cut in two is worked as if it were one.
//
// Approximate: a train that brakes for a hold and so arrives too late to be held at all stops all the same, for no time: it has found the
// signal at danger. On double track, where a train runs up to a slower one, it stands at the next place instead of slowing down; where no other
// stretch follows it waits before the station at the end. What is decided for one train stands: a train that comes later finds it as it was planned.
// What nobody could foresee (a wait for a train of the convoy ahead, for a lift, for the clock or for a disruption) shifts the train but not its
// plan; nor is a stretch that was worked when the train left an earlier stop told that it brakes at its end for the next. Trains of lower rank are
// told of the special train as it would run alone on the stretch. Ordinary trains that are drawn, not those of a timetable, are not looked at where
// they come in earlier before it, or later behind the time when it should leave, than the slowest of them needs for the stretch.

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
        Instant enters = Instant::min(), released = Instant::min();  ///< no earlier, as lines before have it
    };
    /// What the line's working has added.
    struct Hold {
        CourseOffset at;
        std::optional<std::size_t> visit;  ///< nothing: between two visits
        std::optional<Instant> enters;     ///< it waits before the place, and comes in then
        std::optional<Instant> released;   ///< it leaves no earlier; nothing at the end of the stretch, which does not know
        Millis lasts;                      ///< by how much it is held
        bool stands;                       ///< else it is slowed down before the end of the stretch
    };
    /// What the working makes of the train.
    enum class Outcome {
        settled,       ///< it is held only where it stands
        one_more,      ///< stand, which it now has
        held_at_entry  ///< on the move at the beginning of the stretch
    };

    /// `train` on `way`, leaving `visit`, which lies on the stretch or before it.
    /// `followed`: another stretch comes behind this one.
    void begin(const Itinerary& way, const TrainState& train, const SharedStretch& stretch, const StretchState& state, std::size_t visit, Instant now,
               bool followed);
    /// A halt that is known beforehand; in the order of the way, up to the first one at the end of the stretch or behind.
    void add(Halt halt) { halts_.push_back(halt); }
    /// The train's times with the halts so far; false where it does not get through.
    bool run(MovementStorage& storage);
    /// The train as the line's working takes it.
    StretchTrain line_train(std::size_t train, Length length);
    /// Takes over how the working let the train pass.
    Outcome take(const std::vector<Passing>& passings, std::size_t index);
    /// The train with its holds as stays, for those that come later.
    StretchTrain held_train(const StretchTrain& train) const;
    const std::vector<Hold>& holds() const { return holds_; }
    /// When it leaves the stretch as it is held.
    Instant leaves_at() const { return times_.back().departs + late_; }

private:
    struct PlaceTimes {
        std::size_t place;
        CourseOffset at;
        std::optional<std::size_t> visit;
        Instant arrives, departs;
        Millis kept_out{}, held{};  // before the place, and at it
    };
    struct Segment {
        CourseOffset from, to;
        std::vector<Millis> reach;  ///< of the places between, then of its end
    };
    const Segment* segment(CourseOffset from, CourseOffset to, MovementStorage& storage);
    bool stands_at(const PlaceTimes& place) const;
    void add_hold(const PlaceTimes& here, Instant departure, Millis lasts, bool last);
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
    bool followed_ = false;
    Length length_{};
    Millis late_{};                  // at the end, by all holds
    std::vector<PlaceTimes> times_;  // in the order of the way
    std::vector<Halt> halts_;
    std::vector<CourseOffset> added_;
    std::vector<Segment> segments_;  // that have been run
    std::vector<Hold> holds_;
};

}  // namespace railwindow
