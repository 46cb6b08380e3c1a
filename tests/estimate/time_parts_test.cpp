#include <railwindow/estimate/arrivals.hpp>
#include <railwindow/estimate/time_parts.hpp>
#include <support/drawn.hpp>
#include <support/near.hpp>

#include <doctest/doctest.h>

#include <cmath>

namespace estimate_time_parts_test {

using namespace railwindow;

namespace {

// 10 km at 72 km/h and 0.5 m/s^2: 540 s from stand to stand; a call of no to two hours.
Scenario called() {
    Scenario scenario = drawn("A --10km,72-- B --10km,72-- C");
    scenario.journey.calls = {{name_of("B"), Uncertain<Duration>{Law{Uniform{0.0, 7200.0}}}, "", {}}};
    return scenario;
}

}  // namespace

TEST_CASE("exact: parts are the running time and the stay") {
    Scenario scenario = called();
    scenario.journey.calls[0].dwell = Uncertain<Duration>{30 * minute};
    scenario.journey.calls[0].overrun = Uncertain<Duration>{7 * minute};
    const Estimate result = estimate(build(scenario), {.runs = 100});
    REQUIRE(result.time_parts.size() == 4);
    for (const TimePartsEstimate& one : result.time_parts) {
        CHECK(one.mean_seconds[static_cast<std::size_t>(TimePart::moving)] == 1080.0);
        CHECK(one.mean_seconds[static_cast<std::size_t>(TimePart::planned_stops)] == 37 * 60.0);
        CHECK(one.total_seconds() == 1080.0 + 37 * 60.0);
    }
    CHECK(result.time_parts[0].runs == 100);
    CHECK(result.time_parts[1].runs == 1);
}

TEST_CASE("stat: of the runs nearest to a quantile the stay is the law's own quantile") {
    const Model model = build(called());
    const EstimateOptions options{.runs = 20'000};
    const Samples samples = sample(model, options);
    const std::vector<TimePartsEstimate> parts = time_parts_of(model, RunsInMemory{samples}, {0.05, 0.5, 0.95});
    // The mean stay of all runs: uniform, sd 7200/sqrt(12). Of 200 neighbours: the quantile itself, known as well as its rank.
    CHECK(std::abs(parts[0].mean_seconds[1] - 3600.0) < 4 * 7200.0 / std::sqrt(12.0 * 20'000));
    for (std::size_t i = 1; i < parts.size(); ++i) {
        const double p = *parts[i].p;
        CHECK(parts[i].runs == 200);
        CHECK(std::abs(parts[i].mean_seconds[1] - 7200.0 * p) < 4 * 7200.0 * std::sqrt(p * (1 - p) / 20'000) + 7200.0 / 20'000);
        CHECK(parts[i].mean_seconds[0] == doctest::Approx(1080.0).epsilon(1e-9));
    }
}

TEST_CASE("law: the parts of every run add up to its journey, and their means to the mean") {
    const Model model = build(called());
    const EstimateOptions options{.runs = 1000};
    const Samples samples = sample(model, options);
    const auto end = arrivals(model, samples, {}), begin = departures(model, samples);
    double sum = 0;
    for (std::uint64_t run = 0; run < samples.runs; ++run) {
        CHECK(samples.parts[run].sum().count() == end[run] - begin[run]);
        sum += static_cast<double>(end[run] - begin[run]) / 1000.0;
    }
    CHECK(std::abs(time_parts_of(model, RunsInMemory{samples}, {})[0].total_seconds() - sum / 1000.0) < 1e-6);
}

TEST_CASE("exact: the run at a quantile arrives at it") {
    const Model model = build(called());
    const Samples samples = sample(model, {.runs = 999});
    const auto times = arrivals(model, samples, {});
    for (const double p : {0.001, 0.05, 0.5, 0.95, 0.999}) {
        const auto run = run_at_quantile(model, RunsInMemory{samples}, p);
        REQUIRE(run);
        CHECK(Millis{times[*run]} == quantile_of(sorted_times(times), p).value);
    }
}

}  // namespace estimate_time_parts_test
