#pragma once
// How far can the train be by now, and where can it have come from?

#include <railwindow/core/error.hpp>
#include <railwindow/estimate/estimate.hpp>
#include <railwindow/estimate/share.hpp>

#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace railwindow {

/// Either so long after its departure, or at an instant, local to where it begins.
using Moment = std::variant<Duration, Written<WrittenTime>>;

/// How many runs each way gets, and which quantiles are told.
struct ReachOptions {
    std::vector<double> quantiles{0.05, 0.5, 0.95};  ///< in (0, 1), none twice
    std::uint64_t runs = 2'000;                      ///< of each way
    std::uint64_t seed = 1;                          ///< of the draws
    unsigned threads = 0;                            ///< 0: one per core
    Progress progress{};                             ///< empty: nobody is told
    bool voluntary_waits = false;                    ///< whether trains wait for receptions and in long stands all the same
    /// Given each run that gets from its origin to its destination: of `reach` to `station`, of `reach_back` from it; empty: nobody is told.
    std::function<void(const Station& station, std::uint64_t run, Instant depart, Instant arrive)> each{};
};

/// A station as the destination of a train bound for it.
struct ReachedStation {
    StationId station;              ///< of the networks
    Length distance;                ///< from the origin, on its way
    bool on_own_way = false;        ///< the scenario's own journey comes there
    Share in_time;                  ///< share of the runs in which a train bound for it is there by then
    std::vector<Quantile> elapsed;  ///< since departure, of the runs that get there
    Millis median_elapsed;          ///< likewise, whatever quantiles are told; 0 where none gets there
    std::vector<Quantile> time;     ///< of the arrival, since the epoch
    std::optional<Share> overall;   ///< of the scenario's own journey, all its alternatives together; nothing where none comes there
};

/// Where the train of the scenario itself is at the moment.
struct Whereabouts {
    /// What it is doing.
    enum class Kind { not_departed, standing, between, arrived } kind;  ///< what it is doing
    StationId from;                                                     ///< the timing point where it stands, or that it has left
    StationId to;                                                       ///< the next one; the same unless it is between
    Share share;                                                        ///< of the runs
};

/// A station without a way, and why.
struct Unreachable {
    StationId station;  ///< of the networks
    std::string why;    ///< in a sentence
};

/// Where the train can be by a time.
struct Reach {
    std::string question;                       ///< of the scenario
    std::vector<std::string> changes;           ///< in how far the scenario differs from its file
    Network network;                            ///< whose stations these are
    StationId origin;                           ///< where the train begins
    Moment moment;                              ///< by when, as asked
    std::optional<Instant> time;                ///< the instant asked about; nothing: a duration
    std::uint64_t runs = 0;                     ///< of each way
    std::uint64_t seed = 0;                     ///< of the draws
    bool stopped_early = false;                 ///< whether the progress callback stopped it
    std::vector<ReachedStation> stations;       ///< likeliest first, then nearest first
    std::vector<Unreachable> unreachable;       ///< stations of the networks that have no way
    std::vector<Whereabouts> whereabouts;       ///< in the order of the route
    std::vector<std::string> not_waited_for{};  ///< by the scenario's own train, as who wants to be in time would not
    std::vector<std::string> doubts{};          ///< about its own way: what hardly anybody means
    std::vector<StationId> destinations{};      ///< where the scenario's own journeys end
    std::size_t observed = 0;                   ///< reports of the scenario, which play no part
};

/// For each station of the networks the probability that a train bound for it would be there by `moment`, each by one way: the scenario's own
/// where that comes there, else the best one (`journey.via` and the place of regauging left to the search). Never a sum over ways. A train that
/// passes a station on the way to a farther one counts as being there. A call that a way does not pass is left out of it. Nobody waits for
/// receptions or makes a long stand, unless the options say so.
/// Throws: InputError where the scenario is wrong or leaves its origin open.
/// Cost: one estimate for each way that is no part of another.
Reach reach(const Scenario& scenario, const Moment& moment, const ReachOptions& options = {});

/// A station as the origin of a train.
struct LeftStation {
    StationId station;           ///< of the networks
    Length distance;             ///< to the station where it arrives
    double probability = 0;      ///< share of the runs that get there
    std::vector<Quantile> left;  ///< when it must have left
};

/// When the train must have left each station to be somewhere in time.
struct ReachBack {
    std::string question;                       ///< of the scenario
    std::vector<std::string> changes;           ///< in how far the scenario differs from its file
    Network network;                            ///< whose stations these are
    StationId arrived_at;                       ///< where the train is
    StationId origin;                           ///< where the scenario's own journey begins; of no account for the windows
    Instant time;                               ///< when it is there
    std::uint64_t runs = 0;                     ///< of each way
    std::uint64_t seed = 0;                     ///< of the draws
    bool stopped_early = false;                 ///< whether the progress callback stopped it
    std::vector<LeftStation> stations;          ///< nearest first
    std::vector<Unreachable> unreachable;       ///< stations of the networks that have no way
    std::vector<std::string> not_waited_for{};  ///< by the scenario's own train, as who wants to be in time would not
    std::vector<std::string> doubts{};          ///< about its own way: what hardly anybody means
};

/// For each station of the networks the window in which a train that arrives at `arrived_at` at `time` (local to it) left there, having come by the
/// scenario's own way or else the best one. `journey.from`, `to` and `depart` play no other part.
/// Accuracy: exact where nothing on the way waits for the clock; else each run leaves at the median of the window and keeps the times it had.
/// Throws: InputError as reach does; Infeasible when nothing leads there.
ReachBack reach_back(const Scenario& scenario, const Name& arrived_at, const Written<WrittenTime>& time, const ReachOptions& options = {});

}  // namespace railwindow
