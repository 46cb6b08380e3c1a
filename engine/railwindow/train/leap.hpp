#pragma once
// Inside of the kernel: distance and time between two speeds, whatever lies between them, where the force is smooth.

#include <railwindow/train/force_cells.hpp>

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

/// y(x) between x = 0 and `width`, by values and slopes at both ends.
inline double hermite(double x, double width, double from, double slope_from, double to, double slope_to) {
    const double p = x / width, q = 1.0 - p;
    return q * q * (from * (1.0 + 2.0 * p) + slope_from * x) + p * p * (to * (1.0 + 2.0 * q) - slope_to * (width - x));
}

}  // namespace railwindow::kernel
