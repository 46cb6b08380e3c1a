// compare, depart-by and reach as a user calls them.

#include <support/files.hpp>
#include <support/near.hpp>
#include <support/process.hpp>

#include <railwindow/core/text.hpp>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <sstream>

namespace cli_what_if_test {

using namespace railwindow;
using Json = nlohmann::ordered_json;

namespace {

const std::string evening = committed("scenarios/pyongyang-vladivostok-2019.yaml");
const std::string origins = committed("scenarios/khasan-2019-origins.yaml");

std::string result_of(const std::vector<std::string>& arguments) {
    const Outcome outcome = railwindow_tool(arguments);
    INFO(outcome.err);
    REQUIRE(outcome.status == 0);
    CHECK(outcome.err.empty());
    return outcome.out;
}

void check_narrow(const std::string& table) {
    std::istringstream lines{table};
    for (std::string line; std::getline(lines, line);) {
        INFO(line);
        CHECK(characters(line) <= 80);
        CHECK_FALSE(line.ends_with(' '));
    }
}

void check_refused_with(const std::vector<std::string>& arguments, int status, const std::string& says) {
    const Outcome outcome = railwindow_tool(arguments);
    INFO(outcome.err);
    CHECK(outcome.status == status);
    CHECK(outcome.out.empty());
    CHECK(outcome.err.find(says) != std::string::npos);
}

}  // namespace

TEST_CASE("cli: compare shows each variant's window and its difference from the first") {
    const std::string table = result_of({"compare", evening, "--runs", "300"});
    check_narrow(table);
    for (const char* part : {"turn-at-baranovsky", "How much later than pyongyang-vladivostok-2019", "via: [rajin, baranovsky]",
                             "Arrivals in local time of Vladivostok"})
        CHECK(table.find(part) != std::string::npos);
    const Json json = Json::parse(result_of({"compare", evening, "--runs", "300", "--format", "json"}));
    CHECK(json["schema"] == "railwindow.comparison/1");
    CHECK(json["base"] == "pyongyang-vladivostok-2019");
    REQUIRE(json["variants"].size() == 2);
    CHECK_FALSE(json["variants"][0].contains("against_base"));
    const Json& turn = json["variants"][1];
    CHECK(turn["routes"][0]["reversals"] == Json::array({"baranovsky"}));
    for (const char* key : {"pairs", "difference_seconds", "difference_error_seconds", "mean_seconds", "mean_error_seconds", "shift_seconds",
                            "shift_error_seconds", "earlier", "later"})
        CHECK(turn["against_base"].contains(key));
    CHECK(turn["against_base"]["difference_seconds"]["p50"].get<double>() < 0);
    CHECK(turn["against_base"]["earlier"]["value"].get<double>() > 0.8);
}

TEST_CASE("cli: a variant that cannot be is listed with the reason") {
    const std::string table = result_of({"compare", evening, "--runs", "100", "--sweep", "edits.stations.ussuriysk.reversal.possible=true,false"});
    CHECK(table.find("Not possible: false:") != std::string::npos);
    check_narrow(table);
}

TEST_CASE("cli: a sweep is a row for each point, with the values in columns of the CSV") {
    std::istringstream lines{result_of({"compare", evening, "--runs", "100", "--format", "csv", "--set", "journey.regauging=tumangang", "--sweep",
                                        "edits.train.cars=15..26/11", "--sweep", "journey.calls[0].dwell=1 h,2 h"})};
    std::string line;
    std::getline(lines, line);
    CHECK(line.rfind("variant,edits.train.cars,journey.calls[0].dwell,length_km", 0) == 0);
    const auto columns = std::count(line.begin(), line.end(), ',');
    std::size_t rows = 0;
    for (; std::getline(lines, line); ++rows)
        if (rows > 0) CHECK(std::count(line.begin(), line.end(), ',') == columns + 1);  // the name holds one comma, in quotes
    CHECK(rows == 5);
}

TEST_CASE("cli: --routes compares the ways that the networks offer") {
    const Json json = Json::parse(result_of({"compare", evening, "--runs", "50", "--routes", "2", "--format", "json"}));
    REQUIRE(json["variants"].size() == 2);
    CHECK(json["variants"][0]["routes"][0]["length_km"] != json["variants"][1]["routes"][0]["length_km"]);
}

TEST_CASE("cli: depart-by answers with a minute, and the curve with a row of them") {
    const std::vector<std::string> asked{"depart-by", evening, "--arrive-by", "2019-04-25 18:00", "--runs", "500"};
    const std::string table = result_of(asked);
    check_narrow(table);
    std::string in_one_line = table;
    for (std::size_t at = in_one_line.find("\n  "); at != std::string::npos; at = in_one_line.find("\n  ")) in_one_line.replace(at, 3, " ");
    CHECK(in_one_line.find("it must leave Pyongyang no later than") != std::string::npos);
    std::vector<std::string> as_json = asked;
    as_json.insert(as_json.end(), {"--curve", "--format", "json"});
    const Json json = Json::parse(result_of(as_json));
    CHECK(json["schema"] == "railwindow.departure/1");
    CHECK(json["latest"]["at_least"].get<double>() >= 0.95);
    CHECK(json["minute_later"]["at_least"].get<double>() < 0.95);
    CHECK(json["latest"]["depart"].get<std::string>().ends_with("+09:00"));
    CHECK(json["curve"].size() > 5);
}

TEST_CASE("cli: reach shows stations, whereabouts and maps") {
    const std::vector<std::string> asked{"reach", evening, "--within", "30 h", "--runs", "100"};
    const std::string table = result_of(asked);
    check_narrow(table);
    CHECK(table.find("The journey of the file is then") != std::string::npos);
    std::vector<std::string> as_map = asked;
    as_map.insert(as_map.end(), {"--format", "geojson"});
    const Json map = Json::parse(result_of(as_map));
    CHECK(map["type"] == "FeatureCollection");
    for (const Json& feature : map["features"]) {
        CHECK(feature["geometry"]["coordinates"].size() == 2);
        CHECK(feature["properties"]["in_time"]["value"].get<double>() <= 1);
    }
    const std::string back = result_of({"reach", origins, "--arrive-at", "khasan", "--time", "2019-04-24 10:40", "--runs", "100"});
    check_narrow(back);
    CHECK(back.find("Kyongsong") != std::string::npos);
}

TEST_CASE("cli: one thread and two answer alike") {
    for (const std::vector<std::string>& asked : {std::vector<std::string>{"compare", evening, "--runs", "300", "--format", "json"},
                                                  {"depart-by", evening, "--arrive-by", "2019-04-25 18:00", "--runs", "300", "--format", "json"},
                                                  {"reach", evening, "--time", "2019-04-25 00:00", "--runs", "60", "--format", "json"}}) {
        std::vector<std::string> one = asked, two = asked;
        one.insert(one.end(), {"--threads", "1"});
        two.insert(two.end(), {"--threads", "2"});
        CHECK(result_of(one) == result_of(two));
    }
}

TEST_CASE("cli: --set and --variant are shown in the head of a result") {
    const std::string table =
        result_of({"run", evening, "--runs", "100", "--variant", "turn-at-baranovsky", "--set", "journey.calls[0].dwell=70 min"});
    CHECK(table.find("With journey.via: [rajin, baranovsky]") != std::string::npos);
    CHECK(table.find("With journey.calls[0].dwell: 70 min") != std::string::npos);
    const Json json = Json::parse(result_of({"run", evening, "--runs", "100", "--format", "json", "--set", "journey.calls[0].dwell=70 min"}));
    CHECK(json["changes"] == Json::array({"journey.calls[0].dwell: 70 min"}));
}

TEST_CASE("cli: what-ifs that make no sense are refused in plain words") {
    check_refused_with({"compare", evening, "--sweep", "journey.calls[0].dwell=1 h..2 h"}, 2, "the range has no step");
    check_refused_with({"compare", evening, "--variants", "turn"}, 2, "there is no variant 'turn'");
    check_refused_with({"compare", evening, evening, "--routes", "2"}, 2, "it takes one scenario");
    check_refused_with({"compare", evening, "--routes", "0"}, 64, "at least one way");
    check_refused_with({"compare", evening, "--routes", "2", "--sweep", "a=1"}, 64, "excludes");
    check_refused_with({"compare", "nowhere.yaml"}, 2, "there is no such file");
    check_refused_with({"depart-by", evening}, 64, "--arrive-by");
    check_refused_with({"depart-by", evening, "--arrive-by", "Tuesday"}, 2, "--arrive-by");
    check_refused_with({"depart-by", evening, "--arrive-by", "2019-04-25 18:00", "--confidence", "1.5"}, 2, "is no confidence");
    check_refused_with({"depart-by", evening, "--arrive-by", "2019-04-25 18:00", "--at", "kasan"}, 2, "did you mean 'khasan'?");
    check_refused_with({"reach", evening}, 64, "--within or --time");
    check_refused_with({"reach", evening, "--within", "30"}, 2, "no unit");
    check_refused_with({"reach", evening, "--within", "-3 h"}, 2, "must not be negative");
    check_refused_with({"reach", evening, "--within", "3 h", "--time", "2019-04-25 00:00"}, 64, "excludes");
    check_refused_with({"reach", evening, "--arrive-at", "khasan"}, 64, "--time");
    check_refused_with({"run", evening, "--set", "journey.via"}, 2, "there is no '='");
    check_refused_with({"run", evening, "--variant", "x"}, 2, "there is no variant 'x'");
}

TEST_CASE("cli: in a narrow terminal the table of a comparison leaves out columns instead of breaking lines") {
    const std::string wheels = committed("scenarios/wheels-at-tumangang.yaml");
    for (const std::size_t columns : {44, 60, 72, 80}) {
        const Outcome outcome = railwindow_tool({"compare", wheels, "--runs", "100"}, {.environment = {"COLUMNS=" + std::to_string(columns)}});
        REQUIRE(outcome.status == 0);
        std::istringstream lines{outcome.out};
        for (std::string line; std::getline(lines, line);) {
            CAPTURE(line);
            CHECK(characters(line) <= columns);
        }
        for (const char* always : {"1 in 20", "half", "Thu 25 "}) CHECK(outcome.out.find(always) != std::string::npos);
        std::string in_one_line = outcome.out;
        for (std::size_t at = 0; (at = in_one_line.find("\n  ", at)) != std::string::npos;) in_one_line.replace(at, 3, " ");
        CHECK((in_one_line.find("Left out for want of room:") != std::string::npos) == (columns < 72));
    }
}

}  // namespace cli_what_if_test
