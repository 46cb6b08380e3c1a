#include <railwindow/score/scores.hpp>

#include <railwindow/estimate/estimate.hpp>

#include <algorithm>
#include <cmath>

namespace railwindow {
namespace {

double millis(Millis time) { return static_cast<double>(time.count()); }

// The mean of max(y - x, 0) over y uniform on the observed interval.
double mean_beyond(Millis x, const ObservedInterval& observed) {
    if (x <= observed.low) return millis(observed.low - x) + millis(observed.high - observed.low) / 2;
    if (x >= observed.high) return 0;
    const double above = millis(observed.high - x);
    return above * above / (2 * millis(observed.high - observed.low));
}

// The mean of max(x - y, 0).
double mean_short_of(Millis x, const ObservedInterval& observed) {
    return mean_beyond(x, observed) + millis(x - observed.low) - millis(observed.high - observed.low) / 2;
}

}  // namespace

Duration fair_crps(const std::vector<Millis>& sorted, const ObservedInterval& observed) {
    const double n = static_cast<double>(sorted.size());
    double distance = 0, spread = 0;
    for (std::size_t i = 0; i < sorted.size(); ++i) {
        distance += mean_beyond(sorted[i], observed) + mean_short_of(sorted[i], observed);
        spread += (2 * static_cast<double>(i) - n + 1) * millis(sorted[i] - sorted.front());  // sums of |x - x'| over pairs, from the order
    }
    return (distance / n - (n > 1 ? spread / (n * (n - 1)) : 0)) * ms;
}

Duration absolute_error(Millis stated, const ObservedInterval& observed) {
    return (mean_beyond(stated, observed) + mean_short_of(stated, observed)) * ms;
}

Duration pinball(Millis value, double p, const ObservedInterval& observed) {
    return (p * mean_beyond(value, observed) + (1 - p) * mean_short_of(value, observed)) * ms;
}

Duration winkler(Millis low, Millis high, double level, const ObservedInterval& observed) {
    const double outside = mean_short_of(low, observed) + mean_beyond(high, observed);
    return (millis(high - low) + 2 / (1 - level) * outside) * ms;
}

double share_inside(Millis low, Millis high, const ObservedInterval& observed) {
    if (observed.low == observed.high) return low <= observed.low && observed.low <= high ? 1 : 0;
    const Millis overlap = std::min(high, observed.high) - std::max(low, observed.low);
    return std::max(0.0, millis(overlap)) / millis(observed.high - observed.low);
}

double share_before(const std::vector<Millis>& sorted, Millis at) {
    return static_cast<double>(std::upper_bound(sorted.begin(), sorted.end(), at) - sorted.begin()) / static_cast<double>(sorted.size());
}

Window central_window(const std::vector<Millis>& sorted, double level) {
    return {quantile_of(sorted, (1 - level) / 2).value, quantile_of(sorted, (1 + level) / 2).value};
}

}  // namespace railwindow
