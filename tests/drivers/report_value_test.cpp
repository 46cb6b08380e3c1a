// What a report would be worth, against closed forms and against a simulation that is nested.

#include <railwindow/core/distribution.hpp>
#include <railwindow/core/noise.hpp>
#include <railwindow/drivers/pick_freeze.hpp>
#include <railwindow/drivers/report_value.hpp>
#include <railwindow/estimate/samples.hpp>

#include <doctest/doctest.h>

#include <cmath>

namespace drivers_report_value_test {

using namespace railwindow;

namespace {

constexpr double hour = 3'600'000;

double normal(std::uint64_t run, const char* what) { return standard_normal_quantile(Noise{3, run}.uniform({what, "", ""})); }

// Passes after 10 h with a deviation of 3 h, and is there 5 h later with a deviation of 2 h more.
struct Journeys {
    std::vector<std::int64_t> here, there;
};
Journeys journeys(std::uint64_t runs) {
    Journeys all;
    for (std::uint64_t run = 0; run < runs; ++run) {
        all.here.push_back(std::llround(hour * (10 + 3 * normal(run, "here"))));
        all.there.push_back(all.here.back() + std::llround(hour * (5 + 2 * normal(run, "on"))));
    }
    return all;
}

void check_width(const ExpectedSpan& found, double hours, double error = 0.02) {
    INFO((found.seconds / 3600) << " h +- " << found.error / 3600 << ", expected " << hours);
    CHECK(std::abs(found.seconds / 3600 - hours) <= 4 * found.error / 3600);
    CHECK(found.error / 3600 < error * hours);
}

const double normal_width = 2 * standard_normal_quantile(0.95);

}  // namespace

TEST_CASE("exact: who knows when a train passed knows its arrival up to what comes behind") {
    const Journeys all = journeys(1 << 17);
    check_width(expected_span(all.here, all.there, {.off = std::chrono::minutes{5}}), normal_width * 2);
}

TEST_CASE("exact: a report that is off by far more than the train tells nothing") {
    const Journeys all = journeys(1 << 14);
    check_width(expected_span(all.here, all.there, {.off = std::chrono::hours{1000}}), normal_width * std::sqrt(13.0));
}

TEST_CASE("exact: a report of the arrival itself leaves its own error") {
    const Journeys all = journeys(1 << 17);
    // Of times spread evenly over an hour nine tenths lie between P5 and P95.
    check_width(expected_span(all.there, all.there, {.off = std::chrono::minutes{30}}), 0.9);
}

TEST_CASE("stat: a vague report narrows the window as a nested simulation says") {
    const Journeys all = journeys(1 << 17);
    const double off = 2;
    // Reports of fresh runs; for each, runs that start from any passage within the error of the report, by their density.
    double sum = 0, squares = 0;
    constexpr std::uint64_t outer = 400, inner = 2000;
    for (std::uint64_t k = 0; k < outer; ++k) {
        const std::uint64_t run = (1u << 20) + k;
        const double said = 3 * normal(run, "here") + off * (2 * Noise{3, run}.uniform({"off", "", ""}) - 1);
        const auto share_below = [](double x) { return 0.5 * std::erfc(-x / std::sqrt(2.0)); };
        const double low = share_below((said - off) / 3), high = share_below((said + off) / 3);
        std::vector<double> there;
        for (std::uint64_t i = 0; i < inner; ++i) {
            const Noise noise{4, k * inner + i};
            const double passed = 3 * standard_normal_quantile(low + (high - low) * noise.uniform({"inner", "", ""}));
            there.push_back(passed + 2 * standard_normal_quantile(noise.uniform({"on", "", ""})));
        }
        const double width = width_of(there);
        sum += width, squares += width * width;
    }
    const double mean = sum / outer, error = std::sqrt((squares / outer - mean * mean) / outer);
    const ExpectedSpan found = expected_span(all.here, all.there, {.off = std::chrono::hours{2}});
    INFO((found.seconds / 3600) << " +- " << found.error / 3600 << " h, nested " << mean << " +- " << error);
    CHECK(std::abs(found.seconds / 3600 - mean) <= 4 * std::hypot(found.error / 3600, error));
    CHECK(mean > normal_width * 2);
}

TEST_CASE("exact: trains that never come to a place are a report of their own") {
    Journeys all = journeys(1 << 16);
    // Every second one goes another way and takes 40 h exactly.
    for (std::size_t run = 0; run < all.here.size(); run += 2) all.here[run] = PointSamples::never, all.there[run] = std::llround(40 * hour);
    check_width(expected_span(all.here, all.there, {.off = std::chrono::minutes{5}}), normal_width, 0.1);  // half of the reports leave nothing open
    for (std::size_t run = 1; run < all.here.size(); run += 2) all.here[run] = all.there[run] = PointSamples::never;
    CHECK(expected_span(all.here, all.there, {}).seconds == 0);
}

TEST_CASE("exact: two ways whose times differ by twice a deviation are told apart five times in six") {
    std::vector<std::int64_t> here;
    std::vector<std::uint16_t> option;
    for (std::uint64_t run = 0; run < (1u << 16); ++run) {
        option.push_back(static_cast<std::uint16_t>(run % 2));
        here.push_back(std::llround(hour * (2.0 * static_cast<double>(run % 2) + normal(run, "here"))));
    }
    const Share found = named_right(here, option, {.off = std::chrono::minutes{1}, .reports = 4096});
    const double expected = 0.5 * std::erfc(-1 / std::sqrt(2.0));  // the better guess is the nearer one
    INFO(found.value << " +- " << found.error << ", expected " << expected);
    CHECK(std::abs(found.value - expected) <= 4 * found.error + 0.005);  // the likelier one is itself told by some fifty runs or more
    const Share nothing = named_right(std::vector<std::int64_t>(here.size(), PointSamples::never), option, {.reports = 4096});
    CHECK(nothing.value == doctest::Approx(0.5));
}

}  // namespace drivers_report_value_test
