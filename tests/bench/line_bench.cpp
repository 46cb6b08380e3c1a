// Trains on one line. The answer is checked first: all arrive. The traffic shifts by the iteration, so that nothing can be remembered.

#include <railwindow/io/scenario_file.hpp>
#include <railwindow/simulation/shared_line.hpp>
#include <railwindow/simulation/simulate.hpp>

#include <benchmark/benchmark.h>

#include <algorithm>

using namespace railwindow;

namespace {

/// 300 km, a loop every `spacing` km, 50 km/h, and `per_hour` trains an hour each way for two days.
void single_track(benchmark::State& state) {
    using std::chrono::minutes;
    const auto spacing = static_cast<int>(state.range(0)), every = static_cast<int>(state.range(1));
    const std::size_t sections = static_cast<std::size_t>(300 / spacing);
    SharedLine line{std::vector<LineStation>(sections + 1, {.tracks = 3, .usable = 850 * m}), std::vector<LineSection>(sections)};
    std::vector<TrainSort> sorts(2);
    for (std::size_t i = 0; i < 2; ++i) {
        sorts[i].length = 400 * m;
        sorts[i].priority = static_cast<int>(i);
        for (auto& running : sorts[i].running)
            running.assign(sections, to_millis(static_cast<double>(spacing) * km / (i == 0 ? 45.0 * km / h : 60.0 * km / h)));
        for (auto& dwell : sorts[i].dwell) dwell.assign(sections + 1, Millis{0});
    }
    std::vector<LineTrain> trains;
    for (int at = 0; at < 48 * 60; at += every)
        for (const Way way : {Way::up, Way::down})
            trains.push_back(
                {trains.size() % 6 < 2 ? 1U : 0U, way, way == Way::up ? 0 : sections, way == Way::up ? sections : 0, Instant{minutes{at}}});
    if (!fault(line, sorts, trains).empty()) return state.SkipWithError("the line or its traffic is wrong");
    LineWorking working;
    const std::vector<LineTrain> timetable = trains;
    std::uint64_t events = 0, step = 0, runs = 0;
    for (auto _ : state) {
        ++step;
        for (std::size_t i = 0; i < trains.size(); ++i) trains[i].enters = timetable[i].enters + Millis{(step * 7919 + i * 104729) % 600000};
        const LineRecord& record = working.run(line, sorts, trains);
        if (std::any_of(record.arrival.begin(), record.arrival.end(), [](Instant at) { return at == Instant{}; }))
            return state.SkipWithError("a train does not arrive");
        events += record.events, ++runs;
    }
    state.counters["events_per_run"] = static_cast<double>(events) / static_cast<double>(runs);
    state.counters["events_per_second"] = benchmark::Counter(static_cast<double>(events), benchmark::Counter::kIsRate);
    state.counters["time_per_event"] = benchmark::Counter(static_cast<double>(events), benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}
// Spacing of loops in km, minutes between two trains of one direction.
BENCHMARK(single_track)->Name("simulation/line/300km")->Args({10, 60})->Args({5, 60})->Args({10, 120});

/// One replication from Khasan to Baranovsky, without and with ordinary trains.
void replication(benchmark::State& state) {
    Scenario scenario = load_scenario(RAILWINDOW_TEST_DIR "/../scenarios/khasan-line-shared.yaml");
    scenario.traffic->running = state.range(0) > 0;
    scenario.traffic->scale = static_cast<double>(state.range(0));
    scenario.traffic->rank = Rank::equal;
    const Model model = build(scenario);
    Simulator simulator{model};
    std::uint64_t run = 0;
    std::size_t trains = 0;
    for (auto _ : state) {
        const Trace& trace = simulator.run({1, run++});
        if (trace.main().parts.sum() <= Millis{0}) return state.SkipWithError("the train does not arrive");
        for (const LineTraffic& line : trace.lines) trains += line.trains;
    }
    if (state.range(0) > 0 && trains == 0) return state.SkipWithError("there are no ordinary trains");
    state.counters["ordinary_trains"] = static_cast<double>(trains) / static_cast<double>(run);
}
// Factor on the trains per day.
BENCHMARK(replication)->Name("simulation/shared/khasan")->Arg(0)->Arg(1)->Arg(3);

}  // namespace
