// Sightings: three destinations and four reports, by refreshing, beside weighting alone.

#include <railwindow/inference/particles.hpp>
#include <railwindow/railwindow.hpp>
#include <railwindow/simulation/simulate.hpp>

#include <benchmark/benchmark.h>

#include <ctime>
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

double processor_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

// Processor time for one effective run of each destination by weighting the runs as they are drawn.
double cost_of_weighting(const Model& model) {
    constexpr std::size_t runs_of_batch = 1024;
    const std::vector<Report> reports = reports_of(model);
    std::vector<DrawPlaces> places;
    for (const Alternative& alternative : model.alternatives) places.push_back(places_of_draws(alternative));
    const ParticleTask task{model, reports, places, {}, 1, {}};
    Simulator simulator{model};
    std::vector<double> weights;
    const double begin = processor_seconds();
    for (std::size_t batch = 0; batch < batches; ++batch) {
        Cell cell;
        cell.batch = batch;
        draw_runs(cell, task, simulator, runs_of_batch);
        for (std::size_t row = 0; row < cell.size(); ++row) {
            double weight = 1;
            for (std::size_t i = 0; i < reports.size(); ++i) weight *= reports[i].likelihood(cell.fits[row * reports.size() + i]);
            weights.push_back(weight);
        }
    }
    return static_cast<double>(model.alternatives.size()) * (processor_seconds() - begin) / effective_size(weights);
}

// How many times cheaper an effective run is than by weighting: counted by first runs (what `infer` reports: their journey-wide draws are all that
// children keep) and by children, each of which has its own draws beyond the last report.
void inference_destinations(benchmark::State& state) {
    const Model model = seen_at_four_places();
    const double weighting = cost_of_weighting(model);
    InferOptions options;
    options.runs = options.most_runs = static_cast<std::uint64_t>(state.range(0));
    double effective = 0, children = 0, worst = 0, seconds = 0;
    for (auto _ : state) {
        ++options.seed;
        const double begin = processor_seconds();
        const Inference result = infer(model, options);
        seconds += processor_seconds() - begin;
        for (const DestinationWindow& destination : result.destinations) {
            if (destination.window.point != result.destinations.front().window.point) continue;
            const std::vector<Quantile>& window = destination.window.after;
            if (window.empty() || !window.front().error || !window.back().error) throw std::runtime_error{"the window has no errors"};
            const double width = static_cast<double>((window.back().value - window.front().value).count());
            for (const Quantile& quantile : {window.front(), window.back()})
                worst = std::max(worst, static_cast<double>(quantile.error->count()) / width);
        }
        effective += result.sampling.effective;
        children += static_cast<double>(result.sampling.replays) / 2;  // of the last of the two reports at which runs are refreshed
    }
    state.counters["effective"] = effective / static_cast<double>(state.iterations());
    state.counters["worst error, share of width"] = worst;
    state.counters["cheaper than weighting, by first runs"] = weighting / (seconds / effective);
    state.counters["cheaper than weighting, by children"] = weighting / (seconds / children);
}
BENCHMARK(inference_destinations)->Name("inference/destinations")->Arg(65536)->Unit(benchmark::kSecond)->Iterations(3)->UseRealTime();

}  // namespace
