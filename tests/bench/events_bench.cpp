// What an event costs: three trains that keep their headway over a line of a thousand stations, and stops full of activities. The
// trains run at constant speed, so that little of the time is physics.

#include <railwindow/simulation/simulate.hpp>
#include <railwindow/simulation/state.hpp>
#include <support/drawn.hpp>

#include <benchmark/benchmark.h>

#include <stdexcept>

namespace {

using namespace railwindow;

Scenario long_line(int stations) {
    std::string drawing = "S0";
    for (int i = 1; i < stations; ++i) drawing += " --5km,72-- S" + std::to_string(i);
    Scenario scenario = drawn(drawing);
    scenario.train.dynamics = {};
    scenario.train.dynamics.constant_speed = true;
    return scenario;
}

ConvoyTrainSheet behind(const char* name, Duration gap) {
    ConvoyTrainSheet sheet;
    sheet.name = name_of(name);
    sheet.behind = Uncertain<Duration>{gap};
    return sheet;
}

Millis whole(const TrainTrace& train) { return train.visits.back().arrive - train.visits.front().depart; }

void run_events(benchmark::State& bench, const Scenario& scenario, Millis expected) {
    const Model model = build(scenario);
    Simulator simulator{model};
    std::uint64_t run = 0, events = 0;
    State state = simulator.begin({1, run});
    simulator.advance(state, Instant::max());
    if (whole(state.trace.main()) != expected) throw std::logic_error{"the answer is wrong"};
    for (auto _ : bench) {
        simulator.begin_again(state, {1, ++run});
        simulator.advance(state, Instant::max());
        events += state.agenda.added();
        benchmark::DoNotOptimize(state.trace.main().visits.back());
    }
    bench.SetItemsProcessed(static_cast<std::int64_t>(events));
    bench.counters["events_per_run"] = static_cast<double>(events) / static_cast<double>(run);
}

void convoy(benchmark::State& bench) {
    Scenario scenario = long_line(1001);
    scenario.convoy = ConvoySheet{5 * minute, {behind("second", 6 * minute), behind("third", 12 * minute)}, {}};
    run_events(bench, scenario, Millis{250'000 * 1000});  // 5,000 km at 72 km/h
}

void stops(benchmark::State& bench) {
    Scenario scenario = long_line(101);
    for (int i = 1; i < 100; ++i)
        for (const StopActivity what :
             {StopActivity::locomotive_change, StopActivity::crew_change, StopActivity::water, StopActivity::inspection, StopActivity::waiting})
            scenario.practice[0].stops.push_back({name_of("S" + std::to_string(i)), what, Uncertain<Duration>{10 * minute}, {}});
    run_events(bench, scenario, Millis{25'000 * 1000 + 99 * 600'000});
}

}  // namespace

BENCHMARK(convoy)->Name("simulation/events/convoy_of_three_1000_stations");
BENCHMARK(stops)->Name("simulation/events/99_stops_of_five_activities");
