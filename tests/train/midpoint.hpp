#pragma once
// A second opinion: midpoint integration of the equation of motion in distance, with an envelope of its own.
// Slow, simple and independent of the kernel: no cells, no closed forms, no elements.

#include <railwindow/train/run.hpp>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <optional>
#include <vector>

namespace railwindow {

/// What the integration needs of the train: net force on level track by speed, in SI.
struct MidpointTrain {
    double length, inertia, weight_per_inertia, deceleration, limit;
    bool strip;
    std::function<double(double)> force;  ///< effort less resistance
    double build_up = 0;                  ///< seconds that a train holds its speed for before it brakes, if it was gaining
};

class Midpoint {
public:
    Midpoint(const Course& course, const MidpointTrain& train, const std::vector<double>& caps = {}) : train_{train}, end_{to_si(course.length)} {
        for (const CoursePiece& piece : course.pieces) {
            begin_.push_back(to_si(piece.begin.from_begin()));
            limit_.push_back(std::min({to_si(piece.limit), train.limit, caps.empty() ? 1e9 : caps[piece.pace]}));
            gradient_.push_back(piece.gradient);
        }
        begin_.push_back(end_);
        height_.assign(begin_.size(), 0.0);
        for (std::size_t i = 0; i < gradient_.size(); ++i) height_[i + 1] = height_[i] + gradient_[i] * (begin_[i + 1] - begin_[i]);
        for (const double b : begin_) cuts_.insert(cuts_.end(), {b, b + train.length});
        std::sort(cuts_.begin(), cuts_.end());
        cuts_.erase(std::unique(cuts_.begin(), cuts_.end()), cuts_.end());
        cuts_.erase(std::upper_bound(cuts_.begin(), cuts_.end(), end_), cuts_.end());
        envelope();
    }

    /// Running time to standstill in steps of at most `step` metres; empty where the train stalls.
    std::optional<double> time(double step, double initial_speed = 0) const {
        double energy = 0.5 * initial_speed * initial_speed, total = 0;
        for (std::size_t i = 0; i + 1 < cuts_.size(); ++i) {
            const auto n = static_cast<int>(std::ceil((cuts_[i + 1] - cuts_[i]) / step - 1e-9));
            const double ds = (cuts_[i + 1] - cuts_[i]) / n;
            for (int j = 0; j < n; ++j) {
                const double at = cuts_[i] + j * ds;
                const double half = energy + 0.5 * ds * net(energy, at, i);
                if (energy == 0 && half <= 0) return std::nullopt;
                const double full = energy + ds * net(std::max(half, 0.0), at + 0.5 * ds, i);
                if (full <= 0 && allowed(at + ds, i) > 0) return std::nullopt;
                double next = std::max(0.0, std::min(full, allowed(at + ds, i)));
                if (next > energy && must_hold(next, at + ds, i)) next = energy;
                total += 2 * ds / (std::sqrt(2 * energy) + std::sqrt(2 * next));
                energy = next;
            }
        }
        return total;
    }

private:
    std::size_t piece(double at) const {
        const auto after = std::upper_bound(begin_.begin(), begin_.end() - 1, at);
        return static_cast<std::size_t>(std::max<std::ptrdiff_t>(after - begin_.begin() - 1, 0));
    }
    double height(double at) const {
        const std::size_t i = piece(at);
        return height_[i] + gradient_[i] * (at - begin_[i]);
    }
    double net(double energy, double at, std::size_t interval) const {
        const double g = train_.strip ? slope0_[interval] +
                                            (slope1_[interval] - slope0_[interval]) * (at - cuts_[interval]) / (cuts_[interval + 1] - cuts_[interval])
                                      : slope0_[interval];
        return train_.force(std::sqrt(2 * energy)) / train_.inertia - train_.weight_per_inertia * g;
    }
    double allowed(double at, std::size_t i) const { return std::min(ceiling_[i], line_[i + 1] + train_.deceleration * (cuts_[i + 1] - at)); }
    /// Whether a train that gains speed has to handle its brake there, which then builds up.
    bool must_hold(double energy, double at, std::size_t i) const {
        const double line = line_end_[i] + train_.deceleration * (cuts_[i + 1] - at);
        return energy > line_target_[i] && energy + train_.deceleration * train_.build_up * std::sqrt(2 * energy) > line;
    }
    void envelope() {
        const std::size_t n = cuts_.size() - 1;
        for (std::size_t i = 0; i < n; ++i) {
            const double middle = 0.5 * (cuts_[i] + cuts_[i + 1]);
            double v = 1e9;
            for (std::size_t k = piece(middle - train_.length); k <= piece(middle); ++k)
                if (begin_[k + 1] > begin_[k]) v = std::min(v, limit_[k]);
            ceiling_.push_back(0.5 * v * v);
            slope0_.push_back(train_.strip ? (height(cuts_[i]) - height(cuts_[i] - train_.length)) / train_.length : gradient_[piece(middle)]);
            slope1_.push_back((height(cuts_[i + 1]) - height(cuts_[i + 1] - train_.length)) / train_.length);
        }
        // The braking line at the end of every interval, and the energy at which it ends.
        line_end_.assign(n, 0.0), line_target_.assign(n, 0.0);
        double line = 0, target = 0, after = std::numeric_limits<double>::infinity();
        for (std::size_t i = n; i-- > 0;) {
            if (after < line) line = target = after;
            line_end_[i] = line;
            line_target_[i] = target;
            line += train_.deceleration * (cuts_[i + 1] - cuts_[i]);
            after = ceiling_[i];
        }
        line_.assign(n + 1, 0.0);
        for (std::size_t i = n; i-- > 0;) {
            line_[i] = std::min(ceiling_[i], line_[i + 1] + train_.deceleration * (cuts_[i + 1] - cuts_[i]));
            if (i > 0) line_[i] = std::min(line_[i], ceiling_[i - 1]);
        }
    }

    MidpointTrain train_;
    double end_;
    std::vector<double> begin_, limit_, gradient_, height_, cuts_, ceiling_, slope0_, slope1_, line_, line_end_, line_target_;
};

/// F = min(starting effort, power / speed) less Davis resistance.
inline MidpointTrain midpoint_train(const Consist& consist, const Conditions& conditions = {}) {
    const auto& rung = std::get<PowerAndMass>(consist.rung);
    const double inertia = conditions.mass * to_si(consist.mass) * consist.rotating_mass_factor;
    const double most = to_si(rung.starting_effort), power = conditions.power * to_si(rung.power);
    const double a = conditions.resistance * to_si(rung.resistance.constant), b = conditions.resistance * to_si(rung.resistance.linear),
                 c = conditions.resistance * to_si(rung.resistance.quadratic);
    return {.length = to_si(consist.length),
            .inertia = inertia,
            .weight_per_inertia = to_si(gravity) / consist.rotating_mass_factor,
            .deceleration = to_si(consist.brakes.deceleration),
            .limit = to_si(consist.speed_limit),
            .strip = consist.gradient_model == GradientModel::strip,
            .force = [=](double v) { return (v * most <= power ? most : power / v) - (a + v * (b + c * v)); }};
}

/// The same with a curve, linear between whole km/h, in place of the hyperbola.
inline MidpointTrain midpoint_train(const Consist& consist, const std::vector<EffortPoint>& curve, const Conditions& conditions = {}) {
    Consist bare = consist;
    const Davis davis = std::get<FullCurves>(consist.rung).resistance;
    bare.rung = PowerAndMass{.starting_effort = 1 * N, .power = 1 * W, .resistance = davis};
    MidpointTrain train = midpoint_train(bare, conditions);
    std::vector<double> efforts;
    for (const EffortPoint& point : curve) efforts.push_back(to_si(point.effort));
    const double k = conditions.resistance, a = k * to_si(davis.constant), b = k * to_si(davis.linear), c = k * to_si(davis.quadratic);
    const double per_knot = 3.6 / conditions.power;
    train.force = [=](double v) {
        const double x = v * per_knot;
        const auto i = std::min(static_cast<std::size_t>(x), efforts.size() - 2);
        return efforts[i] + (x - static_cast<double>(i)) * (efforts[i + 1] - efforts[i]) - (a + v * (b + c * v));
    };
    return train;
}

}  // namespace railwindow
