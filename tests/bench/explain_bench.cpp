// What drives a window: twelve groups of draws and more, up to 4,096 pairs of runs each, and reports from every place. The answer is checked first.

#include <railwindow/railwindow.hpp>

#include <benchmark/benchmark.h>

#include <stdexcept>

namespace {

using namespace railwindow;

void drivers_explain(benchmark::State& state) {
    const Model model = build(load_scenario(RAILWINDOW_TEST_DIR "/../scenarios/pyongyang-vostochny-2023.yaml"));
    ExplainOptions options;
    options.pairs = static_cast<std::uint64_t>(state.range(0));
    double groups = 0, worst = 0;
    for (auto _ : state) {
        ++options.seed;
        const Explanation result = explain(model, options);
        if (result.groups.size() < 12) throw std::runtime_error{"there are fewer groups than there were"};
        double first = 0;
        for (const GroupEffect& group : result.groups) {
            first += group.effect.first.value;
            worst = std::max(worst, group.effect.total.error);
        }
        if (first > 1.2) throw std::runtime_error{"groups alone make more than the whole"};
        groups += static_cast<double>(result.groups.size());
    }
    state.counters["groups"] = groups / static_cast<double>(state.iterations());
    state.counters["worst error of a total effect"] = worst;
}
BENCHMARK(drivers_explain)->Name("drivers/explain")->Arg(4096)->Unit(benchmark::kSecond)->Iterations(3)->UseRealTime();

}  // namespace
