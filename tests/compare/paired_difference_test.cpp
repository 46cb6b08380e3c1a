#include <railwindow/compare/paired_difference.hpp>
#include <railwindow/core/noise.hpp>
#include <railwindow/estimate/samples.hpp>
#include <support/near.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

namespace compare_paired_difference_test {

using namespace railwindow;

namespace {

using Column = std::vector<std::int64_t>;

const std::vector<double> usual{0.05, 0.5, 0.95};

// Arrivals with a spread of hours, and later ones by something that is drawn apart.
struct Two {
    Column base, variant;
};

Two drawn_pair(std::uint64_t seed, std::size_t runs, double spread_ms, double change_ms) {
    Two two;
    for (std::uint64_t run = 0; run < runs; ++run) {
        const Noise noise{seed, run};
        const double base = spread_ms * standard_normal_quantile(noise.uniform({"base", "", ""}));
        const double change = change_ms * standard_normal_quantile(noise.uniform({"change", "", ""}));
        two.base.push_back(std::llround(base));
        two.variant.push_back(std::llround(base + change));
    }
    return two;
}

double spread_of(const std::vector<double>& values) {
    double mean = 0, squares = 0;
    for (const double v : values) mean += v / static_cast<double>(values.size());
    for (const double v : values) squares += (v - mean) * (v - mean) / static_cast<double>(values.size() - 1);
    return std::sqrt(squares);
}

}  // namespace

TEST_CASE("exact: what moves every arrival alike moves every quantile by that, without error") {
    Two two = drawn_pair(1, 2000, 3.6e6, 0);
    for (std::int64_t& time : two.variant) time += 600'000;
    const PairedDifference paired = paired_difference(two.variant, two.base, usual);
    CHECK(paired.pairs == 2000);
    CHECK(paired.mean == 600 * s);
    CHECK(paired.mean_error == 0 * s);
    for (const Quantile& q : paired.difference) {
        CHECK(q.value == Millis{600'000});
        CHECK(q.error == Millis{0});
    }
    for (const QuantileShift& shift : paired.shift) {
        CHECK(shift.value == Millis{600'000});
        CHECK(near(*shift.error, 0 * s, 0.001 * s));
    }
    CHECK(paired.earlier.value == 0);
    CHECK(paired.later.value == 1);
}

TEST_CASE("exact: runs in which one does not arrive count for the shares and not for the difference") {
    constexpr std::int64_t never = PointSamples::never;
    const PairedDifference paired = paired_difference({10, never, 30, never}, {20, 20, never, never}, {0.5});
    CHECK(paired.pairs == 1);
    CHECK(paired.difference.front().value == Millis{-10});
    CHECK_FALSE(paired.mean_error.has_value());
    CHECK_FALSE(paired.shift.front().error.has_value());
    CHECK(paired.earlier.value == 0.5);
    CHECK(paired.later.value == 0.25);
    CHECK(paired_difference({never}, {1}, usual).difference.empty());
}

TEST_CASE("law: a variant against itself is neither earlier nor later") {
    const Two two = drawn_pair(1, 500, 3.6e6, 0);
    const PairedDifference paired = paired_difference(two.base, two.base, usual);
    CHECK(paired.earlier.value == 0);
    CHECK(paired.later.value == 0);
    CHECK(paired.mean == 0 * s);
}

// 300 seeds give a spread that is itself known within 4 %; the errors are medians of spacings, which scatter more.
TEST_CASE("stat: the error of a shift of a quantile is its spread over seeds, paired and unpaired") {
    for (const double change : {0.02, 0.3, 2.0}) {
        CAPTURE(change);
        for (const double p : {0.1, 0.5, 0.9}) {
            CAPTURE(p);
            std::vector<double> shifts;
            double squares = 0;
            for (std::uint64_t seed = 1; seed <= 300; ++seed) {
                const Two two = drawn_pair(seed, 2000, 3.6e6, change * 3.6e6);
                const PairedDifference paired = paired_difference(two.variant, two.base, {p});
                shifts.push_back(to_duration(paired.shift[0].value) / s);
                squares += std::pow(*paired.shift[0].error / s, 2);
            }
            const double told = std::sqrt(squares / 300), seen = spread_of(shifts);
            CHECK(told / seen > 0.85);
            // the scatter of the two spacings adds to the error of a small change: it is told too large, never too small
            CHECK(told / seen < (change < 0.1 ? 1.4 : 1.15));
        }
    }
}

TEST_CASE("stat: the error of the mean and of the share that comes first is their spread over seeds") {
    std::vector<double> means, shares;
    double mean_squares = 0, share_squares = 0;
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
        const Two two = drawn_pair(seed, 500, 3.6e6, 1e6);
        const PairedDifference paired = paired_difference(two.variant, two.base, {0.5});
        means.push_back(paired.mean / s);
        shares.push_back(paired.earlier.value);
        mean_squares += std::pow(*paired.mean_error / s, 2);
        share_squares += std::pow(paired.earlier.error, 2);
    }
    CHECK(near(std::sqrt(mean_squares / 300) / spread_of(means), 1.0, 0.17));  // four standard errors of a spread over 300
    CHECK(near(std::sqrt(share_squares / 300) / spread_of(shares), 1.0, 0.17));
}

}  // namespace compare_paired_difference_test
