#pragma once
// Inside of the kernel: what a train passes at once while it moves onto another gradient, where the force is smooth.

#include <railwindow/train/balancing.hpp>

#include <algorithm>
#include <cmath>

namespace railwindow::kernel {

/// Base of the forward pass: changes of speed on transitions.
class Transition : protected Balancing {
protected:
    using Balancing::Balancing;

    /// To the cap, to the end of the range of speeds in which the force is smooth, or to the end of the element. False where it must be
    /// done by slides. `force` is that where the train is.
    template <class Force>
    bool leap_on_transition(const Force& force, double slowest, double fastest, State& state) {
        const double v = state.speed, rise = element_->pull_back_rise, room = element_->end - state.at, start = force(v);
        const bool gains = start > 0;
        const double limit = gains ? std::min(cap_speed_, fastest) : slowest;
        if (!(gains ? limit > v : limit < v)) return false;
        const double most = 0.5 * limit * limit;
        const auto within = [&](double energy) { return energy > 0 && (energy < most) == gains; };
        // Where the train is at the end of the element, by the midpoint rule.
        double to = limit, expected = -1;
        const double middle = state.energy + 0.5 * room * (start - 0.25 * room * rise);
        if (within(middle)) {
            const double speed = std::sqrt(2.0 * middle), there = force(speed) - 0.5 * rise * room;
            const double reached = state.energy + room * there;
            if (there * start > 0 && within(reached)) {
                to = std::sqrt(2.0 * reached);
                expected = room;
            }
        }
        return leap_to(force, start, to, expected, state);
    }

    /// A leap from speed `v` to `to`, wherever that is.
    template <class Force>
    GradedLeap way_to(const Force& force, double v, double start, double to) const {
        const double gain = 0.5 * (to - v) * (to + v), both = start + force(to), rise = element_->pull_back_rise;
        const double evenly = 2.0 * gain / both, expected = 2.0 * gain / (both - rise * evenly);
        if (!(evenly > 0)) return {0, 0, 0, false};
        return kernel::leap(force, rise, v, start, to, expected > 0 ? expected : evenly);
    }

    /// To the end of the element, past balances and turns of the speed, where neither cap nor brake come near. False where it must be done
    /// otherwise.
    template <class Force>
    bool glide_to_end(const Force& force, double slowest, double fastest, State& state) {
        // Not worth the try where it would end far from here or beyond the cap.
        const double room = element_->end - state.at, rise = element_->pull_back_rise;
        const double gained = room * (force(state.speed) - 0.5 * rise * room);
        if (!(std::abs(gained) < 1.2 * state.energy && state.energy + 0.7 * gained < cap_)) return false;
        const Glide way = kernel::glide(force, rise, state.energy, state.speed, room);
        if (!(way.found && way.slowest >= slowest && way.fastest <= fastest)) return false;
        // Between the rule's points it may be a little faster.
        const double most = std::max(way.most + 0.1 * std::abs(way.most - state.energy), way.energy);
        if (most > std::min(cap_, element_->line_end - deceleration_ * build_up_ * way.fastest)) return false;
        state = {element_->end, way.energy, std::sqrt(2.0 * way.energy), state.time + way.time};
        return true;
    }

private:
    template <class Force>
    bool leap_to(const Force& force, double start, double to, double expected, State& state) {
        const double v = state.speed, room = element_->end - state.at;
        if (!(std::abs(to - v) > least_change)) return false;
        const GradedLeap way = expected > 0 ? kernel::leap(force, element_->pull_back_rise, v, start, to, expected) : way_to(force, v, start, to);
        if (!(way.found && way.stretch > 0)) return false;
        const double missing = room - way.stretch;
        const double build_up = start > 0 ? build_up_ : 0.0;
        double energy = 0.5 * to * to, speed = to, at = state.at + way.stretch, time = state.time + way.time;
        if (std::abs(missing) < 0.03 * room) {
            // To the end by one step of Newton in distance; time follows it to second order.
            energy += missing * (way.finish + 0.5 * (way.finish - start) * missing / way.stretch);
            if (!(energy > 0 && energy <= cap_)) return false;
            speed = std::sqrt(2.0 * energy);
            at = element_->end;
            time += 2.0 * missing / (to + speed);
        } else if (missing < 0) {
            return false;
        } else if (to == cap_speed_) {
            energy = cap_;
        }
        if (!in_time(energy, speed, build_up, line(at))) return false;
        state = {at, energy, speed, time};
        return true;
    }
};

}  // namespace railwindow::kernel
