// The first lines that a reader sees, who does not know us.

#include <railwindow/core/text.hpp>
#include <railwindow/io/plain_words.hpp>
#include <support/files.hpp>
#include <support/process.hpp>

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <sstream>

namespace cli_answer_test {

using namespace railwindow;
using Json = nlohmann::ordered_json;

namespace {

std::string output(std::vector<std::string> arguments, const std::string& columns = "80") {
    const Outcome outcome = railwindow_tool(arguments, {.environment = {"COLUMNS=" + columns}});
    INFO(outcome.err);
    REQUIRE(outcome.status == 0);
    return outcome.out;
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream in{text};
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
}

std::string flat(const std::string& text) {  // however the lines are broken
    std::string all;
    for (const char c : text)
        if (const char next = c == '\n' ? ' ' : c; next != ' ' || all.empty() || all.back() != ' ') all += next;
    return all;
}

// `16:41` of `2019-04-25T16:40:37+10:00`: to the nearest minute.
std::string clock_of(const std::string& time) {
    const int minutes = std::stoi(time.substr(11, 2)) * 60 + std::stoi(time.substr(14, 2)) + (std::stoi(time.substr(17, 2)) >= 30 ? 1 : 0);
    return fmt::format("{:02}:{:02}", minutes / 60 % 24, minutes % 60);
}

const std::string evening = committed("scenarios/pyongyang-vladivostok-2019.yaml");
const std::string destinations = committed("scenarios/destinations-2023.yaml");

}  // namespace

TEST_CASE("cli: run begins with the question and its answer") {
    const Json json = Json::parse(output({"run", evening, "--runs", "2000", "--format", "json"}));
    const std::vector<std::string> lines = lines_of(output({"run", evening, "--runs", "2000"}));
    const std::string middle = json["timing_points"].back()["time"]["p50"];
    CHECK(lines[0].starts_with("When would a special train"));
    CHECK(lines[3] == "Vladivostok: about " + clock_of(middle) + " on Thursday 25 April 2019 (local time, UTC+10:00).");
    CHECK(lines[4].starts_with("  9 times in 10 between Thu "));
    CHECK(json["destinations"].size() == 1);
    CHECK(json["destinations"][0]["time"] == json["timing_points"].back()["time"]);
    CHECK(json["destinations"][0]["elapsed_seconds"] == json["timing_points"].back()["elapsed_seconds"]);
}

TEST_CASE("cli: run says what spreads its window, and orders weakly known numbers by it") {
    const Json json = Json::parse(output({"run", evening, "--runs", "2000", "--format", "json"}));
    const std::string text = flat(output({"run", evening, "--runs", "2000"})),
                      details = flat(output({"run", evening, "--runs", "2000", "--details"}));
    REQUIRE(json["drivers"].size() > 10);
    double before = 2;
    for (const Json& driver : json["drivers"]) {
        const double spread = driver["spread"];
        CHECK(spread <= before);
        CHECK(driver["error"].get<double>() < 0.1);
        before = spread;
    }
    const std::string first = json["drivers"][0]["name"];
    CHECK(text.find("What spreads the window most, with shares of the variance that may overlap: " + first + " (") != std::string::npos);
    double weight = 2;
    bool any = false;
    for (const Json& weak : json["weak_inputs"]) {
        const double spread = weak.value("spread", 0.0);
        if (spread >= 0.05) CHECK(spread <= weight);
        weight = spread >= 0.05 ? spread : 0.05;
        any |= spread > 0;
    }
    CHECK(any);
    CHECK(details.find(fmt::format("- {}: {:.0f} %", json["weak_inputs"][0]["what"].get<std::string>(),
                                   100 * json["weak_inputs"][0]["spread"].get<double>())) != std::string::npos);
}

TEST_CASE("cli: with several destinations each has its own answer, and none speaks for all") {
    const Json json = Json::parse(output({"run", destinations, "--runs", "2000", "--format", "json"}));
    const std::string text = flat(output({"run", destinations, "--runs", "2000"}));
    REQUIRE(json["destinations"].size() == 4);
    double all = 0;
    for (const Json& one : json["destinations"]) {
        all += one["probability"].get<double>();
        CAPTURE(one["name"].get<std::string>());
        CHECK(text.find(" % " + one["name"].get<std::string>() + ": about ") != std::string::npos);
        for (const Json& alternative : json["alternatives"])
            if (alternative["timing_points"].back()["station"] == one["station"]) CHECK(alternative["timing_points"].back()["time"] == one["time"]);
    }
    CHECK(all == doctest::Approx(1));
    CHECK(text.find("Arrival by what it waits for") == std::string::npos);  // times in the clocks of several places
}

TEST_CASE("cli: nothing is cut at 60, 80 and 200 columns, and what is left out is said") {
    for (const std::string& scenario : {evening, destinations, committed("scenarios/convoy-2023.yaml")})
        for (const char* columns : {"60", "80", "200"}) {
            CAPTURE(scenario);
            CAPTURE(columns);
            const std::string text = output({"run", scenario, "--runs", "500"}, columns);
            for (const std::string& line : lines_of(text)) CHECK(characters(line) <= std::stoul(columns));
            const Json json = Json::parse(output({"run", scenario, "--runs", "500", "--format", "json"}));
            for (const Json& point : json["timing_points"]) {
                CAPTURE(point["name"].get<std::string>());
                CHECK(text.find(point["name"].get<std::string>()) != std::string::npos);
            }
            const bool all_columns = text.find(" km ") != std::string::npos && text.find("stay") != std::string::npos;
            CHECK((all_columns || flat(text).find("A wider terminal shows") != std::string::npos));
        }
}

TEST_CASE("cli: what only a specialist asks for comes with --details") {
    const std::string brief = output({"run", evening, "--runs", "500"}), details = output({"run", evening, "--runs", "500", "--details"});
    for (const char* words :
         {"P50", "Standard error", "Where the time went", "gauge 1435 to 1520 mm", "Weakly known numbers that these windows rest on"}) {
        CAPTURE(words);
        CHECK(brief.find(words) == std::string::npos);
        CHECK(details.find(words) != std::string::npos);
    }
    CHECK(flat(brief).find("--details adds") != std::string::npos);
    CHECK(details.starts_with(brief.substr(0, brief.find("It rests on"))));
}

TEST_CASE("found: stays of another quantile were called medians") {
    const std::string text = flat(output({"run", evening, "--runs", "500", "--quantiles", "0.4,0.9"}));
    CHECK(text.find("stay: 40 % are as long or shorter") != std::string::npos);
    CHECK(text.find("40 % of the journeys take ") != std::string::npos);
    CHECK(text.find("median, h:mm") == std::string::npos);
}

TEST_CASE("unit: quantiles and shares in words") {
    CHECK(quantile_words(0.05) == std::pair<std::string, std::string>{"1 in 20", "earlier"});
    CHECK(quantile_words(0.95) == std::pair<std::string, std::string>{"1 in 20", "later"});
    CHECK(quantile_words(0.5) == std::pair<std::string, std::string>{"half", "by"});
    CHECK(quantile_words(0.975) == std::pair<std::string, std::string>{"1 in 40", "later"});
    CHECK(quantile_words(0.3) == std::pair<std::string, std::string>{"30 %", "earlier"});
    CHECK(share_words(0.95 - 0.05) == "9 times in 10");
    CHECK(share_words(0.975 - 0.025) == "19 times in 20");
    CHECK(share_words(0.98) == "98 % of the time");
    const TimeZone seoul = *TimeZone::find("Asia/Seoul");
    const Instant leap = std::chrono::sys_days{std::chrono::year{2024} / 2 / 29} + std::chrono::hours{15} - Millis{1};
    CHECK(long_day(leap, seoul) == "Friday 1 March 2024");  // to the minute it is midnight
    CHECK(time_of_day(leap, seoul) == "00:00");
    CHECK(weekday_time(leap, seoul) == "Fri  1 00:00");
    CHECK(time_in_span(leap, seoul, std::chrono::days{5}) == "Fri 00:00");
    CHECK(time_in_span(leap, seoul, std::chrono::days{7}) == "Fri 1 March 00:00");
}

TEST_CASE("found: 2026-11-30 numbers without any source looked perfectly known") {
    const OwnFolder folder;
    folder.copy_committed();
    write_file(folder / "bare.yaml", R"(schema: railwindow.network/1
name: Bare
confidence: high
stations:
  a: {name: A, country: KP, position: 39 N 125 E, time_zone: Asia/Pyongyang}
  b: {name: B, country: KP, position: 39 N 126 E, time_zone: Asia/Pyongyang}
lines:
  l: {name: L, gauge: 1435 mm, tracks: 1, electrification: 3 kV DC, limit: 90 km/h, operating_speed: 60 km/h, chainage: {a: 0 km, b: 90 km}}
)");
    write_file(folder / "s.yaml", R"(schema: railwindow.scenario/1
networks: bare.yaml
practice: networks/practice/dprk.yaml
rolling_stock: networks/rolling-stock/locomotives.yaml
train: networks/rolling-stock/special-train.yaml
journey: {from: a, to: b, depart: 2020-01-01 00:00}
)");
    const Outcome table = railwindow_tool({"run", folder / "s.yaml", "--runs", "50", "--details"});
    REQUIRE(table.status == 0);
    CHECK(table.out.find("bare.yaml: operating speed of the L (no source)") != std::string::npos);
    const auto json = nlohmann::ordered_json::parse(railwindow_tool({"run", folder / "s.yaml", "--runs", "50", "--format", "json"}).out);
    const auto& weak = json["weak_inputs"];
    CHECK(std::any_of(weak.begin(), weak.end(), [](const auto& one) {
        return one["what"] == "bare.yaml: limits of the L" && one["source"] == "" && one["confidence"] == "high";
    }));
}

}  // namespace cli_answer_test
