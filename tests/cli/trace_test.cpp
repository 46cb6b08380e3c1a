// One run told in full: it is the run that was counted.

#include <support/files.hpp>
#include <support/process.hpp>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <sstream>

namespace cli_trace_test {

using namespace railwindow;
using Json = nlohmann::json;

namespace {

const std::string evening = committed("scenarios/pyongyang-vladivostok-2019.yaml");

std::string output_of(const std::vector<std::string>& arguments) {
    const Outcome outcome = railwindow_tool(arguments);
    INFO(outcome.err);
    REQUIRE(outcome.status == 0);
    return outcome.out;
}

Json trace_of(const std::string& run) { return Json::parse(output_of({"run", evening, "--runs", "300", "--trace", run, "--format", "json"})); }

}  // namespace

TEST_CASE("cli: --trace R is run R as it was counted") {
    const OwnFolder folder;
    output_of({"run", evening, "--runs", "300", "--samples", folder / "samples.csv", "--quiet"});
    std::string arrival;
    std::istringstream rows{contents(folder / "samples.csv")};
    for (std::string row; std::getline(rows, row);)
        if (row.starts_with("17,") && row.find(",vladivostok,") != std::string::npos) arrival = row;
    const Json trace = trace_of("17");
    CHECK(trace["schema"] == "railwindow.trace/1");
    CHECK(trace["run"] == 17);
    const Json& last = trace["events"].back();
    CHECK(last["event"] == "arrives at its destination");
    CHECK(arrival.find(last["time"].get<std::string>()) != std::string::npos);
    double sum = 0;
    for (const auto& [part, seconds] : trace["trains"][0]["time_parts"].items()) sum += seconds.get<double>();
    CHECK(std::abs(sum - trace["trains"][0]["total_seconds"].get<double>()) < 1e-6);
    CHECK(arrival.find("," + std::to_string(static_cast<long>(trace["trains"][0]["total_seconds"].get<double>()))) != std::string::npos);
}

TEST_CASE("cli: --trace p95 is the run that makes the quantile") {
    const Json windows = Json::parse(output_of({"run", evening, "--runs", "300", "--format", "json"}));
    const Json trace = trace_of("p95");
    CHECK(trace["events"].back()["time"] == windows["timing_points"].back()["time"]["p95"]);
    CHECK(trace_of("P95") == trace);
}

TEST_CASE("found: 2026-11-30 the run that --trace p95 tells is the same beside a page, for which every station is looked at") {
    const OwnFolder folder;
    const Json trace =
        Json::parse(output_of({"run", evening, "--runs", "300", "--trace", "p95", "--format", "json", "--report", folder / "page.html"}));
    CHECK(trace == trace_of("p95"));
}

TEST_CASE("cli: a traced run reads as a log and as rows") {
    const std::string log = output_of({"run", evening, "--trace", "3"});
    for (const char* part : {"sets out", "technical stop", "gauge change: bogie exchange", "reception", "arrives at its destination",
                             "Where the time went", "together"}) {
        INFO(part);
        CHECK(log.find(part) != std::string::npos);
    }
    std::istringstream lines{log};
    for (std::string line; std::getline(lines, line);) CHECK(line.size() <= 84);  // 80 columns; a few names are not ASCII
    const std::string rows = output_of({"run", evening, "--trace", "3", "--format", "csv"});
    CHECK(rows.starts_with("time,train,station,distance_km,event,why,lasts_seconds\n"));
    CHECK(std::count(rows.begin(), rows.end(), '\n') > 60);
}

TEST_CASE("cli: a run that was not asked for cannot be traced") {
    for (const char* wrong : {"65536", "-1", "1.5", "p0", "p100", "p", "q5", "95%", "p95x", ""}) {
        const Outcome outcome = railwindow_tool({"run", evening, "--trace", wrong});
        INFO(wrong);
        CHECK(outcome.status == 64);
        CHECK(outcome.out.empty());
        CHECK(outcome.err.find("--trace") != std::string::npos);
    }
    CHECK(railwindow_tool({"run", evening, "--trace", "1", "--format", "geojson"}).status == 64);
    CHECK(railwindow_tool({"run", evening, "--runs", "10", "--trace", "10"}).status == 64);
}

}  // namespace cli_trace_test
