#pragma once
// A second opinion that shares nothing with the kernel, not even the variable: m rho dv/dt = F(v) - R(v) - m g i(s), ds/dt = v, step by
// step in time by the rule of Dormand and Prince (J. Comp. Appl. Math. 6, 1980), whose error sets the step. Wherever a law changes (a corner
// of the effort, the speed allowed, the brake, the gradient, a turn of the speed), the step ends there.

#include <railwindow/train/run.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <limits>
#include <vector>

namespace railwindow::in_time {

/// What the integration needs of a train, in SI.
struct Train {
    double length, limit, deceleration, build_up, pull_per_gradient;
    bool strip;
    std::function<double(double)> acceleration;  ///< by speed on level track, at full effort
    std::vector<double> corners;                 ///< speeds at which that has a corner, ascending
};

/// Effort of one unit at speed `v`, and which of its laws binds.
struct Effort {
    double force;
    int law;
};

inline Effort effort_of(const TractionUnit& unit, Rating rating, const Conditions& conditions, double v) {
    Effort most{std::numeric_limits<double>::infinity(), 0};
    const auto at_most = [&](double force, int law) {
        if (force < most.force) most = {force, law};
    };
    const std::vector<EffortPoint>& curve = unit.effort;
    const double rated = v / conditions.power;
    // From a guess, as tables are long.
    auto i = static_cast<std::size_t>(std::min(rated / std::max(to_si(curve.back().speed), 1.0), 1.0) * static_cast<double>(curve.size() - 1));
    while (i > 0 && to_si(curve[i].speed) > rated) --i;
    while (i + 1 < curve.size() && to_si(curve[i + 1].speed) <= rated) ++i;
    const double from = to_si(curve[i].speed), effort = to_si(curve[i].effort);
    if (i + 1 < curve.size())
        at_most(effort + (rated - from) / (to_si(curve[i + 1].speed) - from) * (to_si(curve[i + 1].effort) - effort), 10 + static_cast<int>(i));
    else
        at_most(curve.size() > 1 ? effort * from / rated : effort, 10 + static_cast<int>(i));
    if (unit.power && v > 0) at_most(conditions.power * to_si(*unit.power) / v, 1);
    if (unit.grip) at_most(conditions.grip * adhesion(unit.grip->law, from_si<Speed>(v)) * to_si(unit.grip->driven_mass) * to_si(gravity), 2);
    if (rating == Rating::continuous) at_most(to_si(*unit.continuous_effort), 3);
    return {unit.count * most.force, most.law};
}

inline std::vector<TractionUnit> units_of(const Rung& rung) {
    if (const auto* curves = std::get_if<FullCurves>(&rung)) return curves->units;
    const auto& one = std::get<PowerAndMass>(rung);
    return {{.effort = {{{}, one.starting_effort}}, .continuous_effort = one.continuous_effort, .grip = one.grip, .power = one.power}};
}

/// The train of `consist`, whose rung knows forces.
inline Train train_of(const Consist& consist, const Conditions& conditions = {}, bool coasting = false) {
    const auto* one = std::get_if<PowerAndMass>(&consist.rung);
    const Rating rating = one ? one->rating : std::get<FullCurves>(consist.rung).rating;
    const Davis davis = one ? one->resistance : std::get<FullCurves>(consist.rung).resistance;
    std::vector<TractionUnit> units = units_of(consist.rung);
    if (coasting) units.clear();
    const double inertia = conditions.mass * to_si(consist.mass) * consist.rotating_mass_factor, k = conditions.resistance;
    Train train{.length = to_si(consist.length),
                .limit = to_si(consist.speed_limit),
                .deceleration = to_si(consist.brakes.deceleration),
                .build_up = to_si(consist.brakes.build_up),
                .pull_per_gradient = to_si(gravity) / consist.rotating_mass_factor,
                .strip = consist.gradient_model == GradientModel::strip,
                .acceleration = {},
                .corners = {}};
    train.acceleration = [=](double v) {
        double force = -k * (to_si(davis.constant) + v * (to_si(davis.linear) + v * to_si(davis.quadratic)));
        for (const TractionUnit& unit : units) force += effort_of(unit, rating, conditions, v).force;
        return force / inertia;
    };
    for (const TractionUnit& unit : units) {
        const auto law = [&](double v) { return effort_of(unit, rating, conditions, v).law; };
        constexpr double step = 0.01;
        for (double v = 0.5 * step; v < train.limit; v += step) {
            if (law(v) == law(v + step)) continue;
            double low = v, high = v + step;
            for (int i = 0; i < 60; ++i) (law(0.5 * (low + high)) == law(v) ? low : high) = 0.5 * (low + high);
            train.corners.push_back(high);
        }
    }
    std::sort(train.corners.begin(), train.corners.end());
    return train;
}

/// Where a journey ended, and when.
struct Arrival {
    double time, at;
    bool stalled;
    double slowest_for = 0;  ///< seconds below 1 m/s
};

/// A train on a course.
class Journey {
public:
    Journey(const Course& course, const Train& train, const std::vector<double>& caps = {}) : train_{train}, end_{to_si(course.length)} {
        for (const CoursePiece& piece : course.pieces) {
            begin_.push_back(to_si(piece.begin.from_begin()));
            limit_.push_back(std::min({to_si(piece.limit), train.limit, caps.empty() ? 1e9 : caps[piece.pace]}));
            gradient_.push_back(piece.gradient);
        }
        begin_.push_back(end_);
        height_.assign(begin_.size(), 0.0);
        for (std::size_t i = 0; i < gradient_.size(); ++i) height_[i + 1] = height_[i] + gradient_[i] * (begin_[i + 1] - begin_[i]);
    }

    /// From `from` to `to` (metres), entering at speed `v` and leaving at most at `v_end`.
    Arrival run(double v, double v_end) const { return run(0, end_, v, v_end); }
    Arrival run(double from, double to, double v, double v_end) const {
        const std::vector<Interval> intervals = cut(from, to, v_end);
        Now now{from, v, 0};
        double slow = 0;
        for (const Interval& here : intervals) {
            now.v = std::min(now.v, here.ceiling);
            if (!through(here, now, slow)) return {now.t, now.s, true, slow};
        }
        return {now.t, now.s, false, slow};
    }

private:
    struct Now {
        double s, v, t;
    };
    /// Of one ceiling and one gradient that is even or changes evenly; the line that the brake must keep falls from `line` at 0 m, and ends
    /// at energy `target`.
    struct Interval {
        double begin, end, ceiling, pull, rise, line, target;
    };

    std::size_t piece(double at) const {
        const auto after = std::upper_bound(begin_.begin(), begin_.end() - 1, at);
        std::size_t i = static_cast<std::size_t>(std::max<std::ptrdiff_t>(after - begin_.begin() - 1, 0));
        return i;
    }
    double height(double at) const {
        const std::size_t i = piece(at);
        return height_[i] + gradient_[i] * (at - begin_[i]);
    }
    double felt(double at) const { return (height(at) - height(at - train_.length)) / train_.length; }

    std::vector<Interval> cut(double from, double to, double v_end) const {
        std::vector<double> cuts{from, to};
        for (const double b : begin_)
            for (const double c : {b, b + train_.length})
                if (c > from && c < to) cuts.push_back(c);
        std::sort(cuts.begin(), cuts.end());
        cuts.erase(std::unique(cuts.begin(), cuts.end()), cuts.end());
        std::vector<Interval> intervals;
        for (std::size_t i = 0; i + 1 < cuts.size(); ++i) {
            const double begin = cuts[i], end = cuts[i + 1], middle = 0.5 * (begin + end);
            double ceiling = 1e9;
            for (std::size_t k = piece(middle - train_.length); k <= piece(middle); ++k)
                if (begin_[k + 1] > begin_[k]) ceiling = std::min(ceiling, limit_[k]);
            const double first = train_.strip ? felt(begin) : gradient_[piece(middle)], last = train_.strip ? felt(end) : first;
            const double rise = std::abs(last - first) > 1e-13 ? (last - first) / (end - begin) : 0.0;
            intervals.push_back({begin, end, ceiling, train_.pull_per_gradient * (first - rise * begin), train_.pull_per_gradient * rise, 0, 0});
        }
        double line = 0.5 * v_end * v_end + train_.deceleration * to, target = 0.5 * v_end * v_end;
        for (std::size_t i = intervals.size(); i-- > 0;) {
            intervals[i].line = line;
            intervals[i].target = target;
            const double energy = 0.5 * intervals[i].ceiling * intervals[i].ceiling, begins = energy + train_.deceleration * intervals[i].begin;
            if (begins < line) line = begins, target = energy;
        }
        return intervals;
    }

    double acceleration(const Interval& here, double s, double v) const { return train_.acceleration(v) - here.pull - here.rise * s; }
    /// By how much the energy that the brake allows is passed, or would be by one whose brake must build up first.
    double beyond_line(const Interval& here, double s, double v, double build_up) const {
        if (0.5 * v * v <= here.target) return -1;
        return 0.5 * v * v + train_.deceleration * build_up * v - (here.line - train_.deceleration * s);
    }

    bool through(const Interval& here, Now& now, double& slow) const {
        while (now.s < here.end) {
            const double before = now.t;
            if (beyond_line(here, now.s, now.v, 0) >= -1e-10) {
                brake(here, now);
            } else {
                const double a = acceleration(here, now.s, now.v);
                if (now.v <= 0 && a <= 0) return false;
                const bool at_most = now.v >= here.ceiling || beyond_line(here, now.s, now.v, train_.build_up) >= -1e-10;
                const bool balanced = here.rise == 0 && std::abs(a) < 1e-13 * now.v;
                if (!((balanced || (at_most && a >= 0)) && hold(here, now)) && !move(here, a, now)) return false;
            }
            if (now.v < 1) slow += now.t - before;
        }
        return true;
    }
    void brake(const Interval& here, Now& now) const {
        const double v = std::sqrt(2 * std::max(here.line - train_.deceleration * here.end, 0.0));
        now = {here.end, v, now.t + (now.v - v) / train_.deceleration};
    }
    /// Holds the speed for as long as that may be and can be; false where that is not at all.
    bool hold(const Interval& here, Now& now) const {
        double until = here.end;
        if (here.rise > 0) until = std::min(until, (train_.acceleration(now.v) - here.pull) / here.rise);
        const double energy = 0.5 * now.v * now.v;
        if (energy > here.target) until = std::min(until, (here.line - energy) / train_.deceleration);
        if (!(until > now.s + 1e-9)) return false;
        now = {until, now.v, now.t + (until - now.s) / now.v};
        return true;
    }

    /// One step of the rule.
    struct Step {
        double s, v, error;
    };
    Step step(const Interval& here, const Now& now, double h) const {
        static constexpr std::array<std::array<double, 6>, 6> a{{{1.0 / 5},
                                                                 {3.0 / 40, 9.0 / 40},
                                                                 {44.0 / 45, -56.0 / 15, 32.0 / 9},
                                                                 {19372.0 / 6561, -25360.0 / 2187, 64448.0 / 6561, -212.0 / 729},
                                                                 {9017.0 / 3168, -355.0 / 33, 46732.0 / 5247, 49.0 / 176, -5103.0 / 18656},
                                                                 {35.0 / 384, 0, 500.0 / 1113, 125.0 / 192, -2187.0 / 6784, 11.0 / 84}}};
        static constexpr std::array<double, 7> e{71.0 / 57600, 0, -71.0 / 16695, 71.0 / 1920, -17253.0 / 339200, 22.0 / 525, -1.0 / 40};
        std::array<double, 7> ks{}, kv{};
        double s = now.s, v = now.v;
        for (std::size_t i = 0;; ++i) {
            ks[i] = v;
            kv[i] = acceleration(here, s, std::max(v, 0.0));
            if (i == 6) break;
            s = now.s, v = now.v;
            for (std::size_t j = 0; j <= i; ++j) s += h * a[i][j] * ks[j], v += h * a[i][j] * kv[j];
        }
        double off_s = 0, off_v = 0;
        for (std::size_t j = 0; j < 7; ++j) off_s += h * e[j] * ks[j], off_v += h * e[j] * kv[j];
        return {s, v, std::max(std::abs(off_s) / 1e-8, std::abs(off_v) / (1e-10 + 1e-10 * std::abs(v)))};
    }

    /// One step at full effort, up to the first change of law; false where the train comes to a stand.
    bool move(const Interval& here, double a, Now& now) const {
        const bool gains = a > 0;
        double above = here.ceiling, below = 0;
        for (const double corner : train_.corners) {
            if (corner > now.v * (1 + 1e-14)) {
                above = std::min(above, corner);
                break;
            }
            if (corner < now.v * (1 - 1e-14)) below = corner;
        }
        if (now.v >= here.ceiling) above = std::numeric_limits<double>::infinity();
        const double build_up = gains ? train_.build_up : 0.0;
        const bool late = beyond_line(here, now.s, now.v, build_up) >= 0;
        // Above 0 where one of them is passed.
        const auto passed = [&](const Step& to) {
            double most = std::max({to.s - here.end, to.v - above, below - to.v});
            if (!late) most = std::max(most, beyond_line(here, to.s, to.v, build_up));
            if (here.rise != 0 && std::abs(a) > 1e-9) most = std::max(most, acceleration(here, to.s, std::max(to.v, 0.0)) * (gains ? -1.0 : 1.0));
            return most;
        };
        double h = 1;
        if (last_ > 0) h = last_;
        Step to = step(here, now, h);
        while (to.error > 1) to = step(here, now, h *= std::clamp(0.9 * std::pow(to.error, -0.2), 0.1, 0.9));
        last_ = std::min(h * std::clamp(0.9 * std::pow(std::max(to.error, 1e-10), -0.2), 0.9, 5.0), 1e4);
        double f_high = passed(to);
        if (f_high > 0) {
            double low = 0, f_low = std::min(passed({now.s, now.v, 0}), -1e-300);
            for (int i = 0; i < 100 && h - low > 1e-13 * h; ++i) {
                double x = i % 3 == 2 ? 0.5 * (low + h) : h - f_high * (h - low) / (f_high - f_low);
                if (!(x > low && x < h)) x = 0.5 * (low + h);
                const Step there = step(here, now, x);
                const double f = passed(there);
                if (f > 0)
                    h = x, f_high = f, to = there;
                else
                    low = x, f_low = f;
                if (f > 0 && f < 1e-13) break;
            }
            if (to.s >= here.end) to.s = here.end;
            if (to.v >= above) to.v = above;
            if (to.v <= below) to.v = below;
        }
        now = {std::max(to.s, now.s), to.v, now.t + h};
        return now.v > 0 || acceleration(here, now.s, 0.0) > 0;
    }

    const Train& train_;
    double end_;
    std::vector<double> begin_, limit_, gradient_, height_;
    mutable double last_ = 0;  ///< the step that would have served last
};

}  // namespace railwindow::in_time
