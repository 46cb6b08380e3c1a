#pragma once
// Many runs -> arrival windows. Run r is the same wherever it is computed, so any split of the runs over threads gives the
// same samples, and quantiles are order statistics of them: nothing depends on the order of summation.

#include <railwindow/simulation/model.hpp>
#include <railwindow/simulation/time_parts.hpp>

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace railwindow {

/// Called now and then with the number of runs done; returns false to stop.
using Progress = std::function<bool(std::uint64_t done, std::uint64_t of)>;

/// Go on beyond the runs asked for until the standard errors of P5 and P95 of the final arrival are small enough.
struct Precision {
    std::uint64_t most_runs = 1u << 20;
    std::optional<Millis> error{};  ///< the largest error; empty: `share` of the distance from P5 to P95
    double share = 0.005;
};

/// What is asked of an estimate.
struct EstimateOptions {
    std::uint64_t runs = 65536;
    std::uint64_t seed = 1;
    unsigned threads = 0;  ///< 0: one per core
    std::vector<double> quantiles{0.05, 0.5, 0.95};
    Progress progress{};
    std::optional<Precision> precision{};  ///< empty: exactly `runs`
};

enum class TimingEvent { depart, arrive, pass };

/// One quantile of a set of times, with one standard error.
/// Source: distribution-free; half the distance of the order statistics at ranks n p -+ sqrt(n p (1 - p)).
struct Quantile {
    double p;
    Millis value{};
    std::optional<Millis> error{};  ///< unknown where the runs are too few for these ranks
};

/// Times from `low` to `high`.
struct TimeSpan {
    Millis low, high;
};

/// When the train is at one timing point: quantiles over the runs that reach it.
struct TimingPointEstimate {
    std::size_t point;  ///< of Model::timing_points
    TimingEvent event;
    double probability;             ///< share of the runs that reach it; no quantiles where that is 0
    std::vector<Quantile> time;     ///< since the epoch
    std::vector<Quantile> elapsed;  ///< since the run's own departure from the origin
    std::vector<Quantile> dwell;    ///< standing here; empty unless it departs from a stop
    std::vector<TimeSpan> densest;  ///< the shortest set of times that holds 90 % of the runs, where it falls apart; else empty
};

/// From the departure at one principal point to the arrival at the next.
struct LegEstimate {
    std::size_t from, to;  ///< timing points
    std::vector<Quantile> running, standing, total;
};

/// How often the runs agree with what somebody said.
struct ClaimEstimate {
    std::string says, source;
    double reached;   ///< share of the runs that reach its end
    double agreeing;  ///< share of these that lie within its bounds
    Millis median{};
};

/// How precise the final arrival is against what was wanted.
struct PrecisionEstimate {
    Millis wanted;                ///< largest standard error of P5 and P95
    std::optional<Millis> found;  ///< unknown where the runs are too few for these ranks
    /// Whether the runs sufficed.
    bool reached() const { return found && *found <= wanted; }
};

/// Where the main train's time goes in some of the runs that arrive: means, which add up to the mean of the whole.
struct TimePartsEstimate {
    std::optional<double> p;  ///< of the 1 % of the runs whose final arrival is nearest to this quantile of it; empty: of all
    std::uint64_t runs;
    std::array<double, time_parts> mean_seconds;  ///< by TimePart
    /// From departure to final arrival.
    double total_seconds() const {
        double sum = 0;
        for (const double part : mean_seconds) sum += part;
        return sum;
    }
};

/// A place where runs end before the destination.
struct StrandedEstimate {
    std::size_t alternative, after_visit;
    double probability;
};

/// The windows of those runs that take one alternative. Probabilities count these runs only.
struct AlternativeEstimate {
    std::size_t alternative;  ///< of Model::alternatives
    std::uint64_t runs;
    std::vector<TimingPointEstimate> timing_points;
    std::vector<LegEstimate> legs;
};

/// Windows over all runs and, where the journey leaves something open, over those of each alternative.
struct Estimate {
    std::uint64_t runs = 0, seed = 0;
    bool stopped_early = false;
    std::vector<TimingPointEstimate> timing_points;
    std::vector<LegEstimate> legs;                  ///< between principal points that all alternatives share
    std::vector<AlternativeEstimate> alternatives;  ///< empty where there is only one
    std::vector<ClaimEstimate> claims;
    std::vector<StrandedEstimate> stranded;
    std::vector<TimePartsEstimate> time_parts;   ///< of all runs, then by quantile
    std::optional<PrecisionEstimate> precision;  ///< where a precision was wanted
};

/// Arrival windows of `model`.
/// Throws: InputError for no runs or a quantile outside (0, 1); Infeasible when no run arrives.
Estimate estimate(const Model& model, const EstimateOptions& options = {});

/// The main train's last one of `points`: its final arrival.
const TimingPointEstimate& final_arrival(const Model& model, const std::vector<TimingPointEstimate>& points);

/// Throws: InputError where `quantiles` is empty, holds a number twice or one outside (0, 1).
void check_quantiles(const std::vector<double>& quantiles);

/// The ceil(p n)-th smallest of `sorted`, with its standard error. No interpolation.
Quantile quantile_of(const std::vector<Millis>& sorted, double p);

}  // namespace railwindow
