// Numbers at their own ends, against closed forms.

#include <inference/two_legs.hpp>
#include <railwindow/drivers/frozen_runs.hpp>
#include <railwindow/drivers/named_numbers.hpp>
#include <railwindow/io/scenario_file.hpp>
#include <railwindow/simulation/simulate.hpp>
#include <support/source_tree.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

namespace drivers_named_numbers_test {

using namespace railwindow;
using namespace two_legs;

namespace {

std::vector<double> arrivals_of(const Model& model, std::uint64_t runs) {
    Simulator simulator{model};
    std::vector<double> arrivals;
    for (std::uint64_t run = 0; run < runs; ++run) arrivals.push_back(arrival_seconds(simulator.run({1, run})));
    return arrivals;
}

const NumberEffect& number(const std::vector<NumberEffect>& all, const std::string& name) {
    const auto found = std::find_if(all.begin(), all.end(), [&](const NumberEffect& one) { return one.name == name; });
    REQUIRE_MESSAGE(found != all.end(), name);
    return *found;
}

void check_shift(const ArrivalShift& shift, std::size_t quantile, double hours) {
    INFO((shift.seconds[quantile] / 3600) << " h +- " << (shift.error[quantile] / 3600) << ", expected " << hours);
    CHECK(std::abs(shift.seconds[quantile] / 3600 - hours) <= 4 * shift.error[quantile] / 3600 + 0.01);
    CHECK(shift.error[quantile] / 3600 < 0.1);
}

}  // namespace

TEST_CASE("exact: with departure or stay at its own ends the arrival is where the rest leaves it") {
    Scenario scenario = railway();
    scenario.journey.calls = {{name_of("B"), Uncertain<Duration>{Law{Uniform{0, 7200}}}, "call"}};
    const Model model = build(scenario);
    const std::vector<NumberEffect> found = number_effects(model, arrivals_of(model, 8192), {.pairs = 8192});
    REQUIRE(found.size() == 2);
    CHECK(found.front().name == "time of departure");
    // Departure within 6 h and stay of up to 2 h: P5, P50 and P95 of their sum are s, 4 and 8 - s, s^2 / 24 = 0.05.
    const double s = std::sqrt(1.2);
    const NumberEffect &departure = number(found, "time of departure"), &stay = number(found, "call at B");
    for (const auto& [shift, known] : {std::pair{departure.low, 0.3}, std::pair{departure.high, 5.7}}) {
        check_shift(shift, 0, known + 0.1 - s);
        check_shift(shift, 1, known + 1 - 4);
        check_shift(shift, 2, known + 1.9 - (8 - s));
    }
    for (const auto& [shift, known] : {std::pair{stay.low, 0.1}, std::pair{stay.high, 1.9}}) {
        check_shift(shift, 0, known + 0.3 - s);
        check_shift(shift, 1, known + 3 - 4);
        check_shift(shift, 2, known + 5.7 - (8 - s));
    }
}

TEST_CASE("law: a call that shares its word with another draw is no number, as it would move the other too") {
    Scenario scenario = railway();
    scenario.journey.calls = {{name_of("B"), Uncertain<Duration>{Law{Uniform{0, 7200}}}, "reception"}};
    const Model model = build(scenario);
    const std::vector<NumberEffect> found = number_effects(model, arrivals_of(model, 64), {.pairs = 64});
    REQUIRE(found.size() == 1);
    CHECK(found.front().name == "time of departure");
}

TEST_CASE("law: numbers are the same bits on any number of threads, and each is drawn on the way") {
    const Model model = build(load_scenario(source("scenarios/pyongyang-vladivostok-2019.yaml")));
    const std::vector<double> plain = arrivals_of(model, 64);
    const auto with = [&](unsigned threads) { return number_effects(model, plain, {.pairs = 64, .threads = threads}); };
    const std::vector<NumberEffect> one = with(1);
    for (const unsigned threads : {2u, 7u}) {
        const std::vector<NumberEffect> many = with(threads);
        REQUIRE(many.size() == one.size());
        for (std::size_t i = 0; i < one.size(); ++i) {
            CHECK(many[i].name == one[i].name);
            CHECK(many[i].low.seconds == one[i].low.seconds);
            CHECK(many[i].high.seconds == one[i].high.seconds);
        }
    }
    for (const NumberEffect& any : one) CHECK(any.country != "CN");
    CHECK(number(one, "operating speeds of lines in KP").low.seconds[1] > 0);  // slower, so later
    CHECK(number(one, "operating speeds of lines in KP").high.seconds[1] < 0);
}

}  // namespace drivers_named_numbers_test
