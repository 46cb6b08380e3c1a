// Scenarios and networks that are no files.

#include <railwindow/io/scenario_file.hpp>
#include <railwindow/io/write_estimate.hpp>
#include <support/files.hpp>

#include <doctest/doctest.h>

#include <filesystem>
#include <sstream>

namespace io_memory_test {

using namespace railwindow;

namespace {

FilesInMemory everything() {
    FilesInMemory files;
    for (const char* folder : {"networks", "scenarios"})
        for (const std::string& path : committed_yaml(folder)) files[std::filesystem::relative(path, committed("")).string()] = contents(path);
    return files;
}

std::string csv(const Scenario& scenario) {
    const Model model = build(scenario);
    std::ostringstream out;
    write_csv(out, model, estimate(model, {.runs = 200}));
    return out.str();
}

}  // namespace

TEST_CASE("exact: a scenario in memory gives what its file gives") {
    CHECK(csv(load_scenario("scenarios/press-20-hours.yaml", everything())) == csv(load_scenario(committed("scenarios/press-20-hours.yaml"))));
}

TEST_CASE("exact: a what-if of a scenario in memory is that of its file") {
    const WhatIf later{"", {"journey.depart=2019-04-23 21:00", "edits.train.cars=26"}};
    const Scenario memory = load_scenario("scenarios/press-20-hours.yaml", everything(), later);
    CHECK(csv(memory) == csv(load_scenario(committed("scenarios/press-20-hours.yaml"), later)));
    CHECK(memory.changes.size() == 2);
}

TEST_CASE("law: what memory does not hold is named where it was asked for") {
    FilesInMemory files = everything();
    files.erase("networks/primorye.yaml");
    CHECK_THROWS_WITH_AS(load_scenario("scenarios/press-20-hours.yaml", files),
                         doctest::Contains("networks/primorye.yaml: there is no such file among those in memory"), InputError);
    CHECK_THROWS_WITH_AS(load_scenario("scenarios/press-20-hour.yaml", files), doctest::Contains("did you mean 'scenarios/press-20-hours.yaml'?"),
                         InputError);
    files["networks/primorye.yaml"] = "schema: railwindow.network/1\nname: x\nstatons: {}\n";
    CHECK_THROWS_WITH_AS(load_scenario("scenarios/press-20-hours.yaml", files), doctest::Contains("networks/primorye.yaml:3:1"), InputError);
}

}  // namespace io_memory_test
