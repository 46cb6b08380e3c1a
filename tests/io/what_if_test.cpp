// What-ifs on the tree of a file: laid over, set, swept, and refused where they are wrong.

#include <railwindow/core/error.hpp>
#include <railwindow/io/load_variants.hpp>
#include <railwindow/io/scenario_file.hpp>
#include <railwindow/simulation/model.hpp>
#include <support/files.hpp>
#include <support/near.hpp>

#include <doctest/doctest.h>

namespace io_what_if_test {

using namespace railwindow;

namespace {

const std::string evening = committed("scenarios/pyongyang-vladivostok-2019.yaml");

std::string refusal(auto act) {
    try {
        act();
    } catch (const InputError& error) {
        std::string all;
        for (const Finding& finding : error.findings()) all += to_string(finding) + '\n';
        return all;
    }
    return "nothing";
}

std::string refusal_of_set(const std::string& set) {
    return refusal([&] { load_scenario(evening, WhatIf{{}, {set}}); });
}

bool holds(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

// The committed evening scenario with `variants` instead of its own.
struct Varied {
    OwnFolder folder;
    std::string path = folder / "scenarios/pyongyang-vladivostok-2019.yaml";

    explicit Varied(const std::string& tail) {
        folder.copy_committed();
        std::string text = contents(path);
        text.erase(text.find("variants:"));
        write_file(path, text + tail);
    }
};

const LineSheet& line(const Scenario& scenario, const std::string& id) {
    for (const NetworkSheet& sheet : scenario.networks)
        for (const LineSheet& line : sheet.lines)
            if (line.id.value == id) return line;
    throw std::logic_error{"no line " + id};
}

}  // namespace

TEST_CASE("exact: --set changes one value and nothing else") {
    const Scenario base = load_scenario(evening), set = load_scenario(evening, WhatIf{{}, {"journey.calls[0].dwell=70 min"}});
    CHECK(set.journey.calls[0].dwell.mean() == 70 * minute);
    CHECK(set.journey.calls[0].at.value == base.journey.calls[0].at.value);
    CHECK(set.changes == std::vector<std::string>{"journey.calls[0].dwell: 70 min"});
    CHECK(base.changes.empty());
    const Scenario law = load_scenario(evening, WhatIf{{}, {"journey.calls[0].dwell={uniform: [1 h, 2 h]}", "journey.via=[rajin]"}});
    CHECK(near(law.journey.calls[0].dwell.mean(), 90 * minute, 1 * ms));
    CHECK(law.journey.via.size() == 1);
}

TEST_CASE("exact: what is taken out is gone before anything is set") {
    const std::string open_way = committed("scenarios/seen-2023.yaml");
    const Scenario named = load_scenario(open_way, WhatIf{{}, {"journey.via=[rajin, ussuriysk]"}, {"journey.routes"}});
    CHECK(named.journey.routes.empty());
    CHECK(named.journey.via.size() == 2);
    CHECK(named.changes.front() == "without journey.routes");
    CHECK(holds(refusal([&] { load_scenario(open_way, WhatIf{{}, {"journey.via=[rajin, ussuriysk]"}}); }), "both 'via' and 'routes'"));
    CHECK(holds(refusal([&] {
                    load_scenario(evening, WhatIf{{}, {}, {"journey.nothing"}});
                }),
                "--set journey.nothing: the file has no 'journey.nothing'"));
}

TEST_CASE("law: messages name who said a what-if") {
    const auto said = [](const char* who) { return refusal([&] { load_scenario(evening, WhatIf{{}, {"journey.too=x"}, {}, who}); }); };
    CHECK(said("replace").rfind("replace journey.too: ", 0) == 0);
    CHECK(said("--set").rfind("--set journey.too: ", 0) == 0);
}

TEST_CASE("exact: a later --set wins, and a variant comes before both") {
    const Scenario set =
        load_scenario(evening, WhatIf{"turn-at-baranovsky", {"journey.via=[rajin]", "journey.via=[rajin, ussuriysk]", "journey.avoid=[]"}});
    CHECK(set.journey.via.back().value == "ussuriysk");
    CHECK(set.journey.avoid.empty());
    CHECK(set.variant == "turn-at-baranovsky");
    CHECK(load_scenario(evening, WhatIf{"turn-at-baranovsky", {}}).journey.via.back().value == "baranovsky");
}

TEST_CASE("cli: --set is checked as strictly as the file, and the message names it") {
    CHECK(holds(refusal_of_set("journey.depart.at=2019-04-23 24:00"), "--set journey.depart.at"));
    CHECK(holds(refusal_of_set("journey.calls[0].dwell=70"), "--set journey.calls[0].dwell: journey.calls[0].dwell"));
    CHECK(holds(refusal_of_set("journey.calls[0].dwell=70"), "no unit"));
    CHECK(holds(refusal_of_set("journey.calls[0].dwel=70 min"), "did you mean 'dwell'?"));
    CHECK(holds(refusal_of_set("jurney.via=[rajin]"), "did you mean 'journey'?"));
    CHECK(holds(refusal_of_set("journey.calls[1].dwell=70 min"), "'journey.calls' has 1 entry"));
    CHECK(holds(refusal_of_set("journey.to[0]=x"), "not a list"));
    CHECK(holds(refusal_of_set("journey.to.station=x"), "not a map"));
    CHECK(holds(refusal_of_set("journey.via"), "there is no '='"));
    CHECK(holds(refusal_of_set("journey.via="), "there is no value"));
    CHECK(holds(refusal_of_set("journey..via=x"), "is no path"));
    CHECK(holds(refusal_of_set("journey.via=[rajin"), "is no value"));
    CHECK(holds(refusal_of_set("train=missing.yaml"), "--set train"));
    CHECK(holds(refusal_of_set("journey.depart.at=2019-04-23 20:00"), "both 'at' and 'between'"));
    const Scenario unknown = load_scenario(evening, WhatIf{{}, {"journey.to=vladivostock"}});
    CHECK(holds(refusal([&] { build(unknown); }), "--set journey.to: journey.to"));
}

TEST_CASE("exact: an edit of a line holds all along it, and says where its number comes from") {
    const Scenario base = load_scenario(evening), set = load_scenario(evening, WhatIf{{}, {"edits.lines.friendship-bridge.limit=20 km/h"}});
    const LineSheet& bridge = line(set, "friendship-bridge");
    CHECK(bridge.track.limit->value == 20 * km / h);
    CHECK(holds(bridge.track.limit->provenance.source, "assumed in --set edits.lines.friendship-bridge.limit"));
    CHECK(bridge.track.operating_speed->value.mean() == line(base, "friendship-bridge").track.operating_speed->value.mean());
    const Scenario slow = load_scenario(evening, WhatIf{{}, {"edits.lines.pyongra={limit: 30 km/h, operating_speed: 25 km/h}"}});
    for (const SectionSheet& section : line(slow, "pyongra").sections) {
        CHECK_FALSE(section.track.limit.has_value());
        CHECK_FALSE(section.track.operating_speed.has_value());
    }
    const Model model = build(slow);
    for (const Section& section : model.network.sections())
        if (model.network.lines()[section.line].id == "pyongra") CHECK(section.limit.value == 30 * km / h);
}

TEST_CASE("exact: sections of an edit come behind those of the file") {
    const Scenario base = load_scenario(evening);
    const Scenario set =
        load_scenario(evening, WhatIf{{}, {"edits.lines.friendship-bridge.sections=[{from: tumangang, to: khasan, limit: 10 km/h}]"}});
    CHECK(line(set, "friendship-bridge").sections.size() == line(base, "friendship-bridge").sections.size() + 1);
    CHECK(line(set, "friendship-bridge").sections.back().track.limit->value == 10 * km / h);
}

TEST_CASE("exact: edits reach stations, gauge changes, borders, practice and train") {
    const Scenario set = load_scenario(
        evening, WhatIf{{},
                        {"edits.train.cars=26", "edits.practice.RU.reversal=10 min", "edits.gauge_changes.tumangang.cars_per_batch=26",
                         "edits.borders.tumangang-khasan.formalities={khasan: 5 min}", "edits.stations.baranovsky.reversal={possible: false}"}});
    CHECK(set.train.cars.value.mean() == 26);
    CHECK(set.train.car.length == load_scenario(evening).train.car.length);
    for (const PracticeSheet& practice : set.practice)
        if (practice.country.value == "RU") CHECK(practice.reversal->value.mean() == 10 * minute);
    const Network network{set.networks};
    CHECK(network.gauge_change_at(*network.find_station("tumangang"))->works.cars_per_batch == 26);
    CHECK_FALSE(network.stations()[*network.find_station("baranovsky")].reversal->possible);
    const Border* border = network.border_between(*network.find_station("tumangang"), *network.find_station("khasan"));
    CHECK(border->formalities.size() == 1);
    const Scenario simple = load_scenario(evening, WhatIf{{}, {"edits.train.dynamics.constant_speed=true"}});  // one rung instead of the other
    CHECK(simple.train.dynamics.constant_speed == true);
    CHECK_FALSE(simple.train.dynamics.full_curves.has_value());
}

TEST_CASE("cli: edits that fit nothing or say something wrong are refused where they stand") {
    CHECK(holds(refusal_of_set("edits.lines.pyongraa.limit=80 km/h"), "did you mean 'pyongra'?"));
    CHECK(holds(refusal_of_set("edits.lines.pyongra.limt=80 km/h"), "did you mean 'limit'?"));
    CHECK(holds(refusal_of_set("edits.lines.pyongra.limit=80"), "no unit"));
    CHECK(holds(refusal_of_set("edits.line.pyongra.limit=80 km/h"), "did you mean 'lines'?"));
    CHECK(holds(refusal_of_set("edits.practice.CN.reversal=10 min"), "no file of this scenario has it"));
    CHECK(holds(refusal_of_set("edits.train=26"), "expected a map"));
    CHECK(holds(refusal_of_set("edits.train.car=26"), "expected car"));
    const Varied file{"edits: {lines: {friendship-bridg: {limit: 10 km/h}}}\n"};
    CHECK(holds(refusal([&] { load_scenario(file.path); }), ".yaml:22:17: edits.lines.friendship-bridg"));
}

TEST_CASE("cli: every variant is checked whenever its file is read") {
    const auto refused = [](const std::string& tail) {
        const Varied file{tail};
        return refusal([&] { load_scenario(file.path); });
    };
    CHECK(holds(refused("variants:\n  a: {journey: {vai: [rajin]}}\n"), ":23:17: journey.vai"));
    CHECK(holds(refused("variants:\n  a: {jorney: {via: [rajin]}}\n"), "did you mean 'journey'?"));
    CHECK(holds(refused("variants:\n  a: {}\n"), "changes nothing"));
    CHECK(holds(refused("variants:\n  a: {why: nothing}\n"), "changes nothing"));
    CHECK(holds(refused("variants:\n  a: {variants: {}}\n"), "cannot change 'variants'"));
    CHECK(holds(refused("variants:\n  a: {without: journey.regaging}\n"), "has no 'journey.regaging'"));
    CHECK(holds(refused("variants:\n  a: {without: journey.from}\n"), "key 'from' is missing"));
    CHECK(holds(refused("variants: [a, b]\n"), "expected a map"));
    const Varied file{"variants:\n  short-stop: {journey: {calls: []}}\n"};
    CHECK(holds(refusal([&] { load_scenario(file.path, WhatIf{"shortstop", {}}); }), "did you mean 'short-stop'?"));
}

TEST_CASE("exact: variants of several files are named by file and variant") {
    const auto names = [](const std::vector<Variant>& variants) {
        std::vector<std::string> all;
        for (const Variant& variant : variants) all.push_back(variant.name);
        return all;
    };
    CHECK(names(load_variants({evening}, {}, {})) == std::vector<std::string>{"pyongyang-vladivostok-2019", "turn-at-baranovsky"});
    const std::string press = committed("scenarios/press-20-hours.yaml");
    CHECK(names(load_variants({evening, press}, {}, {})) ==
          std::vector<std::string>{"pyongyang-vladivostok-2019", "pyongyang-vladivostok-2019/turn-at-baranovsky", "press-20-hours"});
    CHECK(holds(refusal([&] { load_variants({evening}, {"turn-at-baranovski"}, {}); }), "did you mean 'turn-at-baranovsky'?"));
    CHECK(holds(refusal([&] { load_variants({press}, {}, {}); }), "nothing to compare it with"));
}

TEST_CASE("exact: sweeps are lists or ranges") {
    using Values = std::vector<std::string>;
    CHECK(parse_sweep("a.b=1 h,2 h").values == Values{"1 h", "2 h"});
    CHECK(parse_sweep("a.b=[x, y],{uniform: [1 h, 2 h]}").values == Values{"[x, y]", "{uniform: [1 h, 2 h]}"});
    CHECK(parse_sweep("a=10..26/8").values == Values{"10", "18", "26"});
    CHECK(parse_sweep("a=10..25/8").values == Values{"10", "18"});
    CHECK(parse_sweep("a=30 min..60 min/15 min").values == Values{"30 min", "45 min", "60 min"});
    CHECK(parse_sweep("a=30..60 km/h/10").values == Values{"30 km/h", "40 km/h", "50 km/h", "60 km/h"});
    CHECK(parse_sweep("a=0 min..3 h/1 h").values == Values{"0 h", "1 h", "2 h", "3 h"});  // as docs/how-to.md has it
    CHECK(parse_sweep("a=30 min..3 h/45 min").values == Values{"30 min", "75 min", "120 min", "165 min"});
    CHECK(parse_sweep("a=500 m..1 km/250 m").values == Values{"500 m", "750 m", "1000 m"});
    CHECK(parse_sweep("a=0..0.3/0.1").values == Values{"0", "0.1", "0.2", "0.3"});
    CHECK(parse_sweep("a=2..1/-0.5").values == Values{"2", "1.5", "1"});
    CHECK(parse_sweep("a=2019-04-23 22:00..2019-04-24 02:00/2 h").values == Values{"2019-04-23 22:00", "2019-04-24 00:00", "2019-04-24 02:00"});
    const auto points = grid({{"a", {"1", "2"}}, {"b", {"x", "y", "z"}}});
    REQUIRE(points.size() == 6);
    CHECK(points[1] == std::vector<std::string>{"a=1", "b=y"});
    for (const char* wrong : {"a", "=1", "a=1..2", "a=1..2/0", "a=2..1/1", "a=1 h..2 km/1", "a=1,,2", "a=0..1000000/1", "a=x..y/z"}) {
        CAPTURE(wrong);
        CHECK_THROWS_AS(parse_sweep(wrong), InputError);
    }
    CHECK_THROWS_AS(grid({{"a", {"1"}}, {"a", {"2"}}}), InputError);
}

TEST_CASE("exact: a grid has the file as its base and one variant for each point") {
    const std::vector<Variant> variants = load_grid(evening, {}, {{"edits.train.cars", {"15", "26"}}});
    REQUIRE(variants.size() == 3);
    CHECK(variants[0].name == "base");
    CHECK(variants[2].name == "26");
    CHECK(variants[2].scenario.train.cars.value.mean() == 26);
    CHECK(variants[2].swept.front() == std::pair<std::string, std::string>{"edits.train.cars", "26"});
}

TEST_CASE("law: a journey that is changed may leave out places where it was seen; as written it may not") {
    const std::string file = committed("scenarios/pyongyang-vostochny-2023.yaml");
    const Model elsewhere = build(load_scenario(file, {"", {"journey.to=khabarovsk-1", "journey.via=[tumangang]"}}));
    CHECK(elsewhere.observations.size() < load_scenario(file).observed.size());
    Scenario written = load_scenario(file);
    written.journey.to = Name{"khabarovsk-1", {}};
    written.journey.via.resize(1);
    CHECK_THROWS_WITH_AS(build(written), doctest::Contains("is not on this route"), InputError);
}

}  // namespace io_what_if_test
