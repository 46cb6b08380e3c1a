// What-ifs that let the journey begin on its own way.

#include <railwindow/core/error.hpp>
#include <railwindow/estimate/reach.hpp>
#include <railwindow/io/scenario_file.hpp>
#include <railwindow/simulation/model.hpp>
#include <support/drawn.hpp>
#include <support/files.hpp>

#include <doctest/doctest.h>

#include <algorithm>

namespace io_begin_elsewhere_test {

using namespace railwindow;

namespace {

const std::string vostochny = committed("scenarios/pyongyang-vostochny-2023.yaml");

Scenario from(const std::string& station, const std::string& file = vostochny) {
    return load_scenario(file, WhatIf{{}, {"journey.from=" + station}});
}

bool says(const std::vector<std::string>& changes, const std::string& part) {
    return std::any_of(changes.begin(), changes.end(), [&](const std::string& change) { return change.find(part) != std::string::npos; });
}

}  // namespace

TEST_CASE("found: 2026-11-29 from a place on its way a journey has what lies ahead and not what lies behind, and says so") {
    const Scenario scenario = from("baranovsky");
    const Model model = build(scenario), whole = build(load_scenario(vostochny));
    CHECK(model.network.stations()[model.main().visits.front().station].id == "baranovsky");
    const auto there = std::find_if(whole.main().visits.begin(), whole.main().visits.end(),
                                    [&](const Visit& visit) { return whole.network.stations()[visit.station].id == "baranovsky"; });
    CHECK(model.main().path.length / km == doctest::Approx((whole.main().path.length - there->distance) / km).epsilon(1e-12));
    CHECK(model.doubts.empty());
    CHECK(says(scenario.changes, "the origin Baranovsky instead of Pyongyang"));
    CHECK(says(scenario.changes, "via rajin"));
    CHECK(says(scenario.changes, "the call at khasan"));
    CHECK(says(scenario.changes, "regauging"));
    REQUIRE(scenario.journey.via.size() == 2);
    CHECK(scenario.journey.via.front().value == "ussuriysk");
    CHECK(scenario.observed.size() == 2);
}

TEST_CASE("found: 2026-11-29 from there the next station is reached") {
    const Reach result = reach(from("baranovsky"), 3 * h, {.runs = 100});
    const auto ussuriysk = std::find_if(result.stations.begin(), result.stations.end(),
                                        [&](const ReachedStation& s) { return result.network.stations()[s.station].id == "ussuriysk"; });
    REQUIRE(ussuriysk != result.stations.end());
    CHECK(ussuriysk->distance / km == doctest::Approx(23.3).epsilon(0.01));
    CHECK(ussuriysk->in_time.value == 1);
}

TEST_CASE("found: 2026-11-29 an origin that the way comes to twice has to be told apart") {
    const std::string file = committed("scenarios/pyongyang-vladivostok-2019.yaml");
    CHECK_THROWS_AS(from("baranovsky", file), InputError);
    const Model first = build(from("baranovsky visit 1", file)), second = build(from("baranovsky after ussuriysk", file));
    CHECK(first.main().path.reversals.size() == 1);
    CHECK(second.main().path.reversals.empty());
}

TEST_CASE("found: 2026-11-29 a way far about is doubted; one that turns where the journey says is not") {
    Scenario about = drawn("A --10km,72-- B --10km,72-- C");
    NetworkSheet& sheet = about.networks[0];
    sheet.stations.push_back(drawn_station("W", 0.5, 0));
    sheet.stations.push_back(drawn_station("E", 0.5, 0.18));
    sheet.lines.push_back(drawn_line("A-W", "A", "W", 56 * km, 72 * km / h));
    sheet.lines.push_back(drawn_line("W-E", "W", "E", 23 * km, 72 * km / h));
    sheet.lines.push_back(drawn_line("E-C", "E", "C", 56 * km, 72 * km / h));
    about.journey.via = {name_of("B")};
    CHECK(build(about).doubts.empty());
    about.journey.via = {name_of("W")};
    REQUIRE(build(about).doubts.size() == 1);
    CHECK(build(about).doubts[0].find("135.0 km") != std::string::npos);
    CHECK(build(load_scenario(committed("scenarios/pyongyang-vladivostok-2019.yaml"))).doubts.empty());
}

TEST_CASE("law: an origin off the way keeps the whole corridor") {
    const Scenario scenario = from("hoeryong-chongnyon");
    CHECK(says(scenario.changes, "the origin Hoeryong Chongnyon instead of Pyongyang"));
    CHECK_FALSE(says(scenario.changes, "left out"));
    CHECK(scenario.journey.via.size() == 3);
}

}  // namespace io_begin_elsewhere_test
