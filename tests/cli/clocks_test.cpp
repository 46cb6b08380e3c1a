// Tables about a change of clocks and about the turn of a year.

#include <support/files.hpp>
#include <support/process.hpp>

#include <doctest/doctest.h>

#include <string>

namespace cli_clocks_test {

using namespace railwindow;

namespace {

// A to B, 300 km at the speed given, in a zone whose clocks went back on 26 October 2014 at 02:00.
struct Railway {
    OwnFolder folder;

    Railway(const std::string& speed, const std::string& depart) {
        write_file(folder / "network.yaml",
                   "schema: railwindow.network/1\nname: N\nsource: test\nconfidence: high\nstations:\n"
                   "  a: {name: A, country: RU, position: 43.0 N 132.0 E, time_zone: Asia/Vladivostok}\n"
                   "  b: {name: B, country: RU, position: 43.0 N 135.0 E, time_zone: Asia/Vladivostok}\n"
                   "lines:\n  l: {name: L, gauge: 1520 mm, tracks: 1, electrification: none, limit: 100 km/h, operating_speed: " +
                       speed + ", chainage: {a: 0 km, b: 300 km}}\n");
        write_file(folder / "practice.yaml", "schema: railwindow.practice/1\ncountry: RU\nsource: test\nconfidence: high\nsection_noise: 0\n");
        write_file(folder / "train.yaml",
                   "schema: railwindow.train/1\nname: T\nsource: test\nconfidence: high\ngauges: [1520 mm]\ncars: 10\n"
                   "car: {length: 24 m, mass: 50 t, axles: 4, resistance: russian jointed, rotating_mass_factor: 1.06}\n"
                   "locomotive_length: 40 m\nlimit: 120 km/h\ndynamics: {constant_speed: true}\nservice_deceleration: 0.35 m/s^2\n"
                   "brake_build_up: 0 s\njourney_pace: 0\n");
        write_file(folder / "scenario.yaml",
                   "# When is it at B?\nschema: railwindow.scenario/1\nnetworks: network.yaml\npractice: practice.yaml\ntrain: train.yaml\n"
                   "journey: {from: a, to: b, depart: " +
                       depart + "}\n");
    }

    std::string output(std::vector<std::string> arguments) const {
        arguments.insert(arguments.begin() + 1, folder / "scenario.yaml");
        const Outcome outcome = railwindow_tool(arguments);
        INFO(outcome.err);
        REQUIRE(outcome.status == 0);
        std::string flat;
        for (const char c : outcome.out)
            if (const char next = c == '\n' ? ' ' : c; next != ' ' || flat.empty() || flat.back() != ' ') flat += next;
        return flat;
    }
};

bool holds(const std::string& text, const std::string& part) {
    INFO(text);
    CHECK(text.find(part) != std::string::npos);
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("found: 2026-11-29 one offset stood beside quantiles on both sides of a change of clocks") {
    // 300 km at 73.25, 57.5 and 41.75 km/h take 4 h 06 min, 5 h 13 min and 7 h 11 min. The clocks go back after 6 h, from 02:00 to 01:00.
    const Railway railway{"{uniform: [40 km/h, 75 km/h]}", "2014-10-25 20:00"};
    const std::string table = railway.output({"run", "--runs", "20000", "--details"});
    holds(table, "0.0 10-25 20:00 10-25 20:00 10-25 20:00 +11:00");
    holds(table, "varies");
    holds(table, "Clocks change between the quantiles of the arrival at B: P5 +11:00, P50 +11:00, P95 +10:00.");
    holds(railway.output({"run", "--runs", "20000"}),
          "Clocks change within the window of the arrival at B: its times are UTC+11:00, UTC+11:00, UTC+10:00.");
    const std::string earlier = railway.output({"run", "--runs", "2000", "--set", "journey.depart=2014-10-24 20:00", "--details"});
    CHECK(earlier.find("varies") == std::string::npos);
    CHECK(earlier.find("Clocks change") == std::string::npos);
}

TEST_CASE("found: 2026-11-29 depart-by gave quantiles without their offset") {
    const Railway railway{"{uniform: [40 km/h, 75 km/h]}", "2014-10-25 20:00"};
    const std::string text = railway.output({"depart-by", "--arrive-by", "2014-10-26T03:00+10:00", "--runs", "500"});
    const std::string window = text.substr(text.find("Its window there:"));
    std::size_t offsets = 0;
    for (std::size_t at = 0; (at = window.find("+1", at)) != std::string::npos; ++at) ++offsets;
    INFO(window);
    CHECK(offsets == 3);
    holds(window, "+11:00");
    holds(window, "+10:00");
}

TEST_CASE("found: 2026-11-29 the year in the head was that before rounding") {
    // 300 km at 75.007 km/h take 1.3 s less than 4 h: shown as midnight, and so of the next year.
    const Railway railway{"75.007 km/h", "2019-12-31 20:00"};
    const std::string table = railway.output({"run", "--runs", "10"});
    holds(table, "B: about 00:00 on Wednesday 1 January 2020");
    holds(table, "December 2019 to January 2020");
    holds(railway.output({"run", "--runs", "10", "--details"}), "year 2019 to 2020");
}

}  // namespace cli_clocks_test
