// What the tool says when something is not as it should be, or not used: the cause, and what would be right.

#include <support/broken.hpp>
#include <support/files.hpp>
#include <support/process.hpp>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace cli_messages_test {

using namespace railwindow;
using Json = nlohmann::ordered_json;

namespace {

std::string in_one_line(const std::string& text) {
    std::string flat;
    for (const char c : text)
        if (const char next = c == '\n' ? ' ' : c; next != ' ' || flat.empty() || flat.back() != ' ') flat += next;
    return flat;
}

}  // namespace

TEST_CASE("found: 2026-11-29 a network where a scenario is due is one message, not one for every key") {
    const Outcome outcome = railwindow_tool({"run", committed("networks/primorye.yaml")});
    CHECK(outcome.status == 2);
    CHECK(std::count(outcome.err.begin(), outcome.err.end(), '\n') == 1);
    CHECK(outcome.err.find("this is a network file (railwindow.network/1), not railwindow.scenario/1; name a scenario") != std::string::npos);
    const Outcome train = railwindow_tool({"run", committed("networks/rolling-stock/special-train.yaml")});
    CHECK(std::count(train.err.begin(), train.err.end(), '\n') == 1);
}

TEST_CASE("found: 2026-11-29 countries that are none, voltages that no wire has, other spaces and decimal commas") {
    constexpr std::string_view primorye = "networks/primorye.yaml", russia = "networks/practice/russia.yaml";
    check_refused({
        {"three letters", primorye, "country: RU", "country: §RUS", "'RUS' is no ISO 3166 code of a country; did you mean 'RU'?"},
        {"a name", primorye, "country: RU", "country: §Russia", "write the two-letter ISO 3166 code"},
        {"in a practice", russia, "country: RU", "country: §ru", "did you mean 'RU'?"},
        {"a voltage", primorye, "electrification: 25 kV AC", "electrification: §15 kV AC",
         "known: none, 750 V DC, 1.5 kV DC, 3 kV DC, 15 kV 16.7 Hz, 25 kV AC, mixed"},
        {"a slip of the pen", primorye, "electrification: 25 kV AC", "electrification: §25 kV AV", "did you mean '25 kV AC'?"},
    });
}

TEST_CASE("found: 2026-11-29 run says that it does not use what was observed") {
    const std::string seen = committed("scenarios/pyongyang-vostochny-2023.yaml");
    const Outcome table = railwindow_tool({"run", seen, "--runs", "50"});
    REQUIRE(table.status == 0);
    const Json json = Json::parse(railwindow_tool({"run", seen, "--runs", "50", "--format", "json"}).out);
    const auto reports = json["observed"]["reports"].get<int>();
    CHECK(reports >= 2);
    CHECK(json["observed"]["used"] == false);
    const std::string words = std::to_string(reports) + " reports, not used for these windows (infer learns from them, backtest scores them)";
    CHECK(json["observed"]["note"] == words);
    CHECK(in_one_line(table.out).find("observed: " + words) != std::string::npos);
    const Json unseen = Json::parse(railwindow_tool({"run", committed("scenarios/press-20-hours.yaml"), "--runs", "50", "--format", "json"}).out);
    CHECK_FALSE(unseen.contains("observed"));
}

TEST_CASE("found: 2026-11-29 steps of a profile that are too short are refused before rows are made") {
    const std::string press = committed("scenarios/press-20-hours.yaml");
    for (const char* step : {"1e-6 m", "1e-6 s"}) {
        CAPTURE(step);
        const Outcome outcome = railwindow_tool({"profile", press, "--step", step});
        CHECK(outcome.status == 2);
        CHECK(outcome.out.empty());
        CHECK(outcome.err.find("rows") != std::string::npos);
        CHECK(outcome.err.find("is long enough") != std::string::npos);
        CHECK(outcome.seconds < 5);
    }
    CHECK(railwindow_tool({"profile", press, "--step", "1e-300 m"}).status == 2);          // no length at all
    const std::string advice = railwindow_tool({"profile", press, "--step", "1 mm"}).err;  // what it proposes is taken
    const std::size_t at = advice.find("a step of ") + 10;
    const Outcome proposed =
        railwindow_tool({"profile", press, "--step", advice.substr(at, advice.find(" is long") - at), "--format", "csv"}, {.limit_ms = 120'000});
    CHECK(proposed.status == 0);
    CHECK(std::count(proposed.out.begin(), proposed.out.end(), '\n') <= 1'000'001);
}

}  // namespace cli_messages_test
