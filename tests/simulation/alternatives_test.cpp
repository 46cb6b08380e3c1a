#include <support/drawn.hpp>
#include <support/files.hpp>

#include <railwindow/estimate/samples.hpp>
#include <railwindow/io/scenario_file.hpp>
#include <railwindow/simulation/choices.hpp>
#include <railwindow/simulation/simulate.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <set>

namespace simulation_alternatives_test {

using namespace railwindow;

namespace {

Scenario journey_of_2019() { return load_scenario(committed("scenarios/pyongyang-vladivostok-2019.yaml")); }

Scenario regauged(const std::string& where) {
    Scenario scenario = journey_of_2019();
    scenario.journey.regauging = StationChoice{Name{where, {}}};
    return scenario;
}

WeightedStation option(const std::string& station, double weight) { return {Name{station, {}}, weight}; }

Scenario open_regauging() {
    Scenario scenario = journey_of_2019();
    scenario.journey.regauging->options = {option("tumangang", 0.8), option("khasan", 0.1), option("prepared", 0.1)};
    return scenario;
}

CorridorSheet corridor(const std::string& via, double weight) { return {"", weight, {Name{via, {}}}, {}, {}, {}}; }

}  // namespace

TEST_CASE("exact: a choice is every combination of its options, with the shares of their weights") {
    JourneySheet journey;
    journey.from.options = {option("A", 3), option("B", 1)};
    journey.to = Name{"C", {}};
    journey.regauging.emplace().options = {option("D", 1), option("E", 1)};
    const std::vector<ChosenJourney> chosen = choices_of(journey);
    REQUIRE(chosen.size() == 4);
    CHECK(chosen[0].name == "from A, regauging at D");
    CHECK(chosen[3].name == "from B, regauging at E");
    CHECK(chosen[0].probability == 0.375);
    CHECK(chosen[3].probability == 0.125);
    CHECK(chosen[2].journey.from.one().value == "B");
    CHECK(chosen[1].journey.regauging->one().value == "E");
    CHECK(chosen[1].journey.to.one().value == "C");
}

TEST_CASE("exact: a corridor brings its own stations and its own place of regauging") {
    JourneySheet journey;
    journey.from = Name{"A", {}};
    journey.to = Name{"C", {}};
    journey.regauging = StationChoice{Name{"D", {}}};
    journey.routes = {corridor("M", 2), corridor("N", 6)};
    journey.routes[1].regauging = StationChoice{Name{"E", {}}};
    const std::vector<ChosenJourney> chosen = choices_of(journey);
    REQUIRE(chosen.size() == 2);
    CHECK(chosen[0].name == "via M");
    CHECK(chosen[1].journey.via.at(0).value == "N");
    CHECK(chosen[1].probability == 0.75);
    CHECK(chosen[0].journey.regauging->one().value == "D");
    CHECK(chosen[1].journey.regauging->one().value == "E");
}

TEST_CASE("law: any 2^k consecutive runs share the alternatives out evenly") {
    const Model model = build(open_regauging());
    REQUIRE(model.alternatives.size() == 3);
    for (const std::uint64_t seed : {1, 2, 3})
        for (const std::uint64_t first : {0, 1024, 7168}) {
            std::array<int, 3> count{};
            for (std::uint64_t run = first; run < first + 1024; ++run) ++count.at(alternative_of(model, {seed, run}));
            for (std::size_t i = 0; i < 3; ++i) CHECK(std::abs(count.at(i) - 1024 * model.alternatives[i].probability) <= 1.0);
        }
    CHECK(alternative_of(model, {1, Noise::median_run}) == 0);
}

TEST_CASE("law: a run that takes an alternative is the same run of the journey without a choice") {
    const Model open = build(open_regauging());
    const std::vector<Model> decided{build(regauged("tumangang")), build(regauged("khasan")), build(regauged("prepared"))};
    std::set<std::size_t> taken;
    for (std::uint64_t run = 0; run < 40; ++run) {
        const Trace trace = simulate(open, {1, run}), alone = simulate(decided[trace.alternative], {1, run});
        taken.insert(trace.alternative);
        REQUIRE(trace.main().visits.size() == alone.main().visits.size());
        for (std::size_t i = 0; i < trace.main().visits.size(); ++i) CHECK(trace.main().visits[i].arrive == alone.main().visits[i].arrive);
    }
    CHECK(taken.size() == 3);
}

TEST_CASE("law: the windows of all runs are those of the alternatives put together") {
    const Model model = build(open_regauging());
    EstimateOptions options;
    options.runs = 4096;
    const Estimate all = estimate(model, options);
    REQUIRE(all.alternatives.size() == 3);
    std::uint64_t runs = 0;
    double arrived = 0;
    for (const AlternativeEstimate& one : all.alternatives) {
        runs += one.runs;
        arrived += static_cast<double>(one.runs) * one.timing_points.back().probability;
    }
    CHECK(runs == all.runs);
    CHECK(std::abs(arrived - 4096 * all.timing_points.back().probability) < 1e-6);
    CHECK(arrived > 4000);
    CHECK(all.alternatives[2].timing_points.back().time[1].value < all.alternatives[0].timing_points.back().time[1].value);
}

TEST_CASE("drawn: two ways of one journey keep their own timing points and share those of both") {
    Scenario scenario = load_scenario(committed("scenarios/surprise-tumen-suifenhe.yaml"));
    const std::vector<Name> via = scenario.journey.via;
    scenario.networks = load_scenario(committed("scenarios/surprise-dandong-suifenhe.yaml")).networks;
    scenario.journey.routes = {{"by Tumen", 1, via, {}, {}, {}},
                               {"by Dandong", 3, load_scenario(committed("scenarios/surprise-dandong-suifenhe.yaml")).journey.via, {}, {}, {}}};
    scenario.journey.via.clear();
    scenario.journey.calls.clear();
    scenario.claims.clear();
    const Model model = build(scenario);
    REQUIRE(model.alternatives.size() == 2);
    CHECK(model.alternatives[1].probability == 0.75);
    const auto point = [&](const char* id) -> const TimingPoint& {
        for (const TimingPoint& p : model.timing_points)
            if (model.network.stations()[p.station].id == id) return p;
        FAIL("no timing point " << id);
        return model.timing_points.front();
    };
    CHECK(point("suifenhe").visit[0].has_value());
    CHECK(point("suifenhe").visit[1].has_value());
    CHECK_FALSE(point("tumen").visit[1].has_value());
    CHECK_FALSE(point("dandong").visit[0].has_value());
    EstimateOptions options;
    options.runs = 1024;
    const Estimate all = estimate(model, options);
    for (const TimingPointEstimate& p : all.timing_points) {
        const std::string& id = model.network.stations()[model.timing_points[p.point].station].id;
        if (id == "tumen") CHECK(std::abs(p.probability - 0.25) <= 3.0 / 1024);
        if (id == "dandong") CHECK(std::abs(p.probability - 0.75) <= 3.0 / 1024);
        if (id == "vladivostok") CHECK(p.probability > 0.99);
    }
}

}  // namespace simulation_alternatives_test
