#pragma once
// Inside of the kernel: the forward pass. One code path serves the bare running time and the recorded profile: a recorder
// that does nothing costs nothing.

#include <railwindow/train/elements.hpp>
#include <railwindow/train/force_cells.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

namespace railwindow::kernel {

/// What the train is doing between two states.
enum class Phase { effort, cruise, hold, brake };

struct State {
    double at;      ///< metres from the course's begin
    double energy;  ///< v^2/2
    double time;
};

/// (e^x - 1) / x.
inline double growth(double x) {
    if (std::abs(x) > 1e-5) return std::expm1(x) / x;
    return 1.0 + 0.5 * x * (1.0 + x / 3.0);
}

/// log(1 + y) / y.
inline double log_growth(double y) {
    if (std::abs(y) > 1e-5) return std::log1p(y) / y;
    return 1.0 - 0.5 * y * (1.0 - 2.0 * y / 3.0);
}

/// coth(x/2) - 2/x: how much of a cell's distance is run at its slow end.
inline double lag(double x) {
    if (std::abs(x) < 0.1) return x / 6.0 * (1.0 - x * x / 60.0);
    const double grown = std::expm1(x);
    return (grown + 2.0) / grown - 2.0 / x;
}

inline constexpr double per_coarse_width_squared = 1.0 / (0.5 * coarse_width * coarse_width);

/// Acceleration linear in energy within one cell.
struct Field {
    double slope, at_zero;
    double operator()(double energy) const { return at_zero + slope * energy; }
};

template <class Recorder>
class Forward {
public:
    Forward(const ForceCells& power, const ForceCells& coasting, const Brakes& brakes, Recorder& recorder)
        : power_{power}, coasting_{coasting}, deceleration_{to_si(brakes.deceleration)}, build_up_{to_si(brakes.build_up)},
          recorder_{recorder} {}

    /// Runs through one element; false where the train comes to a stand before its end.
    bool run(const Element& element, State& state) {
        element_ = &element;
        cells_ = element.coasting ? &coasting_ : &power_;
        double cap = element.ceiling_energy;
        state.energy = std::min(state.energy, cap);
        while (state.at < element.end) {
            if (on_line(state)) brake(state);
            else if (state.energy >= cap && can_hold(state)) cruise(cap == element.ceiling_energy ? Phase::cruise : Phase::hold, state);
            else if (!(element.pull_back_rise == 0 ? effort(cap, state) : effort_on_transition(cap, state))) return false;
        }
        return true;
    }

    /// Runs through one element at its ceiling, whatever the speed before it.
    void run_at_ceiling(const Element& element, State& state) {
        state.energy = element.ceiling_energy;
        move_at_speed(Phase::cruise, element.end, state);
    }

private:
    double line(double at) const { return element_->line_end + deceleration_ * (element_->end - at); }
    bool on_line(const State& state) const { return state.energy > element_->line_target && state.energy >= line(state.at); }

    /// Cell in which a train of this energy is, when it is about to gain or lose speed.
    std::size_t cell_of(double energy, bool upwards) const {
        const double knots = std::sqrt(2.0 * energy) / fine_width;
        auto k = static_cast<std::size_t>(knots);
        if (upwards && knot(k + 1) <= energy) ++k;
        if (!upwards && k > 0 && knot(k) >= energy) --k;
        return k;
    }
    /// Acceleration in cell `k` on level track.
    Field level(std::size_t k) const {
        const double low = knot(k), high = knot(k + 1);
        const double slope = 2.0 * cells_->fine[k].half / (high - low);
        return {slope, cells_->fine[k].mean - 0.5 * slope * (low + high)};
    }
    double pull_back(double at) const { return element_->pull_back + element_->pull_back_rise * (at - element_->begin); }
    Field field(std::size_t k) const {
        Field force = level(k);
        force.at_zero -= element_->pull_back;
        return force;
    }
    double net(double energy, bool upwards) const { return field(cell_of(energy, upwards))(energy); }
    /// Acceleration on level track that keeps a train at this speed: at an edge, the better of two cells.
    double keeping(double energy) const {
        return std::max(level(cell_of(energy, false))(energy), level(cell_of(energy, true))(energy));
    }
    bool can_hold(const State& state) const { return keeping(state.energy) >= pull_back(state.at); }

    void brake(State& state) {
        const double v = std::sqrt(2.0 * state.energy);
        state.at = element_->end;
        state.energy = element_->line_end;
        state.time += (v - std::sqrt(2.0 * state.energy)) / deceleration_;
        recorder_.phase(Phase::brake, state);
    }

    /// Holds the speed to the end of the element or to the braking line.
    void cruise(Phase phase, State& state) {
        double until = element_->end;
        if (element_->pull_back_rise > 0) {
            const double hold = keeping(state.energy);
            // A millimetre on, so that rounding does not ask again whether the speed can be held.
            until = std::min(until, element_->begin + (hold - element_->pull_back) / element_->pull_back_rise + 1e-3);
        }
        const double brake_at = state.energy > element_->line_target
                                    ? element_->end - (state.energy - element_->line_end) / deceleration_ : element_->end;
        move_at_speed(phase, std::max(std::min(until, brake_at), state.at), state);
        if (brake_at < element_->end && brake_at <= until) brake(state);
    }
    void move_at_speed(Phase phase, double until, State& state) {
        state.time += (until - state.at) / std::sqrt(2.0 * state.energy);
        state.at = until;
        recorder_.phase(phase, state);
    }

    /// Full effort to the end of the element, to `cap`, or to where the brake must be handled (`cap` becomes the energy held).
    bool effort(double& cap, State& state) {
        const bool upwards = net(state.energy, true) > 0 && state.energy < cap;
        if (!upwards && net(state.energy, false) >= 0) {
            if (state.energy <= 0) return false;
            cruise(Phase::effort, state);
            return true;
        }
        return upwards ? gain(cap, state) : lose(state);
    }

    /// Distance and time from speed `from` to `to` within coarse cell `i`; nothing where the force changes too much for the
    /// series, that is near a balancing speed.
    struct Passage {
        double stretch, time;
        bool valid;
    };
    Passage pass(std::size_t i, double from, double to) const {
        const double cell = static_cast<double>(i), centre = 0.5 * coarse_width * coarse_width * (cell * cell + cell + 0.5);
        const double per_reach = per_coarse_width_squared * 2.0 / (2.0 * cell + 1.0);
        const double gain = 0.5 * (to - from) * (to + from);
        const double half = 0.5 * gain * per_reach;
        const double x = (0.5 * (from * from) - centre) * per_reach + half;
        const ForceCells::Coarse& c = cells_->coarse[i];
        const double force = c.mean + c.half * x + 0.5 * c.quad * (3.0 * x * x + half * half - 1.0) - element_->pull_back;
        const double per_force = 1.0 / force;
        const double z = half * (c.half + 3.0 * c.quad * x) * per_force, zz = z * z;
        const double beta = (to - from) / (to + from);
        const double stretch = gain * per_force * (1.0 + zz * (1.0 / 3 + zz * (1.0 / 5 + zz / 7)));
        const double time = (to - from) * per_force *
                            (1.0 + zz * (1.0 / 3 + zz * (1.0 / 5 + zz / 7)) + beta * z * (1.0 / 3 + zz / 5) + beta * beta * zz * (2.0 / 15));
        return {stretch, time, std::abs(z) < 0.2 && stretch > 0};
    }

    bool gain(double& cap, State& state) {
        const double cap_speed = cap == element_->ceiling_energy ? element_->ceiling : std::sqrt(2.0 * cap);
        double v = std::sqrt(2.0 * state.energy);
        auto i = static_cast<std::size_t>(v / coarse_width);
        if (static_cast<double>(i + 1) * coarse_width <= v) ++i;
        for (; state.at < element_->end && state.energy < cap; ++i) {
            const double edge = static_cast<double>(i + 1) * coarse_width;
            const double to = std::min(edge, cap_speed);
            const Passage passage = pass(i, v, to);
            const double reached = to < cap_speed ? 0.5 * to * to : cap;
            const bool through = passage.valid && state.at + passage.stretch <= element_->end &&
                                 handling(reached, build_up_) <= line(state.at + passage.stretch);
            if (through) {
                state.at += passage.stretch;
                state.time += passage.time;
                state.energy = reached;
                recorder_.phase(Phase::effort, state);
            } else if (!gain_finely((i + 1) * fine_per_coarse, cap, state)) {
                return state.energy > 0;
            }
            v = to;
        }
        return true;
    }

    /// Full effort by fine cells up to fine knot `last`, `cap`, the end or the brake; false where the speed cannot rise.
    bool gain_finely(std::size_t last, double& cap, State& state) {
        for (std::size_t k = cell_of(state.energy, true); k < last && state.at < element_->end && state.energy < cap; ++k) {
            const Field force = field(k);
            if (force(state.energy) <= 0) return false;
            const double high = std::min(knot(k + 1), cap);
            const double room = element_->end - state.at;
            double stretch = distance(force, state.energy, high);
            double reached = high;
            if (stretch > room) {
                stretch = room;
                reached = state.energy + force(state.energy) * room * growth(force.slope * room);
            }
            if (handling(reached, build_up_) > line(state.at + stretch)) {
                reached = brake_point(force, state, reached);
                stretch = std::min(distance(force, state.energy, reached), room);
                cap = reached;
            }
            step(force, stretch, reached, state);
            if (stretch == room) state.at = element_->end;
        }
        return true;
    }

    bool lose(State& state) {
        double v = std::sqrt(2.0 * state.energy);
        auto i = static_cast<std::size_t>(v / coarse_width);
        if (i > 0 && static_cast<double>(i) * coarse_width >= v) --i;
        while (state.at < element_->end) {
            const double to = static_cast<double>(i) * coarse_width, reached = 0.5 * to * to;
            const Passage passage = pass(i, v, to);
            const bool through = passage.valid && state.at + passage.stretch <= element_->end &&
                                 (reached <= element_->line_target || reached <= line(state.at + passage.stretch));
            if (through) {
                state.at += passage.stretch;
                state.time += passage.time;
                state.energy = reached;
                recorder_.phase(Phase::effort, state);
            } else if (!lose_finely(i * fine_per_coarse, state)) {
                return state.energy > 0;
            }
            if (i == 0) return state.at >= element_->end;
            v = to;
            --i;
        }
        return true;
    }

    /// Full effort by fine cells down to fine knot `last`, the end or the brake; false where the speed does not fall further.
    bool lose_finely(std::size_t last, State& state) {
        for (std::size_t k = cell_of(state.energy, false); state.at < element_->end; --k) {
            const Field force = field(k);
            if (force(state.energy) >= 0) return false;
            const double room = element_->end - state.at;
            double stretch = distance(force, state.energy, knot(k));
            double reached = knot(k);
            if (stretch > room) {
                stretch = room;
                reached = state.energy + force(state.energy) * room * growth(force.slope * room);
            }
            if (reached > element_->line_target && reached > line(state.at + stretch)) {
                stretch = meet_line(force, state, stretch);
                reached = state.energy + force(state.energy) * stretch * growth(force.slope * stretch);
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

    /// Full effort while the train moves onto another gradient, until the end of the element, `cap` or the brake.
    /// Within a cell energy obeys a linear equation with a linear right side; steps end near the edges of cells.
    bool effort_on_transition(double& cap, State& state) {
        while (state.at < element_->end) {
            if (state.energy <= 0 && level(0)(0.0) <= pull_back(state.at)) return false;
            const Slide slide = slide_from(state);
            double stretch = std::min(slide.stretch, element_->end - state.at);
            double reached = slide(stretch);
            const bool rising = reached > state.energy;
            bool handled = false;
            if (reached < 0) {
                stretch = first_root(stretch, [&](double x) { return -slide(x); });
                slip(slide, stretch, 0.0, state);
                return false;
            }
            if (rising && reached > cap) stretch = first_root(stretch, [&](double x) { return slide(x) - cap; });
            const double build_up = rising ? build_up_ : 0.0;
            reached = std::min(slide(stretch), rising ? cap : reached);
            if (handling(reached, build_up) > line(state.at + stretch)) {
                stretch = first_root(stretch, [&](double x) { return handling(slide(x), build_up) - line(state.at + x); });
                reached = slide(stretch);
                handled = true;
            }
            const bool to_end = stretch >= element_->end - state.at;
            slip(slide, stretch, reached, state);
            if (to_end) state.at = element_->end;
            if (handled) {
                cap = std::min(cap, state.energy);
                return true;
            }
            if (state.energy >= cap) return true;
        }
        return true;
    }

    /// Energy after a distance where the acceleration is linear in energy and falls evenly with distance.
    struct Slide {
        double energy, net, slope, rise, stretch;
        double operator()(double x) const {
            // Taylor series of (e^y - 1)/y and (e^y - 1 - y)/y^2: |y| stays below 1/4.
            const double y = slope * x;
            const double second = 0.5 + y * (1.0 / 6 + y * (1.0 / 24 + y * (1.0 / 120 + y * (1.0 / 720 + y / 5040))));
            return energy + x * (net * (1.0 + y * second) - rise * x * second);
        }
    };

    Slide slide_from(const State& state) const {
        const double here = pull_back(state.at), rise = element_->pull_back_rise;
        const double knots = std::sqrt(2.0 * state.energy) / fine_width;
        auto k = static_cast<std::size_t>(knots);
        const double within = knots - static_cast<double>(k);
        Field force = level(k);
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

    /// Distance to energy `edge` by the first two derivatives, within the reach of the series and not less than half a metre
    /// (a train that balances at an edge would not move on).
    static double stretch_to(double edge, bool gaining, const Slide& slide) {
        const double reach = 0.25 / std::max(std::abs(slide.slope), 1e-9);
        const double bend = slide.slope * slide.net - slide.rise, room = edge - slide.energy;
        const double root = slide.net * slide.net + 2.0 * bend * room;
        if (root < 0) return std::min(std::max(-slide.net / bend, 0.5), reach);
        const double stretch = 2.0 * room / (slide.net + (gaining ? std::sqrt(root) : -std::sqrt(root)));
        return stretch > 0.5 ? std::min(stretch, reach) : 0.5;
    }

    void slip(const Slide& slide, double stretch, double reached, State& state) {
        const double v0 = std::sqrt(2.0 * state.energy), v1 = std::sqrt(2.0 * reached), v = 0.5 * (v0 + v1);
        const double change = slide.slope * (reached - slide.energy) - slide.rise * stretch;
        if (stretch > 0) state.time += stretch / v * (1.0 + change * stretch / (12.0 * v * v));
        state.at += stretch;
        state.energy = reached;
        recorder_.phase(Phase::effort, state);
    }

    /// Where a rising function crosses zero between 0 and `end`.
    template <class F>
    static double first_root(double end, F f) {
        double low = 0, high = end;
        for (int i = 0; i < 60 && high - low > 1e-10; ++i) {
            const double middle = 0.5 * (low + high);
            (f(middle) > 0 ? high : low) = middle;
        }
        return high;
    }

    /// Distance from energy `from` to `to`; infinite where it is never reached.
    static double distance(const Field& force, double from, double to) {
        const double start = force(from);
        const double y = force.slope * (to - from) / start;
        if (y <= -1.0) return std::numeric_limits<double>::infinity();
        return (to - from) / start * log_growth(y);
    }

    void step(const Field& force, double stretch, double reached, State& state) {
        const double v0 = std::sqrt(2.0 * state.energy), v1 = std::sqrt(2.0 * std::max(reached, 0.0));
        if (stretch > 0) {
            const double spread = (v1 - v0) / (v1 + v0);
            state.time += 2.0 * stretch / (v0 + v1) * (1.0 + spread * lag(force.slope * stretch));
        }
        state.at += stretch;
        state.energy = reached;
        recorder_.phase(Phase::effort, state);
    }

    /// What an accelerating train of this energy adds to its place on the braking line: the way run while the brake builds up.
    double handling(double energy, double build_up) const {
        if (energy <= element_->line_target) return -std::numeric_limits<double>::infinity();
        return energy + deceleration_ * build_up * std::sqrt(2.0 * energy);
    }

    /// Energy at which an accelerating train must handle the brake, between that of `state` and `high`.
    double brake_point(const Field& force, const State& state, double high) const {
        const double low = std::max(state.energy, element_->line_target);
        double v = std::sqrt(2.0 * high);
        const double limit = line(state.at);
        for (int i = 0; i < 20; ++i) {
            const double energy = 0.5 * v * v;
            const double excess = energy + deceleration_ * (distance(force, state.energy, energy) + build_up_ * v) - limit;
            const double change = excess / (v + deceleration_ * (v / force(energy) + build_up_));
            v -= change;
            if (std::abs(change) < 1e-12 * v) break;
        }
        return std::clamp(0.5 * v * v, low, high);
    }

    /// Distance after which a train losing speed meets the braking line, at most `stretch`.
    double meet_line(const Field& force, const State& state, double stretch) const {
        double x = stretch;
        for (int i = 0; i < 20; ++i) {
            const double energy = state.energy + force(state.energy) * x * growth(force.slope * x);
            const double change = (energy - line(state.at + x)) / (force(energy) + deceleration_);
            x -= change;
            if (std::abs(change) < 1e-9) break;
        }
        return std::clamp(x, 0.0, stretch);
    }

    const ForceCells& power_;
    const ForceCells& coasting_;
    double deceleration_, build_up_;
    Recorder& recorder_;
    const Element* element_ = nullptr;
    const ForceCells* cells_ = nullptr;
};

}  // namespace railwindow::kernel
