#pragma once
// Four numbers fitted to recorded journeys: one scale of all spreads of the pace, and the median pace in three countries.
//
// Maximum a posteriori under the priors beside the numbers in the practice files. The likelihood of a journey is that of a
// normal law of ln(elapsed time) at its observations together, with means and covariances from runs and the observed intervals'
// own variance added; a journey with several observations so counts what is common to them once. It is evaluated on a design
// of 25 points (centre, axes, corners), each journey's logarithm is described by a quadratic in the four numbers, and the sum of
// these and the prior is maximised by Newton's step. Three times: each design is centred on the answer before and half as wide.
// Leaving a journey out is leaving its quadratic out; where the answer then lies beyond the last design, an earlier and wider one gives it.

#include <railwindow/score/backtest.hpp>

namespace railwindow {

/// What is asked of a fit.
struct CalibrationOptions {
    std::uint64_t runs = 1024;      ///< for each journey and point of the design
    double ordinary_weight = 0.25;  ///< of the likelihood of an ordinary train: it stops elsewhere and waits for others; judgement
    BacktestOptions score;          ///< how the backtests around the fit are made
};

/// One fitted number.
struct Fitted {
    std::string name;        ///< `spread`, or the country whose median pace it is
    double prior_deviation;  ///< of ln(factor) before the fit
    double factor;           ///< fitted to all journeys
    double deviation;        ///< of ln(factor) after the fit
    double lowest;           ///< factor of the fits that leave one journey out
    double highest;          ///< of the same fits
};

/// The fit, and what it does to the score of journeys that it has not seen.
struct Calibration {
    std::vector<Fitted> fitted;  ///< the spread first, then the countries
    Backtest plain;              ///< all factors 1
    Backtest left_out;           ///< every journey by the fit to the others
    bool improves = false;       ///< whether the left-out score is better than the plain one; only then is the fit to be used
    bool stopped_early = false;  ///< whether the progress callback stopped it
};

/// The fit to `scenarios`, and what it is worth.
/// Throws: InputError where no practice file gives priors, for fewer than 100 runs, without a special train to be scored or a second journey to
/// be fitted to; and as `backtest`.
Calibration calibrate(const std::vector<Scenario>& scenarios, const CalibrationOptions& options = {});

}  // namespace railwindow
