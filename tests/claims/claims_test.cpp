// What the press claimed about these journeys, held against the networks and scenarios. claims.md lists all sixty claims;
// where a figure is wrong, the test states what is right and why.

#include <railwindow/estimate/estimate.hpp>
#include <railwindow/io/scenario_file.hpp>
#include <support/near.hpp>
#include <support/networks.hpp>
#include <support/source_tree.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <numbers>
#include <set>

namespace claims_claims_test {

using namespace railwindow;

namespace {

const std::string vostochny = "vostochny-cosmodrome-railhead";

const Station& place(const std::string& id) { return whole_network().stations()[*whole_network().find_station(id)]; }
Length straight(const std::string& a, const std::string& b) { return great_circle(place(a).position, place(b).position); }
Length rail(const std::string& from, const std::string& to, const std::vector<std::string>& via = {},
            const std::vector<std::string>& avoid = {"CN"}) {
    return way(from, to, via, avoid).length;
}

template <class Q>
bool between(Q value, Q low, Q high) {
    return low <= value && value <= high;
}

std::size_t position(const std::vector<std::string>& stations, const std::string& id) {
    const auto found = std::find(stations.begin(), stations.end(), id);
    REQUIRE(found != stations.end());
    return static_cast<std::size_t>(found - stations.begin());
}

std::set<std::vector<std::string>> border_sequences(const RouteRequest& request) {
    std::set<std::vector<std::string>> sequences;
    for (const Path& path : alternative_paths(whole_network(), request, {.count = 10})) {
        std::vector<std::string> borders;
        for (const std::size_t step : path.crossings)
            borders.push_back(
                whole_network().border_between(station_at(whole_network(), path, step), station_at(whole_network(), path, step + 1))->id);
        sequences.insert(borders);
    }
    return sequences;
}

Speed mean_running_speed(const Path& path) { return path.length / path.running; }

// The text between the bars of one row of a Markdown table.
std::vector<std::string> cells(const std::string& line) {
    std::vector<std::string> found;
    for (std::size_t begin = 1; begin < line.size();) {
        const std::size_t end = line.find('|', begin);
        if (end == std::string::npos) break;
        std::string cell = line.substr(begin, end - begin);
        cell.erase(0, cell.find_first_not_of(' '));
        cell.erase(cell.find_last_not_of(' ') + 1);
        found.push_back(cell);
        begin = end + 1;
    }
    return found;
}

std::string all_tests() {
    std::string text;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(source("tests"))) {
        if (entry.path().extension() != ".cpp") continue;
        std::ifstream in{entry.path()};
        text.append(std::istreambuf_iterator<char>{in}, {});
    }
    return text;
}

}  // namespace

TEST_CASE("law: claims.md has a row for each of the sixty claims, and its tests exist") {
    std::ifstream in{source("tests/claims/claims.md")};
    const std::string tests = all_tests();
    int row = 0;
    for (std::string line; std::getline(in, line);) {
        if (line.rfind("| SC", 0) != 0) continue;
        const std::vector<std::string> cell = cells(line);
        REQUIRE(cell.size() == 4);
        ++row;
        CHECK(cell[0] == "SC" + std::string(row < 10 ? "0" : "") + std::to_string(row));
        INFO(line);
        const bool known = cell[3] == "context only" || tests.find("TEST_CASE(\"" + cell[3] + "\"") != std::string::npos;
        CHECK(known);
    }
    CHECK(row == 60);
}

TEST_CASE("law: SC01 SC38 a route other than the expected one is always open") {
    CHECK(border_sequences(asked("pyongyang", "vladivostok")).size() >= 2);
    RouteRequest freight = asked("pyongyang", "vladivostok");
    freight.use = Use::freight_only;
    const auto sequences = border_sequences(freight);
    CHECK(sequences.count({"tumangang-khasan"}) == 1);
    CHECK(sequences.count({"sinuiju-dandong", "suifenhe-grodekovo"}) == 1);
    CHECK(sequences.count({"namyang-tumen", "suifenhe-grodekovo"}) == 1);
    CHECK(sequences.count({"namyang-tumen", "hunchun-kamyshovaya"}) == 1);
    for (const std::string& to : {std::string{"khabarovsk-1"}, vostochny, std::string{"moscow-yaroslavsky"}})
        CHECK(border_sequences(asked("pyongyang", to)).size() >= 2);
}

TEST_CASE("law: SC10 Khasan comes before Ussuriysk") {
    const auto stations = stations_of(way("pyongyang", "ussuriysk", {}, {"CN"}));
    CHECK(position(stations, "khasan") < position(stations, "baranovsky"));
    CHECK(position(stations, "baranovsky") < position(stations, "ussuriysk"));
}

// The river rises in China and then flows through Primorye. The train crosses it near Baranovsky, 237 km into Russia.
TEST_CASE("law: SC12 the Razdolnaya is no border") {
    const Path path = way("khasan", "ussuriysk", {}, {"CN"});
    CHECK(path.crossings.empty());
    CHECK(countries(whole_network(), path) == std::vector<std::string>{"RU"});
    for (const Border& border : whole_network().borders()) CHECK(border.id.find("razdol") == std::string::npos);
    CHECK(near(rail("khasan", "baranovsky"), 237 * km, 1 * km));
}

TEST_CASE("law: SC13 Khabarovsk and Vostochny can be reached and have windows") {
    Scenario scenario = load_scenario(source("scenarios/pyongyang-vostochny-2023.yaml"));
    scenario.observed.clear();  // Vostochny is not on the way to Khabarovsk
    for (const std::string& to : {std::string{"khabarovsk-1"}, vostochny}) {
        scenario.journey.to = Name{to, {}};
        scenario.journey.via.resize(to == vostochny ? 3 : 2);
        const Estimate windows = estimate(build(scenario), {.runs = 500});
        const TimingPointEstimate& arrival = windows.timing_points.back();
        CHECK(arrival.probability > 0.9);
        CHECK(arrival.time.front().value < arrival.time.back().value);
        scenario.journey.via.push_back({"khabarovsk-1", {}});  // for the second destination
    }
}

TEST_CASE("golden: SC15 Pyongyang to Vladivostok is about 1,200 km") {
    for (const Length length : {rail("pyongyang", "vladivostok", {"ussuriysk"}), rail("pyongyang", "vladivostok", {}, {"CN", "ussuriysk"})})
        CHECK(between(length, 1160 * km, 1240 * km));
    CHECK(near(1200 / 1.609344, 745.6, 0.1));  // the press's miles are its kilometres
    CHECK(near(straight("pyongyang", "vladivostok"), 688 * km, 3 * km));
}

// If the train began its way at Kyongsong, as other reports say, whoever boarded there rode less than half of it.
TEST_CASE("golden: SC16 from Kyongsong it is not 1,200 km") {
    const Length ridden = rail("kyongsong", "vladivostok", {"rajin", "ussuriysk"});
    CHECK(between(ridden, 480 * km, 590 * km));
    CHECK(ridden < 0.5 * rail("pyongyang", "vladivostok", {"ussuriysk"}));
}

TEST_CASE("golden: SC18 60 km/h bounds what is run on North Korean lines, not the train") {
    CHECK(near(60 / 1.609344, 37.28, 0.01));
    double fastest_elsewhere = 0;
    for (const Section& section : whole_network().sections()) {
        const double kmh = section.operating_speed.value.mean() / (km / h);
        if (place(whole_network().stations()[section.from].id).country == "KP")
            CHECK(kmh <= 60);
        else
            fastest_elsewhere = std::max(fastest_elsewhere, kmh);
    }
    CHECK(fastest_elsewhere > 80);
    CHECK(whole_railway().train.limit.value > 60 * km / h);
}

TEST_CASE("golden: SC19 speed belongs to the line: one train, half as fast before the Yalu as behind it") {
    const Speed before = mean_running_speed(way("pyongyang", "sinuiju-chongnyon")), behind = mean_running_speed(way("dandong", "beijing"));
    CHECK(between(before, 35 * km / h, 50 * km / h));
    CHECK(between(behind, 75 * km / h, 95 * km / h));
}

TEST_CASE("golden: SC20 the gauge breaks at the Russian border, and changing it takes up to four hours or none") {
    RouteRequest request = asked("pyongyang", "vladivostok", {"rajin"});
    request.gauges = {{1435}};
    CHECK_FALSE(best_path(whole_network(), request));
    const Path path = way("pyongyang", "vladivostok", {"rajin"});
    REQUIRE(path.gauge_changes.size() == 1);
    CHECK(path.steps.front().gauge == Gauge{1435});
    CHECK(path.steps.back().gauge == Gauge{1520});
    request = asked("pyongyang", "vladivostok", {"rajin"});
    const Duration with = best_path(whole_network(), request)->standing;
    request.times.cars.reset();  // a second set of bogies waits
    const Duration without = best_path(whole_network(), request)->standing;
    CHECK(between(with - without, 1 * h, 4 * h));
}

TEST_CASE("exact: SC30 10:40 at Khasan is 9:40 at Pyongyang") {
    const LocalTime khasan{2019, 4, 24, 10, 40, 0}, pyongyang{2019, 4, 24, 9, 40, 0};
    CHECK(std::get<Instant>(place("khasan").zone.instant_of(khasan)) == std::get<Instant>(place("pyongyang").zone.instant_of(pyongyang)));
}

TEST_CASE("golden: SC32 the train turns at Ussuriysk (372.3 km) or, if that can be done, at Baranovsky (325.7 km)") {
    const Path ussuriysk = way("khasan", "vladivostok", {"ussuriysk"}, {"CN"}), baranovsky = way("khasan", "vladivostok", {}, {"CN", "ussuriysk"});
    CHECK(near(ussuriysk.length, 372.3 * km, 0.1 * km));
    CHECK(near(baranovsky.length, 325.7 * km, 0.1 * km));
    const auto turns_at = [](const Path& path) { return whole_network().stations()[station_at(whole_network(), path, path.reversals.at(0))].id; };
    CHECK(turns_at(ussuriysk) == "ussuriysk");
    CHECK(turns_at(baranovsky) == "baranovsky");
    CHECK(place("ussuriysk").reversal->provenance.confidence == Confidence::high);
    CHECK(place("baranovsky").reversal->provenance.confidence == Confidence::low);
}

TEST_CASE("law: SC37 Moscow can be reached, over some 10,300 km and in eight to ten days") {
    CHECK(between(rail("pyongyang", "moscow-yaroslavsky"), 10'200 * km, 10'300 * km));
    const Estimate windows = estimate(build(load_scenario(source("scenarios/pyongyang-moscow.yaml"))), {.runs = 500});
    const TimingPointEstimate& arrival = windows.timing_points.back();
    CHECK(to_duration(arrival.elapsed.front().value) < 10 * 24 * h);
    CHECK(to_duration(arrival.elapsed.back().value) > 8 * 24 * h);
}

// "About 60 km north of Vladivostok": already the straight line is longer, the rails are nearly twice as long.
TEST_CASE("golden: SC52 Ussuriysk lies 77 km from Vladivostok and 112 km by rail, not 60") {
    CHECK(near(straight("vladivostok", "ussuriysk"), 77 * km, 2 * km));
    CHECK(near(rail("vladivostok", "ussuriysk"), 112 * km, 1 * km));
    CHECK(straight("vladivostok", "ussuriysk") > 60 * km);
}

TEST_CASE("golden: SC53 Vostochny lies some 900 km north-north-west of Ussuriysk") {
    CHECK(near(straight("ussuriysk", vostochny), 900 * km, 50 * km));
    const double degrees = bearing(place("ussuriysk").position, place(vostochny).position) * 180 / std::numbers::pi;
    CHECK(near(degrees < 0 ? degrees + 360 : degrees, 345, 3));
}

TEST_CASE("golden: SC54 the way to Vostochny is half as long again as the straight line") {
    const double winding = rail("ussuriysk", vostochny) / straight("ussuriysk", vostochny);
    CHECK(between(winding, 1.45, 1.6));
}

// "Close to the border": in a straight line; the rails go around two bays and over Baranovsky.
TEST_CASE("golden: SC60 Vladivostok is 126 km from Khasan and three times as far by rail") {
    CHECK(near(straight("khasan", "vladivostok"), 126 * km, 3 * km));
    CHECK(between(rail("khasan", "vladivostok", {}, {"CN", "ussuriysk"}) / straight("khasan", "vladivostok"), 2.5, 2.7));
    CHECK(between(rail("khasan", "vladivostok", {"ussuriysk"}) / straight("khasan", "vladivostok"), 2.8, 3.0));
}

}  // namespace claims_claims_test
