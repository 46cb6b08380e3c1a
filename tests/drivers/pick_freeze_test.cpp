// Effects of groups of draws against closed forms, on functions of uniform numbers.

#include <railwindow/core/distribution.hpp>
#include <railwindow/core/noise.hpp>
#include <railwindow/drivers/pick_freeze.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

namespace drivers_pick_freeze_test {

using namespace railwindow;

namespace {

using Point = std::vector<double>;
using Function = std::function<double(const Point&)>;

constexpr std::uint64_t seed = 5;

double number(std::uint64_t run, std::size_t name) { return Noise{seed, run}.uniform(DrawKey{"x", "", ""}.at(name)); }

// Each number is a group; beyond them there are groups without any.
MakeFrozenValue frozen(std::size_t numbers, const Function& function) {
    return [=] {
        return [=](std::uint64_t run, std::size_t group, std::uint64_t other) {
            Point point;
            for (std::size_t i = 0; i < numbers; ++i) point.push_back(number(i == group ? other : run, i));
            return function(point);
        };
    };
}

std::vector<double> plain_values(std::size_t numbers, const Function& function, std::uint64_t runs) {
    const FrozenValue value = frozen(numbers, function)();
    std::vector<double> values;
    for (std::uint64_t run = 0; run < runs; ++run) values.push_back(value(run, numbers, 0));
    return values;
}

std::vector<Effect> found_effects(std::size_t numbers, const Function& function, EffectOptions options = {}, std::size_t without = 0) {
    return effects(numbers + without, plain_values(numbers, function, 2 * options.pairs), frozen(numbers, function), options);
}

void check_share(const char* what, const Share& share, double expected) {
    INFO(what << ": " << share.value << " +- " << share.error << ", expected " << expected);
    CHECK(std::abs(share.value - expected) <= 4 * share.error + 1e-12);
    CHECK(share.error < 0.05);
}

void check_effects(const std::vector<Effect>& found, const std::vector<double>& total, const std::vector<double>& first) {
    REQUIRE(found.size() == total.size());
    for (std::size_t i = 0; i < found.size(); ++i) {
        CAPTURE(i);
        check_share("total", found[i].total, total[i]);
        check_share("first", found[i].first, first[i]);
        CHECK(found[i].conclusive == 1);
    }
}

double sum_of(const Point& x) { return 4 * x[0] + 3 * x[1] + x[2]; }

}  // namespace

TEST_CASE("exact: a sum shares its variance out by squares, and nothing acts together") {
    const std::vector<double> shares{16.0 / 26, 9.0 / 26, 1.0 / 26};
    check_effects(found_effects(3, sum_of), shares, shares);
}

TEST_CASE("exact: factors of a product act together") {
    const std::vector<double> spread{1.2, 0.9, 0.3};
    const auto product = [&](const Point& x) {
        double value = 1;
        for (std::size_t i = 0; i < x.size(); ++i) value *= 1 + spread[i] * (x[i] - 0.5);
        return value;
    };
    std::vector<double> total, first;
    double all = 1;
    for (const double c : spread) all *= 1 + c * c / 12;
    for (const double c : spread) first.push_back(c * c / 12 / (all - 1)), total.push_back(first.back() * all / (1 + c * c / 12));
    check_effects(found_effects(3, product), total, first);
}

TEST_CASE("exact: what acts only together has no effect alone, and all of it in total") {
    check_effects(found_effects(2, [](const Point& x) { return (x[0] - 0.5) * (x[1] - 0.5); }), {1, 1}, {0, 0});
}

// Source: Ishigami, Homma (1990), ISUMA '90, 398-403; a = 7, b = 0.1.
TEST_CASE("exact: Ishigami's function") {
    using std::numbers::pi;
    const double a = 7, b = 0.1;
    const auto ishigami = [&](const Point& u) {
        const auto x = [&](std::size_t i) { return pi * (2 * u[i] - 1); };
        return std::sin(x(0)) + a * std::pow(std::sin(x(1)), 2) + b * std::pow(x(2), 4) * std::sin(x(0));
    };
    const double first = std::pow(1 + b * std::pow(pi, 4) / 5, 2) / 2, second = a * a / 8, both = b * b * std::pow(pi, 8) * (1.0 / 18 - 1.0 / 50);
    const double all = first + second + both;
    check_effects(found_effects(3, ishigami, {.pairs = 8192}), {(first + both) / all, second / all, both / all}, {first / all, second / all, 0});
}

namespace {

MakeMixedValue mixed(std::size_t numbers, const Function& function) {
    return [=] {
        return [=](std::uint64_t run, const std::vector<char>& taken, std::uint64_t other) {
            Point point;
            for (std::size_t i = 0; i < numbers; ++i) point.push_back(number(taken[i] ? other : run, i));
            return function(point);
        };
    };
}

std::vector<Share> found_shapley(std::size_t numbers, const Function& function, EffectOptions options = {}, std::size_t without = 0) {
    return shapley_effects(numbers + without, plain_values(numbers, function, 2 * options.pairs), mixed(numbers, function), options);
}

}  // namespace

// What two numbers do only together is halved: x y about its means has the shares of x and of y, and that of both.
TEST_CASE("exact: Shapley effects of a sum, of a product and of Ishigami's function, which add up to 1") {
    const auto check_all = [](const std::vector<Share>& found, const std::vector<double>& expected) {
        REQUIRE(found.size() == expected.size());
        double sum = 0;
        for (std::size_t i = 0; i < found.size(); ++i) check_share("shapley", found[i], expected[i]), sum += found[i].value;
        CHECK(std::abs(sum - 1) < 1e-9);
    };
    check_all(found_shapley(3, sum_of), {16.0 / 26, 9.0 / 26, 1.0 / 26});
    check_all(found_shapley(2, [](const Point& x) { return (x[0] - 0.5) * (x[1] - 0.5); }), {0.5, 0.5});
    // (1 + a u)(1 + b v) with u, v of variance 1/12: a^2/12, b^2/12, and a^2 b^2 / 144 together.
    const double a = 1.2, b = 0.6, alone_a = a * a / 12, alone_b = b * b / 12, both = alone_a * alone_b, all = alone_a + alone_b + both;
    check_all(found_shapley(2, [=](const Point& x) { return (1 + a * (x[0] - 0.5)) * (1 + b * (x[1] - 0.5)); }),
              {(alone_a + both / 2) / all, (alone_b + both / 2) / all});
    using std::numbers::pi;
    const auto ishigami = [&](const Point& u) {
        const auto x = [&](std::size_t i) { return pi * (2 * u[i] - 1); };
        return std::sin(x(0)) + 7 * std::pow(std::sin(x(1)), 2) + 0.1 * std::pow(x(2), 4) * std::sin(x(0));
    };
    const double first = std::pow(1 + 0.1 * std::pow(pi, 4) / 5, 2) / 2, second = 49.0 / 8, third = 0.01 * std::pow(pi, 8) * (1.0 / 18 - 1.0 / 50);
    const double spread = first + second + third;
    check_all(found_shapley(3, ishigami, {.pairs = 8192}), {(first + third / 2) / spread, second / spread, third / 2 / spread});
}

TEST_CASE("law: Shapley effects of groups without draws are exactly 0, and the bits are the same on any number of threads") {
    const std::vector<Share> one = found_shapley(3, sum_of, {.pairs = 1024, .threads = 1}, 2);
    REQUIRE(one.size() == 5);
    for (std::size_t i = 3; i < 5; ++i) CHECK(one[i].value == 0);
    for (const unsigned threads : {2u, 7u}) {
        const std::vector<Share> many = found_shapley(3, sum_of, {.pairs = 1024, .threads = threads}, 2);
        for (std::size_t i = 0; i < one.size(); ++i) {
            CHECK(many[i].value == one[i].value);
            CHECK(many[i].error == one[i].error);
        }
    }
}

TEST_CASE("law: a group without draws has effects that are exactly 0") {
    const std::vector<Effect> found = found_effects(3, sum_of, {}, 2);
    REQUIRE(found.size() == 5);
    for (std::size_t i = 3; i < 5; ++i) {
        CHECK(found[i].total.value == 0);
        CHECK(found[i].total.error == 0);
        CHECK(found[i].first.value == 0);
    }
}

TEST_CASE("law: the same bits on any number of threads") {
    const auto with = [](unsigned threads) { return found_effects(3, sum_of, {.pairs = 1024, .threads = threads}); };
    const std::vector<Effect> one = with(1);
    for (const unsigned threads : {2u, 7u}) {
        const std::vector<Effect> many = with(threads);
        REQUIRE(many.size() == one.size());
        for (std::size_t i = 0; i < one.size(); ++i) {
            CHECK(many[i].total.value == one[i].total.value);
            CHECK(many[i].first.value == one[i].first.value);
            CHECK(many[i].total.error == one[i].total.error);
        }
    }
}

TEST_CASE("exact: small groups stop early, and none is known less well than the worst one") {
    // Ten numbers of falling weight; many of them need but few pairs.
    const auto fading = [](const Point& x) {
        double sum = 0;
        for (std::size_t i = 0; i < x.size(); ++i) sum += std::pow(0.6, i) * x[i];
        return sum;
    };
    double all = 0;
    for (int i = 0; i < 10; ++i) all += std::pow(0.36, i);
    std::vector<double> shares;
    for (int i = 0; i < 10; ++i) shares.push_back(std::pow(0.36, i) / all);
    const std::vector<Effect> found = found_effects(10, fading, {.pairs = 4096, .at_first = 1024}), full = found_effects(10, fading);
    check_effects(found, shares, shares);
    double worst = 0;
    for (const Effect& one : full) {
        worst = std::max({worst, one.total.error, one.first.error});
        CHECK(one.pairs == 4096);
    }
    std::uint64_t pairs = 0;
    for (const Effect& one : found) {
        pairs += one.pairs;
        CHECK(std::max(one.total.error, one.first.error) < 1.5 * worst);  // errors are themselves known to a fifth
    }
    CHECK(std::any_of(found.begin(), found.end(), [](const Effect& one) { return one.pairs == 4096; }));
    CHECK(found.back().pairs == 1024);
    CHECK(pairs < 10 * 3072);
    std::uint64_t last = 0;
    EffectOptions told{.pairs = 4096, .threads = 2, .at_first = 1024};
    told.progress = [&](std::uint64_t done, std::uint64_t of) {
        CHECK(done >= last);
        CHECK(done <= of);
        last = done;
        return true;
    };
    const std::vector<Effect> again = found_effects(10, fading, told);
    for (std::size_t i = 0; i < 10; ++i) CHECK(again[i].total.value == found[i].total.value);
}

TEST_CASE("exact: runs without a value are left out, and how many pairs are left is said") {
    // A quarter of the runs has none, by a number that the value does not depend on: 3/4 of all runs, so 3/4 * 3/4 of the pairs.
    const auto often_nothing = [](const Point& x) { return x[2] < 0.25 ? NAN : 4 * x[0] + 3 * x[1]; };
    const std::vector<Effect> found = found_effects(3, often_nothing);
    check_share("total", found[0].total, 0.64);
    check_share("first", found[1].first, 0.36);
    CHECK(std::abs(found[0].conclusive - 0.5625) < 0.03);
}

TEST_CASE("law: no progress, no answer") {
    EffectOptions options{.pairs = 1024, .threads = 1};
    options.progress = [](std::uint64_t, std::uint64_t) { return false; };
    CHECK(found_effects(3, sum_of, options).empty());
}

TEST_CASE("exact: the width of a sum of normal numbers when one of them is known") {
    const auto sum = [](const Point& x) { return 3 * standard_normal_quantile(x[0]) + 4 * standard_normal_quantile(x[1]); };
    const std::vector<double> plain = plain_values(2, sum, 1 << 15);
    const std::vector<ExpectedWidth> found = widths_if_known({0, 1, 2}, plain, frozen(2, sum), 64, 64, {});
    const double normal = 2 * standard_normal_quantile(0.95);
    const std::vector<double> expected{4 * normal, 3 * normal, 5 * normal};
    REQUIRE(found.size() == 3);
    for (std::size_t i = 0; i < 3; ++i) {
        INFO(i << ": " << found[i].value << " +- " << found[i].error << ", expected " << expected[i]);
        CHECK(std::abs(found[i].value - expected[i]) <= 4 * found[i].error + 0.01 * expected[i]);
        CHECK(found[i].error < 0.05 * expected[i]);
    }
}

TEST_CASE("stat: a width has the error that it says, over many seeds") {
    const auto sum = [](const Point& x) { return standard_normal_quantile(x[0]) + 4 * standard_normal_quantile(x[1]); };
    const auto of_seed = [&](std::uint64_t seed_of) {
        return [=] {
            return [=](std::uint64_t run, std::size_t group, std::uint64_t other) {
                Point point;
                for (std::size_t i = 0; i < 2; ++i) point.push_back(Noise{seed_of, i == group ? other : run}.uniform(DrawKey{"x", "", ""}.at(i)));
                return sum(point);
            };
        };
    };
    double squares = 0;
    constexpr int seeds = 60;
    for (int k = 0; k < seeds; ++k) {
        const FrozenValue value = of_seed(100 + k)();
        std::vector<double> plain;
        for (std::uint64_t run = 0; run < 8192; ++run) plain.push_back(value(run, 2, 0));
        const ExpectedWidth found = widths_if_known({0}, plain, of_seed(100 + k), 64, 32, {.threads = 2}).front();
        squares += std::pow((found.value - 8 * standard_normal_quantile(0.95)) / found.error, 2) / seeds;
    }
    INFO("mean squared deviation in errors: " << squares);
    CHECK(squares > 0.2);
    CHECK(squares < 2);
}

TEST_CASE("exact: a value that one number decides has no width when that is known") {
    const auto only = [](const Point& x) { return x[0]; };
    const std::vector<ExpectedWidth> found = widths_if_known({0}, plain_values(1, only, 4096), frozen(1, only), 64, 64, {});
    CHECK(found[0].value == 0);
    CHECK(found[0].error == 0);
}

TEST_CASE("exact: the width of equally spaced values lies between them in proportion") {
    std::vector<double> values(99);
    std::iota(values.begin(), values.end(), 1.0);  // P5 is the fifth of 99, P95 the 95th
    CHECK(width_of(values) == doctest::Approx(90));
    std::vector<double> one{1.0};
    CHECK(std::isnan(width_of(one)));
}

}  // namespace drivers_pick_freeze_test
