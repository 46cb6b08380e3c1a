#include <railwindow/train/balance.hpp>
#include <railwindow/train/force_cells.hpp>
#include <railwindow/train/run.hpp>
#include <train/line1200.hpp>
#include <train/midpoint.hpp>
#include <train/mixed_train.hpp>
#include <train/random_line.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <variant>
#include <vector>

namespace train_power_zone_test {

using namespace railwindow;
using namespace railwindow::kernel;

namespace {

std::vector<PowerZone> zones_of(const Consist& consist, const Conditions& conditions = {}, bool coasting = false) {
    std::vector<PowerZone> zones;
    find_zones(consist, conditions, coasting, 40, zones);
    return zones;
}

/// By Simpson's rule over the logarithm of the distance to the balancing speed.
Leap integrated(const PowerZone& zone, double pull_back, double balance, double from, double to) {
    const int n = 2000;
    const double log = std::log((to - balance) / (from - balance));
    Leap sum{0, 0};
    for (int i = 0; i <= n; ++i) {
        const double off = (from - balance) * std::exp(log * i / n), v = balance + off,
                     weight = (i == 0 || i == n ? 1.0
                               : i % 2          ? 4.0
                                                : 2.0) *
                              log / n / 3;
        sum.stretch += weight * v * v * off / zone.power(v, pull_back);
        sum.time += weight * v * off / zone.power(v, pull_back);
    }
    return sum;
}

}  // namespace

TEST_CASE("exact: in a power zone the power left over is v a(v)") {
    int zones = 0;
    double worst = 0;
    for (std::uint64_t seed = 0; seed < 60; ++seed) {
        const Consist consist = mixed_train(seed);
        const Conditions conditions{.mass = 0.9 + 0.003 * static_cast<double>(seed), .power = 1.05, .resistance = 1.2, .grip = 0.95};
        for (const bool coasting : {false, true})
            for (const PowerZone& zone : zones_of(consist, conditions, coasting)) {
                ++zones;
                const double begin = std::max(zone.from, 1e-3), end = std::min(zone.to, 40.0);
                for (int i = 0; i <= 20; ++i) {
                    const double v = begin + (end - begin) * (1e-9 + i / 20.001);
                    worst = std::max(worst, std::abs(zone.power(v, 0.1) - v * (acceleration_at(consist, conditions, coasting, v) - 0.1)));
                }
            }
    }
    CHECK(zones > 150);
    CHECK(worst < 1e-12);
}

TEST_CASE("power zones: constant effort, constant power, and none where curves have other shapes") {
    const Consist consist = line1200::consist(line1200::Semantics::point, line1200::Effort::hyperbola);
    const std::vector<PowerZone> zones = zones_of(consist);
    REQUIRE(zones.size() == 2);
    CHECK(zones[0].from == 0);
    CHECK(zones[0].constant == 0);
    CHECK(zones[0].to == doctest::Approx(1804.0 / 480).epsilon(1e-14));
    CHECK(zones[1].from == zones[0].to);
    CHECK(std::isinf(zones[1].to));
    CHECK(zones_of(line1200::consist(line1200::Semantics::point, line1200::Effort::table)).empty());
    CHECK(zones_of(consist, {}, true).size() == 1);
    // Where grip is less than the motors could use there is none.
    Consist slipping = consist;
    std::get<PowerAndMass>(slipping.rung).grip = Grip{curtius_kniffler, 120 * t};
    const std::vector<PowerZone> above = zones_of(slipping);
    REQUIRE(above.size() == 1);
    CHECK(above[0].from > zones[0].to);
    CHECK(above[0].constant == zones[1].constant);
    // Nor where it is not sure to bind no more.
    std::get<PowerAndMass>(slipping.rung).grip = Grip{{.a = 0.3, .e = -0.002}, 120 * t};
    CHECK(zones_of(slipping).empty());
}

TEST_CASE("exact: distance and time between two speeds of a power zone, near the balance and far from it") {
    const std::vector<PowerZone> zones = zones_of(line1200::consist(line1200::Semantics::point, line1200::Effort::hyperbola));
    Draw draw{7};
    double worst = 0;
    int near = 0, compared = 0;
    for (int i = 0; i < 3000; ++i) {
        const PowerZone& zone = zones[i % 4 == 0 ? 0 : 1];
        const double pull = draw.between(-0.14, 0.14), end = std::min(zone.to, 28.0);
        const Balance balance{zone, pull, end};
        if (!balance.known) continue;
        double from = draw.between(zone.from, end),
               to = draw.between(std::max(zone.from, from / 3), std::min(end, zone.constant > 0 ? 3 * from : end));
        if (i % 3 == 0) to = balance.speed + (from - balance.speed) * std::pow(10.0, draw.between(-7, 0));
        if (!((from - balance.speed) * (to - balance.speed) > 0 && to > 0 && to <= 3 * from && from <= 3 * to)) continue;
        near += std::abs(to - balance.speed) < 1e-3;
        ++compared;
        const Leap way = balance.way(from, to), expected = integrated(zone, pull, balance.speed, from, to);
        worst = std::max({worst, std::abs(way.stretch / expected.stretch - 1), std::abs(way.time / expected.time - 1)});
    }
    CHECK(compared > 1000);
    CHECK(near > 100);
    CHECK(worst < 6e-5);
}

TEST_CASE("exact: where the room is used up near the balance of a power zone, by the way or by what braking needs") {
    const std::vector<PowerZone> zones = zones_of(line1200::consist(line1200::Semantics::point, line1200::Effort::hyperbola));
    Draw draw{11};
    double worst = 0;
    int found = 0, missed = 0;
    for (int i = 0; i < 4000; ++i) {
        const PowerZone& zone = zones[1];
        const double pull = draw.between(-0.02, 0.12), from = draw.between(zone.from, 28.0), room = std::pow(10.0, draw.between(0.5, 5));
        const double per_deceleration = i % 2 ? 1 / draw.between(0.2, 1.0) : 0, build_up = i % 4 == 3 ? draw.between(1, 6) : 0;
        const Balance balance{zone, pull, 28.0};
        if (!balance.known || std::abs(from - balance.speed) < 1e-6) continue;
        const double start = zone.power(from, pull) / from;
        const Approach end = balance.until(from, start, room, per_deceleration, build_up);
        if (!end.found) {
            ++missed;
            continue;
        }
        ++found;
        // Not to the last digit of a balance, where the logarithm that is integrated over would tell nothing.
        if (std::abs(end.speed - balance.speed) < 1e-6) continue;
        const Leap way = integrated(zone, pull, balance.speed, from, end.speed);
        const double gain = 0.5 * (end.speed - from) * (end.speed + from),
                     used = way.stretch + per_deceleration * gain + build_up * (end.speed - from);
        worst = std::max({worst, std::abs(used / room - 1), std::abs(end.way.stretch / way.stretch - 1), std::abs(end.way.time / way.time - 1)});
    }
    CHECK(found > 3000);
    CHECK(missed < 10);
    CHECK(worst < 3e-4);
}

TEST_CASE("order: what the closed form of a power zone leaves is of the seventh") {
    const PowerZone zone{0, 40, 1.0, 0.05, -2e-3, -4e-5};
    const Balance balance{zone, 0.0, 40};
    REQUIRE(balance.known);
    const auto error = [&](double h) { return balance.way(16 - h, 16 + h).stretch - integrated(zone, 0.0, balance.speed, 16 - h, 16 + h).stretch; };
    CHECK(std::abs(std::log2(std::abs(error(8) / error(4))) - 7) < 0.25);
}

TEST_CASE("exact: where the balancing speed is far beyond all others, or where there is none") {
    for (const double constant : {0.0, 12.0, 20.0})
        for (const double share : {-2.0, 0.9, 0.9999, 1.0, 1.0001, 1.1, 3.0}) {
            // A fall that outweighs this share of a resistance that is the same at all speeds; without any, a slight grade.
            const double mass = 1500e3, gradient = constant > 0 ? -share * constant * 1500 / (mass * to_si(gravity)) : 0.0006 * share;
            const Consist consist{
                .length = 300 * m,
                .mass = mass * kg,
                .rotating_mass_factor = 1.05,
                .speed_limit = 100 * km / h,
                .brakes = {.deceleration = 0.4 * m / s / s},
                .rung = PowerAndMass{.starting_effort = 480 * kN, .power = 3000 * kW, .resistance = {.constant = 1500 * constant * N}},
                .gradient_model = GradientModel::point};
            Course course;
            for (const double length : {900.0, 1300.0, 2500.0}) {
                course.pieces.push_back(
                    {.begin = CourseOffset{course.length}, .limit = 100 * km / h, .gradient = gradient * (1 + 0.01 * length / 900)});
                course.length += length * m;
            }
            Workspace workspace;
            const RunOutcome outcome =
                run(course, consist, {.from = CourseOffset{}, .to = CourseOffset{course.length}, .caps = line1200::no_cap}, workspace);
            const double off = std::get<Duration>(outcome) / s - *Midpoint{course, midpoint_train(consist)}.time(0.05);
            CHECK_MESSAGE(std::abs(off) < 0.005, "constant " << constant << ", share " << share << ": " << off << " s");
        }
}

TEST_CASE("exact: trains run by zones as they do by cells") {
    int arrived = 0, stalled = 0;
    for (std::uint64_t seed = 0; seed < 300; ++seed) {
        Draw draw{1000 + seed};
        const Course course = random_course(draw, 14, 14);
        const Consist consist = mixed_train(seed);
        const std::array coasting{Stretch{CourseOffset{0.3 * course.length}, CourseOffset{0.35 * course.length}}};
        Movement movement{.from = CourseOffset{}, .to = CourseOffset{course.length}, .caps = line1200::no_cap};
        movement.conditions.power = draw.between(0.9, 1.1);
        if (seed % 6 == 1) movement.coasting = coasting;
        Workspace workspace;
        const RunOutcome zones = run(course, consist, movement, workspace), cells = run(course, by_cells(consist), movement, workspace);
        REQUIRE_MESSAGE(zones.index() == cells.index(), "seed " << seed);
        if (const auto* stall = std::get_if<Stall>(&zones)) {
            ++stalled;
            CHECK_MESSAGE(std::abs((stall->at - std::get<Stall>(cells).at) / m) < 1, "seed " << seed);
        } else {
            ++arrived;
            const double off = (std::get<Duration>(zones) - std::get<Duration>(cells)) / ms;
            CHECK_MESSAGE(std::abs(off) < 50, "seed " << seed << ", " << off << " ms");
        }
    }
    CHECK(arrived > 200);
    CHECK(stalled > 3);
}

}  // namespace train_power_zone_test
