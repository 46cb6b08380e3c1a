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
            else if (state.energy >= cap && net(state.energy, true) >= 0) cruise(cap == element.ceiling_energy ? Phase::cruise : Phase::hold, state);
            else if (!effort(cap, state)) return false;
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
        const double knots = std::sqrt(2.0 * energy) / cell_width;
        auto k = static_cast<std::size_t>(knots);
        if (upwards && knot(k + 1) <= energy) ++k;
        if (!upwards && k > 0 && knot(k) >= energy) --k;
        return k;
    }
    static double knot(std::size_t k) {
        const double v = static_cast<double>(k) * cell_width;
        return 0.5 * v * v;
    }
    Field field(std::size_t k) const {
        const double low = knot(k), high = knot(k + 1);
        const double slope = 2.0 * cells_->half[k] / (high - low);
        return {slope, cells_->mean[k] - 0.5 * slope * (low + high) - element_->pull_back};
    }
    double net(double energy, bool upwards) const { return field(cell_of(energy, upwards))(energy); }

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
        if (state.energy > element_->line_target)
            until = std::min(until, element_->end - (state.energy - element_->line_end) / deceleration_);
        move_at_speed(phase, std::max(until, state.at), state);
        if (until < element_->end) brake(state);
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

    bool gain(double& cap, State& state) {
        for (std::size_t k = cell_of(state.energy, true); state.at < element_->end && state.energy < cap; ++k) {
            const Field force = field(k);
            if (force(state.energy) <= 0) return state.energy > 0;
            const double high = std::min(knot(k + 1), cap);
            const double room = element_->end - state.at;
            double stretch = distance(force, state.energy, high);
            double reached = high;
            if (stretch > room) {
                stretch = room;
                reached = state.energy + force(state.energy) * room * growth(force.slope * room);
            }
            if (handling(reached) > line(state.at + stretch)) {
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
        for (std::size_t k = cell_of(state.energy, false); state.at < element_->end; --k) {
            const Field force = field(k);
            if (force(state.energy) >= 0) return state.energy > 0;
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
            if (k == 0 && state.energy <= 0 && state.at < element_->end) return false;
        }
        return true;
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
    double handling(double energy) const {
        if (energy <= element_->line_target) return -std::numeric_limits<double>::infinity();
        return energy + deceleration_ * build_up_ * std::sqrt(2.0 * energy);
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
