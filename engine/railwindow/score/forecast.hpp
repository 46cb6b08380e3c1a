#pragma once
// What the model would have said of a journey before it was known how it went: forecasts that start at the last departure the
// forecaster knows, which is that of the journey, or of a stay whose end is given, and use nothing that was learnt later.

#include <railwindow/estimate/estimate.hpp>
#include <railwindow/score/scores.hpp>
#include <railwindow/simulation/model.hpp>

#include <map>
#include <memory>

namespace railwindow {

/// The shortest stay whose end may be given: a shorter one is part of what is forecast.
inline constexpr Millis shortest_given_stay = std::chrono::hours{3};

/// Factors that a fit tries in place of those in the practice files.
struct PaceTrial {
    std::optional<double> spread;          ///< of all spreads of the pace
    std::map<std::string, double> median;  ///< of operating speeds, by country
};

/// One observation as it is forecast.
struct Target {
    Observation observed;                                    ///< what was seen
    std::string station_id;                                  ///< where
    std::string station;                                     ///< its name
    std::string country;                                     ///< ISO 3166 code
    TimeZone zone;                                           ///< of the station's clocks
    Length distance;                                         ///< from where the forecast starts
    std::vector<std::pair<std::string, Length>> by_country;  ///< the same distance
    Duration fixed_stands;                                   ///< means of what is to be done on the way there
    /// Where it is on the way of one alternative: at `visit`, or the share `behind` of the way there from the visit before.
    struct Spot {
        std::size_t visit;  ///< of the alternative's itinerary
        double behind;      ///< 0 to 1; 1: at the visit
    };
    std::vector<std::optional<Spot>> spots;  ///< by alternative, then by diversion: where it comes there
};

/// One start and what is forecast from it.
struct Forecast {
    std::string scenario;                ///< its name
    std::string from_id;                 ///< id of the station where the forecast starts
    std::string from;                    ///< that station's name
    Record record;                       ///< whether the train counts
    Instant start;                       ///< the middle of the known departure, of the likeliest alternative
    Instant earliest;                    ///< the earliest possible departure
    std::shared_ptr<const Model> model;  ///< the journey from there on
    std::vector<Target> targets;         ///< in the order of the journey
};

/// The forecasts of one scenario: one from its departure and one from each stay that something was observed after. What ends a stay is given
/// and so no target.
/// Throws: InputError, Infeasible, as `build`; InputError where nothing was observed, or something before the departure, a year after it or where
/// the forecast begins, or where a stay cannot have lasted `shortest_given_stay`.
std::vector<Forecast> forecasts_of(const Scenario& scenario);

/// The earliest time at which a train that leaves so may leave.
Instant earliest_of(const Departure& departure);

/// The same forecast with the paces of `trial`.
Forecast with_pace(Forecast forecast, const PaceTrial& trial);

/// The times of every target in every run. A run that does not reach it has `never`.
struct ForecastRuns {
    static constexpr Millis never = Millis::min();  ///< stands for a time that does not come
    std::vector<std::vector<Millis>> by_target;     ///< since the epoch, by run
    std::vector<std::vector<Millis>> sorted;        ///< those that arrive
    bool complete = true;                           ///< false when the progress callback stopped the runs
};
/// The runs of `forecast`: options.runs of them. Throws: Infeasible when none reaches a target.
ForecastRuns run_forecast(const Forecast& forecast, const EstimateOptions& options);

}  // namespace railwindow
