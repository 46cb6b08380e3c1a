#pragma once
// One run, explained: speed over distance with the forces and what binds at every breakpoint.

#include <railwindow/train/run.hpp>

#include <optional>
#include <string_view>
#include <vector>

namespace railwindow {

/// What the train does from one breakpoint to the next.
enum class DrivingMode { accelerating, cruising, diminishing, coasting, braking, clearing, standstill };

/// Which rule keeps the train from going faster.
enum class Binding { line_limit, operating_speed, train_limit, tail_release, brake_curve, effort, none };

/// The word for `mode`, as results write it.
std::string_view name(DrivingMode mode);
/// The words for `binding`, as results write them.
std::string_view name(Binding binding);

/// State of the train at a place; mode, limit, binding, gradient and forces hold from here to the next breakpoint.
struct Breakpoint {
    CourseOffset at;   ///< the head's place on the course
    Speed speed;       ///< here
    Duration time;     ///< since the start of the movement, supplement included
    DrivingMode mode;  ///< what the train does
    Speed limit;       ///< ceiling over the whole train
    Binding binding;   ///< what keeps it from going faster
    double gradient;   ///< as felt by the train, uphill positive
    Force traction;    ///< at the rail
    Force braking;     ///< at the rail
    Force resistance;  ///< running resistance without gradient
    Energy energy;     ///< done by traction at the rail since the start
};

/// One run in full. The last breakpoint is where it ended: at its destination or where it stalled. Empty for a movement
/// without length.
struct SpeedProfile {
    std::vector<Breakpoint> breakpoints;  ///< in order of place and time
    std::string_view rung;                ///< its name (rung_name)
    GradientModel gradient_model;         ///< where the gradient is felt
    Supplement supplement;                ///< what was added to the shortest time
    std::optional<Stall> stall;           ///< where it came to a stand; empty: it arrived

    /// From the beginning to the last breakpoint.
    Duration running_time() const { return breakpoints.empty() ? Duration{} : breakpoints.back().time; }
    /// At the wheels, from the beginning to the last breakpoint.
    Energy energy() const { return breakpoints.empty() ? Energy{} : breakpoints.back().energy; }
};

/// State at `place`, between breakpoints by constant acceleration; at the ends, those of the profile. The profile has
/// breakpoints.
Breakpoint state_at(const SpeedProfile& profile, CourseOffset place);

/// State `time` after the start of the movement, in the same way.
Breakpoint state_at(const SpeedProfile& profile, Duration time);

/// The run of `movement` in full; its times are those of `run`, from the same sums.
/// Throws: as `run`.
SpeedProfile speed_profile(const Course& course, const Consist& consist, const Movement& movement, Workspace& workspace);

}  // namespace railwindow
