// Every input here is a committed file with one small mistake in it, as people make them.

#include <support/broken.hpp>

#include <doctest/doctest.h>

#include <string>

namespace io_invalid_test {

using namespace railwindow;

namespace {

constexpr std::string_view press = usual_scenario;
constexpr std::string_view border = "networks/borders-dprk-russia.yaml";
constexpr std::string_view primorye = "networks/primorye.yaml";
constexpr std::string_view dprk = "networks/dprk-east.yaml";
constexpr std::string_view russia = "networks/practice/russia.yaml";
constexpr std::string_view train = "networks/rolling-stock/special-train.yaml";

std::string repeated(std::string_view text, int times) {
    std::string all;
    for (int i = 0; i < times; ++i) all += text;
    return all;
}

}  // namespace

TEST_CASE("cli: the committed files themselves are not refused") {
    const Outcome outcome = railwindow_tool({"run", committed(press), "--runs", "10"});
    CHECK(outcome.status == 0);
    CHECK(outcome.err.empty());
}

TEST_CASE("cli: keys that are missing, misspelt or written twice are refused where they stand") {
    check_refused(
        {
            {"missing key", press, "  from: pyongyang\n  to: vladivostok\n", "  §from: pyongyang\n", "key 'to' is missing"},
            {"missing key, at the map it is missing from", press, "journey:\n  from: pyongyang", "journey:\n  §fron: pyongyang",
             "did you mean 'from'?"},
            {"missing networks", press,
             "schema: railwindow.scenario/1\nnetworks: [../networks/dprk-east.yaml, ../networks/borders-dprk-russia.yaml, "
             "../networks/primorye.yaml]\n",
             "§schema: railwindow.scenario/1\n", "key 'networks' is missing"},
            {"misspelt key", press, "  depart:", "  §depatr:", "did you mean 'depart'?"},
            {"misspelt key of a network", border, "    formalities:", "    §formalites:", "did you mean 'formalities'?"},
            {"key of another kind of file", press, "journey:", "§gauge: 1435 mm\njourney:", "unknown key"},
            {"duplicate key", press, "  to: vladivostok", "  to: vladivostok\n  §to: khasan", "key 'to' is written twice"},
            {"duplicate station", dprk, "lines:\n", "  §pyongyang: {name: Pyongyang}\n\nlines:\n", "key 'pyongyang' is written twice"},
            {"key without value", press, "  from: pyongyang", "  §from:", "expected a text, found nothing"},
            {"value without key", press, "  from: pyongyang", "  §: pyongyang", "key is missing"},
            {"list as a key", press, "  from: pyongyang", "  ? §[from]\n  : pyongyang", "key must be plain text"},
            {"list where a map is due", press, "journey:\n  from: pyongyang\n", "journey:\n  §- from: pyongyang\nx:\n",
             "expected journey (a map), found a list"},
            {"schema line missing", press, "schema: railwindow.scenario/1\n", "§", "key 'schema' is missing"},
            {"network where a scenario is due, in few words", press, "schema: railwindow.scenario/1", "schema: §railwindow.network/1",
             "this is a network file (railwindow.network/1), not railwindow.scenario/1; name a scenario"},
            {"schema of another kind", press, "schema: railwindow.scenario/1", "schema: §railwindow.network/1", "not railwindow.scenario/1"},
            {"network where a train is due", train, "schema: railwindow.train/1", "schema: §railwindow.network/1", "not railwindow.train/1"},
        },
        press);
}

TEST_CASE("cli: YAML that means something else than it seems to is refused") {
    check_refused({
        {"anchor", press, "from: pyongyang", "from: §&origin pyongyang", "anchors"},
        {"alias", press, "[rajin, ussuriysk]", "[rajin, §*origin]", ""},
        {"tag", press, "from: pyongyang", "from: §!!str pyongyang", "tags"},
        {"merge key", press, "  from: pyongyang", "  §<<: {from: pyongyang}", "merge keys"},
        {"second document", press, "claims:", "---\n§claims:", "second document"},
        {"unterminated double quote", press, "source: \"Kyodo and others, September 2023, on about 1,200 km\"", "source: §\"Kyodo", "never closed"},
        {"unterminated single quote", press, "source: \"Kyodo and others, September 2023, on about 1,200 km\"", "source: §'Kyodo", "never closed"},
        {"unclosed bracket", press, "via: [rajin, ussuriysk]\n  depart:", "via: [rajin, ussuriysk\n  depart§:", "no valid YAML"},
        {"tab as indentation", press, "  from: pyongyang", "\tfrom§: pyongyang", "no valid YAML"},
        {"broken indentation", press, "  to: vladivostok", "   to§: vladivostok", "no valid YAML"},
        {"colon in a plain text", press, "says: The train trip could", "says: The train trip§: it could", "no valid YAML"},
        {"NUL", press, "from: pyongyang", std::string_view{"from: pyong§\0yang", 19}, "U+0000"},
        {"escape sequence in a text", press, "says: The", "says: The §\x1b[31m", "U+001B"},
        {"escape sequence in disguise", press, "says: The train trip could take 20 hours or more.", "says: §\"The \\x1b[31mtrain\"", "U+001B"},
        {"invalid UTF-8", press, "says: The", "says: Тhе §\xC3(", "UTF-8"},
        {"overlong UTF-8", press, "says: The", "says: The §\xC0\xAF", "UTF-8"},
    });
}

TEST_CASE("cli: quantities without unit, with a wrong one or out of their range are refused") {
    check_refused({
        {"bare number", press, "dwell: 60 min", "dwell: §60", "no unit"},
        {"wrong unit", press, "dwell: 60 min", "dwell: §60 km", "'km' is not a unit of a duration"},
        {"unknown unit", press, "dwell: 60 min", "dwell: §60 minuts", "write it in h, min, s, d"},
        {"unit without number", press, "dwell: 60 min", "dwell: §min", "is not a duration"},
        {"negative duration", press, "dwell: 60 min", "dwell: §-60 min", "must not be negative"},
        {"negative part", press, "dwell: 60 min", "dwell: §1 h -30 min", "is not a duration"},
        {"infinity", press, "dwell: 60 min", "dwell: §.inf", "is not"},
        {"infinity with a unit", press, "dwell: 60 min", "dwell: §inf min", "is not a duration"},
        {"not a number", press, "dwell: 60 min", "dwell: §.nan min", "is not"},
        {"huge exponent", press, "dwell: 60 min", "dwell: §1e999 min", "too large"},
        {"overflow through the unit", press, "dwell: 60 min", "dwell: §1e308 d", "too large"},
        {"longer than any railway", border, "khasan:    4.6 km", "khasan:    §1e9 km", "too large"},
        {"octal-looking", border, "cars_per_batch: 8", "cars_per_batch: §010", "leading zeros"},
        {"hexadecimal", border, "cars_per_batch: 8", "cars_per_batch: §0x8", "is not a number"},
        {"half a car", border, "cars_per_batch: 8", "cars_per_batch: §8.5", "not a whole number"},
        {"no car", border, "cars_per_batch: 8", "cars_per_batch: §0", "must be greater than zero"},
        {"negative cars", border, "cars_per_batch: 8", "cars_per_batch: §-8", "must be greater than zero"},
        {"no track", border, "tracks: 1", "tracks: §0", "must be greater than zero"},
        {"standing still", border, "limit: {value: 25 km/h", "limit: {value: §0 km/h", "must be greater than zero"},
        {"no such gauge", border, "gauge: [1435 mm, 1520 mm]", "gauge: [1435 mm, §1520 m]", "no track gauge"},
        {"yes for true", primorye, "reversal: {possible: true", "reversal: {possible: §yes", ""},
        {"no position", primorye, "position: 43.1112 N 131.8819 E", "position: §143.1112 N 131.8819 E", "not a position"},
        {"confidence in another word", train, "confidence: low", "confidence: §lo", "did you mean 'low'?"},
    });
}

TEST_CASE("cli: laws that are unknown, incomplete or out of order are refused") {
    check_refused({
        {"unknown law", press, "dwell: 60 min", "dwell: {§triangle: [45 min, 60 min, 90 min]}", "there is no law 'triangle'"},
        {"triangular out of order", press, "dwell: 60 min", "dwell: {triangular: §[60 min, 45 min, 90 min]}", "in order"},
        {"two values for three", press, "dwell: 60 min", "dwell: {triangular: §[45 min, 60 min]}", "expected 3 values, found 2"},
        {"uniform the wrong way round", press, "dwell: 60 min", "dwell: {uniform: §[90 min, 45 min]}", "in order"},
        {"two laws", press, "dwell: 60 min", "dwell: {constant: 60 min, §uniform: [45 min, 90 min]}", "two laws"},
        {"no law", press, "dwell: 60 min", "dwell: §{}", "no law"},
        {"a unit missing inside", press, "dwell: 60 min", "dwell: {uniform: [45 min, §90]}", "no unit"},
        {"mixture without weight", press, "dwell: 60 min", "dwell: {mixture: [{weight: 0.5, constant: 60 min}, §{constant: 90 min}]}",
         "'weight' is missing"},
        {"mixture of nothing", press, "dwell: 60 min", "dwell: {mixture: §[]}", "at least one part"},
        {"negative weight", press, "dwell: 60 min", "dwell: {mixture: §[{weight: -1, constant: 60 min}, {weight: 2, constant: 90 min}]}",
         "must not be negative"},
        {"p95 below the median", press, "dwell: 60 min", "dwell: {lognormal: §{median: 60 min, p95: 45 min}}", "median <= p95"},
        {"misspelt parameter", press, "dwell: 60 min", "dwell: {lognormal: {§medain: 60 min, p95: 90 min}}", "did you mean 'median'?"},
        {"a law that reaches below zero", press, "dwell: 60 min", "dwell: §{normal: {mean: 60 min, sd: 10 min}}", "must not be negative"},
        {"zero cars", train, "cars:\n  mixture:", "cars: §0\nname_:\n  mixture:", "must be greater than zero"},
    });
}

TEST_CASE("cli: places that do not exist or do not fit are refused, with the near miss") {
    check_refused({
        {"unknown origin", press, "from: pyongyang", "from: §pyongyan", "did you mean 'pyongyang'?"},
        {"unknown destination", press, "to: vladivostok", "to: §vladivostock", "did you mean 'vladivostok'?"},
        {"unknown via", press, "ussuriysk]", "§ussurisk]", "did you mean 'ussuriysk'?"},
        {"no station", press, "calls: [{at: khasan", "calls: [{at: §khosan", "did you mean 'khasan'?"},
        {"origin and destination the same", press, "to: vladivostok", "to: §pyongyang", "the same station"},
        {"call not on the route", press, "calls: [{at: khasan", "calls: [{at: §khabarovsk-1", "not on this route"},
        {"call at the destination", press, "calls: [{at: khasan", "calls: [{at: §vladivostok", "an end of this route"},
        {"gauge changed where it cannot be", press, "regauging: prepared", "regauging: §rajin", "cannot be changed"},
        {"two regauging places and none chosen", press,
         "from: pyongyang\n  to: vladivostok\n  via: [rajin, ussuriysk]\n  depart: 2019-04-23 20:00\n  # the press reckoned with no hours of "
         "hosts\n  reception: false\n  calls: [{at: khasan, dwell: 60 min, why: reception, reception: false}]\n  regauging: prepared",
         "from: §pyongyang\n  to: vladivostok\n  via: [rajin, ussuriysk]\n  depart: 2019-04-23 20:00", "khasan or tumangang"},
        {"ambiguous corridor", press, "to: vladivostok\n  via: [rajin, ussuriysk]", "to: §vladivostok", "ways from Pyongyang to Vladivostok"},
        {"claim without a bound", press,
         "says: The train trip could take 20 hours or more.\n    from: pyongyang\n    to: vladivostok\n    at_least: 20 h",
         "§says: x\n    from: pyongyang\n    to: vladivostok", "sets no bound"},
        {"claim against the direction", press, "    from: pyongyang\n    to: vladivostok", "    from: §vladivostok\n    to: pyongyang",
         "does not run from"},
        {"country without practice", press,
         "[../networks/practice/press.yaml, ../networks/practice/russia.yaml]\nrolling_stock: ../networks/rolling-stock/locomotives.yaml\ntrain: "
         "../networks/rolling-stock/special-train.yaml\njourney:\n  from: ",
         "[../networks/practice/press.yaml]\nrolling_stock: ../networks/rolling-stock/locomotives.yaml\ntrain: "
         "../networks/rolling-stock/special-train.yaml\njourney:\n  from: §",
         "runs through RU"},
        {"chainage out of order", border, "tumangang:   0 km\n      khasan:    4.6 km", "khasan:    4.6 km\n      tumangang:   §0 km",
         "chainage rises"},
        {"two sorted entries swapped", primorye, "ugolnaya:             35.0 km\n      nadezhdinskaya:       45.7 km",
         "ugolnaya:             45.7 km\n      nadezhdinskaya:       §35.0 km", "chainage rises"},
        {"negative chainage", border, "tumangang:   0 km", "tumangang:   §-2 km", "must not be negative"},
        {"line through an unknown station", border, "      khasan:    4.6 km", "      §khassan:    4.6 km", "did you mean 'khasan'?"},
        {"section against the chainage", border, "{from: tumangang, to: khasan, ruling", "{from: §khasan, to: tumangang, ruling",
         "in order of chainage"},
        {"formalities away from the border", border, "      khasan:    {triangular", "      §rajin:    {triangular",
         "not one of the border's stations"},
        {"unknown zone", primorye, "time_zone: Asia/Vladivostok", "time_zone: §Asia/Vladivostock", "time zone database has no"},
        {"one gauge to itself", border, "  tumangang:\n    gauges: [1435 mm, 1520 mm]", "  §tumangang:\n    gauges: [1435 mm, 1435 mm]",
         "two different gauges"},
        {"jitter as large as the spacing", russia, "jitter: 75 km", "jitter: §150 km", "smaller than every"},
        {"a stop every millimetre", russia, "every: 150 km\n    jitter: 75 km", "every: §1 mm\n    jitter: 0 km", "too close"},
    });
}

TEST_CASE("cli: times that do not exist are refused") {
    check_refused({
        {"skipped hour", press, "depart: 2019-04-23 20:00", "depart: §2018-05-04 23:45", "clocks in Asia/Pyongyang skip"},
        {"ambiguous hour", press, "depart: 2019-04-23 20:00", "depart: §2015-08-14 23:45", "twice"},
        {"weekday", press, "depart: 2019-04-23 20:00", "depart: §Tuesday 20:00", "weekday"},
        {"24:00", press, "depart: 2019-04-23 20:00", "depart: §2019-04-23 24:00", "next day"},
        {"13th month", press, "depart: 2019-04-23 20:00", "depart: §2019-13-23 20:00", "no such day"},
        {"no time of day", press, "depart: 2019-04-23 20:00", "depart: {at: §2019-04-23}", "no time of day"},
        {"between reversed", press, "depart: 2019-04-23 20:00", "depart: {between: [2019-04-23 20:00, §2019-04-23 18:00]}", "before the earliest"},
        {"between one time", press, "depart: 2019-04-23 20:00", "depart: {between: §[2019-04-23 20:00]}", "expected two times"},
        {"both at and between", press, "depart: 2019-04-23 20:00", "depart: §{at: 2019-04-23 20:00, between: [2019-04-23 20:00, 2019-04-23 21:00]}",
         "both"},
        {"spread without at", press, "depart: 2019-04-23 20:00", "depart: §{spread: 1 h}", ""},
        {"negative spread", press, "depart: 2019-04-23 20:00", "depart: {at: 2019-04-23 20:00, spread: §-1 h}", "must not be negative"},
        {"spread of ages", press, "depart: 2019-04-23 20:00", "depart: {at: 2019-04-23 20:00, spread: §1e9 h}", "too large"},
    });
}

TEST_CASE("cli: a question without a way is answered so, with status 3") {
    check_refused({
        {"no route", press, "../networks/borders-dprk-russia.yaml, ", "", "there is no way from Pyongyang to Vladivostok", 3},
        {"via a dead end", press, "via: [rajin, ussuriysk]", "via: [rajin, grodekovo]", "in that order", 3},
        {"train that cannot change gauge", train, "gauge_change: [bogie exchange]", "gauge_change: [variable gauge]", "would have to change gauge",
         3},
        {"train of one gauge", train, "gauges: [1435 mm, 1520 mm]", "gauges: [1435 mm]", "would have to change gauge", 3},
        {"no train may turn", primorye, "reversal: {possible: true, source: \"Khasan-Vladivostok",
         "reversal: {possible: false, source: \"Khasan-Vladivostok", "there is no way", 3},
    });
}

TEST_CASE("cli: files that are none are refused where they are named") {
    check_refused({
        {"missing network", press, "../networks/primorye.yaml", "§../networks/primorje.yaml", "there is no such file"},
        {"directory", press, "../networks/primorye.yaml", "§../networks", "this is a directory"},
        {"missing train", press, "../networks/rolling-stock/special-train.yaml", "§../special-train.yaml", "there is no such file"},
        {"a network named twice", press, "../networks/primorye.yaml]", "../networks/primorye.yaml, §../scenarios/../networks/primorye.yaml]",
         "named twice"},
    });
}

TEST_CASE("cli: texts that are no scenario at all are refused quickly") {
    check_refused_text("empty", "", ":1:1", "empty");
    check_refused_text("blank lines", "\n\n  \n", ":1:1", "empty");
    check_refused_text("only comments", "# nothing\n# here\n", ":1:1", "empty");
    check_refused_text("a text", "Pyongyang to Vladivostok\n", ":1:1", "expected scenario (a map)");
    check_refused_text("a list", "- a\n- b\n", ":1:1", "expected scenario (a map)");
    check_refused_text("nested flow lists", repeated("[", 100'000), ":1:1", "");
    check_refused_text("nested flow maps", repeated("{a: ", 100'000), ":1:1", "");
    check_refused_text("nested block lists", repeated("- ", 100'000), ":1:129", "nested deeper than 64");
    check_refused_text("nested by question marks", repeated("? ", 100'000), ":1:3", "");
    check_refused_text("one long line", repeated("a", 1'000'000), ":1:1", "expected scenario");
    check_refused_text("above the size limit", repeated("# a comment of thirty-two bytes\n", 600'000), "", "the limit is 16777216");
    check_refused_text("UTF-16", std::string_view{"\xFF\xFEs\0c\0", 6}, ":1:1", "UTF-8");
    check_refused_text("UTF-16 without a mark", std::string_view{"s\0c\0h\0", 6}, ":1:2", "U+0000");
    check_refused_text("end of transmission", "schema: railwindow.scenario/1\n\x04\n", ":2:1", "U+0004");
}

TEST_CASE("cli: the size limit is an option") {
    const Outcome outcome = railwindow_tool({"run", committed(press), "--max-file-size", "100"});
    CHECK(outcome.status == 2);
    CHECK(outcome.err.find("press-20-hours.yaml: the file has") != std::string::npos);
}

TEST_CASE("cli: all findings of all files come at once, in order of their places") {
    const OwnFolder folder;
    folder.copy_committed();
    std::string text = contents(folder / press);
    for (const auto& [part, into] : {std::pair{"  to:", "  too:"}, {"60 min", "60"}, {"at_least: 20 h", "at_least: 20 hours"}})
        text.replace(text.find(part), std::string_view{part}.size(), into);
    write_file(folder / press, text);
    write_file(folder / "networks/practice/press.yaml", "schema: railwindow.practice/1\n");
    const Outcome outcome = railwindow_tool({"run", folder / press});
    CHECK(outcome.status == 2);
    std::size_t before = 0;
    for (const char* part : {"practice/press.yaml:1:1: key 'country'", "practice/press.yaml:1:1: key 'section_noise'",
                             "press-20-hours.yaml:9:", "too: unknown key", "has no unit", "'hours' is not a unit"}) {
        INFO(std::string{part}, "\n", outcome.err);
        const std::size_t at = outcome.err.find(part);
        CHECK(at != std::string::npos);
        CHECK(at >= before);
        before = at;
    }
}

TEST_CASE("cli: choices that are no choices are refused") {
    check_refused(
        {
            {"empty list", press, "  regauging: prepared", "  regauging: §[]", "the list is empty"},
            {"weight missing", press, "  to: vladivostok", "  to: [§{station: vladivostok}]", "key 'weight' is missing"},
            {"no weight", press, "  to: vladivostok", "  to: [{station: vladivostok, weight: §0}]", "must be greater than zero"},
            {"station named twice", press, "  regauging: prepared", "  regauging: [{station: khasan, weight: 1}, §{station: khasan, weight: 2}]",
             "'khasan' is named twice"},
            {"unknown station", press, "  to: vladivostok", "  to: [{station: §vladivostock, weight: 1}]", "did you mean 'vladivostok'?"},
            {"via and routes", press, "  via: [rajin, ussuriysk]", "  via: [rajin]\n  routes: §[{via: [ussuriysk], weight: 1}]",
             "both 'via' and 'routes'"},
            {"corridor without a station", press, "  via: [rajin, ussuriysk]", "  routes: [§{name: east, weight: 1}]",
             "the corridor names no station"},
        },
        press);
}

}  // namespace io_invalid_test
