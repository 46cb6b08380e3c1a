#include <railwindow/compare/paired_difference.hpp>

#include <railwindow/estimate/samples.hpp>
#include <railwindow/estimate/sort_times.hpp>

#include <algorithm>
#include <cmath>

namespace railwindow {
namespace {

// The runs in which both arrive, in order of the runs.
struct Pairs {
    std::vector<Millis> variant, base;
};

double share_at_most(const std::vector<Millis>& values, Millis bound) {
    const auto count = std::count_if(values.begin(), values.end(), [&](Millis value) { return value <= bound; });
    return static_cast<double>(count) / static_cast<double>(values.size());
}

// How "at or below its quantile" goes together in the two.
double correlation(const Pairs& pairs, Millis variant_bound, Millis base_bound) {
    std::size_t both = 0;
    for (std::size_t i = 0; i < pairs.base.size(); ++i) both += pairs.variant[i] <= variant_bound && pairs.base[i] <= base_bound;
    const double p = share_at_most(pairs.variant, variant_bound), q = share_at_most(pairs.base, base_bound);
    const double spread = std::sqrt(p * (1 - p) * q * (1 - q));
    return spread > 0 ? (static_cast<double>(both) / static_cast<double>(pairs.base.size()) - p * q) / spread : 0.0;
}

QuantileShift shift_of(const Pairs& pairs, const std::vector<Millis>& sorted_variant, const std::vector<Millis>& sorted_base, double p) {
    const Quantile variant = quantile_of(sorted_variant, p), base = quantile_of(sorted_base, p);
    QuantileShift shift{p, variant.value - base.value};
    if (variant.error && base.error) {
        const double a = to_duration(*variant.error) / s, b = to_duration(*base.error) / s;
        shift.error = std::sqrt(std::max(0.0, a * a + b * b - 2 * a * b * correlation(pairs, variant.value, base.value))) * s;
    }
    return shift;
}

void set_mean(PairedDifference& result, const std::vector<Millis>& differences) {
    const double n = static_cast<double>(differences.size());
    double sum = 0, squares = 0;
    for (const Millis d : differences) sum += to_duration(d) / s;
    const double mean = sum / n;
    for (const Millis d : differences) squares += (to_duration(d) / s - mean) * (to_duration(d) / s - mean);
    result.mean = mean * s;
    if (differences.size() > 1) result.mean_error = std::sqrt(squares / (n - 1) / n) * s;
}

}  // namespace

PairedDifference paired_difference(const std::vector<std::int64_t>& variant, const std::vector<std::int64_t>& base,
                                   const std::vector<double>& quantiles) {
    Pairs pairs;
    std::vector<Millis> differences;
    std::uint64_t earlier = 0, later = 0;
    for (std::size_t run = 0; run < base.size(); ++run) {
        const bool arrives = variant[run] != PointSamples::never, base_arrives = base[run] != PointSamples::never;
        earlier += arrives && (!base_arrives || variant[run] < base[run]);
        later += base_arrives && (!arrives || variant[run] > base[run]);
        if (!arrives || !base_arrives) continue;
        pairs.variant.push_back(Millis{variant[run]});
        pairs.base.push_back(Millis{base[run]});
        differences.push_back(Millis{variant[run] - base[run]});
    }
    PairedDifference result;
    result.pairs = differences.size();
    result.earlier = share_of(earlier, base.size());
    result.later = share_of(later, base.size());
    if (differences.empty()) return result;
    set_mean(result, differences);
    sort_times(differences);
    std::vector<Millis> sorted_variant = pairs.variant, sorted_base = pairs.base;
    sort_times(sorted_variant);
    sort_times(sorted_base);
    for (const double p : quantiles) {
        result.difference.push_back(quantile_of(differences, p));
        result.shift.push_back(shift_of(pairs, sorted_variant, sorted_base, p));
    }
    return result;
}

}  // namespace railwindow
