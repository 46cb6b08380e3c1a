// Counts allocations. A sanitizer brings its own allocator, and goes without this test.
#ifndef __SANITIZE_ADDRESS__

#include <support/allocations.hpp>
#include <train/line1200.hpp>

#include <doctest/doctest.h>

#include <atomic>
#include <cstdlib>
#include <new>
#include <vector>

namespace {
std::atomic<long> allocations{0};
}

void* operator new(std::size_t size) {
    ++allocations;
    if (void* place = std::malloc(size)) return place;
    throw std::bad_alloc{};
}
void operator delete(void* place) noexcept { std::free(place); }
void operator delete(void* place, std::size_t) noexcept { std::free(place); }

namespace railwindow {
long allocations_so_far() { return allocations; }
}  // namespace railwindow

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
        const long before = allocations;
        run(course, consist, movement, points, passing, workspace);
        CHECK(allocations == before);
    }
}

#endif
