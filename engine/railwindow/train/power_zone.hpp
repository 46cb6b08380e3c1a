#pragma once
// Inside of the kernel: ranges of speed in which the power that is left over is a cubic in speed, because effort is constant or its power
// is.

#include <railwindow/train/consist.hpp>
#include <railwindow/train/run.hpp>

#include <vector>

namespace railwindow::kernel {

/// Speeds from `from` to `to` at which v a(v) on level track, the power left over per mass, is constant + linear v + square v^2 + cube v^3.
struct PowerZone {
    double from, to;
    double constant, linear, square, cube;

    /// The same on a gradient.
    double power(double v, double pull_back) const { return constant + v * ((linear - pull_back) + v * (square + v * cube)); }
};

/// Fills `zones`, ascending and without gaps, the last without end; empty where effort follows curves of other shapes. Speeds below the
/// first are those at which grip is less than the motors could use.
void find_zones(const Consist& consist, const Conditions& conditions, bool coasting, double top_speed, std::vector<PowerZone>& zones);

}  // namespace railwindow::kernel
