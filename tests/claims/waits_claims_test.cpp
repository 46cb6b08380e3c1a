// What the rules of waiting make of the journeys that they were written for.

#include <railwindow/estimate/depart_by.hpp>
#include <railwindow/estimate/estimate.hpp>
#include <railwindow/io/scenario_file.hpp>
#include <railwindow/simulation/simulate.hpp>
#include <support/source_tree.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

namespace claims_waits_claims_test {

using namespace railwindow;

namespace {

Scenario load(const std::string& name) { return load_scenario(source("scenarios/" + name + ".yaml")); }

const TimingPointEstimate& arrival_at(const Model& model, const Estimate& windows, const std::string& id) {
    return *std::find_if(windows.timing_points.begin(), windows.timing_points.end(), [&](const TimingPointEstimate& point) {
        return point.event == TimingEvent::arrive && model.network.stations()[model.timing_points[point.point].station].id == id;
    });
}

const PracticeSheet& practice_of(const Scenario& scenario, const char* country) {
    return *std::find_if(scenario.practice.begin(), scenario.practice.end(), [&](const PracticeSheet& one) { return one.country.value == country; });
}

}  // namespace

TEST_CASE("law: Pyongyang to Vladivostok falls into modes and its window is narrower than 18 h" * doctest::test_suite("slow")) {
    const Model model = build(load("pyongyang-vladivostok-2019"));
    const Estimate windows = estimate(model, {.runs = 8192});
    const std::vector<Quantile>& arrival = windows.timing_points.back().time;
    CHECK(to_duration(arrival.back().value - arrival.front().value) < 18 * h);
    REQUIRE(windows.modes.size() > 2);
    std::uint64_t runs = 0;
    for (const ModeEstimate& mode : windows.modes) runs += mode.runs;
    CHECK(runs == 8192);
}

TEST_CASE("law: Khasan at six on 12 September 2023 lies inside the central 80 %" * doctest::test_suite("slow")) {
    const Model model = build(load("pyongyang-vostochny-2023"));
    const Estimate windows = estimate(model, {.runs = 8192, .quantiles = {0.1, 0.9}});
    const TimingPointEstimate& khasan = arrival_at(model, windows, "khasan");
    const TimeZone& zone = model.network.stations()[model.timing_points[khasan.point].station].zone;
    const Millis six = std::get<Instant>(zone.instant_of({2023, 9, 12, 6, 0, 0})).time_since_epoch();
    CHECK(khasan.time.front().value <= six);
    CHECK(six + std::chrono::hours{1} <= khasan.time.back().value);
}

TEST_CASE("law: who must be at Vladivostok on Tuesday leaves as running and border and receptions alone say give or take two hours" *
          doctest::test_suite("slow")) {
    const Scenario scenario = load("pyongyang-vladivostok-2023");
    DepartByOptions question{.arrive_by = {{LocalTime{2023, 9, 12, 23, 59, 0}, {}}, {}}, .runs = 4000};
    const Instant hurried = depart_by(build(scenario), question).latest.depart;
    Scenario received = scenario;
    for (PracticeSheet& practice : received.practice) practice.long_stands.clear();
    question.voluntary_waits = true;
    const Instant waits = depart_by(build(received), question).latest.depart;
    CHECK(waits <= hurried);
    CHECK(hurried - waits <= std::chrono::hours{2});
}

TEST_CASE("law: on the way out of the DPRK there is one long stand at most and none within 150 km of the border" * doctest::test_suite("slow")) {
    Scenario scenario = load("pyongyang-vladivostok-2019");
    for (PracticeSheet& practice : scenario.practice) practice.disruptions.reset();  // whoever comes at another hour finds other lines closed
    const Model model = build(scenario);
    for (PracticeSheet& practice : scenario.practice) practice.long_stands.clear();
    const Model without = build(scenario);
    Simulator simulator{model}, hurried{without};
    const std::vector<Visit>& visits = model.main().visits;
    const auto border =
        std::find_if(visits.begin(), visits.end(), [&](const Visit& visit) { return model.network.stations()[visit.station].country == "RU"; });
    std::uint64_t stands = 0;
    for (std::uint64_t run = 0; run < 4000; ++run) {
        const Trace& trace = simulator.run({1, run});
        const Trace& plain = hurried.run({1, run});
        if (trace.diversion || plain.diversion || trace.alternative != 0) continue;
        std::uint64_t here = 0;
        for (std::size_t i = 1; visits.begin() + static_cast<std::ptrdiff_t>(i) < border; ++i) {
            if (i >= trace.main().visits.size() || i >= plain.main().visits.size()) break;
            const Millis more =
                (trace.main().visits[i].depart - trace.main().visits[i].arrive) - (plain.main().visits[i].depart - plain.main().visits[i].arrive);
            if (more < std::chrono::hours{1} || model.network.stations()[visits[i].station].id == "tumangang")
                continue;  // there it may wait for its hour
            ++here;
            CHECK(border->distance - visits[i].distance >= 145 * km);  // the border station lies 5 km before
        }
        CHECK(here <= 1);
        stands += here;
    }
    CHECK(stands > 100);
}

TEST_CASE("law: what nobody has timed spreads at least one and a half times as much, of line and journey together") {
    const Scenario russia = load("pyongyang-vladivostok-2019"), china = load("pyongyang-hanoi-2019");
    const double journey = 0.06;  // special-train.yaml
    for (const PracticeSheet* practice :
         {&practice_of(russia, "KP"), &practice_of(russia, "RU"), &practice_of(china, "CN"), &practice_of(china, "VN")}) {
        REQUIRE(practice->speed_spread);
        for (const double line : {0.09, 0.13})
            CHECK(std::hypot(practice->speed_spread->untimed * line, journey) >= 1.5 * std::hypot(practice->speed_spread->timed * line, journey));
    }
}

}  // namespace claims_waits_claims_test
