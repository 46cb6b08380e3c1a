#include <railwindow/core/error.hpp>
#include <railwindow/io/scenario_file.hpp>
#include <railwindow/simulation/simulate.hpp>
#include <support/drawn.hpp>

#include <doctest/doctest.h>

#include <fmt/format.h>

#include <cmath>

namespace simulation_time_of_day_test {

using namespace railwindow;

namespace {

Written<DailyHours> hours(const char* text) { return {std::get<DailyHours>(parse_hours(text)), {}}; }

// A - B - C - D, 36 km each at 72 km/h, one stop after the other passed; leaves at midnight, UTC on the equator.
Scenario three_sections() { return drawn("A --36km,72-- B --36km,72-- C --36km,72-- D"); }

HourlyPaceSheet at(const char* text, double pace) { return {hours(text), {}, Uncertain<double>{pace}, {}}; }

Millis between(const TrainTrace& train, std::size_t from, std::size_t to) { return train.visits[to].arrive - train.visits[from].depart; }

}  // namespace

TEST_CASE("drawn: a section has the pace of the hour at which the train comes into it") {
    Scenario scenario = three_sections();
    // B is passed at 00:30:20, 20 s of them for starting; C at 01:00:20.
    scenario.practice.front().time_of_day = {at("00:31-05:00", 0.5)};
    const Trace trace = simulate(build(scenario), {1, 0});
    CHECK(between(trace.main(), 0, 1) == Millis{1'820'000});
    // 20 to 10 m/s at 0.5 m/s2 is done before C, where the limit begins: 300 m at 15 m/s in the mean, 5 s more than at 20 m/s; then 36 km at
    // 10 m/s, and 10 s for coming to a stand.
    CHECK(between(trace.main(), 1, 2) == Millis{1'805'000});
    CHECK(between(trace.main(), 2, 3) == Millis{3'610'000});
}

TEST_CASE("law: at neutral hours and with a factor of 1 nothing changes, bit for bit") {
    Scenario scenario = three_sections();
    scenario.practice.front().section_noise.value = 0.1;
    const Model plain = build(scenario);
    scenario.practice.front().time_of_day = {at("00:00-12:00", 1.0), at("12:00-24:00", 0.5)};
    const Model timed = build(scenario);
    for (std::uint64_t run = 0; run < 100; ++run) {
        const Trace a = simulate(plain, {1, run}), b = simulate(timed, {1, run});
        for (std::size_t i = 0; i < a.main().visits.size(); ++i) CHECK(a.main().visits[i].arrive == b.main().visits[i].arrive);
    }
}

TEST_CASE("law: the pace of an hour is drawn once for a journey and by itself, the first entry that fits holds, and lines can be named") {
    Scenario scenario = three_sections();
    const Millis plain = between(simulate(build(scenario), {1, 0}).main(), 0, 3);
    HourlyPaceSheet night = at("night", 0.5);
    night.pace = Uncertain<double>{Law{Uniform{0.5, 1.0}}};
    scenario.practice.front().time_of_day = {night, at("00:00-12:00", 0.1)};
    const Model drawn_pace = build(scenario);
    for (std::uint64_t run = 0; run < 50; ++run) {
        const Millis takes = between(simulate(drawn_pace, {1, run}).main(), 0, 3);
        CHECK(takes >= plain);
        CHECK(takes <= 2 * plain);
        // 108 km all at one speed: cruising at 20 m/s times the factor, and v / a for starting and stopping.
        const double factor = 0.5 + 0.5 * Noise{1, run}.uniform({"time-of-day", "main", "XX night"});
        const double expected = 108'000 / (20 * factor) + 20 * factor / 0.5;
        CHECK(std::abs(static_cast<double>(takes.count()) - 1000 * expected) <= 2);
    }
    scenario.practice.front().time_of_day = {at("00:00-12:00", 0.5)};
    scenario.practice.front().time_of_day.front().lines = {name_of("B-C")};
    const Trace one_line = simulate(build(scenario), {1, 0});
    CHECK(between(one_line.main(), 1, 2) > Millis{3'500'000});
    CHECK(between(one_line.main(), 0, 1) < Millis{1'900'000});
}

TEST_CASE("law: hours of the day and stands between stations go together") {
    // The run is taken up again where the train stood, at whatever pace that hour has.
    Scenario scenario = three_sections();
    scenario.practice.front().disruptions.emplace().signal_holds = {{20 * km, Uncertain<Duration>{25 * minute}, {}}};
    scenario.practice.front().time_of_day = {at("00:20-00:50", 0.6), at("01:10-02:00", 1.2)};
    const Model model = build(scenario);
    for (std::uint64_t run = 0; run < 300; ++run) {
        const Trace trace = simulate(model, {1, run});
        const TrainTrace& train = trace.main();
        REQUIRE(train.visits.size() == 4);
        CHECK(train.parts.sum() == train.visits.back().arrive - train.visits.front().depart);
    }
}

TEST_CASE("law: a pace that stops the train is refused") {
    Scenario scenario = three_sections();
    scenario.practice.front().time_of_day = {at("00:00-12:00", 0.0)};
    CHECK_THROWS_AS(build(scenario), InputError);
}

TEST_CASE("law: found: many hours of other paces on one leg are all kept") {
    std::string line = "A";
    for (int i = 0; i < 40; ++i) line += " --20km,72-- S" + std::to_string(i);
    Scenario scenario = drawn(line);
    for (int hour = 0; hour < 24; hour += 2)
        scenario.practice.front().time_of_day.push_back(at(fmt::format("{:02}:00-{:02}:00", hour, hour + 1).c_str(), 0.5));
    const Trace trace = simulate(build(scenario), {1, 0});
    const std::vector<VisitTimes>& visits = trace.main().visits;
    for (std::size_t i = 1; i + 1 < visits.size(); ++i) {
        const auto entered = std::chrono::floor<std::chrono::hours>(visits[i - 1].depart.time_since_epoch());
        const double pace = entered.count() % 2 == 0 ? 0.5 : 1.0;
        // Speeding up costs 5 s at most within a section, slowing down before the next one as much.
        CHECK(std::abs((to_duration(visits[i].arrive - visits[i - 1].depart) / s) - 20'000 / (20 * pace)) <= 20);
    }
}

TEST_CASE("drawn: found: who stood in a section goes on at the pace at which it was entered") {
    Scenario scenario = drawn("A --36km,72-- B");
    scenario.practice.front().disruptions.emplace().signal_holds = {{36 * km, Uncertain<Duration>{2 * h}, {}}};
    scenario.practice.front().time_of_day = {at("01:00-12:00", 0.5)};
    const Model model = build(scenario);
    std::size_t stood = 0;
    for (std::uint64_t run = 0; run < 200; ++run) {
        const TrainTrace train = simulate(model, {1, run}).main();
        if (train.parts[TimePart::disruptions] != Millis{7'200'000}) continue;
        ++stood;
        CHECK(train.parts[TimePart::moving] <= Millis{1'880'000});  // 36 km at 20 m/s, 40 s for each start and stop
        CHECK(train.parts[TimePart::moving] > Millis{1'840'000});
    }
    CHECK(stood > 40);
}

}  // namespace simulation_time_of_day_test
