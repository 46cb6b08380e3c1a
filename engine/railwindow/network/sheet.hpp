#pragma once
// A network as it is written: names instead of ids, what is left out still left out. `Network` is made of such sheets.

#include <railwindow/core/distribution.hpp>
#include <railwindow/core/electric_supply.hpp>
#include <railwindow/core/error.hpp>
#include <railwindow/core/gauge.hpp>
#include <railwindow/core/hours.hpp>
#include <railwindow/core/provenance.hpp>

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace railwindow {

/// A name with the place where it was written.
using Name = Written<std::string>;

/// WGS84 degrees, north and east positive.
struct GeoPosition {
    double latitude = 0;   ///< degrees, north positive
    double longitude = 0;  ///< degrees, east positive
};

/// Whether trains can change direction at a station.
struct ReversalSheet {
    bool possible = false;  ///< false: known not to be
    Provenance provenance;  ///< where its numbers come from
};

/// A station as written.
struct StationSheet {
    Name id;                                   ///< unique among its kind
    std::string name;                          ///< as people call it
    std::string local_name;                    ///< in the country's own script
    std::string country;                       ///< ISO 3166 code
    GeoPosition position;                      ///< WGS84
    std::optional<Sourced<Length>> elevation;  ///< above sea level; empty: not known
    Name time_zone;                            ///< IANA name
    std::optional<ReversalSheet> reversal;     ///< empty: nothing is said
    Provenance provenance;                     ///< where its numbers come from
};

/// Which trains may run.
enum class Use { every_train, freight_only };

/// The steepest grade that governs a load, for each direction of travel; negative means the way only falls.
struct RulingGradientSheet {
    std::optional<Gradient> forward;  ///< up the chainage; empty: not known
    std::optional<Gradient> reverse;  ///< down the chainage; empty: not known
    Provenance provenance;            ///< where its numbers come from
};

/// What a line or a part of it says about its track; empty means as the line.
struct TrackSheet {
    std::optional<std::vector<Gauge>> gauge;                   ///< several: dual gauge
    std::optional<int> tracks;                                 ///< at least 1
    std::optional<Electrification> electrification;            ///< the wire
    std::optional<Sourced<Speed>> limit;                       ///< the highest speed that the track allows
    std::optional<Sourced<Uncertain<Speed>>> operating_speed;  ///< held between stops
    std::optional<RulingGradientSheet> ruling_gradient;        ///< the steepest that counts
    std::optional<Use> use;                                    ///< which trains run here
    std::optional<Sourced<Mass>> axle_load;                    ///< the heaviest axle it carries
    std::optional<Sourced<Length>> train_length;               ///< the longest train that its loops and stations take
    Provenance provenance;                                     ///< where its numbers come from
};

/// A part of a line, between two of its stations in chainage order, that differs from the line.
struct SectionSheet {
    Name from;         ///< its end of lower chainage
    Name to;           ///< its end of higher chainage
    TrackSheet track;  ///< what differs from the line
};

/// From this chainage on another limit holds, up to the next one written.
struct LimitFromSheet {
    Written<Length> at;  ///< chainage on the line
    Speed limit{};       ///< up to the next one
};

/// From this chainage on the line has this equivalent gradient, against a train running up the chainage.
struct GradientFromSheet {
    Written<Length> at;          ///< chainage on the line
    Written<Gradient> gradient;  ///< up to the next one
};

/// A place on a line that reports name, such as a bridge.
struct LandmarkSheet {
    Name id;                ///< unique among landmarks and stations
    std::string name;       ///< as people call it
    Written<Length> at;     ///< chainage on the line
    Provenance provenance;  ///< where that comes from
};

/// A line as written: its stations by chainage, its track, and where its parts differ.
struct LineSheet {
    Name id;                                                 ///< unique among its kind
    std::string name;                                        ///< as people call it
    std::string local_name;                                  ///< in the country's own script
    TrackSheet track;                                        ///< what holds where no section says otherwise
    std::vector<std::pair<Name, Written<Length>>> chainage;  ///< its stations by rising chainage
    std::vector<LimitFromSheet> limits;                      ///< where the line is known in detail
    std::vector<GradientFromSheet> gradients;                ///< likewise; begin at a station
    std::vector<SectionSheet> sections;                      ///< where it differs; later ones win
    std::vector<LandmarkSheet> landmarks{};                  ///< in any order
};

/// Checks of passport and goods, at the stations on either side.
struct BorderSheet {
    Name id;                                                                 ///< unique among its kind
    std::vector<Name> between;                                               ///< the two stations that it lies between
    std::vector<std::pair<Name, Sourced<Uncertain<Duration>>>> formalities;  ///< what passports and goods take, by station on either side
    Use use = Use::every_train;                                              ///< whether every train may cross
    Provenance provenance;                                                   ///< where its numbers come from
    std::vector<std::pair<Name, Written<DailyHours>>> hours{};               ///< when checks can begin at a station; without it at any time
};

/// A place where cars change from one gauge to the other, in batches: set-up, then ceil(cars / cars_per_batch) batches, then the brake test.
struct GaugeChangeSheet {
    Name at;                         ///< the station
    std::vector<Gauge> gauges;       ///< the two that it changes between
    std::string method;              ///< such as `bogies`; the train has to know it
    Uncertain<Duration> set_up;      ///< once, before the first batch
    Uncertain<Duration> batch;       ///< of `cars_per_batch` cars
    Uncertain<Duration> brake_test;  ///< once, after the last batch
    int cars_per_batch = 1;          ///< at least 1
    Provenance provenance;           ///< where its numbers come from
    int lifts = 1;                   ///< how many trains can be worked on at once
};

/// What a movement over a station is, where the straight lines to its neighbours would mislead: track may curve back, or a line change direction.
struct TurnSheet {
    Name at;                    ///< the station
    std::vector<Name> between;  ///< the two neighbours that trains come from and go to, either way
    bool reversal = false;      ///< whether the train changes direction between them
    Provenance provenance;      ///< where that comes from
};

/// One network file.
struct NetworkSheet {
    std::string file;                             ///< the file it is written in
    std::string name;                             ///< as people call it
    Provenance provenance;                        ///< where its numbers come from
    std::vector<StationSheet> stations;           ///< in any order
    std::vector<LineSheet> lines;                 ///< in any order
    std::vector<BorderSheet> borders;             ///< in any order
    std::vector<GaugeChangeSheet> gauge_changes;  ///< in any order
    std::vector<TurnSheet> turns{};               ///< in any order
};

}  // namespace railwindow
