// Places on lines that reports name.

#include <railwindow/core/error.hpp>
#include <railwindow/io/scenario_file.hpp>
#include <railwindow/simulation/model.hpp>
#include <support/drawn.hpp>
#include <support/files.hpp>
#include <support/near.hpp>

#include <doctest/doctest.h>

namespace io_landmarks_test {

using namespace railwindow;

namespace {

Scenario bridge_at(double kilometre) {
    Scenario scenario = drawn("A --10km,72-- B --10km,72-- C");
    for (LineSheet& line : scenario.networks[0].lines)
        if (line.chainage.front().first.value == "A") line.landmarks = {{name_of("bridge"), "the bridge", {kilometre * km, {}}, {}}};
    ObservedSheet seen;
    seen.at = name_of("bridge");
    seen.source = "drawn";
    seen.not_after = Written<WrittenTime>{{LocalTime{2020, 1, 2, 0, 0, 0}, {}}, {}};
    scenario.observed = {seen};
    return scenario;
}

std::string refusal(const Scenario& scenario) {
    try {
        build(scenario);
    } catch (const InputError& error) {
        return error.what();
    }
    return "";
}

}  // namespace

TEST_CASE("exact: a landmark is so far before the station behind it, whichever way the train comes") {
    Scenario scenario = bridge_at(4);
    const Model there = build(scenario);
    REQUIRE(there.observations.size() == 1);
    CHECK(there.network.stations()[there.observations[0].station].id == "B");
    CHECK(near(there.observations[0].before / km, 6, 1e-9));
    std::swap(scenario.journey.from, scenario.journey.to);
    const Model back = build(scenario);
    CHECK(back.network.stations()[back.observations[0].station].id == "A");
    CHECK(near(back.observations[0].before / km, 4, 1e-9));
}

TEST_CASE("law: a landmark off the line or the way, with another place's name or with a distance is refused") {
    CHECK(refusal(bridge_at(40)).find("is not on the line") != std::string::npos);
    Scenario scenario = bridge_at(4);
    for (LineSheet& line : scenario.networks[0].lines)
        for (LandmarkSheet& landmark : line.landmarks) landmark.id = name_of("C");
    CHECK(refusal(scenario).find("another place has this name") != std::string::npos);
    scenario = bridge_at(4);
    scenario.observed[0].before = 2 * km;
    CHECK(refusal(scenario).find("is a place on the line and no station") != std::string::npos);
    scenario = bridge_at(4);
    scenario.observed[0].which.visit = 2;
    CHECK(refusal(scenario).find("is a place on the line and no station") != std::string::npos);
    scenario = bridge_at(4);
    scenario.journey.from = StationChoice{name_of("B")};
    CHECK(refusal(scenario).find("'bridge' is not on this route") != std::string::npos);
}

TEST_CASE("exact: the bridge over the Razdolnaya is where the reports of 2023 put it") {
    Scenario scenario = load_scenario(committed("scenarios/pyongyang-vostochny-2023.yaml"));
    const Model as_written = build(scenario);
    for (ObservedSheet& seen : scenario.observed)
        if (seen.at.value == "baranovsky") seen.at.value = "razdolnaya-bridge", seen.before.reset();
    const Model by_name = build(scenario);
    REQUIRE(by_name.observations.size() == as_written.observations.size());
    for (std::size_t i = 0; i < by_name.observations.size(); ++i) {
        CHECK(by_name.observations[i].station == as_written.observations[i].station);
        CHECK(near(by_name.observations[i].before / km, as_written.observations[i].before / km, 1e-9));
    }
}

}  // namespace io_landmarks_test
