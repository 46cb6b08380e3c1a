// A run is a function of the model and its noise: not of what its simulator has run before.

#include <railwindow/io/scenario_file.hpp>
#include <railwindow/simulation/simulate.hpp>
#include <support/files.hpp>

#include <doctest/doctest.h>

#include <vector>

namespace simulation_any_order_test {

using namespace railwindow;

namespace {

// All times of all trains, one after the other.
std::vector<std::int64_t> times_of(const Trace& trace) {
    std::vector<std::int64_t> times;
    for (const TrainTrace& train : trace.trains)
        for (const VisitTimes& visit : train.visits)
            times.insert(times.end(), {visit.arrive.time_since_epoch().count(), visit.depart.time_since_epoch().count(), visit.moving.count()});
    return times;
}

}  // namespace

TEST_CASE("found: 2026-11-30 a run is the same whatever was run before it, in every scenario") {
    constexpr std::uint64_t runs = 300;
    for (const std::string& file : committed_yaml("scenarios")) {
        CAPTURE(file);
        const Model model = build(load_scenario(file));
        Simulator forwards{model}, backwards{model}, far{model};
        std::vector<std::vector<std::int64_t>> first;
        for (std::uint64_t run = 0; run < runs; ++run) first.push_back(times_of(forwards.run({3, run})));
        std::uint64_t other = 0;
        for (std::uint64_t run = runs; run-- > 0;) other += times_of(backwards.run({3, run})) != first[run];
        CHECK(other == 0);
        // After runs of another seed, too.
        for (std::uint64_t run = 0; run < runs; run += 7) {
            far.run({4, run});
            other += times_of(far.run({3, run})) != first[run];
        }
        CHECK(other == 0);
    }
}

}  // namespace simulation_any_order_test
