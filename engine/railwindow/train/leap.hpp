#pragma once
// Inside of the kernel: distance and time between two speeds, whatever lies between them, where the force is smooth.

#include <railwindow/train/force_cells.hpp>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>

namespace railwindow::kernel {

/// A force and its growth with speed.
struct Tangent {
    double value, slope;
};

/// The force without its small corners, with the gradient's pull in it.
class SmoothForce {
public:
    SmoothForce(const ForceCells& cells, double pull_back) : cells_{cells.smooth.data()}, pull_back_{pull_back} {}
    double operator()(double speed) const {
        const Place place{speed};
        const SmoothCell& cell = cells_[place.cell];
        return (cell.in_middle - pull_back_) + place.x * cell.linear + place.x * place.x * cell.square;
    }
    Tangent tangent(double speed) const {
        const Place place{speed};
        const SmoothCell& cell = cells_[place.cell];
        return {(cell.in_middle - pull_back_) + place.x * cell.linear + place.x * place.x * cell.square,
                (cell.linear + 2.0 * place.x * cell.square) * (1.0 / coarse_width)};
    }

private:
    /// Coarse cell of a speed, and how far from its middle that is, in widths. The sum with 1.5 * 2^52 rounds to a whole number and
    /// has it in its last bits: half as long a way as by conversion.
    struct Place {
        std::uint64_t cell;
        double x;
        explicit Place(double speed) {
            constexpr double whole = 6755399441055744.0;
            const double place = speed * (1.0 / coarse_width) - 0.5, rounded = place + whole;
            cell = std::bit_cast<std::uint64_t>(rounded) - std::bit_cast<std::uint64_t>(whole);
            x = place - (rounded - whole);
        }
    };
    const SmoothCell* cells_;
    double pull_back_;
};

/// A change of speed: its distance and time.
struct Leap {
    double stretch, time;
};

/// From speed `from`, where the acceleration is `start`, to speed `to`, where it is `finish`: s = int v dv / a, t = int dv / a by
/// Lobatto's rule of five points.
/// Accuracy: 3e-5 where the acceleration changes by no more than a factor of 2.5 ("exact: a leap ...").
inline Leap leap(const SmoothForce& force, double from, double start, double to, double finish) {
    constexpr double off = 0.65465367070797714380, end = 0.1, side = 49.0 / 90, centre = 32.0 / 45;
    const double half = 0.5 * (to - from), middle = 0.5 * (to + from), low = middle - off * half, high = middle + off * half;
    const double at_start = end / start, at_finish = end / finish;
    const double at_low = side / force(low), at_middle = centre / force(middle), at_high = side / force(high);
    return {half * (from * at_start + to * at_finish + (low * at_low + high * at_high + middle * at_middle)),
            half * (at_start + at_finish + (at_low + at_high + at_middle))};
}

/// A leap while the train moves onto another gradient: not `found` where the force changes too much on the way.
struct GradedLeap {
    double stretch, time, finish;
    bool found;
};

/// The same where gravity pulls by `rise` more with every metre: what it pulls at the rule's points depends on the way to them, which is
/// guessed from `expected`, the way to the last, and found by integrating again until it no longer changes (Picard; each time it is nearer
/// by a share of the force's change). `force` is that at the begin.
inline GradedLeap leap(const SmoothForce& force, double rise, double from, double start, double to, double expected) {
    constexpr double off = 0.65465367070797714380, end = 0.1, side = 49.0 / 90, centre = 32.0 / 45;
    const double half = 0.5 * (to - from), middle = 0.5 * (to + from), low = middle - off * half, high = middle + off * half;
    const double at_low = force(low), at_middle = force(middle), at_high = force(high), at_finish = force(to);
    // A first guess by values and slopes at both ends, as `hermite`.
    const double slope_from = 2.0 * half * from / start, slope_to = 2.0 * half * to / (at_finish - rise * expected);
    double way = expected, way_low = 0.0791512116877290 * way + 0.1181895479077127 * slope_from - 0.0246675949494302 * slope_to;
    double way_middle = 0.5 * way + 0.125 * (slope_from - slope_to);
    double way_high = 0.9208487883122710 * way + 0.0246675949494302 * slope_from - 0.1181895479077127 * slope_to;
    const double per_start = 1.0 / start, first = from * per_start;
    for (int i = 0; i < 6; ++i) {
        const double n_low = at_low - rise * way_low, n_middle = at_middle - rise * way_middle, n_high = at_high - rise * way_high,
                     n_finish = at_finish - rise * way;
        const double least = std::min(std::min(n_low * per_start, n_middle * per_start), std::min(n_high * per_start, n_finish * per_start));
        const double most = std::max(std::max(n_low * per_start, n_middle * per_start), std::max(n_high * per_start, n_finish * per_start));
        if (!(least > 0.3 && most < 2.5)) break;
        const double per_low = 1.0 / n_low, per_middle = 1.0 / n_middle, per_high = 1.0 / n_high, per_finish = 1.0 / n_finish;
        const double g_low = low * per_low, g_middle = middle * per_middle, g_high = high * per_high, last = to * per_finish;
        const double before = way;
        way = half * (end * (first + last) + side * (g_low + g_high) + centre * g_middle);
        if (std::abs((way - before) * rise * per_start) < 1e-4 * least) {
            const double time = half * (end * (per_start + per_finish) + side * (per_low + per_high) + centre * per_middle);
            return {way, time, at_finish - rise * way, true};
        }
        // Integrals of the parabola of fourth degree through the five points, up to each of them.
        way_low = half * (0.1354568643723138 * first + 0.2394895386868234 * g_low - 0.0434714437331163 * g_middle + 0.0212716484508307 * g_high -
                          0.0074002784848291 * last);
        way_middle =
            half * (0.08125 * first + 0.6063683666460857 * g_low + 0.3555555555555556 * g_middle - 0.0619239222016414 * g_high + 0.01875 * last);
        way_high = half * (0.1074002784848292 * first + 0.5231727959936134 * g_low + 0.7545825548442274 * g_middle + 0.3049549057576207 * g_high -
                           0.0354568643723137 * last);
    }
    return {0, 0, 0, false};
}

/// y(x) between x = 0 and `width`, by values and slopes at both ends.
inline double hermite(double x, double width, double from, double slope_from, double to, double slope_to) {
    const double p = x / width, q = 1.0 - p;
    return q * q * (from * (1.0 + 2.0 * p) + slope_from * x) + p * p * (to * (1.0 + 2.0 * q) - slope_to * (width - x));
}

}  // namespace railwindow::kernel
