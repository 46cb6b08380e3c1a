#pragma once
// Quantiles and shares of weighted particles, with errors from independent batches. Weights are whole numbers, so that sums do not depend on
// their order.

#include <railwindow/estimate/estimate.hpp>
#include <railwindow/estimate/share.hpp>

#include <cstdint>
#include <vector>

namespace railwindow {

/// One weighted time.
struct WeightedTime {
    std::int64_t time;     ///< in milliseconds
    std::uint64_t weight;  ///< a whole number
    std::size_t batch;     ///< that it belongs to
};

/// Weights up to 1 as whole numbers up to this; 2^23 of them can be summed.
inline constexpr double whole_weight = 0x1p40;

/// For each p the smallest time with at least the share p of the weight at or before it: with equal weights the value of `quantile_of`. The error is
/// half the distance of the quantiles at p -+ the standard error of the share of the weight up to it, which the batches show. Nothing where there is
/// no weight.
std::vector<Quantile> weighted_quantiles(std::vector<WeightedTime> times, const std::vector<double>& quantiles);

/// The continuous ranked probability score of weighted times against a time between two: the integral of (F - step)^2, averaged over 9 times of the
/// interval.
Duration weighted_crps(std::vector<WeightedTime> times, Instant low, Instant high);

/// The share that sum(part) is of sum(whole), by batch, with the standard error of a ratio.
/// Source: Cochran (1977), Sampling Techniques, 3rd ed., section 6.3.
Share share_by_batch(const std::vector<double>& part, const std::vector<double>& whole);

}  // namespace railwindow
