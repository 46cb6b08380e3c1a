#pragma once
// The logarithmic score of a forecast that is a set of runs.

#include <railwindow/score/scores.hpp>

namespace railwindow {

/// Minus the logarithm of the forecast's probability per hour, in the mean over the observed interval; lower is better, in nats.
/// The forecast's density is that of its runs, each blurred by a normal law of `blur(sorted)`, and of one run more: a Cauchy law about their median,
/// as wide as their central half. So no score is infinite, and what lies far outside costs ln(runs) and more.
/// Source: Good (1952), J. R. Stat. Soc. B 14, 107-114; interval: the probability of what was observed over its length.   Cost: O(n).
double log_score(const std::vector<Millis>& sorted, const ObservedInterval& observed);

/// How far each run is blurred: 0.9 min(standard deviation, quartile distance / 1.34) n^(-1/5), but at least half a minute, as times are told
/// in minutes. Source: Silverman (1986), Density Estimation, equation 3.31.
Duration blur(const std::vector<Millis>& sorted);

}  // namespace railwindow
