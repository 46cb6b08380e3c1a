#pragma once
// Forecasts of recorded journeys as the reports come in: after each of them, what would have been said of the rest.

#include <railwindow/inference/infer.hpp>
#include <railwindow/score/forecast.hpp>

#include <string>
#include <vector>

namespace railwindow {

/// One forecast of one report of one journey.
struct RolledForecast {
    std::string journey, target;  ///< the scenario and where its forecast starts; the report in words
    TimeZone zone;                ///< of the place
    Instant low, high;            ///< when it was
    RollingForecast forecast;     ///< what was said of it
};

/// All that was forecast when so many reports of a journey were known.
struct RollingStep {
    std::size_t known;     ///< reports
    std::size_t targets;   ///< forecast then
    Duration crps;         ///< mean over them
    Duration crps_before;  ///< mean over the same ones before any report was known
    double inside;         ///< mean share of the observed intervals inside the windows
};

/// The forecasts of special trains and their scores.
struct Rolling {
    std::uint64_t runs = 0;                 ///< of each journey
    std::uint64_t seed = 0;                 ///< of the draws
    std::vector<double> quantiles;          ///< whose first and last bound the windows
    std::vector<RolledForecast> forecasts;  ///< journey by journey, by how many reports were known
    std::vector<RollingStep> steps;         ///< by how many reports were known
    std::vector<std::string> unfit;         ///< journeys that no run fits, with the reason; what was forecast before is not counted either
};

/// The rolling forecasts of `scenarios`: from each start that `forecasts_of` finds, after each report from there on.
/// Throws: as `forecasts_of` does.
Rolling rolling(const std::vector<Scenario>& scenarios, const InferOptions& options = {});

}  // namespace railwindow
