#include <support/near.hpp>
#include <train/line1200.hpp>
#include <train/midpoint.hpp>
#include <train/random_line.hpp>

#include <doctest/doctest.h>

#include <cmath>

namespace train_midpoint_test {

using namespace railwindow;

namespace {

struct Difference {
    double worst = 0, mean = 0;  // milliseconds
    int arrived = 0, stalled = 0;
};

/// Kernel against midpoint integration, both on the same random lines of 30 pieces (about 70 km).
Difference compared(GradientModel model, double steepest, int lines, double step) {
    Workspace workspace;
    Difference difference;
    for (int i = 0; i < lines; ++i) {
        Draw draw{static_cast<std::uint64_t>(i) + 1};
        const Course course = random_course(draw, 30, steepest);
        const Consist consist = random_train(draw, model);
        const std::optional<double> reference = Midpoint{course, midpoint_train(consist)}.time(step);
        const RunOutcome outcome =
            run(course, consist, {.from = CourseOffset{}, .to = CourseOffset{course.length}, .caps = line1200::no_cap}, workspace);
        CAPTURE(i);
        REQUIRE(std::holds_alternative<Duration>(outcome) == reference.has_value());
        ++(reference ? difference.arrived : difference.stalled);
        if (!reference) continue;
        const double off = std::get<Duration>(outcome) / ms - 1000 * *reference;
        if (std::abs(off) > 30) MESSAGE("line " << i << " off by " << off << " ms of " << *reference << " s");
        difference.worst = std::max(difference.worst, std::abs(off));
        difference.mean += (off - difference.mean) / difference.arrived;
    }
    MESSAGE("worst " << difference.worst << " ms, mean " << difference.mean << " ms, arrived " << difference.arrived << ", stalled "
                     << difference.stalled);
    return difference;
}

}  // namespace

TEST_CASE("exact: random trains on random lines agree with midpoint integration" * doctest::test_suite("slow")) {
    SUBCASE("level") { CHECK(compared(GradientModel::point, 0, 60, 0.5).worst < 50); }
    SUBCASE("point mass") { CHECK(compared(GradientModel::point, 12, 60, 0.5).worst < 50); }
    SUBCASE("strip") { CHECK(compared(GradientModel::strip, 12, 60, 0.5).worst < 50); }
    SUBCASE("steep, where some stall") { CHECK(compared(GradientModel::strip, 20, 60, 0.5).worst < 50); }
}

TEST_CASE("exact: line1200 with random masses and powers agrees with midpoint integration" * doctest::test_suite("slow")) {
    Workspace workspace;
    for (const auto semantics : {line1200::Semantics::point, line1200::Semantics::strip})
        for (const auto effort : {line1200::Effort::hyperbola, line1200::Effort::table}) {
            const Course course = line1200::course(semantics);
            const Consist consist = line1200::consist(semantics, effort);
            double worst = 0, mean = 0;
            for (int i = 0; i < 6; ++i) {
                Draw draw{static_cast<std::uint64_t>(i) + 77};
                const Conditions conditions{.mass = draw.between(0.9, 1.1), .power = draw.between(0.9, 1.1)};
                const MidpointTrain train = effort == line1200::Effort::table
                                                ? midpoint_train(consist, std::get<FullCurves>(consist.rung).units[0].effort, conditions)
                                                : midpoint_train(consist, conditions);
                const double reference = *Midpoint{course, train}.time(1.0);
                const RunOutcome outcome =
                    run(course, consist,
                        {.from = CourseOffset{}, .to = CourseOffset{course.length}, .caps = line1200::no_cap, .conditions = conditions}, workspace);
                const double off = std::get<Duration>(outcome) / ms - 1000 * reference;
                worst = std::max(worst, std::abs(off));
                mean += off / 6;
            }
            MESSAGE("worst " << worst << " ms, mean " << mean << " ms");
            CHECK(worst < 100);
        }
}

TEST_CASE("exact: line1200 with trains drawn within 5 % keeps its bars under either law of effort" * doctest::test_suite("slow")) {
    Workspace workspace;
    for (const auto semantics : {line1200::Semantics::point, line1200::Semantics::strip, line1200::Semantics::flat})
        for (const auto effort : {line1200::Effort::hyperbola, line1200::Effort::table}) {
            const Course course = line1200::course(semantics);
            const Consist consist = line1200::consist(semantics, effort);
            const Movement whole{.from = CourseOffset{}, .to = CourseOffset{course.length}, .caps = line1200::no_cap};
            for (int i = 0; i < 5; ++i) {
                Draw draw{static_cast<std::uint64_t>(i) + 500};
                Movement movement = whole;
                movement.conditions = {.mass = draw.between(0.95, 1.05), .power = draw.between(0.95, 1.05)};
                const MidpointTrain train = effort == line1200::Effort::table
                                                ? midpoint_train(consist, std::get<FullCurves>(consist.rung).units[0].effort, movement.conditions)
                                                : midpoint_train(consist, movement.conditions);
                const double off = std::get<Duration>(run(course, consist, movement, workspace)) / ms - 1000 * *Midpoint{course, train}.time(1.0);
                CAPTURE(off);
                CHECK(std::abs(off) < (semantics == line1200::Semantics::strip ? 100 : 50));
            }
        }
}

TEST_CASE("order: the midpoint integration converges with the 1.5th power of its step from a standing start") {
    // One grade and a smooth force, so that neither a limit nor a corner cuts a step. At standstill 1/v is singular, which
    // costs half an order; in motion it is the second.
    Draw draw{3};
    const Course grade{.length = 20 * km, .pieces = {{.begin = CourseOffset{}, .limit = 400 * km / h, .gradient = 0.004}}};
    Consist train = random_train(draw, GradientModel::point);
    train.speed_limit = 400 * km / h;
    std::get<PowerAndMass>(train.rung).power = 1e9 * kW;
    std::get<PowerAndMass>(train.rung).resistance.linear = {};
    const Midpoint reference{grade, midpoint_train(train)};
    const double fine = *reference.time(0.25);
    const double order = std::log2(std::abs((*reference.time(128) - fine) / (*reference.time(4) - fine))) / 5;
    CAPTURE(order);
    CHECK(order > 1.4);
}

}  // namespace train_midpoint_test
