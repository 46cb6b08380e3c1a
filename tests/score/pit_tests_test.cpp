#include <railwindow/core/distribution.hpp>
#include <railwindow/core/noise.hpp>
#include <railwindow/io/write_backtest.hpp>
#include <railwindow/score/pit_tests.hpp>
#include <support/near.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <numbers>

namespace score_pit_tests_test {

using namespace railwindow;

namespace {

std::vector<Pit> exact(const std::vector<double>& places) {
    std::vector<Pit> pits;
    for (const double place : places) pits.push_back({place, place, place});
    return pits;
}

// `n` places as a forecast sees them whose standard deviation is `share` of the true one: evenly likely true values.
std::vector<Pit> seen_by(double share, int n) {
    std::vector<double> places;
    for (int i = 0; i < n; ++i) places.push_back(std::erfc(-standard_normal_quantile((i + 0.5) / n) / share / std::numbers::sqrt2) / 2);
    for (double& place : places) place = std::min(std::max(place, 3e-5), 1 - 3e-5);
    return exact(places);
}

bool has(const PitTests& tests, ForecastFault fault) { return std::find(tests.faults.begin(), tests.faults.end(), fault) != tests.faults.end(); }

}  // namespace

TEST_CASE("exact: the probability of so many beyond a tail is the binomial one") {
    const double none = std::pow(0.98, 8), one = 8 * 0.02 * std::pow(0.98, 7), two = 28 * 0.0004 * std::pow(0.98, 6);
    CHECK(near(binomial_tail(3, 8, 0.02), 1 - none - one - two, 1e-12));
    CHECK(near(binomial_tail(8, 8, 0.02), std::pow(0.02, 8), 1e-24));
    CHECK(binomial_tail(0, 8, 0.02) == 1);
    CHECK(binomial_tail(0, 0, 0.02) == 1);
}

// n = 1: D is the larger of u and 1 - u. n = 2 for d of 1/2 and more: one of them has to lie within 1 - d of an end.
TEST_CASE("exact: Kolmogorov and Smirnov's distance of one and two numbers in closed form, of more as in tables") {
    for (const double d : {0.5, 0.7, 0.95}) CHECK(near(kolmogorov_smirnov_tail(d, 1), 2 * (1 - d), 1e-12));
    for (const double d : {0.5, 0.7, 0.95}) CHECK(near(kolmogorov_smirnov_tail(d, 2), 2 * (1 - d) * (1 - d), 1e-12));
    for (const double d : {0.3, 0.4}) CHECK(near(kolmogorov_smirnov_tail(d, 2), 1 - 2 * (2 * d - 0.5) * (2 * d - 0.5), 1e-12));
    // Miller (1956), J. Am. Stat. Assoc. 51, 111-121: two-sided 5 % and 1 % points.
    CHECK(near(kolmogorov_smirnov_tail(0.45427, 8), 0.05, 1e-5));
    CHECK(near(kolmogorov_smirnov_tail(0.40925, 10), 0.05, 1e-5));
    CHECK(near(kolmogorov_smirnov_tail(0.48893, 10), 0.01, 1e-5));
    CHECK(near(kolmogorov_smirnov_tail(0.29408, 20), 0.05, 1e-5));
    CHECK(near(kolmogorov_smirnov_distance({0.1, 0.5, 0.6}), 0.4, 1e-12));
}

// n = 1: A^2 = -1 - ln(u (1 - u)).
TEST_CASE("stat: Anderson and Darling's statistic of one number in closed form, of eight as in tables") {
    CHECK(near(anderson_darling_statistic({0.2}), -1 - std::log(0.16), 1e-12));
    CHECK(near(anderson_darling_statistic({0.8, 0.3}), -2 - (std::log(0.3 * 0.2) + 3 * std::log(0.8 * 0.7)) / 2, 1e-12));
    for (const double a : {0.5, 1.0, 2.5}) {
        const double p = 1 - std::sqrt(1 - 4 * std::exp(-1 - a));
        CHECK(near(anderson_darling_tail(a, 1), p, 4 * std::sqrt(p * (1 - p) / 1e4)));
    }
    // Stephens (1974), J. Am. Stat. Assoc. 69, 730-737: 5 % and 1 % points for any n of 5 and more.
    CHECK(near(anderson_darling_tail(2.492, 8), 0.05, 4 * 0.0022));
    CHECK(near(anderson_darling_tail(3.857, 8), 0.01, 4 * 0.001));
}

TEST_CASE("exact: tails of chi-square laws") {
    CHECK(near(chi_square_tail(3, 2), std::exp(-1.5), 1e-12));
    CHECK(near(chi_square_tail(4, 1), std::erfc(std::sqrt(2.0)), 1e-12));
    CHECK(near(chi_square_tail(5, 4), std::exp(-2.5) * 3.5, 1e-12));
    CHECK(near(chi_square_tail(14.0671, 7), 0.05, 1e-6));
    CHECK(near(chi_square_tail(15.5073, 8), 0.05, 1e-6));
    CHECK(chi_square_tail(0, 5) == 1);
}

TEST_CASE("exact: three of eight journeys beyond the 99th percentile mean too narrow, and the verdict says so") {
    const PitTests tests = pit_tests(exact({0.2, 0.35, 0.5, 0.6, 0.8, 0.995, 0.992, 0.997}));
    REQUIRE(tests.tails.size() == 2);
    CHECK(tests.tails[0].count == 3);
    CHECK(near(tests.tails[0].p, binomial_tail(3, 8, 0.02), 1e-12));
    REQUIRE(has(tests, ForecastFault::too_narrow));
    CHECK(verdict(tests).starts_with("too narrow: 3 of 8 journeys end beyond the 1st or 99th percentile of their forecasts"));
}

TEST_CASE("law: what reaches into the window is not beyond it") {
    CHECK(pit_tests({{0.985, 0.995, 0.99}}).tails[0].count == 0);
    CHECK(pit_tests({{0.991, 0.999, 0.995}}).tails[0].count == 1);
    CHECK(pit_tests({{0.001, 0.004, 0.0025}}).tails[1].count == 1);
}

TEST_CASE("law: forecasts a third as wide are too narrow, twice as wide too wide, right ones neither") {
    CHECK(has(pit_tests(seen_by(1.0 / 3, 8)), ForecastFault::too_narrow));
    CHECK(has(pit_tests(seen_by(3, 12)), ForecastFault::too_wide));
    CHECK(pit_tests(seen_by(1, 8)).faults.empty());
    CHECK(verdict(pit_tests(seen_by(3, 12))).starts_with("too wide"));
    CHECK(verdict(pit_tests(seen_by(1, 8))) == "nothing speaks against these windows, as far as 8 journeys can tell");
    CHECK(verdict(pit_tests({})) == "nothing here counts");
}

TEST_CASE("law: who always comes late in its forecast has forecasts that are too early") {
    const PitTests late = pit_tests(exact({0.7, 0.8, 0.85, 0.9, 0.93, 0.96, 0.75, 0.88, 0.91, 0.82}));
    CHECK(has(late, ForecastFault::too_early));
    CHECK(has(pit_tests(exact({0.3, 0.2, 0.15, 0.1, 0.07, 0.04, 0.25, 0.12, 0.09, 0.18})), ForecastFault::too_late));
}

TEST_CASE("stat: right forecasts are blamed in no more than five of a hundred sets" * doctest::test_suite("slow")) {
    int blamed = 0;
    const int sets = 400;
    for (int set = 0; set < sets; ++set) {
        std::vector<double> places;
        for (std::uint64_t i = 0; i < 8; ++i) places.push_back(Noise{7, static_cast<std::uint64_t>(set)}.uniform(DrawKey{"place", "", ""}.at(i)));
        blamed += pit_tests(exact(places)).faults.empty() ? 0 : 1;
    }
    CHECK(blamed <= sets * fault_level + 4 * std::sqrt(sets * fault_level * (1 - fault_level)));
}

}  // namespace score_pit_tests_test
