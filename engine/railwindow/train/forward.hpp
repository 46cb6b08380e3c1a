#pragma once
// Inside of the kernel: the forward pass. One code path serves the bare running time and the recorded profile: a recorder
// that does nothing costs nothing.

#include <railwindow/train/creeping.hpp>
#include <railwindow/train/transition.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

namespace railwindow::kernel {

/// What the train is doing between two states.
enum class Phase { effort, cruise, hold, brake };

template <class Recorder>
class Forward : private Transition {
public:
    Forward(const Grid& grid, Tabulated& forces, const Consist& consist, const Conditions& conditions, Recorder& recorder)
        : Transition{grid, forces, consist, conditions}, recorder_{recorder} {}

    /// Runs through one element; false where the train comes to a stand before its end.
    bool run(const Element& element, State& state) {
        stand_on(element);
        if (state.energy >= element.ceiling_energy) {
            state.energy = element.ceiling_energy;
            state.speed = element.ceiling;
            // The commonest elements by far.
            if (holds_throughout(state)) {
                if (element.line_end >= cap_) return move_at_speed(Phase::cruise, element.end, state), true;
                return cruise_to_brake(Phase::cruise, state), true;
            }
        }
        // Who asks afterwards where the train is finds out what ended it: no number, or an endless loop.
        for (int turns = 0; state.at < element.end && turns < most_turns; ++turns) {
            if (on_line(state))
                brake(state);
            else if (state.energy >= cap_ && can_hold(state))
                cruise(cap_ == element.ceiling_energy ? Phase::cruise : Phase::hold, state);
            else if (!(element.pull_back_rise == 0 ? effort(state) : effort_on_transition(state)))
                return false;
        }
        return true;
    }

    /// Runs through one element at its ceiling, whatever the speed before it.
    void run_at_ceiling(const Element& element, State& state) {
        state.energy = element.ceiling_energy;
        state.speed = element.ceiling;
        move_at_speed(Phase::cruise, element.end, state);
    }

private:
    /// How often one element is asked what is next before that is taken for an endless loop: some thousand slides are the most seen.
    static constexpr int most_turns = 1'000'000;

    void brake(State& state) {
        const double before = state.speed;
        // From above its line it would be at the end without having run there.
        if (!(state.energy <= (1 + 1e-3) * line(state.at) + 1e-2)) [[unlikely]]
            state.time = std::numeric_limits<double>::quiet_NaN();
        set(state, element_->line_end);
        state.time += (before - state.speed) * per_deceleration_;
        state.at = element_->end;
        recorder_.phase(Phase::brake, state);
    }

    /// Where a train that holds its speed meets the braking line.
    double brake_place(const State& state) const {
        return std::max(element_->end - (state.energy - element_->line_end) * per_deceleration_, state.at);
    }
    void cruise_to_brake(Phase phase, State& state) {
        move_at_speed(phase, brake_place(state), state);
        brake(state);
    }

    /// Holds the speed to the end of the element, to where the gradient no longer allows it, or to the braking line.
    void cruise(Phase phase, State& state) {
        double until = element_->end;
        if (element_->pull_back_rise * (element_->end - state.at) > nothing && !exceeds(state, pull_back(element_->end))) {
            // A millimetre on, so that rounding does not ask again whether the speed can be held.
            const double holds = (keeping(state) - element_->pull_back) / element_->pull_back_rise + 1e-3;
            until = std::min(until, std::max(element_->begin + holds, state.at + 1e-3));
        }
        if (state.energy > element_->line_end && brake_place(state) <= until) return cruise_to_brake(phase, state);
        move_at_speed(phase, std::max(until, state.at), state);
    }
    void move_at_speed(Phase phase, double until, State& state) {
        state.time += (until - state.at) / state.speed;
        state.at = until;
        recorder_.phase(phase, state);
    }

    /// Full effort to the end of the element, to the cap, or to where the brake must be handled (the cap becomes the speed
    /// then held).
    bool effort(State& state) {
        if (!cells_->zones.empty()) {
            const State before = state;
            switch (leap_in_zone(state)) {
                case Outcome::moved:
                    record_leap_in_zone(before, state);
                    // Up to its cap: it can hold that, too.
                    if (state.energy >= cap_ && state.speed > before.speed && state.at < element_->end)
                        cruise(cap_ == element_->ceiling_energy ? Phase::cruise : Phase::hold, state);
                    return true;
                case Outcome::holds:
                    cruise(Phase::effort, state);
                    return true;
                case Outcome::stands:
                    return false;
                case Outcome::none:
                case Outcome::late:
                    break;
            }
        }
        return effort_in_cells(state);
    }

    /// Records a leap that began at `before`: where it passed whole multiples of `width` in speed, and its end. `way` is that from the begin
    /// to a speed.
    template <class Way>
    void record_leap(const State& before, const State& after, double width, Way way) {
        if constexpr (Recorder::records) {
            const double v = before.speed, to = after.speed, step = to > v ? 1.0 : -1.0;
            double knots = to > v ? std::floor(v / width + 1.0) : std::ceil(v / width - 1.0);
            for (; step * (to - knots * width) > 1e-6; knots += step) {
                const double speed = knots * width;
                const auto [stretch, time] = way(speed);
                if (stretch > 0) recorder_.phase(Phase::effort, State{before.at + stretch, 0.5 * speed * speed, speed, before.time + time});
            }
        }
        recorder_.phase(Phase::effort, after);
    }
    void record_leap(const State& before, const State& after) {
        const SmoothForce force{cells(), element_->pull_back};
        record_leap(before, after, coarse_width,
                    [&](double speed) { return kernel::leap(force, before.speed, force(before.speed), speed, force(speed)); });
    }
    void record_leap_in_zone(const State& before, const State& after) {
        if constexpr (Recorder::records) {
            const double width = settles_in_zone(before.speed, after.speed) ? fine_width : coarse_width;
            record_leap(before, after, width, [&](double speed) { return way_in_zone(before.speed, speed); });
        } else {
            recorder_.phase(Phase::effort, after);
        }
    }
    template <class Force>
    void record_leap_on_transition(const Force& force, const State& before, const State& after) {
        record_leap(before, after, coarse_width, [&](double speed) {
            const GradedLeap way = way_to(force, before.speed, force(before.speed), speed);
            return Leap{way.stretch, way.time};
        });
    }

    /// The same for a glide, at eighths of its stretch.
    template <class Force>
    void record_glide(const Force& force, const State& before, const State& after) {
        if constexpr (Recorder::records) {
            for (int i = 1; i < 8; ++i) {
                const double stretch = 0.125 * i * (after.at - before.at);
                const Glide part = kernel::glide(force, element_->pull_back_rise, before.energy, before.speed, stretch);
                recorder_.phase(Phase::effort, State{before.at + stretch, part.energy, std::sqrt(2.0 * part.energy), before.time + part.time});
            }
        }
        recorder_.phase(Phase::effort, after);
    }

    /// Full effort while the train moves onto another gradient, until the end of the element, the cap or the brake.
    bool effort_on_transition(State& state) {
        int turns = 0;
        for (int wait = 0; state.at < element_->end; wait = std::max(wait - 1, 0)) {
            if (!(state.energy >= 0) || ++turns > most_turns) [[unlikely]]
                return false;
            if (state.energy <= 0 && level(0)(0.0) <= pull_back(state.at)) return false;
            if (wait == 0) {
                if (move_on_transition(state)) {
                    if (state.energy >= cap_) return true;
                    continue;
                }
                wait = 4;  // some slides, until it is worth another try
            }
            const double room = element_->end - state.at;
            Slide slide = slide_from(state, room);
            double stretch = std::min(slide.stretch, room);
            double reached = slide(stretch);
            if (reached < 0) {
                slip(slide, first_root(stretch, [&](double x) { return -slide(x); }), 0.0, state);
                return false;
            }
            const bool rising = reached > state.energy;
            if (rising && reached > cap_) {
                if (state.energy < cap_)
                    stretch = first_root(stretch, [&](double x) { return slide(x) - cap_; });
                else if (slide.net < 0)
                    // It falls below first, and is there again.
                    stretch = back_at_start(slide, stretch);
                else
                    slide = {cap_, 0, 0, 0, stretch};
                reached = cap_;
            }
            // At the cap it holds its speed and gains nothing: then no build-up delays the brake, and there is always a way to go.
            const double build_up = rising && state.energy < cap_ ? build_up_ : 0.0;
            const bool handled = handling(reached, build_up) > line(state.at + stretch);
            if (handled) {
                stretch = first_root(stretch, [&](double x) { return handling(slide(x), build_up) - line(state.at + x); });
                reached = slide(stretch);
                cap_ = std::min(cap_, reached);
            }
            const double before = state.at;
            slip(slide, stretch, reached, state);
            // Losing speed a rounding below the braking line: no way is left to reach it by.
            if (handled && build_up == 0 && state.at == before) return brake(state), true;
            if (stretch >= room) state.at = element_->end;
            if (handled || state.energy >= cap_) {
                cap_speed_ = state.speed;
                return true;
            }
        }
        return true;
    }

    /// Glides or leaps, where the force is smooth.
    bool move_on_transition(State& state) {
        const double here = pull_back(state.at);
        if (const PowerZone* zone = zone_at(state.speed)) return move_on_transition(ZoneForce{*zone, here}, zone->from, zone->to, state);
        if (!is_smooth(state.speed)) return false;
        const auto i = static_cast<std::size_t>(state.speed * per_coarse_width);
        return move_on_transition(SmoothForce{cells(), here}, static_cast<double>(cells().smooth_from[i]) * coarse_width,
                                  static_cast<double>(cells().smooth_below[i]) * coarse_width, state);
    }
    template <class Force>
    bool move_on_transition(const Force& force, double slowest, double fastest, State& state) {
        const State before = state;
        if (glide_to_end(force, slowest, fastest, state)) {
            record_glide(force, before, state);
            return true;
        }
        if (!(state.energy < cap_ && leap_on_transition(force, slowest, fastest, state))) return false;
        record_leap_on_transition(force, before, state);
        return true;
    }

    void slip(const Slide& slide, double stretch, double reached, State& state) {
        const double before = state.speed;
        set(state, reached);
        state.time += slide_time(slide, stretch, reached, before, state.speed);
        state.at += stretch;
        recorder_.phase(Phase::effort, state);
    }

    // Full effort at creeping speeds: forward_creeping.hpp.
    struct ForceAt {
        const Forward& train;
        double operator()(double speed) const { return train.true_force(speed); }
        double per(double speed) const { return 1.0 / train.true_force(speed); }
    };
    [[gnu::noinline]] bool creep_along(State& state);
    bool creep_to(double start, double to, double finish, State& state);
    bool creep_to_brake(double start, double width, State& state);

    // Full effort where forces come from cells: forward_cells.hpp.
    [[gnu::noinline]] bool effort_in_cells(State& state);
    bool settle_at_edge(State& state);
    void take(const Passage& passage, double energy, double speed, State& state);
    bool leave(std::size_t i, double build_up, State& state);
    bool meet_brake(const CoarseForce& force, double to, double stretch, State& state);
    bool gain(State& state);
    std::size_t gain_whole_cells(std::size_t i, State& state);
    void record(double at, double time, std::size_t knots);
    bool gain_finely(std::size_t last, State& state);
    bool lose(State& state);
    bool pass_finely(const Linear& force, double start, double energy, double speed, double build_up, State& state);
    bool pass_medium(std::size_t j, std::size_t to, double build_up, State& state);
    bool lose_finely(std::size_t last, State& state);
    void step(const Linear& force, double stretch, double reached, State& state);

    Recorder& recorder_;
};

}  // namespace railwindow::kernel

#include <railwindow/train/forward_cells.hpp>
#include <railwindow/train/forward_creeping.hpp>
