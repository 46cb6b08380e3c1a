#include <railwindow/core/distribution.hpp>
#include <railwindow/core/error.hpp>
#include <support/near.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

namespace core_distribution_test {

using namespace railwindow;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double no_number = std::numeric_limits<double>::quiet_NaN();

WeightedLaw part(double weight, Law::Form form) { return {weight, Law{std::move(form)}}; }
Mixture mix(std::vector<WeightedLaw> parts) { return {std::move(parts)}; }

// One of each, as the practice and train files write them.
std::vector<Law> one_of_each() {
    return {Law{Constant{4}},    Law{Uniform{-1, 3}},     Law{Triangular{10, 15, 35}},
            Law{Normal{2, 0.5}}, Law{Lognormal{25, 0.8}}, Law{mix({part(0.9, Triangular{8, 15, 30}), part(0.1, Constant{31})})}};
}

double triangular_share_below(const Triangular& law, double x) {
    const double width = law.high - law.low;
    return x < law.mode ? (x - law.low) * (x - law.low) / (width * (law.mode - law.low))
                        : 1 - (law.high - x) * (law.high - x) / (width * (law.high - law.mode));
}

// The mean of the quantile function over the middles of `cells` equal cells.
double mean_of_draws(const Law& law, int cells) {
    double sum = 0;
    for (int i = 0; i < cells; ++i) sum += law.quantile((i + 0.5) / cells);
    return sum / cells;
}

}  // namespace

// Source: Wichura (1988), AS 241, the three check values of the paper; the others from tables of 16 digits.
TEST_CASE("exact: normal quantiles agree with the published values") {
    CHECK(near(standard_normal_quantile(0.25), -0.6744897501960817, 1e-15));
    CHECK(near(standard_normal_quantile(0.001), -3.090232306167814, 4e-15));
    CHECK(near(standard_normal_quantile(1e-20), -9.262340089798408, 1e-14));
    CHECK(near(standard_normal_quantile(0.975), 1.959963984540054, 2e-15));
    CHECK(near(standard_normal_quantile(0.95), 1.6448536269514722, 2e-15));
    CHECK(near(standard_normal_quantile(1e-10), -6.361340902404056, 1e-14));
    CHECK(standard_normal_quantile(0.5) == 0.0);
}

TEST_CASE("law: the normal quantile inverts the error function far into both tails") {
    for (double p = 0.5; p > 1e-300; p *= 0.37) {
        CAPTURE(p);
        const double x = standard_normal_quantile(p);
        // The share below x moves by about x relative for each absolute error of x.
        CHECK(near(std::erfc(-x / std::sqrt(2.0)) / 2 / p, 1, 3e-14 * (1 + x * x)));
        if (p > 1e-3) CHECK(near(standard_normal_quantile(1 - p), -x, 1e-12));
    }
}

TEST_CASE("exact: quantiles of uniform, triangular, normal and lognormal laws are their closed forms") {
    const Triangular triangle{10, 15, 35};
    for (const double u : {1e-9, 0.01, 0.2, 0.25, 0.5, 0.75, 0.99, 1 - 1e-9}) {
        CAPTURE(u);
        CHECK(Law{Constant{4}}.quantile(u) == 4);
        CHECK(near(Law{Uniform{-1, 3}}.quantile(u), -1 + 4 * u, 1e-15));
        CHECK(near(triangular_share_below(triangle, Law{triangle}.quantile(u)), u, 1e-14));
        CHECK(near(Law{Normal{2, 0.5}}.quantile(u), 2 + 0.5 * standard_normal_quantile(u), 1e-14));
        CHECK(near(std::log(Law{Lognormal{25, 0.8}}.quantile(u) / 25), 0.8 * standard_normal_quantile(u), 1e-13));
    }
}

TEST_CASE("exact: a triangular law may have its mode at an end or no width at all") {
    CHECK(near(Law{Triangular{0, 0, 1}}.quantile(0.75), 0.5, 1e-15));
    CHECK(near(Law{Triangular{0, 1, 1}}.quantile(0.25), 0.5, 1e-15));
    CHECK(Law{Triangular{3, 3, 3}}.quantile(0.1) == 3);
    CHECK(Law{Triangular{3, 3, 3}}.is_constant());
}

TEST_CASE("exact: a mixture shares out the unit interval in the order written") {
    const Law law{mix({part(3, Uniform{0, 1}), part(0, Constant{99}), part(1, Uniform{10, 14})})};
    CHECK(near(law.quantile(0.375), 0.5, 1e-15));
    CHECK(near(law.quantile(0.875), 12, 1e-14));
    CHECK(near(law.mean(), 0.75 * 0.5 + 0.25 * 12, 1e-15));
    CHECK(law.support() == std::pair{0.0, 14.0});
    CHECK(law.quantile(1 - 0x1p-53) <= 14);
    // A mixture of one law is that law.
    CHECK(near(Law{mix({part(0.3, Uniform{5, 6})})}.quantile(0.5), 5.5, 1e-14));
}

TEST_CASE("law: the mean of a law is the mean of its draws") {
    for (const Law& law : one_of_each()) {
        CAPTURE(law.form().index());
        CHECK(near(mean_of_draws(law, 1'000'000), law.mean(), 1e-4 * std::abs(law.mean())));
    }
    CHECK(near(Law{Lognormal{25, 0.8}}.mean(), 25 * std::exp(0.32), 1e-12));
}

TEST_CASE("law: a larger uniform never gives a smaller value, and every value lies in the support") {
    for (const Law& law : one_of_each()) {
        CAPTURE(law.form().index());
        const auto [low, high] = law.support();
        double before = low;
        bool rising = true, inside = true;
        for (int i = 0; i < 10'000; ++i) {
            const double value = law.quantile((i + 0.5) / 10'000);
            rising = rising && value >= before;
            inside = inside && value >= low && value <= high;
            before = value;
        }
        CHECK(rising);
        CHECK(inside);
    }
}

TEST_CASE("exact: normal and lognormal laws without spread are constant, with spread unbounded") {
    CHECK(Law{Normal{2, 0}}.is_constant());
    CHECK(Law{Lognormal{2, 0}}.quantile(0.9) == 2);
    CHECK(Law{Normal{2, 1}}.support() == std::pair{-infinity, infinity});
    CHECK(Law{Lognormal{2, 1}}.support() == std::pair{std::numeric_limits<double>::denorm_min(), infinity});  // never 0
    CHECK_FALSE(Law{Uniform{0, 1}}.is_constant());
    CHECK(Law{}.quantile(0.5) == 0);
}

TEST_CASE("law: parameters that make no law are refused") {
    const std::vector<Law::Form> wrong{Constant{no_number},
                                       Constant{infinity},
                                       Uniform{2, 1},
                                       Uniform{no_number, 1},
                                       Triangular{1, 3, 2},
                                       Triangular{2, 1, 3},
                                       Triangular{0, 1, infinity},
                                       Normal{0, -1},
                                       Normal{no_number, 1},
                                       Lognormal{0, 1},
                                       Lognormal{-1, 1},
                                       Lognormal{1, -1},
                                       mix({}),
                                       mix({part(0, Constant{1})}),
                                       mix({part(-1, Constant{1}), part(2, Constant{1})}),
                                       mix({part(no_number, Constant{1})})};
    for (const Law::Form& form : wrong) {
        CAPTURE(form.index());
        CHECK_THROWS_AS(Law{form}, InputError);
    }
}

TEST_CASE("found: 2026-11-23 weights whose sum overflows are refused") {
    CHECK_THROWS_AS((Law{mix({part(1e308, Constant{1}), part(1e308, Constant{2})})}), InputError);
}

TEST_CASE("exact: an uncertain quantity keeps its unit") {
    const Uncertain<Duration> dwell{Law{Uniform{60, 120}}};
    CHECK(near(dwell.quantile(0.5), 1.5 * minute, 1e-9 * s));
    CHECK(dwell.lowest() == 1 * minute);
    CHECK(dwell.highest() == 2 * minute);
    CHECK(Uncertain<Speed>{60 * km / h}.mean() == 60 * km / h);
}

}  // namespace core_distribution_test
