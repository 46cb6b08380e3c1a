#pragma once
// Running times: how long a train needs from one place on its course to another. Solved piece by piece; no time step.

#include <railwindow/train/consist.hpp>
#include <railwindow/train/course.hpp>

#include <memory>
#include <span>
#include <variant>

namespace railwindow {

/// What one run has drawn, as factors on the consist: 1 is as written.
struct Conditions {
    double mass = 1;        ///< of the load; resistance stays as written
    double power = 1;       ///< catenary voltage or engine state: stretches the effort curve along the speed axis
    double resistance = 1;  ///< track and weather
    double grip = 1;        ///< wet or icy rails
    friend bool operator==(const Conditions&, const Conditions&) = default;
};

/// Running time is stretched by `share` of itself, evenly over the way.
struct StretchedTime {
    double share = 0;  ///< 0.05: five per cent longer
};

/// Every ceiling is lowered by `share` of itself.
struct LoweredCap {
    double share = 0;  ///< 0.05: five per cent slower
};

/// What a timetable adds to the shortest running time: nothing, a stretch of time, or a lowered cap.
using Supplement = std::variant<std::monostate, StretchedTime, LoweredCap>;

/// A part of the course, head of the train.
struct Stretch {
    CourseOffset begin;  ///< of the head
    CourseOffset end;    ///< of the head
};

/// One uninterrupted movement. Its ceiling at a place is the least of line limit, caps[pace] and train limit over all
/// track that the train stands on: limits are held until the tail has left them.
struct Movement {
    CourseOffset from;                    ///< where the head starts
    CourseOffset to;                      ///< where the head ends
    Speed initial_speed{};                ///< 0: starts from standstill
    Speed final_speed{};                  ///< the most at which `to` is passed; 0: stops there
    std::span<const Speed> caps;          ///< by CoursePiece::pace
    std::span<const Stretch> coasting{};  ///< ascending: no traction here
    Conditions conditions{};              ///< what this run has drawn
    Supplement supplement{};              ///< what a timetable adds
};

/// The train came to a stand on a grade that it cannot climb.
struct Stall {
    CourseOffset at;  ///< where the head stands
    Duration time;    ///< since the start of the movement, supplement included
    Force needed;     ///< gradient and resistance
    Force available;  ///< at the wheel
};

/// Total running time, or where the run ended.
using RunOutcome = std::variant<Duration, Stall>;

/// Storage that runs use again and again; one per thread. A run allocates only when it is larger than all before it.
class Workspace {
public:
    Workspace();
    ~Workspace();
    Workspace(Workspace&&) noexcept;
    Workspace& operator=(Workspace&&) noexcept;

    struct Buffers;
    /// For the kernel alone.
    Buffers& buffers() { return *buffers_; }

private:
    std::unique_ptr<Buffers> buffers_;
};

/// Running time of `movement`; `passing_times[i]` receives the time since its start when the head passes
/// `timing_points[i]` (ascending, within the movement; infinite beyond a stall).
/// Throws: InputError naming field and value where the movement does not fit the course; Infeasible where the train is too
/// fast at the start to keep a limit or to stop. `course` and `consist` must have passed `check`.
RunOutcome run(const Course& course, const Consist& consist, const Movement& movement, std::span<const CourseOffset> timing_points,
               std::span<Duration> passing_times, Workspace& workspace);

/// Running time of `movement` without timing points.
inline RunOutcome run(const Course& course, const Consist& consist, const Movement& movement, Workspace& workspace) {
    return run(course, consist, movement, {}, {}, workspace);
}

/// The greatest initial speed with which `movement` may begin: it keeps the ceiling where the movement begins and all
/// limits ahead. `run` throws Infeasible for none up to it and for any greater one (by more than 1e-9 of it). A movement without length has no way
/// to brake: its final speed. Its own initial speed plays no part.
/// Throws: InputError as `run`.
Speed greatest_initial_speed(const Course& course, const Consist& consist, const Movement& movement, Workspace& workspace);

}  // namespace railwindow
