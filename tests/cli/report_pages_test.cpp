// The pages that compare, infer, explain, routes, backtest, reach, depart-by and profile write beside their results. What a reader sees of them is
// tested in a browser: tools/report/test.

#include <support/files.hpp>
#include <support/page.hpp>
#include <support/process.hpp>

#include <doctest/doctest.h>

namespace cli_report_pages_test {

using namespace railwindow;
using Json = nlohmann::ordered_json;

namespace {

const std::string corridors = committed("scenarios/corridors-to-vladivostok.yaml");
const std::string press = committed("scenarios/press-20-hours.yaml");
const std::string khasan = committed("scenarios/history/2019-04-khasan-vladivostok.yaml");

const std::string origins = committed("scenarios/seen-2019-origin.yaml");

const std::vector<std::vector<std::string>> commands{
    {"compare", corridors, "--runs", "200", "--quiet", "--quantiles", "0.9,0.02,0.5"},
    {"routes", press},
    {"backtest", khasan, "--runs", "200", "--quiet"},
    {"infer", origins, "--runs", "8192", "--max-runs", "8192", "--quiet", "--quantiles", "0.9,0.02,0.5"},
    {"explain", committed("scenarios/pyongyang-vladivostok-2019.yaml"), "--runs", "1024", "--pairs", "64", "--numbers", "--quiet"},
    {"reach", committed("scenarios/destinations-2023.yaml"), "--within", "24 h", "--runs", "200", "--quiet"},
    {"depart-by", committed("scenarios/pyongyang-vladivostok-2023.yaml"), "--arrive-by", "2023-09-12 23:59", "--runs", "200", "--quiet"},
    {"profile", press}};

Outcome with(std::vector<std::string> arguments, const std::vector<std::string>& more) {
    arguments.insert(arguments.end(), more.begin(), more.end());
    return railwindow_tool(arguments);
}

}  // namespace

TEST_CASE("cli: --report changes nothing of what any command prints") {
    const OwnFolder folder;
    for (const auto& command : commands)
        for (const char* format : {"table", "json"}) {
            INFO(command.front() << ' ' << format);
            const Outcome plain = with(command, {"--format", format}), beside = with(command, {"--format", format, "--report", folder / "page.html"});
            REQUIRE(beside.status == 0);
            CHECK(beside.err.empty());
            CHECK(beside.out == plain.out);
        }
}

TEST_CASE("cli: the page of compare holds the JSON of compare") {
    const OwnFolder folder;
    REQUIRE(with(commands[0], {"--report", folder / "page.html"}).status == 0);
    const Json document = document_of(contents(folder / "page.html"));
    CHECK(document["command"] == "compare");
    const Json json = Json::parse(
        railwindow_tool({"compare", corridors, "--runs", "200", "--quiet", "--quantiles", "0.02,0.05,0.1,0.25,0.5,0.75,0.9,0.95", "--format", "json"})
            .out);
    const Json &shown = document["comparison"]["variants"], &wanted = json["variants"];
    REQUIRE(shown.size() == wanted.size());
    for (std::size_t i = 0; i < shown.size(); ++i) {
        for (const char* key : {"name", "time", "error_seconds", "elapsed_seconds", "probability", "routes"}) CHECK(shown[i][key] == wanted[i][key]);
        if (i == 0) continue;
        for (const char* key : {"pairs", "mean_seconds", "shift_seconds", "shift_error_seconds", "earlier", "later"})
            CHECK(shown[i]["against_base"][key] == wanted[i]["against_base"][key]);
        for (const auto& [quantile, value] : wanted[i]["against_base"]["difference_seconds"].items())
            CHECK(shown[i]["against_base"]["difference_seconds"][quantile] == value);
        CHECK(shown[i]["against_base"]["difference_seconds"]["p99"] >= shown[i]["against_base"]["difference_seconds"]["p95"]);
    }
    CHECK(document["map"]["ways"].size() == 3);
    CHECK(document["weak_inputs"].size() > 10);
}

TEST_CASE("cli: the page of routes holds their JSON, and each way with its kilometres") {
    const OwnFolder folder;
    const Outcome outcome = with(commands[1], {"--format", "json", "--report", folder / "page.html"});
    const Json document = document_of(contents(folder / "page.html"));
    CHECK(document["routes"] == Json::parse(outcome.out));
    for (std::size_t i = 0; i < document["routes"]["routes"].size(); ++i) {
        const Json& way = document["map"]["ways"][document["way_of_route"][i].get<std::size_t>()];
        CHECK(way["distance_km"].back() == document["routes"]["routes"][i]["length_km"]);
        CHECK(way["stations"].size() == way["sections"].size() + 1);
        CHECK(way["gauge_changes"].size() == document["routes"]["routes"][i]["gauge_changes"].size());
    }
}

TEST_CASE("cli: the page of backtest holds its JSON") {
    const OwnFolder folder;
    const Outcome outcome = with(commands[2], {"--format", "json", "--report", folder / "page.html"});
    CHECK(document_of(contents(folder / "page.html"))["backtest"] == Json::parse(outcome.out));
}

TEST_CASE("cli: the page of explain holds its JSON, and knows where on the way each report is") {
    const OwnFolder folder;
    REQUIRE(with(commands[4], {"--report", folder / "page.html"}).status == 0);
    const Json document = document_of(contents(folder / "page.html"));
    CHECK(document["command"] == "explain");
    CHECK(document["explanation"] == Json::parse(with(commands[4], {"--format", "json"}).out));
    const Json &reports = document["explanation"]["reports"], &visits = document["visit_of_report"], &map = document["map"];
    REQUIRE(reports.size() == visits.size());
    for (std::size_t i = 0; i < reports.size(); ++i) {
        CHECK(document["stations"].contains(reports[i]["station"].get<std::string>()));
        if (visits[i].is_null()) continue;
        const Json& station = map["stations"][map["ways"][0]["stations"][visits[i].get<std::size_t>()].get<std::size_t>()];
        CHECK(station["station"] == reports[i]["station"]);
    }
}

TEST_CASE("cli: the page of infer holds its JSON with the answer after each report, and the way of each journey left open") {
    const OwnFolder folder;
    REQUIRE(with(commands[3], {"--time", "2019-04-24 12:00", "--report", folder / "page.html"}).status == 0);
    const Json document = document_of(contents(folder / "page.html"));
    CHECK(document["command"] == "infer");
    const Outcome wanted = railwindow_tool({"infer", origins, "--runs", "8192", "--max-runs", "8192", "--quiet", "--time", "2019-04-24 12:00",
                                            "--timeline", "--quantiles", "0.02,0.05,0.1,0.25,0.5,0.75,0.9,0.95", "--format", "json"});
    CHECK(document["inference"] == Json::parse(wanted.out));
    REQUIRE(document["sightings"].size() == 1);
    CHECK(document["sightings"][0]["high"] == "2019-04-24T10:40:00+10:00");
    REQUIRE(document["alternatives"].size() == 5);
    const Json& windows = document["inference"]["timing_points"];
    for (std::size_t i = 0; i < windows.size(); ++i)
        for (std::size_t k = 0; k < 5; ++k) {
            const Json &visit = document["visits_of_window"][i][k],
                       &way = document["map"]["ways"][document["alternatives"][k]["way"].get<std::size_t>()];
            if (visit.is_null()) continue;
            const Json& station = document["map"]["stations"][way["stations"][visit.get<std::size_t>()].get<std::size_t>()];
            CHECK(station["station"] == windows[i]["station"]);
        }
}

TEST_CASE("cli: the pages of reach and depart-by hold their JSON, with the curve") {
    const OwnFolder folder;
    REQUIRE(with(commands[5], {"--report", folder / "page.html"}).status == 0);
    const Json reach = document_of(contents(folder / "page.html"));
    CHECK(reach["reach"] == Json::parse(with(commands[5], {"--format", "json"}).out));
    CHECK(reach["places"].size() == reach["reach"]["stations"].size());
    REQUIRE(with(commands[6], {"--report", folder / "page.html"}).status == 0);
    CHECK(document_of(contents(folder / "page.html"))["departure"] == Json::parse(with(commands[6], {"--curve", "--format", "json"}).out));
    CHECK(with(commands[5], {"--report", folder / "page.html", "--arrive-at", "khasan"}).status == 64);
}

TEST_CASE("cli: a page names the command that makes it again, without where files lie, and the text of its question") {
    const OwnFolder folder;
    REQUIRE(with(commands[6], {"--report", folder / "page.html", "--threads", "2", "--set", "notes=[\"it's\"]"}).status == 0);
    const Json made = document_of(contents(folder / "page.html"))["made"];
    CHECK(made["command"] ==
          R"(railwindow depart-by pyongyang-vladivostok-2023.yaml --arrive-by '2023-09-12 23:59' --set 'notes=["it'\''s"]' --runs 200 --seed 1)");
    REQUIRE(made["scenarios"].size() == 1);
    CHECK(made["scenarios"][0]["text"] == contents(committed("scenarios/pyongyang-vladivostok-2023.yaml")));
}

TEST_CASE("cli: a page says its answer without a script, and no name becomes an element") {
    const OwnFolder folder;
    folder.copy_committed();
    const std::string scenario = folder / "scenarios/press-20-hours.yaml";
    std::string text = contents(scenario);
    text.insert(0, "# </title><script>alert(1)</script> \"quoted\"?\n");
    write_file(scenario, text);
    const Outcome outcome = railwindow_tool({"run", scenario, "--runs", "50", "--quiet", "--report", folder / "page.html"});
    REQUIRE(outcome.status == 0);
    const std::string page = contents(folder / "page.html"), begin = page.substr(0, page.find("</main>"));
    CHECK(begin.find("<script>alert") == std::string::npos);
    CHECK(begin.find("(local time, UTC") != std::string::npos);
    CHECK(begin.find("<meta property=\"og:description\" content=\"") != std::string::npos);
    CHECK(begin.find("<path class=\"route\"") != std::string::npos);
}

TEST_CASE("cli: sightings come into the page with their source, on the clocks of their place") {
    const OwnFolder folder;
    REQUIRE(railwindow_tool({"run", khasan, "--runs", "100", "--quiet", "--report", folder / "page.html"}).status == 0);
    const Json sightings = document_of(contents(folder / "page.html"))["journeys"][0]["sightings"];
    REQUIRE(sightings.size() == 2);
    CHECK(sightings[1]["station"] == "vladivostok");
    CHECK(sightings[1]["event"] == "arrive");
    CHECK(sightings[1]["low"] == "2019-04-24T17:50:00+10:00");
    CHECK(!sightings[1]["source"].get<std::string>().empty());
}

TEST_CASE("cli: a page of any command that cannot be written is found out before the work begins") {
    const OwnFolder folder;
    for (const auto& command : commands) {
        INFO(command.front());
        CHECK(with(command, {"--report", "/no/such/folder/page.html"}).status == 74);
        CHECK(with(command, {"--report", "-"}).status == 64);
        const Outcome twice = with(command, {"--output", folder / "one", "--report", folder / "one"});
        CHECK(twice.status == 64);
        CHECK(twice.err.find("two results") != std::string::npos);
        CHECK(with(command, {"--report", "/dev/full"}).status == 74);
    }
}

TEST_CASE("cli: a quantile named twice is refused with a page as without") {
    const OwnFolder folder;
    CHECK(railwindow_tool({"compare", corridors, "--runs", "50", "--quantiles", "0.5,0.5", "--report", folder / "page.html"}).status == 2);
}

}  // namespace cli_report_pages_test
