#pragma once
// Inside of the kernel: distance and time between two speeds, whatever lies between them, where the force is smooth.

#include <railwindow/train/force_cells.hpp>
#include <railwindow/train/lobatto.hpp>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

namespace railwindow::kernel {

/// The force without its small corners, with the gradient's pull in it.
class SmoothForce {
public:
    /// Whether the power that is left is known to bend one way.
    static constexpr bool concave = false;

    SmoothForce(const ForceCells& cells, double pull_back) : cells_{cells.smooth.data()}, last_{cells.smooth.size() - 1}, pull_back_{pull_back} {}
    double operator()(double speed) const {
        const Place place{speed};
        const SmoothCell& cell = cells_[std::min(place.cell, last_)];
        return (cell.in_middle - pull_back_) + place.x * cell.linear + place.x * place.x * cell.square;
    }
    double per(double speed) const { return 1.0 / operator()(speed); }
    /// Whether a leap by five points serves. Judgement: of a force in cells one knows no more than how much it changes.
    bool serves(double from, double start, double to, double finish) const {
        const bool near = std::abs(finish / start - 1.4)<1.1, far = std::abs(finish * to)> 0.3 * std::abs(start * from);
        return near & far;
    }
    double slope(double speed) const { return tangent(speed).slope; }
    Tangent tangent(double speed) const {
        const Place place{speed};
        const SmoothCell& cell = cells_[std::min(place.cell, last_)];
        return {(cell.in_middle - pull_back_) + place.x * cell.linear + place.x * place.x * cell.square,
                (cell.linear + 2.0 * place.x * cell.square) * (1.0 / coarse_width), cell.square * (2.0 / (coarse_width * coarse_width))};
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
    std::uint64_t last_;  // a guess beyond, or no number, reads this one, and whoever asked refuses the answer
    double pull_back_;
};

/// A change of speed: its distance and time.
struct Leap {
    double stretch, time;
};

/// From speed `from`, where the acceleration is `start`, to speed `to`, where it is `finish`: s = int v dv / a, t = int dv / a by
/// Lobatto's rule of five points.
/// Accuracy: 2e-4 where what is left lasts for half of the change of speed ("exact: leaps in a power zone ..."), mostly 1e-6.
template <class Force>
[[gnu::always_inline]] inline Leap leap(const Force& force, double from, double start, double to, double finish) {
    using namespace lobatto5;
    const double half = 0.5 * (to - from), middle = 0.5 * (to + from), low = middle - off * half, high = middle + off * half;
    const double at_start = end / start, at_finish = end / finish;
    const double at_low = side * force.per(low), at_middle = centre * force.per(middle), at_high = side * force.per(high);
    return {half * (from * at_start + to * at_finish + (low * at_low + high * at_high + middle * at_middle)),
            half * (at_start + at_finish + (at_low + at_high + at_middle))};
}

/// The same by seven points.
/// Accuracy: 1.2e-4 where what is left lasts for a fifth of the change of speed ("exact: leaps in a power zone ...").
template <class Force>
Leap wide_leap(const Force& force, double from, double start, double to, double finish) {
    using namespace lobatto7;
    const double half = 0.5 * (to - from), middle = 0.5 * (to + from);
    const double low = middle - near * half, high = middle + near * half, lowest = middle - far * half, highest = middle + far * half;
    const double at_start = end / start, at_finish = end / finish, at_middle = centre * force.per(middle);
    const double at_low = inner * force.per(low), at_high = inner * force.per(high);
    const double at_lowest = outer * force.per(lowest), at_highest = outer * force.per(highest);
    return {half * ((from * at_start + to * at_finish) + (low * at_low + high * at_high) + (lowest * at_lowest + highest * at_highest) +
                    middle * at_middle),
            half * ((at_start + at_finish) + (at_low + at_high) + (at_lowest + at_highest) + at_middle)};
}

/// A leap while the train moves onto another gradient: not `found` where the force changes too much on the way.
struct GradedLeap {
    double stretch, time, finish;
    bool found;
};

/// The same where gravity pulls by `rise` more with every metre: what it pulls at the rule's points depends on the way to them, which is
/// guessed from `expected`, the way to the last, and found by integrating again until it no longer changes (Picard; each time it is nearer
/// by a share of the force's change). `force` is that at the begin.
/// Accuracy: 8e-5 ("exact: a leap along a transition ...").
template <class Force>
GradedLeap leap(const Force& force, double rise, double from, double start, double to, double expected) {
    using namespace lobatto5;
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
        if (!(least > 0.4 && most < 2.5)) break;
        const double per_low = 1.0 / n_low, per_middle = 1.0 / n_middle, per_high = 1.0 / n_high, per_finish = 1.0 / n_finish;
        const double g_low = low * per_low, g_middle = middle * per_middle, g_high = high * per_high, last = to * per_finish;
        const double before = way, before_middle = way_middle;
        way = half * (end * (first + last) + side * (g_low + g_high) + centre * g_middle);
        // Integrals of the parabola of fourth degree through the five points, up to each of them.
        way_low = half * (0.1354568643723138 * first + 0.2394895386868234 * g_low - 0.0434714437331163 * g_middle + 0.0212716484508307 * g_high -
                          0.0074002784848291 * last);
        way_middle =
            half * (0.08125 * first + 0.6063683666460857 * g_low + 0.3555555555555556 * g_middle - 0.0619239222016414 * g_high + 0.01875 * last);
        way_high = half * (0.1074002784848292 * first + 0.5231727959936134 * g_low + 0.7545825548442274 * g_middle + 0.3049549057576207 * g_high -
                           0.0354568643723137 * last);
        const double changed = std::max(std::abs(way - before), 2.0 * std::abs(way_middle - before_middle));
        if (changed * std::abs(rise * per_start) < 5e-5 * least) {
            const double time = half * (end * (per_start + per_finish) + side * (per_low + per_high) + centre * per_middle);
            return {way, time, at_finish - rise * way, true};
        }
    }
    return {0, 0, 0, false};
}

/// Motion over a stretch while the gradient changes evenly, at speeds that change little: energy at its end, the most on the way, and the
/// slowest and the fastest speed at the rule's points.
struct Glide {
    double energy, most, time, slowest, fastest;
    bool found;
};

/// From `energy` at speed `v` over `stretch`: e = e0 + int (a - p) ds by Lobatto's rule of five points, where a, the acceleration on level
/// track, follows from the energies there, first guessed and then integrated until they no longer change; the pull p is integrated
/// exactly. `force` is that at the begin, and is known up to the energy `most`.
/// Accuracy: 2e-5 ("exact: a leap along a transition and a glide ...").
template <class Force>
Glide glide(const Force& force, double rise, double energy, double v, double stretch, double most = std::numeric_limits<double>::infinity()) {
    using namespace lobatto5;
    constexpr double low = 0.5 - 0.5 * off, high = 0.5 + 0.5 * off;
    const Tangent start = force.tangent(v);
    // Growth of the force with energy; second and third derivative of energy by distance.
    const double per_speed = 1.0 / v, slope = start.slope * per_speed, second = slope * start.value - rise, half = 0.5 * stretch;
    const double third = slope * second + (start.bend - slope) * (start.value * per_speed) * (start.value * per_speed);
    const auto guess = [&](double x) { return energy + x * (start.value + x * (0.5 * second + x * third * (1.0 / 6))); };
    const auto pulled = [&](double x) { return energy - 0.5 * rise * x * x; };
    double e_low = guess(low * stretch), e_middle = guess(half), e_high = guess(high * stretch), e_end = guess(stretch);
    const double p_low = pulled(low * stretch), p_middle = pulled(half), p_high = pulled(high * stretch), p_end = pulled(stretch);
    for (int i = 0; i < 5; ++i) {
        if (!(std::min(std::min(e_low, e_middle), std::min(e_high, e_end)) > 0.3 * energy &&
              std::max(std::max(e_low, e_middle), std::max(e_high, e_end)) < std::min(2.5 * energy, most)))
            break;
        const double v_low = std::sqrt(2.0 * e_low), v_middle = std::sqrt(2.0 * e_middle), v_high = std::sqrt(2.0 * e_high),
                     v_end = std::sqrt(2.0 * e_end);
        const double a = start.value, a_low = force(v_low), a_middle = force(v_middle), a_high = force(v_high), a_end = force(v_end);
        const double was_low = e_low, was_middle = e_middle, was_high = e_high, was_end = e_end;
        e_end = p_end + half * (end * (a + a_end) + side * (a_low + a_high) + centre * a_middle);
        // Integrals of the parabola of fourth degree through the five points, up to each of them.
        e_low = p_low + half * (0.1354568643723138 * a + 0.2394895386868234 * a_low - 0.0434714437331163 * a_middle + 0.0212716484508307 * a_high -
                                0.0074002784848291 * a_end);
        e_middle = p_middle +
                   half * (0.08125 * a + 0.6063683666460857 * a_low + 0.3555555555555556 * a_middle - 0.0619239222016414 * a_high + 0.01875 * a_end);
        e_high = p_high + half * (0.1074002784848292 * a + 0.5231727959936134 * a_low + 0.7545825548442274 * a_middle + 0.3049549057576207 * a_high -
                                  0.0354568643723137 * a_end);
        // What the next time would change, at most.
        if (std::abs((e_end - was_end) * slope) * half < 4e-6 * energy) {
            // 1/v at the energies as they are now.
            const auto pace = [](double speed, double was, double is) { return (1.5 - 0.5 * is / was) / speed; };
            const double time =
                half * (end * (per_speed + pace(v_end, was_end, e_end)) + side * (pace(v_low, was_low, e_low) + pace(v_high, was_high, e_high)) +
                        centre * pace(v_middle, was_middle, e_middle));
            return {e_end,
                    std::max(std::max(e_low, e_middle), std::max(e_high, e_end)),
                    time,
                    std::min(std::min(v_low, v_middle), std::min(v_high, std::min(v, v_end))),
                    std::max(std::max(v_low, v_middle), std::max(v_high, std::max(v, v_end))),
                    true};
        }
    }
    return {0, 0, 0, 0, 0, false};
}

/// y(x) between x = 0 and `width`, by values and slopes at both ends.
inline double hermite(double x, double width, double from, double slope_from, double to, double slope_to) {
    const double p = x / width, q = 1.0 - p;
    return q * q * (from * (1.0 + 2.0 * p) + slope_from * x) + p * p * (to * (1.0 + 2.0 * q) - slope_to * (width - x));
}

}  // namespace railwindow::kernel
