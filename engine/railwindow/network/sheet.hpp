#pragma once
// A network as it is written: names instead of ids, what is left out still left out. `Network` is made of such sheets.

#include <railwindow/core/distribution.hpp>
#include <railwindow/core/error.hpp>
#include <railwindow/core/gauge.hpp>
#include <railwindow/core/provenance.hpp>

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace railwindow {

using Name = Written<std::string>;

/// WGS84 degrees, north and east positive.
struct GeoPosition {
    double latitude = 0, longitude = 0;
};

/// Whether trains can change direction at a station.
struct ReversalSheet {
    bool possible = false;
    Provenance provenance;
};

/// A station as written.
struct StationSheet {
    Name id;
    std::string name, local_name, country;
    GeoPosition position;
    std::optional<Sourced<Length>> elevation;
    Name time_zone;
    std::optional<ReversalSheet> reversal;
    Provenance provenance;
};

enum class Electrification { none, dc_3kv, ac_25kv, mixed };
enum class Use { every_train, freight_only };

/// The steepest grade that governs a load, for each direction of travel; negative means the way only falls.
struct RulingGradientSheet {
    std::optional<Gradient> forward, reverse;
    Provenance provenance;
};

/// What a line or a part of it says about its track; empty means as the line.
struct TrackSheet {
    std::optional<std::vector<Gauge>> gauge;
    std::optional<int> tracks;
    std::optional<Electrification> electrification;
    std::optional<Sourced<Speed>> limit;
    std::optional<Sourced<Uncertain<Speed>>> operating_speed;
    std::optional<RulingGradientSheet> ruling_gradient;
    std::optional<Use> use;
    std::optional<Sourced<Mass>> axle_load;       ///< the heaviest axle it carries
    std::optional<Sourced<Length>> train_length;  ///< the longest train that its loops and stations take
    Provenance provenance;
};

/// A part of a line, between two of its stations in chainage order, that differs from the line.
struct SectionSheet {
    Name from, to;
    TrackSheet track;
};

/// From this chainage on another limit holds, up to the next one written.
struct LimitFromSheet {
    Written<Length> at;
    Speed limit{};
};

/// From this chainage on the line has this equivalent gradient, against a train running up the chainage.
struct GradientFromSheet {
    Written<Length> at;
    Written<Gradient> gradient;
};

/// A line as written: its stations by chainage, its track, and where its parts differ.
struct LineSheet {
    Name id;
    std::string name, local_name;
    TrackSheet track;
    std::vector<std::pair<Name, Written<Length>>> chainage;
    std::vector<LimitFromSheet> limits;        ///< where the line is known in detail
    std::vector<GradientFromSheet> gradients;  ///< likewise; begin at a station
    std::vector<SectionSheet> sections;
};

/// Checks of passport and goods, at the stations on either side.
struct BorderSheet {
    Name id;
    std::vector<Name> between;
    std::vector<std::pair<Name, Sourced<Uncertain<Duration>>>> formalities;
    Use use = Use::every_train;
    Provenance provenance;
};

/// A place where cars change from one gauge to the other, in batches: set-up, then ceil(cars / cars_per_batch) batches, then the brake test.
struct GaugeChangeSheet {
    Name at;
    std::vector<Gauge> gauges;
    std::string method;
    Uncertain<Duration> set_up, batch, brake_test;
    int cars_per_batch = 1;
    Provenance provenance;
    int lifts = 1;  ///< how many trains can be worked on at once
};

/// One network file.
struct NetworkSheet {
    std::string file, name;
    Provenance provenance;
    std::vector<StationSheet> stations;
    std::vector<LineSheet> lines;
    std::vector<BorderSheet> borders;
    std::vector<GaugeChangeSheet> gauge_changes;
};

}  // namespace railwindow
