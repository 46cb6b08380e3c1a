// Drivers of drawn railways against closed forms, and laws that hold for every scenario.

#include <inference/two_legs.hpp>
#include <railwindow/core/error.hpp>
#include <railwindow/drivers/draw_groups.hpp>
#include <railwindow/drivers/explain.hpp>
#include <railwindow/drivers/frozen_runs.hpp>
#include <railwindow/io/scenario_file.hpp>
#include <railwindow/io/write_explanation.hpp>
#include <railwindow/simulation/simulate.hpp>
#include <support/drawn.hpp>
#include <support/source_tree.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <sstream>

namespace drivers_explain_test {

using namespace railwindow;
using namespace two_legs;

namespace {

// A leaves within six hours, an hour to B, a stay there of up to `stay` hours, an hour to C.
Scenario with_stay(double stay) {
    Scenario scenario = railway();
    scenario.journey.calls = {{name_of("B"), Uncertain<Duration>{Law{Uniform{0, 3600 * stay}}}, "call"}};
    return scenario;
}

const GroupEffect& group(const Explanation& explanation, const std::string& name) {
    const auto found = std::find_if(explanation.groups.begin(), explanation.groups.end(), [&](const GroupEffect& one) { return one.name == name; });
    REQUIRE_MESSAGE(found != explanation.groups.end(), name);
    return *found;
}

const PlaceReport& report_of(const Explanation& explanation, const Model& model, const std::string& station, TimingEvent event) {
    const auto found = std::find_if(explanation.reports.begin(), explanation.reports.end(), [&](const PlaceReport& one) {
        return model.network.stations()[model.timing_points[one.point].station].id == station && one.event == event;
    });
    REQUIRE_MESSAGE(found != explanation.reports.end(), station);
    return *found;
}

void check_near(double found, double error, double expected) {
    INFO(found << " +- " << error << ", expected " << expected);
    CHECK(std::abs(found - expected) <= 4 * error + 1e-9);
    CHECK(error < 0.1 * std::max(1.0, std::abs(expected)));
}

// Shares of the variance of departure + stay, cut at P5 and P95, by quadrature.
struct Expected {
    double departure_total, departure_first, stay_total, stay_first;
};
Expected by_quadrature(double longest_departure, double longest_stay) {
    constexpr int n = 400;
    const double tail = std::sqrt(2 * 0.05 * longest_departure * longest_stay), end = longest_departure + longest_stay - tail;
    std::vector<double> rows(n, 0), columns(n, 0);
    double mean = 0, square = 0, of_rows = 0, of_columns = 0;
    for (int i = 0; i < n; ++i)
        for (int k = 0; k < n; ++k) {
            const double value = std::clamp((i + 0.5) / n * longest_departure + (k + 0.5) / n * longest_stay, tail, end);
            rows[i] += value / n, columns[k] += value / n, mean += value / n / n, square += value * value / n / n;
        }
    const double variance = square - mean * mean;
    for (const double row : rows) of_rows += (row - mean) * (row - mean) / n / variance;
    for (const double column : columns) of_columns += (column - mean) * (column - mean) / n / variance;
    return {1 - of_columns, of_rows, 1 - of_rows, of_columns};
}

std::string json_of(const Model& model, const ExplainOptions& options) {
    std::ostringstream out;
    write_json(out, model, explain(model, options));
    return out.str();
}

// Purposes of draws that nobody has put into words.
class Unnamed final : public DrawSource {
public:
    explicit Unnamed(const DrawGroups& groups) : groups_{groups} {}
    std::uint64_t run_of(const DrawKey& key, std::uint64_t run) const override {
        if (groups_.of(key) + 1 == groups_.all().size()) unnamed.insert(key.purpose());
        return run;
    }
    mutable std::set<std::uint32_t> unnamed;

private:
    const DrawGroups& groups_;
};

}  // namespace

TEST_CASE("exact: departure and stay share the spread out by their variances") {
    const Model model = build(with_stay(2));
    const Explanation found = explain(model, {.runs = 65536, .pairs = 8192});
    const GroupEffect &departure = group(found, "time of departure"), &stay = group(found, "calls");
    const Expected expected = by_quadrature(6, 2);
    CHECK(std::abs(expected.departure_total - 0.9) < 0.05);  // 36 : 4 without the cut
    check_near(departure.effect.total.value, departure.effect.total.error, expected.departure_total);
    check_near(departure.effect.first.value, departure.effect.first.error, expected.departure_first);
    check_near(stay.effect.total.value, stay.effect.total.error, expected.stay_total);
    check_near(stay.effect.first.value, stay.effect.first.error, expected.stay_first);
    CHECK(found.groups.front().name == departure.name);
    CHECK(found.arrives == 1);
    // What is left is uniform: over two hours, and over six.
    REQUIRE((departure.width && stay.width));
    check_near(departure.width->value / 3600, departure.width->error / 3600, 0.9 * 2);
    check_near(stay.width->value / 3600, stay.width->error / 3600, 0.9 * 6);
}

TEST_CASE("exact: a report at B leaves the stay, one behind the stay leaves its own error") {
    const Model model = build(with_stay(2));
    ExplainOptions options{.runs = 65536, .pairs = 64};
    options.off = {std::chrono::minutes{6}, std::chrono::minutes{1}};
    const Explanation found = explain(model, options);
    const PlaceReport &comes = report_of(found, model, "B", TimingEvent::arrive), &goes = report_of(found, model, "B", TimingEvent::depart);
    REQUIRE(comes.width.size() == 2);
    check_near(comes.width[1].value / 3600, comes.width[1].error / 3600, 1.8);
    const double tail = std::sqrt(2 * 0.05 * 3 * 2);  // not by the median: a departure in the last three of six hours, and the stay
    check_near(comes.unseen.value / 3600, comes.unseen.error / 3600, 5 - 2 * tail);
    check_near(goes.width[0].value / 3600, goes.width[0].error / 3600, 0.9 * 0.2);
    CHECK(found.reports.front().width[1].value <= found.reports.back().width[1].value);
    CHECK(std::abs(static_cast<double>(comes.ahead.count()) / 3.6e6 - 2) < 0.05);  // half of the stay, and an hour
    CHECK(std::none_of(found.reports.begin(), found.reports.end(), [&](const PlaceReport& one) {
        return model.network.stations()[model.timing_points[one.point].station].id == "C";  // where it ends
    }));
    REQUIRE(best_early_report(found) != nullptr);
    CHECK(best_early_report(found)->width.back().value * 2000 <= static_cast<double>(found.width().count()));
}

TEST_CASE("exact: of two destinations each is explained by itself, and a report behind the junction tells them apart") {
    Scenario scenario = railway({{name_of("C"), 3}, {name_of("D"), 1}});
    const Model model = build(scenario);
    const Explanation likeliest = explain(model, {.runs = 16384, .pairs = 256});
    CHECK(model.network.stations()[likeliest.destinations.front().station].id == "C");
    CHECK(likeliest.destinations.size() == 2);
    CHECK(likeliest.destinations.front().probability == doctest::Approx(0.75));
    REQUIRE(likeliest.right.has_value());
    CHECK(std::abs(likeliest.right->value - 0.75) < 0.01);
    const PlaceReport& junction = report_of(likeliest, model, "B", TimingEvent::pass);
    REQUIRE(junction.right.size() == 2);
    CHECK(std::abs(junction.right[0].value - 0.75) < 4 * junction.right[0].error + 0.02);
    ExplainOptions other{.runs = 16384, .pairs = 256};
    other.to = name_of("D");
    CHECK(model.network.stations()[explain(model, other).destinations.front().station].id == "D");
    other.to = name_of("B");
    CHECK_THROWS_AS(explain(model, other), InputError);
}

TEST_CASE("law: runs without chance have no drivers") {
    const Model model = build(drawn("A --60km,60-- B --60km,60-- C"));
    const Explanation found = explain(model, {.runs = 256, .pairs = 64});
    CHECK(found.width() == Millis{0});
    for (const GroupEffect& one : found.groups) CHECK(one.effect.total.value == 0);
    CHECK_THROWS_AS(explain(model, {.runs = 20, .pairs = 64}), InputError);
}

TEST_CASE("law: what is not on the way has no group, and the same seed gives the same bytes on any number of threads") {
    const Model model = build(load_scenario(source("scenarios/pyongyang-vladivostok-2019.yaml")));
    ExplainOptions options{.runs = 512, .pairs = 64, .threads = 1};
    const std::string one = json_of(model, options);
    for (const unsigned threads : {2u, 7u}) {
        options.threads = threads;
        CHECK(json_of(model, options) == one);
    }
    for (const std::string other : {" in CN", " in VN", "ordinary trains", "gaps in the convoy"}) CHECK(one.find(other) == std::string::npos);
}

TEST_CASE("law: a run frozen to itself is the run, and one frozen in no group too") {
    const Model model = build(load_scenario(source("scenarios/pyongyang-vladivostok-2019.yaml")));
    const FrozenRuns frozen{model, 1};
    const FrozenValue value = frozen.arrivals()();
    Simulator simulator{model};
    for (std::uint64_t run = 0; run < 20; ++run) {
        const TrainTrace& train = simulator.run({1, run}).main();
        if (train.stranded) continue;
        const double arrival = static_cast<double>(train.visits.back().arrive.time_since_epoch().count()) / 1000;
        CHECK(value(run, frozen.groups().size(), 77) == arrival);
        for (std::size_t i = 0; i < frozen.groups().size(); ++i) CHECK(value(run, i, run) == arrival);
    }
}

TEST_CASE("law: weakly known numbers are told by what is drawn from them, and those of one line by its kilometres") {
    Model model = build(load_scenario(source("scenarios/pyongyang-vostochny-2023.yaml")));
    const std::size_t before = model.weak_inputs.size();
    const std::vector<GroupEffect> groups = main_drivers(model, {.pairs = 256});
    REQUIRE(groups.size() > 10);
    for (std::size_t i = 1; i < groups.size(); ++i) CHECK(groups[i].effect.total.value <= groups[i - 1].effect.total.value);
    weigh_weak_inputs(model, groups);
    REQUIRE(model.weak_inputs.size() == before);
    const auto spread_of = [&](const std::string& what) {
        const auto found = std::find_if(model.weak_inputs.begin(), model.weak_inputs.end(), [&](const WeakInput& weak) { return weak.what == what; });
        REQUIRE_MESSAGE(found != model.weak_inputs.end(), what);
        return found->spread;
    };
    const auto pace = std::find_if(groups.begin(), groups.end(), [](const GroupEffect& group) { return group.name == "pace of lines in KP"; });
    REQUIRE(pace != groups.end());
    CHECK(spread_of("dprk.yaml: pace of its lines") == pace->effect.total.value);
    // 6.9 of the 853.0 km in the DPRK: from Hongui to Tumangang
    CHECK(*spread_of("dprk-east.yaml: operating speed of the Hongui Line") < 0.02 * pace->effect.total.value);
    CHECK_FALSE(spread_of("dprk-east.yaml: limits of the Hambuk Line"));
    const auto rank = [](const WeakInput& weak) { return weak.spread.value_or(0) < least_effect ? 0 : *weak.spread; };
    for (std::size_t i = 1; i < before; ++i) CHECK(rank(model.weak_inputs[i]) <= rank(model.weak_inputs[i - 1]));
}

TEST_CASE("found: 2026-11-30 a weakly known speed without a law has no share of what is drawn, and is moved by a tenth") {
    const Scenario scenario = load_scenario(source("scenarios/press-20-hours.yaml"));
    Model model = build(scenario);
    weigh_weak_inputs(model, main_drivers(model, {.pairs = 64}));
    const auto speed = std::find_if(model.weak_inputs.begin(), model.weak_inputs.end(),
                                    [](const WeakInput& weak) { return weak.what == "press.yaml: operating speed"; });
    REQUIRE(speed != model.weak_inputs.end());
    CHECK_FALSE(speed->spread);
    const WrittenNumbers written = written_numbers(scenario, model);
    const auto named =
        std::find_if(written.all.begin(), written.all.end(), [](const WrittenNumber& one) { return one.what == "press.yaml: operating speed"; });
    REQUIRE(named != written.all.end());
    std::vector<double> factors(written.all.size(), 1.0);
    factors[static_cast<std::size_t>(named - written.all.begin())] = 0.9;
    Simulator as_written{model};
    const Model slower = written.with(factors);
    Simulator slow{slower};
    CHECK(arrival_seconds(slow.run({1, 0})) > arrival_seconds(as_written.run({1, 0})) + 1800);
}

TEST_CASE("law: everything that scenarios draw has words") {
    for (const char* name : {"pyongyang-vostochny-2023", "pyongyang-hanoi-2019", "khasan-line-shared", "convoy-2023", "night-running",
                             "pyongyang-moscow", "khasan-reception-2019", "pyongyang-jilin-2010"}) {
        const Model model = build(load_scenario(source(std::string{"scenarios/"} + name + ".yaml")));
        const DrawGroups groups{model};
        const Unnamed unnamed{groups};
        Simulator simulator{model};
        for (std::size_t i = 0; i < model.alternatives.size(); ++i)
            for (std::uint64_t run = 0; run < 4; ++run) simulator.run_as(i, {1, run, &unnamed});
        CAPTURE(name);
        CHECK(unnamed.unnamed.empty());
    }
}

TEST_CASE("stat: what the DPRK decides drives the arrival at Vostochny, and physics does not" * doctest::test_suite("slow")) {
    const Model model = build(load_scenario(source("scenarios/pyongyang-vostochny-2023.yaml")));
    const Explanation found = explain(model, {.runs = 16384, .pairs = 4096});
    for (const char* small : {"gradients", "locomotives", "speed from section to section"}) {
        INFO(small);
        CHECK(group(found, small).effect.total.value < 0.04);
        CHECK(group(found, small).effect.first.value < 0.02);
    }
    CHECK(group(found, "pace of lines in KP").effect.total.value > 0.03);
    CHECK(found.groups.front().effect.total.value > 0.1);
    CHECK(found.groups.front().effect.total.error < 0.03);
    const PlaceReport &early = report_of(found, model, "pyongyang", TimingEvent::depart),
                      &border = report_of(found, model, "khasan", TimingEvent::arrive);
    CHECK(border.width.back().value < early.width.back().value);
}

namespace {

// What a report of the passage of `place` to half an hour is said to leave, against what `infer` makes of a report of every hour of it, each
// weighted by how likely it is.
void check_worth(const std::string& place, TimingEvent event, ObservedEvent seen, int first_hour, int hours) {
    Scenario scenario = load_scenario(source("scenarios/pyongyang-vostochny-2023.yaml"));
    scenario.observed.clear();
    const Model model = build(scenario);
    const Explanation found = explain(model, {.runs = 65536, .pairs = 16});
    const ExpectedWidth& expected = report_of(found, model, place, event).width.back();
    double all = 0, weighted = 0;
    for (int hour = first_hour; hour < first_hour + hours; ++hour) {  // of 11 September 2023, and of the next days
        const auto time = [&](int minute) { return Written<WrittenTime>{{LocalTime{2023, 9, 11 + hour / 24, hour % 24, minute, 0}, {}}, {}}; };
        scenario.observed = {between(place, time(0), time(59))};  // the last minute counts whole
        scenario.observed.front().event = seen;
        try {
            const Inference result = infer(build(scenario), {.runs = 16384, .most_runs = 16384});
            const std::vector<Quantile>& window = result.destinations.front().window.after;
            all += result.evidence.value;
            weighted += result.evidence.value * static_cast<double>((window.back().value - window.front().value).count()) / 1000;
        } catch (const Infeasible&) {
            continue;  // hardly any run is there so early or late
        }
    }
    CHECK(all > 0.95);
    INFO((expected.value / 3600) << " h +- " << (expected.error / 3600) << ", by infer " << (weighted / all / 3600) << " h");
    CHECK(std::abs(expected.value - weighted / all) < 0.04 * expected.value);
}

}  // namespace

TEST_CASE("stat: a report from Khasan is worth what infer makes of reports of every hour, averaged" * doctest::test_suite("slow")) {
    check_worth("khasan", TimingEvent::arrive, ObservedEvent::arrive, 12, 30);
}

TEST_CASE("stat: a report from Baranovsky is worth what infer makes of reports of every hour, averaged" * doctest::test_suite("slow")) {
    check_worth("baranovsky", TimingEvent::pass, ObservedEvent::pass, 18, 31);
}

}  // namespace drivers_explain_test
