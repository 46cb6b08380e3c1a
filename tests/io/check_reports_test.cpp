// What `check` says of files whose reports cannot be, and of turns that a network names.

#include <railwindow/io/check_file.hpp>
#include <railwindow/io/network_file.hpp>
#include <railwindow/network/network.hpp>
#include <support/files.hpp>

#include <doctest/doctest.h>

namespace io_check_reports_test {

using namespace railwindow;

namespace {

std::string replaced(std::string text, const std::string& what, const std::string& by) {
    const std::size_t at = text.find(what);
    REQUIRE(at != std::string::npos);
    return text.replace(at, what.size(), by);
}

const char* const curve = R"(schema: railwindow.network/1
name: a line that curves back
source: drawn
confidence: high
stations:
  a: {name: A, country: KP, position: 39.0 N 125.0 E, time_zone: Asia/Pyongyang}
  b: {name: B, country: KP, position: 39.0 N 125.3 E, time_zone: Asia/Pyongyang}
  c: {name: C, country: KP, position: 39.05 N 125.05 E, time_zone: Asia/Pyongyang}
lines:
  l: {name: L, gauge: 1435 mm, limit: 100 km/h, operating_speed: 50 km/h, chainage: {a: 0 km, b: 26 km}}
  m: {name: M, gauge: 1435 mm, limit: 100 km/h, operating_speed: 50 km/h, chainage: {b: 0 km, c: 40 km}}
turns:
  - {at: b, between: [a, c], reversal: false}
)";

}  // namespace

TEST_CASE("found: 2026-11-29 check refuses the reports that backtest refuses, at their place") {
    const OwnFolder folder;
    folder.copy_committed();
    const std::string file = folder / "scenarios/history/2019-04-khasan-vladivostok.yaml";
    const std::string text = contents(file);
    CHECK(check_files({file}).front().findings.empty());
    write_file(file, replaced(text, R"(["2019-04-24 17:50", "2019-04-24 18:01"])", R"(["2019-04-24 13:50", "2019-04-24 14:01"])"));
    const std::vector<FileReport> backwards = check_files({file});
    REQUIRE(backwards.front().findings.size() == 1);
    CHECK(backwards.front().findings[0].place.line > 20);
    CHECK(backwards.front().findings[0].what.find("Vladivostok is reached at 2019-04-24T14:01:00+10:00 or before, and Ussuriysk is passed") == 0);
    write_file(file, replaced(text, "{at: ussuriysk, event: pass, between: [\"2019-04-24 14:30\"",
                              "{at: khasan, event: depart, between: [\"2019-04-24 11:30\""));
    const std::vector<FileReport> given = check_files({file});
    REQUIRE(given.front().findings.size() == 1);
    CHECK(given.front().findings[0].place.line > 20);
    CHECK(given.front().findings[0].what.find("is where the forecast begins") != std::string::npos);
}

TEST_CASE("found: 2026-11-29 a network file says where a curve is no reversal") {
    const Network network{{read_network(curve, "curve.yaml")}};
    const auto station = [&](const char* id) { return *network.find_station(id); };
    CHECK(network.known_turn(station("b"), station("a"), station("c")) == false);
    CHECK(network.known_turn(station("b"), station("c"), station("a")) == false);
    CHECK_FALSE(network.known_turn(station("a"), station("b"), station("b")).has_value());
}

}  // namespace io_check_reports_test
