// Questions that would take for ever are refused before they begin, with what they would cost; what does not come is not waited for.

#include <railwindow/io/yaml_tree.hpp>
#include <support/broken.hpp>
#include <support/files.hpp>
#include <support/process.hpp>

#include <doctest/doctest.h>

#include <sys/stat.h>

#include <atomic>
#include <fstream>
#include <thread>

namespace cli_costs_test {

using namespace railwindow;

namespace {

const std::string shared = committed("scenarios/khasan-line-shared.yaml");

void check_refused_at_once(const std::vector<std::string>& arguments, std::string_view says) {
    const Outcome outcome = railwindow_tool(arguments, {.limit_ms = 20'000});
    INFO(outcome.err);
    CHECK(outcome.status == 2);
    CHECK(outcome.out.empty());
    CHECK(outcome.err.find(says) != std::string::npos);
    CHECK(outcome.seconds < 2);
}

std::string repeated(std::string_view item, int times) {
    std::string list;
    for (int i = 0; i < times; ++i) list += (i > 0 ? ", " : "") + std::string{item};
    return list;
}

}  // namespace

TEST_CASE("found: 2026-11-30 ordinary trains that would be worked for months are refused with their number") {
    check_refused_at_once({"reach", shared, "--within", "24 h", "--runs", "20", "--set", "traffic.cleared_before=85670 min"},
                          "each run would work line 'baranovsky-khasan' for ");
    check_refused_at_once({"run", shared, "--set",
                           "traffic.trains={slow: {line: baranovsky-khasan, from: khasan, to: baranovsky, depart: 2019-04-24 "
                           "11:00, speed: 1e-6 km/h, length: 100 m}}"},
                          "stay within 100 days and 1000 trains: faster or fewer ones, or a shorter `cleared_before`");
}

TEST_CASE("found: 2026-11-30 lists longer than any journey's are refused at their place") {
    const std::string press = committed("scenarios/press-20-hours.yaml");
    const std::string plan = "{at: khasan, arrive: \"2019-04-24 18:00\"}", call = "{at: khasan, dwell: 1 min}";
    for (const std::string& set : {"journey.via=[" + repeated("ussuriysk", 201) + "]", "journey.plans=[" + repeated(plan, 1000) + "]",
                                   "journey.calls=[" + repeated(call, 1000) + "]", "notes=[" + repeated("x", 5000) + "]"})
        check_refused_at_once({"run", press, "--runs", "1", "--set", set}, "of them; write at most 200");
}

TEST_CASE("found: 2026-11-30 a pipe from which nothing comes is given up") {
    const OwnFolder folder;
    const std::string pipe = folder / "pipe";
    REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
    CHECK_THROWS_WITH_AS(read_text_file(pipe, {.silence_ms = 50}), doctest::Contains("nothing has come from this pipe for 0.05 s"), InputError);
    std::thread writer{[&] { std::ofstream{pipe} << "a: 1\n"; }};
    CHECK(read_text_file(pipe, {.silence_ms = 5000}) == "a: 1\n");
    writer.join();
}

TEST_CASE("found: 2026-11-30 a file that grows while it is read is not read to the limit") {
    const OwnFolder folder;
    const std::string path = folder / "log";
    write_file(path, std::string(1'000'000, 'a'));
    std::atomic<bool> stop = false;
    std::thread writer{[&] {
        for (std::ofstream out{path, std::ios::app}; !stop;)
            out << std::string(1'000'000, 'a') << std::flush, stop = stop || out.tellp() > 200'000'000;
    }};
    std::string told;
    for (int i = 0; i < 100 && told.empty() && !stop; ++i) {
        try {
            read_text_file(path, {.bytes = 1u << 30});
        } catch (const InputError& error) {
            told = error.what();
        }
    }
    stop = true;
    writer.join();
    CHECK(told.find("the file grows while it is read; try again when it is complete") != std::string::npos);
}

}  // namespace cli_costs_test
