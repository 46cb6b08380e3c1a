#include <railwindow/train/leap.hpp>
#include <railwindow/train/passage.hpp>
#include <railwindow/train/run.hpp>
#include <train/line1200.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <thread>
#include <vector>

namespace train_passage_test {

using namespace railwindow;
using namespace railwindow::kernel;

namespace {

/// Distance and time where N = N0 (1 + z x), by Simpson's rule in speed with 2,000 steps.
Passage by_simpson(double from, double to, double mean, double z) {
    const int n = 2000;
    const double low = 0.5 * from * from, high = 0.5 * to * to;
    Passage sum{0, 0, z};
    for (int i = 0; i <= n; ++i) {
        const double v = from + (to - from) * i / n, x = (v * v - low - high) / (high - low);
        const double weight = (i == 0 || i == n ? 1.0 : i % 2 == 1 ? 4.0 : 2.0) * (to - from) / n / 3;
        sum.stretch += weight * v / (mean * (1 + z * x));
        sum.time += weight / (mean * (1 + z * x));
    }
    return sum;
}

Passage by_series(double from, double to, double mean, double z) {
    return passage(0.5 * (to * to - from * from), to - from, 1 / mean, z, (to - from) / (to + from));
}

}  // namespace

TEST_CASE("exact: the series of a passage") {
    // To 1e-6 in distance and 5e-5 in time, up to the edge of its use.
    for (int k = -35; k <= 35; ++k) {
        const double z = 0.01 * k;
        const Passage series = by_series(9.5, 10.5, 0.1, z), simpson = by_simpson(9.5, 10.5, 0.1, z);
        CAPTURE(z);
        CHECK(std::abs(series.stretch / simpson.stretch - 1) < 1e-6);
        CHECK(std::abs(series.time / simpson.time - 1) < 5e-5);
    }
}

TEST_CASE("exact: a leap over a smooth force agrees with a fine integration of the force as drawn") {
    const Consist train = line1200::consist(line1200::Semantics::point, line1200::Effort::hyperbola);
    Grid grid;
    ForceCells cells;
    extend(100 / 3.6, grid);
    tabulate(train, {}, false, grid, cells);
    int leaps = 0;
    for (double from = 24; from < 100; from += 7.3)
        for (double to = from + 3; to < 100; to += 9.1)
            for (const double pull_back : {-0.04, 0.0, 0.01, 0.03}) {
                const double v0 = from / 3.6, v1 = to / 3.6;
                const SmoothForce force{cells, pull_back};
                const double start = force(v0), finish = force(v1);
                if (!(start > 0 && finish > 0.4 * start)) continue;
                ++leaps;
                constexpr int n = 2000;
                Leap fine{0, 0};
                for (int i = 0; i <= n; ++i) {
                    const double v = v0 + (v1 - v0) * i / n, weight = (i == 0 || i == n ? 1.0 : i % 2 == 1 ? 4.0 : 2.0) * (v1 - v0) / n / 3;
                    const double a = acceleration_at(train, {}, false, v) - pull_back;
                    fine.stretch += weight * v / a;
                    fine.time += weight / a;
                }
                const Leap one = leap(force, v0, start, v1, finish);
                CAPTURE(from);
                CAPTURE(to);
                CAPTURE(pull_back);
                CHECK(std::abs(one.stretch / fine.stretch - 1) < 3e-5);
                CHECK(std::abs(one.time / fine.time - 1) < 3e-5);
            }
    CHECK(leaps > 50);
}

TEST_CASE("exact: energy in a fine cell returns from distance to energy") {
    for (const double slope : {-0.02, -1e-9, 0.0, 0.003}) {
        const Linear force{0.1 - slope * 40.0, slope};
        const double from = 40.0, start = force(from), to = 41.5;
        const double way = distance(force, start, from, to);
        CHECK(std::abs(from + start * way * growth(slope * way) - to) < 1e-11);
    }
}

TEST_CASE("law: threads with a workspace each get the same bits") {
    const Course course = line1200::course(line1200::Semantics::strip);
    const Consist consist = line1200::consist(line1200::Semantics::strip, line1200::Effort::table);
    const auto times = [&](std::vector<double>& out) {
        Workspace workspace;
        for (int i = 0; i < 8; ++i) {
            const Movement movement{
                .from = CourseOffset{}, .to = CourseOffset{course.length}, .caps = line1200::no_cap, .conditions = {.mass = 0.95 + 0.01 * i}};
            out.push_back(std::get<Duration>(run(course, consist, movement, workspace)) / s);
        }
    };
    std::vector<double> here, there, elsewhere;
    std::thread first{[&] { times(there); }}, second{[&] { times(elsewhere); }};
    times(here);
    first.join();
    second.join();
    CHECK(here == there);
    CHECK(here == elsewhere);
}

}  // namespace train_passage_test
