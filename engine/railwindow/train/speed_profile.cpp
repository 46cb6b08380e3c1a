#include <railwindow/train/speed_profile.hpp>

#include <railwindow/train/journey.hpp>

#include <algorithm>
#include <array>
#include <cmath>

namespace railwindow {
namespace {

using kernel::Element;
using kernel::Phase;
using kernel::State;

/// A part of the run in which the train does one thing.
struct Part {
    Phase phase;
    State from, to;
    const Element* element;
};

class Recorder {
public:
    static constexpr bool records = true;
    explicit Recorder(const State& start) : last_{start} {}
    void phase(Phase phase, const State& now) {
        if (now.at > last_.at) parts_.push_back({phase, last_, now, nullptr});
        last_ = now;
    }
    /// Says that everything since the last call was done on `element`.
    void adopt(const Element& element) {
        for (; adopted_ < parts_.size(); ++adopted_) parts_[adopted_].element = &element;
    }
    const std::vector<Part>& parts() const { return parts_; }

private:
    std::vector<Part> parts_;
    std::size_t adopted_ = 0;
    State last_;
};

/// Turns parts into breakpoints: what binds, which forces act, what they have done.
class Explanation {
public:
    Explanation(const Course& course, const Consist& consist, const Movement& movement)
        : course_{course},
          consist_{consist},
          movement_{movement},
          inertia_{movement.conditions.mass * to_si(consist.mass) * consist.rotating_mass_factor},
          davis_{kernel::resistance_of(consist, movement.conditions)},
          stretch_{1.0 + kernel::stretch_of(movement.supplement)} {}

    Breakpoint at(const State& state, const Element& element) const {
        const double pull_back = pull_back_at(element, state.at);
        const double felt = knows_forces(consist_) ? pull_back * consist_.rotating_mass_factor / to_si(gravity) : 0.0;
        const Speed speed = from_si<Speed>(state.speed);
        return {.at = CourseOffset{from_si<Length>(state.at)},
                .speed = speed,
                .time = from_si<Duration>(stretch_ * state.time),
                .mode = DrivingMode::standstill,
                .limit = from_si<Speed>(element.ceiling),
                .binding = Binding::none,
                .gradient = felt,
                .traction = {},
                .braking = {},
                .resistance = resistance(davis_, speed),
                .energy = from_si<Energy>(energy_)};
    }

    Breakpoint begin_of(const Part& part) {
        State from = part.from;
        if (part.phase == Phase::cruise) from.speed = part.to.speed;  // at constant speed a change takes no time
        Breakpoint b = at(from, *part.element);
        b.binding = binding(part);
        b.mode = mode(part, b.binding);
        if (knows_forces(consist_)) set_forces(part, b);
        return b;
    }

private:
    static double pull_back_at(const Element& e, double at) { return e.pull_back + e.pull_back_rise * (at - e.begin); }

    /// Of head's own three ceilings the least; where the ceiling is lower still, the tail stands on it.
    Binding binding(const Part& part) const {
        if (part.phase == Phase::brake || part.phase == Phase::hold) return Binding::brake_curve;
        if (part.phase == Phase::effort) return part.element->coasting ? Binding::none : Binding::effort;
        const auto after = std::upper_bound(course_.pieces.begin(), course_.pieces.end(), part.from.at,
                                            [](double x, const CoursePiece& p) { return x < to_si(p.begin.from_begin()); });
        const CoursePiece& head = *(after - 1);
        const double line = to_si(head.limit), pace = to_si(movement_.caps[head.pace]), train = to_si(consist_.speed_limit);
        const auto* lowered = std::get_if<LoweredCap>(&movement_.supplement);
        const double own = std::min({line, pace, train}) * (lowered ? 1.0 - lowered->share : 1.0);
        if (part.element->ceiling < own) return Binding::tail_release;
        if (line <= pace && line <= train) return Binding::line_limit;
        return pace <= train ? Binding::operating_speed : Binding::train_limit;
    }

    static DrivingMode mode(const Part& part, Binding binding) {
        if (part.phase == Phase::brake) return DrivingMode::braking;
        if (part.element->coasting) return DrivingMode::coasting;
        if (binding == Binding::tail_release) return DrivingMode::clearing;
        if (part.phase != Phase::effort || part.to.energy == part.from.energy) return DrivingMode::cruising;
        return part.to.energy > part.from.energy ? DrivingMode::accelerating : DrivingMode::diminishing;
    }

    /// Forces at the beginning of `part`, and the energy of traction over it: what is left of the changes of kinetic and
    /// potential energy and the work of resistance.
    void set_forces(const Part& part, Breakpoint& b) {
        const double pull_back = pull_back_at(*part.element, part.from.at);
        const double opposed = inertia_ * pull_back + to_si(b.resistance);
        double pull = opposed;
        if (part.phase == Phase::brake)
            pull = opposed - inertia_ * to_si(consist_.brakes.deceleration);
        else if (part.phase == Phase::effort && part.to.energy != part.from.energy)
            pull = part.element->coasting ? 0.0 : kernel::effort_at(consist_, movement_.conditions, std::max(part.from.speed, 1e-3));
        (pull > 0 ? b.traction : b.braking) = from_si<Force>(std::abs(pull));
        const double stretch = part.to.at - part.from.at;
        const double climbed = 0.5 * (pull_back + pull_back_at(*part.element, part.to.at)) * stretch;
        const double before = part.phase == Phase::cruise ? part.to.energy : part.from.energy;
        const double work = inertia_ * (part.to.energy - before + climbed) + work_of_resistance(before, part.to.energy, stretch);
        if (!part.element->coasting) energy_ += std::max(work, 0.0);
    }

    /// By Simpson's rule: energy is close to linear in distance within a part.
    double work_of_resistance(double before, double after, double stretch) const {
        const auto force = [&](double energy) { return to_si(resistance(davis_, from_si<Speed>(std::sqrt(2.0 * energy)))); };
        return stretch / 6.0 * (force(before) + 4.0 * force(0.5 * (before + after)) + force(after));
    }

    const Course& course_;
    const Consist& consist_;
    const Movement& movement_;
    double inertia_;
    Davis davis_;
    double stretch_;
    double energy_ = 0;
};

}  // namespace

std::string_view name(DrivingMode mode) {
    static constexpr std::array<std::string_view, 7> names{"accelerating", "cruising", "diminishing", "coasting",
                                                           "braking",      "clearing", "standstill"};
    return names[static_cast<std::size_t>(mode)];
}

std::string_view name(Binding binding) {
    static constexpr std::array<std::string_view, 7> names{"line limit",  "operating speed", "train limit", "tail release",
                                                           "brake curve", "effort",          "none"};
    return names[static_cast<std::size_t>(binding)];
}

SpeedProfile speed_profile(const Course& course, const Consist& consist, const Movement& movement, Workspace& workspace) {
    kernel::check_movement(course, consist, movement, {}, 0);
    Workspace::Buffers& buffers = workspace.buffers();
    kernel::prepare(course, consist, movement, {}, buffers);
    SpeedProfile profile{
        .breakpoints = {}, .rung = rung_name(consist), .gradient_model = consist.gradient_model, .supplement = movement.supplement, .stall = {}};
    if (buffers.elements.empty()) return profile;
    const double v = to_si(movement.initial_speed);
    State state{.at = to_si(movement.from.from_begin()), .energy = 0.5 * v * v, .speed = v, .time = 0};
    Recorder recorder{state};
    profile.stall = kernel::travel(consist, movement, buffers, state, recorder, [&](const Element& e, const State&) { recorder.adopt(e); });
    const auto stood = std::find_if(buffers.elements.begin(), buffers.elements.end(), [&](const Element& e) { return e.end > state.at; });
    const Element& last = profile.stall && stood != buffers.elements.end() ? *stood : buffers.elements.back();
    recorder.adopt(last);
    Explanation explanation{course, consist, movement};
    for (const Part& part : recorder.parts()) profile.breakpoints.push_back(explanation.begin_of(part));
    profile.breakpoints.push_back(explanation.at(state, last));
    return profile;
}

namespace {

/// The speed with which the train comes to `next`: there it may change without taking time, at constant speed.
double speed_towards(const Breakpoint& b, const Breakpoint& next) {
    const bool steady = b.mode == DrivingMode::cruising || b.mode == DrivingMode::clearing;
    return to_si(steady ? b.speed : next.speed);
}

/// State after shares `way` and `spent` of distance and time to the next breakpoint.
Breakpoint between(Breakpoint b, const Breakpoint& next, double way, double spent, double speed) {
    b.at = b.at + way * (next.at - b.at);
    b.time += spent * (next.time - b.time);
    b.speed = from_si<Speed>(speed);
    b.energy += way * (next.energy - b.energy);
    return b;
}

}  // namespace

Breakpoint state_at(const SpeedProfile& profile, CourseOffset place) {
    const auto& points = profile.breakpoints;
    const auto after = std::upper_bound(points.begin(), points.end(), place, [](CourseOffset x, const Breakpoint& b) { return x < b.at; });
    if (after == points.begin()) return points.front();
    const Breakpoint& before = *(after - 1);
    if (after == points.end()) return before;
    const double part = (place - before.at) / (after->at - before.at), v0 = to_si(before.speed), v1 = speed_towards(before, *after);
    const double v = std::sqrt(std::max(v0 * v0 + part * (v1 * v1 - v0 * v0), 0.0));
    Breakpoint b = between(before, *after, part, v + v0 > 0 ? part * (v0 + v1) / (v0 + v) : 0.0, v);
    b.at = place;
    return b;
}

Breakpoint state_at(const SpeedProfile& profile, Duration time) {
    const auto& points = profile.breakpoints;
    const auto after = std::upper_bound(points.begin(), points.end(), time, [](Duration x, const Breakpoint& b) { return x < b.time; });
    if (after == points.begin()) return points.front();
    const Breakpoint& before = *(after - 1);
    if (after == points.end()) return before;
    const double spent = (time - before.time) / (after->time - before.time), v0 = to_si(before.speed), v1 = speed_towards(before, *after);
    const double v = v0 + spent * (v1 - v0);
    Breakpoint b = between(before, *after, v0 + v1 > 0 ? spent * (v0 + v) / (v0 + v1) : 0.0, spent, v);
    b.time = time;
    return b;
}

}  // namespace railwindow
