// infer as a user calls it.

#include <support/files.hpp>
#include <support/near.hpp>
#include <support/process.hpp>

#include <railwindow/core/text.hpp>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <sstream>

namespace cli_infer_test {

using namespace railwindow;
using Json = nlohmann::ordered_json;

namespace {

const std::string seen_2023 = committed("scenarios/seen-2023.yaml");
const std::string origin_2019 = committed("scenarios/seen-2019-origin.yaml");
const std::string evening = committed("scenarios/pyongyang-vladivostok-2019.yaml");

std::string result_of(const std::vector<std::string>& arguments) {
    const Outcome outcome = railwindow_tool(arguments);
    INFO(outcome.err);
    REQUIRE(outcome.status == 0);
    CHECK(outcome.err.empty());
    return outcome.out;
}

void check_refused_with(const std::vector<std::string>& arguments, int status, const std::string& says) {
    const Outcome outcome = railwindow_tool(arguments);
    INFO(outcome.err);
    CHECK(outcome.status == status);
    CHECK(outcome.out.empty());
    CHECK(outcome.err.find(says) != std::string::npos);
}

// Runs enough to tell what is asked; --max-runs keeps them few.
std::vector<std::string> few(std::vector<std::string> arguments, const char* runs = "8192") {
    for (const char* more : {"--runs", runs, "--max-runs", runs}) arguments.push_back(more);
    return arguments;
}

}  // namespace

TEST_CASE("cli: infer says first where the train is going, then when it is there, then what that rests on") {
    const std::string two = "journey.to=[{station: vladivostok, weight: 1}, {station: vostochny-cosmodrome-railhead, weight: 1}]";
    const std::string table = result_of(few({"infer", seen_2023, "--set", two, "--time", "2023-09-12 18:00", "--timeline"}));
    std::istringstream lines{table};
    for (std::string line; std::getline(lines, line);) {
        INFO(line);
        CHECK(characters(line) <= 80);
        CHECK_FALSE(line.ends_with(' '));
    }
    std::size_t at = 0;
    for (const char* part :
         {"Most likely it is going to ", "If it is bound for", "Where it is going", "before", "said", "seen", "after", "If it is bound for",
          "At 2023-09-12 18:00 +09:00 it is", "What the answer rests on", "Khasan, arrives, 2023-09-12 06:00 to 07:00",
          "4 km before Baranovsky, passes towards Ussuriysk", "What was said, weighed apart from the sightings",
          "On the way, before and after the reports", "What could be said when", "The press:", "effective runs"}) {
        INFO(part);
        const std::size_t found = table.find(part, at);
        CHECK(found != std::string::npos);
        if (found != std::string::npos) at = found;
    }
}

TEST_CASE("cli: infer as JSON, CSV and GeoJSON says the same") {
    const Json json = Json::parse(result_of(few({"infer", origin_2019, "--format", "json"})));
    CHECK(json["schema"] == "railwindow.inference/1");
    REQUIRE(json["hypotheses"].size() == 5);
    double before = 0, after = 0;
    for (const Json& one : json["hypotheses"]) {
        CHECK(one["choice"] == "from");
        before += one["before"].get<double>(), after += one["after"]["value"].get<double>();
    }
    CHECK(near(before, 1, 1e-9));
    CHECK(near(after, 1, 1e-9));
    CHECK(json["reports"].size() == 1);
    CHECK(json["evidence"].size() == 1);
    CHECK(json["sampling"]["effective_runs"].get<double>() > 0);
    const std::string csv = result_of(few({"infer", origin_2019, "--format", "csv"}));
    CHECK(csv.rfind("station,name,event,distance_km,state,probability,quantile,time,error_seconds\n", 0) == 0);
    const Json& last = json["timing_points"].back();
    CHECK(csv.find(last["station"].get<std::string>() + ",") != std::string::npos);
    CHECK(csv.find(last["after"]["time"]["p50"].get<std::string>()) != std::string::npos);
    const Json map = Json::parse(result_of(few({"infer", origin_2019, "--format", "geojson"})));
    CHECK(map["type"] == "FeatureCollection");
    CHECK(map["features"].size() == json["timing_points"].size() + 2);
}

TEST_CASE("cli: --seen adds a sighting, by station, by distance or by position") {
    const auto reports = [](const std::string& seen) {
        return Json::parse(result_of(few({"infer", evening, "--seen", seen, "--format", "json"})))["reports"];
    };
    const Json first = reports("khasan arrive 2019-04-25 06:00..08:00 reliability 0.9");
    REQUIRE(first.size() == 1);
    CHECK(first[0]["report"] == "Khasan, arrives, 2019-04-25 06:00 to 08:00");
    CHECK(first[0]["reliability"] == 0.9);
    CHECK(reports("baranovsky visit 1 before 4 km pass 2019-04-25 08:00..12:00")[0]["report"] ==
          reports("razdolnaya-bridge pass 2019-04-25 08:00..12:00")[0]["report"]);
    CHECK(reports("baranovsky after ussuriysk pass 2019-04-25 12:00..18:00")[0]["report"] == "Baranovsky, passes, 2019-04-25 12:00 to 18:00");
    CHECK(reports("baranovsky visit 1 before 4 km pass 2019-04-25 08:00..12:00")[0]["report"] ==
          "4 km before Baranovsky, passes, 2019-04-25 08:00 to 12:00");
    CHECK(reports("vladivostok not-seen ..2019-04-25 06:00 noticed 0.8")[0]["report"] == "Vladivostok, not seen up to 2019-04-25 06:00");
    CHECK(reports("khasan arrive 2019-04-25 06:00..")[0]["report"] == "Khasan, arrives, not before 2019-04-25 06:00");
    const Json position = reports("42.43N 130.64E seen 2019-04-24 22:00..2019-04-25 12:00");
    CHECK(position[0]["station"] == "khasan");
}

TEST_CASE("cli: what infer cannot take is refused, and what no journey fits ends with 3") {
    check_refused_with({"infer", evening, "--seen", "khasan"}, 2, "no time is given");
    check_refused_with({"infer", evening, "--seen", "khasan 2019-04-25 24:00"}, 2, "24:00");
    check_refused_with({"infer", evening, "--seen", "khasn arrive 2019-04-25 06:00"}, 2, "khasan");
    check_refused_with({"infer", evening, "--seen", "khasan arrive 2019-04-25 06:00 reliability 1"}, 2, "above 0 and below 1");
    check_refused_with({"infer", evening, "--seen", "khasan not-seen ..2019-04-25 06:00"}, 2, "without 'noticed'");
    check_refused_with({"infer", evening, "--seen", "55N 37E seen 2019-04-25 06:00..07:00"}, 2, "from every way that is left open");
    check_refused_with({"infer", evening, "--seen", "baranovsky visit 0 pass 2019-04-25 08:00..12:00"}, 2, "no number of a visit");
    check_refused_with({"infer", evening, "--seen", "baranovsky pass 2019-04-25 08:00..12:00"}, 2, "`visit: 1` or `visit: 2`");
    check_refused_with({"infer", evening, "--seen", "khasan maybe 2019-04-25 06:00"}, 2, "no loaded network has a station 'khasan maybe'");
    check_refused_with({"infer", evening, "--as-of", "Tuesday"}, 2, "--as-of");
    check_refused_with(
        few({"infer", evening, "--seen", "khasan arrive 2019-04-25 06:00..07:00", "--seen", "vladivostok arrive 2019-04-25 07:30..08:00"}), 3,
        "contradict each other");
    check_refused_with(few({"infer", evening, "--seen", "khasan arrive 2019-04-29 06:00..07:00"}), 3, "no journey of this scenario explains it");
}

TEST_CASE("cli: one seed gives the same bytes on any threads") {
    const auto bytes = [](const char* threads) { return result_of(few({"infer", seen_2023, "--format", "json", "--threads", threads})); };
    const std::string one = bytes("1");
    CHECK(bytes("3") == one);
}

}  // namespace cli_infer_test
