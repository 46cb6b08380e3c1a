#include <railwindow/score/pit_tests.hpp>

#include <railwindow/core/distribution.hpp>
#include <railwindow/core/noise.hpp>

#include <Eigen/Dense>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace railwindow {
namespace {

using Matrix = Eigen::MatrixXd;

double normal_tail(double z) { return std::erfc(z / std::numbers::sqrt2) / 2; }

// `base` to the power n, kept near 1 by powers of ten that go to `exponent`.
Matrix scaled_power(const Matrix& base, std::size_t n, int& exponent) {
    if (n == 1) return base;
    int half = 0;
    const Matrix root = scaled_power(base, n / 2, half);
    Matrix power = root * root;
    exponent += 2 * half;
    if (n % 2 == 1) power = power * base;
    const Eigen::Index middle = base.rows() / 2;
    if (power(middle, middle) > 1e140) {
        power *= 1e-140;
        exponent += 140;
    }
    return power;
}

// The matrix H of Marsaglia, Tsang and Wang for k - h = n d.
Matrix durbin_matrix(std::size_t k, double h) {
    const auto m = static_cast<Eigen::Index>(2 * k - 1);
    Matrix H = Matrix::Zero(m, m);
    for (Eigen::Index i = 0; i < m; ++i)
        for (Eigen::Index j = 0; j < m; ++j)
            if (i - j + 1 >= 0) H(i, j) = 1;
    for (Eigen::Index i = 0; i < m; ++i) {
        H(i, 0) -= std::pow(h, static_cast<double>(i + 1));
        H(m - 1, i) -= std::pow(h, static_cast<double>(m - i));
    }
    H(m - 1, 0) += 2 * h - 1 > 0 ? std::pow(2 * h - 1, static_cast<double>(m)) : 0;
    for (Eigen::Index i = 0; i < m; ++i)
        for (Eigen::Index j = 0; j < m; ++j)
            for (Eigen::Index g = 1; g <= i - j + 1; ++g) H(i, j) /= static_cast<double>(g);
    return H;
}

TailTest tail_test(const std::vector<Pit>& pits, double level) {
    TailTest test{level, 0, pits.size(), 1};
    for (const Pit& pit : pits) test.count += pit.high < (1 - level) / 2 || pit.low > (1 + level) / 2 ? 1 : 0;
    test.p = binomial_tail(test.count, test.of, 1 - level);
    return test;
}

std::vector<ForecastFault> faults_of(const PitTests& tests) {
    const double each = fault_level / 7;
    std::vector<ForecastFault> faults;
    const bool tails = std::any_of(tests.tails.begin(), tests.tails.end(), [&](const TailTest& tail) { return tail.p < each; });
    if (tails || tests.spread.p < each) faults.push_back(ForecastFault::too_narrow);
    if (!tails && tests.spread.p > 1 - each) faults.push_back(ForecastFault::too_wide);
    if (tests.shift.p < 2 * each) faults.push_back(tests.shift.statistic > 0 ? ForecastFault::too_early : ForecastFault::too_late);
    if (faults.empty() && tests.anderson_darling.p < each) faults.push_back(ForecastFault::uneven);
    return faults;
}

}  // namespace

Pit pit_between(double low, double high, std::size_t runs) {
    const double n = static_cast<double>(runs);
    return {low, high, ((low + high) / 2 * n + 0.5) / (n + 1)};
}

double binomial_tail(std::size_t count, std::size_t of, double p) {
    double below = 0, term = std::pow(1 - p, static_cast<double>(of));
    double tail = 0;
    for (std::size_t k = 0; k <= of; ++k) {
        (k < count ? below : tail) += term;
        term *= static_cast<double>(of - k) / static_cast<double>(k + 1) * p / (1 - p);
    }
    return count == 0 ? 1 : tail;  // the sum of the small terms keeps their digits
}

double kolmogorov_smirnov_distance(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    const double n = static_cast<double>(values.size());
    double distance = 0;
    for (std::size_t i = 0; i < values.size(); ++i)
        distance = std::max({distance, values[i] - static_cast<double>(i) / n, static_cast<double>(i + 1) / n - values[i]});
    return distance;
}

double kolmogorov_smirnov_tail(double distance, std::size_t n) {
    const double scaled = static_cast<double>(n) * distance;
    if (n == 0 || distance <= 0) return 1;
    if (distance >= 1) return 0;
    const std::size_t k = static_cast<std::size_t>(scaled) + 1;
    const Matrix H = durbin_matrix(k, static_cast<double>(k) - scaled);
    int exponent = 0;
    double p = scaled_power(H, n, exponent)(static_cast<Eigen::Index>(k - 1), static_cast<Eigen::Index>(k - 1));
    for (std::size_t i = 1; i <= n; ++i) {
        p *= static_cast<double>(i) / static_cast<double>(n);
        if (p < 1e-140) {
            p *= 1e140;
            exponent -= 140;
        }
    }
    return std::clamp(1 - p * std::pow(10.0, exponent), 0.0, 1.0);
}

double anderson_darling_statistic(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    const double n = static_cast<double>(values.size());
    double sum = 0;
    for (std::size_t i = 0; i < values.size(); ++i)
        sum += (2 * static_cast<double>(i) + 1) * (std::log(values[i]) + std::log1p(-values[values.size() - 1 - i]));
    return values.empty() ? 0 : -n - sum / n;
}

double anderson_darling_tail(double statistic, std::size_t n) {
    if (n == 0) return 1;
    constexpr std::uint64_t sets = 9'999;
    const DrawKey key{"anderson-darling", "", ""};
    std::uint64_t reached = 1;
    std::vector<double> drawn(n);
    for (std::uint64_t set = 0; set < sets; ++set) {
        for (std::size_t i = 0; i < n; ++i) drawn[i] = Noise{1, set}.uniform(key.at(i));
        reached += anderson_darling_statistic(drawn) >= statistic ? 1 : 0;
    }
    return static_cast<double>(reached) / static_cast<double>(sets + 1);
}

// Q(n) = Q(n - 2) + (x/2)^(n/2 - 1) exp(-x/2) / Gamma(n/2), from Q(1) = erfc(sqrt(x/2)) and Q(2) = exp(-x/2).
double chi_square_tail(double x, std::size_t n) {
    if (n == 0) return x > 0 ? 0 : 1;
    if (x <= 0) return 1;
    const double half = x / 2;
    const bool odd = n % 2 == 1;
    double tail = odd ? std::erfc(std::sqrt(half)) : std::exp(-half);
    for (std::size_t k = odd ? 3 : 4; k <= n; k += 2) {
        const double a = static_cast<double>(k) / 2;
        tail += std::exp((a - 1) * std::log(half) - half - std::lgamma(a));
    }
    return std::min(1.0, tail);
}

PitTests pit_tests(const std::vector<Pit>& pits) {
    PitTests tests;
    tests.journeys = pits.size();
    for (const double level : {0.98, 0.99}) tests.tails.push_back(tail_test(pits, level));
    if (pits.empty()) return tests;
    std::vector<double> middles;
    double sum = 0, squares = 0;
    for (const Pit& pit : pits) {
        middles.push_back(pit.middle);
        const double z = standard_normal_quantile(pit.middle);
        sum += z;
        squares += z * z;
    }
    const double distance = kolmogorov_smirnov_distance(middles), weighed = anderson_darling_statistic(middles);
    tests.kolmogorov_smirnov = {distance, kolmogorov_smirnov_tail(distance, pits.size())};
    tests.anderson_darling = {weighed, anderson_darling_tail(weighed, pits.size())};
    tests.spread = {squares, chi_square_tail(squares, pits.size())};
    const double shift = sum / std::sqrt(static_cast<double>(pits.size()));
    tests.shift = {shift, 2 * normal_tail(std::abs(shift))};
    tests.faults = faults_of(tests);
    return tests;
}

}  // namespace railwindow
