// Posteriors against closed forms, by both ways of sampling: runs weighted, and what lies ahead of the reports drawn anew.

#include "two_legs.hpp"

#include <railwindow/core/error.hpp>
#include <support/near.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

namespace inference_exact_test {

using namespace railwindow;
using namespace two_legs;

namespace {

InferOptions sampled(std::uint64_t runs) {
    InferOptions options;
    options.runs = runs;
    options.most_runs = runs;
    return options;
}

// The few runs are too few for plain weighting where a report leaves a sixth of them.
constexpr std::uint64_t few = 4096, many = 65536;

// Hours of arrival at P5, P50 and P95, each within four standard errors.
void check_arrival(const Inference& result, const std::vector<double>& expected) {
    const std::vector<Quantile>& found = result.destinations.front().window.after;
    REQUIRE(found.size() == expected.size());
    for (std::size_t i = 0; i < found.size(); ++i) {
        REQUIRE(found[i].error.has_value());
        const double error = std::max(to_duration(*found[i].error) / h, 1e-6);
        INFO("P" << 100 * found[i].p << ": " << hours(found[i].value) << " h, expected " << expected[i] << " +- " << error);
        CHECK(std::abs(hours(found[i].value) - expected[i]) <= 4 * error);
        CHECK(error < 0.4);
    }
}

void check_share(const Share& share, double expected) {
    INFO(share.value << " +- " << share.error << ", expected " << expected);
    CHECK(std::abs(share.value - expected) <= 4 * share.error + 1e-12);
    CHECK(share.error < 0.05);
}

void check(const Scenario& scenario, const std::vector<double>& arrival, double evidence) {
    for (const std::uint64_t runs : {few, many}) {
        const Model model = build(scenario);
        const Inference result = infer(model, sampled(runs));
        INFO(runs << " runs, " << (result.sampling.refreshed ? "refreshed" : "weighted"));
        check_arrival(result, arrival);
        check_share(result.evidence, evidence);
    }
}

Uncertain<Duration> uniform(double low, double high) { return Uncertain<Duration>{Law{Uniform{3600 * low, 3600 * high}}}; }

// A stay of up to two hours at B, whatever was seen before.
Scenario with_stay() {
    Scenario scenario = railway();
    scenario.journey.calls = {{name_of("B"), uniform(0, 2), "call"}};
    return scenario;
}

const double root = std::sqrt(0.2);  // a trapezoid on (0, 3) with slopes on (0, 1) and (2, 3) has its quantiles at s^2 / 4 = p

}  // namespace

TEST_CASE("exact: a sighting between two times leaves those departures, and the stay behind it as it was") {
    Scenario scenario = with_stay();
    scenario.observed = {between("B", at(2), at(3))};  // departure in (1, 2): arrival at C = 3 h + trapezoid on (0, 3)
    check(scenario, {3 + root, 4.5, 6 - root}, 1.0 / 6);
}

TEST_CASE("exact: one-sided sightings") {
    Scenario by = railway(), not_before = railway();
    by.observed = {report("B")};
    by.observed[0].not_after = at(3);
    check(by, {2.1, 3, 3.9}, 1.0 / 3);
    not_before.observed = {report("B")};
    not_before.observed[0].not_before = at(6);
    check(not_before, {7.05, 7.5, 7.95}, 1.0 / 6);
}

TEST_CASE("exact: a watch that noticed nothing, from a place between stations") {
    Scenario scenario = railway();
    ObservedSheet seen = report("B");
    seen.before = 30 * km;  // passed half an hour after the departure
    seen.not_seen = WatchSheet{at(1, 30), at(2, 30), 0.8};
    scenario.observed = {seen};  // departures in (1, 2) keep a fifth of their weight: 1 + 0.2 + 4 of 6
    check(scenario, {2.26, 2 + 2 + 1.4, 2 + 5.74}, 5.2 / 6);
}

TEST_CASE("exact: a sighting that may be of another train") {
    Scenario scenario = railway();
    scenario.observed = {between("B", at(2), at(3), 0.75)};
    const double inside = 0.75 + 0.25 / 12, outside = 0.25 / 12, all = inside + 5 * outside;
    check(scenario,
          {2 + 1 + (0.05 * all - outside) / inside, 2 + 1 + (0.5 * all - outside) / inside, 2 + 2 + (0.95 * all - outside - inside) / outside},
          all / 6);
    const Model model = build(scenario);
    CHECK(near(*infer(model).reports[0].right, 0.75 / all, 0.01));
}

TEST_CASE("exact: sightings that contradict each other, where each may be of another train") {
    Scenario scenario = railway();
    scenario.observed = {between("B", at(2), at(3), 0.75), between("B", at(4), at(5), 0.5)};
    const double wrong1 = 0.25 / 12, wrong2 = 0.5 / 12;
    const double first = (0.75 + wrong1) * wrong2, second = wrong1 * (0.5 + wrong2), neither = wrong1 * wrong2;
    const double all = first + second + 4 * neither;
    const Model model = build(scenario);
    const Inference result = infer(model, sampled(many));
    check_share(result.evidence, all / 6);
    CHECK(near(*result.reports[0].right, 0.75 * wrong2 / all, 0.02));
    CHECK(near(*result.reports[1].right, 0.5 * wrong1 / all, 0.02));
    CHECK(result.destinations[0].window.after[1].value < result.destinations[0].window.before[1].value);  // the better report wins
}

TEST_CASE("exact: a time told with a normal, a triangular and a uniform error") {
    const auto told = [](auto error) {
        Scenario scenario = railway();
        ObservedSheet seen = report("B");
        seen.time = at(4);
        seen.error = Uncertain<Duration>{Law{error}};
        scenario.observed = {seen};
        return scenario;
    };
    const double z = standard_normal_quantile(0.95), peak = std::sqrt(2 * std::acos(-1.0));
    check(told(Normal{0, 1800}), {5 - 0.5 * z, 5, 5 + 0.5 * z}, 0.5 * peak / 6);
    check(told(Normal{900, 1800}), {4.75 - 0.5 * z, 4.75, 4.75 + 0.5 * z}, 0.5 * peak / 6);  // told a quarter too late
    const double triangle = 1 - std::sqrt(0.1);
    check(told(Triangular{-3600, 0, 3600}), {5 - triangle, 5, 5 + triangle}, 1.0 / 6);
    check(told(Uniform{-1800, 1800}), {4.55, 5, 5.45}, 1.0 / 6);
}

TEST_CASE("exact: a sighting where only one of two destinations is passed") {
    Scenario scenario = railway({{name_of("C"), 0.7}, {name_of("D"), 0.3}});
    ObservedSheet seen = between("C", at(2, 30), at(3, 30), 0.9);
    seen.before = 30 * km;  // an hour and a half after the departure
    scenario.observed = {seen};
    const double c = 0.9 / 6 + 0.1 / 12, d = 0.1 / 12;
    for (const std::uint64_t runs : {2 * few, many}) {
        const Inference result = infer(build(scenario), sampled(runs));
        check_share(result.odds.at(0).after, 0.7 * c / (0.7 * c + 0.3 * d));
        check_share(result.evidence, 0.7 * c + 0.3 * d);
        CHECK(near(*result.odds[0].factor, c / d, 3));
        CHECK(near(result.odds[0].before.value, 0.7, 1e-12));
    }
    // Which way it was headed says so too, at a place that both pass: then no journey to D fits.
    ObservedSheet headed = between("B", at(2), at(3));
    headed.towards = name_of("C");
    scenario.observed = {headed};
    const Inference result = infer(build(scenario), sampled(many));
    CHECK(result.odds[0].after.value == 1);
    CHECK(result.odds[1].after.value == 0);
    CHECK_FALSE(result.odds[0].factor.has_value());
}

TEST_CASE("exact: what was said weighs as it is written, and the sightings stand apart from it") {
    Scenario scenario = railway({{name_of("C"), 0.5}, {name_of("D"), 0.5}});
    scenario.observed = {between("B", at(2), at(3))};
    scenario.evidence = {{name_of("D"), 3, "forum there", {}, {}}};
    const Inference result = infer(build(scenario), sampled(many));
    CHECK(near(result.odds[1].said.value, 0.75, 1e-12));
    CHECK(near(result.odds[1].seen.value, 0.5, 1e-12));
    CHECK(near(result.odds[1].after.value, 0.75, 1e-12));
    CHECK(near(result.odds[1].before.value, 0.5, 1e-12));
}

TEST_CASE("law: what the sightings cannot tell apart keeps its odds to the last bit") {
    Scenario scenario = railway({{name_of("C"), 0.7}, {name_of("D"), 0.3}});
    scenario.practice[0].section_noise.value = 0.1;
    scenario.observed = {between("B", at(2), at(2, 20))};
    for (const std::uint64_t runs : {2 * few, many}) {
        const Inference result = infer(build(scenario), sampled(runs));
        CHECK(result.odds[0].log_evidence == result.odds[1].log_evidence);
        CHECK(*result.odds[0].factor == 1);
        CHECK(near(result.odds[0].after.value, 0.7, 1e-15));
    }
}

TEST_CASE("exact: without a report the posterior is the prior, and the windows those of run, bit for bit") {
    Scenario scenario = with_stay();
    scenario.practice[0].section_noise.value = 0.1;
    const Model model = build(scenario);
    const Inference result = infer(model, sampled(few));
    EstimateOptions options;
    options.runs = few;
    const Estimate estimate = railwindow::estimate(model, options);
    REQUIRE(result.windows.size() == estimate.timing_points.size());
    for (std::size_t i = 0; i < result.windows.size(); ++i)
        for (std::size_t q = 0; q < result.windows[i].after.size(); ++q) {
            CHECK(result.windows[i].after[q].value == result.windows[i].before[q].value);
            CHECK(result.windows[i].after[q].error == result.windows[i].before[q].error);
            CHECK(result.windows[i].after[q].value == estimate.timing_points[i].time[q].value);
        }
    CHECK(result.evidence.value == 1);
    CHECK(result.sampling.effective == few);
    CHECK_FALSE(result.sampling.refreshed);
}

TEST_CASE("exact: a sighting at the destination gives the sighting") {
    Scenario scenario = railway();
    scenario.observed = {between("C", at(5), at(5, 30))};
    check(scenario, {5.025, 5.25, 5.475}, 0.5 / 6);
}

TEST_CASE("law: sightings in any order, on any threads, give the same bits") {
    Scenario scenario = with_stay();
    scenario.practice[0].section_noise.value = 0.1;
    scenario.observed = {between("B", at(2), at(3), 0.9), between("C", at(4), at(5), 0.8), between("A", at(0), at(2), 0.9)};
    scenario.observed[2].event = ObservedEvent::depart;
    InferOptions options = sampled(few);
    const Inference first = infer(build(scenario), options);
    CHECK(first.sampling.refreshed);
    for (const unsigned threads : {1u, 2u, 7u}) {
        std::rotate(scenario.observed.begin(), scenario.observed.begin() + 1, scenario.observed.end());
        options.threads = threads;
        const Inference other = infer(build(scenario), options);
        CHECK(other.evidence.value == first.evidence.value);
        CHECK(other.sampling.effective == first.sampling.effective);
        for (std::size_t i = 0; i < first.windows.size(); ++i)
            for (std::size_t q = 0; q < first.windows[i].after.size(); ++q) {
                CHECK(other.windows[i].after[q].value == first.windows[i].after[q].value);
                CHECK(other.windows[i].after[q].error == first.windows[i].after[q].error);
            }
    }
}

TEST_CASE("law: a report that was not yet published does not count, and the timeline tells when each came") {
    Scenario scenario = railway({{name_of("C"), 0.5}, {name_of("D"), 0.5}});
    ObservedSheet first = between("B", at(2), at(3)), second = between("C", at(2, 30), at(4, 30), 0.9);
    first.known_at = at(8);
    second.before = 30 * km;
    second.known_at = at(10);
    scenario.observed = {first, second};
    const Model model = build(scenario);
    InferOptions options = sampled(2 * few);
    options.timeline = true;
    const Inference all = infer(model, options);
    REQUIRE(all.timeline.size() == 3);
    CHECK(all.timeline[0].odds[0].value == 0.5);
    CHECK(near(all.timeline[1].odds[0].value, 0.5, 1e-12));
    CHECK(all.timeline[2].odds[0].value == all.odds[0].after.value);
    CHECK(all.timeline[2].odds[0].value > 0.8);
    CHECK(all.timeline[1].reports == std::vector<std::size_t>{0});
    options.as_of = *model.observations[0].known_at;
    const Inference early = infer(model, options);
    CHECK(early.reports[0].counted);
    CHECK_FALSE(early.reports[1].counted);
    CHECK(early.timeline.size() == 2);
    for (std::size_t q = 0; q < 3; ++q) CHECK(early.destinations[0].window.after[q].value == all.timeline[1].windows[0][q].value);
}

TEST_CASE("exact: where it is at a moment") {
    Scenario scenario = railway();
    scenario.observed = {between("B", at(2), at(3))};
    const Model model = build(scenario);
    InferOptions options = sampled(many);
    options.moment = std::get<Instant>(instant_of(at(2, 30).value, *TimeZone::find("UTC")));
    const Inference result = infer(model, options);  // departures in (1, 2): half have passed B
    REQUIRE(result.places.size() >= 2);
    for (const InferredPlace& place : result.places) check_share(place.share, 0.5);
    CHECK(near(static_cast<double>(result.kilometres[1].value.count()), 60'000.0, 1000));
}

TEST_CASE("law: of two ways to leave the one that fits is found") {
    Scenario scenario = railway();
    const auto leaving = [](int from, int to, double weight, const char* name) {
        WeightedDeparture departure{{}, weight, name};
        departure.when.between = {{at(from), at(to)}};
        return departure;
    };
    scenario.journey.departures = {leaving(0, 2, 1, "early"), leaving(2, 6, 3, "late")};
    scenario.observed = {between("B", at(2), at(4))};  // departures in (1, 3): half of the early, a quarter of the late
    const Inference result = infer(build(scenario), sampled(many));
    REQUIRE(result.odds.size() == 2);
    CHECK(result.odds[0].name == "leaving early");
    CHECK(near(result.odds[0].before.value, 0.25, 1e-12));
    check_share(result.odds[0].after, 0.25 * 0.5 / (0.25 * 0.5 + 0.75 * 0.25));
}

namespace {

template <class Error>
std::string refusal(const Scenario& scenario) {
    try {
        infer(build(scenario), sampled(few));
    } catch (const Error& error) {
        return error.what();
    }
    return "";
}

bool holds(const std::string& text, const char* part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("law: sightings that no journey fits are named, alone or as a pair") {
    Scenario scenario = railway();
    scenario.observed = {between("B", at(20), at(21))};
    CHECK(holds(refusal<Infeasible>(scenario), "none of 4096 runs fits the report 'B, arrives, 2020-01-01 20:00 to 21:00' (drawn)"));
    scenario.observed = {between("B", at(2), at(3)), between("C", at(5), at(6))};
    const std::string pair = refusal<Infeasible>(scenario);
    CHECK(holds(pair, "'B, arrives, 2020-01-01 02:00 to 03:00' and 'C, arrives, 2020-01-01 05:00 to 06:00' contradict each other"));
    scenario.observed[0].reliability = 0.9;
    CHECK(refusal<Infeasible>(scenario).empty());
}

TEST_CASE("law: reports that cannot be of this journey are refused") {
    const auto refused = [](auto change) {
        Scenario scenario = railway();
        scenario.observed = {between("B", at(2), at(3))};
        change(scenario);
        return refusal<InputError>(scenario);
    };
    CHECK(holds(refused([](Scenario& s) { s.observed[0].at = name_of("D"); }), "'D' is not on this route"));
    CHECK(holds(refused([](Scenario& s) { s.observed[0].reliability = 1.5; }), "its reliability does not lie between 0 and 1"));
    CHECK(holds(refused([](Scenario& s) {
                    s.practice[0].reports.reset();
                    s.observed[0].confidence = Confidence::high;
                }),
                "does not say how reliable reports of this confidence are"));
    CHECK(holds(refused([](Scenario& s) {
                    s.observed[0].reliability = 0.9;
                    s.observed[0].between = {{{{LocalTime{2019, 1, 1, 2, 0, 0}, {}}, {}}, {{LocalTime{2019, 1, 1, 3, 0, 0}, {}}, {}}}};
                }),
                "that is before the train leaves, 2020-01-01 00:00 at the earliest"));
    CHECK(holds(refused([](Scenario& s) {
                    s.observed[0].reliability = 0.9;
                    s.observed[0].between = {{{{LocalTime{2022, 1, 1, 2, 0, 0}, {}}, {}}, {{LocalTime{2022, 1, 1, 3, 0, 0}, {}}, {}}}};
                }),
                "more than a year after the train leaves"));
    CHECK(holds(refused([](Scenario& s) { s.observed[0].train = name_of("pilot"); }), "there is no train 'pilot'"));
    CHECK(holds(refused([](Scenario& s) {
                    s.observed[0].between.reset();
                    s.observed[0].time = at(3);
                }),
                "no normal, uniform or triangular law"));
    CHECK(holds(refused([](Scenario& s) { s.evidence = {{name_of("D"), 2, "said", {}, {}}}; }), "'D' is not among what the journey leaves open"));
    CHECK(holds(refused([](Scenario& s) { s.observed[0].towards = name_of("A"); }), "no way that is left open passes this place, headed there"));
}

}  // namespace inference_exact_test
