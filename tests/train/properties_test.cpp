#include <railwindow/core/error.hpp>
#include <railwindow/train/speed_profile.hpp>
#include <support/near.hpp>
#include <support/properties.hpp>
#include <train/random_line.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <vector>

namespace train_properties_test {

using namespace railwindow;

namespace {

const std::array<Speed, 1> no_cap{1000 * km / h};

/// Seconds from end to end; infinite where the train stalls.
double seconds(const Course& course, const Consist& consist, const Conditions& conditions = {}) {
    static thread_local Workspace workspace;
    const RunOutcome outcome =
        run(course, consist, {.from = CourseOffset{}, .to = CourseOffset{course.length}, .caps = no_cap, .conditions = conditions}, workspace);
    const auto* total = std::get_if<Duration>(&outcome);
    return total ? *total / s : std::numeric_limits<double>::infinity();
}

struct Case {
    Course course;
    Consist consist;
};
Case drawn(std::uint64_t seed, double steepest = 12) {
    Draw draw{seed};
    Course course = random_course(draw, 12, steepest);
    const GradientModel model = draw.between(0, 1) < 0.5 ? GradientModel::point : GradientModel::strip;
    return {std::move(course), random_train(draw, model)};
}

PowerAndMass& forces(Consist& consist) { return std::get<PowerAndMass>(consist.rung); }

// The kernel's own error is below 5 ms on such lines ("exact: random trains on random lines ...").
constexpr double slack = 0.01;

}  // namespace

TEST_CASE("law: a higher limit never makes a train later") {
    holds("limits", [](std::uint64_t seed) {
        Case c = drawn(seed);
        const double before = seconds(c.course, c.consist);
        c.course.pieces[seed % c.course.pieces.size()].limit = c.course.pieces[seed % c.course.pieces.size()].limit * 1.3;
        RC_ASSERT(seconds(c.course, c.consist) <= before + slack);
    });
}

TEST_CASE("law: more power never makes a train later, more mass never earlier on a line that nowhere falls") {
    holds("power", [](std::uint64_t seed) {
        const Case c = drawn(seed, 16);
        RC_ASSERT(seconds(c.course, c.consist, {.power = 1.1}) <= seconds(c.course, c.consist) + slack);
    });
    holds("mass", [](std::uint64_t seed) {
        Case c = drawn(seed, 8);
        for (CoursePiece& piece : c.course.pieces) piece.gradient = std::abs(piece.gradient);
        RC_ASSERT(seconds(c.course, c.consist, {.mass = 1.1}) >= seconds(c.course, c.consist) - slack);
    });
}

TEST_CASE("law: the result's sensitivity to each parameter has the right sign") {
    // Idea: ISO 24675-1, verification of running-time calculation.
    holds("signs", [](std::uint64_t seed) {
        const Case c = drawn(seed, 6);
        const double before = seconds(c.course, c.consist);
        const auto changed = [&](auto change) {
            Consist other = c.consist;
            change(other);
            return seconds(c.course, other) - before;
        };
        RC_ASSERT(seconds(c.course, c.consist, {.resistance = 1.2}) >= before - slack);
        RC_ASSERT(changed([](Consist& x) { forces(x).starting_effort = forces(x).starting_effort * 1.2; }) <= slack);
        RC_ASSERT(changed([](Consist& x) { x.brakes.deceleration = x.brakes.deceleration * 1.2; }) <= slack);
        RC_ASSERT(changed([](Consist& x) { x.brakes.build_up = 5 * s; }) >= -slack);
        RC_ASSERT(changed([](Consist& x) { x.speed_limit = x.speed_limit * 0.9; }) >= -slack);
        RC_ASSERT(changed([](Consist& x) {
                      x.gradient_model = GradientModel::point;
                      x.length = x.length * 1.2;
                  }) >= changed([](Consist& x) { x.gradient_model = GradientModel::point; }) - slack);
    });
}

TEST_CASE("law: splitting a piece, repeating it or a piece without length changes nothing") {
    holds("splitting", [](std::uint64_t seed) {
        Case c = drawn(seed);
        const double before = seconds(c.course, c.consist);
        const std::size_t i = seed % (c.course.pieces.size() - 1);
        CoursePiece second = c.course.pieces[i];
        second.begin = second.begin + (c.course.pieces[i + 1].begin - second.begin) * 0.37;
        CoursePiece empty = c.course.pieces[i + 1];
        empty.limit = 1 * km / h;
        c.course.pieces.insert(c.course.pieces.begin() + static_cast<std::ptrdiff_t>(i) + 1, {second, second, empty});
        RC_ASSERT(std::abs(seconds(c.course, c.consist) - before) < 1e-5 || (std::isinf(before) && std::isinf(seconds(c.course, c.consist))));
    });
}

TEST_CASE("law: a level run with equal acceleration and braking takes as long in reverse") {
    holds("reversing", [](std::uint64_t seed) {
        Case c = drawn(seed, 0);
        c.consist.rung = ConstantAcceleration{c.consist.brakes.deceleration};
        Course back;
        for (std::size_t i = c.course.pieces.size(); i-- > 0;) {
            const CourseOffset end = i + 1 < c.course.pieces.size() ? c.course.pieces[i + 1].begin : CourseOffset{c.course.length};
            back.pieces.push_back({.begin = CourseOffset{back.length}, .limit = c.course.pieces[i].limit});
            back.length += end - c.course.pieces[i].begin;
        }
        c.consist.length = 1 * mm;
        // What the head holds over a millimetre more in one direction than in the other.
        RC_ASSERT(std::abs(seconds(c.course, c.consist) - seconds(back, c.consist)) < 0.01);
    });
}

TEST_CASE("law: stopping on the way and passing on at the same speed agree with one run") {
    holds("legs", [](std::uint64_t seed) {
        const Case c = drawn(seed, 5);
        Workspace workspace;
        const SpeedProfile whole =
            speed_profile(c.course, c.consist, {.from = CourseOffset{}, .to = CourseOffset{c.course.length}, .caps = no_cap}, workspace);
        RC_PRE(!whole.stall);
        const Breakpoint& middle = whole.breakpoints[whole.breakpoints.size() / 2];
        const RunOutcome rest = run(
            c.course, c.consist, {.from = middle.at, .to = CourseOffset{c.course.length}, .initial_speed = middle.speed, .caps = no_cap}, workspace);
        RC_ASSERT(near(std::get<Duration>(rest), whole.running_time() - middle.time, 10 * ms));
    });
}

TEST_CASE("law: a movement from an interpolated state of a run takes what is left, with at most the greatest initial speed") {
    holds("going on", [](std::uint64_t seed) {
        const Case c = drawn(seed, 5);
        Workspace workspace;
        Movement movement{.from = CourseOffset{}, .to = CourseOffset{c.course.length}, .caps = no_cap};
        const SpeedProfile whole = speed_profile(c.course, c.consist, movement, workspace);
        RC_PRE(!whole.stall);
        Draw draw{seed + 1};
        const Breakpoint now = state_at(whole, draw.between(0, 1) * whole.running_time());
        const Breakpoint there = state_at(whole, now.at);
        RC_ASSERT(near(there.time, now.time, 1 * ms));
        RC_ASSERT(near(there.speed, now.speed, 1e-3 * m / s));
        movement.from = now.at;
        const Speed greatest = greatest_initial_speed(c.course, c.consist, movement, workspace);
        RC_ASSERT(now.speed <= greatest + 0.01 * m / s);
        movement.initial_speed = std::min(now.speed, greatest);
        RC_ASSERT(near(std::get<Duration>(run(c.course, c.consist, movement, workspace)), whole.running_time() - now.time, 0.5 * s));
        movement.initial_speed = greatest;
        run(c.course, c.consist, movement, workspace);
        movement.initial_speed = (1 + 1e-9) * greatest;
        if (greatest > 0 * m / s) RC_ASSERT_THROWS_AS(run(c.course, c.consist, movement, workspace), Infeasible);
    });
}

TEST_CASE("law: trains that take turns in one workspace get the bits of a workspace of their own") {
    std::vector<Case> cases;
    for (std::uint64_t seed = 0; seed < 6; ++seed) cases.push_back(drawn(seed, 8));
    Workspace shared;
    for (int turn = 0; turn < 30; ++turn) {
        const Case& c = cases[static_cast<std::size_t>(turn * turn) % cases.size()];
        const std::array coasting{Stretch{CourseOffset{0.3 * c.course.length}, CourseOffset{0.4 * c.course.length}}};
        Movement movement{.from = CourseOffset{}, .to = CourseOffset{c.course.length}, .caps = no_cap};
        movement.conditions.mass = 1 + 0.01 * (turn % 3);
        if (turn % 4 == 1) movement.coasting = coasting;
        Workspace own;
        const RunOutcome alone = run(c.course, c.consist, movement, own), together = run(c.course, c.consist, movement, shared);
        REQUIRE(alone.index() == together.index());
        if (const auto* time = std::get_if<Duration>(&alone)) CHECK(*time == std::get<Duration>(together));
    }
}

TEST_CASE("law: a profile read at a place tells when the run passes it") {
    holds("reading", [](std::uint64_t seed) {
        const Case c = drawn(seed, 5);
        Workspace workspace;
        const Movement movement{.from = CourseOffset{}, .to = CourseOffset{c.course.length}, .caps = no_cap};
        const SpeedProfile profile = speed_profile(c.course, c.consist, movement, workspace);
        RC_PRE(!profile.stall);
        Draw draw{seed + 2};
        const std::array place{CourseOffset{draw.between(0, 1) * c.course.length}};
        std::array<Duration, 1> passed{};
        run(c.course, c.consist, movement, place, passed, workspace);
        RC_ASSERT(near(state_at(profile, place[0]).time, passed[0], 50 * ms));
    });
}

TEST_CASE("law: passing times ascend, and the same run gives the same bits in any workspace") {
    holds("passing", [](std::uint64_t seed) {
        const Case c = drawn(seed, 8);
        std::vector<CourseOffset> points;
        for (const CoursePiece& piece : c.course.pieces) points.push_back(piece.begin);
        std::vector<Duration> first(points.size()), second(points.size());
        Workspace fresh, used;
        seconds(c.course, c.consist);
        const Movement movement{.from = CourseOffset{}, .to = CourseOffset{c.course.length}, .caps = no_cap};
        const Case other = drawn(seed + 1);
        run(other.course, other.consist, {.from = CourseOffset{}, .to = CourseOffset{other.course.length}, .caps = no_cap}, used);
        run(c.course, c.consist, movement, points, first, fresh);
        run(c.course, c.consist, movement, points, second, used);
        RC_ASSERT(std::is_sorted(first.begin(), first.end()));
        RC_ASSERT(first == second);
    });
}

namespace {

/// How a profile is wrong, if it is.
const char* wrong_with_profile(std::uint64_t seed) {
    const Case c = drawn(seed, 8);
    Workspace workspace;
    const SpeedProfile profile =
        speed_profile(c.course, c.consist, {.from = CourseOffset{}, .to = CourseOffset{c.course.length}, .caps = no_cap}, workspace);
    if (!profile.stall && profile.running_time() != seconds(c.course, c.consist) * s) return "time is not that of the run";
    // Traction's work by the trapezoid of its force against the balance that the profile keeps.
    double work = 0;
    const auto& rung = std::get<PowerAndMass>(c.consist.rung);
    for (std::size_t i = 0; i + 1 < profile.breakpoints.size(); ++i) {
        const Breakpoint& a = profile.breakpoints[i];
        const Breakpoint& b = profile.breakpoints[i + 1];
        if (!(a.speed <= a.limit * (1 + 1e-12))) return "faster than the limit";
        if (!(b.time >= a.time)) return "time goes backwards";
        if (a.mode == DrivingMode::accelerating || a.mode == DrivingMode::diminishing) {
            const auto force = [&](Speed v) { return std::min(to_si(rung.starting_effort), to_si(rung.power) / std::max(to_si(v), 1e-3)); };
            work += 0.5 * (force(a.speed) + force(b.speed)) * to_si(b.at - a.at);
        } else {
            work += (b.energy - a.energy) / J;
        }
    }
    return std::abs(work / (profile.energy() / J) - 1) < 2e-3 ? nullptr : "its energy is not the work of its forces";
}

}  // namespace

TEST_CASE("law: in a profile speed keeps the limit, energy balances and time is that of the run") {
    holds("profile", [](std::uint64_t seed) {
        const char* wrong = wrong_with_profile(seed);
        RC_ASSERT(wrong == nullptr);
    });
}

TEST_CASE("found: a brake was met below its speed, or a little above the limit") {
    for (const std::uint64_t seed : {8ull, 146ull, 392202628ull, 200301699342ull, 22363111364837ull, 29303290713181ull}) {
        const char* wrong = wrong_with_profile(seed);
        CHECK_MESSAGE(wrong == nullptr, "seed " << seed << ": " << wrong);
    }
}

}  // namespace train_properties_test
