// Files to start from run as they are, and after the edits that their comments speak of.

#include <railwindow/io/network_file.hpp>
#include <railwindow/io/new_files.hpp>
#include <railwindow/io/scenario_file.hpp>
#include <support/files.hpp>
#include <support/process.hpp>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

namespace cli_new_test {

using namespace railwindow;
using Json = nlohmann::ordered_json;

namespace {

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

Outcome asked(std::vector<std::string> arguments) {
    return railwindow_tool(arguments, {.environment = {"RAILWINDOW_DATA=" + committed(""), "COLUMNS=80"}});
}

void done(std::vector<std::string> arguments) {
    const Outcome outcome = asked(arguments);
    CAPTURE(arguments);
    CAPTURE(outcome.err);
    REQUIRE(outcome.status == 0);
    CHECK(outcome.err.empty());
}

void edit(const std::string& file, const std::string& from, const std::string& to) {
    std::string text = contents(file);
    CAPTURE(from);
    REQUIRE(holds(text, from));
    write_file(file, text.replace(text.find(from), from.size(), to));
}

}  // namespace

TEST_CASE("cli: a line in Sweden from nothing: new, edit, check, run") {
    const OwnFolder folder;
    const auto at = [&](const char* name) { return folder / name; };
    const std::string line = at("line.yaml"), practice = at("sweden.yaml"), train = at("train.yaml"), trip = at("trip.yaml");
    done({"new", "network", "--country", "SE", "--from", "Kiruna", "--to", "Narvik", "--output", line});
    done({"new", "practice", "--country", "SE", "--output", practice});
    done({"new", "train", "--output", train});
    done({"new", "scenario", "--networks", line, "--practice", practice, "--train", train, "--output", trip, "--depart", "2024-02-01 08:00"});
    done({"check", line, practice, train, trip});
    const Outcome as_made = asked({trip, "--runs", "1000"});
    CHECK(as_made.status == 0);
    CHECK(holds(as_made.out, "Narvik: about "));
    CHECK(holds(as_made.out, "on Thursday 1 February 2024 (local time, UTC+01:00)"));

    edit(line, "electrification: none", "electrification: 15 kV 16.7 Hz");
    edit(line, "limit: 100 km/h", "limit: 80 mph");
    edit(line, "position: 59.333 N 18.050 E", "position: 59° 19' 58.8\" N 18° 3' 0\" E");
    edit(line, "    # sections:\n    #   - {from: kiruna, to: halfway, limit: 50 mph",
         "    sections:\n      - {from: kiruna, to: halfway, limit: 50 mph");
    edit(line, "chainage: {kiruna: 0 km, halfway: 80 km, narvik: 170 km}", "chainage: {kiruna: 0 km, halfway: 50 mi, narvik: 106 miles}");
    done({"check", line, practice, train});
    const Outcome edited = asked({"run", trip, "--runs", "1000", "--format", "json"});
    REQUIRE(edited.status == 0);
    const Json json = Json::parse(edited.out);
    CHECK(json["routes"][0]["length_km"].get<double>() == doctest::Approx(106 * 1.609344).epsilon(1e-4));
    CHECK(json["destinations"][0]["time"]["p50"].get<std::string>() > "2024-02-01T10");
}

TEST_CASE("cli: a new scenario over the installed networks names just what its way needs, and runs") {
    const OwnFolder folder;
    const std::string file = folder / "s.yaml";
    done({"new", "scenario", "--from", "평양", "--to", "Владивосток", "--depart", "2023-09-10 16:00", "--output", file});
    const Scenario scenario = load_scenario(file);
    CHECK(scenario.question == "When does the train that leaves Pyongyang reach Vladivostok?");
    CHECK(scenario.networks.size() == 3);
    CHECK(scenario.practice.size() == 2);
    CHECK(holds(contents(file), "# yaml-language-server: $schema="));
    CHECK(holds(contents(file), "\n  regauging: "));
    const Outcome run = asked({file, "--runs", "200"});
    CHECK(run.status == 0);
    CHECK(holds(run.out, "Vladivostok: about "));
    CHECK(asked({"new", "scenario", "--output", file}).status == 74);  // somebody may have edited it
    done({"new", "scenario", "--force", "--output", file});            // the question that this tool began with
    CHECK(load_scenario(file).journey.from.one().value == "pyongyang");
}

TEST_CASE("cli: what new cannot make is refused with the way on") {
    const OwnFolder folder;
    const std::string line = folder / "line.yaml";
    done({"new", "network", "--country", "SE", "--output", line});
    const auto refused = [&](std::vector<std::string> arguments, int status, const std::string& says) {
        const Outcome outcome = asked(arguments);
        CAPTURE(outcome.err);
        CHECK(outcome.status == status);
        CHECK(outcome.out.empty());
        CHECK(holds(outcome.err, says));
    };
    refused({"new"}, 64, "subcommand");
    refused({"new", "scenario", "--from", "pyongyang"}, 64, "name both ends");
    refused({"new", "scenario", "--from", "pyongyang", "--to", "nowhere"}, 2, "no loaded network has a station 'nowhere'");
    refused({"new", "scenario", "--networks", line}, 2, "railwindow new practice --country SE");
    refused({"new", "network", "--country", "Sweden"}, 2, "no ISO 3166 code");
    refused({"new", "practice", "--country", "se"}, 2, "no ISO 3166 code");
    refused({"new", "scenario", "--networks", line, "--output", line}, 64, line);
    CHECK(holds(contents(line), "railwindow.network/1"));
    write_file(line, "my own notes\n");
    refused({"new", "train", "--output", line}, 74, "--force");
}

TEST_CASE("law: a new network of any country reads back, whatever its stations are called") {
    for (const char* country : {"SE", "RU", "US", "CN", "FJ", "AQ", "GB", "KP", "XK"})
        for (const char* name : {"Kiruna", "평양", "A: b", "\"", "- x", "true", "Halfway", "{", "12"}) {
            CAPTURE(country);
            CAPTURE(name);
            const NetworkSheet sheet = read_network(new_network({name, "Ende", country, ""}), "made");
            CHECK(sheet.stations.front().name == name);
            CHECK(sheet.lines.front().chainage.size() == 3);
            const Network network{{sheet}};
            CHECK(network.sections().size() == 2);
        }
}

}  // namespace cli_new_test
