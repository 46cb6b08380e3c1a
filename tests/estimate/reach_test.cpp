#include <railwindow/core/error.hpp>
#include <railwindow/estimate/reach.hpp>
#include <support/drawn.hpp>
#include <support/near.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <numeric>

namespace estimate_reach_test {

using namespace railwindow;

namespace {

// A - B - C with a branch from B to D, at 20 m/s.
Scenario forked_line() {
    Scenario scenario = drawn("A --36km,72-- B --36km,72-- C");
    scenario.networks[0].stations.push_back(drawn_station("D", 0.1, 0.6));
    scenario.networks[0].lines.push_back(drawn_line("B-D", "B", "D", 18 * km, 72 * km / h));
    return scenario;
}

const ReachedStation& at(const Reach& reach, const std::string& id) {
    return *std::find_if(reach.stations.begin(), reach.stations.end(),
                         [&](const ReachedStation& s) { return reach.network.stations()[s.station].id == id; });
}
const LeftStation& at(const ReachBack& reach, const std::string& id) {
    return *std::find_if(reach.stations.begin(), reach.stations.end(),
                         [&](const LeftStation& s) { return reach.network.stations()[s.station].id == id; });
}

const ReachOptions few{.runs = 400};

}  // namespace

TEST_CASE("exact: without chance a station is there or not") {
    const Reach result = reach(forked_line(), 46 * minute, few);
    REQUIRE(result.stations.size() == 3);
    CHECK(at(result, "B").in_time.value == 1);
    CHECK(at(result, "B").on_own_way);
    CHECK(at(result, "D").in_time.value == 1);  // 54 km: 2700 s and 40 s for starting and stopping, of 2760 s
    CHECK_FALSE(at(result, "D").on_own_way);
    CHECK(at(result, "D").distance == 54 * km);
    CHECK(at(result, "C").in_time.value == 0);
    REQUIRE(result.whereabouts.size() == 1);
    CHECK(result.whereabouts[0].kind == Whereabouts::Kind::between);
    CHECK(result.whereabouts[0].share.value == 1);
}

TEST_CASE("stat: the share at a distance is that of the departures that are early enough") {
    Scenario scenario = forked_line();
    scenario.journey.depart = {};
    scenario.journey.depart.between =
        std::vector<Written<WrittenTime>>{{{LocalTime{2020, 1, 1, 0, 0, 0}, {}}, {}}, {{LocalTime{2020, 1, 1, 10, 0, 0}, {}}, {}}};
    // C takes 3640 s, so it is there at 06:00:40 in half of the runs
    const Reach result = reach(scenario, Written<WrittenTime>{{LocalTime{2020, 1, 1, 6, 0, 40}, {}}, {}}, {.runs = 4'000});
    CHECK(near(at(result, "C").in_time.value, 0.5, 4 * 0.008));
    CHECK(near(at(result, "C").in_time.error, 0.0079, 0.0002));
    REQUIRE(at(result, "C").overall.has_value());
    CHECK(at(result, "C").overall->value == at(result, "C").in_time.value);
    CHECK_FALSE(at(result, "D").overall.has_value());
    double all = 0;
    for (const Whereabouts& place : result.whereabouts) all += place.share.value;
    CHECK(near(all, 1.0, 1e-12));
}

TEST_CASE("law: nearer stations of one way are never less likely, and more time never makes one less likely") {
    Scenario scenario = forked_line();
    scenario.train.journey_pace.value = Uncertain<double>{Law{Normal{0, 0.3}}};
    const Reach sooner = reach(scenario, 60 * minute, few), later = reach(scenario, 75 * minute, few);
    for (const Reach* result : {&sooner, &later}) {
        CHECK(at(*result, "B").in_time.value >= at(*result, "C").in_time.value);
        CHECK(at(*result, "B").in_time.value >= at(*result, "D").in_time.value);
    }
    for (const char* id : {"B", "C", "D"}) CHECK(at(later, id).in_time.value >= at(sooner, id).in_time.value);
}

TEST_CASE("stat: weighted destinations have an overall probability beside each one's own") {
    Scenario scenario = forked_line();
    scenario.journey.to.options = {{name_of("C"), 3}, {name_of("D"), 1}};
    const Reach result = reach(scenario, 10 * h, {.runs = 1'024});
    CHECK(at(result, "C").in_time.value == 1);
    CHECK(near(at(result, "C").overall->value, 0.75, 0.002));  // runs share the alternatives out evenly
    CHECK(near(at(result, "D").overall->value, 0.25, 0.002));
    CHECK(at(result, "B").overall->value == 1);
}

TEST_CASE("exact: a train that arrives then left there by its running time before") {
    const ReachBack result = reach_back(forked_line(), name_of("C"), {{LocalTime{2020, 1, 2, 12, 0, 0}, {}}, {}}, few);
    REQUIRE(result.stations.size() == 2);  // from D it would have to turn at B
    CHECK(result.unreachable.size() == 1);
    const auto before = [&](const char* id) { return to_duration(result.time.time_since_epoch() - at(result, id).left[1].value); };
    CHECK(near(before("A"), 3640 * s, 0.002 * s));
    CHECK(near(before("B"), 1820 * s, 0.002 * s));  // on the way from A: it passes at speed
    CHECK(at(result, "B").distance == 36 * km);
    CHECK(at(result, "A").probability == 1);
}

TEST_CASE("law: a station without a way is named with the reason") {
    Scenario scenario = forked_line();
    scenario.networks[0].stations.push_back(drawn_station("E", 1, 1));
    scenario.networks[0].stations.push_back(drawn_station("F", 1, 1.2));
    scenario.networks[0].lines.push_back(drawn_line("E-F", "E", "F", 30 * km, 72 * km / h));
    const Reach result = reach(scenario, 1 * h, few);
    REQUIRE(result.unreachable.size() == 2);
    CHECK(result.stations.size() == 3);
    CHECK_FALSE(result.unreachable[0].why.empty());
}

TEST_CASE("fail: open origins, unknown stations and times that do not exist are refused") {
    Scenario scenario = forked_line();
    CHECK_THROWS_AS(reach_back(scenario, name_of("X"), {{LocalTime{2020, 1, 2, 12, 0, 0}, {}}, {}}, few), InputError);
    scenario.journey.from.options = {{name_of("A"), 1}, {name_of("B"), 1}};
    CHECK_THROWS_AS(reach(scenario, 1 * h, few), InputError);
}

}  // namespace estimate_reach_test
