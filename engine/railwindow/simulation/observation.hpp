#pragma once
// What was reported of a journey: when the train was seen where. Forecasts never use it; they are scored against it.

#include <railwindow/core/clock.hpp>
#include <railwindow/network/network.hpp>
#include <railwindow/simulation/named_visit.hpp>

#include <optional>
#include <string>
#include <vector>

namespace railwindow {

/// When something happens: at one time, within a spread of it (triangular on both sides), or at any time between two.
struct WhenSheet {
    std::optional<Written<WrittenTime>> at;                    ///< the time, or the middle of the spread; empty: `between` is given
    std::optional<Duration> spread;                            ///< to both sides of `at`; empty: at `at` itself
    std::optional<std::vector<Written<WrittenTime>>> between;  ///< two times, the earlier first; empty: `at` is given
    Place place;                                               ///< where it was written
};

/// `seen`: it was there then; how long before and after is not known.
enum class ObservedEvent { arrive, depart, pass, seen };
/// Whether an observation is scored in full, or only said to be consistent or not.
enum class Counting { fully, consistency };

/// One report of the train: between two times, or known on one side only.
struct ObservedSheet {
    Name at;                                                    ///< station
    ObservedEvent event = ObservedEvent::pass;                  ///< what was seen of it
    std::optional<Length> before;                               ///< so far short of the station, on the train's way
    std::optional<std::vector<Written<WrittenTime>>> between;   ///< two times, the earlier first; empty: one side only
    std::optional<Written<WrittenTime>> not_before, not_after;  ///< known on one side only; empty: nothing is said
    Counting counts = Counting::fully;                          ///< how it is scored
    std::string source;                                         ///< who says so
    std::optional<Confidence> confidence;                       ///< how well it is known; empty: nothing is said
    Place place;                                                ///< where it was written
    WhichVisit which{};                                         ///< of its visits of that station
};

/// A departure known after a long stay: the stay is given, and what comes later is forecast from here.
struct StaySheet {
    Name at;             ///< station
    WhenSheet depart;    ///< when it left
    std::string source;  ///< who says so
    WhichVisit which{};  ///< of its visits of that station
};

/// What the press expected of the journey, to be scored beside the model.
struct PressSheet {
    Name at;                                      ///< station
    ObservedEvent event = ObservedEvent::arrive;  ///< what was expected of it
    std::vector<Written<WrittenTime>> between;    ///< two times, the earlier first
    std::string source;                           ///< who says so
    Place place;                                  ///< where it was written
    WhichVisit which{};                           ///< of its visits of that station
};

/// Whose times are observed: those of a special train count, those of an ordinary train only calibrate.
enum class Record { special_train, ordinary_train };

/// The visit that is meant, by alternative of the model and then by its diversions; nothing where that way does not come there.
using VisitsByWay = std::vector<std::optional<std::size_t>>;

/// An observation with its names resolved. An open side is empty.
struct Observation {
    StationId station;                 ///< of the network
    ObservedEvent event;               ///< what was seen
    Length before;                     ///< so far short of the station, on the train's way
    std::optional<Instant> low, high;  ///< the time lies between; empty: open on that side
    Counting counts;                   ///< how it is scored
    std::string source;                ///< who says so
    Place place;                       ///< where it was written
    VisitsByWay visits{};              ///< which visit of the main train it speaks of
};

/// A press forecast with its names resolved.
struct PressForecast {
    StationId station;     ///< of the network
    ObservedEvent event;   ///< what was expected
    Instant low, high;     ///< the time lies between
    std::string source;    ///< who says so
    VisitsByWay visits{};  ///< which visit of the main train it speaks of
};

}  // namespace railwindow
