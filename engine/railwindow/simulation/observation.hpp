#pragma once
// What was reported of a journey: when the train was seen where, and where it was looked for in vain. `run` never uses it, `backtest` scores
// forecasts against it, and inference asks what it says of the rest of the journey.

#include <railwindow/core/clock.hpp>
#include <railwindow/core/distribution.hpp>
#include <railwindow/core/provenance.hpp>
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

/// A place that was watched, where no train was noticed.
struct WatchSheet {
    std::optional<Written<WrittenTime>> from;  ///< since when; empty: since the train left
    Written<WrittenTime> until;                ///< up to when
    double noticed = 1;                        ///< the probability that a train that was there would have been noticed
};

/// One report of the train: between two times, at a time with an error, known on one side only, or that it was not seen.
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
    std::optional<Length> behind{};                             ///< so far beyond the station, on the train's way
    std::optional<Written<WrittenTime>> time{};                 ///< as it was told, with `error`
    std::optional<Uncertain<Duration>> error{};                 ///< by how much `time` is later than the truth
    std::optional<WatchSheet> not_seen{};                       ///< no train was noticed; instead of a time
    std::optional<Name> towards{};                              ///< a station that it was headed for
    std::optional<Name> train{};                                ///< of the convoy, or `any`; empty: the main one
    std::optional<double> reliability{};                        ///< the probability that it is about this train; empty: by `confidence`
    std::optional<Written<WrittenTime>> known_at{};             ///< when it was published
};

/// What somebody said that speaks for one of the things left open: no sighting, and kept apart from them.
struct EvidenceSheet {
    Name in_favour_of;                               ///< a station or corridor that the journey leaves open
    double factor = 1;                               ///< how many times likelier it was to be said if that is so
    std::string source;                              ///< who said it, and why it weighs so much
    std::optional<Written<WrittenTime>> known_at{};  ///< when it was said
    Place place;                                     ///< where it was written
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

/// A time with an error, resolved.
struct TimeWithError {
    Instant at;                 ///< as it was told
    Uncertain<Duration> error;  ///< by how much that is later than the truth
};

/// A watch, resolved.
struct Watch {
    std::optional<Instant> from;  ///< empty: since the train left
    Instant until;                ///< its end
    double noticed;               ///< the probability that a train that was there would have been noticed
};

/// An observation with its names resolved. An open side is empty.
struct Observation {
    StationId station;                       ///< of the network
    ObservedEvent event;                     ///< what was seen
    Length before;                           ///< so far short of the station, on the train's way
    std::optional<Instant> low, high;        ///< the time lies between; empty: open on that side
    Counting counts;                         ///< how it is scored
    std::string source;                      ///< who says so
    Place place;                             ///< where it was written
    VisitsByWay visits{};                    ///< which visit of the main train it speaks of
    Length behind{};                         ///< so far beyond the station, on the train's way
    std::optional<TimeWithError> time{};     ///< then `low` and `high` are its central 90 %
    std::optional<Watch> not_seen{};         ///< then nothing else of it holds but the place
    std::optional<StationId> towards{};      ///< where it was headed
    std::string train{"main"};               ///< of the convoy, or `any`
    std::optional<double> reliability{};     ///< the probability that it is about this train; empty: nobody says
    std::optional<Duration> span{};          ///< over which the times of reports of other trains are spread
    std::optional<Confidence> confidence{};  ///< as written
    std::optional<Instant> known_at{};       ///< when it was published
};

/// What was said in favour of something left open, resolved.
struct Evidence {
    std::string in_favour_of;         ///< value of a choice of some alternatives
    double factor;                    ///< how many times likelier it was to be said if that is so
    std::string source;               ///< who said it
    std::optional<Instant> known_at;  ///< when it was said
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
