#include <railwindow/compare/compare.hpp>
#include <railwindow/core/error.hpp>
#include <railwindow/estimate/arrivals.hpp>
#include <support/drawn.hpp>
#include <support/near.hpp>

#include <doctest/doctest.h>

#include <algorithm>

namespace compare_compare_test {

using namespace railwindow;

namespace {

Scenario two_sections() {
    Scenario scenario = drawn("A --30km,72-- B --30km,72-- C");
    scenario.train.journey_pace.value = Uncertain<double>{Law{Normal{0, 0.1}}};
    return scenario;
}

Scenario with_call(Uncertain<Duration> dwell) {
    Scenario scenario = two_sections();
    scenario.journey.calls = {{name_of("B"), std::move(dwell), ""}};
    return scenario;
}

CompareOptions runs(std::uint64_t count) { return {.estimate = {.runs = count}}; }

}  // namespace

TEST_CASE("exact: ten minutes more at a call are ten minutes more in every run") {
    const Comparison result = compare({{"short", "", with_call(10 * minute)}, {"long", "", with_call(20 * minute)}}, runs(500));
    REQUIRE(result.variants.size() == 2);
    CHECK_FALSE(result.variants[0].against_base.has_value());
    REQUIRE(result.variants[1].against_base.has_value());
    const PairedDifference& paired = *result.variants[1].against_base;
    CHECK(paired.pairs == 500);
    for (const Quantile& q : paired.difference) CHECK(q.value == Millis{600'000});
    CHECK(paired.mean_error == 0 * s);
    CHECK(paired.earlier.value == 0);
    CHECK(result.variants[0].time[0].value < result.variants[0].time[2].value);
}

TEST_CASE("law: a variant that changes nothing says why") {
    Scenario limited = two_sections(), slower = two_sections(), elsewhere = two_sections(), other = two_sections();
    for (Scenario* one : {&limited, &slower, &other, &elsewhere})
        for (LineSheet& line : one->networks.front().lines) line.track.operating_speed = {Uncertain<Speed>{40 * km / h}, {}};
    Scenario base = slower;
    limited.networks.front().lines.front().track.limit->value = 60 * km / h;
    slower.networks.front().lines.front().track.limit->value = 30 * km / h;
    for (Scenario* one : {&base, &other}) {
        one->networks.front().stations.push_back(drawn_station("D", 1, 0.3));
        one->networks.front().lines.push_back(drawn_line("branch", "C", "D", 10 * km, 72 * km / h));
    }
    other.networks.front().lines.back().track.limit->value = 10 * km / h;
    const Comparison same = compare({{"base", "", base}, {"branch", "", other}}, runs(200));
    CHECK(same.variants[1].changed_runs == 0);
    CHECK(same.variants[1].unchanged.find("the way does not run over") == 0);
    const Comparison result = compare({{"base", "", elsewhere}, {"limited", "", limited}, {"slower", "", slower}}, runs(200));
    CHECK(result.variants[1].changed_runs == 0);
    CHECK(result.variants[1].unchanged.find("an operating speed of some 40 km/h, which a limit of 60 km/h does not lower") != std::string::npos);
    CHECK(result.variants[2].changed_runs > 0.9);
    CHECK(result.variants[2].unchanged.empty());
}

TEST_CASE("exact: at a station before the change there is no difference") {
    CompareOptions options = runs(200);
    options.at = name_of("B");
    const Comparison result = compare({{"short", "", with_call(10 * minute)}, {"long", "", with_call(20 * minute)}}, options);
    CHECK(result.variants[1].against_base->mean == 0 * s);
    CHECK(station_of(*result.variants[1].model, result.variants[1].point).id == "B");
}

TEST_CASE("law: what has no answer is listed with its reason and takes none from the others") {
    Scenario broken = two_sections();
    broken.networks[0].lines.pop_back();
    Scenario missing = two_sections();
    missing.networks[0].lines[1].track.gauge = std::vector<Gauge>{{1520}};
    const Comparison result =
        compare({{"base", "", two_sections()}, {"no line", "", broken}, {"no gauge", "", missing}, {"same", "", two_sections()}}, runs(50));
    REQUIRE(result.variants.size() == 4);
    CHECK_FALSE(result.variants[1].infeasible.empty());
    CHECK_FALSE(result.variants[2].infeasible.empty());
    CHECK(result.variants[3].infeasible.empty());
    CHECK(result.variants[3].against_base->mean == 0 * s);
    CHECK_THROWS_AS(compare({{"a", "", broken}, {"b", "", broken}}, runs(10)), Infeasible);
    const Comparison without_base = compare({{"a", "", broken}, {"b", "", two_sections()}}, runs(10));
    CHECK_FALSE(without_base.variants[1].against_base.has_value());
}

TEST_CASE("law: any number of threads compares alike") {
    const std::vector<Variant> variants{{"a", "", with_call(Uncertain<Duration>{Law{Uniform{0, 600}}})}, {"b", "", two_sections()}};
    CompareOptions one = runs(1000), three = runs(1000);
    one.estimate.threads = 1, three.estimate.threads = 3;
    CHECK(compare(variants, one).variants[1].against_base->mean == compare(variants, three).variants[1].against_base->mean);
}

TEST_CASE("law: progress counts the runs of all variants and can stop them") {
    std::uint64_t last = 0, all = 0;
    CompareOptions options = runs(1000);
    options.estimate.threads = 1;
    options.estimate.progress = [&](std::uint64_t done, std::uint64_t of) {
        CHECK(done >= last);
        last = done, all = of;
        return true;
    };
    compare({{"a", "", two_sections()}, {"b", "", two_sections()}}, options);
    CHECK(last == 2000);
    CHECK(all == 2000);
    options.estimate.progress = [](std::uint64_t, std::uint64_t) { return false; };
    CHECK(compare({{"a", "", two_sections()}, {"b", "", two_sections()}}, options).stopped_early);
}

TEST_CASE("law: the ways of a network are compared by themselves, whatever via says") {
    Scenario scenario = drawn("A --30km,72-- B --30km,72-- C");
    NetworkSheet& sheet = scenario.networks[0];
    sheet.stations.push_back(drawn_station("D", 0.3, 0.27));
    sheet.lines.push_back(drawn_line("A-D", "A", "D", 50 * km, 72 * km / h));
    sheet.lines.push_back(drawn_line("D-C", "D", "C", 50 * km, 72 * km / h));
    scenario.journey.via = {name_of("D")};
    scenario.journey.calls = {{name_of("D"), Uncertain<Duration>{5 * minute}, ""}};
    const std::vector<Variant> ways = by_routes(scenario, 5);
    REQUIRE(ways.size() == 2);
    CHECK(ways[0].scenario.journey.calls.empty());
    CHECK(ways[0].why.find("without the call at D") != std::string::npos);
    CHECK(ways[1].scenario.journey.calls.size() == 1);
    const Comparison result = compare(ways, runs(10));
    // 40 km more at 72 km/h and the call, with the time to brake and to accelerate for it (20 m/s at 0.5 m/s^2: 40 s)
    CHECK(near(result.variants[1].against_base->mean, 2000 * s + 300 * s + 40 * s, 0.01 * s));
}

TEST_CASE("fail: nothing to compare, impossible quantiles and unknown stations are refused") {
    CHECK_THROWS_AS(compare({}, runs(10)), InputError);
    CompareOptions options = runs(10);
    options.estimate.quantiles = {2.0};
    CHECK_THROWS_AS(compare({{"a", "", two_sections()}}, options), InputError);
    options = runs(10);
    options.at = name_of("X");
    CHECK_THROWS_AS(compare({{"a", "", two_sections()}}, options), InputError);
    options.at = name_of("A");
    CHECK_THROWS_AS(compare({{"a", "", two_sections()}}, options), Infeasible);
}

TEST_CASE("law: a comparison narrowed to some quantiles is the one made with these alone") {
    const std::vector<Variant> variants{{"short", "", with_call(10 * minute)}, {"long", "", with_call(Uncertain<Duration>{Law{Uniform{300, 2400}}})}};
    const auto made_with = [&](std::vector<double> quantiles) {
        CompareOptions options = runs(300);
        options.estimate.quantiles = std::move(quantiles);
        return compare(variants, options);
    };
    const Comparison narrowed = with_quantiles(made_with({0.1, 0.25, 0.5, 0.9}), {0.9, 0.25}), alone = made_with({0.9, 0.25});
    CHECK(narrowed.quantiles == alone.quantiles);
    const auto same = [](const auto& a, const auto& b) {
        return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& x, const auto& y) { return x.p == y.p && x.value == y.value; });
    };
    for (std::size_t i = 0; i < 2; ++i) {
        CHECK(same(narrowed.variants[i].time, alone.variants[i].time));
        CHECK(same(narrowed.variants[i].elapsed, alone.variants[i].elapsed));
    }
    CHECK(same(narrowed.variants[1].against_base->difference, alone.variants[1].against_base->difference));
    CHECK(same(narrowed.variants[1].against_base->shift, alone.variants[1].against_base->shift));
}

}  // namespace compare_compare_test
