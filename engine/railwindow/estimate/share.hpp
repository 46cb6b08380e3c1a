#pragma once

#include <cstdint>

namespace railwindow {

/// A share of the runs, with one standard error.
struct Share {
    double value = 0;  ///< 0 to 1
    double error = 0;  ///< one standard error
};

/// `count` of `runs`. Its error is that of a binomial share, sqrt(p (1 - p) / n).
Share share_of(std::uint64_t count, std::uint64_t runs);

/// The lower end of the score interval of one standard error around the share `count` of `runs`: unlike p minus its error it stays below 1
/// when all runs agree (n / (n + 1)).   Source: Wilson (1927), J. Amer. Stat. Assoc. 22, 209-212.
double lower_bound(std::uint64_t count, std::uint64_t runs);

/// The fewest of `runs` runs whose lower bound is at least `confidence`; runs + 1 where even all are too few.
std::uint64_t fewest_for(double confidence, std::uint64_t runs);

}  // namespace railwindow
