#pragma once
// Forecasts scored against recorded journeys. Every score is relative to the time that the train took, averaged over the
// observations of a journey and then over journeys, so that a journey seen often weighs no more than another.

#include <railwindow/score/forecast.hpp>

#include <optional>
#include <string>
#include <vector>

namespace railwindow {

/// Intervals wider than this are only said to be consistent or not.
inline constexpr Millis widest_scored = std::chrono::hours{3};
/// An observation that is not scored is consistent when its bounds reach into the central window of this level. Judgement.
inline constexpr double consistent_level = 0.95;

/// What is asked of a backtest.
struct BacktestOptions {
    std::uint64_t runs = 16384;
    std::uint64_t seed = 1;
    unsigned threads = 0;
    std::vector<double> levels{0.5, 0.8, 0.9};
    Progress progress;
};

/// How the central window of one level did.
struct LevelScore {
    double level;
    Window window;   ///< since the epoch
    double inside;   ///< share of the observed interval
    double winkler;  ///< relative to the elapsed time, as is `width`
    double width;
};

/// The pinball loss of one quantile.
struct PinballScore {
    double p, loss;  ///< relative to the elapsed time
};

/// What the press said, and how well.
struct PressScore {
    PressForecast forecast;
    double crps;
};

/// The scores of one observation; relative to the elapsed time.
struct FullScore {
    ObservedInterval observed;  ///< since the epoch
    Duration elapsed;           ///< from the middle of the known departure to the middle of the interval
    double crps;
    std::vector<LevelScore> levels;
    std::vector<PinballScore> pinball;
    double pit_low, pit_high;  ///< shares of the runs before the interval's bounds
    double sixty_crps;         ///< of distance over 60 km/h plus fixed stands
    double lognormal_crps;     ///< of a lognormal around the countries' mean speeds in the other journeys
    std::vector<PressScore> press;
};

/// One observation, its forecast, and its scores where it counts.
struct TargetScore {
    std::string scenario, from;
    Instant start;
    Target target;
    double probability;          ///< share of the runs that reach it
    std::vector<Quantile> time;  ///< at 0.05, 0.5 and 0.95, since the epoch
    double agreeing;             ///< share of the runs within what was observed
    bool consistent;             ///< whether the observed bounds reach into the central 95 % of the runs
    std::optional<FullScore> full;
};

/// How many observations lie in windows of one level, and the central 95 % of the counts that the model's own joint draws give.
struct Coverage {
    double level, covered;
    std::size_t of;
    double low, high;
};

/// Mean scores of several observations.
struct Summary {
    std::size_t journeys = 0, observations = 0;
    double crps = 0, sixty_crps = 0, lognormal_crps = 0;  ///< relative
    std::vector<LevelScore> levels;                       ///< means of inside, winkler and width; no window
    std::vector<PinballScore> pinball;
};

/// Those of the observations in one country.
struct CountrySummary {
    std::string country;
    Summary summary;
};

/// The press against the model, on the observations of which both said something.
struct PressSummary {
    std::size_t forecasts = 0;
    double press_crps = 0, model_crps = 0;
};

/// What became of the forecasts: scores of every target, their sums, and the coverage against the model's own bands.
struct Backtest {
    std::uint64_t runs = 0, seed = 0;
    bool stopped_early = false;
    std::vector<TargetScore> targets;      ///< of special trains: the order of the scenarios, and of each journey
    std::vector<TargetScore> calibrating;  ///< of ordinary trains: never counted
    std::vector<Coverage> coverage;
    Summary all;
    std::vector<CountrySummary> by_country;
    PressSummary press;
    std::vector<double> pit;  ///< how many observations have their share of earlier runs in each tenth
};

/// The scores of what the model says of `scenarios`, each with the paces of its trial (by name of the scenario) where there is one.
/// Throws: InputError, Infeasible, as `forecasts_of` and `run_forecast`.
Backtest backtest(const std::vector<Scenario>& scenarios, const BacktestOptions& options = {}, const std::map<std::string, PaceTrial>& trials = {});

/// Whether an observation is scored in full.
bool counts(const Observation& observed);

}  // namespace railwindow
