#pragma once
// Forecasts scored against recorded journeys. Every score is relative to the time that the train took, averaged over the
// observations of a journey and then over journeys, so that a journey seen often weighs no more than another. Journeys that the
// numbers of networks and practice knew, and those that they did not know, are never put into one mean.

#include <railwindow/score/forecast.hpp>
#include <railwindow/score/pit_tests.hpp>

#include <optional>
#include <set>
#include <string>
#include <vector>

namespace railwindow {

/// Intervals wider than this are only said to be consistent or not.
inline constexpr Millis widest_scored = std::chrono::hours{3};
/// An observation that is not scored is consistent when its bounds reach into the central window of this level. Judgement.
inline constexpr double consistent_level = 0.95;

/// What is asked of a backtest.
struct BacktestOptions {
    std::uint64_t runs = 16384;                 ///< of each forecast
    std::uint64_t seed = 1;                     ///< of the draws
    unsigned threads = 0;                       ///< 0: one per core
    std::vector<double> levels{0.5, 0.8, 0.9};  ///< shares of the runs that the central windows hold
    std::set<std::string> unseen{};             ///< scenarios, by name, whose journeys the numbers did not know; all others are taken to be known
    Progress progress{};                        ///< empty: nobody is told
    SharedWork* work = nullptr;                 ///< runs shared out among processes; of a part there are no scores
};

/// How the central window of one level did.
struct LevelScore {
    double level;    ///< share of the runs that the window holds
    Window window;   ///< since the epoch
    double inside;   ///< share of the observed interval
    double winkler;  ///< relative to the elapsed time, as is `width`
    double width;    ///< of the window, relative to the elapsed time
};

/// The pinball loss of one quantile.
struct PinballScore {
    double p;     ///< the quantile, in (0, 1)
    double loss;  ///< relative to the elapsed time
};

/// What the press said, and how well.
struct PressScore {
    PressForecast forecast;  ///< what was said
    double crps;             ///< relative to the elapsed time
};

/// The scores of one observation; relative to the elapsed time.
struct FullScore {
    ObservedInterval observed;          ///< since the epoch
    Duration elapsed;                   ///< from the earliest possible departure to the middle of the interval
    double crps;                        ///< of the model
    double log_score;                   ///< of the model, in nats; not relative
    std::vector<LevelScore> levels;     ///< one entry for each of BacktestOptions::levels
    std::vector<PinballScore> pinball;  ///< at 0.05, 0.5 and 0.95
    double sixty_crps;                  ///< of distance over 60 km/h plus fixed stands
    double lognormal_crps;              ///< of a lognormal around the countries' mean speeds in the other journeys
    double lognormal_log_score;         ///< of the same, in nats
    std::vector<PressScore> press;      ///< of the press forecasts of this place
};

/// One observation, its forecast, and its scores where it counts.
struct TargetScore {
    std::string scenario;           ///< its name
    bool known;                     ///< whether the numbers knew the journey, or may have
    std::string from;               ///< name of the station where the forecast starts
    Instant start;                  ///< when it starts
    Target target;                  ///< what was forecast
    double probability;             ///< share of the runs that reach it
    std::vector<Quantile> time;     ///< at 0.05, 0.5 and 0.95, since the epoch
    double agreeing;                ///< share of the runs within what was observed
    Pit pit;                        ///< where in its forecast it lies; an open side is 0 or 1
    bool consistent;                ///< whether the observed bounds reach into the central 95 % of the runs
    std::optional<FullScore> full;  ///< empty where it only is consistent or not
};

/// How many observations lie in windows of one level, and the central 95 % of the counts that the model's own joint draws give.
struct Coverage {
    double level;    ///< share of the runs that the window holds
    double covered;  ///< how many observations lie in it; a part of an interval counts as that part
    std::size_t of;  ///< how many observations there are
    double low;      ///< lower end of the model's own band of `covered`
    double high;     ///< upper end of that band
};

/// Mean scores of several observations.
struct Summary {
    std::size_t journeys = 0;           ///< how many
    std::size_t observations = 0;       ///< how many
    double crps = 0;                    ///< of the model, relative to the elapsed time
    double sixty_crps = 0;              ///< of distance over 60 km/h plus fixed stands
    double lognormal_crps = 0;          ///< of a lognormal around the countries' mean speeds
    std::vector<LevelScore> levels;     ///< means of inside, winkler and width; no window
    std::vector<PinballScore> pinball;  ///< means, by quantile
};

/// Those of the observations in one country.
struct CountrySummary {
    std::string country;  ///< ISO 3166 code
    Summary summary;      ///< of its observations
};

/// The press against the model, on the observations of which both said something.
struct PressSummary {
    std::size_t forecasts = 0;  ///< how many
    double press_crps = 0;      ///< mean of the press, relative to the elapsed time
    double model_crps = 0;      ///< mean of the model on the same observations
};

/// A mean over journeys.
struct Mean {
    double value = 0;             ///< of the journeys
    std::optional<double> error;  ///< one standard error: deviation from journey to journey over the root of their number; empty: one journey
};

/// The scores of one journey.
struct JourneyScore {
    std::string scenario;             ///< its name
    std::size_t observations;         ///< how many count
    double crps, lognormal_crps;      ///< fair, relative to the elapsed time, means of its observations
    double log_score, lognormal_log;  ///< nats per observation
    std::string station;              ///< name of the place of the last observation that counts
    Pit pit;                          ///< where in its forecast that lies
};

/// Sums over journeys that the numbers knew alike.
struct ScoreGroup {
    std::vector<Coverage> coverage;          ///< one entry for each of BacktestOptions::levels
    Summary all;                             ///< means over all observations that are scored in full
    std::vector<CountrySummary> by_country;  ///< the same by country of the station
    PressSummary press;                      ///< where the press said something, too
    std::vector<double> pit;                 ///< how many observations have their share of earlier runs in each tenth
    std::vector<JourneyScore> journeys;      ///< in the order of the scenarios; those of which nothing counts are left out
    Mean crps;                               ///< of the journeys
    Mean log_score;                          ///< of the journeys, in nats
    Mean crps_gain;                          ///< by how much the lognormal's CRPS is larger, journey by journey
    PitTests tests;                          ///< of the journeys' final observations
    std::size_t uncounted = 0;               ///< observations that are only consistent or not
    std::size_t consistent = 0;              ///< how many of these are
};

/// What became of the forecasts: scores of every target and, apart for journeys known and unknown to the numbers, their sums.
struct Backtest {
    std::uint64_t runs = 0;                ///< of each forecast
    std::uint64_t seed = 0;                ///< of the draws
    bool stopped_early = false;            ///< whether the progress callback stopped it
    std::vector<TargetScore> targets;      ///< of special trains: the order of the scenarios, and of each journey
    std::vector<TargetScore> calibrating;  ///< of ordinary trains: never counted
    ScoreGroup known;                      ///< journeys that the numbers knew or may have known (BacktestOptions::unseen)
    ScoreGroup unseen;                     ///< journeys that they did not know
};

/// The scores of what the model says of `scenarios`, each with the paces of its trial (by name of the scenario) where there is one.
/// Throws: InputError, Infeasible, as `forecasts_of` and `run_forecast`.
Backtest backtest(const std::vector<Scenario>& scenarios, const BacktestOptions& options = {}, const std::map<std::string, PaceTrial>& trials = {});

/// Whether an observation is scored in full.
bool counts(const Observation& observed);

}  // namespace railwindow
