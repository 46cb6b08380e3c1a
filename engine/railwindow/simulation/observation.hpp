#pragma once
// What was reported of a journey: when the train was seen where. Forecasts never use it; they are scored against it.

#include <railwindow/core/clock.hpp>
#include <railwindow/network/network.hpp>

#include <optional>
#include <string>
#include <vector>

namespace railwindow {

/// When something happens: at one time, within a spread of it (triangular on both sides), or at any time between two.
struct WhenSheet {
    std::optional<Written<WrittenTime>> at;
    std::optional<Duration> spread;
    std::optional<std::vector<Written<WrittenTime>>> between;
    Place place;
};

/// `seen`: it was there then; how long before and after is not known.
enum class ObservedEvent { arrive, depart, pass, seen };
/// Whether an observation is scored in full, or only said to be consistent or not.
enum class Counting { fully, consistency };

/// One report of the train: between two times, or known on one side only.
struct ObservedSheet {
    Name at;
    ObservedEvent event = ObservedEvent::pass;
    std::optional<Length> before;  ///< so far short of the station, on the train's way
    std::optional<std::vector<Written<WrittenTime>>> between;
    std::optional<Written<WrittenTime>> not_before, not_after;
    Counting counts = Counting::fully;
    std::string source;
    std::optional<Confidence> confidence;
    Place place;
};

/// A departure known after a long stay: the stay is given, and what comes later is forecast from here.
struct StaySheet {
    Name at;
    WhenSheet depart;
    std::string source;
};

/// What the press expected of the journey, to be scored beside the model.
struct PressSheet {
    Name at;
    ObservedEvent event = ObservedEvent::arrive;
    std::vector<Written<WrittenTime>> between;
    std::string source;
    Place place;
};

/// Whose times are observed: those of a special train count, those of an ordinary train only calibrate.
enum class Record { special_train, ordinary_train };

/// An observation with its names resolved. An open side is empty.
struct Observation {
    StationId station;
    ObservedEvent event;
    Length before;
    std::optional<Instant> low, high;
    Counting counts;
    std::string source;
};

/// A press forecast with its names resolved.
struct PressForecast {
    StationId station;
    ObservedEvent event;
    Instant low, high;
    std::string source;
};

}  // namespace railwindow
