#include <support/near.hpp>
#include <train/line1200.hpp>
#include <train/midpoint.hpp>

#include <doctest/doctest.h>

namespace train_line1200_test {

using namespace railwindow;
using namespace railwindow::line1200;

namespace {

Duration time_of(Semantics semantics, Effort effort) {
    const Course way = course(semantics);
    Workspace workspace;
    return std::get<Duration>(
        run(way, consist(semantics, effort), {.from = CourseOffset{}, .to = CourseOffset{way.length}, .caps = no_cap}, workspace));
}

/// Whether line1200 comes out at `reference`; the difference is logged.
bool hits(Semantics semantics, Effort effort, Duration reference, Duration tolerance) {
    const Duration difference = time_of(semantics, effort) - reference;
    MESSAGE("off by " << difference / ms << " ms");
    return abs(difference) <= tolerance;
}

}  // namespace

TEST_CASE("golden: line1200 with the table of whole km/h") {
    // Source: midpoint integration at 0.05 m, converged to 0.001 s.
    CHECK(hits(Semantics::point, Effort::table, 88932.851 * s, 0.05 * s));
    CHECK(hits(Semantics::flat, Effort::table, 84283.485 * s, 0.05 * s));
    CHECK(hits(Semantics::strip, Effort::table, 88910.926 * s, 0.1 * s));
}

TEST_CASE("golden: line1200 with the hyperbola") {
    // Source: second computation by midpoint integration, to 0.01 s.
    CHECK(hits(Semantics::point, Effort::hyperbola, 88934.517 * s, 0.05 * s));
    CHECK(hits(Semantics::flat, Effort::hyperbola, 84283.581 * s, 0.05 * s));
    CHECK(hits(Semantics::strip, Effort::hyperbola, 88912.578 * s, 0.1 * s));
}

}  // namespace train_line1200_test
