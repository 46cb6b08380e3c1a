// What reaches a terminal holds nothing that a terminal obeys, wherever it comes from.

#include <railwindow/core/text.hpp>
#include <support/broken.hpp>
#include <support/files.hpp>
#include <support/process.hpp>

#include <doctest/doctest.h>

#include <algorithm>

namespace cli_terminal_text_test {

using namespace railwindow;

namespace {

constexpr std::string_view press = "scenarios/press-20-hours.yaml";

// Whether a terminal would only show it: no control character but the line feed, and valid UTF-8.
bool only_shows(const std::string& text) { return first_invalid_utf8(text) == std::string::npos && visible(text) == text; }

}  // namespace

TEST_CASE("found: 2026-11-30 what a terminal would obey is written out") {
    CHECK(visible("Khasan\n") == "Khasan\n");
    CHECK(visible("Хасан 두만강 – ½ ‰") == "Хасан 두만강 – ½ ‰");
    CHECK(visible("\x1b[31mred\x1b[0m") == "\\x1b[31mred\\x1b[0m");
    CHECK(visible("a\tb\rc\x7f") == "a\\x09b\\x0dc\\x7f");
    CHECK(visible("\xc2\x9b"
                  "31m") == "\\u009b31m");
    CHECK(visible("\x9b"
                  "31m\xff\xe2\x80") == "\\x9b31m\\xff\\xe2\\x80");
    CHECK(visible("\u202egnp.exe\u2028\u2066\u200f") == "\\u202egnp.exe\\u2028\\u2066\\u200f");
    CHECK(visible(std::string_view{"\0", 1}) == "\\x00");
    CHECK(visible("\U0001F682") == "\U0001F682");
}

TEST_CASE("found: 2026-11-30 control characters of the second set are refused in files as those of the first are") {
    check_refused({
        {"in the open", press, "says: The",
         "says: The §\xc2\x9b"
         "31m",
         "U+009B"},
        {"in disguise", press, "says: The train trip could take 20 hours or more.", "says: §\"The \\x9b31mtrain\"", "U+009B"},
        {"a next line", press, "says: The", "says: The §\xc2\x85", "U+0085"},
    });
}

TEST_CASE("found: 2026-11-30 file names, options and commands are shown, not obeyed, on standard error") {
    const std::string scenario = committed(press);
    for (const std::string evil : {"\x1b]0;title\a\x1b[2J", "tab\tand\rreturn",
                                   "\xc2\x9b"
                                   "2J",
                                   "\x9b"
                                   "2J",
                                   "\u202eabc"})
        for (const std::vector<std::string>& arguments : {std::vector<std::string>{"run", evil},
                                                          {"run", "./" + evil + ".yaml"},
                                                          {evil},
                                                          {"run", scenario, "--" + evil},
                                                          {"run", scenario, evil},
                                                          {"run", scenario, "--runs", evil},
                                                          {"run", scenario, "--set", evil},
                                                          {"run", scenario, "--set", "journey.from=" + evil},
                                                          {"run", scenario, "--output", "/none/" + evil},
                                                          {"run", scenario, "--variant", evil},
                                                          {"check", evil},
                                                          {"run", scenario, "--format", evil},
                                                          {"infer", scenario, "--seen", evil},
                                                          {"reach", scenario, "--time", evil},
                                                          {"compare", scenario, "--sweep", evil + "=1,2"},
                                                          {"import", "railtoolkit", "--train", evil, "--path", evil, "--output", evil}}) {
            const Outcome outcome = railwindow_tool(arguments);
            INFO(arguments.front(), " ", visible(arguments.back()), ": ", visible(outcome.err));
            CHECK(outcome.status != 0);
            CHECK(only_shows(outcome.err));
            CHECK(only_shows(outcome.out));
        }
}

TEST_CASE("found: 2026-11-30 texts of files are shown, not obeyed, in tables") {
    const OwnFolder folder;
    folder.copy_committed();
    const std::string scenario = folder / press;
    std::string text = contents(scenario);
    text.replace(text.find("says: The train trip could take 20 hours or more."), 49, "says: \"The\\ttrain\\r \\u202e trip\"");
    write_file(scenario, text);
    std::string network = contents(folder / "networks/primorye.yaml");
    const std::size_t name = network.find("name: Khasan");
    REQUIRE(name != std::string::npos);
    network.replace(name, 12, "name: \"Kha\\t\\r\\u202esan\"");
    write_file(folder / "networks/primorye.yaml", network);
    for (const std::vector<std::string>& arguments : {std::vector<std::string>{"run", scenario, "--runs", "20"},
                                                      {"run", scenario, "--trace", "0"},
                                                      {"run", scenario, "--runs", "20", "--plot"},
                                                      {"profile", scenario},
                                                      {"routes", scenario},
                                                      {"check", scenario},
                                                      {"reach", scenario, "--within", "20 h", "--runs", "20"},
                                                      {"depart-by", scenario, "--arrive-by", "2019-04-26 12:00", "--runs", "50"},
                                                      {"compare", scenario, "--sweep", "edits.train.limit=40 km/h,60 km/h", "--runs", "20"}}) {
        const Outcome outcome = railwindow_tool(arguments, {.environment = {"LC_ALL=C.UTF-8"}});
        INFO(arguments.front(), visible(outcome.err));
        CHECK(outcome.status == 0);
        CHECK(only_shows(outcome.out));
        CHECK(only_shows(outcome.err));
    }
    CHECK(railwindow_tool({"run", scenario, "--runs", "20"}, {.environment = {"LC_ALL=C.UTF-8"}}).out.find("The\\x09train\\x0d \\u202e trip") !=
          std::string::npos);
}

TEST_CASE("found: 2026-11-30 what is not UTF-8 in a file of others is told, and not printed") {
    const OwnFolder folder;
    for (const char* evil : {"\x9b"
                             "31m",
                             "\xff\xfe", "caf\xe9"}) {
        write_file(folder / "t.yaml", std::string{"schema: https://railtoolkit.org/schema/rolling-stock.json\nname: "} + evil + "\n");
        const Outcome outcome =
            railwindow_tool({"import", "railtoolkit", "--train", folder / "t.yaml", "--path", folder / "t.yaml", "--output", folder / "out"});
        CHECK(outcome.status == 2);
        CHECK(outcome.err.find("t.yaml:2:") != std::string::npos);
        CHECK(outcome.err.find("the text is not valid UTF-8 here") != std::string::npos);
        CHECK(only_shows(outcome.err));
    }
}

}  // namespace cli_terminal_text_test
