#pragma once
// What opposes a train on level track: a quadratic in speed per vehicle, summed over the train.

#include <railwindow/core/units.hpp>

namespace railwindow {

using ForcePerSpeed = Quantity<0, 1, -1>;
using ForcePerSpeedSquared = Quantity<-1, 1, 0>;

/// Running resistance A + B v + C v^2 of a vehicle or a train.
/// Source: W. J. Davis, The Tractive Resistance of Electric Locomotives and Cars, General Electric Review 29 (1926).
struct Davis {
    Force constant{};
    ForcePerSpeed linear{};
    ForcePerSpeedSquared quadratic{};
};

/// Resistance of two vehicles run together.
constexpr Davis operator+(const Davis& a, const Davis& b) {
    return {.constant = a.constant + b.constant, .linear = a.linear + b.linear, .quadratic = a.quadratic + b.quadratic};
}

/// `factor` times the resistance of one: several vehicles of a kind, or a poor track.
constexpr Davis operator*(double factor, const Davis& one) {
    return {.constant = factor * one.constant, .linear = factor * one.linear, .quadratic = factor * one.quadratic};
}

/// Force that opposes motion at speed `v` on level, straight track.
constexpr Force resistance(const Davis& davis, Speed v) {
    return davis.constant + davis.linear * v + davis.quadratic * v * v;
}

}  // namespace railwindow
