#include <railwindow/core/distribution.hpp>
#include <railwindow/estimate/samples.hpp>
#include <railwindow/score/backtest.hpp>
#include <railwindow/score/ledger.hpp>
#include <support/drawn.hpp>
#include <support/near.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <numbers>

namespace score_ledger_test {

using namespace railwindow;

namespace {

Instant at(double hours) { return Instant{to_millis(hours * h)}; }

// A forecast of `journey`, made at `made`, whose arrival at `there` has these quantiles.
template <class QuantileAt>
LedgerForecast forecast(const std::string& journey, double made, QuantileAt quantile, const std::string& there = "there") {
    LedgerForecast one;
    one.command = "run";
    one.made = one.as_of = at(made);
    one.scenario = journey;
    one.start = at(0);
    one.levels = ledger_levels();
    one.targets.push_back({there, "There", "arrive", "UTC", 1, {}});
    for (const double p : one.levels) one.targets.back().quantiles.push_back(at(quantile(p)));
    return one;
}

LedgerObservation seen(const std::string& journey, double low, double high, const std::string& station = "there",
                       const std::string& event = "arrive") {
    return {journey, station, event, at(low), at(high), {}, {}, "drawn", {"outcomes.csv", 2, 0}};
}

double uniform(double p) { return 20 + 10 * p; }

}  // namespace

// Of a uniform law on (0, w): w (u^2 - u + 1/3) for what lies at the share u. The quantiles say nothing beyond 0.005 and 0.995.
TEST_CASE("exact: the CRPS out of a ledger's quantiles is that of the law") {
    for (const double u : {0.1, 0.5, 0.8}) {
        const LedgerScores scores = score_ledger({forecast("j", -5, uniform)}, {seen("j", 20 + 10 * u, 20 + 10 * u)});
        REQUIRE(scores.times.size() == 1);
        const LedgerScore& score = scores.times[0];
        const double took = 20 + 10 * u;
        CHECK(near(score.crps * took, 10 * (u * u - u + 1.0 / 3), 0.005));
        CHECK(near(score.pit.middle, u, 0.001));
        CHECK(near(score.elapsed, took * h, 1 * s));
        CHECK(near(to_duration(score.lead), (took + 5) * h, 1 * s));
        CHECK(score.beforehand);
    }
    const auto normal = [](double p) { return 30 + 2 * standard_normal_quantile(p); };
    const double z = 0.7, density = std::exp(-z * z / 2) / std::sqrt(2 * std::numbers::pi);
    const LedgerScores scores = score_ledger({forecast("j", -5, normal)}, {seen("j", 31.4, 31.4)});
    CHECK(near(scores.times[0].crps * 31.4, 2 * (z * std::erf(z / std::numbers::sqrt2) + 2 * density - 1 / std::sqrt(std::numbers::pi)), 0.01));
}

TEST_CASE("law: a ledger's score is the backtest's of the same runs, but for what its quantiles leave out") {
    Scenario scenario = drawn("A --60km,300-- B --60km,300-- C");
    for (LineSheet& line : scenario.networks[0].lines) line.track.operating_speed = {Uncertain<Speed>{60 * km / h}, {}};
    scenario.name = "hour";
    scenario.train.journey_pace.value = Uncertain<double>{Law{Normal{0, 0.2}}};
    ObservedSheet sheet;
    sheet.at = name_of("C");
    sheet.event = ObservedEvent::arrive;
    const Written<WrittenTime> low{{LocalTime{2020, 1, 1, 2, 20, 0}, {}}, {}}, high{{LocalTime{2020, 1, 1, 2, 40, 0}, {}}, {}};
    sheet.between = {{low, high}};
    scenario.observed = {sheet};
    const FullScore full = *backtest({scenario}, {.runs = 4000}).targets.at(0).full;
    const Model model = build(scenario);
    LedgerForecast kept = ledger_forecast(model, estimate(model, {.runs = 4000, .quantiles = ledger_levels()}));
    kept.scenario = "hour";
    LedgerObservation row{"hour", "C", "arrive", {}, {}, low.value, high.value, "drawn", {}};
    const LedgerScores scores = score_ledger({kept}, {row});
    REQUIRE(scores.times.size() == 1);
    CHECK(near(scores.times[0].crps, full.crps, 0.02 * full.crps));
    CHECK(near(scores.times[0].log_score, full.log_score, 0.1));
    CHECK(near(scores.times[0].elapsed, full.elapsed, 1 * s));
    CHECK(kept.start == std::get<Instant>(TimeZone::find("UTC")->instant_of(LocalTime{2020, 1, 1, 0, 0, 0})));
}

TEST_CASE("law: what was made before it happened and what was made afterwards stand apart") {
    const std::vector<LedgerForecast> ledger{forecast("one", -5, uniform), forecast("two", 40, uniform), forecast("three", 1, uniform)};
    const LedgerScores scores = score_ledger(ledger, {seen("one", 25, 25), seen("two", 25, 25)});
    CHECK(scores.beforehand.journeys == 1);
    CHECK(scores.afterwards.journeys == 1);
    REQUIRE(scores.waiting.size() == 1);
    CHECK(scores.waiting[0] == 2);
    CHECK(scores.unmatched.empty());
}

TEST_CASE("law: the tests take one place a journey, of its last time and by the forecast made first") {
    LedgerForecast first = forecast("one", -9, [](double p) { return 1 + p; }), second = forecast("one", -3, uniform);
    first.targets.push_back({"on the way", "On the way", "pass", "UTC", 1, first.targets[0].quantiles});
    const LedgerScores scores = score_ledger({second, first}, {seen("one", 25, 25), seen("one", 1.5, 1.5, "on the way", "arrive")});
    CHECK(scores.times.size() == 3);
    CHECK(scores.beforehand.times == 3);
    CHECK(scores.beforehand.tests.journeys == 1);
    CHECK(scores.beforehand.tests.tails[1].count == 1);  // the first one is far too early
}

TEST_CASE("law: what no forecast speaks of is named, and a time that is known on one side only is not scored") {
    LedgerObservation open = seen("one", 25, 25);
    open.high.reset();
    const LedgerScores scores = score_ledger({forecast("one", -5, uniform)}, {open, seen("one", 25, 25, "elsewhere"), seen("other", 25, 25)});
    CHECK(scores.times.empty());
    CHECK(scores.unmatched.size() == 3);
}

TEST_CASE("exact: a departure in time is scored by the square of what was not said of it") {
    LedgerForecast said;
    said.command = "depart-by";
    said.made = at(-10);
    said.scenario = "one";
    said.start = at(0);
    said.deadline = LedgerDeadline{"A", "UTC", "C", "UTC", at(20), 0.9, at(2), {{at(0), 1.0}, {at(4), 0.6}, {at(8), 0.0}}};
    const auto brier = [&](double left, double came) {
        const LedgerScores scores = score_ledger({said}, {seen("one", left, left, "A", "depart"), seen("one", came, came, "C")});
        REQUIRE(scores.deadlines.size() == 1);
        return scores.deadlines[0].brier;
    };
    CHECK(near(brier(2, 19), 0.04, 1e-9));  // 0.8 said
    CHECK(near(brier(2, 21), 0.64, 1e-9));
    CHECK(near(brier(6, 20), 0.49, 1e-9));  // 0.3 said
    CHECK(near(brier(12, 21), 0, 1e-9));    // later than all that was tried
    CHECK(score_ledger({said}, {seen("one", 2, 2, "A", "depart"), seen("one", 19, 21, "C")}).deadlines.empty());
}

}  // namespace score_ledger_test
