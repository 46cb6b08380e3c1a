#pragma once
// Inside of the kernel: what acts on a train in the element at hand: forces, gradient, ceiling and braking line.

#include <railwindow/train/elements.hpp>
#include <railwindow/train/force_cells.hpp>
#include <railwindow/train/leap.hpp>
#include <railwindow/train/passage.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace railwindow::kernel {

struct State {
    double at;      ///< metres from the course's begin
    double energy;  ///< v^2/2
    double speed;
    double time;
};

/// Base of the forward pass.
class Footing {
protected:
    Footing(const Grid& grid, Tabulated& forces, const Consist& consist, const Conditions& conditions)
        : grid_{grid},
          forces_{forces},
          consist_{consist},
          conditions_{conditions},
          deceleration_{to_si(consist.brakes.deceleration)},
          per_deceleration_{1.0 / deceleration_},
          build_up_{to_si(consist.brakes.build_up)} {}

    void stand_on(const Element& element) {
        element_ = &element;
        cells_ = element.coasting ? &forces_.coasting : &forces_.power;
        cap_ = element.ceiling_energy;
        cap_speed_ = element.ceiling;
    }

    /// Tabulated when first asked for.
    ForceCells& cells() const {
        if (!cells_->known) [[unlikely]]
            tabulate(consist_, conditions_, element_->coasting, grid_, *cells_);
        return *cells_;
    }

    double line(double at) const { return element_->line_end + deceleration_ * (element_->end - at); }
    bool on_line(const State& state) const { return state.energy > element_->line_target && state.energy >= line(state.at); }
    double pull_back(double at) const { return element_->pull_back + element_->pull_back_rise * (at - element_->begin); }

    /// Acceleration in fine cell `k` on level track, and where the gradient does not change.
    Linear level(std::size_t k) const {
        know_fine(k / fine_per_coarse);
        return {cells().at_zero[k], cells().slope[k]};
    }
    Linear field(std::size_t k) const {
        const Linear force = level(k);
        return {force.at_zero - element_->pull_back, force.slope};
    }
    void know_fine(std::size_t i) const {
        if (!cells().refined[i]) [[unlikely]]
            refine_around(i);
    }
    /// Where one is asked for its neighbours are, too.
    [[gnu::noinline]] void refine_around(std::size_t i) const {
        const std::size_t first = i - i % together;
        refine(consist_, conditions_, element_->coasting, grid_, first, std::min(first + together, grid_.coarse), cells());
    }
    static constexpr std::size_t together = 4;

    /// Four fine cells in one line that keeps their mean.
    Linear medium_field(std::size_t j) const {
        know_fine(j * fine_per_medium / fine_per_coarse);
        double mean = -element_->pull_back, half = 0;
        for (std::size_t k = j * fine_per_medium; k < (j + 1) * fine_per_medium; ++k) {
            const double slope = cells().slope[k], fine_mean = cells().at_zero[k] + slope * grid_.middle[k];
            mean += grid_.medium_mean_by_mean[k] * fine_mean;
            half += grid_.medium_half_by_mean[k] * fine_mean + grid_.medium_half_by_slope[k] * slope;
        }
        const double slope = half * grid_.per_medium_reach[j];
        return {mean - slope * grid_.medium_middle[j], slope};
    }
    /// Fine cell of a train that is about to gain or to lose speed.
    static std::size_t cell_above(double speed) { return static_cast<std::size_t>(speed * per_fine_width + edge); }
    static std::size_t cell_below(double speed) { return static_cast<std::size_t>(std::max(speed * per_fine_width - edge, 0.0)); }
    static constexpr double edge = 1e-9, per_fine_width = 1.0 / fine_width, per_coarse_width = 1.0 / coarse_width;

    /// An acceleration that changes a speed by less than a micrometre per second in a week: rounding alone.
    static constexpr double nothing = 1e-12;

    /// Whether the effort surely exceeds `needed` at this speed, without a look at fine cells.
    [[gnu::always_inline]] bool exceeds(const State& state, double needed) const {
        if (const PowerZone* zone = zone_at(state.speed)) return zone->power(state.speed, needed) > 0;
        return is_smooth(state.speed) && SmoothForce{cells(), needed}(state.speed) > margin;
    }
    /// Whether the force is smooth at this speed and farther.
    bool is_smooth(double speed) const {
        const auto i = static_cast<std::size_t>(speed * per_coarse_width);
        return cells().smooth_below[i] - cells().smooth_from[i] > 1;
    }
    /// By how much more than it may be wrong where the force is smooth. Judgement.
    static constexpr double margin = 1e-3;

    /// Whether the effort keeps the speed here: at an edge, by the better of two cells.
    bool can_hold(const State& state) const {
        const double needed = pull_back(state.at);
        return exceeds(state, needed) || keeping(state) >= needed;
    }
    double keeping(const State& state) const {
        if (const PowerZone* zone = zone_at(state.speed)) return zone->power(state.speed, 0.0) / state.speed;
        return std::max(level(cell_below(state.speed))(state.energy), level(cell_above(state.speed))(state.energy));
    }

    const PowerZone* zones_begin() const { return cells_->zones.data(); }
    /// The zone of a train that is about to gain speed; none below the first.
    const PowerZone* zone_at(double speed) const {
        const PowerZone* zone = zones_begin() + cells_->zones.size();
        while (zone != zones_begin())
            if ((--zone)->from <= speed) return zone;
        return nullptr;
    }

    double true_force(double speed) const { return acceleration_at(consist_, conditions_, element_->coasting, speed) - element_->pull_back; }

    /// Whether a train creeps in coarse cell `i`: so little force is left that the cell, a parabola or a line in energy, does not tell how much.
    /// At low speed the force is rather a line in speed, as grip is; elsewhere that is so where the effort has a sharp corner.
    bool creeps_in(std::size_t i) const {
        const double net = std::abs(cells().mean[i] - element_->pull_back), rough = cells().rough[i];
        return (i < slow_cells && net < creeping) || (rough > sharp && net < sharp_within * rough);
    }
    /// The same of a speed, in either of the cells that meet there.
    bool creeps(double speed) const {
        const double place = speed * per_coarse_width;
        const auto above = static_cast<std::size_t>(place + edge), below = static_cast<std::size_t>(std::max(place - edge, 0.0));
        return creeps_in(above) || creeps_in(below);
    }
    static constexpr std::size_t slow_cells = 8;  ///< up to 16 km/h. Judgement
    static constexpr double creeping = 4e-2;      ///< m/s^2. Judgement
    static constexpr double sharp = 2e-4;         ///< m/s^2. Judgement
    static constexpr double sharp_within = 20;    ///< times that. Judgement

    /// Whether coarse cell `i` has such a corner that its parabola does not tell what is left of the force.
    bool is_rough(std::size_t i) const { return cells().rough[i] > roughest * std::abs(cells().mean[i] - element_->pull_back); }
    static constexpr double roughest = 1e-3;  ///< share of the force. Judgement

    CoarseForce coarse(std::size_t i) const { return {i, cells(), grid_, element_->pull_back}; }

    /// Whether the effort keeps the speed from the element's begin to its end.
    bool holds_throughout(const State& state) const {
        double needed = element_->pull_back;
        if (element_->pull_back_rise > 0) needed += element_->pull_back_rise * (element_->end - element_->begin);
        return exceeds(state, needed) || keeping(state) >= needed;
    }

    /// Moves `force` so that it vanishes where the true force does: a train may run at balance for an hour, where the least error
    /// of a cell counts. `start` is the force at `energy` and keeps its sign.
    void settle(Linear& force, double& start, double energy) const {
        const double balance = energy - start / force.slope, speed = std::sqrt(2.0 * energy);
        // At low speeds cells are wide as seen from there.
        const double near = speed < static_cast<double>(slow_cells) * coarse_width ? 1.1 : 0.8;
        if (!(force.slope < 0 && balance > 0 && std::abs(balance - energy) < near * fine_width * speed)) return;
        const double missing = true_force(std::sqrt(2.0 * balance));
        if ((start + missing) * start <= 0 || std::abs(missing) > 0.01) return;
        double beyond = missing / force.slope;
        // Once more from there, where that is far.
        if (std::abs(beyond) > 1e-4 * balance) [[unlikely]] {
            const double still = true_force(std::sqrt(2.0 * std::max(balance - beyond, 0.0)));
            if (std::abs(still) < 0.5 * std::abs(missing)) beyond *= missing / (missing - still);
        }
        // Through the true force here too, unless that bends it too much.
        const double slope = start / (energy - balance + beyond);
        if (slope < 0 && std::abs(slope / force.slope - 1.0) < 0.3) {
            force = {start - slope * energy, slope};
            return;
        }
        force.at_zero += missing;
        start += missing;
    }

    /// The cap of a train that handles its brake at `at`: on the line to the last bit, where the distance says.
    void place_cap(double at, double least) {
        const double by_build_up = deceleration_ * build_up_;
        cap_speed_ = std::min(std::max(std::sqrt(by_build_up * by_build_up + 2.0 * line(at)) - by_build_up, least), element_->ceiling);
        cap_ = 0.5 * cap_speed_ * cap_speed_;
    }

    /// Up to this energy cells are known: two widths beyond the highest speed here, whatever ran in this workspace before.
    double surely_known() const {
        const double v = cap_speed_ + 2 * coarse_width;
        return 0.5 * v * v;
    }
    /// Whether a force may be asked for at `energy`, a guess.
    template <class Force>
    bool may_ask(double energy) const {
        return Force::concave || (energy >= 0 && energy < surely_known());
    }

    void set(State& state, double energy) const {
        state.energy = std::max(energy, 0.0);
        state.speed = std::sqrt(2.0 * state.energy);
    }

    /// What a train of this energy adds to its place on the braking line: the way run while the brake builds up.
    double handling(double energy, double build_up) const {
        if (energy <= element_->line_target) return -std::numeric_limits<double>::infinity();
        return energy + (build_up > 0 ? deceleration_ * build_up * std::sqrt(2.0 * energy) : 0.0);
    }
    /// Whether a train of this energy need not have handled its brake yet where the braking line is at `limit`. One question in place of
    /// three, whose answers follow no pattern.
    bool in_time(double energy, double speed, double build_up, double limit) const {
        return (energy <= element_->line_target) | (energy + deceleration_ * build_up * speed <= limit);
    }

    /// Where a train that gains speed handles its brake.
    struct Handling {
        double stretch, energy;
    };

    /// In a cell of which the train reaches `high` after `stretch`, too late for the brake.
    Handling handle_in_cell(const Linear& force, const State& state, double high, double stretch) const {
        const double low = std::max(state.energy, element_->line_target), start = force(state.energy);
        double v = std::sqrt(2.0 * high);
        const double limit = line(state.at);
        for (int i = 0; i < 20; ++i) {
            const double energy = 0.5 * v * v, there = force(energy);
            // At its balance, or as good as: the way to a speed tells nothing there.
            if (!(there > 0)) break;
            const double excess = energy + deceleration_ * (distance(force, start, state.energy, energy) + build_up_ * v) - limit;
            const double change = excess / (v + deceleration_ * (v / there + build_up_));
            v -= change;
            if (!(std::abs(change) < 1e-12 * v)) continue;
            // So near to its balance a step of Newton is small wherever it begins.
            if (!(std::abs(excess) < 1e-3 * deceleration_)) break;
            const double met = std::clamp(0.5 * v * v, low, high);
            return {std::min(distance(force, start, state.energy, met), stretch), met};
        }
        return handle_after(force, state, stretch);
    }

    /// The same by the way to it: there energy changes little, and what is used up grows with every metre. At a balance to the last bit it does not
    /// change at all.
    [[gnu::noinline]] Handling handle_after(const Linear& force, const State& state, double stretch) const {
        const double start = force(state.energy), limit = line(state.at);
        const auto after = [&](double x) { return state.energy + start * x * growth(force.slope * x); };
        double from = 0, to = stretch;
        for (int i = 0; i < 100 && to - from > 1e-9; ++i) {
            const double x = 0.5 * (from + to), energy = after(x);
            const bool late = energy > element_->line_target && energy + deceleration_ * (x + build_up_ * std::sqrt(2.0 * energy)) > limit;
            (late ? to : from) = x;
        }
        return {to, std::max(after(to), state.energy)};
    }

    /// Distance after which a train losing speed meets the braking line, at most `stretch`.
    double meet_line(const Linear& force, const State& state, double stretch) const {
        double x = stretch;
        const double start = force(state.energy);
        for (int i = 0; i < 20; ++i) {
            const double energy = state.energy + start * x * growth(force.slope * x);
            const double change = (energy - line(state.at + x)) / (force(energy) + deceleration_);
            x -= change;
            if (std::abs(change) < 1e-9) break;
        }
        return std::clamp(x, 0.0, stretch);
    }

    const Grid& grid_;
    Tabulated& forces_;
    const Consist& consist_;
    const Conditions& conditions_;
    double deceleration_, per_deceleration_, build_up_;
    const Element* element_ = nullptr;
    ForceCells* cells_ = nullptr;
    double cap_ = 0, cap_speed_ = 0;  ///< energy and speed not to be exceeded in this element
    bool clear_ = false;              ///< no braking line is met before its end
};

}  // namespace railwindow::kernel
