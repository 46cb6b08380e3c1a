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

    /// Below this speed the force bends too much within a coarse cell.
    static constexpr double slowest_stride = 4 * coarse_width, stride_width = 0.8 * coarse_width;

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

    CoarseForce coarse(std::size_t i) const { return {i, cells(), grid_, element_->pull_back}; }

    /// Whether the effort keeps the speed from the element's begin to its end.
    bool holds_throughout(const State& state) const {
        const double needed = element_->pull_back + std::max(element_->pull_back_rise * (element_->end - element_->begin), 0.0);
        return exceeds(state, needed) || keeping(state) >= needed;
    }

    /// Moves `force` so that it vanishes where the true force does: a train may run at balance for an hour, where the least error
    /// of a cell counts. `start` is the force at `energy` and keeps its sign.
    void settle(Linear& force, double& start, double energy) const {
        const double balance = energy - start / force.slope;
        if (!(force.slope < 0 && std::abs(balance - energy) < 0.8 * fine_width * std::sqrt(2.0 * energy))) return;
        const double missing = true_force(std::sqrt(2.0 * balance));
        if ((start + missing) * start <= 0 || std::abs(missing) > 0.01) return;
        // Through the true force here too, unless that bends it too much.
        const double slope = start / (energy - balance + missing / force.slope);
        if (slope < 0 && std::abs(slope / force.slope - 1.0) < 0.3) {
            force = {start - slope * energy, slope};
            return;
        }
        force.at_zero += missing;
        start += missing;
    }

    Slide slide_from(const State& state, double room) const {
        const double here = pull_back(state.at), rise = element_->pull_back_rise;
        if (state.speed >= slowest_stride) {
            const PowerZone* zone = zone_at(state.speed);
            Slide slide = zone ? stride(ForceInZone{*zone}, state, here, rise, room) : Slide{};
            if (!(slide.stretch > 0)) slide = stride(ForceInCells{cells(), grid_}, state, here, rise, room);
            if (slide.stretch > 0) return slide;
        } else if (const Slide slide = slide_evenly(state, here, rise); slide.stretch > 0) {
            return slide;
        }
        const double knots = state.speed * per_fine_width;
        auto k = static_cast<std::size_t>(knots);
        const double within = knots - static_cast<double>(k);
        Linear force = level(k);
        // The sign of the speed's change: of the force or, at balance, of what the gradient does to it.
        const double net = force(state.energy) - here;
        const bool gaining = net > 0 || (net == 0 && rise < 0);
        // Just below an edge and gaining: the next cell is meant, and the other way round.
        if (gaining && within > 0.98) force = level(++k);
        if (!gaining && within < 0.02 && k > 0) force = level(--k);
        Slide slide{state.energy, force(state.energy) - here, force.slope, rise, 0};
        slide.stretch = stretch_to(gaining ? knot(k + 1) : knot(k), gaining, slide);
        return slide;
    }

    /// A slide to the edge of a coarse cell in which the force is close to a line, as it is under the starting effort; of no stretch
    /// in others.
    Slide slide_evenly(const State& state, double here, double rise) const {
        const double widths = state.speed * per_coarse_width;
        auto i = static_cast<std::size_t>(widths);
        const double within = widths - static_cast<double>(i);
        const double net = CoarseForce{i, cells(), grid_, here}(state.energy);
        const bool gaining = net > 0 || (net == 0 && rise < 0);
        if (gaining && within > 0.98) ++i;
        if (!gaining && within < 0.02 && i > 0) --i;
        const CoarseForce force{i, cells(), grid_, here};
        if (std::abs(force.quad) > evenness * std::abs(cells().mean[i])) return {};
        const double slope = force.half * force.per_reach;
        Slide slide{state.energy, force.mean + slope * (state.energy - force.middle), slope, rise, 0};
        slide.stretch = stretch_to(knot((gaining ? i + 1 : i) * fine_per_coarse), gaining, slide);
        return slide;
    }
    /// By what share of the force it may bend in such a cell. Judgement; it keeps its mean.
    static constexpr double evenness = 5e-4;

    /// A force near a speed, as a function of energy: value, growth, and growth of that.
    struct Near {
        double energy, value, slope, bend;
        double operator()(double e) const { return value + (e - energy) * slope; }
    };
    class ForceInCells {
    public:
        ForceInCells(const ForceCells& cells, const Grid& grid) : cells_{cells}, grid_{grid} {}
        Near near(double speed, double energy) const {
            const CoarseForce force{static_cast<std::size_t>(speed * per_coarse_width), cells_, grid_, 0.0};
            return {energy, force(energy), force.slope(energy), force.bend()};
        }
        bool reaches(double) const { return true; }

    private:
        const ForceCells& cells_;
        const Grid& grid_;
    };
    class ForceInZone {
    public:
        explicit ForceInZone(const PowerZone& zone) : zone_{zone} {}
        Near near(double speed, double energy) const {
            const Tangent tangent = ZoneForce{zone_, 0}.tangent(speed);
            const double per_speed = 1.0 / speed, slope = tangent.slope * per_speed;
            return {energy, tangent.value, slope, (tangent.bend - slope) * per_speed * per_speed};
        }
        bool reaches(double speed) const { return speed >= zone_.from && speed <= zone_.to; }

    private:
        const PowerZone& zone_;
    };

    /// A slide over most of the width of a coarse cell, with the mean of its force kept; of no stretch where the speed has a peak
    /// that may meet the cap or the brake, and where the force has a corner.
    template <class Force>
    Slide stride(const Force& level, const State& state, double here, double rise, double room) const {
        const double per_speed = 1.0 / state.speed;
        const Near start = level.near(state.speed, state.energy);
        const double net = start.value - here, steep = start.slope, bend = steep * net - rise;
        const double width = stride_width * state.speed, evenly = std::min(room, width / std::max(std::abs(net), 1e-9));
        double stretch = std::min(room, width / (std::abs(net) + 0.5 * std::abs(bend) * evenly));
        if (std::abs(steep) * stretch > 0.2) stretch = 0.2 / std::abs(steep);
        const bool turns = net * (net + bend * stretch) <= 0;
        if (turns && net > 0) {
            const double peak = state.energy - 0.5 * net * net / bend;
            if (peak > cap_ || peak + 2.0 * deceleration_ * build_up_ * state.speed > element_->line_end) return {};
        }
        const double gain = 0.5 * stretch * (net + 0.25 * stretch * bend), middle = state.energy + gain;
        const double middle_speed = state.speed + gain * per_speed * (1.0 - 0.5 * gain * per_speed * per_speed);
        if (!level.reaches(2.0 * middle_speed - state.speed)) return {};
        const Near force = level.near(middle_speed, middle);
        return {state.energy, force.value + force.bend * gain * gain * (1.0 / 6) - force.slope * gain - here, force.slope, rise, stretch};
    }

    /// The cap of a train that handles its brake at `at`: on the line to the last bit, where the distance says.
    void place_cap(double at, double least) {
        const double by_build_up = deceleration_ * build_up_;
        cap_speed_ = std::max(std::sqrt(by_build_up * by_build_up + 2.0 * line(at)) - by_build_up, least);
        cap_ = 0.5 * cap_speed_ * cap_speed_;
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

    /// Energy at which an accelerating train must handle the brake, between that of `state` and `high`.
    double brake_point(const Linear& force, const State& state, double high) const {
        const double low = std::max(state.energy, element_->line_target), start = force(state.energy);
        double v = std::sqrt(2.0 * high);
        const double limit = line(state.at);
        for (int i = 0; i < 20; ++i) {
            const double energy = 0.5 * v * v;
            const double excess = energy + deceleration_ * (distance(force, start, state.energy, energy) + build_up_ * v) - limit;
            const double change = excess / (v + deceleration_ * (v / force(energy) + build_up_));
            v -= change;
            if (std::abs(change) < 1e-12 * v) break;
        }
        return std::clamp(0.5 * v * v, low, high);
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
