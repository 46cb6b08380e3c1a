// A sanitizer brings its own allocator, and goes without this test.
#include <support/sanitized.hpp>
#ifndef RAILWINDOW_SANITIZED

#include <support/allocations.hpp>
#include <train/line1200.hpp>

#include <doctest/doctest.h>

#include <vector>

namespace train_allocation_test {

using namespace railwindow;

TEST_CASE("law: a run that is not larger than the runs before it allocates nothing") {
    for (const auto effort : {line1200::Effort::hyperbola, line1200::Effort::table}) {
        const Course course = line1200::course(line1200::Semantics::strip);
        const Consist consist = line1200::consist(line1200::Semantics::strip, effort);
        std::vector<CourseOffset> points;
        for (const CoursePiece& piece : course.pieces) points.push_back(piece.begin);
        std::vector<Duration> passing(points.size());
        Workspace workspace;
        Movement movement{.from = CourseOffset{}, .to = CourseOffset{course.length}, .caps = line1200::no_cap};
        run(course, consist, movement, points, passing, workspace);
        movement.conditions = {.mass = 1.03, .power = 0.97};
        const long before = allocations_so_far();
        run(course, consist, movement, points, passing, workspace);
        CHECK(allocations_so_far() == before);
    }
}

}  // namespace train_allocation_test

#endif
