// What is there, found by the names that people use.

#include <railwindow/core/unicode.hpp>
#include <railwindow/network/called.hpp>
#include <support/drawn.hpp>
#include <support/files.hpp>
#include <support/process.hpp>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

namespace cli_catalogue_test {

using namespace railwindow;
using Json = nlohmann::ordered_json;

namespace {

Outcome asked(std::vector<std::string> arguments) {
    return railwindow_tool(arguments, {.environment = {"RAILWINDOW_DATA=" + committed(""), "COLUMNS=80"}});
}

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

const std::string press = committed("scenarios/press-20-hours.yaml");

}  // namespace

TEST_CASE("cli: stations are found in four scripts, in any case, and by coordinates") {
    for (const char* text : {"khasan", "KHASAN", "Хасан", "хасан"}) {
        CAPTURE(text);
        CHECK(holds(asked({"stations", text}).out, "khasan: Khasan (Хасан), RU, 42.4290 N 130.6450 E"));
    }
    CHECK(holds(asked({"stations", "평양"}).out, "pyongyang: Pyongyang (평양), KP"));
    CHECK(holds(asked({"stations", "\u1111\u1167\u11bc\u110b\u1163\u11bc"}).out, "pyongyang: Pyongyang (평양), KP"));  // taken apart
    CHECK(holds(asked({"stations", "北京"}).out, "beijing"));
    CHECK(holds(asked({"stations", "43.64,131.93"}).out, "baranovsky: Baranovsky (Барановский), RU"));
    CHECK(holds(asked({"stations", "razdol"}).out, "razdolnaya-bridge: bridge over the Razdolnaya, a place on baranovsky-khasan at"));
    const Json json = Json::parse(asked({"stations", "khasan", "--format", "json"}).out);
    CHECK(json["stations"][0]["id"] == "khasan");
    CHECK(json["stations"][0]["time_zone"] == "Asia/Vladivostok");
    const Outcome none = asked({"stations", "nowhere at all"});
    CHECK(none.status == 3);
    CHECK(none.out.empty());
    const Outcome nothing = railwindow_tool({"stations", "khasan"}, {.environment = {"RAILWINDOW_DATA=/nowhere"}});
    CHECK(nothing.status == 64);
    CHECK(holds(nothing.err, "name some with --networks"));
    CHECK(holds(asked({"lines", "Хасан"}).out, "baranovsky-khasan"));
    CHECK(holds(asked({"scenarios", "razdolnaya"}).out, "seen-2023: The train seen at Khasan and north of the Razdolnaya"));
}

TEST_CASE("cli: a file alone is run, and a station may be given as people call it") {
    const Outcome run = asked({"run", press, "--runs", "50"});
    CHECK(asked({press, "--runs", "50"}).out == run.out);
    const auto table = [](const std::string& text) { return text.substr(text.find("Vladivostok: about")); };
    for (const char* name : {"Владивосток", "VLADIVOSTOK", "43.11,131.88"}) {
        CAPTURE(name);
        const Outcome named = asked({"run", press, "--runs", "50", "--set", std::string{"journey.to="} + name});
        CHECK(named.err.empty());
        REQUIRE(named.status == 0);
        CHECK(table(named.out) == table(run.out));
    }
    const Outcome far = asked({"run", press, "--set", "journey.to=10.5,20.5"});
    CHECK(far.status == 2);
    CHECK(holds(far.err, "no station lies within 5 km of 10.5,20.5"));
    const Outcome river = asked({"run", press, "--set", "journey.to=Razdolnaya"});
    CHECK(river.status == 2);
    CHECK(holds(river.err, "'razdolnaya-bridge' is a place on line 'baranovsky-khasan'"));
}

TEST_CASE("unit: coordinates are two numbers in range and nothing else") {
    CHECK(parse_coordinates("43.64,131.93")->longitude == 131.93);
    CHECK(parse_coordinates("-33.5 151")->latitude == -33.5);
    for (const char* text : {"43.64", "khasan", "91,0", "0,181", "43.64,131.93,5", "", ",", "1e3,4", "43,"}) {
        CAPTURE(text);
        CHECK_FALSE(parse_coordinates(text));
    }
}

TEST_CASE("unit: positions are degrees, minutes and seconds with their hemispheres") {
    const auto at = [](const char* text) { return parse_position(text).value_or(GeoPosition{-1, -1}); };
    CHECK(at("39.0047 S 125.7364 W").latitude == -39.0047);
    CHECK(at("43°38'24\"N 131°55'48\"E").latitude == doctest::Approx(43.64).epsilon(1e-12));
    CHECK(at("43°38′24″N, 131°55′48″E").latitude == -1);  // a comma is for plain degrees
    CHECK(at("43° 38.4' N 131° 55.8' E").longitude == doctest::Approx(131.93).epsilon(1e-12));
    CHECK(at("43 38 24.5 N 0 30 0 W").longitude == -0.5);
    for (const char* text : {"43 N", "43 60 N 131 E", "43.5 30 N 131 E", "91 N 5 E", "39 E 125 N", "39 N 181 E", "-39 N 125 E", "43 38 24 1 N 131 E",
                             "N 43 E 131", "43 -5 N 131 E", "43 38' 60\" N 131 E", "43 N 131 E 5", "nan N 5 E", "39 N 179 59 60 E", "90 0 1 N 5 E"}) {
        CAPTURE(text);
        CHECK_FALSE(parse_position(text));
    }
    CHECK(parse_coordinates("43°38'24\"N 131°55'48\"E")->longitude == doctest::Approx(131.93).epsilon(1e-12));
}

TEST_CASE("unit: folding takes case and form away, and leaves what is no UTF-8") {
    CHECK(folded("ХАСАН") == folded("хасан"));
    CHECK(folded("Straße") == folded("STRASSE"));
    CHECK(folded("e\u0301") == folded("\u00c9"));
    CHECK(folded("\xff") == "\xff");
}

TEST_CASE("found: a name that two stations bear is an error that says which they are") {
    Scenario two = drawn("A --10km,72-- B --10km,72-- C");
    for (StationSheet& station : two.networks.front().stations)
        if (station.id.value != "A") station.name = "Harbour";
    const Network network{two.networks};
    CHECK(stations_called(network, "harbour").size() == 2);
    CHECK_THROWS_AS(network.station(Name{"Harbour", {}}, "journey.to"), InputError);
}

}  // namespace cli_catalogue_test
