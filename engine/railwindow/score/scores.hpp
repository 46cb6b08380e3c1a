#pragma once
// How good a forecast was, against a time that is known between two bounds. A forecast is a set of runs: sorted, equally likely times.
// The observed time is taken as uniform between its bounds, and every score is its mean over them; equal bounds are an exact time.
// Lower is better for all scores.

#include <railwindow/core/clock.hpp>

#include <vector>

namespace railwindow {

/// Between these bounds the thing happened.
struct ObservedInterval {
    Millis low;   ///< not before
    Millis high;  ///< not after
    /// The time halfway between them.
    Millis middle() const { return low + (high - low) / 2; }
};

/// The fair continuous ranked probability score: mean |x - y| less half the mean |x - x'| over different runs.
/// Source: Ferro (2014), Fair scores for ensemble forecasts, Q. J. R. Meteorol. Soc. 140, 1917-1923.   Cost: O(n).
Duration fair_crps(const std::vector<Millis>& sorted, const ObservedInterval& observed);

/// Mean |x - y| of one stated time.
Duration absolute_error(Millis stated, const ObservedInterval& observed);

/// The pinball loss of `value` as the quantile `p`.
/// Source: Koenker, Bassett (1978), Econometrica 46, 33-50.
Duration pinball(Millis value, double p, const ObservedInterval& observed);

/// The width of [low, high] plus 2/alpha times what the observation lies outside; alpha = 1 - level.
/// Source: Winkler (1972); Gneiting, Raftery (2007), J. Am. Stat. Assoc. 102, 359-378, equation 43.
Duration winkler(Millis low, Millis high, double level, const ObservedInterval& observed);

/// The share of the observed interval that lies in [low, high].
double share_inside(Millis low, Millis high, const ObservedInterval& observed);

/// The share of the runs at or before `at`.
double share_before(const std::vector<Millis>& sorted, Millis at);

/// Bounds of the central window that holds the share `level` of the runs: order statistics, as everywhere.
struct Window {
    Millis low;   ///< its lower bound
    Millis high;  ///< its upper bound
};
/// That window of `sorted`.
Window central_window(const std::vector<Millis>& sorted, double level);

}  // namespace railwindow
