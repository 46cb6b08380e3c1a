// `import osm` through the real tool: small railways drawn as OpenStreetMap data, what their tags become, and what cannot be read.

#include <support/files.hpp>
#include <support/opl.hpp>
#include <support/process.hpp>
#include <support/reference_dir.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <random>

namespace cli_import_osm_test {

using namespace railwindow;

namespace {

bool says(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

// The program is built only where its library is.
bool is_built() {
    static const bool built = std::filesystem::exists(std::filesystem::path{RAILWINDOW_TOOL}.parent_path() / "railwindow-osm");
    if (!built) MESSAGE("skipped: railwindow-osm is not built here (libosmium2-dev)");
    return built;
}

const std::vector<std::string> everywhere{"--bbox=-180,-90,180,90", "--zone", "Asia/Vladivostok"};

/// A folder with the data as `a.opl`; what is imported goes into `network.yaml` of it.
struct Own {
    OwnFolder folder;
    Outcome outcome;
    explicit Own(std::string_view opl, std::vector<std::string> options = everywhere, const std::string& file = "a.opl") {
        write_file(folder / file, opl);
        options.insert(options.begin(), {"import", "osm", file, "--output", "network.yaml"});
        outcome = railwindow_tool(options, {.folder = folder.path().string()});
        INFO(outcome.err);
    }
    bool wrote() const { return std::filesystem::exists(folder / "network.yaml"); }
    std::string network() const {
        INFO(outcome.err);
        REQUIRE(outcome.status == 0);
        return contents(folder / "network.yaml");
    }
    /// What `check` says of it, which should be nothing but that it is well.
    std::string findings() const {
        const Outcome checked = railwindow_tool({"check", folder / "network.yaml"});
        return checked.status == 0 && !says(checked.out, "warning") ? "" : checked.out;
    }
};

// A track along the meridian of 132 degrees from 43.0 to 43.2, stations at both ends and in the middle.
Opl meridian(const std::string& first_tags, const std::string& second_tags = "railway=rail") {
    Opl opl;
    opl.node(1, 43.0, 132, "railway=station,name=Alpha,ele=12")
        .node(2, 43.1, 132, "railway=halt,name=Beta")
        .node(3, 43.2, 132, "railway=station,name=Gamma");
    return opl.way(10, {1, 2}, "railway=rail," + first_tags).way(11, {2, 3}, second_tags);
}

}  // namespace

TEST_CASE("exact: kilometres along a meridian are arcs of the ellipsoid") {
    if (!is_built()) return;
    const Own own{meridian("gauge=1520").text()};
    // PROJ: 43 to 43.1 N is 11,109.37 m, 43 to 43.2 N 22,218.94 m.
    CHECK(says(own.network(), "alpha: 0.000 km\n      beta: 11.109 km\n      gamma: 22.219 km\n"));
    CHECK(own.findings() == "");
}

TEST_CASE("cli: tags of tracks become what the network says of them, or a doubt with its place") {
    if (!is_built()) return;
    struct Case {
        const char *tags, *network, *doubt;
    };
    const Case cases[]{{"gauge=1520", "gauge: [1520 mm]", ""},
                       {"gauge=1435;1520", "gauge: [1435 mm, 1520 mm]", ""},
                       {"gauge=broad", "gauge: [1435 mm]", "way/10 at 43.000000,132.000000: gauge=broad is not understood"},
                       {"electrified=contact_line,voltage=25000,frequency=50", "electrification: 25 kV AC", ""},
                       {"electrified=contact_line,voltage=3000,frequency=0", "electrification: 3 kV DC", ""},
                       {"electrified=contact_line,voltage=15000,frequency=16.67", "electrification: 15 kV 16.7 Hz", ""},
                       {"electrified=contact_line,voltage=15000", "electrification: 15 kV 16.7 Hz", "without a frequency"},
                       {"electrified=contact_line,voltage=1500,frequency=0", "electrification: 1.5 kV DC", ""},
                       {"electrified=rail,voltage=600,frequency=0", "electrification: other 600 V DC", ""},
                       {"electrified=contact_line,voltage=11000,frequency=25", "electrification: other 11 kV 25Hz", ""},
                       {"electrified=contact_line,voltage=3000;25000,frequency=0;50", "electrification: mixed", ""},
                       {"electrified=contact_line,voltage=1500;25000,frequency=0;50", "electrification: 1.5 kV DC", "names several systems"},
                       {"electrified=yes", "electrification: other unknown", "electrified=yes without a voltage"},
                       {"electrified=no", "electrification: none", ""},
                       {"electrified=yes,voltage=much", "electrification: none", "voltage=much is not understood"},
                       {"maxspeed=100", "limit: {value: 100 km/h, confidence: medium}", ""},
                       {"maxspeed=50%20%mph", "limit: {value: 80.4672 km/h, confidence: medium}", ""},
                       {"maxspeed=none", "limit: {value: 60 km/h, confidence: low}", "maxspeed=none is no limit"},
                       {"maxspeed=signals", "limit: {value: 60 km/h, confidence: low}", "maxspeed=signals is no limit"},
                       {"maxspeed=-80", "limit: {value: 60 km/h, confidence: low}", "maxspeed=-80 is no limit"},
                       {"maxspeed=9999", "limit: {value: 60 km/h, confidence: low}", "maxspeed=9999 is no limit"},
                       {"maxspeed:forward=90,maxspeed:backward=70", "limit: {value: 70 km/h, confidence: medium}", "the lowest, 70 km/h"},
                       {"maxspeed=120,maxspeed:backward=60", "limit: {value: 60 km/h, confidence: medium}", "the lowest, 60 km/h"},
                       {"usage=industrial", "use: freight only", ""},
                       {"usage=main,railway:traffic_mode=freight", "use: freight only", ""},
                       {"tracks=2", "tracks: 2", ""},
                       {"bridge=yes,bridge:name=Long%20%Bridge", "long-bridge:\n        name: Long Bridge\n        at: 5.555 km", ""},
                       {"tunnel=yes,tunnel:name=Deep%20%Tunnel", "deep-tunnel:", ""},
                       {"maxspeed=80", "source: way/10 v3", ""}};
    for (const Case& one : cases) {
        INFO(std::string{one.tags});
        const Own own{meridian(one.tags).text()};
        const std::string network = own.network();
        // Of the first section, or of the line.
        const std::string first =
            network.substr(0, network.find("{from: beta")) + network.substr(std::min(network.size(), network.find("    landmarks:")));
        CHECK(says(first, one.network));
        INFO(own.outcome.err);
        if (*one.doubt) CHECK(says(own.outcome.err, one.doubt));
        if (!*one.doubt) CHECK(own.outcome.err == "");
        CHECK(own.findings() == "");
    }
}

TEST_CASE("drawn: two tracks are one line of two, and service tracks none") {
    if (!is_built()) return;
    Opl opl;
    opl.node(1, 43.0, 132).node(2, 43.1, 132).node(11, 43.0, 132.00006).node(12, 43.1, 132.00006).node(21, 43.0, 132.00012).node(22, 43.1, 132.00012);
    opl.node(5, 43.001, 132.0003, "railway=station,name=Alpha").node(6, 43.099, 131.9997, "railway=station,name=Beta");
    opl.way(10, {1, 2}, "railway=rail").way(11, {12, 11}, "railway=rail").way(12, {21, 22}, "railway=rail,service=siding");
    const Own own{opl.text()};
    CHECK(says(own.network(), "tracks: 2"));
    CHECK(says(own.network(), "beta: 10.887 km"));
    CHECK(own.findings() == "");
}

TEST_CASE("drawn: tracks of two gauges side by side are dual gauge") {
    if (!is_built()) return;
    Opl opl;
    opl.node(1, 43.0, 132, "railway=station,name=Alpha")
        .node(2, 43.1, 132, "railway=station,name=Beta")
        .node(11, 43.0, 132.00006)
        .node(12, 43.1, 132.00006);
    opl.way(10, {1, 2}, "railway=rail,gauge=1435").way(11, {11, 12}, "railway=rail,gauge=1520");
    const Own own{opl.text()};
    CHECK(says(own.network(), "gauge: [1435 mm, 1520 mm], tracks: 1"));
}

TEST_CASE("drawn: what is out of use is left out, and service tracks are taken only to connect") {
    if (!is_built()) return;
    Opl opl;
    opl.node(1, 43.0, 132, "railway=station,name=Alpha").node(2, 43.1, 132).node(3, 43.2, 132, "railway=station,name=Beta");
    opl.way(10, {1, 2}, "railway=rail")
        .way(11, {2, 3}, "railway=rail,service=spur")
        .way(12, {1, 3}, "railway=disused")
        .way(13, {1, 3}, "railway=rail,abandoned=yes");
    const Own own{opl.text()};
    CHECK(says(own.network(), "beta: 22.219 km"));
    CHECK(says(own.outcome.err, "way/11 at 43.100000,132.000000: service=spur for 11110 m"));
    CHECK(says(own.outcome.err, "way/13: is tagged abandoned=yes; left out"));
    CHECK(says(own.outcome.err, "2 doubts: "));
}

TEST_CASE("drawn: a fork makes a line of each branch, and trains do not turn back in switches") {
    if (!is_built()) return;
    Opl opl;
    opl.node(1, 43.0, 132, "railway=station,name=Alpha").node(2, 43.1, 132).node(3, 43.2, 131.97, "railway=station,name=Beta");
    opl.node(4, 43.2, 132.03, "railway=station,name=Gamma")
        .way(10, {1, 2}, "railway=rail")
        .way(11, {2, 3}, "railway=rail")
        .way(12, {2, 4}, "railway=rail");
    const Own own{opl.text()};
    const std::string network = own.network();
    CHECK(says(network, "  beta-alpha:\n"));
    CHECK(says(network, "  gamma-alpha:\n"));
    CHECK_FALSE(says(network, "beta-gamma"));
    CHECK(own.findings() == "");
}

TEST_CASE("drawn: a station lies on the track before it; one mapped twice is one; one far away is told of") {
    if (!is_built()) return;
    Opl opl = meridian("gauge=1520");
    opl.node(30, 43.1003, 132.0004).node(31, 43.1003, 132.0006).node(32, 43.1001, 132.0006).way(20, {30, 31, 32, 30}, "railway=station,name=Beta");
    opl.node(40, 43.15, 132.05, "railway=station,name=Far").node(41, 43.05, 132.001, "railway=station,name=Metro,station=subway");
    opl.node(50, 43.15, 132.0005)
        .node(51, 43.1502, 132.0009)
        .node(52, 43.1502, 132.0005)
        .way(21, {50, 51, 52, 50}, "railway=station,name=Delta,name:en=Fourth");
    const Own own{opl.text()};
    const std::string network = own.network();
    CHECK(says(network, "beta: 11.132 km\n      fourth: 16.675 km\n      gamma"));
    CHECK(says(network, "name: Fourth\n    local_name: Delta"));
    CHECK_FALSE(says(network, "metro"));
    CHECK(says(own.outcome.err, "node/40 at 43.150000,132.050000: 'Far' lies more than 300 m from any track; left out"));
    CHECK(own.findings() == "");
}

TEST_CASE("cli: names in their own script, heights, zones by boundaries and borders between countries") {
    if (!is_built()) return;
    Opl opl;
    opl.node(1, 42.98, 130.5, "railway=station,name=\xd0\xa5\xd0\xb0\xd1\x81\xd0\xb0\xd0\xbd,name:en=Khasan,ele=20")
        .node(2, 43.08, 130.5, "railway=station,name=\xd0\x9c\xd1\x8b\xd1\x81,ele=400");
    opl.way(10, {1, 2}, "railway=rail,gauge=1520");
    opl.node(3, 42.9, 130.4)
        .node(4, 42.9, 130.6)
        .node(5, 43.03, 130.6)
        .node(6, 43.03, 130.4)
        .way(11, {3, 4, 5}, "boundary=administrative")
        .way(12, {3, 6, 5}, "boundary=administrative");
    opl.relation(7, "w11@outer,w12@outer", "boundary=administrative,admin_level=2,ISO3166-1=KP");
    const Own own{opl.text(), {"--from", "\xd1\x85\xd0\xb0\xd1\x81\xd0\xb0\xd0\xbd", "--to", "node/2", "--zone", "Asia/Vladivostok"}};
    const std::string network = own.network();
    CHECK(says(network, "khasan:\n    name: Khasan\n    local_name: \"\xd0\xa5\xd0\xb0\xd1\x81\xd0\xb0\xd0\xbd\"\n    country: KP"));
    CHECK(says(network, "elevation: 20 m\n    time_zone: Asia/Pyongyang\n    source: \"node/1 v2, within relation/7\""));
    CHECK(says(network, "country: RU"));
    CHECK(says(network, "between: [khasan, node-2]"));
    CHECK(says(own.outcome.err, "has no name:en"));
    CHECK(own.findings() == "");
    const Own lost{opl.text(), {"--from", "Khasan", "--to", "node/2"}};
    CHECK(lost.outcome.status == 2);
    CHECK(says(lost.outcome.err, "--zone: no boundary in the file says where"));
    const Own named{opl.text(), {"--from", "Khasan", "--to", "node/2", "--zone", "node/2=Asia/Vladivostok", "--zone", "Khasan=Asia/Vladivostok"}};
    CHECK_FALSE(says(named.network(), "borders"));
}

TEST_CASE("cli: gaps, missing nodes and long jumps of tracks are told of with their places") {
    if (!is_built()) return;
    Opl opl = meridian("gauge=1520");
    opl.node(7, 43.25, 132).way(16, {3, 7}, "railway=rail").node(4, 43.25005, 132).node(5, 43.3, 132, "railway=station,name=Delta");
    opl.way(12, {4, 5, 99}, "railway=rail")
        .node(6, 45.9, 132)
        .way(13, {5, 6}, "railway=rail")
        .way(14, {98, 97}, "railway=rail")
        .way(15, {1}, "railway=rail");
    const Own apart{opl.text(), {"--from", "Alpha", "--to", "Delta", "--zone", "Asia/Vladivostok", "--all-doubts"}};
    CHECK(apart.outcome.status == 3);
    INFO(apart.outcome.err);
    for (const char* part : {"node/7 at 43.250000,132.000000: way/16 ends here, 5.6 m from way/12, and no node joins them",
                             "way/12 at 43.300000,132.000000: 1 of its 3 nodes are not in the file",
                             "way/13 at 45.900000,132.000000: has 289 km between two nodes; left out there",
                             "way/14: none of its nodes is in the file", "way/15: has fewer than two nodes; left out",
                             "no answer: no tracks of the file join 'Alpha' (node/1 at 43.000000,132.000000) to 'Delta' (node/5 at",
                             "the nearest station that they lead to is 'Gamma'"})
        CHECK(says(apart.outcome.err, part));
    CHECK_FALSE(apart.wrote());
}

TEST_CASE("cli: what import osm is asked wrongly is refused with what would be right") {
    if (!is_built()) return;
    const std::string opl = meridian("gauge=1520").node(60, 43.05, 132, "railway=station,name=Gamma").text();
    struct Case {
        std::vector<std::string> options;
        int status;
        const char* says;
    };
    const Case cases[]{
        {{"--from", "Alpa", "--to", "Beta", "--zone", "UTC"}, 2, "--from: the file has no station 'Alpa' at a track; did you mean 'Alpha'?"},
        {{"--from", "Alpha", "--to", "Gamma", "--zone", "UTC"},
         2,
         "--to: the file has 2 stations 'Gamma'; say which: node/3 at 43.2000,132.0000, node/60 at"},
        {{"--from", "Alpha", "--to", "Alpha", "--zone", "UTC"}, 2, "--to: 'Alpha' is where the line begins, too"},
        {{"--from", "Alpha", "--to", "node/77", "--zone", "UTC"}, 2, "no station and no node of a track 'node/77'"},
        {{"--from", "Alpha", "--to", "Beta", "--zone", "Asia/Vladivostock"}, 2, "the time zone database has no 'Asia/Vladivostock'"},
        {{"--bbox=1,2,3"}, 2, "--bbox: '1,2,3' has 3 numbers; write west,south,east,north"},
        {{"--bbox=1,2,three,4"}, 2, "--bbox: 'three' is no number"},
        {{"--bbox=1,2,3,400"}, 2, "beyond 180 or 90 degrees"},
        {{"--bbox=5,2,3,4"}, 2, "--bbox: '5,2,3,4' holds nothing"},
        {{"--bbox=1,2,3,4"}, 3, "no tracks of the file join two stations of the box; it has 0 at tracks"},
        {{"--bbox=131,42,133,44", "--assume-limit", "60"}, 2, "--assume-limit: "},
        {{"--bbox=131,42,133,44", "--assume-gauge", "wide"}, 2, "--assume-gauge: 'wide' is no gauge"},
        {{"--from", "Alpha"}, 64, "--to"},
        {{}, 64, "--from and --to, or --bbox"},
        {{"--bbox=1,2,3,4", "--from", "Alpha", "--to", "Beta"}, 64, "excludes"}};
    for (const Case& one : cases) {
        const Own own{opl, one.options};
        INFO(own.outcome.err);
        CHECK(own.outcome.status == one.status);
        CHECK(says(own.outcome.err, one.says));
        CHECK_FALSE(own.wrote());
    }
}

TEST_CASE("cli: files that are none of OpenStreetMap's are refused, and so are addresses of the web") {
    if (!is_built()) return;
    for (const char* file : {"a.opl", "a.osm", "a.osm.pbf", "a.osm.gz", "a.txt"}) {
        const Own own{"schema: railwindow.network/1\n", everywhere, file};
        INFO(own.outcome.err);
        CHECK(own.outcome.status == 2);
        CHECK(says(own.outcome.err, "cannot be read as OpenStreetMap data"));
    }
    const Own none{Opl{}.node(1, 43, 132).text()};
    CHECK(says(none.outcome.err, "there is no way railway=rail in it"));
    for (const char* file : {"missing.osm.pbf", "http://localhost/a.osm.pbf"}) {
        const Outcome outcome = railwindow_tool({"import", "osm", file, "--bbox=1,2,3,4"});
        CHECK(outcome.status == 2);
        CHECK(outcome.err == std::string{file} + ": there is no such file; check the path\n");
    }
}

TEST_CASE("law: changed forms of a file are read or refused; what is written passes check") {
    if (!is_built()) return;
    Opl drawn = meridian("gauge=1520,maxspeed=80,electrified=contact_line,voltage=25000,frequency=50,bridge=yes,bridge:name=Long");
    const std::string text = drawn.node(4, 43.3, 132.1, "railway=stop,name=Four,ele=3").way(12, {3, 4}, "railway=rail").text();
    std::mt19937 draw{20261130};
    const auto below = [&](std::size_t end) { return std::uniform_int_distribution<std::size_t>{0, end - 1}(draw); };
    for (int i = 0; i < 40; ++i) {
        std::string changed = text;
        for (std::size_t n = 0; n <= below(3); ++n) {
            const std::size_t at = below(changed.size());
            if (i % 4 == 0) changed.resize(at + 1);
            if (i % 4 == 1) changed[at] = static_cast<char>(below(256));
            if (i % 4 == 2) changed.erase(at, below(30));
            if (i % 4 == 3) changed.insert(at, changed.substr(below(changed.size()), below(60)));
        }
        const Own own{changed};
        INFO(changed, own.outcome.err);
        CHECK((own.outcome.status == 0 || own.outcome.status == 2 || own.outcome.status == 3));
        if (own.outcome.status == 0) CHECK(own.findings() == "");
    }
}

TEST_CASE("cli: without the program, import osm says how to get it") {
    const OwnFolder folder;
    std::filesystem::copy_file(RAILWINDOW_TOOL, folder / "railwindow");
    write_file(folder / "a.opl", meridian("gauge=1520").text());
    const Outcome outcome =
        railwindow_tool({"import", "osm", "a.opl", "--bbox=1,2,3,4"}, {.folder = folder.path().string(), .program = folder / "railwindow"});
    CHECK(outcome.status == 2);
    CHECK(says(outcome.err, "the program railwindow-osm is neither in " + folder.path().string()));
    CHECK(says(outcome.err, "libosmium2-dev"));
}

TEST_CASE("golden: Liechtenstein's and OSRD's files are imported as lines that pass check") {
    if (!is_built()) return;
    if (!reference_file("files/osm")) {
        MESSAGE("skipped: no reference folder (RAILWINDOW_REFERENCE_DIR)");
        return;
    }
    const OwnFolder folder;
    const auto imported = [&](const char* file, std::vector<std::string> options) {
        options.insert(options.begin(),
                       {"import", "osm", reference_file(std::string{"files/osm/"} + file)->string(), "--force", "--output", folder / "network.yaml"});
        const Outcome outcome = railwindow_tool(options);
        INFO(outcome.err);
        REQUIRE(outcome.status == 0);
        const Outcome checked = railwindow_tool({"check", folder / "network.yaml"});
        CHECK(checked.status == 0);
        CHECK_FALSE(says(checked.out, "warning"));
        return contents(folder / "network.yaml");
    };
    const std::string network = imported("li.pbf", {"--bbox=9,46,10,48", "--zone", "Europe/Zurich"});
    // 8,961.1 m as a sum of geodesics (tests/independent/osm.py).
    for (const char* part : {"staatsgrenze-nachst-nendeln: 8.961 km", "time_zone: Europe/Vaduz", "elevation: 447 m", "15 kV 16.7 Hz"})
        CHECK(says(network, part));
    CHECK(says(imported("minimal_rail.pbf", {"--from", "node/-138454", "--to", "node/-138456", "--zone", "Europe/Paris"}), "102.206 km"));
    CHECK(says(imported("switches.pbf", {"--from", "node/-137900", "--to", "node/-137897", "--zone", "Europe/Paris"}), "gauge: [1435 mm]"));
}

}  // namespace cli_import_osm_test
