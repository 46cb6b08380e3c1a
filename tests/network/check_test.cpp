#include <railwindow/io/check_file.hpp>
#include <railwindow/network/check.hpp>
#include <support/drawn.hpp>
#include <support/files.hpp>
#include <support/networks.hpp>
#include <support/source_tree.hpp>

#include <doctest/doctest.h>

#include <algorithm>

namespace network_check_test {

using namespace railwindow;

namespace {

// A well-formed network without a doubt, from which wrong ones are derived.
NetworkSheet sound() {
    NetworkSheet sheet = drawn("A --10km,72-- B --10km,72-- C").networks[0];
    sheet.provenance = {"drawn", Confidence::high};
    for (LineSheet& line : sheet.lines) line.track.operating_speed->value = Uncertain<Speed>{60 * km / h};
    return sheet;
}

std::vector<std::string> found_in(const NetworkSheet& sheet, Severity severity) {
    std::vector<std::string> found;
    for (const Finding& finding : doubts({sheet}))
        if (finding.severity == severity) found.push_back(finding.subject + ": " + finding.what);
    return found;
}
std::string only_error(const NetworkSheet& sheet) {
    const auto found = found_in(sheet, Severity::error);
    REQUIRE(found.size() == 1);
    return found[0];
}
std::string only_warning(const NetworkSheet& sheet) {
    const auto found = found_in(sheet, Severity::warning);
    REQUIRE(found.size() == 1);
    CHECK(found_in(sheet, Severity::error).empty());
    return found[0];
}
bool says(const std::string& text, const std::string& part) {
    INFO(text);
    const bool found = text.find(part) != std::string::npos;
    CHECK(found);
    return found;
}

}  // namespace

TEST_CASE("law: the networks of this repository are without a doubt, together and one by one") {
    const std::vector<std::string> files = yaml_files("networks");
    CHECK(files.size() >= 12);
    for (const FileReport& report : check_files(files)) {
        for (const Finding& finding : report.findings) MESSAGE(to_string(finding));
        CHECK(report.findings.empty());
    }
    for (const std::string& file : files) CHECK(check_files({file})[0].findings.empty());
}

TEST_CASE("law: a sound network raises no doubt") { CHECK(doubts({sound()}).empty()); }

TEST_CASE("law: a section cannot be shorter than the straight line, nor should it wind too much") {
    NetworkSheet sheet = sound();
    sheet.lines[0].chainage[1].second.value = 9.7 * km;
    says(only_error(sheet), "lines.A-B.chainage: A to B: 9.7 km by rail, 10.0 km in a straight line");
    sheet.lines[0].chainage[1].second.value = 26 * km;
    says(only_warning(sheet), "26.0 km by rail, only 10.0 km");
}

TEST_CASE("law: no speed is held above the limit") {
    NetworkSheet sheet = sound();
    sheet.lines[1].track.operating_speed->value = Uncertain<Speed>{80 * km / h};
    says(only_error(sheet), "B to C: the mean operating speed 80 km/h is above the limit 72 km/h");
}

TEST_CASE("law: one place is one station") {
    NetworkSheet sheet = sound();
    sheet.stations[2].name = "A";
    says(only_warning(sheet), "stations.C: 'A' also has the name A");
    sheet = sound();
    sheet.stations.push_back(sheet.stations[1]);
    sheet.stations.back().id = name_of("B2");
    sheet.stations.back().name = "Second";
    sheet.lines.push_back(drawn_line("B2-C", "B2", "C", 10 * km, 72 * km / h));
    says(only_warning(sheet), "stations.B2: lies 0 m from 'B'");
}

TEST_CASE("law: a zone belongs to the country") {
    NetworkSheet sheet = sound();
    sheet.stations[0].country = sheet.stations[1].country = sheet.stations[2].country = "RU";
    sheet.stations[1].time_zone = name_of("Asia/Pyongyang");
    says(only_warning(sheet), "stations.B.time_zone: Asia/Pyongyang is a zone of KP, the station lies in RU");
}

TEST_CASE("law: every number has a source and a confidence") {
    NetworkSheet sheet = sound();
    sheet.provenance = {};
    CHECK(found_in(sheet, Severity::warning).size() == 2 * (3 + 3 * 2));  // three stations; three numbers of each of two lines
    sheet.provenance.source = "drawn";
    CHECK(found_in(sheet, Severity::warning).size() == 3 + 3 * 2);
}

TEST_CASE("law: gauges that meet need something that joins them") {
    NetworkSheet sheet = sound();
    sheet.lines[1].track.gauge = {Gauge{1520}};
    says(only_warning(sheet), "stations.B: 1435 mm and 1520 mm meet here and nothing changes the gauge");
    sheet.gauge_changes.push_back({name_of("B"), {{1435}, {1520}}, "bogie exchange", {}, {}, {}, 8, {}});
    CHECK(doubts({sheet}).empty());
}

TEST_CASE("law: a line that leaves a country crosses a border") {
    NetworkSheet sheet = sound();
    sheet.stations[2].country = "YY";
    says(only_warning(sheet), "B to C leads from XX to YY and no border says so");
    sheet.borders.push_back({name_of("b-c"), {name_of("B"), name_of("C")}, {}, Use::every_train, {}});
    CHECK(doubts({sheet}).empty());
}

TEST_CASE("law: networks hang together") {
    NetworkSheet sheet = sound();
    sheet.stations.push_back(drawn_station("X", 1, 1));
    says(only_warning(sheet), "stations.X: no line serves this station");
    sheet.stations.push_back(drawn_station("Y", 1, 1.1));
    sheet.lines.push_back(drawn_line("X-Y", "X", "Y", 12 * km, 72 * km / h));
    says(only_warning(sheet), "stations.X: no line joins this station and 1 more to A");
}

TEST_CASE("law: a network given alone is checked as far as it goes; given together, what is missing is an error") {
    const std::string border = source("networks/borders-dprk-russia.yaml"), primorye = source("networks/primorye.yaml");
    CHECK(check_files({border})[0].findings.empty());
    const auto together = check_files({border, primorye});
    REQUIRE(!together[0].findings.empty());
    says(together[0].findings[0].what, "no loaded network has a station 'tumangang'");
    CHECK(together[1].findings.empty());
}

TEST_CASE("cli: a practice file that misspells a station or line of the networks named with it is warned of") {
    const OwnFolder folder;
    std::string practice = contents(committed("networks/practice/dprk.yaml"));
    practice.replace(practice.find("at: tumangang"), 13, "at: tumangan");
    write_file(folder / "dprk.yaml", practice);
    const auto reports = check_files({committed("networks/dprk-east.yaml"), folder / "dprk.yaml"});
    REQUIRE(reports.size() == 2);
    REQUIRE(reports[1].findings.size() == 1);
    CHECK(reports[1].findings[0].severity == Severity::warning);
    CHECK(reports[1].findings[0].remedy == "did you mean 'tumangang'?");
    CHECK(reports[1].findings[0].place.line > 1);
}

}  // namespace network_check_test
