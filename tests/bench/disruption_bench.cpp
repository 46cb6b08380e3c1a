// One replication of the journey to Vostochny: a convoy of three, full physics, with every disruption as often as the practice files say, and
// without any for comparison.

#include <railwindow/io/scenario_file.hpp>
#include <railwindow/simulation/simulate.hpp>

#include <benchmark/benchmark.h>

#include <stdexcept>

namespace {

using namespace railwindow;

Model convoy_to_vostochny(const char* disruptions) {
    const char* const convoy = "convoy={headway: 6 min, trains: {advance: {ahead: 20 min, cars: 3}, support: {behind: 15 min, cars: 10}}}";
    return build(load_scenario(RAILWINDOW_TEST_DIR "/../scenarios/pyongyang-vostochny-2023.yaml", WhatIf{{}, {convoy, disruptions}}));
}

void replication(benchmark::State& state, const char* disruptions) {
    const Model model = convoy_to_vostochny(disruptions);
    Simulator simulator{model};
    std::size_t arrived = 0;
    Millis disrupted{0};
    for (std::uint64_t run = 0; run < 200; ++run)
        for (const TrainTrace& train : simulator.run({1, run}).trains) {
            if (train.stranded) continue;
            ++arrived;
            if (train.parts.sum() != train.visits.back().arrive - train.visits.front().depart) throw std::logic_error{"parts do not add up"};
            disrupted += train.parts[TimePart::disruptions];
        }
    if (arrived < 300) throw std::logic_error{"most trains do not arrive"};
    std::uint64_t run = 1000;
    for (auto _ : state) benchmark::DoNotOptimize(simulator.run({1, run++}).main().visits.back().arrive);
    state.SetItemsProcessed(state.iterations());
    state.counters["disrupted_min_per_train"] = static_cast<double>(disrupted.count()) / 60e3 / static_cast<double>(arrived);
}

void disrupted(benchmark::State& state) {
    replication(state,
                "disruptions={restrictions: 1, signal_holds: 1, failures: 1, security_holds: 1, power_outages: 1, low_voltage: 1, closures: 1}");
}
void undisturbed(benchmark::State& state) { replication(state, "disruptions=off"); }

}  // namespace

BENCHMARK(disrupted)->Name("simulation/convoy-of-three-disrupted/vostochny-2023")->Unit(benchmark::kMicrosecond);
BENCHMARK(undisturbed)->Name("simulation/convoy-of-three-undisturbed/vostochny-2023")->Unit(benchmark::kMicrosecond);
