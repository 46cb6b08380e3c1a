// Runs that are followed only as far as the first report.

#include "two_legs.hpp"

#include <railwindow/inference/report.hpp>
#include <railwindow/io/scenario_file.hpp>
#include <railwindow/simulation/simulate.hpp>
#include <support/files.hpp>

#include <doctest/doctest.h>

#include <cmath>

namespace inference_scouts_test {

using namespace railwindow;
using namespace two_legs;

TEST_CASE("law: what is decided of a run when a report is settled is what the whole run says") {
    int decided = 0, undecided = 0, fitting = 0;
    for (const char* name : {"seen-2023", "seen-2019-origin", "seen-on-the-yalu", "convoy-2023"}) {
        Scenario scenario = load_scenario(committed(std::string{"scenarios/"} + name + ".yaml"));
        const Model model = build(scenario);
        const std::vector<Report> reports = reports_of(model);
        Simulator simulator{model};
        for (std::size_t alternative = 0; alternative < model.alternatives.size(); ++alternative)
            for (std::uint64_t run = 0; run < 60; ++run)
                for (const Report& report : reports) {
                    const Trace& begun = simulator.run_as(alternative, {1, run}, report.settled() + Millis{1});
                    const bool known = report.decided(begun);
                    const double so_far = report.fit(begun);
                    ++(known ? decided : undecided);
                    if (!known) continue;
                    INFO(name << ", " << report.text() << ", run " << run << " of journey " << alternative);
                    const double whole = report.fit(simulator.run_as(alternative, {1, run}));
                    CHECK(so_far == whole);
                    fitting += whole > 0.5;
                }
    }
    CHECK(decided > 4 * undecided);
    CHECK(fitting > 100);
}

TEST_CASE("law: journeys that are the same as far as a report fit it alike, run by run") {
    int shared = 0, own = 0;
    for (const char* name : {"seen-2023", "seen-2019-origin", "seen-on-the-yalu", "destinations-2023"}) {
        Scenario scenario = load_scenario(committed(std::string{"scenarios/"} + name + ".yaml"));
        if (scenario.observed.empty()) {
            scenario.observed = {between("khasan", {{LocalTime{2023, 9, 12, 6, 0, 0}, {}}, {}}, {{LocalTime{2023, 9, 12, 7, 0, 0}, {}}, {}}, 0.9)};
        }
        const Model model = build(scenario);
        const std::vector<Report> reports = reports_of(model);
        Simulator simulator{model};
        for (const Report& report : reports)
            for (std::size_t a = 1; a < model.alternatives.size(); ++a) {
                if (!report.same_for(0, a)) {
                    ++own;
                    continue;
                }
                ++shared;
                for (std::uint64_t run = 0; run < 40; ++run) {
                    INFO(name << ", " << report.text() << ", run " << run << " of journeys 0 and " << a);
                    const double first = report.fit(simulator.run_as(0, {1, run}));
                    const std::optional<Instant> time = report.time(simulator.run_as(0, {1, run}));
                    CHECK(first == report.fit(simulator.run_as(a, {1, run})));
                    CHECK(time == report.time(simulator.run_as(a, {1, run})));
                }
            }
    }
    CHECK(shared > 5);
    CHECK(own > 5);
}

TEST_CASE("exact: a sharp sighting, for which most first runs only scout") {
    Scenario scenario = railway();
    scenario.journey.calls = {{name_of("B"), Uncertain<Duration>{Law{Uniform{0, 7200}}}, "call"}};
    scenario.observed = {between("B", at(2), at(2, 6))};  // then up to six minutes and up to two hours: S with (s - 0.05) / 2 = p where it is flat
    InferOptions options;
    options.runs = options.most_runs = 65536;
    const Inference result = infer(build(scenario), options);
    CHECK(result.sampling.refreshed);
    CHECK(result.sampling.runs == 65536);
    const std::vector<Quantile>& arrival = result.destinations.front().window.after;
    const double expected[] = {3.15, 4.05, 4.95};
    for (std::size_t i = 0; i < 3; ++i) {
        const double error = to_duration(*arrival[i].error) / h;
        INFO("P" << 100 * arrival[i].p << ": " << hours(arrival[i].value) << " h, expected " << expected[i] << " +- " << error);
        CHECK(std::abs(hours(arrival[i].value) - expected[i]) <= 4 * error);
        CHECK(error < 0.05);
    }
    CHECK(std::abs(result.evidence.value - 0.1 / 6) <= 4 * result.evidence.error);
    CHECK(result.evidence.error < 0.001);
}

TEST_CASE("law: what one source says twice is one report") {
    Scenario scenario = railway();
    scenario.observed = {between("B", at(2), at(3), 0.75), between("B", at(2), at(3), 0.75)};
    const Inference twice = infer(build(scenario));
    scenario.observed.pop_back();
    const Inference once = infer(build(scenario));
    CHECK(twice.reports.size() == 1);
    CHECK(twice.evidence.value == once.evidence.value);
    scenario.observed.push_back(between("B", at(2), at(3), 0.75));
    scenario.observed.back().source = "another";
    CHECK(infer(build(scenario)).reports.size() == 2);
}

}  // namespace inference_scouts_test
