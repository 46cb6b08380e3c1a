#pragma once
// Inside of the kernel: full effort on an even gradient, in power zones: to cap, end of the element, brake, or the end of the zone.

#include <railwindow/train/balance.hpp>
#include <railwindow/train/leaping.hpp>

#include <algorithm>
#include <cmath>

namespace railwindow::kernel {

/// Base of the forward pass: changes of speed in power zones.
class Balancing : protected Leaping {
protected:
    using Leaping::Leaping;

    /// As far as the zone goes. None where it must be done otherwise.
    Outcome leap_in_zone(State& state) {
        const PowerZone* zone = zone_at(state.speed);
        if (!zone) [[unlikely]]
            return Outcome::none;
        const double v = state.speed, pull = element_->pull_back, room = element_->end - state.at;
        double start = ZoneForce{*zone, pull}(v);
        if (start < 0 && v <= zone->from) {
            if (zone == zones_begin()) return Outcome::none;
            start = ZoneForce{*--zone, pull}(v);
        }
        const ZoneForce force{*zone, pull};
        leapt_in_ = zone;
        const bool gains = start > 0;
        // As good as nothing: rounding alone must not move it.
        if (std::abs(start) < nothing) [[unlikely]]
            return v > 0 ? Outcome::holds : Outcome::stands;
        // On its way to the brake already, which builds up.
        if (build_up_ > 0 && gains && !in_time(state.energy, v, build_up_, line(state.at))) [[unlikely]]
            return Outcome::holds;
        if (gains ? !(state.energy < cap_) : v < slowest_loss) return Outcome::none;
        double to = zone->from;
        if (gains) {
            clear_ = in_time(cap_, cap_speed_, build_up_, element_->line_end);
            to = std::min(cap_speed_, zone->to);
            if (zone->constant > 0) to = std::min(to, widest * v);
        } else {
            clear_ = state.energy <= element_->line_end;
            to = std::max(to, v * (1.0 / widest));
        }
        const double build_up = gains ? build_up_ : 0.0, finish = force(to);
        // The force falls as speed rises: the least way that this change of speed may need.
        const bool may_reach = (finish * start > 0) & ((0.5 * (to - v) * (to + v) < start * room) == gains);
        if (may_reach && std::abs(to - v) > least_change && force.serves(v, start, to, finish)) {
            const Leap way = kernel::leap(force, v, start, to, finish);
            if (way.stretch <= room) return reach(force, start, to, finish, way, build_up, state);
            const double guess = hermite(room, way.stretch, state.energy, start, 0.5 * to * to, finish);
            const Outcome outcome = Leaping::arrive<false>(force, start, guess, to, room, build_up, state);
            if (outcome == Outcome::moved) return outcome;
            if (outcome == Outcome::late) return brake_before(force, start, to, finish, way.stretch, build_up, state);
        } else if (may_reach && force.serves_wide(v, to, finish)) {
            const Leap way = kernel::wide_leap(force, v, start, to, finish);
            if (way.stretch <= room) return reach(force, start, to, finish, way, build_up, state);
        }
        const double change = force.slope(v) * room / v;
        if (!may_reach && std::abs(change) < 1.2 && leap_at_once(force, start, change, to, build_up, state)) return Outcome::moved;
        balance_in(*zone, start * finish < 0 ? between(force, v, start, to, finish) : to);
        if (!balance_.known) return Outcome::none;
        if (std::abs(v - balance_.speed) < 1e-7 * v) return Outcome::holds;
        if (may_reach) {
            const Leap way = balance_.way(v, to);
            if (way.stretch <= room) return reach(force, start, to, finish, way, build_up, state);
        }
        return arrive(start, build_up, state);
    }

    /// Whether it ends so near to the balancing speed that the force changes much on the way.
    bool settles_in_zone(double from, double to) const {
        const ZoneForce force{*leapt_in_, element_->pull_back};
        return !(force(to) / force(from) > 0.4);
    }
    /// Of the last leap, from its begin to a speed on its way.
    Leap way_in_zone(double from, double to) const {
        const ZoneForce force{*leapt_in_, element_->pull_back};
        const double start = force(from), there = force(to);
        if (force.serves(from, start, to, there)) return kernel::leap(force, from, start, to, there);
        // Not the one that moves the train: to look at it changes nothing.
        const Balance balance{*leapt_in_, element_->pull_back, element_->ceiling};
        return balance.known ? balance.way(from, to) : Leap{0, 0};
    }

private:
    /// Below this speed a train that loses speed comes to a stand.
    static constexpr double slowest_loss = 0.1;
    /// By what factor speed may change at once where power is constant.
    static constexpr double widest = 3.0;

    void balance_in(const PowerZone& zone, double near) {
        if (&zone == zone_ && element_->pull_back == pull_) return;
        zone_ = &zone;
        pull_ = element_->pull_back;
        balance_ = Balance{zone, pull_, near};
    }
    /// About where the force vanishes between two speeds.
    static double between(const ZoneForce& force, double v, double start, double to, double finish) {
        const double fastest = std::max(v, to), power = v * start, change = to * finish - power;
        const double guess = hermite(-power, change, v, 1.0 / force.power_slope(v), to, 1.0 / force.power_slope(to));
        return guess > std::min(v, to) && guess < fastest ? guess : fastest;
    }

    /// To the brake before speed `to` that needs `stretch`.
    Outcome brake_before(const ZoneForce& force, double start, double to, double finish, double stretch, double build_up, State& state) {
        if (start > 0 && force.serves(state.speed, start, to, finish) && leap_to_brake(force, start, to, finish, stretch, state))
            return Outcome::moved;
        balance_in(*leapt_in_, element_->ceiling);
        return balance_.known ? meet(start, build_up, state) : Outcome::none;
    }

    /// Speed `to` by `way`, or the brake before it.
    [[gnu::always_inline]] Outcome reach(const ZoneForce& force, double start, double to, double finish, const Leap& way, double build_up,
                                         State& state) {
        const double energy = to == cap_speed_ ? cap_ : 0.5 * to * to, at = state.at + way.stretch;
        if (clear_ | in_time(energy, to, build_up, line(at))) {
            state = {at, energy, to, state.time + way.time};
            return Outcome::moved;
        }
        return brake_before(force, start, to, finish, way.stretch, build_up, state);
    }

    /// To the end of the element, or to the brake.
    Outcome arrive(double start, double build_up, State& state) {
        if (surely_brakes(start, build_up, state)) return meet(start, build_up, state);
        const Approach end = balance_.until(state.speed, start, element_->end - state.at, 0, 0);
        if (!end.found) return Outcome::none;
        const double energy = 0.5 * end.speed * end.speed;
        if (brakes(energy, end.speed, build_up)) return meet(start, build_up, state);
        state = {element_->end, energy, end.speed, state.time + end.way.time};
        return Outcome::moved;
    }

    /// Whether it is clear without more ado that the brake comes before the end.
    bool surely_brakes(double start, double build_up, const State& state) const {
        if (clear_) return false;
        // It ends between the speed that it has and that at which it would balance.
        const double v = state.speed, b = std::max(balance_.speed, 0.0), slowest = start > 0 ? v : b;
        if (brakes(0.5 * slowest * slowest, slowest, build_up)) return true;
        if (!(start > 0) || build_up > 0) return false;
        // v/a is convex in speed: to the speed that the brake allows there it needs less than by the trapezoidal rule.
        const double allowed = std::sqrt(2.0 * std::max(element_->line_end, element_->line_target)),
                     force = ZoneForce{*leapt_in_, element_->pull_back}(allowed);
        return force > 0 && 0.5 * (allowed - v) * (v / start + allowed / force) < element_->end - state.at;
    }

    /// To where the brake must be handled. For one that gains speed, the cap becomes the speed then held.
    Outcome meet(double start, double build_up, State& state) {
        const double v = state.speed, room = (line(state.at) - state.energy) * per_deceleration_ - build_up * v;
        if (!(room > 0)) return Outcome::none;
        const Approach end = balance_.until(v, start, room, per_deceleration_, build_up);
        if (!end.found) return Outcome::none;
        return handle_brake(0.5 * end.speed * end.speed, state.at + end.way.stretch, state.time + end.way.time, start > 0, state);
    }

    const PowerZone* leapt_in_ = nullptr;
    // The balance that was asked for last.
    const PowerZone* zone_ = nullptr;
    double pull_ = 0;
    Balance balance_;
};

}  // namespace railwindow::kernel
