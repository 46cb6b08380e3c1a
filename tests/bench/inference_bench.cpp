// Sightings: three destinations and four reports, by refreshing and by weighting alone.

#include <railwindow/railwindow.hpp>

#include <benchmark/benchmark.h>

#include <stdexcept>

namespace {

using namespace railwindow;

Model seen_at_four_places() {
    Scenario scenario = load_scenario(RAILWINDOW_TEST_DIR "/../scenarios/pyongyang-vostochny-2023.yaml");
    scenario.journey.via = {Name{"rajin", {}}, Name{"ussuriysk", {}}};
    scenario.journey.regauging = StationChoice{Name{"tumangang", {}}};
    scenario.journey.to.options = {{Name{"vostochny-cosmodrome-railhead", {}}, 1}, {Name{"vladivostok", {}}, 1}, {Name{"khabarovsk-1", {}}, 1}};
    scenario.observed.resize(3);  // Khasan, the bridge, Ussuriysk
    ObservedSheet watched;
    watched.at = Name{"vladivostok", {}};
    watched.not_seen = WatchSheet{{}, {{LocalTime{2023, 9, 12, 22, 0, 0}, {}}, {}}, 0.9};
    watched.source = "nobody saw it there";
    scenario.observed.push_back(watched);
    return build(scenario);
}

void inference_destinations(benchmark::State& state) {
    const Model model = seen_at_four_places();
    InferOptions options;
    options.runs = options.most_runs = static_cast<std::uint64_t>(state.range(0));
    double effective = 0, worst = 0;
    for (auto _ : state) {
        ++options.seed;
        const Inference result = infer(model, options);
        for (const DestinationWindow& destination : result.destinations) {
            if (destination.window.point != result.destinations.front().window.point) continue;
            const std::vector<Quantile>& window = destination.window.after;
            if (window.empty() || !window.front().error || !window.back().error) throw std::runtime_error{"the window has no errors"};
            const double width = static_cast<double>((window.back().value - window.front().value).count());
            for (const Quantile& quantile : {window.front(), window.back()})
                worst = std::max(worst, static_cast<double>(quantile.error->count()) / width);
        }
        effective += result.sampling.effective;
    }
    state.counters["effective"] = effective / static_cast<double>(state.iterations());
    state.counters["worst error, share of width"] = worst;
}
BENCHMARK(inference_destinations)->Name("inference/destinations")->Arg(65536)->Unit(benchmark::kSecond)->Iterations(3)->UseRealTime();

}  // namespace
