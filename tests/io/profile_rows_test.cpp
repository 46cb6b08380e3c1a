// How many rows a profile may have.

#include <railwindow/io/write_profile.hpp>

#include <doctest/doctest.h>

namespace io_profile_rows_test {

using namespace railwindow;

TEST_CASE("found: a movement from a place to the same has no rows, and is counted with none") {
    ProfiledRun run;
    run.movements.push_back({0, 1, {}, {}, {}, SpeedProfile{}});
    CHECK_NOTHROW(check_rows(run, ProfileStep{100 * m}));
    CHECK_NOTHROW(check_rows(run, ProfileStep{1 * s}));
}

}  // namespace io_profile_rows_test
