#pragma once
// Many runs -> arrival windows. Run r is the same wherever it is computed, so any split of the runs over threads gives the
// same samples, and quantiles are order statistics of them: nothing depends on the order of summation.

#include <railwindow/estimate/share.hpp>
#include <railwindow/simulation/line_traffic.hpp>
#include <railwindow/simulation/model.hpp>
#include <railwindow/simulation/time_parts.hpp>

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace railwindow {

class SharedWork;

/// Called now and then with the number of runs done; returns false to stop.
using Progress = std::function<bool(std::uint64_t done, std::uint64_t of)>;

/// Go on beyond the runs asked for until the standard errors of P5 and P95 of the final arrival are small enough.
struct Precision {
    std::uint64_t most_runs = 1u << 20;  ///< where it ends, precise or not
    std::optional<Millis> error{};       ///< the largest error; empty: `share` of the distance from P5 to P95
    double share = 0.005;                ///< of the distance from P5 to P95, where `error` is empty
};

/// What is asked of an estimate.
struct EstimateOptions {
    std::uint64_t runs = 65536;                      ///< at least 1
    std::uint64_t seed = 1;                          ///< of the draws
    unsigned threads = 0;                            ///< 0: one per core
    std::vector<double> quantiles{0.05, 0.5, 0.95};  ///< in (0, 1), none twice
    Progress progress{};                             ///< empty: nobody is told
    std::optional<Precision> precision{};            ///< empty: exactly `runs`
    SharedWork* work = nullptr;                      ///< shared out among processes (shared_work.hpp); nothing: all of it is done here
};

/// What the train does at a timing point.
enum class TimingEvent { depart, arrive, pass };
/// `depart`, `arrive` or `pass`.
std::string_view event_name(TimingEvent event);

/// One quantile of a set of times, with one standard error.
/// Source: distribution-free; half the distance of the order statistics at ranks n p -+ sqrt(n p (1 - p)).
struct Quantile {
    double p;                       ///< in (0, 1)
    Millis value{};                 ///< the ceil(p n)-th smallest
    std::optional<Millis> error{};  ///< unknown where the runs are too few for these ranks
};

/// Times from `low` to `high`.
struct TimeSpan {
    Millis low;   ///< its beginning
    Millis high;  ///< its end
};

/// When the train is at one timing point: quantiles over the runs that reach it.
struct TimingPointEstimate {
    std::size_t point;              ///< of Model::timing_points
    TimingEvent event;              ///< whose time it is
    double probability;             ///< share of the runs that reach it; no quantiles where that is 0
    std::vector<Quantile> time;     ///< since the epoch
    std::vector<Quantile> elapsed;  ///< since the run's own departure from the origin
    std::vector<Quantile> dwell;    ///< standing here; empty unless it departs from a stop
    std::vector<TimeSpan> densest;  ///< the shortest set of times that holds 90 % of the runs, where it falls apart; else empty
};

/// From the departure at one principal point to the arrival at the next.
struct LegEstimate {
    std::size_t from;                ///< timing point where it begins, with the departure
    std::size_t to;                  ///< timing point where it ends, with the arrival
    std::vector<Quantile> running;   ///< moving
    std::vector<Quantile> standing;  ///< at stops between the two
    std::vector<Quantile> total;     ///< from departure to arrival
};

/// How often the runs agree with what somebody said.
struct ClaimEstimate {
    std::string says;    ///< the claim, in words
    std::string source;  ///< who said it
    double reached;      ///< share of the runs that reach its end
    double agreeing;     ///< share of these that lie within its bounds
    Millis median{};     ///< time between the claim's two places, over the runs that reach its end
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
    std::optional<double> p;                      ///< of the 1 % of the runs whose final arrival is nearest to this quantile of it; empty: of all
    std::uint64_t runs;                           ///< how many runs these are
    std::array<double, time_parts> mean_seconds;  ///< by TimePart
    /// From departure to final arrival.
    double total_seconds() const {
        double sum = 0;
        for (const double part : mean_seconds) sum += part;
        return sum;
    }
};

/// Ordinary trains on one line: those that are on it with the train or its convoy, or might come across it. Means over all runs.
struct TrafficEstimate {
    LineId line;                         ///< of the network
    double trains;                       ///< how many
    double delay_seconds;                ///< of all of them together, against running alone
    double caused_seconds;               ///< what of it is due to the train and its convoy
    std::vector<StringLine> median_run;  ///< all trains of the run that makes the median of the final arrival
};

/// A place where runs end before the destination.
struct StrandedEstimate {
    std::size_t alternative;  ///< index into Model::alternatives
    std::size_t after_visit;  ///< the last visit that these runs reach
    double probability;       ///< share of all runs
};

/// A way round closed places that runs took.
struct DiversionEstimate {
    std::size_t diversion;  ///< index into Model::diversions
    std::uint64_t runs;     ///< how many runs take it
};

/// The windows of those runs that take one alternative. Probabilities count these runs only.
struct AlternativeEstimate {
    std::size_t alternative;                         ///< of Model::alternatives
    std::uint64_t runs;                              ///< how many runs take it
    std::vector<TimingPointEstimate> timing_points;  ///< in the order of its route
    std::vector<LegEstimate> legs;                   ///< in the order of its route
};

/// Runs that wait for the same by decision.
struct ModeEstimate {
    std::vector<std::size_t> waits;  ///< of Model::waits; empty: for nothing
    std::uint64_t runs;              ///< how many runs these are
    Share probability;               ///< share of all runs
    std::vector<Quantile> arrival;   ///< at the destination, since the epoch; empty where none gets there
};

/// The runs that are bound for one destination.
struct DestinationEstimate {
    StationId station;              ///< of the network
    std::uint64_t runs;             ///< how many are bound for it
    Share probability;              ///< share of all runs
    std::uint64_t arriving;         ///< how many of them get there
    std::vector<Quantile> arrival;  ///< since the epoch; empty where none gets there
    std::vector<Quantile> elapsed;  ///< since the run's own departure from the origin
};

/// Draws that stand for the same thing, as far as they spread the arrival.
struct Driver {
    std::string name;  ///< "pace of lines in KP"
    Share spread;      ///< share of the variance within the window that is left when all else is known; together more than 1 where they interact
};

/// Windows over all runs and, where the journey leaves something open, over those of each alternative.
struct Estimate {
    std::uint64_t runs = 0;                           ///< how many runs
    std::uint64_t seed = 0;                           ///< of the draws
    bool stopped_early = false;                       ///< whether the progress callback stopped it
    std::vector<TimingPointEstimate> timing_points;   ///< over all alternatives, in the order of the route; one entry for each event
    std::vector<LegEstimate> legs;                    ///< between principal points that all alternatives share
    std::vector<AlternativeEstimate> alternatives;    ///< empty where there is only one
    std::vector<ClaimEstimate> claims;                ///< in the order of the scenario
    std::vector<StrandedEstimate> stranded;           ///< where runs end early; empty when all arrive
    std::vector<TimePartsEstimate> time_parts;        ///< of all runs, then by quantile
    std::optional<PrecisionEstimate> precision;       ///< where a precision was wanted
    std::vector<TrafficEstimate> traffic{};           ///< by Model::shared_lines
    std::vector<DiversionEstimate> diversions{};      ///< those that any run took, the commonest first
    std::vector<ModeEstimate> modes{};                ///< by what runs wait for, the commonest first; empty where all wait for the same
    std::vector<DestinationEstimate> destinations{};  ///< where runs end, the commonest first
    std::vector<Driver> drivers{};  ///< what spreads the arrival, the largest share first; empty unless somebody looked (`main_drivers`)
};

/// Arrival windows of `model`.
/// Throws: InputError for no runs or a quantile outside (0, 1); Infeasible when no run arrives.
Estimate estimate(const Model& model, const EstimateOptions& options = {});

/// The main train's last one of `points` that any run comes to: its final arrival.
const TimingPointEstimate& final_arrival(const Model& model, const std::vector<TimingPointEstimate>& points);

/// Throws: InputError where `quantiles` is empty, holds a number twice or one outside (0, 1).
void check_quantiles(const std::vector<double>& quantiles);

/// The ceil(p n)-th smallest of `sorted`, with its standard error. No interpolation.
Quantile quantile_of(const std::vector<Millis>& sorted, double p);

}  // namespace railwindow
