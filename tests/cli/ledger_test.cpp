// --ledger as its users meet it: forecasts kept, scored later, never run again.

#include <support/files.hpp>
#include <support/process.hpp>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <thread>

namespace cli_ledger_test {

using namespace railwindow;
using Json = nlohmann::ordered_json;

namespace {

const std::string vladivostok = committed("scenarios/history/2019-04-khasan-vladivostok.yaml");
const std::string begin = R"({"schema":"railwindow.forecast/1",)";

Outcome keep(const std::string& ledger, std::vector<std::string> more = {}) {
    std::vector<std::string> arguments{"run", vladivostok, "--runs", "300", "--quiet", "--ledger", ledger};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return railwindow_tool(arguments);
}

std::vector<Json> lines_of(const std::string& path) {
    std::vector<Json> lines;
    std::istringstream in{contents(path)};
    for (std::string line; std::getline(in, line);) lines.push_back(Json::parse(line));
    return lines;
}

Json scored(const std::vector<std::string>& arguments) {
    std::vector<std::string> all{"backtest", "--format", "json"};
    all.insert(all.end(), arguments.begin(), arguments.end());
    const Outcome outcome = railwindow_tool(all);
    INFO(outcome.err);
    REQUIRE(outcome.status == 0);
    return Json::parse(outcome.out);
}

}  // namespace

TEST_CASE("cli: run adds its forecast to a ledger and prints what it always prints") {
    const OwnFolder folder;
    const std::string ledger = folder / "ledger.jsonl";
    const Outcome plain = railwindow_tool({"run", vladivostok, "--runs", "300", "--quiet"}), kept = keep(ledger);
    CHECK(kept.status == 0);
    CHECK(kept.out == plain.out);
    REQUIRE(keep(ledger, {"--seed", "2", "--set", "edits.train.cars=26"}).status == 0);
    const std::vector<Json> lines = lines_of(ledger);
    REQUIRE(lines.size() == 2);
    CHECK(lines[0]["scenario"] == "2019-04-khasan-vladivostok");
    CHECK(lines[0]["runs"] == 300);
    CHECK(lines[0]["seed"] == 1);
    CHECK(lines[1]["seed"] == 2);
    CHECK(lines[0]["model"] != lines[1]["model"]);
    CHECK(lines[1]["changes"].size() == 1);
    CHECK(lines[0]["levels"].size() == 103);
    CHECK(lines[0]["targets"].back()["station"] == "vladivostok");
    CHECK(lines[0]["targets"].back()["seconds"].size() == 103);
    CHECK(lines[0]["start"] == "2019-04-24T01:30:00Z");
}

TEST_CASE("cli: infer keeps what the sightings make of the windows, and up to when it had been told") {
    const OwnFolder folder;
    const std::string ledger = folder / "ledger.jsonl", origin = committed("scenarios/seen-2019-origin.yaml");
    const std::vector<std::string> question{"infer", origin, "--runs", "8192", "--max-runs", "8192", "--quiet", "--as-of", "2019-04-24 12:00"};
    std::vector<std::string> keeping = question;
    keeping.insert(keeping.end(), {"--ledger", ledger});
    const Outcome plain = railwindow_tool(question), kept = railwindow_tool(keeping);
    INFO(kept.err);
    REQUIRE(kept.status == 0);
    CHECK(kept.out == plain.out);
    const std::vector<Json> lines = lines_of(ledger);
    REQUIRE(lines.size() == 1);
    CHECK(lines[0]["command"] == "infer");
    CHECK(lines[0]["as_of"] == "2019-04-24T03:00:00Z");
    CHECK(lines[0]["levels"].size() == 103);
    CHECK(lines[0]["targets"].back()["station"] == "vladivostok");
}

TEST_CASE("cli: several processes add to one ledger at once, and every line is whole") {
    const OwnFolder folder;
    const std::string ledger = folder / "ledger.jsonl";
    std::vector<std::thread> processes;
    for (int i = 0; i < 6; ++i) processes.emplace_back([&] { keep(ledger, {"--threads", "1"}); });
    for (std::thread& process : processes) process.join();
    CHECK(lines_of(ledger).size() == 6);
}

TEST_CASE("cli: a line that a crash left unfinished is taken away by the next, other files are left as they are") {
    const OwnFolder folder;
    const std::string ledger = folder / "ledger.jsonl", text = folder / "notes.txt";
    REQUIRE(keep(ledger).status == 0);
    const std::string one = contents(ledger);
    write_file(ledger, one + one.substr(0, 100));
    CHECK(scored({"--ledger", ledger, vladivostok})["forecasts"] == 1);
    REQUIRE(keep(ledger).status == 0);
    CHECK(lines_of(ledger).size() == 2);
    CHECK(contents(ledger).substr(0, one.size()) == one);
    for (const std::string& foreign : {std::string{"dear diary\n"}, std::string{"dear diary"}, one + "and then"}) {
        write_file(text, foreign);
        const Outcome refused = keep(text);
        CHECK(refused.status == 2);
        CHECK(refused.out.empty());
        CHECK(contents(text) == foreign);
    }
    CHECK(keep("-").status == 64);
    CHECK(keep(folder / "nowhere/ledger.jsonl").status == 74);
    CHECK(keep(folder / "").status == 74);
}

TEST_CASE("cli: backtest --ledger scores what was forecast, by replays and by a table of outcomes") {
    const OwnFolder folder;
    const std::string ledger = folder / "ledger.jsonl", outcomes = folder / "outcomes.csv";
    REQUIRE(keep(ledger).status == 0);
    const Json replay = scored({"--ledger", ledger, vladivostok});
    REQUIRE(replay["times"].size() >= 1);
    const Json& last = replay["times"].back();
    CHECK(last["station"] == "vladivostok");
    CHECK(last["beforehand"] == false);  // made long after 2019
    CHECK(replay["afterwards"]["journeys"] == 1);
    CHECK(replay["beforehand"]["journeys"] == 0);
    write_file(outcomes,
               "journey,station,event,low,high,source\n"
               "2019-04-khasan-vladivostok,vladivostok,arrive,2019-04-24 17:50,2019-04-24 18:01,TASS\n"
               "2019-04-khasan-vladivostok,omsk-pass,arrive,2019-04-29 17:50,2019-04-29 18:01,nobody\n");
    const Json table = scored({"--ledger", ledger, "--outcomes", outcomes});
    REQUIRE(table["times"].size() == 1);
    CHECK(table["times"][0]["relative_crps"] == last["relative_crps"]);
    CHECK(table["unmatched"].size() == 1);
    const Json direct = Json::parse(railwindow_tool({"backtest", vladivostok, "--runs", "300", "--format", "json"}).out);
    const double crps = direct["times"].back()["scores"]["relative_crps"];
    CHECK(std::abs(table["times"][0]["relative_crps"].get<double>() - crps) < 0.03 * crps);
    const Outcome words = railwindow_tool({"backtest", "--ledger", ledger, "--outcomes", outcomes});
    CHECK(words.out.find("Made afterwards, when it could be known (1 time of 1 journey)") != std::string::npos);
    CHECK(words.out.find("Not forecast in this ledger: 2019-04-khasan-vladivostok, omsk-pass (arrive).") != std::string::npos);
    for (std::size_t from = 0, end = 0; (end = words.out.find('\n', from)) != std::string::npos; from = end + 1) CHECK(end - from <= 80);
}

TEST_CASE("cli: depart-by keeps its probabilities, and a hub reads both kinds of line") {
    const OwnFolder folder;
    const std::string ledger = folder / "ledger.jsonl", outcomes = folder / "outcomes.csv";
    REQUIRE(keep(ledger).status == 0);
    const Outcome said = railwindow_tool({"depart-by", vladivostok, "--arrive-by", "2019-04-24 18:30", "--confidence", "0.5", "--curve", "--runs",
                                          "300", "--quiet", "--ledger", ledger});
    INFO(said.err);
    REQUIRE(said.status == 0);
    const std::vector<Json> lines = lines_of(ledger);
    REQUIRE(lines.size() == 2);
    CHECK(lines[1]["command"] == "depart-by");
    CHECK(lines[1]["deadline"]["station"] == "vladivostok");
    CHECK(lines[1]["deadline"]["trials"].size() > 5);
    write_file(outcomes,
               "journey,station,event,low,high,source\n"
               "2019-04-khasan-vladivostok,khasan,depart,2019-04-24 11:40,2019-04-24 11:40,Arirang\n"
               "2019-04-khasan-vladivostok,vladivostok,arrive,2019-04-24 17:50,2019-04-24 18:01,TASS\n");
    const Json json = scored({"--ledger", ledger, "--outcomes", outcomes});
    REQUIRE(json["deadlines"].size() == 1);
    CHECK(json["deadlines"][0]["in_time"] == true);
    const double p = json["deadlines"][0]["said"];
    CHECK(std::abs(json["deadlines"][0]["brier"].get<double>() - (1 - p) * (1 - p)) < 1e-5);
    const Outcome hub = railwindow_tool({"backtest", "--ledger", ledger, "--format", "hub"});
    CHECK(hub.out.find(",arrive hours,") != std::string::npos);
    CHECK(hub.out.find(",pmf,yes,") != std::string::npos);
    const Outcome oracle = railwindow_tool({"backtest", "--ledger", ledger, "--outcomes", outcomes, "--format", "hub-oracle"});
    CHECK(std::count(oracle.out.begin(), oracle.out.end(), '\n') >= 2);
}

TEST_CASE("cli: a ledger that is broken or another file is refused by file and line, and options that need runs do not go with it") {
    const OwnFolder folder;
    const std::string ledger = folder / "ledger.jsonl";
    write_file(ledger, begin + "\n");
    const Outcome broken = railwindow_tool({"backtest", "--ledger", ledger});
    CHECK(broken.status == 2);
    CHECK(broken.err.find("ledger.jsonl:1:1: this line is no JSON") != std::string::npos);
    CHECK(railwindow_tool({"backtest", "--ledger", folder / "missing.jsonl"}).status == 2);
    CHECK(railwindow_tool({"backtest", "--ledger", ledger, "--fit"}).status == 64);
    CHECK(railwindow_tool({"backtest", vladivostok, "--outcomes", ledger}).status == 64);
    CHECK(railwindow_tool({"backtest", vladivostok, "--format", "hub"}).status == 64);
}

}  // namespace cli_ledger_test
