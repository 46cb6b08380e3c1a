// What a run writes, as its readers find it: the same numbers in every format, and the same bits on any threads.

#include <support/files.hpp>
#include <support/near.hpp>
#include <support/process.hpp>

#include <railwindow/core/clock.hpp>
#include <railwindow/core/text.hpp>
#include <railwindow/io/plain_words.hpp>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <sstream>

namespace cli_result_test {

using namespace railwindow;
using Json = nlohmann::ordered_json;

namespace {

const std::string evening = committed("scenarios/pyongyang-vladivostok-2019.yaml");

std::string result_of(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "run");
    const Outcome outcome = railwindow_tool(arguments);
    INFO(outcome.err);
    REQUIRE(outcome.status == 0);
    return outcome.out;
}

Json json_of(const std::string& scenario) { return Json::parse(result_of({scenario, "--runs", "500", "--format", "json"})); }

std::vector<std::string> keys(const Json& object) {
    std::vector<std::string> names;
    for (const auto& [key, value] : object.items()) names.push_back(key);
    return names;
}

bool has_keys(const Json& object, const std::vector<std::string>& wanted) {
    return std::all_of(wanted.begin(), wanted.end(), [&](const std::string& key) { return object.contains(key); });
}

Instant instant(const std::string& iso) {
    const auto time = parse_time(iso);
    INFO(iso);
    REQUIRE(std::holds_alternative<WrittenTime>(time));
    const WrittenTime& written = std::get<WrittenTime>(time);
    REQUIRE(written.utc_offset);
    return std::get<Instant>(instant_of(written, *TimeZone::find("Asia/Tokyo")));
}

std::vector<std::string> fields(const std::string& line) {  // no committed station has a comma in its name
    std::vector<std::string> list;
    std::istringstream text{line};
    for (std::string field; std::getline(text, field, ',');) list.push_back(field);
    if (line.ends_with(',')) list.emplace_back();
    return list;
}

std::vector<std::string> scenarios() { return committed_yaml("scenarios"); }

}  // namespace

TEST_CASE("cli: one thread and two give the same bytes") {
    const std::string one = result_of({evening, "--runs", "1000", "--format", "json", "--threads", "1"});
    CHECK(result_of({evening, "--runs", "1000", "--format", "json", "--threads", "2"}) == one);
    CHECK(result_of({evening, "--runs", "1000", "--format", "json", "--threads", "7"}) == one);
    CHECK(result_of({evening, "--runs", "1000", "--format", "json"}) == one);
    CHECK(result_of({evening, "--runs", "1000", "--format", "json", "--seed", "2"}) != one);
}

TEST_CASE("cli: the JSON of every scenario has the keys of its schema") {
    for (const std::string& scenario : scenarios()) {
        CAPTURE(scenario);
        const Json json = json_of(scenario);
        CHECK(json["schema"] == "railwindow.estimate/1");
        CHECK(json["runs"] == 500);
        CHECK(json["seed"] == 1);
        CHECK(has_keys(json, {"scenario", "routes", "timing_points", "legs", "weak_inputs"}));
        for (const Json& route : json["routes"]) CHECK(has_keys(route, {"id", "probability", "length_km", "gauge_changes", "reversals"}));
        for (const Json& point : json["timing_points"]) {
            CHECK(has_keys(
                point, {"station", "name", "event", "train", "distance_km", "time_zone", "probability", "time", "error_seconds", "elapsed_seconds"}));
            for (const char* of : {"time", "error_seconds", "elapsed_seconds"})
                CHECK(keys(point[of]) == std::vector<std::string>{"p5", "p50", "p95"});
        }
        for (const Json& leg : json["legs"]) CHECK(has_keys(leg, {"from", "to", "running", "standing", "total"}));
        for (const Json& weak : json["weak_inputs"]) CHECK(has_keys(weak, {"what", "confidence", "source"}));
    }
}

TEST_CASE("law: times rise with the quantile and along the route, in the offset of the station") {
    for (const std::string& scenario : scenarios()) {
        CAPTURE(scenario);
        const Json json = json_of(scenario);
        // Where ways part, each has its own order along the route.
        const bool one_way = std::all_of(json["routes"].begin(), json["routes"].end(),
                                         [&](const Json& route) { return route["length_km"] == json["routes"][0]["length_km"]; });
        const Json& way = one_way ? json : json["alternatives"][0];
        double distance = -1, elapsed = -1;
        std::string train = "main";
        for (const Json& point : way["timing_points"]) {
            CAPTURE(point.dump());
            if (point["train"] != train) distance = elapsed = -1;  // another train of the convoy begins
            train = point["train"];
            const Instant low = instant(point["time"]["p5"]), middle = instant(point["time"]["p50"]), high = instant(point["time"]["p95"]);
            CHECK(low <= middle);
            CHECK(middle <= high);
            CHECK(iso_time(middle, *TimeZone::find(point["time_zone"].get<std::string>())) == point["time"]["p50"].get<std::string>());
            CHECK(point["distance_km"].get<double>() >= distance);
            CHECK(point["elapsed_seconds"]["p50"].get<double>() >= elapsed);
            CHECK(point["error_seconds"]["p50"].get<double>() >= 0);
            distance = point["distance_km"], elapsed = point["elapsed_seconds"]["p50"];
        }
        CHECK(way["timing_points"].front()["event"] == "depart");
        CHECK(way["timing_points"].back()["event"] == "arrive");
        CHECK(near(json["routes"][0]["length_km"].get<double>(), distance, 1e-9));
    }
}

TEST_CASE("cli: clocks of 2019 show Khasan at UTC+10 and Pyongyang at UTC+9, of 2016 at UTC+8:30") {
    const Json json = json_of(evening);
    CHECK(json["timing_points"].front()["time"]["p50"].get<std::string>().ends_with("+09:00"));
    CHECK(json["timing_points"].back()["time"]["p50"].get<std::string>().ends_with("+10:00"));
    const OwnFolder folder;
    folder.copy_committed();
    std::string text = contents(folder / "scenarios/press-20-hours.yaml");
    text.replace(text.find("2019-04-23"), 10, "2016-04-23");
    write_file(folder / "scenarios/press-20-hours.yaml", text);
    CHECK(json_of(folder / "scenarios/press-20-hours.yaml")["timing_points"].front()["time"]["p50"] == "2016-04-23T20:00:00+08:30");
}

TEST_CASE("cli: CSV holds the numbers of the JSON") {
    const Json json = json_of(evening);
    std::istringstream lines{result_of({evening, "--runs", "500", "--format", "csv"})};
    std::string line;
    std::getline(lines, line);
    CHECK(line == "station,name,event,train,distance_km,time_zone,probability,quantile,time,error_seconds,elapsed_seconds,dwell_seconds,route");
    const auto check = [&](const Json& points, const std::string& route) {
        for (const Json& point : points)
            for (const auto& [quantile, p] : {std::pair{"p5", "0.05"}, {"p50", "0.5"}, {"p95", "0.95"}}) {
                REQUIRE(std::getline(lines, line));
                CAPTURE(line);
                const std::vector<std::string> row = fields(line);
                REQUIRE(row.size() == 13);
                CHECK(row[0] == point["station"].get<std::string>());
                CHECK(row[2] == point["event"].get<std::string>());
                CHECK(near(std::stod(row[4]), point["distance_km"].get<double>(), 1e-9));
                CHECK(row[7] == p);
                CHECK(row[8] == point["time"][quantile].get<std::string>());
                const Json& error = point["error_seconds"][quantile];
                if (error.is_null())
                    CHECK(row[9].empty());
                else
                    CHECK(near(std::stod(row[9]), error.get<double>(), 1e-9));
                CHECK(near(std::stod(row[10]), point["elapsed_seconds"][quantile].get<double>(), 1e-9));
                CHECK(row[11].empty() != point.contains("dwell_seconds"));
                CHECK(row[12] == route);
            }
    };
    check(json["timing_points"], "all");
    for (const Json& one : json["alternatives"]) check(one["timing_points"], one["route"]);
    CHECK_FALSE(std::getline(lines, line));
}

TEST_CASE("cli: the table shows the times of the JSON") {
    const Json json = json_of(evening);
    const std::string table = result_of({evening, "--runs", "500"}), details = result_of({evening, "--runs", "500", "--details"});
    for (const Json& point : json["timing_points"]) {
        CAPTURE(point["name"].get<std::string>());
        const TimeZone zone = *TimeZone::find(point["time_zone"].get<std::string>());
        std::string row;
        std::string plain;
        for (const char* quantile : {"p5", "p50", "p95"}) {
            row += " " + short_time(instant(point["time"][quantile]), zone).substr(5);
            plain += " " + weekday_time(instant(point["time"][quantile]), zone);
        }
        CHECK(details.find(row) != std::string::npos);
        CHECK(table.find(plain) != std::string::npos);
    }
}

TEST_CASE("cli: the table of every scenario fits 80 columns") {
    for (const std::string& scenario : scenarios()) {
        CAPTURE(scenario);
        for (const bool details : {false, true}) {
            std::vector<std::string> arguments{scenario, "--runs", "500"};
            if (details) arguments.push_back("--details");
            std::istringstream lines{result_of(arguments)};
            std::size_t widest = 0, count = 0;
            for (std::string line; std::getline(lines, line); ++count) {
                widest = std::max(widest, characters(line));
                CHECK_FALSE(line.ends_with(' '));
            }
            CHECK(widest <= 80);
            CHECK(count > 10);
        }
    }
}

TEST_CASE("cli: quantiles are named by their percentage") {
    const Json json = Json::parse(result_of({evening, "--runs", "400", "--format", "json", "--quantiles", "0.025,0.5,0.999"}));
    CHECK(keys(json["timing_points"][0]["time"]) == std::vector<std::string>{"p2.5", "p50", "p99.9"});
}

TEST_CASE("cli: all timing points hold the main ones with the same times") {
    const Json main = json_of(evening);
    const Json all = Json::parse(result_of({evening, "--runs", "500", "--format", "json", "--timing-points", "all"}));
    CHECK(all["timing_points"].size() > 2 * main["timing_points"].size());
    for (const Json& point : main["timing_points"]) {
        CAPTURE(point["name"].get<std::string>());
        CHECK(std::find(all["timing_points"].begin(), all["timing_points"].end(), point) != all["timing_points"].end());
    }
}

TEST_CASE("found: a single run of several destinations has a table") {
    const std::string table = result_of({committed("scenarios/destinations-2023.yaml"), "--runs", "1", "--details"});
    CHECK(table.find("Standard error of the last line: P5 unknown (too few runs)") != std::string::npos);
    CHECK(result_of({committed("scenarios/destinations-2023.yaml"), "--runs", "1"}).find("too few to say") != std::string::npos);
}

}  // namespace cli_result_test
