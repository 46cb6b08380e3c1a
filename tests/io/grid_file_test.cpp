// Grids of questions: every combination once, each line read back by a shell as it was meant.

#include <railwindow/core/error.hpp>
#include <railwindow/io/grid_file.hpp>
#include <support/says.hpp>

#include <doctest/doctest.h>

#include <regex>
#include <set>

namespace io_grid_file_test {

using namespace railwindow;

namespace {

GridWork work_of(const std::string& text) { return grid_work(read_grid("schema: railwindow.grid/1\n" + text, "folder/grid.yaml")); }

// Names of files hold a digest of their question, which is another for another one.
std::string without_digest(const std::string& line) { return std::regex_replace(line, std::regex{"-[0-9a-f]{8}\\."}, "."); }

std::string wrong(const std::string& text) {
    try {
        static_cast<void>(work_of(text));
        return {};
    } catch (const InputError& error) {
        return error.what();
    }
}

}  // namespace

TEST_CASE("exact: a grid without parts is one command line for each combination") {
    const GridWork work =
        work_of("command: run\nscenarios: [a.yaml, ../b.yaml]\nvary: ['train.cars=10,20']\nseeds: [1, 2]\noptions: [--runs, '500']\noutput: out\n");
    CHECK(work.folder == "folder/out");
    CHECK(work.merges.empty());
    REQUIRE(work.tasks.size() == 8);
    CHECK(without_digest(shell_line(work.tasks.front().words)) ==
          "run folder/a.yaml --set train.cars=10 --seed 1 --runs 500 --format json --output folder/out/a-1-seed-1.json");
    CHECK(without_digest(shell_line(work.tasks.back().words)) ==
          "run b.yaml --set train.cars=20 --seed 2 --runs 500 --format json --output folder/out/b-2-seed-2.json");
    std::set<std::string> outputs;
    for (const GridTask& task : work.tasks) outputs.insert(task.output);
    CHECK(outputs.size() == 8);
}

TEST_CASE("exact: parts of a question come with the merge of them") {
    const GridWork work = work_of("command: explain\nscenarios: [a.yaml]\nparts: 3\nformat: table\noutput: .\n");
    REQUIRE(work.tasks.size() == 3);
    REQUIRE(work.merges.size() == 1);
    CHECK(without_digest(shell_line(work.tasks[1].words)) == "explain folder/a.yaml --part 2/3 --output folder/a.2-of-3.rwpart");
    CHECK(without_digest(shell_line(work.merges[0].words)) ==
          "merge folder/a.1-of-3.rwpart folder/a.2-of-3.rwpart folder/a.3-of-3.rwpart --format table --output folder/a.txt");
    CHECK(work.merge_of == std::vector<std::size_t>{0, 0, 0});
}

TEST_CASE("law: another question has another name, so that what an earlier grid has left is not taken for its answer") {
    const auto output = [](const std::string& runs) {
        return work_of("command: run\nscenarios: [a.yaml]\noptions: [--runs, '" + runs + "']\noutput: out\n").tasks.front().output;
    };
    CHECK(output("500") == output("500"));
    CHECK(output("500") != output("600"));
}

TEST_CASE("exact: backtest is one question of all scenarios") {
    const GridWork work = work_of("command: backtest\nscenarios: [a.yaml, b.yaml]\nparts: 2\noutput: out\n");
    REQUIRE(work.tasks.size() == 2);
    CHECK(without_digest(shell_line(work.tasks[0].words)) ==
          "backtest folder/a.yaml folder/b.yaml --part 1/2 --output folder/out/backtest.1-of-2.rwpart");
}

TEST_CASE("exact: words with spaces and quotes stand as a shell reads them") {
    CHECK(shell_line({"--set", "journey.depart=2019-04-23 21:00", "it's", "", "a$b"}) ==
          "--set 'journey.depart=2019-04-23 21:00' 'it'\\''s' '' 'a$b'");
}

TEST_CASE("fail: grids that ask for nothing, too much or what cannot be are refused where they say so") {
    const std::string rest = "scenarios: [a.yaml]\noutput: out\n";
    CHECK(wrong("command: run\n" + rest).empty());
    check_says(wrong("command: rum\n" + rest), "grid.yaml:2:10");
    check_says(wrong("command: run\nscenarios: []\noutput: out\n"), "the list is empty");
    check_says(wrong("command: run\nscenarios: [a.yaml]\n"), "'output' is missing");
    check_says(wrong("command: run\nparts: 0\n" + rest), "grid.yaml:3:8");
    check_says(wrong("command: run\nvary: [cars]\n" + rest), "grid.yaml:3:8");
    check_says(wrong("command: run\nscenarios: [a.yaml, x/a.yaml]\noutput: out\n"), "another name");
    check_says(wrong("command: backtest\nvary: ['a=1,2']\n" + rest), "as they are written");
    check_says(wrong("command: run\noptions: [--output, x]\n" + rest), "decided by the grid itself");
    check_says(wrong("command: run\noptions: [--part=1/2]\n" + rest), "decided by the grid itself");
    check_says(wrong("command: run\nseeds: [1, 1]\n" + rest), "named twice");
    check_says(wrong("command: run\nseeds: [-1]\n" + rest), "no seed");
    check_says(wrong("command: run\nvary: ['a=1..10000/1', 'b=1..10000/1']\n" + rest), "most");
    check_says(wrong("command: run\nparts: 999999\nseeds: [1, 2]\n" + rest), "command lines");
    check_says(wrong("command: run\nfolder: x\n" + rest), "unknown key");
    check_says(wrong("command: run\nseeds: [1]\noptions: [--seed, '2']\n" + rest), "there are `seeds`, too");
    check_says(wrong("command: run\noptions: [--threads, '2']\n" + rest), "by who runs its tasks");
    check_says(wrong("command: run\noptions: [\"a\\nb\"]\n" + rest), "line feed");
}

}  // namespace io_grid_file_test
