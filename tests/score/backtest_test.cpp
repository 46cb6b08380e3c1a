#include <railwindow/core/error.hpp>
#include <railwindow/score/backtest.hpp>
#include <railwindow/score/baselines.hpp>
#include <railwindow/score/calibration.hpp>
#include <railwindow/score/score_groups.hpp>
#include <railwindow/simulation/simulate.hpp>
#include <support/drawn.hpp>
#include <support/near.hpp>

#include <doctest/doctest.h>

namespace score_backtest_test {

using namespace railwindow;

namespace {

// 2020-01-01, when drawings leave.
Written<WrittenTime> day_time(int hour, int minutes = 0) { return {{LocalTime{2020, 1, 1 + hour / 24, hour % 24, minutes, 0}, {}}, {}}; }

ObservedSheet seen(const std::string& at, Written<WrittenTime> low, Written<WrittenTime> high) {
    ObservedSheet sheet;
    sheet.at = name_of(at);
    sheet.event = ObservedEvent::arrive;
    sheet.between = {{low, high}};
    sheet.source = "drawn";
    return sheet;
}

// Twice 60 km at 60 km/h or so, with 20 % of spread; the limit is far above.
Scenario uncertain_hour(const std::string& name = "hour") {
    Scenario scenario = drawn("A --60km,300-- B --60km,300-- C");
    for (LineSheet& line : scenario.networks[0].lines) line.track.operating_speed = {Uncertain<Speed>{60 * km / h}, {}};
    scenario.name = name;
    scenario.train.journey_pace.value = Uncertain<double>{Law{Normal{0, 0.2}}};
    return scenario;
}

}  // namespace

TEST_CASE("law: nothing that was observed changes a forecast") {
    Scenario scenario = uncertain_hour();
    scenario.observed = {seen("B", day_time(1), day_time(1, 5)), seen("C", day_time(2), day_time(2, 5))};
    const ForecastRuns before = run_forecast(forecasts_of(scenario).front(), {.runs = 300});
    scenario.observed[0].between = {{day_time(1, 50), day_time(1, 55)}};
    const ForecastRuns after = run_forecast(forecasts_of(scenario).front(), {.runs = 300});
    CHECK(before.by_target == after.by_target);
}

TEST_CASE("law: behind a stay the forecast starts at the departure known there") {
    Scenario scenario = uncertain_hour();
    scenario.observed = {seen("B", day_time(1), day_time(1)), seen("C", day_time(9), day_time(9))};
    scenario.stays = {{name_of("B"), WhenSheet{day_time(8), {}, {}, {}}, "drawn"}};
    const std::vector<Forecast> forecasts = forecasts_of(scenario);
    REQUIRE(forecasts.size() == 2);
    REQUIRE(forecasts[0].targets.size() == 1);
    REQUIRE(forecasts[1].targets.size() == 1);
    CHECK(forecasts[0].targets[0].station_id == "B");
    CHECK(forecasts[1].from_id == "B");
    CHECK(near(forecasts[1].targets[0].distance, 60 * km, 1 * m));
    const Instant eight = std::get<Instant>(TimeZone::find("UTC")->instant_of(LocalTime{2020, 1, 1, 8, 0, 0}));
    CHECK(forecasts[1].start == eight);
    const ForecastRuns runs = run_forecast(forecasts[1], {.runs = 50});
    for (const Millis time : runs.sorted[0]) CHECK(time > eight.time_since_epoch());
}

TEST_CASE("found: 2026-11-25 the end of a stay is given, so it is no target of the forecast before it") {
    Scenario scenario = uncertain_hour();
    scenario.observed = {seen("B", day_time(1), day_time(1)), seen("B", day_time(8), day_time(8)), seen("B", day_time(4), day_time(5)),
                         seen("C", day_time(9), day_time(9))};
    scenario.observed[1].event = ObservedEvent::depart;
    scenario.observed[2].event = ObservedEvent::seen;
    scenario.stays = {{name_of("B"), WhenSheet{day_time(8), {}, {}, {}}, "drawn"}};
    const std::vector<Forecast> forecasts = forecasts_of(scenario);
    REQUIRE(forecasts.size() == 2);
    REQUIRE(forecasts[0].targets.size() == 1);
    CHECK(forecasts[0].targets[0].observed.event == ObservedEvent::arrive);
    CHECK(forecasts[1].targets.size() == 1);
}

TEST_CASE("found: 2026-11-25 a stay of less than three hours is forecast and cannot be given") {
    Scenario scenario = uncertain_hour();
    scenario.observed = {seen("B", day_time(1), day_time(1, 30)), seen("C", day_time(9), day_time(9))};
    scenario.stays = {{name_of("B"), WhenSheet{day_time(3, 59), {}, {}, {}}, "drawn"}};
    CHECK_THROWS_AS(forecasts_of(scenario), InputError);
    scenario.stays[0].depart.at = day_time(4);
    CHECK(forecasts_of(scenario).size() == 2);
}

TEST_CASE("found: 2026-11-25 nothing is observed before the departure, a year after it, or where the journey begins") {
    Scenario scenario = uncertain_hour();
    const auto refused = [&](ObservedSheet sheet) {
        scenario.observed = {seen("C", day_time(10), day_time(10)), std::move(sheet)};
        scenario.observed[1].place = {"drawn.yaml", 7, 3};
        try {
            forecasts_of(scenario);
        } catch (const InputError& error) {
            CHECK(error.findings().size() == 1);
            return error.findings().front().place.line == 7;
        }
        return false;
    };
    CHECK(refused(seen("C", {{LocalTime{2019, 12, 31, 22, 0, 0}, {}}, {}}, {{LocalTime{2019, 12, 31, 23, 0, 0}, {}}, {}})));
    CHECK(refused(seen("B", {{LocalTime{2021, 1, 2, 0, 0, 0}, {}}, {}}, {{LocalTime{2021, 1, 2, 1, 0, 0}, {}}, {}})));
    CHECK(refused(seen("A", day_time(0), day_time(1))));
    CHECK_FALSE(refused(seen("B", {{LocalTime{2019, 12, 31, 23, 0, 0}, {}}, {}}, day_time(1))));  // begins before, ends after
    // Behind a stay the departure is that from the stay.
    scenario.stays = {{name_of("B"), WhenSheet{day_time(8), {}, {}, {}}, "drawn"}};
    CHECK(refused(seen("C", day_time(7), day_time(7, 30))));
}

TEST_CASE("exact: a place between stations is passed in proportion to the way") {
    Scenario scenario = drawn("A --60km,60-- B --60km,60-- C");
    scenario.observed = {seen("C", day_time(2), day_time(2))};
    scenario.observed[0].before = 15 * km;
    const Forecast forecast = forecasts_of(scenario).front();
    CHECK(near(forecast.targets[0].distance, 105 * km, 1 * m));
    CHECK(near(to_duration(run_forecast(forecast, {.runs = 1}).sorted[0][0] - forecast.start.time_since_epoch()), 1.75 * h, 60 * s));
}

TEST_CASE("exact: only two-sided observations of at most three hours count, and only those of special trains") {
    Scenario scenario = uncertain_hour();
    scenario.observed = {seen("B", day_time(0, 30), day_time(3, 30)), seen("C", day_time(1), day_time(4, 1))};
    scenario.observed.push_back(scenario.observed[1]);
    scenario.observed[2].between.reset();
    scenario.observed[2].not_after = day_time(3);
    scenario.observed.push_back(seen("C", day_time(2), day_time(2)));
    scenario.observed[3].counts = Counting::consistency;
    const Backtest result = backtest({scenario}, {.runs = 200});
    REQUIRE(result.targets.size() == 4);
    CHECK(result.targets[0].full);
    for (std::size_t i = 1; i < 4; ++i) {
        CHECK_FALSE(result.targets[i].full);
        CHECK(result.targets[i].consistent);
    }
    CHECK(result.known.all.observations == 1);
    scenario.record = Record::ordinary_train;
    const Backtest ordinary = backtest({scenario}, {.runs = 200});
    CHECK(ordinary.targets.empty());
    CHECK(ordinary.calibrating.size() == 4);
    CHECK(ordinary.known.coverage[0].of == 0);
}

TEST_CASE("exact: what lies outside the central 95 % of the runs is not consistent") {
    Scenario scenario = uncertain_hour();
    scenario.observed = {seen("C", day_time(9), day_time(14))};
    CHECK_FALSE(backtest({scenario}, {.runs = 500}).targets[0].consistent);
    scenario.observed[0].between = {{day_time(1, 45), day_time(14)}};
    CHECK(backtest({scenario}, {.runs = 500}).targets[0].consistent);
}

TEST_CASE("exact: 60 km/h plus what is to be done on the way") {
    Scenario scenario = drawn("A --60km,60-- B --60km,60-- C");
    scenario.journey.calls = {{name_of("B"), Uncertain<Duration>{Law{Uniform{1200, 2400}}}, "water"}};
    scenario.observed = {seen("B", day_time(1), day_time(1)), seen("C", day_time(2), day_time(2))};
    const Forecast forecast = forecasts_of(scenario).front();
    CHECK(near(sixty_km_h(forecast.targets[0]), 1 * h, 1e-6 * s));
    CHECK(near(sixty_km_h(forecast.targets[1]), 2.5 * h, 1e-6 * s));
    const Backtest result = backtest({scenario}, {.runs = 50});
    CHECK(near(result.targets[0].full->sixty_crps, 0, 1e-9));
    CHECK(near(result.targets[1].full->sixty_crps, 0.25, 1e-9));  // half an hour of two
}

TEST_CASE("exact: the lognormal baseline finds the speeds of its examples, and not those of the journey left out") {
    const auto example = [](const std::string& journey, double first, double second, double x, double y) {
        return ElapsedExample{journey, {{"XX", first * km}, {"YY", second * km}}, first / x * h + second / y * h};
    };
    const std::vector<ElapsedExample> examples{example("one", 300, 100, 50, 80), example("two", 100, 700, 50, 80),
                                               example("three", 500, 0.001, 50, 80), example("odd", 500, 500, 5, 8)};
    const CountrySpeeds speeds = country_speeds(examples, "odd");
    CHECK(near(speeds.speed[0].second, 50 * km / h, 0.1 * km / h));
    CHECK(near(speeds.speed[1].second, 80 * km / h, 0.1 * km / h));
    CHECK(speeds.log_deviation < 0.01);
    CHECK(country_speeds(examples, "one").log_deviation > 0.5);
}

TEST_CASE("stat: the band of independent observations is the binomial one, and the model's own journeys lie in it") {
    std::vector<Scenario> scenarios;
    for (int i = 0; i < 40; ++i) {
        Scenario scenario = uncertain_hour("journey-" + std::to_string(i));
        scenario.observed = {seen("C", day_time(2), day_time(2))};
        const Forecast forecast = forecasts_of(scenario).front();
        const Trace own = simulate(*forecast.model, {2, static_cast<std::uint64_t>(i)});  // another seed than the forecast's
        const LocalTime arrival = TimeZone::find("UTC")->local_at(own.main().visits.back().arrive);
        scenario.observed = {seen("C", {{arrival, {}}, {}}, {{arrival, {}}, {}})};
        scenarios.push_back(scenario);
    }
    const Backtest result = backtest(scenarios, {.runs = 1000});
    for (const Coverage& coverage : result.known.coverage) {
        CHECK(coverage.of == 40);
        CHECK(coverage.low <= coverage.covered);
        CHECK(coverage.covered <= coverage.high);
    }
    // Binomial(40, 1/2): the 2.5 % and 97.5 % quantiles are 14 and 26.
    CHECK(near(result.known.coverage[0].low, 14, 1));
    CHECK(near(result.known.coverage[0].high, 26, 1));
}

TEST_CASE("stat: the fit finds a slow country again and says that it improves" * doctest::test_suite("slow")) {
    std::vector<Scenario> scenarios;
    for (int i = 0; i < 8; ++i) {
        Scenario scenario = uncertain_hour("journey-" + std::to_string(i));
        scenario.train.journey_pace.value = Uncertain<double>{Law{Normal{0, 0.05}}};
        for (PracticeSheet& practice : scenario.practice) practice.pace = PaceSheet{1, 1, 0.3, 0.3, {}};
        scenario.observed = {seen("C", day_time(2, 30 + 2 * (i % 3 - 1)), day_time(2, 30 + 2 * (i % 3 - 1)))};  // 48 km/h
        scenarios.push_back(scenario);
    }
    const Calibration fit = calibrate(scenarios, {.runs = 400, .score = {.runs = 500}});
    REQUIRE(fit.fitted.size() == 2);
    CHECK(fit.fitted[0].name == "spread");
    CHECK(fit.fitted[0].factor < 1);  // they differ less than the model thinks
    CHECK(near(fit.fitted[1].factor, 0.8, 0.05));
    CHECK(fit.improves);
    CHECK(fit.left_out.known.all.crps < 0.5 * fit.plain.known.all.crps);
}

// Priors as in a practice file, and one arrival seen after `minutes`.
Scenario fittable(const std::string& name, int minutes) {
    Scenario scenario = uncertain_hour(name);
    for (PracticeSheet& practice : scenario.practice) practice.pace = PaceSheet{1, 1, 0.1, 0.3, {}};
    scenario.observed = {seen("C", day_time(0, minutes), day_time(0, minutes))};
    return scenario;
}

TEST_CASE("found: 2026-11-25 no runs, and too few for a fit, are wrong input and not journeys that never arrive") {
    const std::vector<Scenario> two{fittable("one", 120), fittable("two", 125)};
    CHECK_THROWS_AS(backtest(two, {.runs = 0}), InputError);
    CHECK_THROWS_AS(calibrate(two, {.runs = 0, .score = {.runs = 100}}), InputError);
    CHECK_THROWS_AS(calibrate(two, {.runs = 99, .score = {.runs = 100}}), InputError);
    CHECK_NOTHROW(calibrate(two, {.runs = 100, .score = {.runs = 100}}));
}

TEST_CASE("found: 2026-11-25 a fit needs a special train to be scored and another journey to be fitted to") {
    const CalibrationOptions options{.runs = 100, .score = {.runs = 100}};
    Scenario special = fittable("special", 120), ordinary = fittable("ordinary", 125), doubtful = fittable("doubtful", 125);
    ordinary.record = Record::ordinary_train;
    doubtful.observed[0].counts = Counting::consistency;
    CHECK_THROWS_AS(calibrate({special}, options), InputError);
    CHECK_THROWS_AS(calibrate({special, doubtful}, options), InputError);
    CHECK_THROWS_AS(calibrate({ordinary, doubtful}, options), InputError);
    CHECK_NOTHROW(calibrate({special, ordinary}, options));
}

TEST_CASE("found: 2026-11-25 the fits that leave one journey out are those alone, and none hangs on the journey that it leaves out") {
    const auto spans = [](int minutes) {
        const Calibration fit = calibrate({fittable("one", 120), fittable("two", minutes)}, {.runs = 400, .score = {.runs = 100}});
        REQUIRE(fit.fitted.size() == 2);
        return std::pair{fit.fitted[1].lowest, fit.fitted[1].highest};
    };
    // Both fits to one journey of 120 min: its pace alone says what they are, however slow the other is.
    const auto [slow_low, slow_high] = spans(190);
    const auto [low, high] = spans(120);
    CHECK(near(low, high, 1e-9));
    CHECK(near(slow_high, high, 0.01));
    CHECK(slow_low < 0.95);
}

TEST_CASE("law: without priors there is nothing to fit, without observations nothing to score") {
    Scenario scenario = uncertain_hour();
    CHECK_THROWS_AS(forecasts_of(scenario), InputError);
    scenario.observed = {seen("C", day_time(2), day_time(2))};
    CHECK_THROWS_AS(calibrate({scenario}), InputError);
}

TEST_CASE("exact: the pace of a country moves its speeds and stretches them about their median") {
    Scenario scenario = drawn("A --100km,100-- B");
    scenario.networks[0].lines[0].track.operating_speed = {Uncertain<Speed>{Law{Uniform{(40 * km / h) / (m / s), (60 * km / h) / (m / s)}}}, {}};
    const auto time = [&](double median, double spread, std::uint64_t run) {
        scenario.practice[0].pace = PaceSheet{median, spread, 0.1, 0.1, {}};
        const Trace trace = simulate(build(scenario), {1, run});
        return to_duration(trace.main().visits.back().arrive - trace.main().visits.front().depart);
    };
    const Duration middle = time(1, 1, Noise::median_run);
    CHECK(near(middle, 2 * h, 2 * minute));
    CHECK(near(time(0.5, 1, Noise::median_run), 4 * h, 2 * minute));
    CHECK(near(time(1, 3, Noise::median_run), middle, 1 * s));
    for (std::uint64_t run = 0; run < 5; ++run) CHECK(abs(time(1, 0.5, run) - middle) < abs(time(1, 1, run) - middle));
}

TEST_CASE("law: a forecast uses a plan only if it was published before it starts") {
    Scenario scenario = uncertain_hour();
    scenario.observed = {seen("C", day_time(5), day_time(5))};
    const ForecastRuns free = run_forecast(forecasts_of(scenario).front(), {.runs = 100});
    PlanSheet plan;
    plan.at = name_of("C");
    plan.arrive = WhenSheet{day_time(6), {}, {}, {}};
    const auto with_plan = [&](std::optional<Written<WrittenTime>> known_at) {
        plan.known_at = std::move(known_at);
        scenario.journey.plans = {plan};
        return run_forecast(forecasts_of(scenario).front(), {.runs = 100}).by_target;
    };
    const Written<WrittenTime> day_before{{LocalTime{2019, 12, 31, 23, 59, 0}, {}}, {}};
    const Millis six = std::get<Instant>(TimeZone::find("UTC")->instant_of(LocalTime{2020, 1, 1, 6, 0, 0})).time_since_epoch();
    CHECK(with_plan(day_before) == std::vector<std::vector<Millis>>{std::vector<Millis>(100, six)});
    CHECK(with_plan(day_time(0)) == free.by_target);
    CHECK(with_plan(day_time(1)) == free.by_target);
    CHECK(with_plan({}) == free.by_target);
}

TEST_CASE("law: a forecast from a stay uses what was published during it") {
    Scenario scenario = uncertain_hour();
    scenario.observed = {seen("B", day_time(1), day_time(1)), seen("C", day_time(9), day_time(9))};
    scenario.stays = {{name_of("B"), WhenSheet{day_time(8), {}, {}, {}}, "drawn"}};
    PlanSheet plan;
    plan.at = name_of("C");
    plan.arrive = WhenSheet{day_time(20), {}, {}, {}};
    plan.known_at = day_time(4);
    plan.hold_at = {name_of("B")};
    scenario.journey.plans = {plan};
    const std::vector<Forecast> forecasts = forecasts_of(scenario);
    REQUIRE(forecasts.size() == 2);
    CHECK(forecasts[0].model->main().plans.empty());
    REQUIRE(forecasts[1].model->main().plans.size() == 1);
    CHECK(forecasts[1].model->main().plans[0].hold_at.empty());
}

TEST_CASE("law: journeys that the numbers knew and those that they did not know are never put into one mean") {
    std::vector<Scenario> scenarios{uncertain_hour("known"), uncertain_hour("unsaid"), uncertain_hour("unseen"), uncertain_hour("ordinary")};
    for (Scenario& scenario : scenarios) scenario.observed = {seen("C", day_time(2), day_time(2))};
    scenarios[2].observed = {seen("B", day_time(1), day_time(1)), seen("C", day_time(4), day_time(4)), seen("C", day_time(1), day_time(9))};
    scenarios[3].record = Record::ordinary_train;
    const Backtest both = backtest(scenarios, {.runs = 400, .unseen = {"unseen", "ordinary"}});
    REQUIRE(both.known.journeys.size() == 2);
    REQUIRE(both.unseen.journeys.size() == 1);
    CHECK(both.known.all.observations == 2);
    CHECK(both.unseen.all.observations == 2);
    CHECK(both.unseen.uncounted == 1);
    CHECK(both.unseen.coverage[0].of == 2);
    CHECK(both.unseen.journeys[0].station == "C");
    CHECK(both.unseen.tests.journeys == 1);
    // What is said of the unseen one changes nothing of the known ones but what the lognormal learns from it.
    const Backtest alone = backtest({scenarios[0], scenarios[1]}, {.runs = 400});
    CHECK(alone.known.crps.value == both.known.crps.value);
    CHECK(alone.unseen.journeys.empty());
}

TEST_CASE("exact: scores are relative to the time since the earliest possible departure") {
    Scenario scenario = drawn("A --60km,60-- B --60km,60-- C");
    scenario.observed = {seen("C", day_time(8), day_time(8))};
    scenario.journey.depart = WhenSheet{{}, {}, std::vector{day_time(0), day_time(6)}, {}};
    const Backtest result = backtest({scenario}, {.runs = 400});
    CHECK(near(result.targets[0].full->elapsed, 8 * h, 1 * s));
    CHECK(near(result.targets[0].full->sixty_crps, 3.0 / 8, 1e-6));  // from the middle of the departure, 3:00, two hours at 60 km/h
}

TEST_CASE("exact: the mean of the journeys and its error") {
    const Mean mean = mean_with_error({1, 2, 3, 6});
    CHECK(near(mean.value, 3, 1e-12));
    CHECK(near(*mean.error, std::sqrt(14.0 / 3 / 4), 1e-12));
    CHECK_FALSE(mean_with_error({5}).error);
}

TEST_CASE("stat: the final places of journeys that the model made are uniform and those of a model half as wide are called too narrow" *
          doctest::test_suite("slow")) {
    const auto judged = [](double spread_of_the_forecast) {
        std::vector<Scenario> scenarios;
        for (int i = 0; i < 12; ++i) {
            Scenario scenario = uncertain_hour("journey-" + std::to_string(i));
            const Model truth = build(scenario);
            const Trace own = simulate(truth, {2, static_cast<std::uint64_t>(i)});
            const LocalTime arrival = TimeZone::find("UTC")->local_at(own.main().visits.back().arrive);
            scenario.observed = {seen("C", {{arrival, {}}, {}}, {{arrival, {}}, {}})};
            scenario.train.journey_pace.value = Uncertain<double>{Law{Normal{0, spread_of_the_forecast}}};
            scenarios.push_back(scenario);
        }
        return backtest(scenarios, {.runs = 1000}).known.tests;
    };
    CHECK(judged(0.2).faults.empty());
    const PitTests narrow = judged(0.05);
    REQUIRE_FALSE(narrow.faults.empty());
    CHECK(narrow.faults.front() == ForecastFault::too_narrow);
    const PitTests wide = judged(1.2);
    REQUIRE_FALSE(wide.faults.empty());
    CHECK(wide.faults.front() == ForecastFault::too_wide);
}

}  // namespace score_backtest_test
