#include <railwindow/train/power_zone.hpp>

#include <railwindow/train/force_cells.hpp>

#include <algorithm>
#include <limits>
#include <optional>

namespace railwindow::kernel {
namespace {

constexpr double never = std::numeric_limits<double>::infinity();

/// One effort up to a corner and one power beyond it.
struct Motor {
    double effort, power, corner;
    const std::optional<Grip>* grip;
    double count;
};

/// The speed from which on grip binds no more; none where that is not known.
std::optional<double> free_from(const Motor& motor, double factor, double top_speed) {
    if (!*motor.grip) return 0.0;
    const Grip& grip = **motor.grip;
    const AdhesionLaw& law = grip.law;
    // Grip falls with speed, and the power that it lets through rises.
    if (!(law.b >= 0 && law.c > 0 && law.d >= 0 && law.e <= 0 && law.a + 2.0 * law.e * 3.6 * top_speed >= 0)) return std::nullopt;
    const double corner = std::min(motor.corner, top_speed);
    if (grip_at(grip, factor, corner) >= motor.effort) return 0.0;
    if (!(motor.corner < top_speed)) return std::nullopt;
    double v = corner;
    for (int i = 0; i < 4; ++i) v = motor.power / grip_at(grip, factor, v);
    v *= 1.001;
    if (!(v < top_speed && v * grip_at(grip, factor, v) >= motor.power)) return std::nullopt;
    return v;
}

/// Motors of the rungs that have an effort and a power; false for other curves.
template <class Each>
bool each_motor(const Rung& rung, const Conditions& conditions, Each each) {
    if (const auto* one = std::get_if<PowerAndMass>(&rung)) {
        const double effort = std::min(to_si(one->starting_effort), continuous_limit(one->rating, one->continuous_effort)),
                     power = conditions.power * to_si(one->power);
        each(Motor{effort, power, power / effort, &one->grip, 1.0});
        return true;
    }
    const auto* curves = std::get_if<FullCurves>(&rung);
    if (!curves) return false;
    for (const TractionUnit& unit : curves->units)
        if (unit.effort.size() != 1 || !unit.power) return false;
    for (const TractionUnit& unit : curves->units) {
        const double effort = std::min(to_si(unit.effort.front().effort), continuous_limit(curves->rating, unit.continuous_effort)),
                     power = conditions.power * to_si(*unit.power);
        each(Motor{effort, power, power / effort, &unit.grip, static_cast<double>(unit.count)});
    }
    return true;
}

}  // namespace

void find_zones(const Consist& consist, const Conditions& conditions, bool coasting, double top_speed, std::vector<PowerZone>& zones) {
    zones.clear();
    if (!knows_forces(consist)) return;
    const double per_inertia = 1.0 / (conditions.mass * to_si(consist.mass) * consist.rotating_mass_factor);
    const Davis davis = resistance_of(consist, conditions);
    PowerZone zone{0, never, 0, -per_inertia * to_si(davis.constant), -per_inertia * to_si(davis.linear), -per_inertia * to_si(davis.quadratic)};
    if (coasting) return zones.push_back(zone);
    bool known = true;
    known &= each_motor(consist.rung, conditions, [&](const Motor& motor) {
        const std::optional<double> from = free_from(motor, conditions.grip, top_speed);
        known &= from.has_value();
        zone.from = std::max(zone.from, from.value_or(0.0));
    });
    while (known && zone.from < never) {
        PowerZone next = zone;
        each_motor(consist.rung, conditions, [&](const Motor& motor) {
            if (motor.corner > zone.from) {
                next.linear += per_inertia * motor.count * motor.effort;
                next.to = std::min(next.to, motor.corner);
            } else {
                next.constant += per_inertia * motor.count * motor.power;
            }
        });
        zones.push_back(next);
        zone.from = next.to;
    }
}

}  // namespace railwindow::kernel
