#pragma once
// Whether forecasts were right in the whole: tests of the places that what happened took in them. Where a forecast is right, its probability
// integral transform (PIT), the share of its runs before what happened, is uniform on (0, 1); one for each journey, as the times of one journey
// share its pace and are no evidence apart from each other.

#include <string>
#include <vector>

namespace railwindow {

/// Where in its forecast something lies: between these shares of the runs, as it is known between two times.
struct Pit {
    double low;     ///< share of the runs before the earliest time that it can have been
    double high;    ///< share of the runs before the latest
    double middle;  ///< one number for tests: (share n + 1/2) / (n + 1) halfway, so never 0 or 1
};

/// The Pit between `low` and `high` among `runs` runs.
Pit pit_between(double low, double high, std::size_t runs);

/// A statistic, and how likely one as large is if the forecasts are right.
struct PitTest {
    double statistic;  ///< its value
    double p;          ///< probability of that or more
};

/// How many lie wholly outside the central window of a level.
struct TailTest {
    double level;       ///< share of the runs that the window holds
    std::size_t count;  ///< how many lie beyond it
    std::size_t of;     ///< how many there are
    double p;           ///< probability of so many or more if the forecasts are right
};

/// What is wrong with a set of forecasts.
enum class ForecastFault { too_narrow, too_wide, too_early, too_late, uneven };

/// All tests of one set of final PITs.
struct PitTests {
    std::size_t journeys = 0;           ///< how many
    std::vector<TailTest> tails;        ///< beyond 98 % and 99 %
    PitTest kolmogorov_smirnov{0, 1};   ///< largest distance from uniform; exact for any number
    PitTest anderson_darling{0, 1};     ///< weighs both ends; against drawn sets of the same number
    PitTest spread{0, 1};               ///< sum of squares of their normal scores; p of so much or more: small where windows are too narrow
    PitTest shift{0, 1};                ///< mean of their normal scores times the root of their number; p of so far to either side
    std::vector<ForecastFault> faults;  ///< what these tests find at `fault_level` all together; empty: nothing
};

/// Seven questions (two tails, spread to both sides, shift to both sides, shape) share this probability of a false alarm, a seventh each.
inline constexpr double fault_level = 0.05;

/// All tests of `pits`, which are independent of each other.
PitTests pit_tests(const std::vector<Pit>& pits);

/// P(X >= count), X binomial: `of` trials, each with the probability `p`.
double binomial_tail(std::size_t count, std::size_t of, double p);

/// P(D >= distance) of the two-sided Kolmogorov-Smirnov distance of `n` uniform numbers.
/// Source: Marsaglia, Tsang, Wang (2003), Evaluating Kolmogorov's distribution, J. Stat. Softw. 8(18).   Accuracy: exact but for rounding.
double kolmogorov_smirnov_tail(double distance, std::size_t n);

/// The largest distance between the empirical distribution of `values` and the uniform one.
double kolmogorov_smirnov_distance(std::vector<double> values);

/// Anderson and Darling's A^2 of `values`, all in (0, 1). Source: Anderson, Darling (1954), J. Am. Stat. Assoc. 49, 765-769.
double anderson_darling_statistic(std::vector<double> values);

/// P(A^2 >= statistic) of `n` uniform numbers: (1 + how many of 9,999 drawn sets reach it) / 10,000, always the same draws.
/// Source: Barnard (1963), Hope (1968): a test of this size whatever n is.   Accuracy: 0.002 at p = 0.05 (one standard error).
double anderson_darling_tail(double statistic, std::size_t n);

/// P(X >= x) of a chi-square law with n degrees of freedom: the finite sum for whole n.
double chi_square_tail(double x, std::size_t n);

}  // namespace railwindow
