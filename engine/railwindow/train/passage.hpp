#pragma once
// Inside of the kernel: distance and time between two speeds where the force is linear (or nearly so) in kinetic energy.

#include <railwindow/train/force_cells.hpp>
#include <railwindow/train/lobatto.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace railwindow::kernel {

/// (e^x - 1) / x for |x| < 1/2, without the exponential.
inline double growth_series(double x) {
    return 1.0 + x * (0.5 + x * (1.0 / 6 + x * (1.0 / 24 + x * (1.0 / 120 + x * (1.0 / 720 + x * (1.0 / 5040))))));
}

/// (e^x - 1) / x.
inline double growth(double x) { return std::abs(x) < 0.125 ? growth_series(x) : std::expm1(x) / x; }

/// log(1 + y) / y; where y is small, by the area tangent of y / (2 + y).
inline double log_growth(double y) {
    if (std::abs(y) > 0.125) return std::log1p(y) / y;
    const double z = y / (2.0 + y), zz = z * z;
    return (1.0 - z) * (1.0 + zz * (1.0 / 3 + zz * (1.0 / 5 + zz * (1.0 / 7 + zz * (1.0 / 9)))));
}

/// coth(x/2) - 2/x: how much of a cell's distance is run at its slow end; `grown` is e^x - 1.
inline double lag(double x, double grown) {
    if (std::abs(x) < 0.1) return x / 6.0 * (1.0 - x * x / 60.0);
    return (grown + 2.0) / grown - 2.0 / x;
}

/// Distance in one fine cell from energy `from`, where the acceleration is `start`, to `to`; infinite where that is never
/// reached.
inline double distance(const Linear& force, double start, double from, double to) {
    const double y = force.slope * (to - from) / start;
    if (y <= -1.0) return std::numeric_limits<double>::infinity();
    return (to - from) / start * log_growth(y);
}

/// Time for `stretch` in one fine cell between speeds `from` and `to`; `grown` is what the force grows by, as a share of itself,
/// and `exponent` the logarithm of 1 + `grown`.
inline double time_in_cell(double stretch, double from, double to, double exponent, double grown) {
    const double sum = from + to;
    return 2.0 * stretch / sum * (1.0 + (to - from) / sum * lag(exponent, grown));
}

/// Distance and time between two speeds; `z` is half the relative change of the force.
struct Passage {
    double stretch, time, z;
};

/// Passage in which energy changes by `gain` and speed by `change`, at the mean acceleration 1 / `per_force`; the acceleration
/// is N0 (1 + z x), x from -1 to 1 over the way in energy, and `beta` is half the change of speed over its mean.
/// s = gain/N0 atanh(z)/z, t = change/N0 (the same + terms in beta z).
/// Accuracy: 1e-6 of the distance up to z = 0.35, 5e-5 of the time there at beta = 0.05 ("exact: the series of a passage").
inline Passage passage(double gain, double change, double per_force, double z, double beta) {
    const double zz = z * z, bz = beta * z;
    // Two terms of the series, and the rest of it as a straight line through zz = 0.062 and 0.116: a short chain.
    const double series = (1.0 + zz * (1.0 / 3)) + zz * zz * (0.199069 + zz * 0.165126);
    return {gain * per_force * series, change * per_force * (series + bz * (1.0 / 3 + zz * (1.0 / 5) + bz * (2.0 / 15))), z};
}

/// Whether the series serves: not where the force changes much, that is near a balancing speed, or has the wrong sign.
inline bool serves(const Passage& passage) { return (std::abs(passage.z) < 0.35) & (passage.stretch >= 0); }

/// A coarse cell with the gradient's pull in it, as a function of x from -1 to 1.
struct CoarseForce {
    double mean, half, quad;   ///< Legendre coefficients
    double middle, per_reach;  ///< x = (energy - middle) per_reach
    double beta_per_change;

    CoarseForce(std::size_t i, const ForceCells& cells, const Grid& grid, double pull_back)
        : mean{cells.mean[i] - pull_back}, half{cells.half[i]}, quad{cells.quad[i]}, per_reach{grid.per_coarse_reach[i]} {
        const double v = (static_cast<double>(i) + 0.5) * coarse_width;
        middle = 0.5 * (v * v + 0.25 * coarse_width * coarse_width);
        beta_per_change = grid.beta[i] * (1.0 / coarse_width);
    }
    double operator()(double energy) const {
        const double x = (energy - middle) * per_reach;
        return mean + half * x + 0.5 * quad * (3.0 * x * x - 1.0);
    }
    double slope(double energy) const { return (half + 3.0 * quad * (energy - middle) * per_reach) * per_reach; }

    /// Growth of that slope with energy.
    double bend() const { return 3.0 * quad * per_reach * per_reach; }

    /// From speed `from` to `to`, both in the cell.
    Passage pass(double from, double to) const {
        const double change = to - from, gain = 0.5 * change * (to + from);
        const double reach = 0.5 * gain * per_reach, x = (0.5 * from * from - middle) * per_reach + reach;
        const double per_force = 1.0 / (mean + half * x + 0.5 * quad * (3.0 * x * x + reach * reach - 1.0));
        // beta with the middle of the cell for that of the passage: exact for a start from rest through cell 0.
        return passage(gain, change, per_force, reach * (half + 3.0 * quad * x) * per_force, change * beta_per_change);
    }
};

/// Motion where the acceleration is linear in energy and falls evenly with distance: the train moves onto another gradient.
struct Slide {
    double energy, net, slope, rise;
    double stretch;  ///< suggested step

    /// Energy after distance `x`, at most `stretch`.
    double operator()(double x) const {
        // Taylor series of (e^y - 1 - y)/y^2; |y| stays below 1/4.
        const double y = slope * x;
        const double second = 0.5 + y * (1.0 / 6 + y * (1.0 / 24 + y * (1.0 / 120 + y * (1.0 / 720 + y / 5040))));
        return energy + x * (net * (1.0 + y * second) - rise * x * second);
    }
};

/// Distance to energy `edge` by the first two derivatives, within the reach of the series and not less than half a metre
/// (a train that balances at an edge would not move on).
inline double stretch_to(double edge, bool gaining, const Slide& slide) {
    const double reach = 0.25 / std::max(std::abs(slide.slope), 1e-9);
    const double bend = slide.slope * slide.net - slide.rise, room = edge - slide.energy;
    const double root = slide.net * slide.net + 2.0 * bend * room;
    if (root < 0) return std::min(std::max(-slide.net / bend, 0.5), reach);
    const double stretch = 2.0 * room / (slide.net + (gaining ? std::sqrt(root) : -std::sqrt(root)));
    return stretch > 0.5 ? std::min(stretch, reach) : 0.5;
}

/// Time of a slide whose speed changes much: as if acceleration were linear in distance, a logarithm or an arc, and the rest by Lobatto's rule
/// of seven points in the root of the distance from the slower end, as 1/v is almost singular there. Below 0 where that does not serve.
[[gnu::noinline]] inline double time_of_change(const Slide& slide, double stretch, double reached, double from, double to) {
    const double bend = 2.0 * (reached - slide.energy - slide.net * stretch) / (stretch * stretch), last = slide.net + bend * stretch;
    double time = -1;
    if (std::abs(bend) * stretch < 1e-6 * std::abs(slide.net)) {
        time = 2.0 * stretch / (from + to);
    } else if (const double root = std::sqrt(std::abs(bend)); bend > 0) {
        const double start = slide.net + root * from;
        if (start > 0) time = std::log((last + root * to) / start) / root;
    } else {
        const double most = std::sqrt(slide.net * slide.net - 2.0 * slide.energy * bend);
        time = (std::asin(std::clamp(slide.net / most, -1.0, 1.0)) - std::asin(std::clamp(last / most, -1.0, 1.0))) / root;
    }
    if (!(time > 0)) return -1;
    using namespace lobatto7;
    const auto excess = [&](double y) {
        const double x = stretch * (to > from ? y * y : 1.0 - y * y);
        const double alike = slide.energy + x * (slide.net + 0.5 * x * bend), energy = slide(x);
        return alike > 0 && energy > 0 ? y * (1.0 / std::sqrt(2.0 * energy) - 1.0 / std::sqrt(2.0 * alike)) : 0.0;
    };
    return time + stretch * (outer * (excess(0.5 - 0.5 * far) + excess(0.5 + 0.5 * far)) +
                             inner * (excess(0.5 - 0.5 * near) + excess(0.5 + 0.5 * near)) + centre * excess(0.5));
}

/// Time of a slide over `stretch` to energy `reached`, between speeds `from` and `to`: exact for constant acceleration, with
/// the first correction for its change, or by a rule where speed changes much.
inline double slide_time(const Slide& slide, double stretch, double reached, double from, double to) {
    if (stretch <= 0) return 0.0;
    const double v = 0.5 * (from + to);
    if (std::abs(to - from) > 0.1 * v) [[unlikely]]
        if (const double time = time_of_change(slide, stretch, reached, from, to); time > 0) return time;
    const double change = slide.slope * (reached - slide.energy) - slide.rise * stretch;
    return stretch / v * (1.0 + change * stretch / (12.0 * v * v));
}

/// Where a rising function crosses zero between 0 and `end`; 0 where it is above from the start.
/// By the Illinois method; halves the interval where the function is not finite.
template <class F>
double first_root(double end, F f) {
    double low = 0, high = end, f_low = f(low), f_high = f(high);
    if (!(f_low < 0)) return 0;
    for (int i = 0; i < 60 && high - low > 1e-9; ++i) {
        const double x = std::isfinite(f_low) ? high - f_high * (high - low) / (f_high - f_low) : 0.5 * (low + high);
        const double f_x = f(x);
        if (std::abs(f_x) < 1e-13) return x;
        if (f_x > 0) {
            high = x;
            f_high = f_x;
            f_low *= 0.5;
        } else {
            low = x;
            f_low = f_x;
            f_high *= 0.5;
        }
    }
    return high;
}

/// Where a slide that first loses is again as fast as at its begin, before `end`: the mean force vanishes, which is close to a line in
/// distance. A millimetre on, so that rounding does not ask the same again.
[[gnu::noinline]] inline double back_at_start(const Slide& slide, double end) {
    double x = std::clamp(2.0 * slide.net / (slide.rise - slide.slope * slide.net), 0.0, end);
    for (int i = 0; i < 20 && x > 0; ++i) {
        const double step = (slide(x) - slide.energy) / (0.5 * x * (slide.slope * slide.net - slide.rise));
        x = std::clamp(x - step, 0.0, end);
        if (std::abs(step) < 1e-9 * end) break;
    }
    return std::max(x, std::min(1e-3, end));
}

}  // namespace railwindow::kernel
