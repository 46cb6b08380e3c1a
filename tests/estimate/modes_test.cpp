// Journeys that fall into groups: alternatives have windows of their own, and the shortest set of times is told where one interval would blur.

#include <railwindow/estimate/samples.hpp>
#include <support/drawn.hpp>
#include <support/near.hpp>

#include <doctest/doctest.h>

#include <algorithm>

namespace estimate_modes_test {

using namespace railwindow;

namespace {

Scenario with_pace(Scenario scenario, double deviation) {
    scenario.train.journey_pace.value = Uncertain<double>{Law{Normal{0, deviation}}};
    for (LineSheet& line : scenario.networks[0].lines) line.track.limit = Sourced<Speed>{300 * km / h, {}};
    return scenario;
}

// Ten minutes at B, or, as often as `long_share` says, six to eight hours.
Scenario short_or_long(double long_share) {
    Scenario scenario = with_pace(drawn("A --60km,60-- B --60km,60-- C"), 0.05);
    const Law law{Mixture{{{1 - long_share, Law{Constant{600}}}, {long_share, Law{Uniform{6 * 3600, 8 * 3600}}}}}};
    scenario.journey.calls = {{name_of("B"), Uncertain<Duration>{law}, ""}};
    return scenario;
}

const TimingPointEstimate& arrival(const std::vector<TimingPointEstimate>& points) { return points.back(); }

double share_within(const Samples& samples, const std::vector<TimeSpan>& spans) {
    const std::vector<std::int64_t>& times = samples.points.back().arrive;
    const auto inside = [&](std::int64_t time) {
        return std::any_of(spans.begin(), spans.end(), [&](const TimeSpan& span) { return span.low.count() <= time && time <= span.high.count(); });
    };
    return static_cast<double>(std::count_if(times.begin(), times.end(), inside)) / static_cast<double>(times.size());
}

Duration length_of(const std::vector<TimeSpan>& spans) {
    Duration sum{};
    for (const TimeSpan& span : spans) sum += to_duration(span.high - span.low);
    return sum;
}

}  // namespace

TEST_CASE("drawn: a stay that is short or long makes two groups, and the densest set is one interval for each") {
    for (const double share : {0.5, 0.25}) {
        const Model model = build(short_or_long(share));
        const EstimateOptions options{.runs = 16384};
        const Samples samples = sample(model, options);
        const Estimate result = summarize(model, samples, options);
        CHECK(result.timing_points[1].densest.empty());  // at B all is still one group
        const TimingPointEstimate& end = arrival(result.timing_points);
        REQUIRE(end.densest.size() == 2);
        const Duration start = to_duration(samples.points[0].depart[0] * Millis{1});
        CHECK(to_duration(end.densest[0].high) - start < 3 * h);
        CHECK(to_duration(end.densest[1].low) - start > 7.5 * h);
        CHECK(near(share_within(samples, end.densest), 0.9, 2.0 / 16384));
        CHECK(length_of(end.densest) < 0.5 * to_duration(end.time.back().value - end.time.front().value));
    }
}

// Two long stays in a hundred: less than the share that the set leaves out, so one interval holds the rest.
TEST_CASE("drawn: a group that the set has no room for is left out, and the central window stands") {
    const Estimate result = estimate(build(short_or_long(0.02)), {.runs = 16384});
    CHECK(arrival(result.timing_points).densest.empty());
}

TEST_CASE("drawn: alternatives that lie apart have each a window of its own, and together two intervals with their shares") {
    Scenario scenario = with_pace(drawn("A --60km,60-- B --60km,60-- C"), 0.05);
    NetworkSheet& network = scenario.networks[0];
    network.stations.push_back(drawn_station("D", 0.5, 0.5));  // the long way round
    for (const auto& [from, to] : {std::pair{"A", "D"}, std::pair{"D", "C"}}) {
        network.lines.push_back(drawn_line(std::string{from} + "-" + to, from, to, 300 * km, 300 * km / h));
        network.lines.back().track.operating_speed = {Uncertain<Speed>{60 * km / h}, {}};
    }
    scenario.journey.routes = {{"", 0.7, {name_of("B")}, {}, {}, {}}, {"", 0.3, {name_of("D")}, {}, {}, {}}};
    const Model model = build(scenario);
    REQUIRE(model.alternatives.size() == 2);
    const EstimateOptions options{.runs = 16384};
    const Samples samples = sample(model, options);
    const Estimate result = summarize(model, samples, options);
    REQUIRE(result.alternatives.size() == 2);
    CHECK(near(static_cast<double>(result.alternatives[0].runs) / 16384, 0.7, 1.0 / 16384));  // stratified, not drawn
    const std::vector<TimeSpan>& together = arrival(result.timing_points).densest;
    REQUIRE(together.size() == 2);
    for (std::size_t i = 0; i < 2; ++i) {
        const TimingPointEstimate& own = arrival(result.alternatives[i].timing_points);
        CHECK(own.densest.empty());
        CHECK(own.probability == 1);
        CHECK(together[i].low < own.time[1].value);  // the median of each in its interval
        CHECK(own.time[1].value < together[i].high);
    }
    CHECK(arrival(result.alternatives[0].timing_points).time.back().value < arrival(result.alternatives[1].timing_points).time.front().value);
    CHECK(near(share_within(samples, together), 0.9, 2.0 / 16384));
}

}  // namespace estimate_modes_test
