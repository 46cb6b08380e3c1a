// A sanitizer brings its own allocator, and goes without this test.
#include <support/sanitized.hpp>
#ifndef RAILWINDOW_SANITIZED

#include <railwindow/simulation/simulate.hpp>
#include <support/allocations.hpp>
#include <support/drawn.hpp>

#include <doctest/doctest.h>

using namespace railwindow;

TEST_CASE("law: disturbed runs allocate nothing once their storage has grown") {
    Scenario scenario = drawn("A --50km,72-- B --50km,72-- C");
    DisruptionsSheet& sheet = scenario.practice.front().disruptions.emplace();
    sheet.restrictions = {{20 * km, Uncertain<Length>{1 * km}, Uncertain<Speed>{10 * m / s}, {}}};
    sheet.signal_holds = {{30 * km, Uncertain<Duration>{5 * minute}, {}}};
    sheet.closures = {{48 * h, 100 * km, Uncertain<Duration>{5 * h}, {}}};
    const Model model = build(scenario);
    Simulator simulator{model};
    for (std::uint64_t run = 0; run < 500; ++run) simulator.run({1, run});
    const long before = allocations_so_far();
    for (std::uint64_t run = 0; run < 500; ++run) simulator.run({1, run});
    CHECK(allocations_so_far() == before);
}

#endif

namespace simulation_disruptions_allocation_test {}  // namespace simulation_disruptions_allocation_test
