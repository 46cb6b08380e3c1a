#pragma once
// Inside of the kernel: the train's acceleration on level track as a function of kinetic energy, linear per cell of speed.
// Where the force is linear in energy, energy is an exponential of the distance: no root to find, no special case at the
// balancing speed.

#include <railwindow/train/consist.hpp>
#include <railwindow/train/power_zone.hpp>
#include <railwindow/train/run.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace railwindow::kernel {

/// Width of a fine cell, where trains balance, and of a coarse one, which trains pass.
inline constexpr double fine_width = 0.25 / 3.6;
inline constexpr std::size_t fine_per_coarse = 8;
inline constexpr std::size_t fine_per_medium = 4;
inline constexpr double coarse_width = fine_per_coarse * fine_width;

/// v^2/2 at the lower edge of fine cell `k`.
inline double knot(std::size_t k) {
    const double v = static_cast<double>(k) * fine_width;
    return 0.5 * v * v;
}

/// What does not depend on the train: speeds at which forces are taken, and weights from them to cells.
struct Grid {
    std::size_t coarse = 0;  ///< number of coarse cells

    /// Gauss points in v^2 of the coarse cells, three to each: all first ones, then all second ones, then all third ones, so that cells
    /// are worked side by side.
    std::vector<double> node, per_node;
    /// Those of the fine cells, which keep the mean force: two to each.
    std::vector<double> fine_node, per_fine_node;
    std::vector<double> middle, reach, per_reach;  ///< of the fine cell: energy at its middle, half its width, and the inverse
    /// Projection of a fine cell's (mean, half) on the first three Legendre polynomials of the coarse cell.
    std::vector<double> mean_by_mean, half_by_mean, half_by_half, quad_by_mean, quad_by_half;
    /// The same on the first two of the medium cell, from the fine cell's (mean, slope).
    std::vector<double> medium_mean_by_mean, medium_half_by_mean, medium_half_by_slope;
    std::vector<double> medium_middle, per_medium_reach;  ///< by medium cell
    /// By coarse cell: inverse of half its width in energy, the width, and its width in speed over twice its middle.
    std::vector<double> per_coarse_reach, gain, beta;
};

/// How many coarse cells reach beyond `top_speed`.
inline std::size_t coarse_cells(double top_speed) { return static_cast<std::size_t>(top_speed / coarse_width) + 4; }

/// Extends `grid` to `top_speed`.
void extend(double top_speed, Grid& grid);

/// Acceleration linear in energy.
struct Linear {
    double at_zero, slope;
    double operator()(double energy) const { return at_zero + slope * energy; }
};

/// Acceleration in a coarse cell as a parabola in x = (speed - middle) / width.
struct SmoothCell {
    double in_middle, linear, square;
};

/// Acceleration without gravity: in coarse cells mean + half x + quad (3x^2 - 1)/2, where x runs from -1 to 1 over the cell and is
/// linear in energy; in fine cells linear in energy.
struct ForceCells {
    std::vector<PowerZone> zones;          ///< where no cells are needed
    bool known = false;                    ///< whether the rest is filled
    std::vector<double> mean, half, quad;  ///< by coarse cell
    std::vector<double> forces;            ///< by node
    /// By coarse cell: the force without its small corners, and the range of cells around it in which it is smooth: the first cell above
    /// that range, and the first in it.
    std::vector<SmoothCell> smooth;
    std::vector<std::uint32_t> smooth_below, smooth_from;
    std::vector<double> rough;  ///< by coarse cell: by how much it does not fit one of its neighbours, as where it has a corner
    /// By fine cell, where `refined` says of the coarse one that they are known: most are never asked for.
    std::vector<double> at_zero, slope;
    std::vector<std::uint8_t> refined;
};

/// The forces of one train: movements of it share them.
struct Tabulated {
    Consist consist;
    Conditions conditions;
    std::size_t coarse = 0;  ///< how far they reach; 0: nobody's
    bool coasts = false;     ///< `coasting` is filled, too
    std::uint64_t asked = 0;
    ForceCells power, coasting;
};

/// Fills `cells`, but for its zones, over `grid` with the acceleration of `consist` under `conditions`, with or without traction.
void tabulate(const Consist& consist, const Conditions& conditions, bool coasting, const Grid& grid, ForceCells& cells);

/// Fills the fine cells of the coarse cells from `first` to before `last`, after `tabulate` of the same train.
void refine(const Consist& consist, const Conditions& conditions, bool coasting, const Grid& grid, std::size_t first, std::size_t last,
            ForceCells& cells);

/// Grip of the driven wheels at speed `v`, in newtons.
double grip_at(const Grip& grip, double factor, double v);

/// The most that motors of this rating may pull, in newtons; infinite where the rating sets no limit.
double continuous_limit(Rating rating, const std::optional<Force>& effort);

/// Effort at the wheel at speed `v`, in newtons; 0 on the rungs that know no forces.
double effort_at(const Consist& consist, const Conditions& conditions, double v);

/// Acceleration at speed `v` on level track, as drawn: no cells.
double acceleration_at(const Consist& consist, const Conditions& conditions, bool coasting, double v);

/// Running resistance under `conditions`; zero on the rungs that know no forces.
Davis resistance_of(const Consist& consist, const Conditions& conditions);

}  // namespace railwindow::kernel
