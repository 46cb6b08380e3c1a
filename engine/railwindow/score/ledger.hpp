#pragma once
// Forecasts kept as they were made, to be scored when it is known what happened, without running them again.

#include <railwindow/core/error.hpp>
#include <railwindow/estimate/depart_by.hpp>
#include <railwindow/estimate/estimate.hpp>
#include <railwindow/inference/infer.hpp>
#include <railwindow/score/pit_tests.hpp>
#include <railwindow/score/scores.hpp>
#include <railwindow/simulation/model.hpp>

#include <optional>
#include <string>
#include <vector>

namespace railwindow {

/// The quantiles that a ledger keeps of every time: 0.005, each hundredth, 0.025 and 0.975, 0.995.
const std::vector<double>& ledger_levels();

/// What was forecast of one place.
struct LedgerTarget {
    std::string station, name;       ///< id and name
    std::string event;               ///< `arrive`, `depart` or `pass`
    std::string time_zone;           ///< of the station, IANA name
    double probability = 1;          ///< share of the runs that reach it
    std::vector<Instant> quantiles;  ///< one for each of the forecast's levels, ascending
};

/// How likely a departure is in time.
struct LedgerTrial {
    Instant depart;  ///< from the origin
    double in_time;  ///< share of the runs that are there by the deadline
};

/// What `depart-by` said.
struct LedgerDeadline {
    std::string from, from_zone;      ///< id of the origin and its time zone
    std::string station, time_zone;   ///< where it is to be, and that place's zone
    Instant deadline;                 ///< by when
    double confidence = 0;            ///< that was asked for
    Instant latest;                   ///< the latest departure that is good enough
    std::vector<LedgerTrial> trials;  ///< in order of departure
};

/// One line of a ledger.
struct LedgerForecast {
    Place place;                                         ///< where it is kept
    std::string command;                                 ///< that made it
    Instant made;                                        ///< when it was written down
    Instant as_of{};                                     ///< nothing that became known later was used; 1970: then it was made
    std::string version;                                 ///< of the program
    std::string model;                                   ///< hash of all that the scenario's files say (digest_of)
    std::uint64_t seed = 0, runs = 0;                    ///< of the draws
    std::string scenario, question;                      ///< its name, and what it asks
    std::vector<std::string> changes;                    ///< in how far it differs from its file
    Instant start;                                       ///< the earliest possible departure
    std::vector<double> levels;                          ///< of the quantiles
    std::vector<LedgerTarget> targets;                   ///< in the order of the way
    std::vector<std::pair<std::string, double>> routes;  ///< ways with their probabilities, where there are several
    std::optional<LedgerDeadline> deadline;              ///< of `depart-by`
};

/// What `run` forecasts, for the ledger. `windows` has to hold the quantiles of `ledger_levels`. When it was made, by which program, and of which
/// files, is left to the caller.
LedgerForecast ledger_forecast(const Model& model, const Estimate& windows);
/// What `infer` says, for the ledger: windows given what was seen, and the probabilities of destinations as routes. `inference` has to hold the
/// quantiles of `ledger_levels`.
LedgerForecast ledger_forecast(const Model& model, const Inference& inference, const InferOptions& options);
/// What `depart-by` says, for the ledger.
LedgerForecast ledger_forecast(const Model& model, const DepartBy& answer);

/// What became known of a journey.
struct LedgerObservation {
    std::string journey;                               ///< name of the scenario that was forecast
    std::string station;                               ///< id
    std::string event;                                 ///< `arrive`, `depart` or `pass`
    std::optional<Instant> low, high;                  ///< it lies between; equal where it is exact
    std::optional<WrittenTime> local_low, local_high;  ///< the same, where they are local to the place that the forecast knows
    std::string source;                                ///< who says so
    Place place;                                       ///< where it is written
};

/// One forecast time, scored.
struct LedgerScore {
    std::size_t forecast, target;  ///< whose: indices into the forecasts and the targets of one
    std::size_t observation;       ///< by what
    ObservedInterval observed;     ///< since the epoch
    bool beforehand;               ///< whether the forecast was made before it happened
    Millis lead;                   ///< from when it was made to the middle of the observed interval; negative: afterwards
    Duration elapsed;              ///< from the earliest possible departure to the middle of the observed interval
    double crps;                   ///< relative to that
    double log_score;              ///< nats
    Pit pit;                       ///< where in the forecast it lies
    Window central;                ///< that holds 90 %
    double inside;                 ///< share of the observed interval in it
};

/// One answer of `depart-by`, scored: the train left and came, in time or not.
struct DeadlineScore {
    std::size_t forecast;       ///< whose
    std::size_t left, arrived;  ///< observations
    bool beforehand;            ///< whether it was made before the train left
    double said;                ///< probability of being in time, leaving then
    bool in_time;               ///< whether it was
    double brier;               ///< squared difference. Source: Brier (1950), Mon. Weather Rev. 78, 1-3
};

/// What all that is scored comes to; forecasts made beforehand and afterwards are never put into one mean.
struct LedgerGroup {
    std::size_t journeys = 0, times = 0;  ///< how many
    double crps = 0;                      ///< relative, mean of journeys
    double inside = 0;                    ///< mean share in the 90 % windows, mean of journeys
    PitTests tests;                       ///< of the final time of each journey, by the forecast that was made first
};

/// The scores of a ledger.
struct LedgerScores {
    std::vector<LedgerScore> times;        ///< in the order of the ledger
    std::vector<DeadlineScore> deadlines;  ///< likewise
    LedgerGroup beforehand, afterwards;    ///< sums
    std::vector<std::size_t> unmatched;    ///< observations that no forecast speaks of
    std::vector<std::size_t> waiting;      ///< forecasts that nothing was observed of
};

/// The scores of `forecasts` by what became known.
/// Throws: InputError for a local time that does not exist at its place.
LedgerScores score_ledger(const std::vector<LedgerForecast>& forecasts, const std::vector<LedgerObservation>& observations);

/// What the quantiles say, as `count` equally likely times: linear between quantiles, at the outermost beyond them.
std::vector<Millis> times_of(const std::vector<double>& levels, const std::vector<Instant>& quantiles, std::size_t count = 4000);

}  // namespace railwindow
