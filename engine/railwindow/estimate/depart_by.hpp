#pragma once
// When must the train leave to be there in time?

#include <railwindow/core/error.hpp>
#include <railwindow/estimate/estimate.hpp>
#include <railwindow/estimate/share.hpp>

#include <optional>
#include <vector>

namespace railwindow {

/// How the latest departure is looked for: where, by when, with what confidence.
struct DepartByOptions {
    Written<WrittenTime> arrive_by;  ///< local to the station asked about, or with its own offset
    Name at{};                       ///< the station; empty: the destination
    double confidence = 0.95;        ///< wanted share of the runs that are in time, in (0, 1)
    bool voluntary_waits = false;    ///< whether it waits for receptions and in long stands all the same
    bool curve = false;              ///< whether the share in time is also wanted for departures around the latest one
    std::uint64_t runs = 20'000;     ///< of each trial
    std::uint64_t seed = 1;          ///< of the draws
    unsigned threads = 0;            ///< 0: one per core
    Progress progress{};             ///< empty: nobody is told
};

/// What leaving at one minute comes to.
struct DepartureTrial {
    Instant depart;   ///< from the origin
    Share in_time;    ///< share of the runs that are there by the deadline
    double at_least;  ///< the lower end of its error interval (lower_bound, share.hpp)
};

/// The latest departure that is in time, with what it rests on.
struct DepartBy {
    std::optional<std::size_t> point;   ///< the timing point asked about; nothing: the destination
    Instant deadline;                   ///< by when it is to be there
    double confidence;                  ///< wanted share of the runs
    std::uint64_t runs;                 ///< of each trial
    std::uint64_t seed;                 ///< of the draws
    bool voluntary_waits;               ///< whether it waits of its own will
    bool stopped_early = false;         ///< whether the progress callback stopped it
    DepartureTrial latest;              ///< the latest minute that is good enough
    DepartureTrial minute_later;        ///< the minute after it, which is not
    double arriving = 0;                ///< share of the runs that get there at all, leaving at the latest minute
    std::vector<Quantile> arrival;      ///< leaving then: quantiles 0.05, 0.5, 0.95
    std::vector<DepartureTrial> curve;  ///< in order of departure; empty unless asked for
};

/// The latest minute at which the train can leave its origin so that the lower error bound of P(there by the deadline) is at least the
/// confidence. `journey.depart` plays no part; everything else is drawn on the same keys at each trial, and every trial is simulated, so that what
/// depends on the clock (holds, opening hours) is respected. Leaving later is taken never to mean arriving earlier.
/// Who wants to be in time waits for no reception and makes no long stand, unless the options say so.
/// `model` has to hold the station asked about as a timing point (BuildOptions: all).
/// Throws: InputError for a confidence outside (0, 1) or one that needs more runs, a time that does not exist; Infeasible when the train
/// does not pass the station, or too few runs get there however early it leaves.
/// Cost: three estimates where nothing depends on the clock; with the curve some sixteen more.
DepartBy depart_by(Model model, const DepartByOptions& options);

}  // namespace railwindow
