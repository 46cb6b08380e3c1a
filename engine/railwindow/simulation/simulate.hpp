#pragma once
// One run of a model: a discrete-event simulation of the trains.
//
//   draw what holds for the whole journey (cars, pace, operating speeds, where it halts)
//   agenda <- the departures
//   while the agenda holds an event: take the earliest
//     departure from a stop   may it leave? running time to the next stop from the kernel; agenda <- the first visit on the way
//     head at a visit         may it enter? it passes (agenda <- the next visit) or arrives (agenda <- the end of every activity that waits for
//     nothing) end of an activity      agenda <- the ends of those that waited for it; when all are done, the departure
//   until all trains are at their destinations or cannot go on
//
// A train that may not enter or leave waits: for the train ahead, for a lift, for the clock. Where trains are ordered round a closed place the
// run begins again over that way (divert.cpp). The model is const and shared, the state
// belongs to one run; a run is a function of (model, noise) and nothing else.

#include <railwindow/simulation/model.hpp>
#include <railwindow/simulation/trace.hpp>
#include <railwindow/train/speed_profile.hpp>

#include <memory>
#include <vector>

namespace railwindow {

struct State;  // state.hpp
struct MovementStorage;

/// Runs of one model, one after the other, on storage that is used again. One per thread; the model must outlive it.
/// Cost: after the first few runs memory is allocated for trains behind locomotives, whose effort curves are copied, and where power comes or
/// goes under way; all else is used again.
class Simulator {
public:
    /// Runs of `model`, which must outlive it.
    explicit Simulator(const Model& model);
    ~Simulator();
    Simulator(Simulator&&) noexcept;

    /// The run of `noise`; valid until the next call.
    const Trace& run(Noise noise, Logging logging = Logging::off);
    /// The run of `noise` as `alternative` would have it, whichever the runs are shared out to; valid until the next call. Only what happens before
    /// `until`: visits that are reached later are missing, and a train that stands then has not left.
    const Trace& run_as(std::size_t alternative, Noise noise, Instant until = Instant::max());

    /// The run of `noise` before anything has happened.
    State begin(Noise noise, Logging logging = Logging::off);
    /// Makes `state`, an earlier run of this model by the same alternative or any other, the run of `noise`, on the storage it has.
    void begin_again(State& state, Noise noise, Logging logging = Logging::off);
    /// Takes all events of `state`, a run of this model, that lie before `until`.
    void advance(State& state, Instant until);

private:
    friend struct ProfiledRun simulate_profiled(const Model&, Noise);
    State& begun(std::size_t alternative, Noise noise, Logging logging);
    void begin_as(std::size_t alternative, State& state, Noise noise, Logging logging);
    void begin_diverted(State& state);
    const Model* model_;
    std::vector<std::unique_ptr<State>> states_;  // by alternative, made when a run first takes it
    std::unique_ptr<MovementStorage> storage_;
};

/// One run of `model`: a pure function.
Trace simulate(const Model& model, Noise noise, Logging logging = Logging::off);

/// How the train moved from one stop to the next.
struct ProfiledMovement {
    std::size_t from, to;  ///< visits of the main train
    Instant depart;        ///< when it begins
    CourseOffset begin;    ///< of the movement on its course
    Length distance;       ///< of the movement's begin, from the origin
    SpeedProfile profile;  ///< speed and time along the movement
};

/// One run with the speed profile of every movement of the main train. Its times are those of `trace`.
struct ProfiledRun {
    Trace trace;                              ///< of the run
    std::vector<ProfiledMovement> movements;  ///< in the order of time
};
ProfiledRun simulate_profiled(const Model& model, Noise noise);  ///< The run of `noise` with its speed profiles.

}  // namespace railwindow
