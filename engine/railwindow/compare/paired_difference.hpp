#pragma once
// Two variants on the same draws: run r of one and run r of the other differ by the change alone, so their difference is known far
// better than either arrival.

#include <railwindow/estimate/estimate.hpp>
#include <railwindow/estimate/share.hpp>

#include <cstdint>
#include <optional>
#include <vector>

namespace railwindow {

/// By how much one quantile of the arrivals lies later than the base's, with one standard error that knows of the pairing.
struct QuantileShift {
    double p;                         ///< in (0, 1)
    Millis value{};                   ///< later is positive
    std::optional<Duration> error{};  ///< unknown where the runs are too few
};

/// Arrivals of a variant minus those of its base, run by run. Quantiles of the difference are not differences of quantiles: the first say how much
/// later one journey would have been, the second how far the window moves.
struct PairedDifference {
    std::uint64_t pairs = 0;               ///< runs in which both arrive; difference and shift are over these
    std::vector<Quantile> difference;      ///< empty without pairs, as is `shift`
    Duration mean{};                       ///< later is positive
    std::optional<Duration> mean_error{};  ///< unknown for fewer than two pairs
    std::vector<QuantileShift> shift;      ///< quantiles of the variant minus those of the base
    Share earlier{};                       ///< share of all runs in which the variant comes first, or alone
    Share later{};                         ///< share of all runs in which it comes last, or not at all
};

/// The difference between two columns of arrivals (milliseconds; PointSamples::never where a run does not arrive) of the same runs.
///
/// Errors. Mean: s / sqrt(n) of the differences. Quantiles of the difference: as of any sample (estimate.hpp). Shift of quantile p: with the errors
/// a and b of the two quantiles and the correlation c, over the runs, of "at or below it in the variant" with "at or below it in the base", it
/// is sqrt(a^2 + b^2 - 2 a b c); c is 1 where the variant only moves every arrival alike, and 0 for unpaired draws.
/// Source: Bahadur's representation of a quantile as a mean of such indicators (1966), Ann. Math. Stat. 37, 577-580.
/// Accuracy: within 15 % of the spread over 300 seeds; for changes of a fiftieth of the window some 30 % too large
/// (tests/compare/paired_difference_test.cpp).
PairedDifference paired_difference(const std::vector<std::int64_t>& variant, const std::vector<std::int64_t>& base,
                                   const std::vector<double>& quantiles);

}  // namespace railwindow
