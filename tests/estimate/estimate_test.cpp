#include <railwindow/core/error.hpp>
#include <railwindow/estimate/estimate.hpp>
#include <railwindow/estimate/samples.hpp>
#include <support/drawn.hpp>
#include <support/near.hpp>
#include <support/properties.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <numeric>

namespace estimate_estimate_test {

using namespace railwindow;

namespace {

std::vector<Millis> one_to(int n) {
    std::vector<Millis> values;
    for (int i = 1; i <= n; ++i) values.push_back(Millis{i});
    return values;
}

Duration width(const Estimate& estimate, std::size_t point) {
    const auto& time = estimate.timing_points[point].elapsed;
    return to_duration(time.back().value - time.front().value);
}

}  // namespace

TEST_CASE("exact: a quantile is the ceil(p n)-th smallest value") {
    CHECK(quantile_of(one_to(100), 0.05).value == Millis{5});
    CHECK(quantile_of(one_to(101), 0.05).value == Millis{6});
    CHECK(quantile_of(one_to(100), 0.5).value == Millis{50});
    CHECK(quantile_of(one_to(100), 0.07).value == Millis{7});  // 100 * 0.07 is 7.000000000000001
    CHECK(quantile_of(one_to(1), 0.95).value == Millis{1});
}

TEST_CASE("exact: its error is half the distance of the order statistics one standard deviation of the rank away") {
    // n p (1-p) = 2500, so ranks 4950 and 5050
    CHECK(quantile_of(one_to(10'000), 0.5).error == Millis{50});
    CHECK_FALSE(quantile_of(one_to(1), 0.5).error.has_value());  // too few runs to say
}

TEST_CASE("law: any number of threads gives the same bits") {
    Scenario scenario = drawn("A --30km,72-- B --30km,72-- C");
    scenario.practice[0].section_noise.value = 0.1;
    scenario.train.journey_pace.value = Uncertain<double>{Law{Normal{0, 0.1}}};
    const Model model = build(scenario);
    const Samples one = sample(model, {.runs = 3000, .threads = 1}), three = sample(model, {.runs = 3000, .threads = 3});
    for (std::size_t i = 0; i < one.points.size(); ++i) CHECK(one.points[i].arrive == three.points[i].arrive);
}

TEST_CASE("law: fewer runs are a part of more runs") {
    Scenario scenario = drawn("A --30km,72-- B");
    scenario.train.journey_pace.value = Uncertain<double>{Law{Normal{0, 0.1}}};
    const Model model = build(scenario);
    Samples many = sample(model, {.runs = 1000}), few = sample(model, {.runs = 300});
    many.points.back().arrive.resize(300);
    CHECK(many.points.back().arrive == few.points.back().arrive);
}

TEST_CASE("stat: quantiles of a known law lie within four standard errors") {
    Scenario scenario = drawn("A --30km,72-- B --30km,72-- C");
    scenario.journey.calls = {{name_of("B"), Uncertain<Duration>{Law{Uniform{0, 36'000}}}, ""}};
    const Estimate result = estimate(build(scenario), {.runs = 20'000});
    const auto& dwell = result.timing_points[2].dwell;
    REQUIRE(dwell.size() == 3);
    for (const Quantile& q : dwell) CHECK(near(to_duration(q.value), q.p * 36'000 * s, 4 * to_duration(*q.error)));
    // sqrt(0.25 / 20000) of 10 h
    CHECK(near(to_duration(*dwell[1].error), 127.3 * s, 15 * s));
}

TEST_CASE("stat: pace shared by the whole journey makes the window grow with the horizon") {
    // 960 km at 60 km/h without stops: 16 h; B lies at 8 h
    Scenario scenario = drawn("A --480km,60-- B --480km,60-- C");
    scenario.train.journey_pace.value = Uncertain<double>{Law{Normal{0, 0.06}}};
    for (LineSheet& line : scenario.networks[0].lines) {
        line.track.limit = Sourced<Speed>{200 * km / h, {}};
        line.track.operating_speed = Sourced<Uncertain<Speed>>{Uncertain<Speed>{Law{Triangular{45 / 3.6, 60 / 3.6, 75 / 3.6}}}, {}};
    }
    const Estimate result = estimate(build(scenario), {.runs = 20'000});
    const double ratio = width(result, 2) / width(result, 1);
    CHECK(ratio > 1.8);
    CHECK(ratio < 2.05);
}

TEST_CASE("exact: legs split the time into running and standing") {
    Scenario scenario = drawn("A --10km,72-- B --10km,72-- C --10km,72-- D");
    scenario.journey.calls = {{name_of("C"), Uncertain<Duration>{1 * h}, ""}};
    scenario.practice[0].stops = {{name_of("B"), StopActivity::water, Uncertain<Duration>{10 * minute}, {}}};
    const Estimate result = estimate(build(scenario), {.runs = 10});
    REQUIRE(result.legs.size() == 2);
    CHECK(result.legs[0].running[1].value == Millis{1'080'000});
    CHECK(result.legs[0].standing[1].value == Millis{600'000});
    CHECK(result.legs[0].total[1].value == Millis{1'680'000});
    CHECK(result.legs[1].total[1].value == Millis{540'000});
}

TEST_CASE("exact: a claim counts the runs that agree") {
    Scenario scenario = drawn("A --30km,72-- B --30km,72-- C");
    scenario.journey.calls = {{name_of("B"), Uncertain<Duration>{Law{Uniform{0, 7'200}}}, ""}};
    scenario.claims = {{"an hour at least", name_of("A"), name_of("C"), 3080 * s + 1 * h, {}, "test", {}}};
    const Estimate result = estimate(build(scenario), {.runs = 10'000});
    REQUIRE(result.claims.size() == 1);
    CHECK(near(result.claims[0].agreeing, 0.5, 4 * 0.005));
}

TEST_CASE("fail: questions without runs or with impossible quantiles are refused") {
    const Model model = build(drawn("A --30km,72-- B"));
    CHECK_THROWS_AS(estimate(model, {.runs = 0}), InputError);
    CHECK_THROWS_AS(estimate(model, {.runs = 10, .quantiles = {0.0}}), InputError);
    CHECK_THROWS_AS(estimate(model, {.runs = 10, .quantiles = {1.5}}), InputError);
    CHECK_THROWS_AS(estimate(model, {.runs = 10, .quantiles = {}}), InputError);
    CHECK_THROWS_AS(estimate(model, {.runs = 1'000'000'000'000}), InputError);
}

TEST_CASE("law: a progress callback can stop the work") {
    const Model model = build(drawn("A --30km,72-- B"));
    const Estimate result = estimate(model, {.runs = 100'000, .threads = 1, .progress = [](std::uint64_t, std::uint64_t) { return false; }});
    CHECK(result.stopped_early);
    CHECK(result.timing_points.empty());
}

}  // namespace estimate_estimate_test
