// Numbers at their own ends, against closed forms.

#include <inference/two_legs.hpp>
#include <railwindow/core/error.hpp>
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

TEST_CASE("law: a call that is named as one of the model's own draws has a draw of its own") {
    Scenario scenario = railway();
    scenario.journey.calls = {{name_of("B"), Uncertain<Duration>{Law{Uniform{0, 7200}}}, "reception"}};
    const Model model = build(scenario);
    const std::vector<NumberEffect> found = number_effects(model, arrivals_of(model, 64), {.pairs = 64});
    REQUIRE(found.size() == 2);
    number(found, "reception at B");
    const Itinerary& way = model.main();
    CHECK(way.visits[1].activities.front().key.purpose() != DrawKey::word("reception"));
}

TEST_CASE("exact: among others a number moves the sum by its own distance, whatever the others are") {
    Scenario scenario = railway();
    scenario.journey.calls = {{name_of("B"), Uncertain<Duration>{Law{Uniform{0, 7200}}}, "call"}};
    const Model model = build(scenario);
    const std::vector<NumberEffect> found = number_effects(model, arrivals_of(model, 64), {.pairs = 64});
    for (const auto& [name, hours] : {std::pair{"time of departure", 5.4}, std::pair{"call at B", 1.8}}) {
        REQUIRE(number(found, name).among_others);
        CHECK(std::abs(number(found, name).among_others->mean / 3600 - hours) < 1e-6);
        CHECK(number(found, name).among_others->spread < 0.01);
    }
}

TEST_CASE("exact: limits and kilometres without a law are moved by a part of themselves") {
    Scenario scenario = railway();
    const Provenance weak{"drawn", Confidence::low};
    LineSheet& line = scenario.networks[0].lines[0];
    line.track.provenance = weak;
    if (line.track.limit) line.track.limit->provenance = weak;
    for (SectionSheet& section : line.sections) {
        section.track.provenance = weak;
        if (section.track.limit) section.track.limit->provenance = weak;
    }
    Model model = build(scenario);
    std::erase_if(model.weak_inputs, [](const WeakInput& input) { return input.source.empty(); });  // of what nobody said anything
    const WrittenNumbers written = written_numbers(scenario, model);
    REQUIRE(written.all.size() == 3);
    const std::vector<NumberEffect> found = number_effects(model, arrivals_of(model, 256), {.pairs = 256}, written);
    const std::string speeds = written.all[0].what, limits = written.all[1].what, kilometres = written.all[2].what;
    CHECK(speeds.find("operating speed") != std::string::npos);
    CHECK(limits.find("limits") != std::string::npos);
    CHECK(kilometres.find("kilometres") != std::string::npos);
    CHECK(number(found, limits).step == 0.1);
    CHECK(number(found, kilometres).step == 0.01);
    // An hour at 60 km/h on the line from A to B: a tenth less takes 60 km / 54 km/h, a tenth more is not run at, as operating speeds stay.
    for (std::size_t quantile = 0; quantile < 3; ++quantile) {
        CHECK(std::abs(number(found, limits).low.seconds[quantile] - (60.0 / 54 - 1) * 3600) < 0.01);
        CHECK(number(found, limits).high.seconds[quantile] == 0);
        CHECK(std::abs(number(found, speeds).low.seconds[quantile] - (60.0 / 54 - 1) * 3600) < 0.01);
        CHECK(number(found, speeds).high.seconds[quantile] == 0);  // the limit stays
        CHECK(std::abs(number(found, kilometres).low.seconds[quantile] + 36) < 0.01);
        CHECK(std::abs(number(found, kilometres).high.seconds[quantile] - 36) < 0.01);
    }
    const double mean = number(found, kilometres).among_others->mean;  // 2 % of the time, at 54 or at 60 km/h
    CHECK(mean > 72 - 0.01);
    CHECK(mean < 80 + 0.01);
}

TEST_CASE("exact: heights and ruling gradients are moved about what stays, and a model that cannot be built says so") {
    Scenario scenario = railway();
    const Provenance weak{"drawn", Confidence::low};
    Model model = build(scenario);
    const std::string line = scenario.networks[0].lines[0].id.value;
    model.weak_inputs.clear();
    for (const auto kind : {ExactNumber::Kind::heights, ExactNumber::Kind::ruling_gradients, ExactNumber::Kind::braking})
        model.weak_inputs.push_back({"one", "drawn", Confidence::low, ExactNumber{kind, line}});
    double height = 100;
    for (StationSheet& station : scenario.networks[0].stations) station.elevation = Sourced<Length>{height * m, weak}, height += 50;
    scenario.networks[0].lines[0].track.ruling_gradient = RulingGradientSheet{Gradient{0.01}, {}, weak};
    const WrittenNumbers written = written_numbers(scenario, model);
    const Model moved = written.with({1.1, 0.9, 1}), slower = written.with({1, 1, 2});
    const auto heights = [](const Model& of) {
        std::vector<double> all;
        for (const Station& station : of.network.stations()) all.push_back(station.elevation->value / m);
        return all;
    };
    const std::vector<double> higher = heights(moved);
    REQUIRE(higher.size() >= 3);
    CHECK(std::abs(higher[0] - 100) < 1e-9);
    CHECK(std::abs(higher[1] - 155) < 1e-9);
    CHECK(std::abs(higher[2] - 200) < 1e-9);  // of another line
    CHECK(std::abs(moved.network.sections()[moved.main().path.steps[0].section].ruling_gradient->forward->ratio - 0.009) < 1e-12);
    CHECK(slower.main().train.service_deceleration.value / (scenario.train.service_deceleration.value) == 2);
    // Of a railway without stations nothing can be built.
    WrittenNumbers broken = written;
    broken.with = [](const std::vector<double>&) -> Model { throw InputError{Finding{{}, "drawn", "nothing", "anything", Severity::error}}; };
    const std::vector<NumberEffect> found = number_effects(model, arrivals_of(model, 64), {.pairs = 64}, broken);
    const auto lost = std::find_if(found.begin(), found.end(), [](const NumberEffect& one) { return one.step > 0; });
    REQUIRE(lost != found.end());
    CHECK(std::isnan(lost->low.seconds[1]));
    CHECK_FALSE(lost->among_others);
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
