#pragma once
// Inside of the kernel: members of Forward for full effort on an even gradient where forces come from cells: curves with several corners,
// and grip. Whole coarse cells at once where nothing happens; fine ones near balances, brakes and corners.

#include <railwindow/train/forward.hpp>

namespace railwindow::kernel {

template <class Recorder>
bool Forward<Recorder>::effort_in_cells(State& state) {
    if (!(state.energy >= 0)) [[unlikely]]
        return false;
    if (creeps(state.speed)) [[unlikely]]
        return creep_along(state);
    if (state.energy < cap_ && (exceeds(state, element_->pull_back) || field(cell_above(state.speed))(state.energy) > 0)) {
        const State before = state;
        const double cap = cap_;
        if (build_up_ > 0 && !in_time(state.energy, state.speed, build_up_, line(state.at))) return cruise(Phase::effort, state), true;
        if (!gain(state)) return false;
        // Rounding alone must not keep it where it is.
        if (state.at == before.at && state.energy == before.energy && cap_ == cap) cruise(Phase::effort, state);
        return true;
    }
    if (state.energy <= 0) return false;
    if (field(cell_below(state.speed))(state.energy) < 0) return lose(state);
    if (!settle_at_edge(state)) cruise(Phase::effort, state);
    return true;
}

/// Of a train that balances at the edge of two fine cells: to the end of the element by the true force; false where cap or
/// brake are near.
template <class Recorder>
inline bool Forward<Recorder>::settle_at_edge(State& state) {
    const double slope = level(cell_below(state.speed)).slope, start = true_force(state.speed), room = element_->end - state.at;
    const double reached = state.energy + start * room * growth(slope * room);
    if (!(slope < 0) || reached > cap_ || handling(std::max(reached, state.energy), build_up_) > element_->line_end) return false;
    step({start - slope * state.energy, slope}, room, reached, state);
    state.at = element_->end;
    return true;
}

template <class Recorder>
inline void Forward<Recorder>::take(const Passage& passage, double energy, double speed, State& state) {
    state = {state.at + passage.stretch, energy, speed, state.time + passage.time};
    recorder_.phase(Phase::effort, state);
}

/// Within coarse cell `i` to the end of the element; false where the brake comes first.
template <class Recorder>
inline bool Forward<Recorder>::leave(std::size_t i, double build_up, State& state) {
    const CoarseForce force = coarse(i);
    const double room = element_->end - state.at;
    const double energy = state.energy + force(state.energy) * room * growth_series(force.slope(state.energy) * room);
    if (!(energy > 0)) return false;  // it comes to a stand, or nearly: by fine cells
    const double speed = std::sqrt(2.0 * energy);
    const Passage passage = force.pass(state.speed, speed);
    // One step of Newton in distance; at the end speed, time follows it to second order.
    const double missing = room - passage.stretch, last = missing / speed;
    const double corrected = speed + force(energy) * last;
    if (!(corrected > 0)) return false;
    if (brakes(0.5 * corrected * corrected, corrected, build_up)) return false;
    state = {element_->end, 0.5 * corrected * corrected, corrected, state.time + passage.time + last};
    recorder_.phase(Phase::effort, state);
    return true;
}

/// To where the brake must be handled, before speed `to` which needs `stretch`: the cap becomes the speed then held. False where that is
/// not found.
template <class Recorder>
inline bool Forward<Recorder>::meet_brake(const CoarseForce& force, double to, double stretch, State& state) {
    const double from = state.speed, limit = line(state.at), before = state.energy + deceleration_ * build_up_ * from - limit;
    const double beyond = 0.5 * to * to + deceleration_ * (stretch + build_up_ * to) - limit;
    double speed = std::max(from, from - (to - from) * before / (beyond - before)), change = 0, per_force = 0;
    Passage passage{};
    for (int i = 0; i < 2 || (i < 8 && std::abs(change) > 1e-3 * speed); ++i) {
        passage = force.pass(from, speed += change);
        const double energy = 0.5 * speed * speed;
        per_force = 1.0 / force(energy);
        const double excess = energy + deceleration_ * (passage.stretch + build_up_ * speed) - limit;
        change = std::max(-excess / (speed + deceleration_ * (speed * per_force + build_up_)), from - speed);
    }
    passage = {passage.stretch + (speed + 0.5 * change) * change * per_force, passage.time + change * per_force, 0};
    if (!(passage.stretch >= 0 && state.at + passage.stretch <= element_->end)) return false;
    place_cap(state.at + passage.stretch, from);
    if (cap_ < element_->line_target) {
        cap_ = element_->line_target;
        passage = force.pass(from, cap_speed_ = std::sqrt(2.0 * cap_));
    }
    take(passage, cap_, cap_speed_, state);
    return true;
}

template <class Recorder>
inline bool Forward<Recorder>::gain(State& state) {
    clear_ = in_time(cap_, cap_speed_, build_up_, element_->line_end);
    for (auto i = static_cast<std::size_t>(state.speed * per_coarse_width + edge); state.at < element_->end && state.energy < cap_; ++i) {
        if (creeps_in(i)) [[unlikely]]
            return true;
        if (is_rough(i)) [[unlikely]] {
            if (!gain_finely((i + 1) * fine_per_coarse, state)) return state.energy > 0;
            if (state.at >= element_->end) return true;
            continue;
        }
        if (const State before = state; leap_up(i, state)) {
            record_leap(before, state);
            if (state.at >= element_->end || state.energy >= cap_) return true;
            i = static_cast<std::size_t>(state.speed * per_coarse_width + edge) - 1;
            continue;
        }
        const double knot_speed = static_cast<double>(i + 1) * coarse_width;
        const bool whole = knot_speed < cap_speed_;
        const double to = whole ? knot_speed : cap_speed_, reached = whole ? 0.5 * to * to : cap_;
        const Passage passage = coarse(i).pass(state.speed, to);
        const double at = state.at + passage.stretch;
        const bool series = serves(passage), timely = clear_ | in_time(reached, to, build_up_, line(at));
        if (series && at <= element_->end && timely)
            take(passage, reached, to, state);
        else if (series && at > element_->end && leave(i, build_up_, state))
            return true;
        else if (series && !timely && meet_brake(coarse(i), to, passage.stretch, state))
            return true;
        else if (!gain_finely((i + 1) * fine_per_coarse, state))
            return state.energy > 0;
        if (state.at >= element_->end) return true;
        i = gain_whole_cells(i + 1, state) - 1;
    }
    return true;
}

/// Passes whole coarse cells from the lower edge of cell `i` on, as long as nothing happens; returns the first not passed.
template <class Recorder>
inline std::size_t Forward<Recorder>::gain_whole_cells(std::size_t i, State& state) {
    const auto last = static_cast<std::size_t>(cap_speed_ * per_coarse_width);
    if (i >= last) return i;
    if (creeps_in(i)) [[unlikely]]
        return i;
    const double *means = cells().mean.data(), *halves = cells().half.data(), *gains = grid_.gain.data(), *betas = grid_.beta.data();
    const double* roughs = cells().rough.data();
    const double pull_back = element_->pull_back, end = element_->end;
    // Energy, way of handling and place against the braking line, all in energy.
    const double most = clear_ ? std::numeric_limits<double>::infinity() : element_->line_end + deceleration_ * end;
    const double by_speed = deceleration_ * build_up_;
    double at = state.at, time = state.time, energy = state.energy, speed_then = state.speed;
    for (; i < last; ++i) {
        const double per_force = 1.0 / (means[i] - pull_back);
        const Passage passage = kernel::passage(gains[i], coarse_width, per_force, halves[i] * per_force, betas[i]);
        const double after = at + passage.stretch;
        energy += gains[i];
        speed_then += coarse_width;
        // One question, one branch.
        if (!(serves(passage) & (roughs[i] * per_force <= roughest) & (after <= end) &
              (energy + by_speed * speed_then + deceleration_ * after <= most)))
            break;
        at = after;
        time += passage.time;
        record(at, time, i + 1);
    }
    const double speed = static_cast<double>(i) * coarse_width;
    state = {at, 0.5 * speed * speed, speed, time};
    return i;
}

template <class Recorder>
inline void Forward<Recorder>::record(double at, double time, std::size_t knots) {
    const double speed = static_cast<double>(knots) * coarse_width;
    recorder_.phase(Phase::effort, State{at, 0.5 * speed * speed, speed, time});
}

/// Full effort by fine cells up to fine knot `last`, the cap, the end or the brake; false where the speed cannot rise.
template <class Recorder>
inline bool Forward<Recorder>::gain_finely(std::size_t last, State& state) {
    for (std::size_t k = cell_above(state.speed); k < last && state.at < element_->end && state.energy < cap_; ++k) {
        if (k % fine_per_medium == 0 && static_cast<double>(k + fine_per_medium) * fine_width < cap_speed_ && !is_rough(k / fine_per_coarse) &&
            pass_medium(k / fine_per_medium, k + fine_per_medium, build_up_, state)) {
            k += fine_per_medium - 1;
            continue;
        }
        Linear force = field(k);
        double start = force(state.energy);
        if (start <= 0) return false;
        const double room = element_->end - state.at;
        double reached = std::min(knot(k + 1), cap_);
        if (pass_finely(force, start, reached, reached < cap_ ? static_cast<double>(k + 1) * fine_width : cap_speed_, build_up_, state)) continue;
        double stretch = distance(force, start, state.energy, reached);
        if (stretch > room) {
            if (force.slope * room < -1.0) settle(force, start, state.energy);
            stretch = room;
            reached = state.energy + start * room * growth(force.slope * room);
        }
        if (handling(reached, build_up_) > line(state.at + stretch)) {
            const auto handled = handle_in_cell(force, state, reached, stretch);
            stretch = handled.stretch;
            reached = handled.energy;
            cap_ = reached;
            cap_speed_ = std::sqrt(2.0 * reached);
        }
        step(force, stretch, reached, state);
        if (stretch == room) state.at = element_->end;
    }
    return true;
}

template <class Recorder>
inline bool Forward<Recorder>::lose(State& state) {
    clear_ = state.energy <= element_->line_end;
    for (auto i = static_cast<std::size_t>(std::max(state.speed * per_coarse_width - edge, 0.0)); state.at < element_->end && state.energy >= 0;
         --i) {
        if (creeps_in(i)) [[unlikely]]
            return true;
        if (is_rough(i)) [[unlikely]] {
            if (!lose_finely(i * fine_per_coarse, state)) return state.energy > 0;
            if (i == 0) return state.at >= element_->end;
            continue;
        }
        if (const State before = state; leap_down(i, state)) {
            record_leap(before, state);
            if (state.at >= element_->end) return true;
            i = static_cast<std::size_t>(std::max(state.speed * per_coarse_width - edge, 0.0)) + 1;
            continue;
        }
        const double to = static_cast<double>(i) * coarse_width, reached = 0.5 * to * to;
        const Passage passage = coarse(i).pass(state.speed, to);
        const double at = state.at + passage.stretch;
        if (serves(passage) && at <= element_->end && (clear_ | in_time(reached, to, 0.0, line(at))))
            take(passage, reached, to, state);
        else if (serves(passage) && at > element_->end && leave(i, 0.0, state))
            return true;
        else if (!lose_finely(i * fine_per_coarse, state))
            return state.energy > 0;
        if (i == 0) return state.at >= element_->end;
    }
    return true;
}

/// To the edge of a fine cell, if the series serves and neither end nor brake comes before it.
template <class Recorder>
inline bool Forward<Recorder>::pass_finely(const Linear& force, double start, double energy, double speed, double build_up, State& state) {
    const double finish = force(energy), per_force = 2.0 / (start + finish), change = speed - state.speed;
    const double middle_speed = 0.5 * (speed + state.speed);
    const Passage passage =
        kernel::passage(change * middle_speed, change, per_force, 0.5 * (finish - start) * per_force, 0.5 * change / middle_speed);
    const double at = state.at + passage.stretch;
    if (!serves(passage) || at > element_->end || !(clear_ | in_time(energy, speed, build_up, line(at)))) return false;
    take(passage, energy, speed, state);
    return true;
}

/// Within medium cell `j` to fine knot `to`.
template <class Recorder>
inline bool Forward<Recorder>::pass_medium(std::size_t j, std::size_t to, double build_up, State& state) {
    const Linear force = medium_field(j);
    return pass_finely(force, force(state.energy), knot(to), static_cast<double>(to) * fine_width, build_up, state);
}

/// Full effort by fine cells down to fine knot `last`, the end or the brake; false where the speed does not fall further.
template <class Recorder>
inline bool Forward<Recorder>::lose_finely(std::size_t last, State& state) {
    for (std::size_t k = cell_below(state.speed); state.at < element_->end && state.energy >= 0; --k) {
        if ((k + 1) % fine_per_medium == 0 && !is_rough(k / fine_per_coarse) &&
            pass_medium(k / fine_per_medium, k + 1 - fine_per_medium, 0.0, state)) {
            k -= fine_per_medium - 1;
            if (k == last) return true;
            continue;
        }
        Linear force = field(k);
        double start = force(state.energy);
        if (start >= 0) return false;
        const double room = element_->end - state.at;
        double reached = knot(k);
        if (pass_finely(force, start, reached, static_cast<double>(k) * fine_width, 0.0, state)) {
            if (k == last) return true;
            continue;
        }
        double stretch = distance(force, start, state.energy, reached);
        if (stretch > room) {
            if (force.slope * room < -1.0) settle(force, start, state.energy);
            stretch = room;
            reached = state.energy + start * room * growth(force.slope * room);
        }
        if (handling(reached, 0.0) > line(state.at + stretch)) {
            stretch = meet_line(force, state, stretch);
            reached = state.energy + start * stretch * growth(force.slope * stretch);
            step(force, stretch, reached, state);
            brake(state);
            return true;
        }
        step(force, stretch, reached, state);
        if (stretch == room) state.at = element_->end;
        if (k == last) return true;
    }
    return true;
}

template <class Recorder>
inline void Forward<Recorder>::step(const Linear& force, double stretch, double reached, State& state) {
    const double before = state.speed, grown = force.slope * (reached - state.energy) / force(state.energy);
    set(state, reached);
    // At a balance to the last bit the speed does not change.
    if (stretch > 0)
        state.time += state.speed == before || !std::isfinite(grown) ? stretch / before
                                                                     : time_in_cell(stretch, before, state.speed, force.slope * stretch, grown);
    state.at += stretch;
    recorder_.phase(Phase::effort, state);
}

}  // namespace railwindow::kernel
