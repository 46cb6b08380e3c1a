// A what-if as a file of its own.

#include <railwindow/core/error.hpp>
#include <railwindow/io/changed_scenario.hpp>
#include <railwindow/io/write_inference.hpp>
#include <railwindow/simulation/simulate.hpp>
#include <support/files.hpp>

#include <doctest/doctest.h>

#include <filesystem>

namespace io_changed_scenario_test {

using namespace railwindow;

namespace {

FilesInMemory all_files() {
    FilesInMemory files;
    for (const char* folder : {"networks", "scenarios"})
        for (const std::string& path : committed_yaml(folder)) files[std::filesystem::relative(path, committed("")).string()] = contents(path);
    return files;
}

const std::string file = "scenarios/pyongyang-vladivostok-2019.yaml";

Instant arrival(const Model& model, std::uint64_t run) { return simulate(model, {1, run}).main().visits.back().arrive; }

}  // namespace

TEST_CASE("exact: a what-if written as a file runs as the what-if does") {
    FilesInMemory files = all_files();
    for (const WhatIf& what_if : {WhatIf{"", {"journey.depart=2019-04-23 20:00", "edits.train.cars=24", "disruptions=off"}},
                                  WhatIf{"turn-at-baranovsky", {"edits.practice.KP.pace.median=0.9", "journey.calls[0].dwell=120 min"}}}) {
        const Model asked = build(load_scenario(file, files, what_if));
        FilesInMemory changed = files;
        changed[file] = changed_scenario(file, files, what_if);
        const Scenario own = load_scenario(file, changed);
        CHECK(own.changes.empty());
        CHECK(own.question == load_scenario(file, files).question);
        const Model model = build(own);
        for (std::uint64_t run = 0; run < 20; ++run) CHECK(arrival(model, run) == arrival(asked, run));
    }
}

TEST_CASE("law: sightings stand where their times put them, beside those of the file") {
    const FilesInMemory files = all_files();
    const std::string observed = "scenarios/history/2023-09-pyongyang-vostochny.yaml", last = "khabarovsk-1 pass 2023-09-12 14:30..2023-09-12 14:40";
    FilesInMemory changed = files;
    changed[observed] = changed_scenario(observed, files, {}, {last});
    const Scenario before = load_scenario(observed, files), after = load_scenario(observed, changed);
    REQUIRE(after.observed.size() == before.observed.size() + 1);
    std::size_t next = 0;
    for (const ObservedSheet& sheet : after.observed)
        if (next < before.observed.size() && sheet.at.value == before.observed[next].at.value && sheet.event == before.observed[next].event) ++next;
    CHECK(next == before.observed.size());
}

TEST_CASE("exact: a file without sightings gets those that were seen") {
    const FilesInMemory files = all_files();
    FilesInMemory changed = files;
    changed[file] = changed_scenario(file, files, {}, {"khasan arrive 2019-04-24 22:30..2019-04-25 04:00"});
    const Scenario scenario = load_scenario(file, changed);
    REQUIRE(scenario.observed.size() == 1);
    CHECK(scenario.observed.front().at.value == "khasan");
    CHECK(scenario.observed.front().event == ObservedEvent::arrive);
    CHECK(build(scenario).observations.size() == 1);
}

TEST_CASE("cli: a sighting that is more than place, event and two times is left to a hand") {
    const FilesInMemory files = all_files();
    CHECK_THROWS_AS(changed_scenario(file, files, {}, {"khasan arrive 2019-04-24 22:30..2019-04-25 04:00 reliability 0.8"}), InputError);
    CHECK_THROWS_AS(changed_scenario(file, files, {"", {"journey.depart=tomorrow"}}), InputError);
}

}  // namespace io_changed_scenario_test
