#include <railwindow/score/log_score.hpp>

#include <railwindow/estimate/estimate.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace railwindow {
namespace {

constexpr Duration least_blur = 30 * s;

double hours(Millis time) { return to_duration(time) / h; }

// From `low` to `high`, in units of the law's own width.
double normal_between(double low, double high) { return (std::erfc(low / std::numbers::sqrt2) - std::erfc(high / std::numbers::sqrt2)) / 2; }
double cauchy_between(double low, double high) { return (std::atan(high) - std::atan(low)) / std::numbers::pi; }
double normal_density(double z) { return std::exp(-z * z / 2) / std::sqrt(2 * std::numbers::pi); }
double cauchy_density(double z) { return 1 / (std::numbers::pi * (1 + z * z)); }

}  // namespace

Duration blur(const std::vector<Millis>& sorted) {
    double sum = 0, squares = 0;
    const double n = static_cast<double>(sorted.size());
    for (const Millis time : sorted) {
        const double x = hours(time - sorted.front());
        sum += x;
        squares += x * x;
    }
    const double deviation = std::sqrt(std::max(0.0, squares / n - sum / n * (sum / n)));
    const Window half = central_window(sorted, 0.5);
    const double width = 0.9 * std::min(deviation, hours(half.high - half.low) / 1.34) * std::pow(n, -0.2);
    return std::max(least_blur, width * h);
}

double log_score(const std::vector<Millis>& sorted, const ObservedInterval& observed) {
    const double n = static_cast<double>(sorted.size()), width = blur(sorted) / h, length = hours(observed.high - observed.low);
    const Window half = central_window(sorted, 0.5);
    const double far = std::max(width, hours(half.high - half.low));
    // The mean density over the interval of a law about `centre`.
    const auto mean = [&](Millis centre, double scale, auto between, auto density) {
        const double low = hours(observed.low - centre) / scale, high = hours(observed.high - centre) / scale;
        return length > 0 ? between(low, high) / length : density(low) / scale;
    };
    double sum = mean(quantile_of(sorted, 0.5).value, far, cauchy_between, cauchy_density);
    for (const Millis run : sorted) sum += mean(run, width, normal_between, normal_density);
    return -std::log(sum / (n + 1));
}

}  // namespace railwindow
