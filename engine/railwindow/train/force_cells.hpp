#pragma once
// Inside of the kernel: the train's acceleration on level track as a function of kinetic energy, linear per cell of speed.
// Where the force is linear in energy, energy is an exponential of the distance: no root to find, no special case at the
// balancing speed.

#include <railwindow/train/consist.hpp>
#include <railwindow/train/run.hpp>

#include <cstddef>
#include <vector>

namespace railwindow::kernel {

/// Width of a cell: fine enough for 0.05 s on 1,200 km at the lowest balancing speeds.
inline constexpr double cell_width = 0.5 / 3.6;

/// Acceleration without gravity in cell k: mean[k] + half[k] * x, with x from -1 to 1 over the cell, linear in v^2.
struct ForceCells {
    std::vector<double> mean, half;
};

/// Fills `cells` up to `top_speed` with the acceleration of `consist` under `conditions`, with or without traction.
void tabulate(const Consist& consist, const Conditions& conditions, double top_speed, bool coasting, ForceCells& cells);

}  // namespace railwindow::kernel
