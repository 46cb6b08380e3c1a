#pragma once
// The railway as a simulation needs it: stations, the sections between neighbours on a line, and what stands at stations.
// Immutable. Made from sheets by resolving every name; all that does not fit is reported at once.

#include <railwindow/core/clock.hpp>
#include <railwindow/core/id.hpp>
#include <railwindow/network/sheet.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace railwindow {

/// The number of a station in its network.
using StationId = Id<struct StationTag>;
/// The number of a line in its network.
using LineId = Id<struct LineTag>;
/// The number of a section in its network.
using SectionId = Id<struct SectionTag>;

/// A station.
struct Station {
    std::string id;                            ///< unique among its kind
    std::string name;                          ///< as people call it
    std::string local_name;                    ///< in the country's own script
    std::string country;                       ///< ISO 3166 code
    GeoPosition position;                      ///< WGS84
    std::optional<Sourced<Length>> elevation;  ///< above sea level; empty: not known
    TimeZone zone;                             ///< of its clocks
    std::optional<ReversalSheet> reversal;     ///< empty: nothing is said
    Provenance provenance;                     ///< where its numbers come from
};

/// A place on a line that reports name, such as a bridge.
struct Landmark {
    std::string id, name;  ///< unique among landmarks and stations; as people call it
    LineId line;           ///< that it lies on
    Length at;             ///< chainage
};

/// A line: neighbouring stations, one after the other.
struct Line {
    std::string id;                   ///< unique among its kind
    std::string name;                 ///< as people call it
    std::string file;                 ///< the file it is written in
    std::vector<StationId> stations;  ///< in chainage order
    Provenance provenance;            ///< where its numbers come from
    Place place{};                    ///< where it is written
};

/// A value that holds from `begin`, counted from the beginning of a section in some direction, up to the next one.
template <class T>
struct HoldsFrom {
    Length begin{};  ///< from the section's beginning
    T value{};       ///< up to the next one
};

/// The track between two neighbouring stations of a line; `from` has the lower chainage.
struct Section {
    LineId line;                                         ///< that it is a part of
    StationId from;                                      ///< the end of lower chainage
    StationId to;                                        ///< the end of higher chainage
    Length begin;                                        ///< chainage of `from` on the line
    Length length;                                       ///< between the two
    std::vector<Gauge> gauges;                           ///< at least one; several: dual gauge
    int tracks = 1;                                      ///< at least 1
    Electrification electrification;                     ///< its wire
    Use use = Use::every_train;                          ///< which trains run here
    Sourced<Speed> limit;                                ///< the highest on the section
    Sourced<Uncertain<Speed>> operating_speed;           ///< held between stops
    std::optional<RulingGradientSheet> ruling_gradient;  ///< empty: not known
    Provenance provenance;                               ///< where its numbers come from
    std::vector<HoldsFrom<Speed>> limits{};              ///< in detail, from `from` on, the first at 0; empty where `limit` is all
    std::vector<HoldsFrom<Gradient>> gradients{};        ///< likewise, against a train running up the chainage; empty where no profile is known
    std::optional<Sourced<Mass>> axle_load{};            ///< the heaviest axle it carries; empty where nothing is said
    std::optional<Sourced<Length>> train_length{};       ///< the longest train it takes; empty where nothing is said
};

/// A border crossing between two stations.
struct Border {
    std::string id;                                                               ///< unique among its kind
    std::string file;                                                             ///< the file it is written in
    StationId a;                                                                  ///< one of its two stations
    StationId b;                                                                  ///< the other one
    std::vector<std::pair<StationId, Sourced<Uncertain<Duration>>>> formalities;  ///< what passports and goods take, by station on either side
    Use use = Use::every_train;                                                   ///< whether every train may cross
    Provenance provenance;                                                        ///< where its numbers come from
    std::vector<std::pair<StationId, DailyHours>> hours{};  ///< when the formalities of a station can begin; without it at any time
};

/// A station where the gauge can be changed.
struct GaugeChange {
    std::string file;        ///< the file it is written in
    StationId at;            ///< the station
    GaugeChangeSheet works;  ///< how it is done there
};

/// Whether trains change direction at a station between two of its neighbours.
struct KnownTurn {
    StationId at;   ///< the station
    StationId a;    ///< one neighbour; not above `b`
    StationId b;    ///< the other one
    bool reversal;  ///< whether they do
};

/// Stations, the lines between them, and what stands there.
class Network {
public:
    Network() = default;
    /// Throws: InputError with every name that is unknown or used twice, every chainage out of order, every value missing.
    explicit Network(const std::vector<NetworkSheet>& sheets);

    /// All stations.
    const IndexedBy<StationId, Station>& stations() const { return stations_; }
    /// All lines.
    const IndexedBy<LineId, Line>& lines() const { return lines_; }
    /// All sections.
    const IndexedBy<SectionId, Section>& sections() const { return sections_; }
    /// All border crossings.
    const std::vector<Border>& borders() const { return borders_; }
    /// All places where the gauge can be changed.
    const std::vector<GaugeChange>& gauge_changes() const { return gauge_changes_; }

    /// All places that reports name.
    const std::vector<Landmark>& landmarks() const { return landmarks_; }

    /// The station of this id, or nothing.
    std::optional<StationId> find_station(std::string_view id) const;
    /// The station called `name` (called.hpp). Throws: InputError at its place, with the near miss, when the loaded networks have none or several.
    StationId station(const Name& name, std::string_view subject) const;
    /// The line of this id, or nothing.
    std::optional<LineId> find_line(std::string_view id) const;
    /// All stations' ids, in alphabetical order.
    std::vector<std::string_view> station_ids() const;
    /// The sections that end at `station`, in order of their ids.
    const std::vector<SectionId>& sections_at(StationId station) const { return sections_at_[station]; }
    /// The border that is crossed between two neighbouring stations, if there is one.
    const Border* border_between(StationId a, StationId b) const;
    /// The gauge change at `station`, or nothing.
    const GaugeChange* gauge_change_at(StationId station) const;
    /// Whether trains change direction at `station` between two neighbours, where the network says so; nothing: as their positions tell.
    std::optional<bool> known_turn(StationId station, StationId a, StationId b) const;

private:
    friend class NetworkAssembly;
    std::string near_station(std::string_view text) const;
    IndexedBy<StationId, Station> stations_;
    IndexedBy<LineId, Line> lines_;
    std::vector<Landmark> landmarks_;
    IndexedBy<SectionId, Section> sections_;
    std::vector<Border> borders_;
    std::vector<GaugeChange> gauge_changes_;
    std::vector<KnownTurn> turns_;               // in order of station and neighbours
    std::vector<StationId> by_name_;             // in order of their ids' texts
    std::vector<LineId> lines_by_name_;          // likewise
    std::vector<std::size_t> borders_by_pair_;   // indices of borders, in order of their two stations
    std::vector<std::size_t> changes_by_place_;  // indices of gauge changes, in order of their stations
    IndexedBy<StationId, std::vector<SectionId>> sections_at_;
};

/// Great-circle distance. Source: haversine formula on a sphere of 6371.0088 km (IUGG mean radius R1, Moritz 2000). Accuracy: 0.5 % of the
/// ellipsoid's.
Length great_circle(GeoPosition a, GeoPosition b);
/// The initial course from `a` to `b`, in radians clockwise from north.
double bearing(GeoPosition a, GeoPosition b);

/// A course as a unit vector: its parts to the north and to the east. Cheaper to compare than an angle.
struct Heading {
    double north = 0;  ///< cosine of the course
    double east = 0;   ///< its sine
};
/// The cosine of the turn from one course to another.
inline double cosine_between(Heading a, Heading b) { return a.north * b.north + a.east * b.east; }

/// Sines and cosines of a position, for work on many pairs.
struct Sines {
    double latitude_sine = 0;     ///< of the latitude
    double latitude_cosine = 1;   ///< of the latitude
    double longitude_sine = 0;    ///< of the longitude
    double longitude_cosine = 1;  ///< of the longitude
};
/// The sines and cosines of `position`.
Sines sines(GeoPosition position);
/// The initial course from `a` to `b`; north where they are one place.
Heading heading(const Sines& a, const Sines& b);

}  // namespace railwindow
