#pragma once
// Inside of the kernel: members of Forward for full effort on an even gradient where a train creeps. Slow, and seldom asked for.

#include <railwindow/train/forward.hpp>

namespace railwindow::kernel {

/// Until the train no longer creeps, to the end of the element, the cap or the brake; false where it comes to a stand.
template <class Recorder>
bool Forward<Recorder>::creep_along(State& state) {
    const auto force = [this](double speed) { return true_force(speed); };
    while (state.at < element_->end && state.energy >= 0 && creeps(state.speed)) {
        const double v = state.speed, start = force(v);
        const bool gains = start > 0;
        if (v <= 0 && !gains) return false;
        // It holds its speed at its cap, while its brake builds up, and at its balance.
        if (gains && (state.energy >= cap_ || !in_time(state.energy, v, build_up_, line(state.at)))) return cruise(Phase::effort, state), true;
        const double knots = v * per_fine_width;
        const double next =
            gains ? std::min((std::floor(knots + edge) + 1.0) * fine_width, cap_speed_) : std::max(std::ceil(knots - edge) - 1.0, 0.0) * fine_width;
        const double change = std::abs(start) < nothing ? 0.0 : change_to_creep(force, v, start, next), to = v + change;
        if (std::abs(change) < 1e-9 * v) return cruise(Phase::effort, state), true;
        if (creep_to(start, to, force(to), state)) return state.at >= element_->end || state.energy > 0;
        if (gains && (state.energy >= cap_ || zone_at(state.speed))) return true;
    }
    return true;
}

/// To speed `to`; true where it has come to the end of the element, to the brake or to a stand before that.
template <class Recorder>
bool Forward<Recorder>::creep_to(double start, double to, double finish, State& state) {
    const ForceAt force{*this};
    const double v = state.speed, room = element_->end - state.at, build_up = start > 0 ? build_up_ : 0.0;
    const auto way_to = [&](double speed) { return creep(force, v, start, speed, force(speed)); };
    Leap way = creep(force, v, start, to, finish);
    const bool ends = !(way.stretch < room);
    if (ends) {
        // The speed at the end by halves; what is missing in distance then is run at it.
        const double width = to - v;
        to = v + width * first_root(1.0, [&](double share) { return way_to(v + share * width).stretch / room - 1.0; });
        way = to == v ? Leap{0, 0} : way_to(to);
        way = {room, way.time + (to > 0 ? (room - way.stretch) / to : 0.0)};
    }
    const double energy = to == cap_speed_ ? cap_ : 0.5 * to * to, at = ends ? element_->end : state.at + way.stretch;
    if (!in_time(energy, to, build_up, line(at))) return creep_to_brake(start, to - v, state);
    state = {at, energy, to, state.time + way.time};
    recorder_.phase(Phase::effort, state);
    return ends || state.energy <= 0;
}

/// To the brake, which is met while speed changes by `width`: one that gains speed handles it then, and the cap becomes the speed then held.
template <class Recorder>
bool Forward<Recorder>::creep_to_brake(double start, double width, State& state) {
    const ForceAt force{*this};
    const double v = state.speed, build_up = start > 0 ? build_up_ : 0.0;
    const auto beyond = [&](double share) {
        const double speed = v + share * width, energy = 0.5 * speed * speed;
        if (energy <= element_->line_target) return -1.0;
        const double stretch = share > 0 ? creep(force, v, start, speed, force(speed)).stretch : 0.0;
        return energy + deceleration_ * build_up * speed - line(state.at + stretch);
    };
    const double to = v + width * first_root(1.0, beyond);
    const Leap way = to == v ? Leap{0, 0} : creep(force, v, start, to, force(to));
    // By the distance, which is better known where speed hardly changes.
    const double energy = 0.5 * to * to, by_line = element_->end - (energy + deceleration_ * build_up * to - element_->line_end) * per_deceleration_;
    const double at = std::clamp(energy > element_->line_target ? by_line : state.at + way.stretch, state.at, element_->end);
    state = {at, energy, to, state.time + std::max(way.time + (at - state.at - way.stretch) / std::max(to, least_change), 0.0)};
    if (start > 0) {
        cap_ = energy;
        cap_speed_ = to;
        recorder_.phase(Phase::effort, state);
    } else {
        set(state, line(state.at));
        recorder_.phase(Phase::effort, state);
        brake(state);
    }
    return true;
}

}  // namespace railwindow::kernel
