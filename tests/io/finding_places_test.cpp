// Every finding about a file says where in it, and each cause is told once.

#include <support/broken.hpp>
#include <support/files.hpp>
#include <support/process.hpp>

#include <doctest/doctest.h>

#include <algorithm>

namespace io_finding_places_test {

using namespace railwindow;

TEST_CASE("found: 2026-11-30 an empty list of networks or practice files is told at its place") {
    constexpr std::string_view press = "scenarios/press-20-hours.yaml";
    check_refused({
        {"no network", press, "networks: [../networks/dprk-east.yaml, ../networks/borders-dprk-russia.yaml, ../networks/primorye.yaml]",
         "networks: §[]", "the list is empty; name at least one file"},
        {"no practice", press, "practice: [../networks/practice/press.yaml, ../networks/practice/russia.yaml]", "practice: §[]", "the list is empty"},
        {"not named", press,
         "schema: railwindow.scenario/1\nnetworks: [../networks/dprk-east.yaml, ../networks/borders-dprk-russia.yaml, ../networks/primorye.yaml]\n",
         "§schema: railwindow.scenario/1\n", "key 'networks' is missing"},
    });
}

TEST_CASE("found: 2026-11-30 compare says where variants would be, and where they are that there is none among") {
    const OwnFolder folder;
    folder.copy_committed();
    const std::string press = folder / "scenarios/press-20-hours.yaml", text = contents(press);
    CHECK(railwindow_tool({"compare", press}).err.starts_with(press + ":3:1: variants: there is nothing to compare it with"));
    CHECK(railwindow_tool({"run", press, "--variant", "x"}).err.starts_with(press + ":3:1: variants: there is no variant 'x'"));
    write_file(press, text + "\nvariants: {}\n");
    const auto line = std::to_string(std::count(text.begin(), text.end(), '\n') + 2);
    CHECK(railwindow_tool({"compare", press}).err.starts_with(press + ":" + line + ":1: variants: there is nothing to compare it with"));
}

TEST_CASE("found: 2026-11-30 a time zone that the system does not have is told once, with how many stations are in it") {
    const OwnFolder folder;
    folder.copy_committed();
    const std::string network = folder / "networks/dprk-east.yaml";
    std::string text = contents(network);
    std::size_t count = 0;
    for (std::size_t at = 0; (at = text.find("Asia/Pyongyang", at)) != std::string::npos; ++count) text.replace(at, 14, "Asia/Nowhere");
    REQUIRE(count > 50);
    write_file(network, text);
    const Outcome outcome = railwindow_tool({"run", folder / "scenarios/press-20-hours.yaml"});
    CHECK(outcome.status == 2);
    INFO(outcome.err);
    CHECK(std::count(outcome.err.begin(), outcome.err.end(), '\n') == 1);
    CHECK(outcome.err.find("dprk-east.yaml:") != std::string::npos);
    CHECK(outcome.err.find(".time_zone: the time zone database has no 'Asia/Nowhere', where " + std::to_string(count) + " stations are; ") !=
          std::string::npos);
    CHECK(outcome.err.find("install the package tzdata") != std::string::npos);
}

}  // namespace io_finding_places_test
