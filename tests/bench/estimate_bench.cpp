// Windows out of many runs: what two threads gain, what the summary costs beside the runs, what it takes to get ready. The answer is checked
// first, then timed; the seed changes with every iteration, so that nothing can be remembered.

#include <railwindow/core/error.hpp>
#include <railwindow/estimate/samples.hpp>
#include <railwindow/io/scenario_file.hpp>

#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>

using namespace railwindow;

namespace {

Scenario journey_of_2019() { return load_scenario(RAILWINDOW_TEST_DIR "/../scenarios/pyongyang-vladivostok-2019.yaml"); }

double seconds_of(const auto& work) {
    const auto begin = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

bool same(const Samples& a, const Samples& b) {
    return std::equal(a.points.begin(), a.points.end(), b.points.begin(), b.points.end(),
                      [](const PointSamples& x, const PointSamples& y) { return x.arrive == y.arrive && x.depart == y.depart; });
}

// The time of two threads; `times_faster` is that of one thread over it, the two taking turns so that a busy machine is fair to both.
void two_threads(benchmark::State& state) {
    const Model model = build(journey_of_2019());
    const auto runs = static_cast<std::uint64_t>(state.range(0));
    if (!same(sample(model, {.runs = 2000, .threads = 1}), sample(model, {.runs = 2000, .threads = 2})))
        return state.SkipWithError("two threads give other times than one");
    double one = 0, two = 0;
    std::uint64_t seed = 1;
    for (auto _ : state) {
        const auto time = [&](unsigned threads) {
            return seconds_of([&] { benchmark::DoNotOptimize(estimate(model, {.runs = runs, .seed = seed, .threads = threads})); });
        };
        one += time(1);
        const double with_two = time(2);
        two += with_two;
        state.SetIterationTime(with_two);
        ++seed;
    }
    state.counters["times_faster"] = one / two;
}
BENCHMARK(two_threads)->Name("estimate/threads/2")->Arg(16384)->UseManualTime()->Unit(benchmark::kMillisecond);

// `of_the_runs` is its share of the time that the runs themselves take, on one thread both.
void summary(benchmark::State& state) {
    const Model model = build(journey_of_2019());
    const auto runs = static_cast<std::uint64_t>(state.range(0));
    EstimateOptions options{.runs = runs, .threads = 1};
    Samples samples;
    const double sampling = seconds_of([&] { samples = sample(model, options); });
    std::vector<std::int64_t> arrivals = samples.points.back().arrive;
    std::erase(arrivals, PointSamples::never);
    const auto median = arrivals.begin() + static_cast<std::ptrdiff_t>((arrivals.size() + 1) / 2 - 1);
    std::nth_element(arrivals.begin(), median, arrivals.end());
    const Estimate windows = summarize(model, samples, options);
    if (windows.timing_points.back().time[1].value != Millis{*median}) return state.SkipWithError("the median is another");
    double summing = 0;
    std::int64_t rounds = 0;
    for (auto _ : state) {
        for (PointSamples& point : samples.points)  // another day
            for (auto* column : {&point.arrive, &point.depart})
                for (std::int64_t& time : *column) time += time == PointSamples::never ? 0 : 86'400'000;
        const double took = seconds_of([&] { benchmark::DoNotOptimize(summarize(model, samples, options)); });
        state.SetIterationTime(took);
        summing += took;
        ++rounds;
    }
    state.counters["of_the_runs"] = summing / static_cast<double>(rounds) / sampling;
}
BENCHMARK(summary)->Name("estimate/summarize")->Arg(65536)->UseManualTime()->Unit(benchmark::kMillisecond);

void start(benchmark::State& state) {
    if (build(journey_of_2019()).alternatives.size() != 3) return state.SkipWithError("not the three places of regauging");
    for (auto _ : state) benchmark::DoNotOptimize(build(journey_of_2019()).timing_points.size());
}
BENCHMARK(start)->Name("estimate/load and build/2019")->Unit(benchmark::kMillisecond);

}  // namespace
