#pragma once
// Trains of two kinds of locomotives for tests that go far from the ordinary.

#include <train/random_line.hpp>

#include <railwindow/train/run.hpp>

#include <cstdint>
#include <variant>

namespace railwindow {

/// A train of two kinds of locomotives, by `seed`: grip, brakes that build up and resistance without some of its terms come and go.
inline Consist mixed_train(std::uint64_t seed) {
    Draw draw{seed};
    Consist consist = random_train(draw, seed % 2 ? GradientModel::point : GradientModel::strip);
    const auto one = std::get<PowerAndMass>(consist.rung);
    FullCurves curves{.units = {}, .resistance = one.resistance};
    if (seed % 3 == 0) curves.resistance.linear = {};
    if (seed % 5 == 0) curves.resistance.quadratic = {};
    for (int i = 0; i < 2; ++i) {
        TractionUnit unit{.effort = {{{}, draw.between(0.3, 0.7) * one.starting_effort}}, .power = draw.between(0.4, 0.6) * one.power};
        if (seed % 4 > 1) unit.grip = Grip{i ? russian_diesel : chinese_electric, draw.between(0.03, 0.12) * consist.mass};
        curves.units.push_back(unit);
    }
    if (seed % 7 < 3) consist.brakes.build_up = draw.between(1, 6) * s;
    consist.rung = curves;
    return consist;
}

/// The same train with a second corner in every curve, which changes nothing but that there are no zones.
inline Consist by_cells(Consist consist) {
    for (TractionUnit& unit : std::get<FullCurves>(consist.rung).units) unit.effort.push_back({500 * km / h, unit.effort.front().effort});
    return consist;
}

}  // namespace railwindow
