// What a command writes destroys nothing: no file that it reads, no other result, and nothing that railwindow did not write.

#include <support/files.hpp>
#include <support/process.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>

namespace cli_results_kept_test {

using namespace railwindow;
namespace fs = std::filesystem;
using Arguments = std::vector<std::string>;

namespace {

constexpr const char* forecast_begin = "{\"schema\":\"railwindow.forecast/1\",";

// A copy of the committed files that may be broken.
struct Place {
    OwnFolder folder;
    std::string press = folder / "scenarios/press-20-hours.yaml", seen = folder / "scenarios/seen-2023.yaml",
                known = folder / "scenarios/history/2019-vladivostok.yaml";
    Place() { folder.copy_committed(); }

    // Every command that writes files, with little to do, and the files that it reads.
    std::vector<Arguments> commands() const {
        return {{"run", press, "--runs", "5"},
                {"run", press, "--trace", "0"},
                {"compare", folder / "scenarios/cars-15-26.yaml", "--runs", "5"},
                {"depart-by", press, "--arrive-by", "2019-04-26 12:00", "--runs", "20"},
                {"reach", press, "--within", "5 h", "--runs", "5"},
                {"infer", seen, "--runs", "50", "--max-runs", "50"},
                {"explain", press, "--runs", "64", "--pairs", "16"},
                {"profile", press},
                {"routes", press},
                {"check", press}};
    }
};

Outcome with(Arguments command, const Arguments& more, const ProcessOptions& options = {}) {
    command.insert(command.end(), more.begin(), more.end());
    return railwindow_tool(command, options);
}

}  // namespace

TEST_CASE("found: 2026-11-30 no result is written over a file that the question reads, whatever it is called there") {
    const Place place;
    const std::string train = place.folder / "networks/rolling-stock/special-train.yaml", before = contents(train);
    const std::string link = place.folder / "link.yaml", hard = place.folder / "hard.yaml";
    fs::create_symlink(train, link);
    fs::create_hard_link(train, hard);
    const std::string around = place.folder / "scenarios/.././networks/rolling-stock/special-train.yaml";
    for (const Arguments& command : place.commands())
        for (const std::string& name : {train, link, hard, around})
            for (const Arguments& force : {Arguments{}, Arguments{"--force"}}) {
                CAPTURE(command.front());
                CAPTURE(name);
                Arguments more{"--output", name};
                more.insert(more.end(), force.begin(), force.end());
                const Outcome outcome = with(command, more);
                CHECK(contents(train) == before);
                CHECK(outcome.out.empty());
                if (force.empty())
                    CHECK(outcome.status == 74);  // it is not ours at all
                else {
                    CHECK(outcome.status == 64);
                    CHECK(outcome.err.find("--output would destroy ") != std::string::npos);
                    CHECK(outcome.err.find("special-train.yaml, which this question reads") != std::string::npos);
                }
            }
}

TEST_CASE("found: 2026-11-30 scenario, network, practice, locomotives, a ledger and outcomes are read, and kept") {
    const Place place;
    for (const char* name :
         {"scenarios/press-20-hours.yaml", "networks/primorye.yaml", "networks/practice/russia.yaml", "networks/rolling-stock/locomotives.yaml"})
        for (const char* option : {"--output", "--report", "--samples", "--ledger"}) {
            CAPTURE(name);
            CAPTURE(option);
            const std::string before = contents(place.folder / name);
            const Outcome outcome = railwindow_tool({"run", place.press, "--runs", "5", option, place.folder / name, "--force"});
            CHECK(outcome.status == (std::string{option} == "--ledger" ? 2 : 64));  // it is no ledger either
            CHECK(contents(place.folder / name) == before);
        }
    const std::string ledger = place.folder / "forecasts.jsonl", outcomes = place.folder / "outcomes.csv";
    REQUIRE(railwindow_tool({"run", place.press, "--runs", "5", "--ledger", ledger}).status == 0);
    write_file(outcomes, "journey,station,event,low,high,source\n");
    for (const std::string& name : {ledger, outcomes}) {
        const std::string before = contents(name);
        CHECK(railwindow_tool({"backtest", "--ledger", ledger, "--outcomes", outcomes, "--output", name, "--force"}).status == 64);
        CHECK(contents(name) == before);
    }
}

TEST_CASE("found: 2026-11-30 a broken scenario's files are kept when it is checked") {
    const Place place;
    write_file(place.press, contents(place.press) + "\nnonsense: 1\n");
    const std::string train = place.folder / "networks/rolling-stock/special-train.yaml", before = contents(train);
    CHECK(railwindow_tool({"check", place.press, "--output", train, "--force"}).status == 64);
    CHECK(contents(train) == before);
}

TEST_CASE("found: 2026-11-30 two results are never one file, by whatever names") {
    const Place place;
    const std::string one = place.folder / "one";
    for (const Arguments& pair : {Arguments{"--output", one, "--samples", one}, Arguments{"--samples", one, "--report", place.folder / "./one"},
                                  Arguments{"--output", place.folder / "scenarios/../one", "--ledger", one}}) {
        const Outcome outcome = with({"run", place.press, "--runs", "5"}, pair);
        CHECK(outcome.status == 64);
        CHECK(outcome.err.find("is named for two results, ") != std::string::npos);
        for (const std::string& option : {pair[0], pair[2]}) CHECK(outcome.err.find(option) != std::string::npos);
        CHECK_FALSE(fs::exists(one));
    }
    write_file(one, "");
    fs::create_symlink(one, place.folder / "two");
    CHECK(railwindow_tool({"run", place.press, "--runs", "5", "--output", one, "--report", place.folder / "two"}).status == 64);
    CHECK(railwindow_tool({"run", place.press, "--runs", "5", "--output", "/dev/null", "--report", "/dev/null"}).status == 0);
}

TEST_CASE("found: 2026-11-30 a file of somebody else's is replaced only with --force; an earlier result and an empty file without") {
    const Place place;
    const std::string notes = place.folder / "notes";
    for (const std::string_view text : {"Milk, bread, the summit at 18:00.\n", "name,telephone\nKim,1\n", "{\"name\": \"package\"}\n",
                                        "<!DOCTYPE html>\n<html><body>mine</body></html>\n",
                                        "\x7f"
                                        "ELF\x02\x01",
                                        "a: 1\n", "# My notes\n\n    65,536 runs, seed 1, full curves\n"}) {
        CAPTURE(text);
        for (const char* option : {"--output", "--report", "--samples"}) {
            write_file(notes, text);
            const Outcome kept = railwindow_tool({"run", place.press, "--runs", "5", option, notes});
            CHECK(kept.status == 74);
            CHECK(kept.out.empty());
            CHECK(kept.err.find("railwindow did not write it") != std::string::npos);
            CHECK(contents(notes) == text);
        }
        CHECK(railwindow_tool({"run", place.press, "--runs", "5", "--output", notes, "--force"}).status == 0);
        CHECK(contents(notes) != text);
    }
    write_file(notes, "");
    CHECK(railwindow_tool({"run", place.press, "--runs", "5", "--output", notes}).status == 0);
}

TEST_CASE("found: 2026-11-30 what every command and format writes is known as ours, and replaced") {
    const Place place;
    const std::string result = place.folder / "result", ledger = place.folder / "forecasts.jsonl";
    REQUIRE(railwindow_tool({"run", place.press, "--runs", "5", "--ledger", ledger}).status == 0);
    REQUIRE(contents(ledger).starts_with(forecast_begin));
    std::vector<Arguments> all;
    const auto formats = [&](const Arguments& command, const Arguments& words) {
        for (const std::string& word : words) {
            all.push_back(command);
            all.back().insert(all.back().end(), {"--format", word});
        }
    };
    const Arguments four{"table", "json", "csv", "geojson"}, three{"table", "json", "csv"}, no_map{"compare", "depart-by", "profile", "explain"};
    const auto has_map = [&](const Arguments& command) {
        return std::find(no_map.begin(), no_map.end(), command.front()) == no_map.end() &&
               std::find(command.begin(), command.end(), "--trace") == command.end();
    };
    for (const Arguments& command : place.commands())
        if (command.front() == "check")
            all.push_back(command);
        else
            formats(command, has_map(command) ? four : three);
    formats({"reach", place.press, "--arrive-at", "khasan", "--time", "2019-04-24 12:00", "--runs", "5"}, four);
    formats({"backtest", "--ledger", ledger}, {"table", "json", "hub", "hub-oracle"});
    formats({"backtest", place.folder / "scenarios/pyongyang-vostochny-2023.yaml", "--runs", "20"}, {"table", "json"});
    formats({"backtest", place.folder / "scenarios/pyongyang-vostochny-2023.yaml", "--runs", "20", "--rolling"}, {"table", "json"});
    all.push_back({"check", "--reference"});
    all.push_back({"check", "--schema", "scenario"});
    all.push_back({"check", place.folder / "networks/primorye.yaml", place.folder / "networks/practice/russia.yaml"});
    for (Arguments command : all) {
        INFO(command.front(), " ", command.back());
        fs::remove(result);
        command.insert(command.end(), {"--output", result});
        REQUIRE(railwindow_tool(command).status == 0);
        const Outcome again = railwindow_tool({"routes", place.press, "--output", result});
        INFO(again.err);
        CHECK(again.status == 0);
    }
    for (const char* option : {"--report", "--samples"})
        for (int time = 0; time < 2; ++time) {
            const std::string beside = place.folder / (std::string{"beside"} + option);
            CHECK(railwindow_tool({"run", place.press, "--runs", "5", option, beside}).status == 0);
        }
}

TEST_CASE("found: 2026-11-30 an import does not destroy what it reads") {
    const OwnFolder folder;
    write_file(folder / "train.yaml", "x");
    const Outcome outcome = railwindow_tool(
        {"import", "railtoolkit", "--train", folder / "train.yaml", "--path", folder / "train.yaml", "--output", folder.path().string(), "--force"});
    CHECK(outcome.status == 2);
    CHECK(contents(folder / "train.yaml") == "x");
}

}  // namespace cli_results_kept_test
