#include <support/files.hpp>
#include <support/process.hpp>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <regex>
#include <sstream>

namespace cli_routes_test {

using namespace railwindow;
using Json = nlohmann::json;

namespace {

const std::string vladivostok = committed("scenarios/pyongyang-vladivostok-2019.yaml");

// `routes` over all networks, with more arguments.
Outcome over_all(std::vector<std::string> more) {
    std::vector<std::string> arguments{"routes", "--networks"};
    for (const std::string& file : committed_yaml("networks"))
        if (file.find("practice") == std::string::npos && file.find("rolling-stock") == std::string::npos) arguments.push_back(file);
    arguments.push_back("--practice");
    for (const char* country : {"china", "dprk", "russia", "vietnam"})
        arguments.push_back(committed(std::string{"networks/practice/"} + country + ".yaml"));
    arguments.insert(arguments.end(), {"--train", committed("networks/rolling-stock/special-train.yaml")});
    arguments.insert(arguments.end(), more.begin(), more.end());
    return railwindow_tool(arguments);
}

bool holds(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("cli: routes fit into 80 columns and name what changes where") {
    const Outcome outcome = over_all({"--from", "moscow-yaroslavsky", "--to", "pyongyang"});
    CHECK(outcome.status == 0);
    CHECK(outcome.err.empty());
    std::istringstream lines{outcome.out};
    for (std::string line; std::getline(lines, line);) CHECK_MESSAGE(line.size() <= 80, line);
    const std::string unwrapped = std::regex_replace(outcome.out, std::regex{"\n +"}, " ");
    CHECK(holds(unwrapped, "10296.5"));
    CHECK(holds(unwrapped, "RU-CN-KP"));
    CHECK(holds(unwrapped, "gauge 1520 to 1435 mm at Zabaikalsk"));
}

TEST_CASE("cli: routes as JSON have all keys of a run's route, and more") {
    const std::string press = committed("scenarios/press-20-hours.yaml");
    const Outcome routes = railwindow_tool({"routes", press, "--format", "json"}),
                  run = railwindow_tool({"run", press, "--runs", "10", "--format", "json"});
    const Json found = Json::parse(routes.out), ran = Json::parse(run.out);
    CHECK(found["schema"] == "railwindow.routes/1");
    REQUIRE(found["routes"].size() == 1);
    for (const auto& [key, value] : ran["routes"][0].items()) {
        CAPTURE(key);
        REQUIRE(found["routes"][0].contains(key));
        if (key != "probability") CHECK(found["routes"][0][key] == value);
    }
    CHECK(found["routes"][0]["countries"] == Json{"KP", "RU"});
    CHECK(found["routes"][0]["borders"] == Json{"tumangang-khasan"});
    CHECK(found["routes"][0]["expected_seconds"].get<double>() > found["routes"][0]["running_seconds"].get<double>());
}

TEST_CASE("cli: routes as GeoJSON are lines and points in longitude and latitude") {
    const Json found = Json::parse(over_all({"--from", "pyongyang", "--to", "vladivostok", "--format", "geojson", "--count", "2"}).out);
    CHECK(found["type"] == "FeatureCollection");
    int lines = 0;
    for (const Json& feature : found["features"]) {
        const bool line = feature["geometry"]["type"] == "LineString";
        const Json& first = line ? feature["geometry"]["coordinates"][0] : feature["geometry"]["coordinates"];
        CHECK(first[0].get<double>() > 120);
        CHECK(first[1].get<double>() < 60);
        lines += line ? 1 : 0;
    }
    CHECK(lines == 2);
}

TEST_CASE("cli: routes obey via, avoid, freight and traction") {
    const auto length = [](const std::vector<std::string>& more) {
        std::vector<std::string> arguments{"--from", "pyongyang", "--to", "vladivostok", "--count", "1", "--format", "json"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return Json::parse(over_all(arguments).out)["routes"][0]["length_km"].get<double>();
    };
    CHECK(length({}) == 1181.3);
    CHECK(length({"--avoid", "tumangang-khasan"}) == 1784.3);
    CHECK(length({"--avoid", "CN"}) == 1181.3);
    CHECK(length({"--avoid", "CN", "--via", "ussuriysk"}) == 1227.9);
    CHECK(length({"--avoid", "sinuiju-dandong,manpo-jian,tumangang-khasan,hunchun-kamyshovaya", "--freight-lines"}) == 1515.5);
    CHECK(holds(over_all({"--from", "pyongyang", "--to", "vladivostok", "--traction", "dc,ac"}).err, "a diesel could run"));
}

TEST_CASE("cli: routes say what is wrong with the question") {
    const auto outcome = [](const std::vector<std::string>& more) {
        std::vector<std::string> arguments{"routes", vladivostok};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return railwindow_tool(arguments);
    };
    CHECK(outcome({"--from", "kyongson"}).status == 2);
    CHECK(holds(outcome({"--from", "kyongson"}).err, "did you mean 'kyongsong'?"));
    CHECK(outcome({"--avoid", "honguy"}).status == 2);
    CHECK(holds(outcome({"--avoid", "honguy"}).err, "did you mean 'hongui'?"));
    CHECK(outcome({"--avoid", "RU"}).status == 3);
    CHECK(outcome({"--count", "0"}).status == 64);
    CHECK(outcome({"--networks", "x.yaml"}).status == 64);
    CHECK(railwindow_tool({"routes"}).status == 64);
}

TEST_CASE("cli: routes as CSV hold the numbers of the JSON") {
    const std::vector<std::string> question{"routes", vladivostok, "--ignore-via", "--count", "2", "--format"};
    const auto as = [&](const std::string& format) {
        std::vector<std::string> words = question;
        words.push_back(format);
        return railwindow_tool(words).out;
    };
    const Json json = Json::parse(as("json"));
    std::istringstream lines{as("csv")};
    std::string line;
    std::getline(lines, line);
    for (const Json& route : json["routes"]) {
        REQUIRE(std::getline(lines, line));
        const auto field = [&](const char* key) {
            const std::string text = route[key].get<std::string>();
            return text.find(',') == std::string::npos ? text : '"' + text + '"';
        };
        CHECK(line.starts_with(field("id") + ',' + field("name") + ',' + field("summary") + ','));
        CHECK(std::stod(line.substr(line.rfind(',') + 1)) == route["weak_length_share"].get<double>());
        CHECK(line.find(',' + std::to_string(route["expected_seconds"].get<int>()) + ',') != std::string::npos);
    }
    CHECK_FALSE(std::getline(lines, line));
}

TEST_CASE("cli: a traction that does not exist is refused with those that do") {
    const Outcome outcome = railwindow_tool({"routes", vladivostok, "--traction", "diesel,steam"});
    CHECK(outcome.status == 64);
    CHECK(outcome.err.find("'steam' is none of diesel, dc, ac, 750 V DC,") != std::string::npos);
}

}  // namespace cli_routes_test
