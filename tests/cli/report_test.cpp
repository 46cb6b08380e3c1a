// The page, the map and the runs that `run` writes beside its table: whole files, the same numbers, and nothing that could break out of the page.
// What a reader sees of the page is tested in a browser: tools/report/test.

#include <places.hpp>
#include <support/files.hpp>
#include <support/page.hpp>
#include <support/process.hpp>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <map>
#include <sstream>

namespace cli_report_test {

using namespace railwindow;
using Json = nlohmann::ordered_json;

namespace {

const std::string press = committed("scenarios/press-20-hours.yaml");

Outcome run_press(std::vector<std::string> more, const ProcessOptions& options = {}) {
    std::vector<std::string> arguments{"run", press, "--runs", "300", "--quiet"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return railwindow_tool(arguments, options);
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> list;
    std::istringstream in{text};
    for (std::string line; std::getline(in, line);) list.push_back(line);
    return list;
}

}  // namespace

TEST_CASE("cli: --report writes a page below 700 kB whose windows are those of the JSON") {
    const OwnFolder folder;
    const Outcome outcome = run_press({"--format", "json", "--timing-points", "all", "--report", folder / "page.html"});
    REQUIRE(outcome.status == 0);
    const std::string page = contents(folder / "page.html");
    CHECK(page.size() < 700'000);
    const Json document = document_of(page), json = Json::parse(outcome.out);
    CHECK(document["schema"] == "railwindow.report/1");
    const Json& shown = document["journeys"][0]["estimate"]["timing_points"];
    REQUIRE(shown.size() == json["timing_points"].size());
    for (std::size_t i = 0; i < shown.size(); ++i)
        for (const char* quantile : {"p5", "p50", "p95"}) CHECK(shown[i]["time"][quantile] == json["timing_points"][i]["time"][quantile]);
    CHECK(document["not_modelled"].size() > 5);
}

TEST_CASE("cli: the page has the ordinary trains of the run that arrives in the middle, with few points") {
    const OwnFolder folder;
    const std::vector<std::string> run{"run", committed("scenarios/khasan-line-shared.yaml"), "--runs", "300", "--set", "traffic.rank=equal"};
    std::vector<std::string> paged = run, traced = run;
    paged.insert(paged.end(), {"--format", "json", "--report", folder / "page.html"});
    traced.insert(traced.end(), {"--trace", "p50", "--format", "json"});
    const Outcome outcome = railwindow_tool(paged);
    REQUIRE(outcome.status == 0);
    const Json json = Json::parse(outcome.out)["traffic"][0], journey = document_of(contents(folder / "page.html"))["journeys"][0];
    const Json &traffic = journey["traffic"], &line = traffic["lines"][0];
    CHECK_FALSE(journey["estimate"]["traffic"][0].contains("median_run"));
    CHECK(traffic["run"] == Json::parse(railwindow_tool(traced).out)["run"]);
    CHECK(line["name"] == json["name"]);
    std::size_t points = 0, shown = 0, train = 0;
    for (const Json& one : json["median_run"]) {
        if (one["special"]) continue;
        const Json& drawn = line["trains"][train++];
        CHECK(traffic["names"][drawn[0].get<std::size_t>()] == one["train"]);
        CHECK(std::abs(drawn[2].get<double>() - one["points"][0][0].get<double>()) <= 0.051);
        CHECK(std::abs(drawn[drawn.size() - 2].get<double>() - one["points"].back()[0].get<double>()) <= 0.051);
        points += one["points"].size(), shown += drawn.size() / 2 - 1;
    }
    CHECK(train == line["trains"].size());
    CHECK(shown < points / 2);
}

TEST_CASE("cli: --report changes nothing of the table") {
    const OwnFolder folder;
    CHECK(run_press({"--report", folder / "page.html"}).out == run_press({}).out);
}

TEST_CASE("cli: no name or note ends the script of a page") {
    const OwnFolder folder;
    folder.copy_committed();
    const std::string scenario = folder / "scenarios/press-20-hours.yaml";
    std::string text = contents(scenario);
    text.replace(text.find("Left out here"), 13, "</script><script>alert(1)</script><!-- \u2028");
    write_file(scenario, text);
    REQUIRE(railwindow_tool({"run", scenario, "--runs", "50", "--report", folder / "page.html"}).status == 0);
    const std::string page = contents(folder / "page.html");
    CHECK(page.find("alert(1)</script>") == std::string::npos);
    CHECK(page.find("\u2028") == std::string::npos);
    CHECK(document_of(page).dump().find("</script><script>alert(1)") != std::string::npos);
}

TEST_CASE("cli: a page that cannot be written is found out before the work begins") {
    CHECK(run_press({"--report", "/no/such/folder/page.html"}).status == 74);
    CHECK(run_press({"--report", "-"}).status == 64);
    const OwnFolder folder;
    const Outcome twice = run_press({"--report", folder / "one", "--samples", folder / "one"});
    CHECK(twice.status == 64);
    CHECK(twice.err.find("two results") != std::string::npos);
}

TEST_CASE("cli: the GeoJSON of a run has a line for every section and a point for every window of the JSON") {
    const Json map = Json::parse(run_press({"--format", "geojson"}).out), json = Json::parse(run_press({"--format", "json"}).out);
    std::map<std::string, std::size_t> kinds;
    double length = 0;
    for (const Json& feature : map["features"]) {
        ++kinds[feature["properties"]["kind"]];
        if (feature["properties"]["kind"] == "section") length += feature["properties"]["length_km"].get<double>();
    }
    CHECK(kinds["window"] == json["timing_points"].size());
    CHECK(std::abs(length - json["routes"][0]["length_km"].get<double>()) < 0.01);  // sections are written to the metre
    CHECK(map["features"].back()["properties"]["time"] == json["timing_points"].back()["time"]);
}

TEST_CASE("cli: the median of --samples is that of the table") {
    const OwnFolder folder;
    const Json json = Json::parse(run_press({"--format", "json", "--samples", folder / "runs.csv"}).out);
    std::vector<std::string> arrivals;
    for (const std::string& line : lines_of(contents(folder / "runs.csv")))
        if (const std::size_t at = line.find(",vladivostok,"); at != std::string::npos) {
            const std::size_t begin = line.find(',', at + 13) + 1;
            arrivals.push_back(line.substr(begin, line.find(',', begin) - begin));
        }
    REQUIRE(arrivals.size() == 300);
    std::sort(arrivals.begin(), arrivals.end());
    CHECK(json["timing_points"].back()["time"]["p50"] == arrivals[149]);
}

TEST_CASE("cli: --units imperial adds miles and mph") {
    const Outcome table = run_press({"--units", "imperial", "--details"});
    CHECK(table.out.find("1227.9 km (763.0 mi)") != std::string::npos);
    CHECK(table.out.find(" mph)") != std::string::npos);
    const Json json = Json::parse(run_press({"--units", "imperial", "--format", "json"}).out);
    CHECK(json["timing_points"].back()["distance_mi"] == 762.982);
    CHECK(json["timing_points"].back()["distance_km"] == 1227.9);
}

TEST_CASE("cli: tables keep to COLUMNS, and to ASCII where the locale has no UTF-8") {
    const Outcome narrow = run_press({"--plot"}, {.environment = {"COLUMNS=64", "LC_ALL=C"}});
    for (const std::string& line : lines_of(narrow.out)) {
        CAPTURE(line);
        CHECK(line.size() <= 64);
        CHECK(std::all_of(line.begin(), line.end(), [](unsigned char c) { return c < 0x80; }));
    }
    CHECK(run_press({"--plot"}, {.environment = {"LC_ALL=C.UTF-8"}}).out.find("\u25cf") != std::string::npos);
}

TEST_CASE("cli: emphasis only where it is asked for or a terminal reads") {
    CHECK(run_press({}).out.find('\x1b') == std::string::npos);
    CHECK(run_press({"--color", "always"}).out.find('\x1b') != std::string::npos);
    CHECK(run_press({"--color", "sometimes"}).status == 64);
}

TEST_CASE("cli: completion and manual name every command") {
    for (const char* shell : {"bash", "zsh", "fish"})
        for (const char* command : {"run", "profile", "routes", "check", "import"})
            CHECK(railwindow_tool({"completion", shell}).out.find(command) != std::string::npos);
    CHECK(railwindow_tool({"completion", "csh"}).status == 64);
    const std::string manual = railwindow_tool({"manual"}).out;
    CHECK(manual.starts_with(".TH RAILWINDOW 1"));
    for (const char* section : {"EXAMPLES", "FILES", "EXIT STATUS", "ENVIRONMENT", "SEE ALSO"})
        CHECK(manual.find(std::string{"\n.SH "} + section + "\n") != std::string::npos);
}

TEST_CASE("cli: bash completes stations, scenarios and paths of --set") {
    const OwnFolder folder;
    write_file(folder / "completion", railwindow_tool({"completion", "bash"}).out);
    const auto completed = [&](const std::string& words) {
        write_file(folder / "ask", "export RAILWINDOW_DATA='" + committed("") + "'\nsource '" + folder / "completion" +
                                       "'\nCOMP_WORDS=('" RAILWINDOW_TOOL "' " + words +
                                       ")\nCOMP_CWORD=$((${#COMP_WORDS[@]} - 1))\n_railwindow\nprintf '%s\\n' \"${COMPREPLY[@]}\"\n");
        REQUIRE(std::system(("bash '" + folder / "ask" + "' > '" + folder / "answer" + "'").c_str()) == 0);
        return contents(folder / "answer");
    };
    CHECK(completed("run press").find("press-20-hours\n") != std::string::npos);
    CHECK(completed("reach x --arrive-at khas") == "khasan\n");
    CHECK(completed("stations vladi").find("vladivostok\n") != std::string::npos);
    CHECK(completed("run x --set journey.regau").starts_with("journey.regauging=\n"));
    CHECK(completed("run x --set 'journey.calls[0].dw'").find("journey.calls[0].dwell=\n") != std::string::npos);
    CHECK(completed("run x --format js") == "json\n");
    CHECK(completed("run x --detail") == "--details\n");
    CHECK(completed("ne").find("new\n") != std::string::npos);
}

}  // namespace cli_report_test
