#pragma once
// What one run leaves behind: when each train was where, why a run ended early, where the time went, and, if asked for, all that happened.

#include <railwindow/core/clock.hpp>
#include <railwindow/simulation/line_traffic.hpp>
#include <railwindow/simulation/time_parts.hpp>
#include <railwindow/train/run.hpp>

#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>
#include <vector>

namespace railwindow {

/// When a train was at one visit. A station that is passed has equal times; at the origin they differ by the wait for other trains on the line.
struct VisitTimes {
    Instant arrive, depart;  ///< when its head comes, and when it goes on
    Millis moving{};         ///< running time since the origin, up to the arrival
};

/// The longest a run may last: a journey that is not over after a year is none. Nothing is computed beyond it.
inline constexpr Millis horizon = std::chrono::hours{24 * 366};

struct BeyondHorizon {};  ///< The run was not over at the `horizon`.

/// A train ahead ended before its destination, and this one cannot pass it.
struct Blocked {
    std::size_t by;  ///< train of the convoy
};

/// Where and why a run ended before its destination.
struct Stranded {
    std::size_t after_visit;                          ///< the last visit that was reached
    std::variant<Stall, BeyondHorizon, Blocked> why;  ///< what holds it
};

/// What happens to a train.
enum class Happening {
    sets_out,   ///< from its origin
    departs,    ///< after a stop
    passes,     ///< a station
    arrives,    ///< at a stop
    finishes,   ///< arrives at its destination
    begins,     ///< an activity of a stop
    ends,       ///< an activity of a stop
    waits,      ///< until it may go on
    stands,     ///< between stations
    coasts,     ///< without power
    goes_on,    ///< after it stood between stations, or with other power
    diverts,    ///< takes another way from here
    ends_early  ///< it cannot go on
};
std::string_view name(Happening what);  ///< As logs name it: "sets out", "departs", ...

/// Whether a run leaves a log of all that happens. The times are the same.
enum class Logging { off, on };

/// One line of a run's log.
struct LogEntry {
    Instant at;                     ///< when it happens
    std::size_t train;              ///< of Alternative::trains
    std::size_t visit;              ///< where it happens, or the last one before
    Happening what;                 ///< what happens
    TimePart part{};                ///< why it stands or waits
    std::string_view why{};         ///< of an activity, a wait or a stand: text of the model
    std::optional<Millis> lasts{};  ///< where that is known when it begins
    Length distance{};              ///< from the train's origin
};

/// One train of a run. `visits` holds the visits of its itinerary that were reached, its origin first; empty where it never set out.
struct TrainTrace {
    std::vector<VisitTimes> visits;    ///< reached, its origin first
    std::optional<Stranded> stranded;  ///< where and why it ended early; empty: it did not
    int cars = 0;                      ///< drawn for the run
    TimeParts parts;                   ///< from the arrival at its origin up to the last arrival
};

/// One run.
struct Trace {
    std::size_t alternative = 0;             ///< of Model::alternatives
    std::optional<std::size_t> diversion{};  ///< of Model::diversions; empty: its alternative's way was kept
    std::vector<TrainTrace> trains;          ///< as Alternative::trains of the way taken: the main train first
    std::uint64_t waits = 0;                 ///< bit i: the main train waited for Model::waits[i]
    std::vector<LogEntry> log;               ///< in the order of time; empty unless asked for
    std::vector<LineTraffic> lines;          ///< as Alternative::shared

    const TrainTrace& main() const { return trains.front(); }  ///< The main train.
};

}  // namespace railwindow
