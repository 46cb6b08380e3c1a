// Where rounding decides, or a force has a corner.

#include <train/line1200.hpp>
#include <train/midpoint.hpp>
#include <train/random_line.hpp>

#include <railwindow/train/speed_profile.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <string>

namespace train_edges_test {

using namespace railwindow;

namespace {

Consist train(const Davis& resistance = {.constant = 10000 * N, .linear = 100 * N / (m / s), .quadratic = 10 * N / (m / s * m / s)}) {
    return {.length = 200 * m,
            .mass = 1000 * t,
            .rotating_mass_factor = 1.06,
            .speed_limit = 100 * km / h,
            .brakes = {.deceleration = 0.35 * m / s / s},
            .rung = PowerAndMass{.starting_effort = 300 * kN, .power = 1500 * kW, .resistance = resistance},
            .gradient_model = GradientModel::point};
}
/// The gradient on which it keeps speed `v`.
double balancing(double v) { return (std::min(3e5, 1.5e6 / v) - (10000 + 100 * v + 10 * v * v)) / (1e6 * to_si(gravity)); }

Course even(double length, double limit, double gradient) {
    Course course;
    course.pieces.push_back({.begin = CourseOffset{}, .limit = limit * m / s, .gradient = gradient});
    course.length = length * m;
    return course;
}
double seconds(const Course& course, const Consist& consist, double initial_speed = 0, double final_speed = 0) {
    Workspace workspace;
    const Movement movement{.from = CourseOffset{},
                            .to = CourseOffset{course.length},
                            .initial_speed = initial_speed * m / s,
                            .final_speed = final_speed * m / s,
                            .caps = line1200::no_cap};
    const RunOutcome outcome = run(course, consist, movement, workspace);
    const auto* time = std::get_if<Duration>(&outcome);
    return time ? *time / s : std::numeric_limits<double>::infinity();
}

}  // namespace

TEST_CASE("found: a stop after a few centimetres or metres, where resistance is constant, was missed") {
    for (const double constant : {0.0, 10000.0})
        for (const double grade : {0.0, 0.999})
            for (const double length : {0.001, 0.01, 0.1, 0.3, 1.0, 5.0, 60.0}) {
                // Up with one acceleration, down with another.
                const double left = 3e5 - constant, up = left * (1 - grade) / 1.06e6, down = 0.35;
                const double exact = std::sqrt(2 * length * (up + down) / (up * down));
                CAPTURE(constant);
                CAPTURE(grade);
                CAPTURE(length);
                CHECK(std::abs(seconds(even(length, 20, grade * left / (1e6 * to_si(gravity))), train({.constant = constant * N})) - exact) <
                      1e-6 * exact + 1e-4);
            }
}

TEST_CASE("found: at its balance to the last bit, or in a grade that takes all of its effort, a train went on for ever") {
    Draw draw{5};
    for (int i = 0; i < 400; ++i) {
        const double v = draw.between(5.1, 14), nudge = 1 + (i % 9 - 4) * 2.3e-16;
        Consist consist = train();
        if (i % 2) consist.brakes.build_up = 3 * s;
        CHECK(std::abs(seconds(even(9000, 27, balancing(v) * nudge), consist, v, v) - 9000 / v) < 1e-5);
    }
    for (const double nudge : {1 - 2.3e-16, 1.0, 1 + 2.3e-16})
        CHECK(std::isinf(seconds(even(1000, 20, 2.9e5 * nudge / (1e6 * to_si(gravity))), train({.constant = 10000 * N}))));
}

TEST_CASE("found: near the corner of the effort a train shot off on an easing grade") {
    Draw draw{9};
    for (int i = 0; i < 40; ++i) {
        const double v = 5 * (1 + draw.between(-0.02, 0.02)), grade = balancing(v), easier = draw.between(1e-5, 2e-3);
        Consist consist = train();
        consist.length = 2000 * m;
        consist.gradient_model = GradientModel::strip;
        Course course = even(4000, 20, grade);
        course.pieces.push_back({.begin = CourseOffset{500 * m}, .limit = 20 * m / s, .gradient = grade - easier});
        const double reference = *Midpoint{course, midpoint_train(consist)}.time(0.05, v);
        CHECK_MESSAGE(std::abs(seconds(course, consist, v) - reference) < 5e-4 * reference, i << ": " << reference << " s");
    }
}

TEST_CASE("found: from near rest onto an easing grade, and to a balance at walking speed") {
    Consist consist = train();
    consist.gradient_model = GradientModel::strip;
    for (const double left : {3e-4, 1e-3, 1e-2}) {
        const double grade = (2.9e5 - left * 1.06e6) / (1e6 * to_si(gravity));
        Course course = even(600, 20, grade);
        course.pieces.push_back({.begin = CourseOffset{20 * m}, .limit = 20 * m / s, .gradient = grade - 2e-3});
        const double reference = *Midpoint{course, midpoint_train(consist)}.time(0.01);
        CHECK_MESSAGE(std::abs(seconds(course, consist) - reference) < 1e-3 * reference, left << ": " << reference << " s");
    }
    Consist slow = train();
    std::get<PowerAndMass>(slow.rung).power = 100 * kW;
    for (const double balance : {0.5, 0.64, 0.9}) {
        const double grade = (1e5 / balance - (10000 + 100 * balance + 10 * balance * balance)) / (1e6 * to_si(gravity));
        const double reference = *Midpoint{even(3000, 20, grade), midpoint_train(slow)}.time(0.01, 2.0);
        CHECK_MESSAGE(std::abs(seconds(even(3000, 20, grade), slow, 2.0) - reference) < 0.02, balance << ": " << reference << " s");
    }
}

TEST_CASE("found: timing points changed the running time of a train whose brake builds up") {
    for (std::uint64_t seed = 0; seed < 60; ++seed) {
        Draw draw{seed + 300};
        const Course course = random_course(draw, 6, 10);
        Consist consist = random_train(draw, seed % 2 ? GradientModel::point : GradientModel::strip);
        consist.brakes.build_up = 5 * s;
        std::vector<CourseOffset> points;
        for (double x = 50; x < course.length / m; x += 171) points.push_back(CourseOffset{x * m});
        std::vector<Duration> passed(points.size());
        Workspace workspace;
        const Movement movement{.from = CourseOffset{}, .to = CourseOffset{course.length}, .caps = line1200::no_cap};
        const RunOutcome with = run(course, consist, movement, points, passed, workspace), without = run(course, consist, movement, workspace);
        REQUIRE(with.index() == without.index());
        if (const auto* time = std::get_if<Duration>(&with))
            CHECK_MESSAGE(std::abs(*time / s - std::get<Duration>(without) / s) < 0.01, "seed " << seed);
    }
}

}  // namespace train_edges_test
