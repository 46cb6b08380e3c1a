#pragma once
// Inside of the kernel: distance and time between any two speeds of a power zone on an even gradient, in closed form but for a small
// rest. The power left over, a cubic, has a root at the balancing speed b: v a = (v - b) Q(v) with Q a quadratic, so that
//     s = int v^2 dv / ((v - b) Q) = (b^2 ln((v1 - b)/(v0 - b)) + int (q0 (v + b) + q1 b v)/Q dv) / Q(b)
//     t = int v   dv / ((v - b) Q) = (b   ln((v1 - b)/(v0 - b)) + int (q0 - q2 b v)/Q dv) / Q(b)
// exactly. Q hardly changes, whether the train is at its balance or far away.

#include <railwindow/train/leap.hpp>
#include <railwindow/train/power_zone.hpp>

#include <algorithm>
#include <cmath>

namespace railwindow::kernel {

/// About e^x for x from -16 to 4: 3e-5 of it off for |x| < 1, a sixth of it at -8.
inline double about_exp(double x) {
    const double y = std::clamp(x, -16.0, 4.0) * 0.125;
    double power = 1.0 / (1.0 - y * (1.0 - y * (0.5 - y * (1.0 / 6))));
    power *= power;
    power *= power;
    return power * power;
}

/// Motion in one zone on one gradient.
class Balance {
public:
    Balance() = default;
    /// `known` where there is a balancing speed, near or far, but not so far that differences of large numbers would tell nothing.
    Balance(const PowerZone& zone, double pull_back, double near) {
        const double linear = zone.linear - pull_back, square = zone.square, cube = zone.cube, constant = zone.constant;
        // Newton's method from where the power falls with speed: it is concave there, and from beyond the root nothing overshoots.
        double v = near;
        if (!(linear + v * (2.0 * square + 3.0 * v * cube) < 0) && cube < 0) v = std::sqrt(-linear / cube);
        for (int i = 0; i < 12; ++i) {
            const double power = constant + v * (linear + v * (square + v * cube)), slope = linear + v * (2.0 * square + 3.0 * v * cube);
            if (!(slope < 0)) return;
            const double change = power / slope;
            v -= change;
            if (std::abs(change) < 1e-5 * v) {
                known = std::abs(v) < farthest;
                break;
            }
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

    /// By what share the distance to the balancing speed changes with every metre.
    double growth(double v) const { return q(v) / (v * v); }

    /// From speed `from` to `to`, on the same side of the balancing speed; the rest by Gauss' rule of three points.
    /// Accuracy: 6e-5 where speed changes by no more than a factor of 3 ("exact: distance and time between two speeds of a power zone ...").
    Leap way(double from, double to) const {
        const double log = std::log((to - speed) / (from - speed)), half = 0.5 * (to - from), middle = 0.5 * (to + from);
        constexpr double off = 0.77459666924148337704, side = 5.0 / 9, centre = 8.0 / 9;
        const double low = middle - off * half, high = middle + off * half;
        const double at_low = side * half / q(low), at_middle = centre * half / q(middle), at_high = side * half / q(high);
        const double rest = at_low + at_middle + at_high, rest_by_v = low * at_low + middle * at_middle + high * at_high;
        return {stretch_log * log + stretch_rest * rest + stretch_rest_by_v * rest_by_v,
                time_log * log + time_rest * rest + time_rest_by_v * rest_by_v};
    }

    bool known = false;
    double speed = 0;  ///< at which the train would neither gain nor lose

private:
    static constexpr double farthest = 1000;

    double q(double v) const { return q0 + v * (q1 + v * q2); }

    double q0 = 0, q1 = 0, q2 = 0;
    double stretch_log = 0, time_log = 0, stretch_rest = 0, stretch_rest_by_v = 0, time_rest = 0, time_rest_by_v = 0;
};

}  // namespace railwindow::kernel
