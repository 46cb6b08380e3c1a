#pragma once
// Inside of the simulation: whoever decides, event by event, what a train may do. One Dispatcher works one state for a while; all
// that lasts is in the state. dispatcher.cpp takes the events, draws.cpp what holds for the whole journey, movement.cpp runs from
// stand to stand, run_leg.cpp asks the kernel how long that takes, stops.cpp is what is done at a stop, convoy.cpp who is ahead and how close,
// place_disruptions.cpp and supply.cpp what goes wrong, divert.cpp how trains get round it, plans.cpp what the clock says, waits.cpp what
// was decided to wait for, sharing.cpp what ordinary trains on the line make of it.

#include <railwindow/simulation/model.hpp>
#include <railwindow/simulation/simulate.hpp>
#include <railwindow/simulation/state.hpp>
#include <railwindow/simulation/stretch_plan.hpp>

#include <cmath>
#include <span>

namespace railwindow {

/// `duration` on the clock; what goes beyond the horizon ends there, and the run with it.
inline Millis clocked(Duration duration) {
    const double seconds = duration / s;
    return seconds < to_duration(horizon) / s ? to_millis(duration) : horizon;
}

/// A restriction on a course.
struct SlowStretch {
    std::size_t stage;
    CourseOffset begin, end;
    Speed limit;
};

/// What the lines have told a train for one visit.
struct LineHolds {
    bool halts;
    Instant enters, released;
};

/// Storage that the movements of a run use again and again; no part of its state.
struct MovementStorage {
    Workspace kernel;
    std::vector<CourseOffset> places;
    std::vector<Duration> passing;
    StretchPlan plan;
    LineWorking working;
    std::vector<LineHolds> line_holds;
    std::vector<Stand> stands;
    std::vector<std::size_t> indices;
    std::vector<SlowStretch> slow;
    std::vector<CoursePiece> pieces;
    Stretch coasting;
    std::vector<ProfiledMovement>* profiled = nullptr;  ///< where to note how the main train moved, if anybody asks
};

/// From `begin`, behind the visit `from`, to a stand at `end`.
Movement movement_between(const Itinerary& of, const TrainState& train, std::size_t from, CourseOffset begin, CourseOffset end, Speed initial = {});

/// Where the head of a train stands at the visit `to`, behind the visit `from`: past a junction that its tail has to clear for it to turn.
CourseOffset stand_at(const Itinerary& of, const TrainState& train, std::size_t from, std::size_t to);
/// Where its head is when it sets out from the visit `from`, on the course of the next one: after turning on one track a train's length along it.
CourseOffset start_at(const Itinerary& of, const TrainState& train, std::size_t from);

inline constexpr std::string_view waits_for_line = "for other trains on the line", line_closed = "line closed";

class Dispatcher {
public:
    Dispatcher(const Model& model, State& state, MovementStorage& storage)
        : model_{model}, alternative_{way_of(model, state.trace)}, state_{state}, storage_{storage} {}

    /// Draws what holds for the whole journey and plans the departures.
    void begin();
    /// Takes all events before `until`, or up to where the trains are ordered to go another way.
    void advance(Instant until);

private:
    // Whether the state is to be thrown away, as its trains go another way.
    bool ordered_off() const { return state_.order && !state_.trace.diversion; }
    const Itinerary& itinerary(std::size_t train) const { return alternative_.trains[train]; }
    TrainState& train_state(std::size_t train) { return state_.trains[train]; }
    TrainTrace& train_trace(std::size_t train) { return state_.trace.trains[train]; }

    // dispatcher.cpp
    void take(const Event& event);
    void strand_those_left();
    void on(Instant now, std::size_t train, const InterruptEvent& event);
    void on(Instant now, std::size_t train, const VisitEvent& event);
    void on(Instant now, std::size_t train, const StandEvent& event);
    void on(Instant now, std::size_t train, const ActivityEndEvent& event);
    void on(Instant now, std::size_t train, const DepartureEvent& event);
    void on(Instant now, std::size_t train, const GoOnEvent& event);
    void on(Instant now, std::size_t train, const ActivityBeginEvent& event);
    void arrive(Instant now, std::size_t train, std::size_t visit);
    void pass(Instant now, std::size_t train, std::size_t visit, Millis waited);
    void finish(Instant now, std::size_t train);
    void strand(Instant now, std::size_t train, std::variant<Stall, BeyondHorizon, Blocked> why);
    // The train's next event; all that was planned for it before is void.
    template <class Kind>
    void plan(Instant at, std::size_t train, Kind event) {
        event.plan = ++train_state(train).plan;
        state_.agenda.add(at, train, event);
    }
    // Begins or goes on with a wait; `end_wait` counts it and says how long it was.
    void wait(Instant now, std::size_t train, std::size_t visit, bool entering, TimePart part, std::string_view why,
              std::optional<Millis> lasts = {});
    Millis end_wait(Instant now, std::size_t train);
    void count_cause(Instant now, std::size_t train);
    void log(Instant at, std::size_t train, std::size_t visit, Happening what, TimePart part = {}, std::string_view why = {},
             std::optional<Millis> lasts = {});

    // draws.cpp
    void reset(std::size_t train);
    void draw(std::size_t train);
    void draw_speeds(std::size_t train);
    void draw_formation(std::size_t train);
    void pull_by(std::size_t train, std::size_t traction, std::size_t choice);
    void draw_gradients(std::size_t train);
    void draw_stop(std::size_t train, std::size_t visit);
    Millis technical_halt(const TechnicalStops& rule);
    double phase_of_line(const DrawKey& key);
    void decide_locomotives(std::size_t train);
    bool goes_on(std::size_t train, std::size_t traction, std::size_t step) const;
    Instant departure_of_main() const;

    // movement.cpp
    void set_out(Instant now, std::size_t train, std::size_t from);
    void set_out(Instant now, std::size_t train, std::size_t from, CourseOffset begin, Speed initial = {});
    Movement movement_of(std::size_t train);
    RunOutcome run_leg(Instant now, std::size_t train);
    bool pace_by_hours(Instant now, std::size_t train, std::span<const Duration> passing);
    void go_to_next(Instant now, std::size_t train, std::size_t visit);
    void count_moving(std::size_t train, std::size_t index);

    // sharing.cpp
    void begin_lines();
    void share_lines(Instant now, std::size_t train, std::size_t visit);
    bool share(Instant leaves, std::size_t train, std::size_t visit, std::size_t stretch);
    void plan_stops(Instant leaves, std::size_t train, std::size_t visit, std::size_t stretch);
    void take_holds(std::size_t train, const SharedStretch& stretch);
    void remember_holds(std::size_t train, std::size_t visit);
    void forget_holds(std::size_t train, std::size_t visit, std::size_t first, std::size_t end);
    void count_caused(std::size_t stretch);
    std::size_t next_halt(std::size_t train, std::size_t visit) const;
    std::size_t next_stop(std::size_t train, std::size_t visit) const;

    // stops.cpp
    void begin_stop(Instant now, std::size_t train, std::size_t visit);
    void make_ready(Instant now, std::size_t train, std::size_t visit, std::size_t activity);
    void begin_activity(Instant now, std::size_t train, std::size_t visit, std::size_t activity);
    void free_facility(Instant now, std::size_t facility);
    void account_stop(Instant ready, std::size_t train, std::size_t visit);
    Millis planned_stay(std::size_t train, std::size_t visit) const;

    // plans.cpp
    // Until when the clock keeps a train, and why.
    struct ClockHold {
        Instant until;
        TimePart part;
        std::string_view why;
        std::optional<std::size_t> wait;  ///< of Model::waits, if it was decided
    };
    void draw_plans(std::size_t train);
    std::optional<ClockHold> keeps_out(Instant now, std::size_t train, std::size_t visit, bool passes) const;
    std::optional<ClockHold> keeps_in(Instant now, std::size_t train, std::size_t visit);
    std::optional<Millis> free_time(std::size_t train, std::size_t from, CourseOffset begin, std::size_t to);
    void choose_hold(Instant now, std::size_t train, std::size_t from, CourseOffset begin);
    std::optional<std::size_t> closed_on_the_way(std::size_t train) const;

    // waits.cpp
    void draw_waits(std::size_t train);
    Instant wanted(std::size_t train, std::size_t plan, Instant could_be) const;
    std::optional<ClockHold> stands_long(std::size_t train, std::size_t visit) const;
    std::optional<ClockHold> hours_begin(Instant now, std::size_t train, const Visit& visit) const;
    void note_wait(std::size_t train, const ClockHold& hold);

    // convoy.cpp
    struct Ahead {
        std::size_t train;
        std::size_t visit;  ///< of that train: where the follower wants to be
    };
    enum class Bound { in, out };
    std::optional<Ahead> ahead_of(std::size_t train, std::size_t visit, Bound bound) const;
    // When the train may enter or leave; nothing while that depends on the one ahead. `blocked` when it never may.
    struct Clearance {
        std::optional<Instant> at;
        std::optional<std::size_t> blocked_by;
    };
    Clearance may_arrive(std::size_t train, std::size_t visit) const;
    Clearance may_leave(std::size_t train, std::size_t visit) const;
    void wake_followers(Instant now, std::size_t train, std::size_t visit);
    void start_those_ahead(Instant now, std::size_t visit);
    void start_those_behind(Instant now, std::size_t visit);

    // place_disruptions.cpp
    void place_disruptions(std::size_t train);
    void cut_in(Course& course, std::span<const SlowStretch> slow);

    // supply.cpp
    struct KeptBack {
        Instant until;
        std::string_view why;
    };
    std::optional<KeptBack> kept_back(Instant now, std::size_t train, std::size_t visit, Bound bound);
    std::optional<std::size_t> wire_of(std::size_t train, std::size_t visit) const;
    void look_at_wire(std::size_t train, std::size_t wire, Instant from, Instant until);
    Supply supply_at(Instant now, std::size_t train, std::size_t visit);
    std::optional<Instant> supply_changes(Instant now, std::size_t train, std::size_t visit, Instant until);
    Instant power_back(Instant now, std::size_t train, std::size_t wire);
    Instant open_again(Instant now, const Itinerary& way, std::size_t step, std::vector<Spells>& closures);

    // divert.cpp
    bool diverts(Instant now, std::size_t train, std::size_t visit);
    bool gains_by(const Diversion& other, Instant now);
    Duration held_up(const Itinerary& way, const std::vector<StepAhead>& steps, std::vector<Spells>& closures, Instant now);
    Duration harmless(const Diversion& other, Instant now) const;
    void tell_of_diversion(Instant now, std::size_t train, std::size_t visit);
    std::optional<Instant> rescued_at(Instant since, std::size_t train, std::size_t visit) const;
    std::optional<std::size_t> diesel_for(std::size_t train, std::size_t visit) const;
    void put_diesel_in_front(std::size_t train, std::size_t visit);
    bool stands_without_power(Instant now, std::size_t train, std::size_t visit, CourseOffset place);

    const Model& model_;
    const Alternative& alternative_;
    State& state_;
    MovementStorage& storage_;
    std::optional<std::pair<std::uint64_t, double>> latest_phase_;  // by hash of its key
};

}  // namespace railwindow
