#include <railwindow/estimate/densest_set.hpp>
#include <railwindow/estimate/precision.hpp>
#include <support/drawn.hpp>
#include <support/near.hpp>

#include <doctest/doctest.h>

namespace estimate_precision_test {

using namespace railwindow;

namespace {

Model uncertain(double deviation) {
    Scenario scenario = drawn("A --30km,60-- B");
    scenario.train.journey_pace.value = Uncertain<double>{Law{Normal{0, deviation}}};
    return build(scenario);
}

// Normal quantiles around each of `middles`, in minutes.
std::vector<Millis> groups(const std::vector<double>& middles, int each) {
    std::vector<Millis> times;
    for (const double middle : middles)
        for (int i = 0; i < each; ++i) times.push_back(to_millis((middle + 10 * standard_normal_quantile((i + 0.5) / each)) * minute));
    std::sort(times.begin(), times.end());
    return times;
}

}  // namespace

TEST_CASE("law: samples in two parts are the samples of one call") {
    const Model model = uncertain(0.1);
    Samples parts = sample(model, {.runs = 700});
    extend(parts, model, {.runs = 3000});
    const Samples whole = sample(model, {.runs = 3000});
    CHECK(parts.runs == 3000);
    CHECK(parts.points.back().arrive == whole.points.back().arrive);
}

TEST_CASE("law: runs go on until the precision holds, the same number on any threads") {
    const Model model = uncertain(0.2);
    EstimateOptions options{.runs = 1000, .threads = 1, .precision = Precision{.error = Millis{5'000}}};
    const Estimate one = estimate(model, options);
    options.threads = 3;
    const Estimate three = estimate(model, options);
    REQUIRE(one.precision);
    CHECK(one.precision->reached());
    CHECK(*one.precision->found <= Millis{5'000});
    CHECK(one.runs > 1000);
    CHECK(one.runs == three.runs);
    CHECK(one.timing_points.back().time.front().value == three.timing_points.back().time.front().value);
}

TEST_CASE("law: where the most runs are too few it ends and says so") {
    const Estimate result = estimate(uncertain(0.2), {.runs = 500, .precision = Precision{.most_runs = 2000, .error = Millis{10}}});
    REQUIRE(result.precision);
    CHECK(result.runs == 2000);
    CHECK_FALSE(result.precision->reached());
}

TEST_CASE("law: by default the errors of P5 and P95 are below 0.5 % of their distance") {
    const Estimate result = estimate(uncertain(0.2), {.runs = 4096, .precision = Precision{}});
    const auto& time = result.timing_points.back().time;
    const Duration width = to_duration(time.back().value - time.front().value);
    CHECK(result.precision->reached());
    CHECK(to_duration(*time.front().error) <= 0.005 * width);
    CHECK(to_duration(*time.back().error) <= 0.005 * width);
}

TEST_CASE("law: a journey without chance is precise at once") {
    const Estimate result = estimate(build(drawn("A --30km,60-- B")), {.runs = 1000, .precision = Precision{.error = Millis{1}}});
    CHECK(result.runs == 1000);
    CHECK(result.precision->reached());
}

TEST_CASE("exact: the densest set of two groups is two intervals; of one hump there is nothing to say") {
    const auto densest = [](const std::vector<Millis>& times) {
        Samples samples;
        samples.runs = times.size();
        samples.points.resize(1);
        for (const Millis time : times) samples.points[0].arrive.push_back(time.count());
        Questions questions;
        std::vector<TimeSpan> set;
        const Measure arrivals = by_row([](const Samples& in, std::uint64_t row) { return in.points[0].arrive[row]; });
        questions.ask(quantile_request(arrivals, levels_of_densest_set()),
                      [&](const Ranked& known) { ask_densest_set(questions, arrivals, known, samples.runs, 0.9, set); });
        questions.answer(RunsInMemory{samples}, 2);
        return set;
    };
    const std::vector<Millis> two = groups({0, 120}, 20'000), one = groups({0}, 40'000);
    const std::vector<TimeSpan> apart = densest(two);
    REQUIRE(apart.size() == 2);
    // Each group gives 90 % of its own: 1.645 standard deviations of 10 min on both sides.
    for (const auto& [span, middle] : {std::pair{apart[0], 0.0}, std::pair{apart[1], 120.0}}) {
        CHECK(near(to_duration(span.low), (middle - 16.45) * minute, 1 * minute));
        CHECK(near(to_duration(span.high), (middle + 16.45) * minute, 1 * minute));
    }
    std::size_t held = 0;
    for (const Millis time : two)
        for (const TimeSpan& span : apart) held += time >= span.low && time <= span.high ? 1 : 0;
    CHECK(held == 36'000);
    CHECK(densest(one).empty());
}

}  // namespace estimate_precision_test
