// How fast the error of each quadrature of the kernel falls when its range is halved: by 2 to the power of its order.

#include <railwindow/train/leap.hpp>
#include <railwindow/train/passage.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <functional>

namespace train_order_test {

using namespace railwindow;
using namespace railwindow::kernel;

namespace {

/// The power of two by which `error` falls from range `h` to half of it.
double order(double h, const std::function<double(double)>& error) { return std::log2(std::abs(error(h) / error(0.5 * h))); }

/// Half of the next order is not mistaken for it.
bool falls_by(double expected, double found) {
    MESSAGE("of order " << found);
    return std::abs(found - expected) < 0.25;
}

/// Cells of the force a + b v + c v^2, which their parabolas hold to the last bit or two.
ForceCells quadratic(double a, double b, double c) {
    ForceCells cells;
    for (int i = 0; i < 60; ++i) {
        const double v = (i + 0.5) * coarse_width;
        cells.smooth.push_back({a + v * (b + v * c), coarse_width * (b + 2 * v * c), coarse_width * coarse_width * c});
    }
    return cells;
}

/// By Gauss' rule of two points in each of 4,000 parts.
double integral(double from, double to, const std::function<double(double)>& f) {
    const int n = 4000;
    const double width = (to - from) / n, off = 0.5 * width / std::sqrt(3.0);
    double sum = 0;
    for (int i = 0; i < n; ++i) {
        const double middle = from + (i + 0.5) * width;
        sum += 0.5 * width * (f(middle - off) + f(middle + off));
    }
    return sum;
}

}  // namespace

TEST_CASE("order: one leap by Lobatto's rule of five points is of the ninth, so that many are of the eighth") {
    const ForceCells cells = quadratic(0.6, -0.03, 0.0004);
    const SmoothForce force{cells, 0.01};
    // Around 12 m/s, so that what the error is proportional to stays the same.
    const auto one = [&](double h) { return leap(force, 12 - h / 2, force(12 - h / 2), 12 + h / 2, force(12 + h / 2)); };
    const auto way = [&](double h) { return one(h).stretch - integral(12 - h / 2, 12 + h / 2, [&](double v) { return v / force(v); }); };
    const auto time = [&](double h) { return one(h).time - integral(12 - h / 2, 12 + h / 2, [&](double v) { return 1 / force(v); }); };
    CHECK(falls_by(9, order(12, way)));
    CHECK(falls_by(9, order(12, time)));
}

TEST_CASE("order: one leap by Lobatto's rule of seven points is of the thirteenth") {
    const ZoneForce force{{0, 40, 1.0, -0.01, -2e-4, -2e-5}, -0.02};
    const auto one = [&](double h) { return wide_leap(force, 12 - h / 2, force(12 - h / 2), 12 + h / 2, force(12 + h / 2)); };
    const auto way = [&](double h) { return one(h).stretch - integral(12 - h / 2, 12 + h / 2, [&](double v) { return v / force(v); }); };
    const auto time = [&](double h) { return one(h).time - integral(12 - h / 2, 12 + h / 2, [&](double v) { return 1 / force(v); }); };
    CHECK(falls_by(13, order(12, way)));
    CHECK(falls_by(13, order(12, time)));
}

TEST_CASE("exact: leaps in a power zone as near to a balance as they are let") {
    const PowerZone zone{0, 40, 1.0, -0.01, -2e-4, -2e-5};
    double worst = 0, worst_wide = 0;
    int leaps = 0, wide = 0;
    for (double from = 5; from < 30; from += 1)
        for (double to = std::max(5.0, from / 3); to < std::min(30.0, 3 * from); to += 1)
            for (double pull = -0.02; pull < 0.2; pull += 0.01) {
                const ZoneForce force{zone, pull};
                const double start = force(from), finish = force(to);
                if (to == from || start * (to - from) <= 0 || finish * start <= 0 || !force.serves_wide(from, to, finish)) continue;
                const double way = integral(from, to, [&](double v) { return v / force(v); }),
                             time = integral(from, to, [&](double v) { return 1 / force(v); });
                const auto off = [&](const Leap& leap) { return std::max(std::abs(leap.stretch / way - 1), std::abs(leap.time / time - 1)); };
                ++wide, worst_wide = std::max(worst_wide, off(wide_leap(force, from, start, to, finish)));
                if (force.serves(from, start, to, finish)) ++leaps, worst = std::max(worst, off(leap(force, from, start, to, finish)));
            }
    CHECK(leaps > 3000);
    CHECK(wide > leaps + 500);
    CHECK(worst < 2e-4);
    CHECK(worst_wide < 1.2e-4);
}

TEST_CASE("order: series end where they say") {
    // That of the logarithm is exact to rounding wherever it is used.
    const auto growing = [](double x) { return growth_series(x) - std::expm1(x) / x; };
    const auto lagging = [](double x) { return lag(x, std::expm1(x)) - (1 / std::tanh(x / 2) - 2 / x); };
    CHECK(falls_by(7, order(0.8, growing)));
    CHECK(falls_by(5, order(0.09, lagging)));
    CHECK(std::abs(log_growth(0.124) - std::log1p(0.124) / 0.124) < 1e-13);
}

TEST_CASE("order: a passage where the force is linear in energy is of the fifth") {
    const auto force = [](double v) { return 0.3 - 0.001 * v * v; };
    const auto one = [&](double h) {
        const double from = 12 - h / 2, to = 12 + h / 2, mean = 0.5 * (force(from) + force(to));
        return passage(12 * h, h, 1 / mean, 0.5 * (force(to) - force(from)) / mean, h / 24);
    };
    // From the third degree of z on the series' coefficients are fitted to larger z.
    const auto way = [&](double h) { return one(h).stretch - integral(12 - h / 2, 12 + h / 2, [&](double v) { return v / force(v); }); };
    const auto time = [&](double h) { return one(h).time - integral(12 - h / 2, 12 + h / 2, [&](double v) { return 1 / force(v); }); };
    CHECK(falls_by(5, order(0.5, way)));
    CHECK(falls_by(5, order(0.5, time)));
}

TEST_CASE("order: a passage through part of a coarse cell is of the fifth, too, where the force bends there") {
    Grid grid;
    extend(100 / 3.6, grid);
    ForceCells cells;
    cells.mean.assign(grid.coarse, 0.3), cells.half.assign(grid.coarse, -0.05), cells.quad.assign(grid.coarse, 0.02);
    const CoarseForce force{20, cells, grid, 0.0};
    const double centre = 20.5 * coarse_width;
    const auto at = [&](double v) { return force(v * v / 2); };
    const auto one = [&](double h) { return force.pass(centre - h / 2, centre + h / 2); };
    const auto way = [&](double h) { return one(h).stretch - integral(centre - h / 2, centre + h / 2, [&](double v) { return v / at(v); }); };
    const auto time = [&](double h) { return one(h).time - integral(centre - h / 2, centre + h / 2, [&](double v) { return 1 / at(v); }); };
    CHECK(falls_by(5, order(0.5 * coarse_width, way)));
    CHECK(falls_by(5, order(0.5 * coarse_width, time)));
}

TEST_CASE("order: energy after a slide is of the eighth, its time of the fifth") {
    const Slide slide{72, 0.05, -0.003, 0.0004, 0};
    // e' = net + slope (e - e0) - rise x, by exponentials.
    const auto exact = [&](double x) {
        const double k = slide.slope, grown = std::expm1(k * x);
        return 72 + slide.net * grown / k - slide.rise * (grown - k * x) / (k * k);
    };
    const auto energy = [&](double x) { return slide(x) - exact(x); };
    const auto time = [&](double x) {
        const double spent = slide_time(slide, x, exact(x), 12, std::sqrt(2 * exact(x)));
        return spent - integral(0, x, [&](double s) { return 1 / std::sqrt(2 * exact(s)); });
    };
    CHECK(falls_by(8, order(160, energy)));
    CHECK(falls_by(5, order(80, time)));
}

TEST_CASE("order: what a coarse cell leaves out of power over speed is of the third in the cell's share of speed") {
    const Consist train{.length = 100 * m,
                        .mass = 1000 * t,
                        .speed_limit = 200 * km / h,
                        .brakes = {.deceleration = 0.5 * m / s / s},
                        .rung = PowerAndMass{.starting_effort = 1e9 * kN, .power = 2000 * kW, .resistance = {}}};
    Grid grid;
    ForceCells cells;
    extend(200 / 3.6, grid);
    tabulate(train, {}, false, grid, cells);
    // At the upper end of cell `share` speeds up, as a share of the force.
    const auto error = [&](double share) {
        const double v = coarse_width * (std::round(1 / share) + 0.999999);
        return SmoothForce{cells, 0.0}(v - 1e-9) * v / 2 - 1;
    };
    CHECK(falls_by(3, order(1.0 / 20, error)));
}

// The next two end when they change no more, so that their order does not show.
template <class Force>
void agrees_on_transitions(const Force& force) {
    int leaps = 0, glides = 0;
    for (const double rise : {-2e-4, -5e-5, 1e-5, 1e-4, 3e-4})
        for (const double from : {0.0, 4.0, 9.0, 14.0})
            for (const double stretch : {60.0, 200.0, 480.0}) {
                // Speed over distance from rest is singular: by steps in time.
                double at = 0, v = from, time = 0;
                const double step = 0.001;
                const auto a = [&](double x, double speed) { return force(std::max(speed, 0.0)) - rise * x; };
                while (at < stretch && v >= 0) {
                    const double a1 = a(at, v), a2 = a(at + 0.5 * step * v, v + 0.5 * step * a1),
                                 a3 = a(at + 0.5 * step * (v + 0.5 * step * a1), v + 0.5 * step * a2),
                                 a4 = a(at + step * (v + 0.5 * step * a2), v + step * a3);
                    at += step * (v + step * (a1 + a2 + a3) / 6);
                    v += step * (a1 + 2 * a2 + 2 * a3 + a4) / 6;
                    time += step;
                }
                if (v < 1) continue;
                CAPTURE(rise);
                CAPTURE(from);
                CAPTURE(stretch);
                if (const GradedLeap way = leap(force, rise, from, force(from), v, at); way.found) {
                    ++leaps;
                    CHECK(std::abs(way.stretch / at - 1) < 8e-5);
                    CHECK(std::abs(way.time / time - 1) < 5e-5);
                }
                if (from == 0) continue;
                if (const Glide way = glide(force, rise, from * from / 2, from, at); way.found) {
                    ++glides;
                    CHECK(std::abs(way.energy / (v * v / 2) - 1) < 2e-5);
                    CHECK(std::abs(way.time / time - 1) < 2e-5);
                }
            }
    CHECK(leaps > 15);
    CHECK(glides > 15);
}

TEST_CASE("exact: a leap along a transition and a glide agree with Runge-Kutta steps of a millisecond") {
    SUBCASE("in cells") {
        const ForceCells cells = quadratic(0.4, -0.02, 0.0003);
        agrees_on_transitions(SmoothForce{cells, 0.05});
    }
    SUBCASE("in a power zone") { agrees_on_transitions(ZoneForce{{0, 40, 1.0, 0.01, -2e-4, -2e-5}, 0.05}); }
}

}  // namespace train_order_test
