#include <railwindow/core/distribution.hpp>
#include <railwindow/score/log_score.hpp>
#include <support/near.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <numbers>

namespace score_log_score_test {

using namespace railwindow;

namespace {

Millis hours(double count) { return to_millis(count * h); }

// `n` evenly likely times of a normal law.
std::vector<Millis> normal_times(double mean, double deviation, int n) {
    std::vector<Millis> times;
    for (int i = 0; i < n; ++i) times.push_back(hours(mean + deviation * standard_normal_quantile((i + 0.5) / n)));
    return times;
}

double normal_density(double x, double deviation) {
    return std::exp(-x * x / (2 * deviation * deviation)) / (deviation * std::sqrt(2 * std::numbers::pi));
}

}  // namespace

// A normal law blurred by a normal one is a normal one, of the sum of the variances.
TEST_CASE("exact: the log score of a normal law is that of the law with the blur added") {
    const int n = 20'000;
    const std::vector<Millis> times = normal_times(30, 2, n);
    const double width = blur(times) / h, deviation = std::hypot(2, width);
    CHECK(near(width, 0.9 * 2 * std::pow(n, -0.2), 0.01));
    for (const double x : {-4.0, 0.0, 1.0, 3.0})
        CHECK(near(log_score(times, {hours(30 + x), hours(30 + x)}), -std::log(normal_density(x, deviation)), 0.02));
}

TEST_CASE("exact: over an interval it is the probability of the interval over its length") {
    const std::vector<Millis> times = normal_times(30, 2, 20'000);
    const double deviation = std::hypot(2, blur(times) / h), root = deviation * std::numbers::sqrt2;
    const double share = (std::erf(1.5 / root) - std::erf(-0.5 / root)) / 2;
    CHECK(near(log_score(times, {hours(29.5), hours(31.5)}), -std::log(share / 2), 0.005));
}

TEST_CASE("law: what lies far outside costs more, and never without bound") {
    const std::vector<Millis> times = normal_times(30, 2, 1'000);
    const double near_by = log_score(times, {hours(31), hours(31)}), far = log_score(times, {hours(60), hours(60)}),
                 farther = log_score(times, {hours(300), hours(300)});
    CHECK(near_by < far);
    CHECK(far < farther);
    CHECK(far > std::log(1'000));
    CHECK(std::isfinite(farther));
}

TEST_CASE("law: in the mean no other spread scores better than the right one") {
    const std::vector<Millis> truth = normal_times(30, 2, 400);
    const auto mean = [&](double deviation) {
        const std::vector<Millis> forecast = normal_times(30, deviation, 2'000);
        double sum = 0;
        for (const Millis y : truth) sum += log_score(forecast, {y, y});
        return sum / static_cast<double>(truth.size());
    };
    CHECK(mean(2) < mean(1.4));
    CHECK(mean(2) < mean(2.8));
}

TEST_CASE("law: runs that all agree are blurred by half a minute") {
    CHECK(near(blur(std::vector<Millis>(50, hours(3))) / s, 30, 1e-9));
    CHECK(std::isfinite(log_score(std::vector<Millis>(50, hours(3)), {hours(3), hours(3)})));
}

}  // namespace score_log_score_test
