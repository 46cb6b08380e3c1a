#include <places.hpp>
#include <railwindow/core/version.hpp>
#include <support/files.hpp>
#include <support/process.hpp>
#include <support/source_tree.hpp>

#include <doctest/doctest.h>

#include <csignal>
#include <sstream>

namespace cli_command_line_test {

using namespace railwindow;

namespace {

const std::string press = committed("scenarios/press-20-hours.yaml");

bool holds(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

// Words that begin a line of the help's list of commands.
std::vector<std::string> listed_commands(const std::string& help) {
    std::vector<std::string> commands;
    std::istringstream lines{help.substr(std::min(help.find("Subcommands:"), help.size()))};
    std::string line;
    std::getline(lines, line);
    while (std::getline(lines, line)) {
        std::istringstream words{line};
        std::string word;
        if (line.starts_with("  ") && !line.starts_with("   ") && words >> word) commands.push_back(word);
    }
    return commands;
}

}  // namespace

TEST_CASE("cli: help lists the commands that exist and no other") {
    const Outcome help = railwindow_tool({"--help"});
    CHECK(help.status == 0);
    CHECK(help.err.empty());
    const std::vector<std::string> commands = listed_commands(help.out);
    CHECK(commands.size() >= 2);
    for (const std::string& command : commands) {
        CAPTURE(command);
        const Outcome own = railwindow_tool({command, "--help"});
        CHECK(own.status == 0);
        CHECK(holds(own.out, command));
    }
}

TEST_CASE("cli: the version is the project's") {
    const Outcome version = railwindow_tool({"--version"});
    CHECK(version.status == 0);
    CHECK(version.out == "railwindow " RAILWINDOW_VERSION "\n" + build_facts() + "\n");
}

TEST_CASE("cli: wrong usage ends with 64, says what is wrong and writes no result") {
    struct Wrong {
        std::vector<std::string> arguments;
        std::string_view says;
    };
    const Wrong wrong[]{{{}, "subcommand"},
                        {{"rum"}, "there is no command 'rum'; did you mean 'run'?"},
                        {{"timetable", press},
                         "there is no command 'timetable'; known: run, compare, depart-by, reach, infer, explain, profile, routes, check, backtest, "
                         "merge, grid, import, export, stations, "
                         "lines, scenarios, new, completion, manual"},
                        {{"--runs", "5"}, ""},
                        {{"run"}, "scenario is required"},
                        {{"run", press, "--rums", "5"}, "there is no option --rums; did you mean --runs?"},
                        {{"compare", press, "--swep=edits.train.cars=15..23"}, "there is no option --swep; did you mean --sweep?"},
                        {{"run", press, "--", "--rums"}, "--rums"},
                        {{"run", press, "another.yaml"}, "another.yaml"},
                        {{"run", press, "--runs"}, "--runs"},
                        {{"run", press, "--runs", "abc"}, "abc"},
                        {{"run", press, "--runs", "-5"}, "-5"},
                        {{"run", press, "--runs", "1.5"}, "1.5"},
                        {{"run", press, "--runs", "99999999999999999999999"}, "--runs"},
                        {{"run", press, "--seed", "one"}, "one"},
                        {{"run", press, "--seed", "-1"}, "-1"},
                        {{"run", press, "--threads", "-1"}, "-1"},
                        {{"run", press, "--threads", "100000"}, "100000"},
                        {{"run", press, "--max-file-size", "-1"}, "-1"},
                        {{"run", press, "--threads", "many"}, "many"},
                        {{"run", press, "--format", "xml"}, "xml"},
                        {{"run", press, "--timing-points", "some"}, "some"},
                        {{"run", press, "--quantiles", "half"}, "half"},
                        {{"profile", press, "--run", "-1"}, "-1"},
                        {{"profile", press, "--seed", "-1"}, "-1"},
                        {{"check"}, "files"},
                        {{"check", "--schema", "timetable"}, "timetable"}};
    for (const Wrong& one : wrong) {
        const Outcome outcome = railwindow_tool(one.arguments);
        INFO((one.arguments.empty() ? std::string{} : one.arguments.back()), "\n", outcome.err);
        CHECK(outcome.status == 64);
        CHECK(outcome.out.empty());
        CHECK(holds(outcome.err, one.says));
        CHECK(holds(outcome.err, "--help"));
    }
}

TEST_CASE("cli: numbers that make no question end with 2") {
    for (const std::vector<std::string>& arguments : {std::vector<std::string>{"--runs", "0"},
                                                      {"--quantiles", "0"},
                                                      {"--quantiles", "1"},
                                                      {"--quantiles", "0.5,1.5"},
                                                      {"--quantiles", "-0.1"},
                                                      {"--quantiles", "nan"},
                                                      {"--runs", "1000000000000"}}) {
        std::vector<std::string> all{"run", press, "--runs", "10"};
        if (arguments[0] == "--runs") all.resize(2);
        all.insert(all.end(), arguments.begin(), arguments.end());
        const Outcome outcome = railwindow_tool(all);
        INFO(arguments[0], " ", arguments[1], "\n", outcome.err);
        CHECK(outcome.status == 2);
        CHECK(outcome.out.empty());
        CHECK(holds(outcome.err, arguments[0].substr(2)));
    }
}

TEST_CASE("cli: a scenario that is not there is named") {
    const Outcome outcome = railwindow_tool({"run", "no/such.yaml"});
    CHECK(outcome.status == 2);
    CHECK(outcome.err == "no/such.yaml: there is no such file; check the path\n");
    const std::string misspelt = source("scenarios/press-20-ours.yaml");
    CHECK(railwindow_tool({"run", misspelt}).err ==
          misspelt + ": there is no such file; did you mean '" + source("scenarios/press-20-hours.yaml") + "'?\n");
}

TEST_CASE("cli: a result goes to the file asked for and nothing lies beside it") {
    const OwnFolder folder;
    write_file(folder / "result.json", "{\"schema\": \"railwindow.estimate/1\"}");
    const Outcome outcome =
        railwindow_tool({"run", press, "--runs", "10", "--format", "json", "--output", "result.json"}, {.folder = folder.path().string()});
    CHECK(outcome.status == 0);
    CHECK(outcome.out.empty());
    CHECK(holds(contents(folder / "result.json"), "railwindow.estimate/1"));
    CHECK(folder.count(".") == 1);
}

TEST_CASE("cli: output that cannot be written ends with 74 and leaves nothing behind") {
    const OwnFolder folder;
    std::filesystem::create_directory(folder / "here");
    write_file(folder / "file", "text");
    for (const std::string& place :
         {folder / "missing/result.json", folder / "here", folder / "file/result.json", std::string{"/proc/result.json"}, std::string{"/dev/full"}}) {
        const Outcome outcome = railwindow_tool({"run", press, "--runs", "10", "--output", place});
        INFO(place, "\n", outcome.err);
        CHECK(outcome.status == 74);
        CHECK(outcome.out.empty());
        CHECK(holds(outcome.err, place));
    }
    CHECK(folder.count(".") == 2);
    CHECK(folder.count("here") == 0);
    CHECK(contents(folder / "file") == "text");
}

TEST_CASE("cli: without a standard output the run ends with 74") {
    const Outcome outcome = railwindow_tool({"run", press, "--runs", "10"}, {.output_closed = true});
    CHECK(outcome.status == 74);
    CHECK(holds(outcome.err, "standard output"));
}

TEST_CASE("cli: a reader that goes away ends the output quietly") {
    for (const std::vector<std::string>& arguments :
         {std::vector<std::string>{"run", press, "--runs", "10", "--format", "json", "--timing-points", "all"}, {"check", "--reference"}}) {
        const Outcome outcome = railwindow_tool(arguments, {.reader_gone = true});
        CHECK(outcome.status == 0);
        CHECK(outcome.err.empty());
    }
}

TEST_CASE("cli: an interrupt ends a long run at once, with 130 or 143 and no file") {
    for (const auto& [signal, status] : {std::pair{SIGINT, 130}, {SIGTERM, 143}}) {
        const OwnFolder folder;
        const Outcome outcome =
            railwindow_tool({"run", press, "--runs", "3000000", "--output", folder / "result.txt"}, {.signal = signal, .signal_after_ms = 300});
        CAPTURE(signal);
        CHECK(outcome.status == status);
        CHECK(outcome.seconds < 20);  // all its runs take minutes
        CHECK(outcome.out.empty());
        CHECK(folder.count(".") == 0);
    }
}

TEST_CASE("cli: where no terminal is, nothing is coloured and no progress shows") {
    for (const std::vector<std::string>& environment : {std::vector<std::string>{}, {"NO_COLOR=1"}, {"TERM=dumb"}}) {
        const Outcome outcome = railwindow_tool({"run", press, "--runs", "2000"}, {.environment = environment});
        CHECK(outcome.status == 0);
        CHECK_FALSE(holds(outcome.out, "\x1b"));
        CHECK(outcome.err.empty());
    }
    CHECK_FALSE(holds(railwindow_tool({"run", "nothing.yaml"}).err, "\x1b"));
}

TEST_CASE("cli: check accepts every committed file and says what it holds") {
    std::vector<std::string> arguments{"check"};
    for (const char* folder : {"networks", "scenarios"})
        for (const std::string& file : committed_yaml(folder)) arguments.push_back(file);
    const Outcome outcome = railwindow_tool(arguments);
    INFO(outcome.out);
    CHECK(outcome.status == 0);
    CHECK(outcome.err.empty());
    for (std::size_t i = 1; i < arguments.size(); ++i) CHECK(holds(outcome.out, arguments[i] + ": ok: "));
}

TEST_CASE("cli: check goes through all files and ends with 2 when one is wrong") {
    const Outcome outcome = railwindow_tool({"check", press, "nothing.yaml", committed("networks/primorye.yaml")});
    CHECK(outcome.status == 2);
    CHECK(holds(outcome.out, "press-20-hours.yaml: ok"));
    CHECK(holds(outcome.out, "nothing.yaml: there is no such file"));
    CHECK(holds(outcome.out, "nothing.yaml: 1 error\n"));
    CHECK(holds(outcome.out, "primorye.yaml: ok"));
}

}  // namespace cli_command_line_test
