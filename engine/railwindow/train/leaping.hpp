#pragma once
// Inside of the kernel: what a train passes at once where the force is smooth, until cap, end of the element or brake.

#include <railwindow/train/footing.hpp>

#include <algorithm>
#include <cmath>

namespace railwindow::kernel {

/// Base of the forward pass: changes of speed that need no cells.
class Leaping : protected Footing {
protected:
    using Footing::Footing;

    /// Of a leap: not accepted; nothing to do but to hold the speed; no force to start with; the brake comes first; done.
    enum class Outcome { none, holds, stands, late, moved };

    /// Gains speed where the force is smooth: to the cap, to the end of that range of speeds, to where the force has sunk to
    /// half, to the end of the element or to the brake. False where it must be done by cells.
    bool leap_up(std::size_t i, State& state) {
        const std::size_t last = cells().smooth_below[i];
        if (last <= i + 1) return false;
        const double v = state.speed, to = std::min(std::min(cap_speed_, static_cast<double>(last) * coarse_width), 2.5 * v);
        const SmoothForce force{cells(), element_->pull_back};
        const Tangent start = force.tangent(v);
        if (!(start.value > least_force && to > v)) return false;
        return leap_over(force, start, to, build_up_, state);
    }
    /// The same for a train that loses speed.
    bool leap_down(std::size_t i, State& state) {
        const std::size_t first = cells().smooth_from[i];
        if (first == i) return false;
        const double v = state.speed, to = std::max(static_cast<double>(first) * coarse_width, 0.4 * v);
        const SmoothForce force{cells(), element_->pull_back};
        const Tangent start = force.tangent(v);
        if (!(start.value < -least_force && to < v)) return false;
        return leap_over(force, start, to, 0.0, state);
    }

    /// Less is not told by cells that may be off by their roughness where they meet. Judgement.
    static constexpr double least_force = 1e-2;

    /// Less is not worth a leap, and none would not end.
    static constexpr double least_change = 1e-3;

    /// To the end of the element or, if that is far, towards speed `to`.
    template <class Force>
    bool leap_over(const Force& force, const Tangent& start, double to, double build_up, State& state) {
        const double change = start.slope * (element_->end - state.at) / state.speed;
        if (std::abs(change) < 1.2 && leap_at_once(force, start.value, change, to, build_up, state)) return true;
        // A train that comes to its balance there does so by cells.
        const double finish = force(to);
        return finish / start.value > 0.05 && leap(force, start.value, to, finish, build_up, state);
    }

    /// To the end of the element or to the brake, if that comes before speed `to`; `change` is about the logarithm of how the force changes
    /// up to the end.
    template <class Force>
    bool leap_at_once(const Force& force, double start, double change, double to, double build_up, State& state) {
        // One that gains speed will need no less for its brake than now.
        Outcome outcome = to > state.speed && brakes(state.energy, state.speed, build_up) ? Outcome::late : Outcome::none;
        if (outcome == Outcome::none) outcome = leap_by<false>(force, start, change, to, build_up, state);
        if (outcome == Outcome::late) outcome = leap_by<true>(force, start, change, to, build_up, state);
        return outcome == Outcome::moved;
    }

    /// The same by the midpoint rule for a guess. Where `braking`, what is used up is not only way but also the way that a train needs
    /// more for braking: so the brake is met where its room is used up, as the end is where the element is.
    template <bool braking, class Force>
    Outcome leap_by(const Force& force, double start, double change, double to, double build_up, State& state) {
        const auto eased = [&](double a, double speed) { return braking ? a / (1.0 + a * (per_deceleration_ + build_up / speed)) : a; };
        const double most = 0.5 * to * to, v = state.speed, begin = eased(start, v);
        double room = element_->end - state.at;
        if (braking) {
            const double share = begin / start, all = room;
            room = (line(state.at) - state.energy) * per_deceleration_ - build_up * v;
            change *= share * share * room / all;
            if (!(room > 0)) return Outcome::none;
        }
        const double middle = state.energy + 0.5 * room * begin * (1.0 + change * (0.25 + change * (1.0 / 24)));
        if (!((middle < most) == (to > v) && middle > 0 && may_ask<Force>(middle))) return Outcome::none;
        const double speed = std::sqrt(2.0 * middle);
        const double guessed = state.energy + room * eased(force(speed), speed) * (1.0 + change * change * (1.0 / 24));
        if (!((guessed < most) == (to > v) && guessed > 0)) return Outcome::none;
        return arrive<braking>(force, start, guessed, to, room, build_up, state);
    }

    /// To where the room is used up, where the energy is about `guessed`, if that comes before speed `to`.
    template <bool braking, class Force>
    Outcome arrive(const Force& force, double start, double guessed, double to, double room, double build_up, State& state, bool again = true) {
        if (!may_ask<Force>(guessed)) return Outcome::none;
        const double v = state.speed, speed = std::sqrt(2.0 * guessed), there = force(speed);
        const auto used = [&](double energy, double reached) {
            return braking ? (energy - state.energy) * per_deceleration_ + build_up * (reached - v) : 0.0;
        };
        const Leap way = kernel::leap(force, v, start, speed, there);
        // One step of Newton in room; time follows it to second order.
        const double missing = room - way.stretch - used(guessed, speed);
        const double share = braking ? 1.0 / (1.0 + there * (per_deceleration_ + build_up / speed)) : 1.0;
        const double end = braking ? share * there : there, slope = (braking ? share * share : 1.0) * force.slope(speed) / speed;
        const double energy = guessed + end * missing * (1.0 + 0.5 * slope * missing), corrected = std::sqrt(2.0 * energy);
        // Once more from there, where that step was a large one. In cells that would hide that the rule does not serve: there it is refused.
        if (!(energy > 0 && (energy < 0.5 * to * to) == (to > v))) return Outcome::none;
        if (Force::concave && !(std::abs(missing) < 0.02 * room) && again)
            return arrive<braking>(force, start, energy, to, room, build_up, state, false);
        if (!(std::abs(missing) < 0.03 * room && there * start > 0 && force.serves(v, start, speed, there))) return Outcome::none;
        const double stretch = room - used(energy, corrected), time = state.time + way.time + 2.0 * (stretch - way.stretch) / (speed + corrected);
        if (braking) return handle_brake(energy, state.at + stretch, time, start > 0, state);
        if (brakes(energy, corrected, build_up)) return Outcome::late;
        state = {element_->end, energy, corrected, time};
        return Outcome::moved;
    }

    /// Whether a train that is as fast as that at the end of the element must brake before.
    bool brakes(double energy, double speed, double build_up) const { return !(clear_ | in_time(energy, speed, build_up, element_->line_end)); }

    /// At the brake, with about that energy. For one that gains speed, the cap becomes the speed then held.
    Outcome handle_brake(double energy, double at, double time, bool gains, State& state) {
        if (!(energy >= element_->line_target && at <= element_->end)) return Outcome::none;
        if (gains) place_cap(at, state.speed);
        const double left = gains ? cap_ : line(at);
        state = {at, left, gains ? cap_speed_ : std::sqrt(2.0 * left), time};
        return Outcome::moved;
    }

    /// To speed `to` or less far, as leap_up says.
    template <class Force>
    bool leap(const Force& force, double start, double to, double finish, double build_up, State& state) {
        const double v = state.speed;
        if (finish / start < 0.4) {
            // To where a has sunk to half, as v a is close to a line in v where power is constant.
            const double per_speed = (to * finish - v * start) / (to - v);
            to = v * (start - per_speed) / (0.5 * start - per_speed);
            finish = force(to);
        }
        if (!(std::abs(finish / start - 1.4) < 1.1 && std::abs(to - v) > least_change)) return false;
        const Leap whole = kernel::leap(force, v, start, to, finish);
        const double reached = to == cap_speed_ ? cap_ : 0.5 * to * to, at = state.at + whole.stretch;
        if (at > element_->end &&
            arrive<false>(force, start, hermite(element_->end - state.at, whole.stretch, state.energy, start, 0.5 * to * to, finish), to,
                          element_->end - state.at, build_up, state) == Outcome::moved)
            return true;
        const bool timely = clear_ | in_time(reached, to, build_up, line(at));
        if (at <= element_->end && timely) {
            state = {at, reached, to, state.time + whole.time};
            return true;
        }
        return !timely && to > v && leap_to_brake(force, start, to, finish, whole.stretch, state);
    }

    /// To where the brake must be handled, before speed `to` that needs `stretch`: the cap becomes the speed then held.
    template <class Force>
    bool leap_to_brake(const Force& force, double start, double to, double finish, double stretch, State& state) {
        const double limit = line(state.at), by_build_up = deceleration_ * build_up_;
        const auto per_excess = [&](double speed, double there) {
            return 1.0 / (1.0 + deceleration_ / there + by_build_up / std::max(speed, least_change));
        };
        const double before = state.energy + by_build_up * state.speed - limit;
        const double beyond = 0.5 * to * to + deceleration_ * stretch + by_build_up * to - limit;
        if (!(before < 0 && beyond > 0)) return false;
        double energy = hermite(-before, beyond - before, state.energy, per_excess(state.speed, start), 0.5 * to * to, per_excess(to, finish));
        for (int i = 0; i < 4; ++i) {
            if (!may_ask<Force>(energy)) return false;
            const double speed = std::sqrt(2.0 * energy), there = force(speed);
            const Leap way = kernel::leap(force, state.speed, start, speed, there);
            const double change = (limit - energy - deceleration_ * way.stretch - by_build_up * speed) * per_excess(speed, there);
            if (!(std::abs(change) < 0.1 * energy)) return false;
            energy += change;
            if (std::abs(change) > 2e-3 * energy) continue;
            const double corrected = std::sqrt(2.0 * energy), per_force = 0.5 / there + 0.5 / force(corrected);
            const double time = state.time + way.time + (corrected - speed) * per_force;
            return handle_brake(energy, state.at + way.stretch + change * per_force, time, true, state) == Outcome::moved;
        }
        return false;
    }
};

}  // namespace railwindow::kernel
