#pragma once
// Inside of the kernel: ranges of speed in which the power that is left over is a cubic in speed, because effort is constant or its power
// is.

#include <railwindow/train/consist.hpp>
#include <railwindow/train/run.hpp>

#include <cmath>
#include <vector>

namespace railwindow::kernel {

/// Speeds from `from` to `to` at which v a(v) on level track, the power left over per mass, is constant + linear v + square v^2 + cube v^3.
struct PowerZone {
    double from, to;
    double constant, linear, square, cube;

    /// The same on a gradient.
    double power(double v, double pull_back) const { return constant + v * ((linear - pull_back) + v * (square + v * cube)); }
};

/// A force, its growth with speed, and the growth of that.
struct Tangent {
    double value, slope, bend;
};

/// Acceleration in a zone on a gradient.
class ZoneForce {
public:
    /// Whether the power that is left is known to bend one way.
    static constexpr bool concave = true;

    ZoneForce(const PowerZone& zone, double pull_back)
        : constant_{zone.constant}, linear_{zone.linear - pull_back}, square_{zone.square}, cube_{zone.cube} {}

    double operator()(double v) const { return (constant_ > 0 ? constant_ / v : 0.0) + (linear_ + v * (square_ + v * cube_)); }
    /// Its inverse, for v above 0.
    double per(double v) const { return v / (constant_ + v * (linear_ + v * (square_ + v * cube_))); }
    /// Whether a leap by five points serves, or by seven.
    bool serves(double from, double, double to, double finish) const { return lasts(0.5, from, to, finish); }
    bool serves_wide(double from, double to, double finish) const { return lasts(0.2, from, to, finish); }
    /// Growth of the power with speed.
    double power_slope(double v) const { return linear_ + v * (2.0 * square_ + 3.0 * v * cube_); }
    Tangent tangent(double v) const {
        const double per_speed = 1.0 / v, hyperbola = constant_ > 0 ? constant_ * per_speed : 0.0;
        return {hyperbola + (linear_ + v * (square_ + v * cube_)), (square_ + 2.0 * v * cube_) - hyperbola * per_speed,
                2.0 * (cube_ + hyperbola * per_speed * per_speed)};
    }
    double slope(double v) const { return (constant_ > 0 ? -constant_ / (v * v) : 0.0) + (square_ + 2.0 * v * cube_); }

private:
    /// Whether, at speed `to`, where it is `finish`, it is farther from nothing than `share` of a change of speed from `from`: by the slope of
    /// what is left, the power, or where effort is constant the force itself. Quadratures want that, as 1/a has its pole there.
    bool lasts(double share, double from, double to, double finish) const {
        const bool by_power = constant_ > 0;
        const double left = by_power ? to * finish : finish, slope = by_power ? power_slope(to) : square_ + 2.0 * to * cube_;
        return std::abs(left) > std::abs(share * slope * (to - from));
    }

    double constant_, linear_, square_, cube_;
};

/// Fills `zones`, ascending and without gaps, the last without end; empty where effort follows curves of other shapes. Speeds below the
/// first are those at which grip is less than the motors could use.
void find_zones(const Consist& consist, const Conditions& conditions, bool coasting, double top_speed, std::vector<PowerZone>& zones);

}  // namespace railwindow::kernel
