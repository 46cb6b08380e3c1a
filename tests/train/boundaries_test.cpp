// Courses whose pieces rise, fall or alternate, and movements that end on their boundaries.

#include <support/properties.hpp>
#include <train/random_line.hpp>

#include <railwindow/train/speed_profile.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace train_boundaries_test {

using namespace railwindow;

namespace {

/// `count` pieces whose limits rise, fall, rise and fall again, or alternate, by `shape`; some have no length.
Course boundaries(Draw& draw, int count, int shape) {
    Course course;
    for (int i = 0; i < count; ++i) {
        const double step = shape == 0 ? i : shape == 1 ? count - i : shape == 2 ? std::min(i, count - i) : i % 2;
        course.pieces.push_back({.begin = CourseOffset{course.length},
                                 .limit = (20 + 3 * step) * km / h,
                                 .gradient = draw.between(-8, 8) * permille,
                                 .pace = static_cast<std::uint32_t>(i)});
        if (draw.between(0, 1) > 0.1 || i + 1 == count) course.length += draw.between(5, 900) * m;
    }
    return course;
}

/// Runs from boundary to boundary of pieces, on every rung of the ladder; what is wrong.
const char* wrong_between_boundaries(std::uint64_t seed) {
    Draw draw{seed};
    const int count = 1 + static_cast<int>(draw.between(0, 14));
    const Course course = boundaries(draw, count, static_cast<int>(seed % 4));
    Consist consist = random_train(draw, seed % 8 < 4 ? GradientModel::strip : GradientModel::point);
    if (seed % 3 == 1) consist.rung = ConstantAcceleration{0.2 * m / s / s};
    if (seed % 3 == 2) consist.rung = ConstantSpeed{};
    const std::vector<Speed> caps(static_cast<std::size_t>(count), draw.between(30, 90) * km / h);
    std::vector<CourseOffset> places{CourseOffset{course.length}};
    for (const CoursePiece& piece : course.pieces) places.push_back(piece.begin);
    std::sort(places.begin(), places.end());
    for (std::size_t i = 0; i < places.size(); ++i)
        for (std::size_t j = i; j < places.size(); ++j) {
            // A workspace of its own, in which nothing is longer than this movement needs.
            Workspace workspace;
            const std::vector<CourseOffset> points{places.begin() + static_cast<std::ptrdiff_t>(i),
                                                   places.begin() + static_cast<std::ptrdiff_t>(j) + 1};
            std::vector<Duration> passed(points.size());
            const Stretch coasting{places[i], places[i] + 0.5 * (places[j] - places[i])};
            Movement movement{.from = places[i], .to = places[j], .caps = caps};
            if (draw.between(0, 1) < 0.2) movement.coasting = {&coasting, 1};
            const RunOutcome outcome = run(course, consist, movement, points, passed, workspace);
            if (!std::is_sorted(passed.begin(), passed.end())) return "passing times do not ascend";
            const auto* time = std::get_if<Duration>(&outcome);
            if (time && passed.back() != *time) return "the end is not passed at the end";
            // The same on a course that goes on behind its end, where the movement does not end with the last piece.
            Course longer = course;
            longer.pieces.push_back({.begin = CourseOffset{course.length}, .limit = 200 * km / h, .pace = 0});
            longer.length += 1 * km;
            Workspace other;
            const RunOutcome same = run(longer, consist, movement, points, passed, other);
            if (time && (!std::holds_alternative<Duration>(same) || std::get<Duration>(same) != *time)) return "what lies behind the end counts";
        }
    return nullptr;
}

}  // namespace

TEST_CASE("law: movements from boundary to boundary of pieces with rising, falling and alternating limits keep within their storage") {
    holds("boundaries", [](std::uint64_t seed) {
        const char* wrong = wrong_between_boundaries(seed);
        RC_ASSERT(wrong == nullptr);
    });
}

TEST_CASE("found: a movement that ended on a boundary of pieces with rising limits wrote behind its storage") {
    Course course;
    for (const double limit : {40.0, 50.0, 55.0, 60.0, 65.0}) {
        course.pieces.push_back({.begin = CourseOffset{course.length}, .limit = limit * km / h});
        course.length += 3 * km;
    }
    for (const GradientModel model : {GradientModel::strip, GradientModel::point})
        for (std::size_t last = 1; last < course.pieces.size(); ++last) {
            Draw draw{1};
            Workspace workspace;
            const Consist consist = random_train(draw, model);
            const std::array caps{1000 * km / h};
            const Movement movement{.from = CourseOffset{}, .to = course.pieces[last].begin, .caps = caps};
            Course shorter = course;
            shorter.pieces.resize(last);
            shorter.length = course.pieces[last].begin.from_begin();
            CHECK(std::get<Duration>(run(course, consist, movement, workspace)) == std::get<Duration>(run(shorter, consist, movement, workspace)));
        }
}

}  // namespace train_boundaries_test
