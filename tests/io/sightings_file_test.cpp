// Sightings, evidence and several departures as they are written.

#include <railwindow/core/error.hpp>
#include <railwindow/io/scenario_file.hpp>
#include <railwindow/io/seen_text.hpp>
#include <railwindow/simulation/model.hpp>
#include <support/files.hpp>

#include <doctest/doctest.h>

namespace io_sightings_file_test {

using namespace railwindow;

namespace {

Scenario seen_with(std::vector<std::string> sets) { return load_scenario(committed("scenarios/seen-2023.yaml"), WhatIf{"", std::move(sets)}); }

std::string refusal(const std::string& set) {
    try {
        seen_with({set});
    } catch (const InputError& error) {
        return error.what();
    }
    return "";
}

void check_refused(const std::string& set, const char* says) {
    const std::string text = refusal(set);
    INFO(set << ": " << text);
    CHECK(text.find(says) != std::string::npos);
}

}  // namespace

TEST_CASE("exact: sightings are read with all that they may say") {
    const Scenario scenario = seen_with({});
    REQUIRE(scenario.observed.size() == 4);
    CHECK(scenario.observed[0].known_at.has_value());
    CHECK(scenario.observed[1].towards->value == "ussuriysk");
    REQUIRE(scenario.observed[3].not_seen.has_value());
    CHECK(scenario.observed[3].not_seen->noticed == 0.9);
    REQUIRE(scenario.evidence.size() == 3);
    CHECK(scenario.evidence[0].factor == 4);
    const Model model = build(scenario);
    CHECK(model.observations[0].reliability == 0.98);  // high confidence, by the practice
    CHECK(model.observations[2].reliability == 0.9);
    CHECK(model.observations[0].span == 48 * h);
    CHECK(model.alternatives.size() == 8);
    CHECK(model.alternatives[0].chosen.size() == 2);
}

TEST_CASE("exact: sightings given beside a file stand among its own where their times put them") {
    const Scenario file = seen_with({});
    const Scenario scenario =
        with_sightings(file, {"khasan pass 2023-09-12 05:00..05:10", "khasan pass 2030-01-01 00:00..01:00", "khasan pass ..2001-01-01 00:00"});
    REQUIRE(scenario.observed.size() == file.observed.size() + 3);
    CHECK(scenario.observed.front().not_after.has_value());
    CHECK(scenario.observed.back().between->front().value.local.year == 2030);
    CHECK(scenario.observed.back().source == "given on the command line");
    CHECK(with_sightings(file, {"khasan pass 2030-01-01 00:00..01:00"}, "seen").observed.back().source == "given as seen");
    CHECK(with_sightings(file, {}).observed.size() == file.observed.size());
}

TEST_CASE("exact: a sighting at a position is one at a place on the way") {
    const Scenario file = load_scenario(committed("scenarios/press-20-hours.yaml"));
    const Scenario scenario = with_sightings(file, {"43.80N 131.97E pass 2019-04-24 18:00..23:00"}, "seen");
    REQUIRE(scenario.observed.size() == 1);
    CHECK(scenario.observed[0].at.value == "ussuriysk");
    CHECK_THROWS_WITH_AS(with_sightings(file, {"0N 0E pass 2019-04-24 18:00"}, "seen"), doctest::Contains("seen"), InputError);
}

TEST_CASE("exact: a departure may be a list with weights") {
    const Scenario scenario =
        seen_with({"journey.depart=[{between: ['2023-09-10 12:00', '2023-09-10 20:00'], weight: 3}, {at: '2023-09-11 08:00', weight: 1, name: "
                   "on Monday}]"});
    REQUIRE(scenario.journey.departures.size() == 2);
    CHECK(scenario.journey.departures[0].name == "2023-09-10 12:00 to 2023-09-10 20:00");
    const Model model = build(scenario);
    CHECK(model.alternatives.size() == 16);
    CHECK(model.alternatives.back().name.find("leaving on Monday") != std::string::npos);
    check_refused("journey.depart=[]", "the list is empty");
    check_refused("journey.depart=[{weight: 1}]", "neither 'at' nor 'between'");
    check_refused("journey.depart=[{at: '2023-09-11 08:00'}]", "key 'weight' is missing");
}

TEST_CASE("law: a sighting that says too little, too much or nonsense is refused where it stands") {
    check_refused("observed[0].reliability=1", "does not lie between 0 and 1");
    check_refused("observed[0].reliability=0", "does not lie between 0 and 1");
    check_refused("observed[0].not_after=2023-09-12 07:00", "both 'between' and a single bound");
    check_refused("observed[0].time=2023-09-12 07:00", "more than one way to say when");
    check_refused("observed[0]={at: khasan, event: arrive, time: '2023-09-12 07:00', source: x}", "'time' without 'error'");
    check_refused("observed[0]={at: khasan, between: ['2023-09-12 06:00', '2023-09-12 07:00'], source: x}", "key 'event' is missing");
    check_refused("observed[0]={at: khasan, event: arrive, source: x}", "no time is given");
    check_refused("observed[1].behind=3 km", "both 'before' and 'behind'");
    check_refused("observed[3].event=seen", "'event' with 'not_seen'");
    check_refused("observed[3].not_seen.noticed=1.5", "must lie between 0 and 1");
    check_refused("evidence[0].factor=0", "must be greater than zero");
}

}  // namespace io_sightings_file_test
