#include <railwindow/core/error.hpp>
#include <railwindow/train/speed_profile.hpp>
#include <support/near.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cmath>

namespace train_run_test {

using namespace railwindow;

namespace {

Consist accelerating(Acceleration rate, Acceleration deceleration, Speed limit, Length length) {
    return {.length = length, .mass = 300 * t, .speed_limit = limit, .brakes = {.deceleration = deceleration}, .rung = ConstantAcceleration{rate}};
}

CourseOffset at(Length x) { return CourseOffset{x}; }

Course level(std::initializer_list<std::pair<Length, Speed>> pieces) {
    Course course;
    for (const auto& [length, limit] : pieces) {
        course.pieces.push_back({.begin = at(course.length), .limit = limit});
        course.length += length;
    }
    return course;
}

const std::array<Speed, 1> no_cap{1000 * km / h};

Duration time_of(const Course& course, const Consist& consist) {
    Workspace workspace;
    return std::get<Duration>(run(course, consist, {.from = at(0 * m), .to = at(course.length), .caps = no_cap}, workspace));
}

constexpr Acceleration rate(double si) { return from_si<Acceleration>(si); }

}  // namespace

TEST_CASE("exact: a train that starts, cruises and stops takes v/a + v/b + the rest at v") {
    const Course course = level({{10 * km, 72 * km / h}});
    const double rest = 10000.0 - 20.0 * 20.0 / 2 / 0.4 - 20.0 * 20.0 / 2 / 0.5;
    CHECK(near(time_of(course, accelerating(rate(0.4), rate(0.5), 200 * km / h, 300 * m)), (20 / 0.4 + 20 / 0.5 + rest / 20) * s, 1e-9 * s));
}

TEST_CASE("exact: a course too short for the limit is run in a triangle") {
    // v^2/2a + v^2/2b = d
    const double v = std::sqrt(2 * 500 / (1 / 0.4 + 1 / 0.5));
    CHECK(near(time_of(level({{500 * m, 200 * km / h}}), accelerating(rate(0.4), rate(0.5), 200 * km / h, 300 * m)), (v / 0.4 + v / 0.5) * s,
               1e-9 * s));
}

TEST_CASE("exact: build-up time holds the speed before a brake that follows acceleration") {
    Consist consist = accelerating(rate(0.4), rate(0.5), 200 * km / h, 300 * m);
    consist.brakes.build_up = 4 * s;
    // v^2/2a + 4 v + v^2/2b = d
    const double q = 1 / 0.8 + 1 / 1.0;
    const double v = (-4 + std::sqrt(16 + 4 * q * 500)) / (2 * q);
    CHECK(near(time_of(level({{500 * m, 200 * km / h}}), consist), (v / 0.4 + 4 + v / 0.5) * s, 1e-9 * s));
}

TEST_CASE("exact: holding a limit until the tail has left it costs L/v_low - L/v_high") {
    const Course course = level({{5 * km, 40 * km / h}, {5 * km, 80 * km / h}});
    const auto with_length = [&](Length length) { return time_of(course, accelerating(rate(0.3), rate(0.3), 200 * km / h, length)); };
    const Duration cost = (530 * m) / (40 * km / h) - (530 * m) / (80 * km / h);
    CHECK(near(with_length(531 * m) - with_length(1 * m), cost, 1e-9 * s));
}

TEST_CASE("exact: at constant speed a course takes the sum of its lengths over their ceilings") {
    Consist consist = accelerating(rate(1), rate(1), 100 * km / h, 100 * m);
    consist.rung = ConstantSpeed{};
    CHECK(near(time_of(level({{5 * km, 50 * km / h}, {10 * km, 120 * km / h}}), consist), 5.1 * km / (50 * km / h) + 9.9 * km / (100 * km / h),
               1e-9 * s));
}

TEST_CASE("golden: MATSim's arrivals are the closed form rounded up to its 1 s step") {
    // Source: matsim-libs, contribs/railsim, RailsimEngineTest (testSimple, testCongested, testVaryingSpeedOne).
    SUBCASE("a regional train of 500 m on 6,400 m of free track") {
        const Course course = level({{6400 * m, 100 * m / s}});
        const Consist regio = accelerating(rate(0.5), rate(0.5), 44 * m / s, 500 * m);
        std::array<Duration, 1> passing{};
        const std::array points{at(4400 * m)};
        Workspace workspace;
        const RunOutcome total = run(course, regio, {.from = at(0 * m), .to = at(course.length), .caps = no_cap}, points, passing, workspace);
        CHECK(near(passing[0], 144 * s, 1e-9 * s));
        CHECK(near(std::get<Duration>(total), 233.45454545454544 * s, 1e-9 * s));
        CHECK(std::ceil(std::get<Duration>(total) / s) == 234);
    }
    SUBCASE("a freight train of 1,000 m") {
        CHECK(near(time_of(level({{6400 * m, 100 * m / s}}), accelerating(rate(0.2), rate(0.2), 33 * m / s, 1000 * m)), 358.93939393939394 * s,
                   1e-9 * s));
    }
    SUBCASE("three slow stations that the tail must have left") {
        const Speed slow = 10 * km / h, fast = 13.8889 * m / s;
        const Course course = level({{200 * m, slow}, {50 * km, fast}, {200 * m, slow}, {50 * km, fast}, {200 * m, slow}});
        std::array<Duration, 1> passing{};
        const std::array points{at(100400 * m)};
        Workspace workspace;
        const RunOutcome total = run(course, accelerating(rate(0.5), rate(0.5), 44 * m / s, 500 * m),
                                     {.from = at(200 * m), .to = at(course.length), .caps = no_cap}, points, passing, workspace);

        CHECK(near(passing[0], 7598.327673604565 * s, 1e-6 * s));
        CHECK(near(std::get<Duration>(total), 7673.105451382342 * s, 1e-6 * s));
    }
}

TEST_CASE("law: the profile's times are those of the run") {
    const Course course = level({{5 * km, 40 * km / h}, {5 * km, 80 * km / h}, {3 * km, 30 * km / h}});
    const Consist consist = accelerating(rate(0.3), rate(0.4), 200 * km / h, 500 * m);
    Workspace workspace;
    const SpeedProfile profile = speed_profile(course, consist, {.from = at(0 * m), .to = at(course.length), .caps = no_cap}, workspace);
    CHECK(profile.running_time() == time_of(course, consist));
    CHECK(profile.breakpoints.back().speed == 0 * m / s);
}

TEST_CASE("exact: the state at a time is that of constant acceleration, and the ends hold beyond themselves") {
    const Course course = level({{10 * km, 72 * km / h}});
    const Consist consist = accelerating(rate(0.4), rate(0.5), 200 * km / h, 300 * m);
    Workspace workspace;
    Movement movement{.from = at(0 * m), .to = at(course.length), .caps = no_cap};
    const SpeedProfile profile = speed_profile(course, consist, movement, workspace);
    const auto is = [](const Breakpoint& b, Duration time, Length place, Speed speed) {
        return near(b.time, time, 1e-9 * s) && near(b.at.from_begin(), place, 1e-6 * m) && near(b.speed, speed, 1e-9 * m / s);
    };
    const Duration total = profile.running_time();
    CHECK(is(state_at(profile, 30 * s), 30 * s, 180 * m, 12 * m / s));
    CHECK(is(state_at(profile, 100 * s), 100 * s, 1500 * m, 20 * m / s));
    CHECK(is(state_at(profile, total - 10 * s), total - 10 * s, 10 * km - 25 * m, 5 * m / s));
    CHECK(is(state_at(profile, -5 * s), 0 * s, 0 * m, 0 * m / s));
    CHECK(is(state_at(profile, 2 * total), total, 10 * km, 0 * m / s));
    CHECK(state_at(profile, 100 * s).mode == DrivingMode::cruising);
    movement.supplement = StretchedTime{0.1};
    CHECK(is(state_at(speed_profile(course, consist, movement, workspace), 33 * s), 33 * s, 180 * m, 12 * m / s));
}

TEST_CASE("exact: at constant speed the state between two breakpoints has the speed of the first") {
    Consist consist = accelerating(rate(1), rate(1), 100 * km / h, 1 * mm);
    consist.rung = ConstantSpeed{};
    const Course course = level({{10 * km, 20 * m / s}, {10 * km, 10 * m / s}});
    Workspace workspace;
    const SpeedProfile profile = speed_profile(course, consist, {.from = at(0 * m), .to = at(course.length), .caps = no_cap}, workspace);
    for (const Breakpoint& b : {state_at(profile, at(9 * km)), state_at(profile, 450 * s)}) {
        CHECK(b.speed == 20 * m / s);
        CHECK(near(b.at.from_begin(), 9 * km, 1e-6 * m));
        CHECK(near(b.time, 450 * s, 1e-9 * s));
    }
}

TEST_CASE("exact: the greatest initial speed is that of the ceiling or of the braking line") {
    const Consist consist = accelerating(rate(0.4), rate(0.5), 90 * km / h, 300 * m);
    const Course course = level({{10 * km, 36 * km / h}, {10 * km, 108 * km / h}, {10 * km, 18 * km / h}});
    Workspace workspace;
    const auto greatest = [&](Length from, Length to, const Movement& other = {}) {
        Movement movement = other;
        movement.from = at(from);
        movement.to = at(to);
        movement.caps = no_cap;
        return greatest_initial_speed(course, consist, movement, workspace) / (m / s);
    };
    CHECK(greatest(5 * km, 30 * km) == 10);
    CHECK(greatest(10.2 * km, 30 * km) == 10);  // the tail stands on the slow piece
    CHECK(greatest(10.3 * km, 30 * km) == 25);
    CHECK(greatest(19.9 * km, 30 * km) == doctest::Approx(std::sqrt(25 + 2 * 0.5 * 100)).epsilon(1e-15));
    CHECK(greatest(12 * km, 12.1 * km) == doctest::Approx(std::sqrt(2 * 0.5 * 100)).epsilon(1e-15));
    CHECK(greatest(12 * km, 12.1 * km, {.final_speed = 5 * m / s}) == doctest::Approx(std::sqrt(25 + 2 * 0.5 * 100)).epsilon(1e-15));
    CHECK(greatest(15 * km, 30 * km, {.caps = {}, .supplement = LoweredCap{0.2}}) == 20);
    CHECK(greatest(12 * km, 12 * km) == 0);
    CHECK(greatest(12 * km, 12 * km, {.final_speed = 5 * m / s}) == 5);
    CHECK_THROWS_AS(greatest(12 * km, 31 * km), InputError);
    Consist instant = consist;
    instant.rung = ConstantSpeed{};
    CHECK(greatest_initial_speed(course, instant, {.from = at(19.9 * km), .to = at(30 * km), .caps = no_cap}, workspace) == 90 * km / h);
}

TEST_CASE("law: a train without mass is refused by name") {
    Consist consist = accelerating(rate(0.3), rate(0.4), 100 * km / h, 500 * m);
    CHECK_NOTHROW(check(consist));
    consist.mass = 0 * t;
    CHECK_THROWS_WITH_AS(check(consist), "mass: 0 kg; a value above 0", InputError);
}

TEST_CASE("found: 2026-11-25 a train that coasts almost to a stand at the end of its way has a time") {
    const Consist train{.length = 220 * m,
                        .mass = 720 * t,
                        .rotating_mass_factor = 1.06,
                        .speed_limit = 120 * km / h,
                        .brakes = {rate(0.5)},
                        .rung = PowerAndMass{.starting_effort = 320 * kN, .power = 2250 * kW, .resistance = {.constant = 15 * kN}}};
    const Course course = level({{100 * km, 72 * km / h}});
    Workspace workspace;
    for (int i = 0; i < 100; ++i) {
        std::array coasting{Stretch{at(100 * m + 97.3 * i * m), at(course.length)}};
        Movement movement{.from = at(0 * m), .to = at(course.length), .caps = no_cap, .coasting = coasting};
        const Stall stall = std::get<Stall>(run(course, train, movement, workspace));
        for (const Length before : {10 * mm, 100 * mm, 1 * m, 20 * m}) {
            movement.to = coasting[0].end = stall.at - before;
            CHECK(std::isfinite(std::get<Duration>(run(course, train, movement, workspace)) / s));
        }
    }
}

}  // namespace train_run_test
