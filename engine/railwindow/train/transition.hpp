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
        if (within(middle) && may_ask<Force>(middle)) {
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
        const Glide way =
            kernel::glide(force, rise, state.energy, state.speed, room, Force::concave ? std::numeric_limits<double>::infinity() : surely_known());
        if (!(way.found && way.slowest >= slowest && way.fastest <= fastest)) return false;
        // Between the rule's points it may be a little faster.
        const double most = std::max(way.most + 0.1 * std::abs(way.most - state.energy), way.energy);
        if (most > std::min(cap_, element_->line_end - deceleration_ * build_up_ * way.fastest)) return false;
        state = {element_->end, way.energy, std::sqrt(2.0 * way.energy), state.time + way.time};
        return true;
    }

    /// The slide from `state` on, over at most `room`.
    [[gnu::noinline]] Slide slide_from(const State& state, double room) const {
        const double here = pull_back(state.at), rise = element_->pull_back_rise;
        Slide slide{};
        if (state.speed >= slowest_stride) {
            if (const PowerZone* zone = zone_at(state.speed)) slide = stride(ForceInZone{*zone}, state, here, rise, room);
            if (!(slide.stretch > 0)) slide = stride(ForceInCells{cells(), grid_}, state, here, rise, room);
        } else {
            slide = slide_slowly(state, here, rise);
            if (!(slide.stretch > 0)) slide = slide_evenly(state, here, rise);
        }
        if (slide.stretch > 0) return slide;
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
        slide = {state.energy, force(state.energy) - here, force.slope, rise, 0};
        slide.stretch = stretch_to(gaining ? knot(k + 1) : knot(k), gaining, slide);
        return slide;
    }

private:
    /// Below this speed the force bends too much within a coarse cell.
    static constexpr double slowest_stride = 4 * coarse_width, stride_width = 0.8 * coarse_width;

    /// A slide at low speed over the width of a coarse cell or, once it moves, a quarter of that, by the zone's force: where a train all but stands,
    /// what is left of it at the begin counts to the last digit. Of no stretch where there is no zone, or it ends.
    Slide slide_slowly(const State& state, double here, double rise) const {
        const PowerZone* zone = zone_at(state.speed);
        if (!zone) return {};
        const ZoneForce level{*zone, 0};
        const double value = level(state.speed), net = value - here;
        const bool gaining = net > 0 || (net == 0 && rise < 0);
        const double width = state.speed < coarse_width ? coarse_width : 0.25 * coarse_width, to = state.speed + (gaining ? width : -width);
        if (!(to > 0 && to >= zone->from && to <= zone->to)) return {};
        // Through the force at the begin, with its mean kept, by Simpson's rule in energy.
        const double gain = 0.5 * (to - state.speed) * (to + state.speed), middle = level(std::sqrt(2.0 * state.energy + gain));
        Slide slide{state.energy, net, (4.0 * (middle - value) + (level(to) - value)) / (3.0 * gain), rise, 0};
        slide.stretch = stretch_to(0.5 * to * to, gaining, slide);
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
        double value, slope, bend;
    };
    class ForceInCells {
    public:
        ForceInCells(const ForceCells& cells, const Grid& grid) : cells_{cells}, grid_{grid} {}
        Near near(double speed, double energy) const {
            const CoarseForce force{static_cast<std::size_t>(speed * per_coarse_width), cells_, grid_, 0.0};
            return {force(energy), force.slope(energy), force.bend()};
        }
        bool reaches(double) const { return true; }

    private:
        const ForceCells& cells_;
        const Grid& grid_;
    };
    class ForceInZone {
    public:
        explicit ForceInZone(const PowerZone& zone) : zone_{zone} {}
        Near near(double speed, double) const {
            const Tangent tangent = ZoneForce{zone_, 0}.tangent(speed);
            const double per_speed = 1.0 / speed, slope = tangent.slope * per_speed;
            return {tangent.value, slope, (tangent.bend - slope) * per_speed * per_speed};
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
        for (int i = 0;; ++i) {
            const double gain = 0.5 * stretch * (net + 0.25 * stretch * bend), middle = state.energy + gain;
            const double middle_speed = state.speed + gain * per_speed * (1.0 - 0.5 * gain * per_speed * per_speed);
            if (!level.reaches(2.0 * middle_speed - state.speed)) return {};
            const Near force = level.near(middle_speed, middle);
            // No farther than its series reaches, by the slope in the middle too: it differs where the force has a corner.
            const double reach = 0.24 / std::max(std::abs(force.slope), 1e-9);
            if (stretch > reach && i < 3) {
                stretch = 0.2 / 0.24 * reach;
                continue;
            }
            return {state.energy, force.value + force.bend * gain * gain * (1.0 / 6) - force.slope * gain - here, force.slope, rise,
                    std::min(stretch, reach)};
        }
    }

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
