// The project's own locomotives on even grades against a reference in time, and what once went wrong there.

#include <train/grid.hpp>

#include <places.hpp>
#include <railwindow/io/scenario_file.hpp>
#include <support/near.hpp>

#include <doctest/doctest.h>

#include <fstream>
#include <sstream>

namespace train_grid_test {

using namespace railwindow;

namespace {

/// The cars of the special train behind every class of locomotive that the networks know.
std::vector<GridTrain> all_trains() {
    const std::string file = RAILWINDOW_SOURCE_DIR "/networks/rolling-stock/locomotives.yaml";
    std::ostringstream text;
    text << std::ifstream{file}.rdbuf();
    const CarSheet car{.length = 24.4 * m, .mass = {}, .axles = 4, .resistance = CoachResistance::russian_jointed, .rotating_mass_factor = 1.06};
    std::vector<GridTrain> trains;
    for (const LocomotiveSheet& sheet : read_rolling_stock(text.str(), file).locomotives)
        trains.push_back({sheet.id.value, vehicle_of(sheet), vehicle_of(car, 1, 61 * t, 100 * km / h)});
    return trains;
}

void check_grid(const GridStep& step, int least) {
    const GridResult result = compared_on_grid(all_trains(), step);
    for (const std::string& example : result.examples) MESSAGE(example);
    MESSAGE(result.cases << " cases, " << result.stalled << " of them stall, " << result.touchy << " all but stand at their end; worst of the rest "
                         << 100 * result.worst << " %");
    CHECK(result.cases >= least);
    // One in 5,000 is off by more: trains that come near to a stand, where what a cell does not know of the force counts.
    CHECK(5000 * result.bad <= result.cases);
    CHECK(result.worst < 1.2e-3);
}

Course even(double km_long, double in_permille) {
    Course course;
    course.length = km_long * km;
    course.pieces.push_back({.begin = CourseOffset{}, .limit = 100 * km / h, .gradient = in_permille * permille});
    return course;
}
double seconds(const Course& course, const Consist& consist) {
    Workspace workspace;
    const std::array caps{1000 * km / h};
    return std::get<Duration>(run(course, consist, {.from = CourseOffset{}, .to = CourseOffset{course.length}, .caps = caps}, workspace)) / s;
}

}  // namespace

TEST_CASE("exact: every locomotive on every even grade agrees with a reference in time, every seventh case or so") {
    check_grid({.cars = 5, .grades = 7, .lengths = 4, .first = 2}, 1400);
}

TEST_CASE("exact: every locomotive on every even grade agrees with a reference in time" * doctest::test_suite("slow")) { check_grid({}, 200'000); }

TEST_CASE("found: a train that came to its balance and had a stop ahead arrived after a part of the time") {
    // One K62 and 22 cars on 14.5 permille: the position was no number.
    for (const GridTrain& each : all_trains()) {
        if (each.name != "k62") continue;
        Vehicle cars = each.car;
        cars.count = 22;
        const Consist consist =
            formed(std::array{each.locomotive, cars}, {.deceleration = 0.35 * m / s / s, .build_up = 4 * s}, GradientModel::strip);
        const in_time::Train train = in_time::train_of(consist);
        for (const double length : {5.5, 6.0, 8.0, 10.0, 20.0}) {
            const Course course = even(length, 14.5);
            const double right = in_time::Journey{course, train}.run(0, 0).time;
            CHECK_MESSAGE(std::abs(seconds(course, consist) / right - 1) < 1e-4, length << " km: " << right << " s");
        }
    }
}

TEST_CASE("found: under an effort that a governor ends at the speed of balance a train arrived after a part of the time") {
    // From 28 to 30 m/s the effort falls to nothing.
    TractionUnit unit{
        .effort = {{0 * m / s, 300 * kN}, {10 * m / s, 300 * kN}, {20 * m / s, 150 * kN}, {28 * m / s, 107 * kN}, {30 * m / s, 0 * kN}}};
    const Vehicle one{.count = 1,
                      .length = 200 * m,
                      .mass = 400 * t,
                      .rotating_mass_factor = 1.05,
                      .speed_limit = 100 * km / h,
                      .resistance = {.constant = 5 * kN, .quadratic = 20 * N / (m / s * m / s)},
                      .unit = unit};
    for (const double governed : {1.0, 0.85, 0.7}) {
        Vehicle slower = one;
        for (EffortPoint& point : slower.unit->effort) point.speed = governed * point.speed;
        slower.unit->effort.push_back({100 * km / h, 0 * kN});
        if (governed == 1.0) slower.unit->effort.pop_back();
        const Consist consist = formed(std::array{slower}, {.deceleration = 0.5 * m / s / s}, GradientModel::strip);
        const in_time::Train train = in_time::train_of(consist);
        for (const double length : {10.0, 100.0}) {
            const Course course = even(length, 0);
            const double right = in_time::Journey{course, train}.run(0, 0).time;
            CHECK_MESSAGE(std::abs(seconds(course, consist) / right - 1) < 1e-4, governed << ", " << length << " km: " << right << " s");
        }
    }
}

TEST_CASE("exact: the reference in time agrees with closed forms") {
    // One effort and no resistance: v = a t. Then a brake of b, whatever the gradient.
    const TractionUnit unit{.effort = {{0 * m / s, 53 * kN}, {140 * m / s, 53 * kN}}};
    const Vehicle one{
        .count = 1, .length = 100 * m, .mass = 100 * t, .rotating_mass_factor = 1.06, .speed_limit = 100 * km / h, .resistance = {}, .unit = unit};
    const Consist consist = formed(std::array{one}, {.deceleration = 0.25 * m / s / s}, GradientModel::strip);
    const in_time::Train train = in_time::train_of(consist);
    const double b = 0.25, top = 100 / 3.6;
    for (const double in_permille : {-20.0, 0.0, 20.0}) {
        const double a = 0.5 - to_si(gravity) / 1.06 * 1e-3 * in_permille;
        const double s_short = 500, peak = std::sqrt(2 * s_short * a * b / (a + b));
        CHECK(std::abs(in_time::Journey{even(0.5, in_permille), train}.run(0, 0).time - (peak / a + peak / b)) < 1e-6);
        const double s_long = 20'000, held = s_long - top * top * (0.5 / a + 0.5 / b);
        CHECK(std::abs(in_time::Journey{even(20, in_permille), train}.run(0, 0).time - (top / a + held / top + top / b)) < 1e-6);
    }
    // Against a grade that takes more than the effort it comes to a stand after v/a.
    const double a = to_si(gravity) / 1.06 * 0.08 - 0.5;
    const in_time::Arrival stall = in_time::Journey{even(5, 80), train}.run(10, 0);
    CHECK(stall.stalled);
    CHECK(std::abs(stall.time - 10 / a) < 1e-6);
    CHECK(std::abs(stall.at - 50 / a) < 1e-6);
}

}  // namespace train_grid_test
