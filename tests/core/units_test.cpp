#include <railwindow/core/offset.hpp>
#include <railwindow/core/units.hpp>
#include <support/near.hpp>

#include <doctest/doctest.h>

namespace core_units_test {

using namespace railwindow;

TEST_CASE("exact: units enter by multiplication and leave by division") {
    CHECK((60 * km / h) / (m / s) == 60.0 / 3.6);
    CHECK(near((1700 * t) * gravity, 16671.305 * kN, 1e-9 * kN));
    CHECK(near((100 * km) / (50 * km / h), 2 * h, 1e-9 * s));
    CHECK((1 * kWh) / (1 * kW) == 1 * h);
    CHECK((5 * m) / (2 * m) == 2.5);
}

TEST_CASE("exact: positions differ by lengths") {
    struct Line;
    const Offset<Line> a{8 * km}, b{5 * km};
    CHECK(a - b == 3 * km);
    CHECK(b + 3 * km == a);
    CHECK(b < a);
}

}  // namespace core_units_test
