#include <railwindow/train/run.hpp>
#include <support/near.hpp>

#include <doctest/doctest.h>

#include <array>

namespace train_braking_line_test {

using namespace railwindow;

// 2026-11-25: with a restriction ahead a train that lost speed on a ramp came to the braking line a rounding below it, and stayed there for ever.
TEST_CASE("found: a train that loses speed where the gradient changes brakes, however closely it comes to the braking line") {
    const auto at = [](double metres) { return CourseOffset{metres * m}; };
    const Consist consist{.length = 400 * m,
                          .mass = 1000 * t,
                          .rotating_mass_factor = 1.06,
                          .speed_limit = 100 * km / h,
                          .brakes = {.deceleration = from_si<Acceleration>(0.35)},
                          .rung = PowerAndMass{300 * kN, 2000 * kW, Davis{10 * kN, {}, {}}}};
    const Course course{30 * km, {{.begin = at(0), .limit = 100 * km / h}, {.begin = at(19000), .limit = 100 * km / h, .gradient = 0.02}}};
    const std::array<Speed, 1> no_cap{200 * km / h};
    Workspace workspace;
    for (int i = 0; i < 3000; ++i) {
        const double begin = 19001 + 0.0713 * i;
        const std::array<Stretch, 1> all{Stretch{at(begin), at(begin + 150)}};
        Movement movement{.from = at(begin), .to = at(begin + 150), .caps = no_cap, .coasting = all};
        movement.initial_speed = greatest_initial_speed(course, consist, movement, workspace);
        const RunOutcome outcome = run(course, consist, movement, workspace);
        REQUIRE(std::holds_alternative<Duration>(outcome));
        CHECK(near(std::get<Duration>(outcome), movement.initial_speed / consist.brakes.deceleration, 1e-6 * s));
    }
}

}  // namespace train_braking_line_test
