#include <railwindow/core/distribution.hpp>
#include <railwindow/score/scores.hpp>
#include <support/near.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <numbers>

namespace score_scores_test {

using namespace railwindow;

namespace {

std::vector<Millis> times(std::initializer_list<int> values) {
    std::vector<Millis> list;
    for (const int value : values) list.push_back(Millis{value});
    return list;
}

ObservedInterval at(int time) { return {Millis{time}, Millis{time}}; }
ObservedInterval between(int low, int high) { return {Millis{low}, Millis{high}}; }

// By its definition, run by run.
Duration crps_by_definition(const std::vector<Millis>& runs, Millis y) {
    double distance = 0, spread = 0;
    const double n = static_cast<double>(runs.size());
    for (const Millis a : runs) {
        distance += std::abs(static_cast<double>((a - y).count()));
        for (const Millis b : runs) spread += std::abs(static_cast<double>((a - b).count()));
    }
    return (distance / n - spread / (2 * n * (n - 1))) * ms;
}

// The mean of `score` over the middles of the interval's milliseconds.
template <class Score>
Duration mean_over(const ObservedInterval& observed, Score score) {
    Duration sum{};
    for (Millis y = observed.low; y < observed.high; ++y) sum += (score(y) + score(y + Millis{1})) / 2;  // exact: straight within a millisecond
    return sum / static_cast<double>((observed.high - observed.low).count());
}

}  // namespace

TEST_CASE("exact: the fair CRPS is that of its definition, for an exact time and over an interval") {
    const std::vector<Millis> runs = times({3, 10, 11, 40, 41, 70});
    for (const int y : {-5, 3, 10, 20, 41, 100}) CHECK(near(fair_crps(runs, at(y)), crps_by_definition(runs, Millis{y}), 1e-12 * s));
    for (const auto& observed : {between(0, 2), between(5, 60), between(10, 11), between(80, 90)})
        CHECK(near(fair_crps(runs, observed), mean_over(observed, [&](Millis y) { return crps_by_definition(runs, y); }), 1e-12 * s));
}

TEST_CASE("exact: the fair CRPS of one run is its distance") { CHECK(near(fair_crps(times({7}), at(20)), 13 * ms, 1e-12 * s)); }

// Over all ensembles of two from a coin, 0 or 1 s: the CRPS of the coin itself, 1/4 s whichever way it falls.
TEST_CASE("exact: the fair CRPS does not depend on the number of runs in the mean") {
    for (const int y : {0, 1000}) {
        Duration sum{};
        for (const auto& runs : {times({0, 0}), times({0, 1000}), times({0, 1000}), times({1000, 1000})}) sum += fair_crps(runs, at(y));
        CHECK(near(sum / 4, 0.25 * s, 1e-12 * s));
    }
}

// sigma (z (2 Phi(z) - 1) + 2 phi(z) - 1 / sqrt(pi)); Gneiting, Raftery (2007).
TEST_CASE("exact: the CRPS of many runs of a normal law is the closed form") {
    std::vector<Millis> runs;
    const int n = 100'000;
    for (int i = 0; i < n; ++i) runs.push_back(to_millis(1000 * standard_normal_quantile((i + 0.5) / n) * s));
    for (const double z : {-2.0, 0.0, 0.7}) {
        const double density = std::exp(-z * z / 2) / std::sqrt(2 * std::numbers::pi), twice = std::erf(z / std::sqrt(2.0));
        const Duration exact = 1000 * (z * twice + 2 * density - 1 / std::sqrt(std::numbers::pi)) * s;
        CHECK(near(fair_crps(runs, at(static_cast<int>(1e6 * z))), exact, 0.02 * s));  // 1/n of the spread, and runs in whole milliseconds
    }
}

TEST_CASE("exact: a stated time is off by its distance, in the mean over the interval") {
    CHECK(near(absolute_error(Millis{5}, at(12)), 7 * ms, 1e-12 * s));
    CHECK(near(absolute_error(Millis{5}, between(10, 20)), 10 * ms, 1e-12 * s));
    CHECK(near(absolute_error(Millis{15}, between(10, 20)), 2.5 * ms, 1e-12 * s));
    CHECK(near(absolute_error(Millis{30}, between(10, 20)), 15 * ms, 1e-12 * s));
}

TEST_CASE("exact: pinball loss on both sides, and over an interval") {
    CHECK(near(pinball(Millis{100}, 0.95, at(120)), 19 * ms, 1e-12 * s));
    CHECK(near(pinball(Millis{100}, 0.95, at(80)), 1 * ms, 1e-12 * s));
    CHECK(near(pinball(Millis{100}, 0.5, between(90, 130)), 0.5 * absolute_error(Millis{100}, between(90, 130)), 1e-12 * s));
    const ObservedInterval observed = between(85, 140);
    const auto of = [&](Millis y) { return pinball(Millis{100}, 0.05, {y, y}); };
    CHECK(near(pinball(Millis{100}, 0.05, observed), mean_over(observed, of), 1e-12 * s));
}

TEST_CASE("exact: the interval score is its width, and 2/alpha times what lies outside") {
    CHECK(near(winkler(Millis{10}, Millis{30}, 0.9, at(20)), 20 * ms, 1e-12 * s));
    CHECK(near(winkler(Millis{10}, Millis{30}, 0.9, at(35)), 120 * ms, 1e-12 * s));
    CHECK(near(winkler(Millis{10}, Millis{30}, 0.5, at(5)), 40 * ms, 1e-12 * s));
    for (const auto& observed : {at(2), at(25), between(0, 50), between(25, 90)}) {  // it is the pinball loss of its ends
        const Duration ends = pinball(Millis{10}, 0.1, observed) + pinball(Millis{30}, 0.9, observed);
        CHECK(near(winkler(Millis{10}, Millis{30}, 0.8, observed), 10.0 * ends, 1e-9 * s));
    }
}

TEST_CASE("exact: coverage counts the share of the interval inside the window") {
    CHECK(share_inside(Millis{10}, Millis{30}, at(10)) == 1);
    CHECK(share_inside(Millis{10}, Millis{30}, at(31)) == 0);
    CHECK(share_inside(Millis{10}, Millis{30}, between(20, 60)) == 0.25);
    CHECK(share_inside(Millis{10}, Millis{30}, between(0, 100)) == 0.2);
    CHECK(share_inside(Millis{10}, Millis{30}, between(40, 60)) == 0);
}

TEST_CASE("exact: the share of the runs before a time, and central windows") {
    const std::vector<Millis> runs = times({1, 2, 3, 4, 5, 6, 7, 8, 9, 10});
    CHECK(share_before(runs, Millis{0}) == 0);
    CHECK(share_before(runs, Millis{5}) == 0.5);
    CHECK(share_before(runs, Millis{10}) == 1);
    CHECK(central_window(runs, 0.8).low == Millis{1});
    CHECK(central_window(runs, 0.8).high == Millis{9});
}

}  // namespace score_scores_test
