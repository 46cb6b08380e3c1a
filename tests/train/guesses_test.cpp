// Where a guess lies beyond what is tabulated, a balance holds to the last bit, or the least ceiling goes as another comes.

#include <train/in_time.hpp>
#include <train/line1200.hpp>
#include <train/random_line.hpp>

#include <railwindow/train/speed_profile.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <tuple>
#include <variant>

namespace train_guesses_test {

using namespace railwindow;

namespace {

constexpr double tonne = 1000;

Course course_of(double length, std::vector<std::tuple<double, double, double>> pieces) {  // m; begin in m, limit in m/s, gradient
    Course course{.length = length * m, .pieces = {}};
    for (const auto& [begin, limit, gradient] : pieces)
        course.pieces.push_back({.begin = CourseOffset{begin * m}, .limit = limit * m / s, .gradient = gradient});
    return course;
}

Movement whole(const Course& course, double initial = 0, double final_speed = 0) {
    return {.from = CourseOffset{},
            .to = CourseOffset{course.length},
            .initial_speed = initial * m / s,
            .final_speed = final_speed * m / s,
            .caps = line1200::no_cap};
}

Consist pulled(std::vector<EffortPoint> effort, const Davis& resistance, double length, double mass, double deceleration) {
    return {.length = length * m,
            .mass = from_si<Mass>(mass * tonne),
            .rotating_mass_factor = 1,
            .speed_limit = 200 * km / h,
            .brakes = {.deceleration = deceleration * m / s / s},
            .rung = FullCurves{.units = {{.effort = std::move(effort)}}, .resistance = resistance},
            .gradient_model = GradientModel::point};
}

// Time and stall as the integrator in time has them.
void check_against_time(const Course& course, const Consist& consist, const Movement& movement, double tolerance = 1e-3) {
    Workspace workspace;
    const in_time::Arrival right = in_time::Journey{course, in_time::train_of(consist)}.run(
        movement.from.from_begin() / m, movement.to.from_begin() / m, to_si(movement.initial_speed), to_si(movement.final_speed));
    const RunOutcome outcome = run(course, consist, movement, workspace);
    REQUIRE(std::holds_alternative<Duration>(outcome) == !right.stalled);
    if (right.stalled) return;
    const double seconds = std::get<Duration>(outcome) / s;
    INFO(seconds << " s, right " << right.time << " s");
    CHECK(std::abs(seconds - right.time) < tolerance * right.time + 0.01);
}

// Balances at 54 km/h or so, with a table that has corners, and resistance that grows with the square.
Consist balancing(double quadratic_of_a_car, double build_up) {
    Consist consist =
        pulled({{0 * km / h, 101.5 * kN}, {121.72 * km / h, 30.019717 * kN}, {130.25 * km / h, 22.442994 * kN}, {200 * km / h, 20.198695 * kN}},
               {.constant = 19 * kN, .quadratic = 19 * quadratic_of_a_car * N / (m / s * m / s)}, 39, 290, 0.2);
    consist.rotating_mass_factor = (100 * 1.05 + 190 * 1.02) / 290;
    consist.brakes.build_up = build_up * s;
    return consist;
}

}  // namespace

TEST_CASE("found: a limit that began in the step in which the least ceiling was released was ignored") {
    for (const double third : {10.0, 20.0}) {
        const Course course = course_of(4000, {{0, 20, 0}, {1000, 30, 0}, {1200, third, 0}});
        Draw draw{1};
        Consist consist = random_train(draw, GradientModel::point);
        consist.length = 200 * m, consist.speed_limit = 120 * km / h;
        Workspace workspace;
        for (const Breakpoint& point : speed_profile(course, consist, whole(course), workspace).breakpoints)
            if (point.at >= CourseOffset{1.2 * km}) CHECK(point.limit <= third * m / s);
        check_against_time(course, consist, whole(course));
    }
}

// The ceiling at a place is the least limit under the train, whatever the layout.
TEST_CASE("law: no train is above the least limit under it, with limits a train's length apart") {
    Draw draw{77};
    for (int i = 0; i < 400; ++i) {
        std::vector<std::tuple<double, double, double>> pieces;
        double at = 0;
        while (at < 3000) {
            pieces.emplace_back(at, 5.0 * (1 + std::floor(draw.between(0, 6))), 0.0);
            at += 50.0 * (1 + std::floor(draw.between(0, 6)));
        }
        const Course course = course_of(at, pieces);
        Consist consist = random_train(draw, i % 2 ? GradientModel::point : GradientModel::strip);
        consist.length = 50.0 * (1 + std::floor(draw.between(0, 5))) * m, consist.speed_limit = 120 * km / h;
        Workspace workspace;
        const SpeedProfile profile = speed_profile(course, consist, whole(course), workspace);
        for (std::size_t k = 0; k + 1 < profile.breakpoints.size(); ++k) {
            const double begin = profile.breakpoints[k].at.from_begin() / m, end = profile.breakpoints[k + 1].at.from_begin() / m;
            const double middle = 0.5 * (begin + end), tail = middle - consist.length / m;
            double least = to_si(consist.speed_limit);
            for (std::size_t p = 0; p < pieces.size(); ++p) {
                const double piece_end = p + 1 < pieces.size() ? std::get<0>(pieces[p + 1]) : at;
                if (std::get<0>(pieces[p]) < middle && piece_end > tail) least = std::min(least, std::get<1>(pieces[p]));
            }
            INFO("layout " << i << ", " << begin << " to " << end << " m");
            CHECK(profile.breakpoints[k].limit / (m / s) <= least * (1 + 1e-9));
        }
    }
}

TEST_CASE("found: guesses of energy beyond the table were read behind its end") {
    // Braked to a balance behind the brake's own reach.
    const Course climb = course_of(670, {{0, 20, (0.3 + 0.3 * 1.0001) / 9.80665}, {300, 20, 0}});
    const Consist heavy = pulled({{0 * km / h, 600 * kN}, {144 * km / h, 0 * kN}}, {}, 900, 1000, 0.3);
    check_against_time(climb, heavy, whole(climb, 20));
    // Onto a fall and off it again, at a ceiling of 15 m/s.
    for (const auto& [before, behind, constant, v] : {std::tuple{-0.03, 0.03, 45.0, 14.9}, std::tuple{0.0, -0.05, 65.0, 14.99}}) {
        Consist strip = pulled({{0 * km / h, 45 * kN}, {144 * km / h, 45 * kN}}, {.constant = constant * kN}, 900, 2320, 0.5);
        strip.rotating_mass_factor = 1.06;
        strip.gradient_model = GradientModel::strip;
        const Course sag = course_of(6000, {{0, 15, before}, {3000, 15, behind}});
        Movement movement = whole(sag, v, 15);
        movement.from = CourseOffset{3 * km}, movement.to = CourseOffset{3.9 * km};
        check_against_time(sag, strip, movement);
    }
}

TEST_CASE("found: at a balance to the last bit a train ran through its stop") {
    {
        const Course course = course_of(320, {{0, 10 / 3.6, 0}, {300, 5 / 3.6, 0}});
        Workspace workspace;
        CHECK(speed_profile(course, balancing(10000, 0), whole(course), workspace).breakpoints.back().speed == 0 * m / s);
        check_against_time(course, balancing(10000, 0), whole(course));
    }
    for (const double build_up : {0.0, 4.0})
        for (double first = 15; first <= 75; first += 3.137) {
            const Course course = course_of(1000 * first + 1500, {{0, 20, 0}, {1000 * first, 15, 0}});
            Workspace workspace;
            INFO("limit changes at " << first << " km, brakes take " << build_up << " s");
            CHECK(speed_profile(course, balancing(12.75, build_up), whole(course), workspace).breakpoints.back().speed == 0 * m / s);
            check_against_time(course, balancing(12.75, build_up), whole(course));
        }
}

TEST_CASE("found: at a settled balance, or below standstill, times were no numbers") {
    const Course late = course_of(5407.69, {{0, 20, 0}, {3878.06, 15, 0}});
    check_against_time(late, balancing(90.99903145575074, 4), whole(late));
    const Consist crawling =
        pulled({{0 * km / h, 100 * kN}, {144 * km / h, 100 * kN}}, {.quadratic = 9 * 55555.55556 * N / (m / s * m / s)}, 200, 1000, 0.3);
    for (const double behind : {93.3, 93.4, 93.5, 94.6, 95.0, 95.3}) {
        const Course course = course_of(120, {{0, 10, 0}, {90, 10, 0.0102481479}, {behind, 10, 0}});
        INFO("the grade ends at " << behind << " m");
        check_against_time(course, crawling, whole(course), 0.02);  // it all but stalls: the least error of its energy is seconds
    }
}

TEST_CASE("found: a train too heavy to start, with a corner of its effort near standstill, was no stall but a bug") {
    Draw draw{1};
    Consist consist = random_train(draw, GradientModel::point);
    consist.mass = 640 * railwindow::t;
    consist.rung = PowerAndMass{.starting_effort = 40 * kN, .power = 40 * kW, .resistance = {.constant = 5 * kN}};
    const Course course = course_of(1000, {{0, 20, 0.04}});
    Workspace workspace;
    const RunOutcome outcome = run(course, consist, whole(course), workspace);
    REQUIRE(std::holds_alternative<Stall>(outcome));
    CHECK(std::get<Stall>(outcome).at == CourseOffset{});
}

}  // namespace train_guesses_test
