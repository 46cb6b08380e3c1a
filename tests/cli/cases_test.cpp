// Small railways that once got a wrong answer, or a message that named the wrong cause: every folder of them with what is right.

#include <support/process.hpp>
#include <support/reference_dir.hpp>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <set>

namespace cli_cases_test {

using namespace railwindow;
using Json = nlohmann::ordered_json;

namespace {

// One call of the tool in one folder of cases.
struct Case {
    std::string folder;
    std::vector<std::string> arguments = {"run", "scenario.yaml", "--runs", "1", "--quiet", "--timing-points", "all"};
};

Outcome outcome_of(const Case& one) {
    return railwindow_tool(one.arguments, {.folder = reference_file("cases")->string() + "/" + one.folder, .limit_ms = 120'000});
}

// Runs and reads the JSON.
Json result_of(Case one) {
    one.arguments.insert(one.arguments.end(), {"--format", "json"});
    const Outcome outcome = outcome_of(one);
    INFO(one.folder, "\n", outcome.err);
    REQUIRE(outcome.status == 0);
    return Json::parse(outcome.out);
}

// `15:00:00` of the n-th time that the train does this at the station.
std::string clock(const Json& result, const std::string& station, const std::string& event, std::size_t nth = 0) {
    for (const Json& point : result["timing_points"])
        if (point["station"] == station && point["event"] == event && nth-- == 0) return point["time"]["p50"].get<std::string>().substr(11, 8);
    return "never";
}

double elapsed(const Json& result, const char* quantile = "p50") { return result["timing_points"].back()["elapsed_seconds"][quantile].get<double>(); }

// All of `words` are in what the tool writes in the folder, and its status is `status`.
void check_says(const Case& one, int status, const std::vector<std::string>& words) {
    const Outcome outcome = outcome_of(one);
    INFO(one.folder, " gives ", outcome.status, "\n", outcome.out, outcome.err);
    CHECK(outcome.status == status);
    const std::string all = outcome.out + outcome.err;
    std::string flat;  // however the lines are broken
    for (const char c : all)
        if (const char next = c == '\n' ? ' ' : c; next != ' ' || flat.empty() || flat.back() != ' ') flat += next;
    for (const std::string& word : words) {
        CAPTURE(word);
        CHECK(flat.find(word) != std::string::npos);
    }
}

bool here() {
    if (reference_file("cases")) return true;
    MESSAGE("skipped: the folder of cases is not here (RAILWINDOW_REFERENCE_DIR)");
    return false;
}

// What is right in each folder.
struct Right {
    std::string folder;
    void (*check)(const Case&);
};

const std::vector<Right>& all_right() {
    static const std::vector<Right> all{
        {"01-call-at-second-visit",
         // The train turns at Thurso: its head is 280 m nearer to Georgemas then, 10 s at 100 km/h.
         [](const Case& one) {
             const Json result = result_of(one);
             CHECK(clock(result, "georgemas", "pass").substr(0, 5) == "13:00");  // at 100 km/h: 237 km after 10:38
             CHECK(clock(result, "georgemas", "arrive").substr(0, 5) == "13:20");
             CHECK(clock(result, "georgemas", "depart").substr(0, 5) == "13:22");
         }},
        {"02-two-calls-two-visits",
         [](const Case& one) {
             const Json result = result_of(one);
             CHECK(clock(result, "georgemas", "arrive", 0) == "13:01:38");
             CHECK(clock(result, "georgemas", "depart", 0) == "13:02:38");
             CHECK(clock(result, "georgemas", "arrive", 1) == "13:23:10");
             CHECK(clock(result, "georgemas", "depart", 1) == "13:25:10");
             CHECK(clock(result, "wick", "arrive") == "13:40:24");
         }},
        {"05-two-calls-one-visit-not-before", [](const Case& one) { CHECK(clock(result_of(one), "b", "depart") == "15:00:00"); }},
        {"12-short-steep-fall", [](const Case& one) { CHECK(elapsed(result_of(one)) == doctest::Approx(793.1).epsilon(1e-4)); }},
        {"15-curve-taken-for-a-reversal",
         [](const Case& one) {
             check_says(one, 3, {"the train would have to reverse at B", "`turns`"});
         }},
        {"18a-observed-against-time",
         [](const Case& one) {
             check_says({one.folder, {"backtest", "scenario.yaml"}}, 2, {"observed"});
         }},
        {"23-davis-a-b-c", [](const Case& one) { CHECK(elapsed(result_of(one)) > 0); }},
        {"crash",
         [](const Case& one) {
             check_says({one.folder, {"run", "s.yaml", "--quiet", "--runs", "1000"}}, 0, {"D"});
         }},
        {"crash/c5",
         [](const Case& one) {
             check_says({one.folder, {"run", "s.yaml", "--quiet", "--runs", "1000"}}, 0, {"E"});
         }},
        {"crash-rising",
         [](const Case& one) {
             check_says({one.folder, {"run", "s.yaml", "--quiet", "--runs", "1000"}}, 0, {"C"});
         }},
        {"nan-climb",
         [](const Case& one) {
             const auto of = [&](const char* file, const char* runs) { return result_of({one.folder, {"run", file, "--quiet", "--runs", runs}}); };
             CHECK(elapsed(of("s.yaml", "1")) == doctest::Approx(1255.79).epsilon(1e-5));   // by steps of 10 ms in time
             CHECK(elapsed(of("s2.yaml", "1")) == doctest::Approx(22 * 60).epsilon(0.05));  // "about 22 min"
             const Json windows = of("s3.yaml", "4089");
             CHECK(std::round(elapsed(windows, "p5") / 60) == 18);
             CHECK(std::round(elapsed(windows, "p50") / 60) == 24);
             CHECK(std::round(elapsed(windows, "p95") / 60) == 35);
         }},
        {"nan-governor",
         [](const Case& one) {
             const Json result = result_of({one.folder, {"run", "emu300t_10.yaml", "--quiet", "--runs", "1"}});
             CHECK(elapsed(result) == doctest::Approx(427.5).epsilon(2e-4));
         }},
        {"06a-line-as-one", [](const Case& one) { CHECK(clock(result_of(one), "c", "arrive").substr(0, 5) == "13:38"); }},
        {"06b-line-in-districts", [](const Case& one) { CHECK(clock(result_of(one), "c", "arrive").substr(0, 5) == "13:38"); }},
        {"06c-line-as-two", [](const Case& one) { CHECK(clock(result_of(one), "c", "arrive").substr(0, 5) == "13:38"); }},
        {"07-head-on-after-held-entry",
         [](const Case& one) {
             const Json line = result_of(one)["traffic"].back();
             CHECK(line["mean_delay_seconds"].get<double>() == doctest::Approx(48 * 60).epsilon(1e-3));
             CHECK(line["mean_caused_seconds"].get<double>() == doctest::Approx(48 * 60).epsilon(1e-3));
         }},
        {"08a-intermediate-arrival-double-track", [](const Case& one) { CHECK(clock(result_of(one), "b", "pass").substr(0, 5) == "11:58"); }},
        {"09-table-across-a-change-of-clocks",
         [](const Case& one) {
             check_says({one.folder, {"run", "scenario.yaml", "--runs", "2000", "--quiet", "--details"}}, 0,
                        {"varies", "Clocks change between the quantiles of the arrival at B: P5 +11:00, P50 +11:00, P95 +10:00."});
         }},
        {"10-new-year-by-rounding",
         [](const Case& one) {
             check_says(one, 0, {"December 2019 to January 2020", "00:00 on Wednesday 1 January 2020"});
             CHECK(elapsed(result_of(one)) == doctest::Approx(239.666 / 60 * 3600).epsilon(1e-6));
         }},
        {"13a-no-reason-stall",
         [](const Case& one) {
             check_says(one, 3, {"stalls at km 5.9", "needs 209 kN and has 200 kN"});
         }},
        {"13b-no-reason-hours-never-open",
         [](const Case& one) {
             check_says(one, 3, {"at B for hours to run that never come together", "01:00-02:00", "05:00-06:00"});
         }},
        {"13c-no-reason-year-typed-wrong",
         [](const Case& one) {
             check_says(one, 3, {"at B", "not_before: 2021-01-01 12:00", "a year or more"});
         }},
        {"16a-no-way-gauge",
         [](const Case& one) {
             check_says(one, 3, {"L has the gauge 1520 mm", "this train can be set on 1435 mm only"});
         }},
        {"16b-no-way-no-place-to-change-gauge",
         [](const Case& one) {
             check_says(one, 3, {"the gauge breaks at B, from 1435 to 1520 mm", "`gauge_changes`"});
         }},
        {"17-name-in-other-unicode-form", [](const Case& one) { CHECK(clock(result_of(one), "평양", "arrive") == "12:00:00"); }},
        {"19-traction-rule-not-applied", [](const Case& one) { check_says(one, 0, {"The rule of traction for KP, two (Y) is not used"}); }},
        {"21-countries-that-are-none",
         [](const Case& one) {
             check_says(one, 2, {"'KPR' is no ISO 3166 code", "did you mean 'KP'?"});
         }},
        {"22-nbsp-and-decimal-comma",
         [](const Case& one) {
             check_says(one, 2, {"U+00A0", "write 60.5 km/h"});
         }},
    };
    return all;
}

}  // namespace

TEST_CASE("found: 2026-11-29 small railways give what is right") {
    if (!here()) return;
    for (const Right& right : all_right()) {
        CAPTURE(right.folder);
        right.check({right.folder});
    }
}

TEST_CASE("law: every folder of cases has its row in this test") {
    if (!here()) return;
    std::set<std::string> known;
    for (const Right& right : all_right()) known.insert(right.folder.substr(0, right.folder.find('/')));
    for (const auto& entry : std::filesystem::directory_iterator(*reference_file("cases")))
        if (entry.is_directory()) {
            CAPTURE(entry.path().filename().string());
            CHECK(known.count(entry.path().filename().string()) == 1);
        }
}

}  // namespace cli_cases_test
