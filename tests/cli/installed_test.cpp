// Scenarios that came with the tool, by name.

#include <support/files.hpp>
#include <support/process.hpp>

#include <doctest/doctest.h>

namespace cli_installed_test {

using namespace railwindow;

namespace {

bool holds(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

Outcome with_scenarios(std::vector<std::string> arguments) {
    return railwindow_tool(arguments, {.environment = {"RAILWINDOW_DATA=" + committed("")}});
}

}  // namespace

TEST_CASE("cli: a bare name is a scenario that came with the tool") {
    const Outcome by_name = with_scenarios({"run", "press-20-hours", "--runs", "50"});
    CHECK(by_name.status == 0);
    CHECK(by_name.out == railwindow_tool({"run", committed("scenarios/press-20-hours.yaml"), "--runs", "50"}).out);
    CHECK(with_scenarios({"routes", "press-20-hours"}).status == 0);
}

TEST_CASE("cli: a misspelt name gets the near miss and the folder") {
    const Outcome outcome = with_scenarios({"run", "pres-20-hours"});
    CHECK(outcome.status == 2);
    CHECK(holds(outcome.err, "pres-20-hours: there is neither a file nor an installed scenario of this name; did you mean 'press-20-hours'?"));
}

TEST_CASE("cli: a file comes before a scenario of that name, and a path is never looked up") {
    const OwnFolder folder;
    write_file(folder / "press-20-hours", "schema: railwindow.scenario/1\n");
    const Outcome outcome =
        railwindow_tool({"run", "press-20-hours"}, {.folder = folder.path().string(), .environment = {"RAILWINDOW_DATA=" + committed("")}});
    CHECK(outcome.status == 2);
    CHECK(holds(outcome.err, "press-20-hours:1:1"));
    CHECK(holds(with_scenarios({"run", "./press-20-hours"}).err, "there is no such file"));
    CHECK(holds(with_scenarios({"run", "press-20-hours.yaml"}).err, "there is no such file"));
}

TEST_CASE("cli: without installed scenarios a name is a file that is not there") {
    const OwnFolder empty;
    const Outcome outcome = railwindow_tool({"run", "press-20-hours"}, {.environment = {"RAILWINDOW_DATA=" + empty.path().string()}});
    CHECK(outcome.status == 2);
    CHECK(holds(outcome.err, "press-20-hours: there is no such file"));
}

}  // namespace cli_installed_test
