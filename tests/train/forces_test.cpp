#include <railwindow/core/error.hpp>
#include <railwindow/train/run.hpp>
#include <railwindow/train/speed_profile.hpp>
#include <support/near.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <string>

namespace train_forces_test {

using namespace railwindow;

namespace {

const std::array<Speed, 1> no_cap{1000 * km / h};

/// A train of 1,000 t with rotating masses 1.05, of a length that plays no part where the gradient is uniform.
Consist pulled_by(const PowerAndMass& rung) {
    return {.length = 200 * m,
            .mass = 1000 * t,
            .rotating_mass_factor = 1.05,
            .speed_limit = 400 * km / h,
            .brakes = {.deceleration = from_si<Acceleration>(0.5)},
            .rung = rung};
}

Course uniform(Length length, Speed limit, double gradient) {
    return {.length = length, .pieces = {{.begin = CourseOffset{}, .limit = limit, .gradient = gradient}}};
}

constexpr Force endless = 1e9 * N;
constexpr double inertia = 1.05e6;

struct Arrival {
    Duration time;
    Speed speed;
};

/// From `initial` to the end of the course, which is passed at full effort.
Arrival passed(const Course& course, const Consist& consist, Speed initial, std::span<const Stretch> coasting = {}) {
    Workspace workspace;
    const SpeedProfile profile = speed_profile(course, consist,
                                               {.from = CourseOffset{},
                                                .to = CourseOffset{course.length},
                                                .initial_speed = initial,
                                                .final_speed = 1000 * km / h,
                                                .caps = no_cap,
                                                .coasting = coasting},
                                               workspace);
    REQUIRE(!profile.stall);
    return {profile.running_time(), profile.breakpoints.back().speed};
}

}  // namespace

TEST_CASE("exact: constant force without resistance is constant acceleration, also on a uniform grade") {
    for (const double gradient : {0.0, 0.01, -0.01}) {
        const Consist train = pulled_by({.starting_effort = 300 * kN, .power = 1e9 * kW, .resistance = {}});
        const double a = (300e3 - 1e6 * 9.80665 * gradient) / inertia;
        const Arrival arrival = passed(uniform(2 * km, 300 * km / h, gradient), train, 0 * m / s);
        CHECK(near(arrival.time, std::sqrt(2 * 2000 / a) * s, 1e-9 * s));
        CHECK(near(arrival.speed, std::sqrt(2 * 2000 * a) * m / s, 1e-9 * m / s));
    }
}

TEST_CASE("exact: constant power without resistance gives v^3 = v0^3 + 3 P s / M") {
    const Consist train = pulled_by({.starting_effort = endless, .power = 2000 * kW, .resistance = {}});
    const double v0 = 5, v1 = std::cbrt(v0 * v0 * v0 + 3 * 2e6 * 5000 / inertia);
    const Arrival arrival = passed(uniform(5 * km, 300 * km / h, 0), train, v0 * m / s);
    CHECK(near(arrival.speed, v1 * m / s, 1e-4 * m / s));
    CHECK(near(arrival.time, inertia * (v1 * v1 - v0 * v0) / (2 * 2e6) * s, 2 * ms));
}

TEST_CASE("exact: coasting down on the level follows the arctangent of A + C v^2") {
    const double a = 20000, c = 40, v0 = 25, v1 = 15;
    const Consist train =
        pulled_by({.starting_effort = 300 * kN, .power = 2000 * kW, .resistance = {.constant = a * N, .quadratic = c * N / (m / s * m / s)}});
    const double way = inertia / (2 * c) * std::log((a + c * v0 * v0) / (a + c * v1 * v1));
    const double time = inertia / std::sqrt(a * c) * (std::atan(v0 * std::sqrt(c / a)) - std::atan(v1 * std::sqrt(c / a)));
    const std::array<Stretch, 1> all{Stretch{CourseOffset{}, CourseOffset{way * m}}};
    const Arrival arrival = passed(uniform(way * m, 300 * km / h, 0), train, v0 * m / s, all);
    CHECK(near(arrival.speed, v1 * m / s, 1e-6 * m / s));
    CHECK(near(arrival.time, time * s, 0.1 * ms));
}

TEST_CASE("exact: a long grade brings a train to its balancing speed from above and from below") {
    // F = P / v balances m g i + A at v = P / (m g i + A).
    const Consist train = pulled_by({.starting_effort = 400 * kN, .power = 2000 * kW, .resistance = {.constant = 10000 * N}});
    const double balance = 2e6 / (1e6 * 9.80665 * 0.012 + 10000);
    const Course grade = uniform(40 * km, 100 * km / h, 0.012);
    CHECK(near(passed(grade, train, 0 * m / s).speed, balance * m / s, 1e-3 * m / s));
    CHECK(near(passed(grade, train, 25 * m / s).speed, balance * m / s, 1e-3 * m / s));
    CHECK(near(passed(grade, train, balance * m / s).time, 40000 / balance * s, 50 * ms));
}

TEST_CASE("exact: a heavy train held on a fall of 20 permille meets a limit of 20 km/h") {
    const Consist train = pulled_by({.starting_effort = 300 * kN, .power = 2000 * kW, .resistance = {.constant = 10000 * N}});
    const Course course{.length = 6 * km,
                        .pieces = {{.begin = CourseOffset{}, .limit = 60 * km / h, .gradient = -0.02},
                                   {.begin = CourseOffset{4 * km}, .limit = 20 * km / h, .gradient = -0.02}}};
    Workspace workspace;
    const SpeedProfile profile =
        speed_profile(course, train, {.from = CourseOffset{}, .to = CourseOffset{6 * km}, .initial_speed = 60 * km / h, .caps = no_cap}, workspace);
    const double v = 60 / 3.6, u = 20 / 3.6, b = 0.5;
    const double expected = (4000 - (v * v - u * u) / (2 * b)) / v + (v - u) / b + (2000 - u * u / (2 * b)) / u + u / b;
    CHECK(near(profile.running_time(), expected * s, 1e-9 * s));
    CHECK(profile.energy() == 0 * J);
    CHECK(profile.breakpoints.front().mode == DrivingMode::cruising);
    CHECK(near(profile.breakpoints.front().braking, (1e6 * 9.80665 * 0.02 - 10000) * N, 1e-6 * N));
}

TEST_CASE("exact: a train too heavy for its grade stalls with place and forces") {
    const Consist train = pulled_by({.starting_effort = 200 * kN, .power = 2000 * kW, .resistance = {.constant = 10000 * N}});
    Course course{
        .length = 20 * km,
        .pieces = {{.begin = CourseOffset{}, .limit = 60 * km / h}, {.begin = CourseOffset{2 * km}, .limit = 60 * km / h, .gradient = 0.03}}};
    Workspace workspace;
    std::array<Duration, 2> passing{};
    const std::array points{CourseOffset{1 * km}, CourseOffset{19 * km}};
    const RunOutcome outcome = run(course, train, {.from = CourseOffset{}, .to = CourseOffset{20 * km}, .caps = no_cap}, points, passing, workspace);
    REQUIRE(std::holds_alternative<Stall>(outcome));
    const Stall stall = std::get<Stall>(outcome);
    CHECK(stall.at > CourseOffset{2 * km});
    CHECK(stall.at < CourseOffset{4 * km});
    CHECK(near(stall.needed, (1e6 * 9.80665 * 0.03 + 10000) * N, 1 * N));
    CHECK(stall.available == 200 * kN);
    CHECK(passing[0] < 200 * s);
    CHECK(std::isinf(passing[1] / s));
    course.pieces[1].begin = CourseOffset{0 * m};
    CHECK(std::get<Stall>(run(course, train, {.from = CourseOffset{}, .to = CourseOffset{20 * km}, .caps = no_cap}, workspace)).at == CourseOffset{});
}

TEST_CASE("exact: a stall tells when it happened, supplement included") {
    // Constant force: up to 60 km/h at a, on at that speed to 2 km, then down to a stand at b.
    Consist train = pulled_by({.starting_effort = 200 * kN, .power = 1e9 * kW, .resistance = {.constant = 10000 * N}});
    train.gradient_model = GradientModel::point;
    const Course course{
        .length = 20 * km,
        .pieces = {{.begin = CourseOffset{}, .limit = 60 * km / h}, {.begin = CourseOffset{2 * km}, .limit = 60 * km / h, .gradient = 0.03}}};
    const double v = 60 / 3.6, a = 190e3 / inertia, b = 1e6 * 9.80665 * 0.03 / inertia - a;
    const Duration expected = 1.05 * (v / a + (2000 - v * v / (2 * a)) / v + v / b) * s;
    Workspace workspace;
    Movement movement{.from = CourseOffset{}, .to = CourseOffset{20 * km}, .caps = no_cap, .supplement = StretchedTime{0.05}};
    const Stall stall = std::get<Stall>(run(course, train, movement, workspace));
    CHECK(near(stall.time, expected, 1e-6 * s));
    CHECK(near(stall.at.from_begin(), (2000 + v * v / (2 * b)) * m, 1e-6 * m));
    const SpeedProfile profile = speed_profile(course, train, movement, workspace);
    CHECK(profile.stall->time == stall.time);
    CHECK(profile.running_time() == stall.time);
    movement.from = CourseOffset{3 * km};
    CHECK(std::get<Stall>(run(course, train, movement, workspace)).time == 0 * s);
}

TEST_CASE("exact: a strip feels the mean gradient under it") {
    // Effort far above need: the train holds its speed, and the profile shows what it feels.
    Consist train = pulled_by({.starting_effort = 500 * kN, .power = 20000 * kW, .resistance = {}});
    const Course course{.length = 4 * km,
                        .pieces = {{.begin = CourseOffset{}, .limit = 60 * km / h, .gradient = 0.004},
                                   {.begin = CourseOffset{2 * km}, .limit = 60 * km / h, .gradient = 0.01}}};
    Workspace workspace;
    const std::array<CourseOffset, 1> points{CourseOffset{2.1 * km}};
    const auto felt_at = [&](const Consist& consist) {
        const SpeedProfile profile = speed_profile(
            course, consist,
            {.from = CourseOffset{points[0]}, .to = CourseOffset{3 * km}, .initial_speed = 60 * km / h, .final_speed = 60 * km / h, .caps = no_cap},
            workspace);
        return profile.breakpoints.front().gradient;
    };
    CHECK(near(felt_at(train), 0.007, 1e-12));
    train.gradient_model = GradientModel::point;
    CHECK(near(felt_at(train), 0.01, 1e-12));
}

TEST_CASE("exact: several locomotives, continuous effort, a low voltage and wet rails") {
    const std::vector<EffortPoint> curve{{0 * km / h, 300 * kN}, {40 * km / h, 300 * kN}, {80 * km / h, 150 * kN}, {120 * km / h, 100 * kN}};
    const auto start = [&](const FullCurves& rung, const Conditions& conditions) {
        Consist train = pulled_by({});
        train.rung = rung;
        train.speed_limit = 120 * km / h;
        check(train);
        Workspace workspace;
        const SpeedProfile profile = speed_profile(
            uniform(10 * km, 120 * km / h, 0), train,
            {.from = CourseOffset{}, .to = CourseOffset{10 * km}, .initial_speed = 60 * km / h, .caps = no_cap, .conditions = conditions}, workspace);
        return profile.breakpoints.front().traction;
    };
    const TractionUnit one{.effort = curve, .continuous_effort = 180 * kN, .grip = Grip{curtius_kniffler, 100 * t}};
    const Force grip = (7.5 / 104 + 0.161) * 100 * t * gravity;
    TractionUnit free = one;
    free.grip.reset();
    CHECK(near(start({.units = {free}, .resistance = {}}, {}), 225 * kN, 1e-6 * N));
    CHECK(near(start({.units = {free, free}, .resistance = {}}, {}), 450 * kN, 1e-6 * N));
    CHECK(near(start({.units = {one, free}, .resistance = {}}, {}), 225 * kN + std::min(grip, 225 * kN), 1e-6 * N));
    CHECK(near(start({.units = {one}, .resistance = {}}, {.grip = 0.5}), 0.5 * grip, 1e-6 * N));
    CHECK(near(start({.units = {free}, .resistance = {}, .rating = Rating::continuous}, {}), 180 * kN, 1e-6 * N));
    // At 75 % of the voltage 60 km/h is what 80 km/h is at the full voltage.
    CHECK(near(start({.units = {free}, .resistance = {}}, {.power = 0.75}), 150 * kN, 1e-6 * N));
}

TEST_CASE("exact: a supplement stretches the time or lowers the cap, and the profile says so") {
    const Consist train = pulled_by({.starting_effort = 300 * kN, .power = 2000 * kW, .resistance = {.constant = 10000 * N}});
    const Course course = uniform(20 * km, 60 * km / h, 0);
    Workspace workspace;
    Movement movement{.from = CourseOffset{}, .to = CourseOffset{20 * km}, .caps = no_cap};
    const auto time = [&] { return std::get<Duration>(run(course, train, movement, workspace)); };
    const Duration shortest = time();
    movement.supplement = StretchedTime{0.05};
    CHECK(near(time(), 1.05 * shortest, 1e-9 * s));
    movement.supplement = LoweredCap{0.1};
    const Duration lowered = time();
    const std::array<Speed, 1> caps{54 * km / h};
    movement.supplement = {};
    movement.caps = caps;
    CHECK(near(time(), lowered, 1e-6 * s));
    movement.supplement = LoweredCap{0.1};
    CHECK(std::get<LoweredCap>(speed_profile(course, train, movement, workspace).supplement).share == 0.1);
}

TEST_CASE("law: whatever is not a number is refused by the name of its field") {
    const double nan = std::nan("");
    const Consist good = pulled_by({.starting_effort = 300 * kN, .power = 2000 * kW, .resistance = {.constant = 10000 * N}});
    const auto message = [](auto&& check_it) {
        try {
            check_it();
        } catch (const InputError& error) {
            return std::string{error.what()};
        }
        return std::string{"accepted"};
    };
    const auto begins = [](const std::string& text, const std::string& field) {
        CAPTURE(text);
        CHECK(text.rfind(field, 0) == 0);
    };
    const auto of_train = [&](auto change) {
        Consist bad = good;
        change(bad);
        return message([&] { check(bad); });
    };
    begins(of_train([&](Consist& c) { c.length = nan * m; }), "length: nan");
    begins(of_train([&](Consist& c) { c.mass = 0 * t; }), "mass: 0");
    begins(of_train([&](Consist& c) { c.rotating_mass_factor = nan; }), "rotating_mass_factor: nan");
    begins(of_train([&](Consist& c) { c.speed_limit = nan * m / s; }), "speed_limit: nan");
    begins(of_train([&](Consist& c) { c.brakes.deceleration = from_si<Acceleration>(nan); }), "brakes.deceleration: nan");
    begins(of_train([&](Consist& c) { c.brakes.build_up = nan * s; }), "brakes.build_up: nan");
    begins(of_train([&](Consist& c) { c.rung = ConstantAcceleration{from_si<Acceleration>(nan)}; }), "acceleration: nan");
    begins(of_train([&](Consist& c) { std::get<PowerAndMass>(c.rung).power = nan * W; }), "power: nan");
    begins(of_train([&](Consist& c) { std::get<PowerAndMass>(c.rung).resistance.quadratic = from_si<ForcePerSpeedSquared>(nan); }),
           "resistance.quadratic: nan");
    begins(of_train([&](Consist& c) {
               c.rung = FullCurves{.units = {{.effort = {{0 * km / h, 100 * kN}, {400 * km / h, 103 * kN}}}}, .resistance = {}};
           }),
           "units[0].effort[1].effort: 103 kN; not above");

    Course way = uniform(1 * km, 60 * km / h, 0);
    way.pieces[0].gradient = nan;
    begins(message([&] { check(way, good); }), "pieces[0].gradient: nan");
    way = uniform(1 * km, nan * km / h, 0);
    begins(message([&] { check(way, good); }), "pieces[0].limit: nan");

    way = uniform(1 * km, 60 * km / h, 0);
    const auto of_movement = [&](auto change) {
        Movement movement{.from = CourseOffset{}, .to = CourseOffset{1 * km}, .caps = no_cap};
        change(movement);
        Workspace workspace;
        return message([&] { run(way, good, movement, workspace); });
    };
    const std::array<Speed, 1> no_number{nan * m / s};
    const std::array turned{Stretch{CourseOffset{200 * m}, CourseOffset{100 * m}}};
    begins(of_movement([&](Movement& x) { x.from = CourseOffset{nan * m}; }), "movement.from: nan");
    begins(of_movement([&](Movement& x) { x.to = CourseOffset{2 * km}; }), "movement.to: 2000 m");
    begins(of_movement([&](Movement& x) { x.initial_speed = nan * m / s; }), "movement.initial_speed: nan");
    begins(of_movement([&](Movement& x) { x.final_speed = nan * m / s; }), "movement.final_speed: nan");
    begins(of_movement([&](Movement& x) { x.caps = no_number; }), "caps[0]: nan");
    begins(of_movement([&](Movement& x) { x.coasting = turned; }), "movement.coasting: 100 m");
    begins(of_movement([&](Movement& x) { x.conditions.power = nan; }), "conditions.power: nan");
    begins(of_movement([&](Movement& x) { x.conditions.resistance = -1; }), "conditions.resistance: -1");
    begins(of_movement([&](Movement& x) { x.conditions.grip = nan; }), "conditions.grip: nan");
    begins(of_movement([&](Movement& x) { x.supplement = StretchedTime{nan}; }), "supplement: nan");
    begins(of_movement([&](Movement& x) { x.supplement = LoweredCap{1}; }), "supplement: 1");
}

TEST_CASE("law: bad input is refused by field and value") {
    const Consist good = pulled_by({.starting_effort = 300 * kN, .power = 2000 * kW, .resistance = {.constant = 10000 * N}});
    Consist bad = good;
    bad.rung = PowerAndMass{.starting_effort = 300 * kN, .power = 2000 * kW, .resistance = {.constant = -5 * N}};
    CHECK_THROWS_WITH_AS(check(bad), "resistance.constant: -5 N; 0 or more", InputError);
    bad = good;
    bad.mass = 0.0 / 0.0 * kg * 0.0;
    CHECK_THROWS_AS(check(bad), InputError);
    bad = good;
    bad.speed_limit = 120 * km / h;
    bad.rung = FullCurves{.units = {{.effort = {{0 * km / h, 100 * kN}, {50 * km / h, 90 * kN}, {50 * km / h, 80 * kN}}}}, .resistance = {}};
    CHECK_THROWS_WITH_AS(
        check(bad),
        "units[0].effort[2].speed: 50 km/h; above the point before\nunits[0].effort: ends at 50 km/h; effort up to the train's limit, 120 km/h",
        InputError);
    CHECK_THROWS_WITH_AS(check(uniform(1 * km, 60 * km / h, -0.06), good),
                         "brakes.deceleration: 0.5 m/s^2 holds a fall of 53.535101 permille, but the fall at 0 m is 60 permille", Infeasible);
    const Course course = uniform(1 * km, 60 * km / h, 0);
    Workspace workspace;
    Movement movement{.from = CourseOffset{}, .to = CourseOffset{1 * km}, .caps = no_cap, .conditions = {.mass = std::nan("")}};
    CHECK_THROWS_WITH_AS(run(course, good, movement, workspace), "conditions.mass: nan; a factor above 0", InputError);
    movement.conditions = {};
    movement.caps = {};
    CHECK_THROWS_WITH_AS(run(course, good, movement, workspace), "caps: 0; one for every pace of the course, up to 0", InputError);
    movement.caps = no_cap;
    movement.initial_speed = 60 * km / h;
    movement.to = CourseOffset{100 * m};
    CHECK_THROWS_AS(run(course, good, movement, workspace), Infeasible);
}

}  // namespace train_forces_test
