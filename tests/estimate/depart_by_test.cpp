#include <railwindow/core/error.hpp>
#include <railwindow/estimate/depart_by.hpp>
#include <support/drawn.hpp>
#include <support/near.hpp>

#include <doctest/doctest.h>

#include <cmath>

namespace estimate_depart_by_test {

using namespace railwindow;

namespace {

DepartByOptions by(const LocalTime& time, std::uint64_t runs = 2'000) {
    DepartByOptions options;
    options.arrive_by = {{time, {}}, {}};
    options.runs = runs;
    return options;
}

Instant utc(int day, int hour, int minute) {
    return Instant{std::chrono::sys_days{std::chrono::year{2020} / 1 / day} + std::chrono::hours{hour} + std::chrono::minutes{minute}};
}

}  // namespace

TEST_CASE("exact: without chance the latest minute is the deadline less the running time") {
    // 60 km at 20 m/s: 3000 s, and 20 s each for starting and stopping at 0.5 m/s^2: 3040 s = 50 min 40 s
    const DepartBy result = depart_by(build(drawn("A --60km,72-- B")), by({2020, 1, 3, 12, 0, 0}));
    CHECK(result.latest.depart == utc(3, 11, 9));
    CHECK(result.latest.in_time.value == 1);
    CHECK(result.minute_later.depart == utc(3, 11, 10));
    CHECK(result.minute_later.in_time.value == 0);
    CHECK(result.arriving == 1);
}

TEST_CASE("exact: it counts at the station that is asked about") {
    DepartByOptions options = by({2020, 1, 3, 12, 0, 0});
    options.at = name_of("B");
    const Model model = build(drawn("A --60km,72-- B --60km,72-- C"), {TimingPoints::all, {}});
    // passing B at speed: 3020 s
    CHECK(depart_by(model, options).latest.depart == utc(3, 11, 9));
    options.at = name_of("C");
    CHECK(depart_by(model, options).latest.depart == utc(3, 10, 19));
}

TEST_CASE("stat: a stay of known law gives its quantile as the margin") {
    Scenario scenario = drawn("A --30km,72-- B --30km,72-- C");
    scenario.journey.calls = {{name_of("B"), Uncertain<Duration>{Law{Uniform{0, 36'000}}}, ""}};
    DepartByOptions options = by({2020, 1, 3, 12, 0, 0}, 20'000);
    options.confidence = 0.9;
    const DepartBy result = depart_by(build(scenario), options);
    // running 3080 s with the stop, standing at most 9 h in nine runs of ten; one standard error of the bound is 0.0021 of 10 h
    const Duration before = to_duration(utc(3, 12, 0) - result.latest.depart);
    CHECK(near(before, 3080 * s + 32'400 * s + 76 * s, 4 * 76 * s + 60 * s));
    CHECK(result.latest.at_least >= 0.9);
    CHECK(result.minute_later.at_least < 0.9);
}

TEST_CASE("law: the curve falls with later departure, and the latest minute divides it") {
    Scenario scenario = drawn("A --30km,72-- B --30km,72-- C");
    scenario.journey.calls = {{name_of("B"), Uncertain<Duration>{Law{Uniform{0, 36'000}}}, ""}};
    DepartByOptions options = by({2020, 1, 3, 12, 0, 0});
    options.curve = true;
    const DepartBy result = depart_by(build(scenario), options);
    REQUIRE(result.curve.size() > 8);
    CHECK(result.curve.front().in_time.value > 0.99);
    CHECK(result.curve.back().in_time.value < 0.01);
    for (std::size_t i = 1; i < result.curve.size(); ++i) {
        CHECK(result.curve[i].depart > result.curve[i - 1].depart);
        CHECK(result.curve[i].in_time.value <= result.curve[i - 1].in_time.value);
        CHECK((result.curve[i].at_least >= 0.95) == (result.curve[i].depart <= result.latest.depart));
    }
}

TEST_CASE("exact: the lower bound stays below one when all runs agree, and is that of Wilson") {
    CHECK(near(lower_bound(100, 100), 100.0 / 101.0, 1e-12));
    CHECK(near(lower_bound(0, 100), 0.0, 1e-12));
    // p = 0.5, n = 4, z = 1: (0.5 + 0.125 - sqrt(0.0625 + 0.015625)) / 1.25
    CHECK(near(lower_bound(2, 4), (0.625 - std::sqrt(0.078125)) / 1.25, 1e-12));
    CHECK(fewest_for(0.95, 10) == 11);
    CHECK(lower_bound(fewest_for(0.95, 1000), 1000) >= 0.95);
    CHECK(lower_bound(fewest_for(0.95, 1000) - 1, 1000) < 0.95);
}

TEST_CASE("fail: impossible confidences, unknown stations and trains that never come are refused") {
    const Model model = build(drawn("A --60km,72-- B"), {TimingPoints::all, {}});
    DepartByOptions options = by({2020, 1, 3, 12, 0, 0}, 10);
    CHECK_THROWS_AS(depart_by(model, options), InputError);  // ten runs cannot show 0.95
    options.runs = 100;
    options.confidence = 1.0;
    CHECK_THROWS_AS(depart_by(model, options), InputError);
    options.confidence = 0.9;
    options.at = name_of("X");
    CHECK_THROWS_AS(depart_by(model, options), InputError);
    options.at = name_of("A");
    CHECK_THROWS_AS(depart_by(model, options), Infeasible);
    Scenario slow = drawn("A --60km,72-- B");
    slow.train.journey_pace.value = Uncertain<double>{Law{Mixture{{{0.5, Law{Constant{0}}}, {0.5, Law{Constant{30}}}}}}};
    options.at = {};
    CHECK_THROWS_AS(depart_by(build(slow), options), Infeasible);
}

TEST_CASE("law: a progress callback can stop the search") {
    DepartByOptions options = by({2020, 1, 3, 12, 0, 0});
    options.threads = 1;
    options.progress = [](std::uint64_t, std::uint64_t) { return false; };
    CHECK(depart_by(build(drawn("A --60km,72-- B")), options).stopped_early);
}

}  // namespace estimate_depart_by_test
