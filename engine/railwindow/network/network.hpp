#pragma once
// The railway as a simulation needs it: stations, the sections between neighbours on a line, and what stands at stations.
// Immutable. Made from sheets by resolving every name; all that does not fit is reported at once.

#include <railwindow/core/clock.hpp>
#include <railwindow/core/id.hpp>
#include <railwindow/network/sheet.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace railwindow {

using StationId = Id<struct StationTag>;
using LineId = Id<struct LineTag>;
using SectionId = Id<struct SectionTag>;
using BorderId = Id<struct BorderTag>;

/// A station.
struct Station {
    std::string id, name, local_name, country;
    GeoPosition position;
    std::optional<Sourced<Length>> elevation;
    TimeZone zone;
    std::optional<ReversalSheet> reversal;
    Provenance provenance;
};

/// A line: neighbouring stations, one after the other.
struct Line {
    std::string id, name, file;
    std::vector<StationId> stations;  ///< in chainage order
    Provenance provenance;
};

/// A value that holds from `begin`, counted from the beginning of a section in some direction, up to the next one.
template <class T>
struct HoldsFrom {
    Length begin{};
    T value{};
};

/// The track between two neighbouring stations of a line; `from` has the lower chainage.
struct Section {
    LineId line;
    StationId from, to;
    Length begin, length;  ///< chainage of `from` on the line; kilometres between the two
    std::vector<Gauge> gauges;
    int tracks = 1;
    Electrification electrification = Electrification::none;
    Use use = Use::every_train;
    Sourced<Speed> limit;  ///< the highest on the section
    Sourced<Uncertain<Speed>> operating_speed;
    std::optional<RulingGradientSheet> ruling_gradient;
    Provenance provenance;
    std::vector<HoldsFrom<Speed>> limits{};         ///< in detail, from `from` on, the first at 0; empty where `limit` is all
    std::vector<HoldsFrom<Gradient>> gradients{};   ///< likewise, against a train running up the chainage; empty where no profile is known
    std::optional<Sourced<Mass>> axle_load{};       ///< the heaviest axle it carries; empty where nothing is said
    std::optional<Sourced<Length>> train_length{};  ///< the longest train it takes; empty where nothing is said
};

/// A border crossing between two stations.
struct Border {
    std::string id, file;
    StationId a, b;
    std::vector<std::pair<StationId, Sourced<Uncertain<Duration>>>> formalities;
    Use use = Use::every_train;
    Provenance provenance;
};

/// A station where the gauge can be changed.
struct GaugeChange {
    std::string file;
    StationId at;
    GaugeChangeSheet works;
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

    /// The station of this id, or nothing.
    std::optional<StationId> find_station(std::string_view id) const;
    /// The station called `name`. Throws: InputError at its place, with the near miss, when the loaded networks have none.
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

private:
    friend class NetworkAssembly;
    IndexedBy<StationId, Station> stations_;
    IndexedBy<LineId, Line> lines_;
    IndexedBy<SectionId, Section> sections_;
    std::vector<Border> borders_;
    std::vector<GaugeChange> gauge_changes_;
    // Looks up by text without making a string of it.
    struct TextHash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };
    static std::uint64_t pair_key(StationId a, StationId b) { return std::uint64_t{std::min(a.value, b.value)} << 32 | std::max(a.value, b.value); }
    std::unordered_map<std::string, StationId, TextHash, std::equal_to<>> by_id_;
    std::unordered_map<std::string, LineId, TextHash, std::equal_to<>> lines_by_id_;
    std::unordered_map<std::uint64_t, std::size_t> border_of_pair_;
    std::unordered_map<std::uint32_t, std::size_t> gauge_change_of_;
    IndexedBy<StationId, std::vector<SectionId>> sections_at_;
};

/// Great-circle distance. Source: haversine formula on a sphere of 6371.0088 km (IUGG mean radius R1, Moritz 2000). Accuracy: 0.5 % of the
/// ellipsoid's.
Length great_circle(GeoPosition a, GeoPosition b);
/// The initial course from `a` to `b`, in radians clockwise from north.
double bearing(GeoPosition a, GeoPosition b);

/// A course as a unit vector: its parts to the north and to the east. Cheaper to compare than an angle.
struct Heading {
    double north = 0, east = 0;
};
/// The cosine of the turn from one course to another.
inline double cosine_between(Heading a, Heading b) { return a.north * b.north + a.east * b.east; }

/// Sines and cosines of a position, for work on many pairs.
struct Sines {
    double latitude_sine = 0, latitude_cosine = 1, longitude_sine = 0, longitude_cosine = 1;
};
Sines sines(GeoPosition position);
/// The initial course from `a` to `b`; north where they are one place.
Heading heading(const Sines& a, const Sines& b);

}  // namespace railwindow
