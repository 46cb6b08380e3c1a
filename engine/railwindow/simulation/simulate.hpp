#pragma once
// One run of a model: a discrete-event simulation of the train.
//
//   draw what holds for the whole journey (cars, pace, operating speeds, where it halts)
//   agenda <- the departure
//   while the agenda holds an event: take the earliest
//     departure from a stop   running time to the next stop from the kernel; stations between are passed; agenda <- the arrival
//     arrival at a stop       agenda <- the end of every activity that waits for nothing
//     end of an activity      agenda <- the ends of those that waited for it; when all are done, the departure
//   until the destination is reached, or the train stalls
//
// The model is const and shared, the state belongs to one run; a run is a function of (model, noise) and nothing else.

#include <railwindow/simulation/model.hpp>
#include <railwindow/train/speed_profile.hpp>

#include <limits>
#include <memory>
#include <optional>
#include <vector>

namespace railwindow {

/// When the train was at one visit. A station that is passed has equal times.
struct VisitTimes {
    Instant arrive, depart;
    Millis moving{};  ///< running time since the origin, up to the arrival
};

/// The longest a run may last: a journey that is not over after a year is none. Nothing is computed beyond it.
inline constexpr Millis horizon = std::chrono::hours{24 * 366};

struct BeyondHorizon {};

/// Where and why a run ended before its destination.
struct Stranded {
    std::size_t after_visit;  ///< the last visit that was reached
    std::variant<Stall, BeyondHorizon> why;
};

/// One run. `visits` holds the visits of its alternative that were reached, the origin first.
struct Trace {
    std::size_t alternative = 0;  ///< of Model::alternatives
    std::vector<VisitTimes> visits;
    std::optional<Stranded> stranded;
    int cars = 0;
};

struct ProfiledRun;

/// Runs of one model, one after the other, on storage that is used again. One per thread; the model must outlive it.
/// Cost: no allocation after the first few runs.
class Simulator {
public:
    /// Runs of `model`, which must outlive it.
    explicit Simulator(const Model& model);
    ~Simulator();
    Simulator(Simulator&&) noexcept;

    /// The run of `noise`; valid until the next call.
    const Trace& run(Noise noise);

private:
    friend ProfiledRun simulate_profiled(const Model&, Noise);
    struct State;
    State& state_of(std::size_t alternative);
    const Model* model_;
    std::vector<std::unique_ptr<State>> states_;  // by alternative, made when a run first takes it
};

/// One run of `model`: a pure function.
Trace simulate(const Model& model, Noise noise);

/// How the train moved from one stop to the next.
struct ProfiledMovement {
    std::size_t from, to;  ///< visits
    Instant depart;
    CourseOffset begin;  ///< of the movement on its course
    Length distance;     ///< of the movement's begin, from the origin
    SpeedProfile profile;
};

/// One run with the speed profile of every movement. Its times are those of `trace`.
struct ProfiledRun {
    Trace trace;
    std::vector<ProfiledMovement> movements;
};
ProfiledRun simulate_profiled(const Model& model, Noise noise);

}  // namespace railwindow
