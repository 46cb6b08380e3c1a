// backtest as its users meet it.

#include <support/files.hpp>
#include <support/process.hpp>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace cli_backtest_test {

using namespace railwindow;
using Json = nlohmann::ordered_json;

namespace {

const std::string vladivostok = committed("scenarios/history/2019-04-khasan-vladivostok.yaml");

Json backtest_json(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"backtest", "--format", "json", "--runs", "300"});
    const Outcome outcome = railwindow_tool(arguments);
    INFO(outcome.err);
    REQUIRE(outcome.status == 0);
    return Json::parse(outcome.out);
}

}  // namespace

TEST_CASE("cli: backtest writes the scores of its schema, the same on any threads") {
    const Json json = backtest_json({vladivostok});
    CHECK(json["schema"] == "railwindow.backtest/1");
    for (const char* level : {"50", "80", "90"})
        for (const char* key : {"covered", "of", "low", "high"}) CHECK(json["coverage"][level].contains(key));
    CHECK(json["summary"]["observations"] == 1);
    CHECK(json["by_country"].contains("RU"));
    REQUIRE(json["times"].size() == 2);
    CHECK(json["times"][0]["counts"] == false);
    CHECK(json["times"][0].contains("consistent"));
    CHECK(json["times"][1]["scores"]["baselines"]["press"].size() == 2);
    CHECK(json["times"][1]["observed"]["low"] == "2019-04-24T17:50:00+10:00");
    CHECK(backtest_json({vladivostok, "--threads", "1"}) == backtest_json({vladivostok, "--threads", "3"}));
}

TEST_CASE("cli: ordinary trains are told apart and never counted") {
    const Json json = backtest_json({vladivostok, committed("scenarios/history/ordinary/okean-khabarovsk-vladivostok.yaml")});
    CHECK(json["summary"]["observations"] == 1);
    CHECK(json["calibrating"].size() == 1);
    CHECK(json["coverage"]["90"]["of"] == 1);
}

TEST_CASE("cli: backtest prints a table that says what the scores are worth") {
    const Outcome outcome = railwindow_tool({"backtest", vladivostok, "--runs", "300"});
    CHECK(outcome.status == 0);
    std::string unwrapped = outcome.out;
    std::replace(unwrapped.begin(), unwrapped.end(), '\n', ' ');
    for (const char* text : {"Coverage", "60 km/h", "lognormal", "Vladivostok", "chosen with knowledge of the journeys that are called known",
                             "The press on 2 occasions"})
        CHECK(unwrapped.find(text) != std::string::npos);
    for (std::size_t begin = 0, end = 0; (end = outcome.out.find('\n', begin)) != std::string::npos; begin = end + 1) CHECK(end - begin <= 80);
}

TEST_CASE("cli: a scenario without observations, a file twice and a missing one are wrong input") {
    const Outcome none = railwindow_tool({"backtest", committed("scenarios/press-20-hours.yaml")});
    CHECK(none.status == 2);
    CHECK(none.err.find("observed: nothing was observed") != std::string::npos);
    CHECK(railwindow_tool({"backtest", vladivostok, vladivostok}).status == 2);
    CHECK(railwindow_tool({"backtest", "nowhere.yaml"}).status == 2);
    CHECK(railwindow_tool({"backtest"}).status == 64);
}

TEST_CASE("cli: backtest says what is wrong with its numbers of runs, and with a fit to one journey") {
    const auto wrong = [](std::vector<std::string> arguments, int status, const char* says) {
        arguments.insert(arguments.begin(), {"backtest", vladivostok});
        const Outcome outcome = railwindow_tool(arguments);
        INFO(outcome.err);
        CHECK(outcome.status == status);
        CHECK(outcome.out.empty());
        CHECK(outcome.err.find(says) != std::string::npos);
    };
    wrong({"--runs", "0"}, 2, "runs: 0 runs give no answer");
    wrong({"--runs", "200", "--fit-runs", "200"}, 64, "--fit");
    wrong({"--runs", "200", "--fit", "--fit-runs", "0"}, 2, "fit-runs: 0 runs are too few for a fit");
    wrong({"--runs", "200", "--fit", "--fit-runs", "100"}, 2, "nothing to leave out");
    wrong({"--runs", "200", "--report", "/nowhere/page.html"}, 74, "cannot write");
    wrong({committed("scenarios/history")}, 2, "directory");
}

TEST_CASE("cli: --precision goes on until it holds, --max-runs ends it and says so") {
    const auto run = [](std::vector<std::string> arguments) {
        arguments.insert(arguments.begin(), {"run", vladivostok, "--format", "json"});
        const Outcome outcome = railwindow_tool(arguments);
        INFO(outcome.err);
        REQUIRE(outcome.status == 0);
        return Json::parse(outcome.out);
    };
    const Json held = run({"--precision", "2min", "--runs", "1000"});
    CHECK(held["precision"]["reached"] == true);
    CHECK(held["precision"]["wanted_seconds"] == 120);
    CHECK(held["runs"] >= 1000);
    const Json ended = run({"--precision", "1 s", "--runs", "1000", "--max-runs", "2000"});
    CHECK(ended["precision"]["reached"] == false);
    CHECK(ended["runs"] == 2000);
    CHECK_FALSE(run({"--runs", "500"}).contains("precision"));
    const Outcome table = railwindow_tool({"run", vladivostok, "--precision", "1 s", "--runs", "1000", "--max-runs", "2000"});
    CHECK(table.out.find("is NOT") != std::string::npos);
    CHECK(table.out.find("at most 1.0 s") != std::string::npos);
    for (const std::vector<std::string>& wrong : {std::vector<std::string>{"--precision", "2"},
                                                  {"--precision", "0 min"},
                                                  {"--precision", "2 km"},
                                                  {"--runs", "5", "--max-runs", "9"},
                                                  {"--precision", "1 min", "--runs", "9", "--max-runs", "5"}}) {
        std::vector<std::string> arguments{"run", vladivostok};
        arguments.insert(arguments.end(), wrong.begin(), wrong.end());
        CHECK(railwindow_tool(arguments).status == 64);
    }
}

TEST_CASE("cli: journeys that the numbers did not know stand beside those that they knew, and each is left out in turn") {
    const std::string unseen = committed("scenarios/history/2011-05-beijing-dandong.yaml");
    const Json json = backtest_json({vladivostok, unseen, "--leave-one-out"});
    CHECK(json["summary"]["observations"] == 1);
    CHECK(json["unseen"]["summary"]["observations"] == 2);
    CHECK(json["unseen"]["journeys"][0]["final"]["station"] == "Dandong");
    CHECK(json["leave_one_journey_out"]["summary"]["observations"] == 3);
    for (const char* key : {"verdict", "tests", "means", "uncounted"}) CHECK(json["unseen"].contains(key));
    CHECK(json["tests"]["beyond"]["98"]["of"] == 1);
    const Outcome table = railwindow_tool({"backtest", vladivostok, unseen, "--runs", "300", "--leave-one-out"});
    CHECK(table.out.starts_with("Known journeys (that the numbers knew): "));
    CHECK(table.out.find("\nUnseen journeys (that the numbers did not know): ") != std::string::npos);
    CHECK(table.out.find("\nEach journey left out in turn") != std::string::npos);
}

}  // namespace cli_backtest_test
