// What people stumbled over who came in cold: the question that the sightings are for, files that leave several places open, what the track says.

#include <railwindow/core/text.hpp>
#include <railwindow/io/seen_text.hpp>
#include <support/files.hpp>
#include <support/process.hpp>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <sstream>

namespace cli_newcomers_test {

using namespace railwindow;
using Json = nlohmann::ordered_json;

namespace {

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

std::string in_one_line(std::string text) {
    for (std::size_t at = 0; (at = text.find('\n', at)) != std::string::npos;) {
        std::size_t end = at;
        while (end < text.size() && (text[end] == '\n' || text[end] == ' ')) ++end;
        text.replace(at, end - at, " ");
    }
    return text;
}

const std::string seen = committed("scenarios/seen-2023.yaml"), evening = committed("scenarios/pyongyang-vladivostok-2019.yaml");

}  // namespace

TEST_CASE("found: 2026-11-30 one more sighting could not be told of a journey that has some") {
    for (const char* sighting :
         {"razdolnaya-bridge pass 2023-09-12 12:15", "Razdolnaya bridge pass 2023-09-12 12:10..12:25", "khasan depart 2023-09-12 07:30..09:30",
          "ussuriysk seen 2023-09-12 12:45", "baranovsky before 4 km pass 2023-09-12 12:10..12:25"}) {
        CAPTURE(sighting);
        const Outcome outcome = railwindow_tool({"infer", seen, "--as-of", "2023-09-12 11:45", "--seen", sighting, "--runs", "4000"});
        CAPTURE(outcome.err);
        CHECK(outcome.status == 0);
        CHECK(holds(in_one_line(outcome.out), "Most likely it is going to "));
    }
}

TEST_CASE("found: 2026-11-30 a sighting at one time was taken to the minute, and --runs was passed over") {
    const ObservedSheet report = parse_seen("khasan pass 2024-02-29 00:02").report;
    REQUIRE(report.between);
    CHECK(report.between->at(0).value.local == LocalTime{2024, 2, 28, 23, 57, 0});
    CHECK(report.between->at(1).value.local == LocalTime{2024, 2, 29, 0, 7, 0});
    CHECK(parse_seen("khasan pass 2024-03-01 12:15..2024-03-01 12:15").report.between->at(0).value.local == LocalTime{2024, 3, 1, 12, 15, 0});
    const Outcome outcome = railwindow_tool({"infer", evening, "--seen", "khasan arrive 2019-04-25 06:30", "--runs", "16384", "--format", "json"});
    REQUIRE(outcome.status == 0);
    CHECK(Json::parse(outcome.out)["sampling"]["runs"].get<double>() <= 16384);
}

TEST_CASE("found: 2026-11-30 a latest departure mixed the destinations that are left open") {
    const Outcome open = railwindow_tool({"depart-by", seen, "--arrive-by", "2023-09-12 20:00", "--runs", "200"});
    CHECK(open.status == 2);
    CHECK(holds(open.err, "name one, as --set journey.to=vladivostok"));
    const auto latest = [&](std::vector<std::string> arguments) {
        arguments.insert(arguments.end(), {"--arrive-by", "2023-09-12 20:00", "--runs", "400", "--format", "json"});
        const Outcome outcome = railwindow_tool(arguments);
        CAPTURE(outcome.err);
        REQUIRE(outcome.status == 0);
        return Json::parse(outcome.out)["latest"]["depart"].get<std::string>().substr(0, 10);
    };
    CHECK(latest({"depart-by", seen, "--at", "vladivostok"}) == "2023-09-10");
    CHECK(latest({"depart-by", seen, "--set", "journey.to=vladivostok"}) == "2023-09-10");
}

TEST_CASE("found: 2026-11-30 what was said in favour of a destination made all places unreachable") {
    const Outcome outcome = railwindow_tool({"reach", seen, "--time", "2023-09-13 12:00", "--runs", "100", "--format", "json"});
    REQUIRE(outcome.status == 0);
    CHECK(Json::parse(outcome.out)["stations"].size() > 100);
}

TEST_CASE("found: 2026-11-30 the median was another quantile where that was not asked for") {
    const auto medians = [&](const char* quantiles) {
        const Outcome outcome = railwindow_tool({"reach", evening, "--within", "30 h", "--runs", "200", "--quantiles", quantiles, "--format", "csv"});
        REQUIRE(outcome.status == 0);
        return outcome.out;
    };
    CHECK(medians("0.1,0.9") == medians("0.05,0.5,0.95"));
}

TEST_CASE("found: 2026-11-30 run and check of a scenario said nothing of places that lie too far apart") {
    const OwnFolder folder;
    folder.copy_committed();
    const std::string network = folder / "networks/primorye.yaml";
    std::string text = contents(network);
    const std::size_t at = text.find("position: ", text.find("baranovsky:"));
    text.replace(at, text.find(',', at) - at, "position: 13.64 N 131.93 E");
    write_file(network, text);
    const std::string scenario = folder / "scenarios/press-20-hours.yaml";
    const Outcome checked = railwindow_tool({"check", scenario});
    CHECK(checked.status == 2);
    CHECK(holds(checked.out, "in a straight line"));
    const Outcome run = railwindow_tool({"run", scenario, "--runs", "50"});
    CHECK(holds(in_one_line(run.out), "Is this meant? "));
    CHECK(holds(in_one_line(run.out), "in a straight line"));
}

TEST_CASE("found: 2026-11-30 the half that is as soon as before was told as if it were all") {
    const Outcome outcome = railwindow_tool({"compare", evening, "--sweep", "edits.lines.pyongra.limit=40 km/h", "--runs", "300"});
    REQUIRE(outcome.status == 0);
    CHECK(holds(in_one_line(outcome.out), "half of the runs as soon as base or sooner, and on average"));
    CHECK(holds(
        in_one_line(
            railwindow_tool({"compare", evening, "--sweep", "journey.calls[0].dwell={triangular: [45 min, 60 min, 90 min]}", "--runs", "100"}).out),
        "all of the runs arrive as in base: the file says the same already"));
}

TEST_CASE("cli: reach, routes and infer begin with their answer") {
    const auto begins = [](std::vector<std::string> arguments, const std::string& with) {
        const Outcome outcome = railwindow_tool(arguments);
        REQUIRE(outcome.status == 0);
        const std::string text = in_one_line(outcome.out);
        const std::size_t question = text.find("? ");
        CAPTURE(text.substr(0, 400));
        CHECK(text.substr(arguments.front() == "routes" ? 0 : question + 2).starts_with(with));
    };
    const std::string press = committed("scenarios/press-20-hours.yaml");
    begins({"reach", press, "--within", "30 h", "--runs", "200"},
           "A train that is bound for it, 30 h 00 min after it left Pyongyang, is at Vladivostok in ");
    begins({"reach", press, "--arrive-at", "khasan", "--time", "2019-04-25 10:40", "--runs", "200"},
           "A train that arrives at Khasan at 10:40 on Thursday 25 April 2019 (UTC+10:00) left Pyongyang (856 km): 9 times in 10 between ");
    begins({"routes", press}, "The quickest way from Pyongyang to Vladivostok: 1228 km, expected to take 22 h 27 min. It is the only one found.");
    begins({"infer", evening, "--runs", "2048"}, "At Vladivostok it arrives at about ");
}

TEST_CASE("cli: infer keeps to 60 columns, with its timeline") {
    const Outcome outcome = railwindow_tool({"infer", seen, "--timeline", "--runs", "1024", "--time", "2023-09-12 18:00"},
                                            {.environment = {"COLUMNS=60"}, .limit_ms = 120'000});
    REQUIRE(outcome.status == 0);
    std::istringstream lines{outcome.out};
    for (std::string line; std::getline(lines, line);) {
        CAPTURE(line);
        CHECK(characters(line) <= 60);
    }
    CHECK(holds(outcome.out, "(1) "));
}

}  // namespace cli_newcomers_test
