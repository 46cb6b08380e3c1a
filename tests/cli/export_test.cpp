// `export`: a network as a map and as paths, which come back through our own import as they went.

#include <support/files.hpp>
#include <support/networks.hpp>
#include <support/process.hpp>

#include <railwindow/io/network_file.hpp>
#include <railwindow/network/network.hpp>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <cmath>

namespace cli_export_test {

using namespace railwindow;

namespace {

bool says(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

constexpr std::string_view network_text = R"(schema: railwindow.network/1
name: Drawn
source: "a drawing"
confidence: low
stations:
  a: {name: A, local_name: "가", country: KP, position: 39 N 125 E, time_zone: Asia/Pyongyang, elevation: 12.5 m}
  b: {name: "B: the second", country: KP, position: 39.1 N 125 E, time_zone: Asia/Pyongyang}
  c: {name: C, country: KP, position: 39.3 N 125 E, time_zone: Asia/Pyongyang}
lines:
  first:
    name: A - C
    gauge: [1435 mm, 1520 mm]
    electrification: 3 kV DC
    tracks: 2
    limit: 60 km/h
    operating_speed: 40 km/h
    chainage: {a: 1 km, b: 13.3456 km, c: 36.5 km}
    limits: [{at: 2 km, limit: 80 km/h}, {at: 20 km, limit: 45.5 km/h}]
    gradients: [{at: 13.3456 km, gradient: 4 permille}, {at: 25 km, gradient: -3.5 permille}]
    landmarks: {bridge: {name: The Bridge, at: 20 km}}
  second: {name: C - A, gauge: 1000 mm, limit: 30 km/h, operating_speed: 25 km/h, use: freight only, chainage: {c: 0 km, a: 40 km}}
)";

constexpr std::string_view train = R"(%YAML 1.2
---
schema: https://railtoolkit.org/schema/rolling-stock.json
schema_version: "2022.05"
trains: [{name: Railcar, id: railcar, formation: [unit]}]
vehicles:
  - {name: Railcar, id: unit, vehicle_type: multiple unit, length: 41.7, mass: 68.0, mass_traction: 45.3, speed_limit: 120, a_braking: -0.4, rotation_mass: 1.08,
     base_resistance: 3.0, rolling_resistance: 1.4, air_resistance: 3.9, tractive_effort: [[0.0, 94400], [60.0, 25540], [120.0, 12000]]}
)";

Outcome exported(const OwnFolder& folder, std::vector<std::string> options) {
    options.insert(options.begin(), "export");
    return railwindow_tool(options, {.folder = folder.path().string()});
}

// Limits along a line: where each begins, and km/h.
std::vector<std::pair<double, double>> limits_of(const Network& network, LineId line) {
    std::vector<std::pair<double, double>> limits;
    for (const Section& section : network.sections()) {
        if (section.line != line) continue;
        auto steps = section.limits;
        if (steps.empty()) steps.push_back({0 * m, section.limit.value});
        for (const auto& step : steps)
            if (limits.empty() || std::abs(limits.back().second - step.value / (km / h)) > 1e-9)
                limits.emplace_back((section.begin + step.begin) / m, step.value / (km / h));
    }
    return limits;
}

Network network_of(const std::string& file) { return Network{{read_network(contents(file), file)}}; }

Length length_of(const Network& network, LineId line) {
    Length length{};
    for (const Section& section : network.sections())
        if (section.line == line) length += section.length;
    return length;
}

}  // namespace

TEST_CASE("law: lines exported as railtoolkit paths come back through import with their lengths, limits and gradients") {
    for (const std::string& file : {std::string{}, committed("networks/primorye.yaml")}) {
        const OwnFolder folder;
        write_file(folder / "n.yaml", file.empty() ? std::string{network_text} : contents(file));
        write_file(folder / "t.yaml", train);
        const Network network = network_of(folder / "n.yaml");
        for (std::uint32_t i = 0; i < network.lines().size(); ++i) {
            const Line& line = network.lines()[LineId{i}];
            INFO(line.id);
            REQUIRE(exported(folder, {"n.yaml", "--format", "railtoolkit", "--line", line.id, "--output", "p.yaml", "--force"}).status == 0);
            const Outcome imported =
                railwindow_tool({"import", "railtoolkit", "--train", "t.yaml", "--path", "p.yaml", "--output", "back", "--force"},
                                {.folder = folder.path().string()});
            INFO(imported.err);
            REQUIRE(imported.status == 0);
            CHECK(imported.err == "");
            const Network back = network_of(folder / "back/t-p.network.yaml");
            CHECK(length_of(back, LineId{0}) / m == doctest::Approx(length_of(network, LineId{i}) / m).epsilon(1e-11));
            const auto ours = limits_of(network, LineId{i}), theirs = limits_of(back, LineId{0});
            REQUIRE(ours.size() == theirs.size());
            for (std::size_t k = 0; k < ours.size(); ++k) {
                CHECK(ours[k].first == doctest::Approx(theirs[k].first).epsilon(1e-11));
                CHECK(ours[k].second == doctest::Approx(theirs[k].second).epsilon(1e-11));
            }
            CHECK(back.lines()[LineId{0}].stations.size() == line.stations.size());
        }
    }
}

TEST_CASE("exact: a map has every station and section with what the network says of them") {
    const OwnFolder folder;
    write_file(folder / "n.yaml", network_text);
    const Outcome outcome = exported(folder, {"n.yaml"});
    REQUIRE(outcome.status == 0);
    const auto json = nlohmann::json::parse(outcome.out);
    CHECK(json["type"] == "FeatureCollection");
    REQUIRE(json["features"].size() == 6);
    for (const auto& one : json["features"]) {  // RFC 7946
        CHECK(one.size() == 3);
        CHECK(one["type"] == "Feature");
        CHECK(one["properties"].is_object());
        CHECK((one["geometry"]["type"] == "Point" || one["geometry"]["type"] == "LineString"));
    }
    const auto& station = json["features"][0];
    CHECK(station["geometry"]["coordinates"] == nlohmann::json::array({125.0, 39.0}));
    CHECK(station["properties"]["local_name"] == "가");
    CHECK(station["properties"]["elevation_m"] == 12.5);
    const auto& section = json["features"][4];
    CHECK(section["geometry"]["coordinates"] == nlohmann::json::parse("[[125.0,39.1],[125.0,39.3]]"));
    const auto& said = section["properties"];
    CHECK(said["line_id"] == "first");
    CHECK(said["from_km"] == 13.3456);
    CHECK(said["to_km"] == 36.5);
    CHECK(said["length_km"] == doctest::Approx(23.1544));
    CHECK(said["gauges_mm"] == nlohmann::json::array({1435, 1520}));
    CHECK(said["wire"] == "3 kV DC");
    CHECK(said["tracks"] == 2);
    CHECK(said["limits"] == nlohmann::json::parse(R"([{"from_km":13.3456,"limit_kmh":80.0},{"from_km":20.0,"limit_kmh":45.5}])"));
    CHECK(said["gradients"] == nlohmann::json::parse(R"([{"from_km":13.3456,"permille":4.0},{"from_km":25.0,"permille":-3.5}])"));
    CHECK(said["landmarks"][0]["name"] == "The Bridge");
    CHECK(said["source"] == "a drawing");
    CHECK(json["features"][5]["properties"]["use"] == "freight only");
    CHECK_FALSE(json["features"][5]["properties"].contains("limits"));
}

TEST_CASE("law: every committed network is exported as a map") {
    const OwnFolder folder;
    std::vector<std::string> words;
    for (const std::string& file : committed_yaml("networks"))
        if (says(contents(file).substr(0, 2000), "railwindow.network/1")) words.push_back(file);
    const Outcome outcome = exported(folder, words);
    INFO(outcome.err);
    REQUIRE(outcome.status == 0);
    CHECK(nlohmann::json::parse(outcome.out)["features"].size() > 400);
}

TEST_CASE("cli: export says what is not known, and refuses what is wrong") {
    const OwnFolder folder;
    write_file(folder / "n.yaml", network_text);
    const Outcome told = exported(folder, {"n.yaml", "--format", "railtoolkit", "--output", "p.yaml"});
    CHECK(told.status == 0);
    CHECK(says(told.err, "lines.first: the gradients of 12.3 km are not known; railtoolkit files must have some, and 0 is written"));
    struct Case {
        std::vector<std::string> options;
        int status;
        const char* says;
    };
    const Case cases[]{{{"n.yaml", "--format", "railtoolkit", "--line", "frist"}, 2, "no loaded network has a line 'frist'; did you mean 'first'?"},
                       {{"n.yaml", "--line", "first"}, 64, "goes with --format railtoolkit"},
                       {{"n.yaml", "--format", "railml"}, 64, "is none of geojson|railtoolkit"},
                       {{"none.yaml"}, 2, "none.yaml: there is no such file"},
                       {{committed("scenarios/press-20-hours.yaml")}, 2, "railwindow.network/1"},
                       {{committed("networks/borders-dprk-russia.yaml")}, 2, "no loaded network has a station"},
                       {{"n.yaml", "--output", "n.yaml", "--force"}, 64, "n.yaml"}};
    for (const Case& one : cases) {
        const Outcome outcome = exported(folder, one.options);
        INFO(outcome.err);
        CHECK(outcome.status == one.status);
        CHECK(says(outcome.err, one.says));
    }
    CHECK(contents(folder / "n.yaml") == network_text);
}

}  // namespace cli_export_test
