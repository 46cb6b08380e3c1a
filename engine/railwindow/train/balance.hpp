#pragma once
// Inside of the kernel: distance and time between any two speeds of a power zone on an even gradient, in closed form but for a small
// rest. The power left over, a cubic, has a root at the balancing speed b: v a = (v - b) Q(v) with Q a quadratic, so that
//     s = int v^2 dv / ((v - b) Q) = (b^2 ln((v1 - b)/(v0 - b)) + int (q0 (v + b) + q1 b v)/Q dv) / Q(b)
//     t = int v   dv / ((v - b) Q) = (b   ln((v1 - b)/(v0 - b)) + int (q0 - q2 b v)/Q dv) / Q(b)
// exactly. Q hardly changes, whether the train is at its balance or far away.

#include <railwindow/train/leap.hpp>
#include <railwindow/train/power_zone.hpp>

#include <array>
#include <cmath>
#include <cstddef>

namespace railwindow::kernel {

// Not by `growth_series`, whose terms wait for each other: a train's next move waits for these.
/// e^x for |x| < 0.03: 4e-8 of it off.
inline double exp_at_zero(double x) { return (1.0 + x) + x * x * (0.5 + x * (1.0 / 6)); }

/// The same for |x| < 0.15: 4e-10.
inline double exp_near_zero(double x) {
    const double xx = x * x;
    return (1.0 + x) + xx * (0.5 + x * (1.0 / 6)) + xx * xx * ((1.0 / 24 + x * (1.0 / 120)) + xx * (1.0 / 720));
}

/// A whole multiple of 1/16 and e to its negative.
class Decay {
public:
    /// Nearest to `x`, which is not negative; beyond the table, and where it is too coarse, `x` itself.
    static Decay near(double x) {
        if (x < 0.15) return {x, exp_near_zero(-x)};
        if (!(x < 0.0625 * (size - 1))) [[unlikely]]
            return {x, std::exp(-x)};
        const auto i = static_cast<std::size_t>(16.0 * x + 0.5);
        return {0.0625 * static_cast<double>(i), table[i]};
    }
    double exponent, share;

private:
    static constexpr std::size_t size = 512;
    static constexpr std::array<double, size> table = [] {
        std::array<double, size> shares{};
        double share = 1;
        for (double& s : shares) {
            s = share;
            share *= 0.93941306281347578611;  // e^(-1/16)
        }
        return shares;
    }();
    Decay(double e, double s) : exponent{e}, share{s} {}
};

/// The end of a change of speed.
struct Approach {
    double speed;
    Leap way;
    bool found;
};

/// Motion in one zone on one gradient.
class Balance {
public:
    Balance() = default;
    /// `known` where there is a balancing speed, near or far, but not so far that differences of large numbers would tell nothing; `near`
    /// is a guess of it.
    Balance(const PowerZone& zone, double pull_back, double near) {
        const double linear = zone.linear - pull_back, square = zone.square, cube = zone.cube, constant = zone.constant;
        // The power is concave where it falls with speed, and from beyond the root nothing overshoots.
        double v = near;
        if (!(linear + v * (2.0 * square + 3.0 * v * cube) < 0) && cube < 0) v = std::sqrt(-linear / cube);
        for (int i = 0; i < 12; ++i) {
            const double power = constant + v * (linear + v * (square + v * cube)), slope = linear + v * (2.0 * square + 3.0 * v * cube);
            if (!(slope < 0)) return;
            // Four terms of the inverse function's series.
            const double per_slope = 1.0 / slope, step = power * per_slope, bend = (square + 3.0 * v * cube) * per_slope, cubic = cube * per_slope;
            const double change =
                step * (1.0 + step * (bend + step * ((2.0 * bend * bend - cubic) + step * bend * (5.0 * bend * bend - 5.0 * cubic))));
            if (std::abs(step) < 3e-3 * v) {
                // Its parabola's constants, known before the balancing speed is: a guess needs no more.
                fold = v * v * per_slope;
                half_per_fold = 0.5 * slope / (v * v);
                fold_slope = 2.0 * v * per_slope - fold * bend;
                v -= change;
                known = std::abs(v) < farthest;
                break;
            }
            v -= std::abs(step) < 0.2 * v ? change : step;
        }
        speed = v;
        q2 = cube;
        q1 = square + v * q2;
        q0 = linear + v * q1;
        const double per_root = 1.0 / q(v);
        stretch_log = v * v * per_root;
        time_log = v * per_root;
        stretch_rest = q0 * v * per_root;
        stretch_rest_by_v = (q0 + q1 * v) * per_root;
        time_rest = q0 * per_root;
        time_rest_by_v = -q2 * v * per_root;
    }

    /// From speed `from` to `to`, on the same side of the balancing speed; the rest by Gauss' rule of three points.
    /// Accuracy: 6e-5 where speed changes by no more than a factor of 3 ("exact: distance and time between two speeds of a power zone ...").
    Leap way(double from, double to) const { return way(from, to, std::log((to - speed) / (from - speed))); }
    Leap way(double from, double to, double folds) const {
        const double half = 0.5 * (to - from), middle = 0.5 * (to + from);
        constexpr double off = 0.77459666924148337704, side = 5.0 / 9, centre = 8.0 / 9;
        const double low = middle - off * half, high = middle + off * half;
        const double at_low = side * half / q(low), at_middle = centre * half / q(middle), at_high = side * half / q(high);
        const double rest = at_low + at_middle + at_high, rest_by_v = low * at_low + middle * at_middle + high * at_high;
        return {stretch_log * folds + stretch_rest * rest + stretch_rest_by_v * rest_by_v,
                time_log * folds + time_rest * rest + time_rest_by_v * rest_by_v};
    }

    /// From speed `v` to where `room` is used up by the way and, for a train on its way to the brake, by the way that it needs more for
    /// braking: that of its gain in energy, by the inverse of the brake's deceleration, and `build_up` times its gain in speed.
    /// Accuracy: 3e-4 of the room where the last step is a large one, far from the balance, and mostly 1e-6 ("exact: where the room is used
    /// up ...").
    Approach until(double v, double start, double room, double per_deceleration, double build_up) const {
        // With every fold the train comes nearer to its balance by a factor of e. Metres to a fold as a parabola in speed, right at v and,
        // with its slope, at balance: so they are integrated in closed form.
        const double off = v - speed, by_speed = build_up + speed * per_deceleration, by_square = off * off * per_deceleration;
        const double way_linear = fold_slope * off, linear = way_linear + by_speed * off;
        const double square = v / start * off - fold - way_linear + by_square, sum = room + fold + linear + square;
        const Decay guess = Decay::near(-(sum + std::sqrt(sum * sum - 4.0 * fold * room)) * half_per_fold);
        double folds = -guess.exponent, share = guess.share;
        // A step of Newton, bent where that is safe.
        const auto curve = [&](double per_fold) { return 0.5 * share * (linear + 2.0 * share * square) * per_fold; };
        const auto bent = [](double step, double curved) { return std::abs(curved) < 0.3 ? step * (1.0 - curved) : step; };
        const double per_fold = 1.0 / (fold + share * (linear + share * square));
        const double step = (room - fold * folds + (1.0 - share) * (linear + 0.5 * square * (1.0 + share))) * per_fold;
        double change = bent(step, step * curve(per_fold));
        for (int i = 0; i < 12; ++i) {
            if (!(std::abs(change) < 1)) change = change > 0 ? 1.0 : -1.0;
            folds += change;
            share = std::abs(change) < 0.15 ? share * exp_near_zero(change) : std::exp(folds);
            const double distance = off * share, to = speed + distance;
            if (!(to > 0)) break;
            const auto used = [&](double reached) { return (reached - v) * (0.5 * per_deceleration * (reached + v) + build_up); };
            const Leap way = this->way(v, to, folds);
            const double root = q(to), per_room = root / (to * to + distance * (to * per_deceleration + build_up) * root);
            const double first = (room - way.stretch - used(to)) * per_room, curved = first * curve(per_room);
            change = bent(first, curved);
            const double reached = speed + distance * exp_at_zero(change);
            if (std::abs(change) < 0.03 && std::abs(curved) < 0.01 && std::abs(reached - to) < 0.01 * to && reached > 0) {
                const double stretch = room - used(reached);
                return {reached, {stretch, way.time + 2.0 * (stretch - way.stretch) / (to + reached)}, true};
            }
        }
        return {};
    }

    bool known = false;
    double speed = 0;  ///< at which the train would neither gain nor lose

private:
    static constexpr double farthest = 1000;

    double q(double v) const { return q0 + v * (q1 + v * q2); }

    double q0 = 0, q1 = 0, q2 = 0;
    double fold = 0, half_per_fold = 0, fold_slope = 0;  // metres to a fold at balance, half of the inverse, and the growth with speed
    double stretch_log = 0, time_log = 0, stretch_rest = 0, stretch_rest_by_v = 0, time_rest = 0, time_rest_by_v = 0;
};

}  // namespace railwindow::kernel
