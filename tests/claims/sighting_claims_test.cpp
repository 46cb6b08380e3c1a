// What was said of sightings and destinations in 2019 and 2023, held against what the model makes of them.

#include <railwindow/inference/infer.hpp>
#include <railwindow/io/scenario_file.hpp>
#include <support/near.hpp>
#include <support/source_tree.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

namespace claims_sighting_claims_test {

using namespace railwindow;

namespace {

const std::string vostochny = "vostochny-cosmodrome-railhead";

// The question of 12 September 2023, with the answer after each report.
struct Tuesday {
    Model model = build(load_scenario(source("scenarios/seen-2023.yaml")));
    Inference result;
    Tuesday() {
        InferOptions options;
        options.runs = options.most_runs = 32'768;
        options.timeline = true;
        result = infer(model, options);
    }
    std::size_t index(const std::string& value) const {
        const auto found = std::find_if(result.odds.begin(), result.odds.end(), [&](const Odds& odds) { return odds.value == value; });
        REQUIRE(found != result.odds.end());
        return static_cast<std::size_t>(found - result.odds.begin());
    }
    const Odds& odds(const std::string& value) const { return result.odds[index(value)]; }
    // After so many moments of publication, what was said included.
    double at(std::size_t entry, const std::string& value) const { return result.timeline.at(entry).odds[index(value)].value; }
    double entropy(std::size_t entry) const {
        double sum = 0;
        for (std::size_t i = 0; i < result.odds.size(); ++i)
            if (const double p = result.timeline.at(entry).odds[i].value; result.odds[i].kind == ChoiceKind::destination && p > 0)
                sum -= p * std::log(p);
        return sum;
    }
};

const Tuesday& tuesday() {
    static const Tuesday all;
    return all;
}

Inference with(Scenario scenario, std::uint64_t runs = 16'384) {
    InferOptions options;
    options.runs = options.most_runs = runs;
    return infer(build(scenario), options);
}

Written<WrittenTime> local(int year, int month, int day, int hour, int minute = 0) {
    return {{LocalTime{year, month, day, hour, minute, 0}, {}}, {}};
}

double after(const Inference& inference, const std::string& value) {
    for (const Odds& odds : inference.odds)
        if (odds.value == value) return odds.after.value;
    return -1;
}

}  // namespace

TEST_CASE("law: SC02 SC14 SC24 SC42 SC44 what was said before 12 September makes Vladivostok the likeliest destination and forces nothing" *
          doctest::test_suite("slow")) {
    const Odds& vladivostok = tuesday().odds("vladivostok");
    CHECK(vladivostok.before.value == 0.25);
    CHECK(near(tuesday().at(0, "vladivostok"), 4 / (4 + 1 + 1 + 0.2), 1e-12));
    for (const std::string& other : {vostochny, std::string{"khabarovsk-1"}, std::string{"moscow-yaroslavsky"}}) {
        CHECK(tuesday().at(0, "vladivostok") > tuesday().at(0, other));
        CHECK(tuesday().at(0, other) > 0);
    }
    CHECK(near(vladivostok.said.value, 4 / (4 + 2 + 1 + 0.2), 1e-12));  // the sightings stand apart
}

TEST_CASE("law: SC11 SC50 SC51 SC58 SC59 the sightings of 12 September take the train away from Vladivostok and Vostochny is then the likeliest" *
          doctest::test_suite("slow")) {
    REQUIRE(tuesday().result.timeline.size() == 5);  // before any; Khasan, the bridge, Ussuriysk, the evening
    CHECK(tuesday().entropy(0) > 0.5);               // no place was certain
    const std::size_t last = tuesday().result.timeline.size() - 1;
    CHECK(tuesday().odds("vladivostok").seen.value < 0.1);  // north at the bridge, and nobody saw it at Vladivostok
    CHECK(tuesday().at(last, "vladivostok") < tuesday().at(0, "vladivostok"));
    for (const std::string& other : {std::string{"vladivostok"}, std::string{"khabarovsk-1"}, std::string{"moscow-yaroslavsky"}})
        CHECK(tuesday().odds(vostochny).after.value > tuesday().odds(other).after.value);
    for (const ReportInfluence& report : tuesday().result.reports) CHECK(*report.right > 0.8);
    CHECK(tuesday().result.destinations.front().station == *tuesday().model.network.find_station(vostochny));
}

TEST_CASE("law: SC39 a red carpet at Khasan speaks for the crossing there as strongly as the scenario says" * doctest::test_suite("slow")) {
    Scenario scenario = load_scenario(source("scenarios/corridors-to-vladivostok.yaml"));
    const CorridorSheet khasan{"by khasan", 1, {{"rajin", {}}, {"ussuriysk", {}}}, {}, StationChoice{Name{"tumangang", {}}}, {}};
    const CorridorSheet dandong{"by dandong", 1,  {{"dandong", {}}, {"shenyang", {}}, {"harbin", {}}, {"suifenhe", {}}, {"grodekovo", {}}},
                                {},           {}, {}};
    scenario.journey.via.clear();
    scenario.journey.calls.clear();
    scenario.journey.regauging.reset();
    scenario.observed.clear();
    scenario.journey.routes = {khasan, dandong};
    scenario.evidence = {{{"by khasan", {}}, 5, "a red carpet at the station", {}, {}}};
    const Inference result = with(scenario, 2048);
    CHECK(near(after(result, "by khasan"), 5.0 / 6, 1e-12));
    CHECK(near(result.odds[0].seen.value, 0.5, 1e-12));
}

TEST_CASE("law: SC43 that it appears to have left said on Monday rules out Monday evening and tells no hour" * doctest::test_suite("slow")) {
    Scenario scenario = load_scenario(source("scenarios/pyongyang-vostochny-2023.yaml"));
    scenario.observed.clear();
    ObservedSheet left;
    left.at = {"pyongyang", {}};
    left.event = ObservedEvent::depart;
    left.not_after = local(2023, 9, 11, 12);
    left.source = "an official, on Monday";
    scenario.observed = {left};
    const auto leaving = [](int day, const char* name) {
        WeightedDeparture departure{{}, 1, name};
        departure.when.between = {{local(2023, 9, day, 12), local(2023, 9, day, 20)}};
        return departure;
    };
    scenario.journey.departures = {leaving(10, "on Sunday"), leaving(11, "on Monday")};
    const Inference result = with(scenario, 4096);
    CHECK(after(result, "leaving on Sunday") == 1);
    const std::vector<Quantile>& leaves = result.windows.front().after;
    CHECK(leaves.back().value - leaves.front().value > std::chrono::hours{6});  // of the eight that were possible
}

TEST_CASE("law: SC23 who left on Sunday afternoon and was at Khasan on Tuesday morning came from Pyongyang rather than from Kyongsong" *
          doctest::test_suite("slow")) {
    Scenario scenario = load_scenario(source("scenarios/pyongyang-vostochny-2023.yaml"));
    scenario.journey.regauging = StationChoice{Name{"tumangang", {}}};
    scenario.journey.from.options = {{{"pyongyang", {}}, 1}, {{"kyongsong", {}}, 1}};
    scenario.observed.resize(1);  // Khasan
    const Inference result = with(scenario);
    CHECK(after(result, "pyongyang") > 0.6);
}

}  // namespace claims_sighting_claims_test
