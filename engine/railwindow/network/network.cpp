#include <railwindow/network/network.hpp>

#include <railwindow/core/text.hpp>
#include <railwindow/network/line_profile.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <tuple>
#include <unordered_map>
#include <unordered_set>

namespace railwindow {

namespace {

template <class Key, class T>
void sort_by_name(std::vector<Key>& keys, const IndexedBy<Key, T>& values) {
    std::sort(keys.begin(), keys.end(), [&](Key a, Key b) { return values[a].id < values[b].id; });
}

template <class Key, class T>
std::optional<Key> find_by_name(const std::vector<Key>& keys, const IndexedBy<Key, T>& values, std::string_view id) {
    const auto found = std::lower_bound(keys.begin(), keys.end(), id, [&](Key key, std::string_view name) { return values[key].id < name; });
    return found != keys.end() && values[*found].id == id ? std::optional{*found} : std::nullopt;
}

using StationPair = std::pair<StationId, StationId>;

StationPair stations_of(const Border& border) { return std::minmax(border.a, border.b); }

bool before(const KnownTurn& one, const KnownTurn& other) { return std::tie(one.at, one.a, one.b) < std::tie(other.at, other.a, other.b); }

}  // namespace

// Resolves sheets into a network and collects what does not fit.
class NetworkAssembly {
public:
    explicit NetworkAssembly(Network& network) : net_{network} {}

    void add(const std::vector<NetworkSheet>& sheets) {
        for (const NetworkSheet& sheet : sheets)
            for (const StationSheet& station : sheet.stations) add_station(station, sheet.provenance);
        refuse_unknown_zones();
        sort_by_name(net_.by_name_, net_.stations_);
        for (const NetworkSheet& sheet : sheets)
            for (const LineSheet& line : sheet.lines) add_line(line, sheet);
        sort_by_name(net_.lines_by_name_, net_.lines_);
        for (const NetworkSheet& sheet : sheets) {
            for (const BorderSheet& border : sheet.borders) add_border(border, sheet);
            for (const GaugeChangeSheet& change : sheet.gauge_changes) add_gauge_change(change, sheet);
            for (const TurnSheet& turn : sheet.turns) add_turn(turn);
        }
        findings_.throw_if_errors();
    }

private:
    void error(const Place& place, std::string subject, std::string what, std::string remedy = {}) {
        findings_.add({place, std::move(subject), std::move(what), std::move(remedy), Severity::error});
    }

    std::optional<TimeZone> zone_called(const std::string& name) {
        if (!zone_ || name != zone_name_) zone_ = TimeZone::find(zone_name_ = name);
        return zone_;
    }

    void add_station(const StationSheet& sheet, const Provenance& inherited) {
        const std::string subject = "stations." + sheet.id.value;
        if (const auto [known, fresh] = station_places_.try_emplace(sheet.id.value, sheet.id.place); !fresh) {
            const Place& first = known->second;
            return error(sheet.id.place, subject, "this station is defined twice", fmt::format("the first is at {}:{}", first.file, first.line));
        }
        const std::optional<TimeZone> zone = zone_called(sheet.time_zone.value);
        if (!zone)
            return ++unknown_zones_.try_emplace(sheet.time_zone.value, UnknownZone{sheet.time_zone.place, subject}).first->second.stations, void();
        const StationId id = net_.stations_.push_back({sheet.id.value, sheet.name, sheet.local_name, sheet.country, sheet.position, sheet.elevation,
                                                       *zone, sheet.reversal, inherit(sheet.provenance, inherited)});
        net_.by_name_.push_back(id);
        net_.sections_at_.push_back({});
    }

    // Each once, however many stations are in it; what follows from their absence is not told.
    void refuse_unknown_zones() {
        for (const auto& [name, unknown] : unknown_zones_)
            error(unknown.place, unknown.subject + ".time_zone",
                  fmt::format("the time zone database has no '{}'{}", name,
                              unknown.stations > 1 ? fmt::format(", where {} stations are", unknown.stations) : ""),
                  "use an IANA name such as Asia/Vladivostok, or install the package tzdata if this is one");
        if (!unknown_zones_.empty()) findings_.throw_if_errors();
    }

    std::optional<StationId> resolve(const Name& name, const std::string& subject) {
        const auto found = net_.find_station(name.value);
        if (!found)
            error(name.place, subject, fmt::format("no loaded network has a station '{}'", name.value), suggestion(name.value, net_.station_ids()));
        return found;
    }

    void add_line(const LineSheet& sheet, const NetworkSheet& of) {
        const std::string subject = "lines." + sheet.id.value;
        if (!line_ids_.insert(sheet.id.value).second)
            return error(sheet.id.place, subject, "this line is defined twice", "give one of them another name");
        if (sheet.chainage.size() < 2)
            return error(sheet.id.place, subject + ".chainage", "a line needs at least two stations", "list them with their chainage");
        std::vector<StationId> stations;
        for (const auto& [name, at] : sheet.chainage)
            if (const auto id = resolve(name, subject + ".chainage")) stations.push_back(*id);
        if (stations.size() < sheet.chainage.size()) return;
        for (std::size_t i = 0; i + 1 < sheet.chainage.size(); ++i) {
            const auto& [name, at] = sheet.chainage[i + 1];
            const Length before = sheet.chainage[i].second.value;
            if (at.value <= before)
                return error(at.place, subject + ".chainage." + name.value,
                             fmt::format("{:.3f} km does not lie beyond {} at {:.3f} km", at.value / km, sheet.chainage[i].first.value, before / km),
                             "chainage rises along the line");
        }
        check_profile(sheet, findings_);
        const Provenance provenance = inherit(sheet.track.provenance, of.provenance);
        const LineId line = net_.lines_.push_back({sheet.id.value, sheet.name, of.file, std::move(stations), provenance, sheet.id.place});
        net_.lines_by_name_.push_back(line);
        add_sections(sheet, line, provenance);
        for (const LandmarkSheet& landmark : sheet.landmarks) add_landmark(landmark, sheet, line);
    }

    void add_landmark(const LandmarkSheet& sheet, const LineSheet& of, LineId line) {
        const std::string subject = "lines." + of.id.value + ".landmarks." + sheet.id.value;
        if (const auto [known, fresh] = station_places_.try_emplace(sheet.id.value, sheet.id.place); !fresh)
            return error(sheet.id.place, subject, "another place has this name",
                         fmt::format("the first is at {}:{}", known->second.file, known->second.line));
        const Length first = of.chainage.front().second.value, last = of.chainage.back().second.value;
        if (sheet.at.value < first || sheet.at.value > last)
            return error(sheet.at.place, subject + ".at", fmt::format("{:.3f} km is not on the line", sheet.at.value / km),
                         fmt::format("it runs from {:.3f} km to {:.3f} km", first / km, last / km));
        net_.landmarks_.push_back({sheet.id.value, sheet.name, line, sheet.at.value});
    }

    // The index of a station on the line, as a section's end.
    std::optional<std::size_t> position_on(const LineSheet& line, const Name& name, const std::string& subject) {
        const auto found =
            std::find_if(line.chainage.begin(), line.chainage.end(), [&](const auto& entry) { return entry.first.value == name.value; });
        if (found != line.chainage.end()) return static_cast<std::size_t>(found - line.chainage.begin());
        std::vector<std::string_view> known;
        for (const auto& entry : line.chainage) known.push_back(entry.first.value);
        error(name.place, subject, fmt::format("line '{}' has no station '{}'", line.id.value, name.value), suggestion(name.value, known));
        return {};
    }

    void add_sections(const LineSheet& sheet, LineId line, const Provenance& line_provenance) {
        std::vector<TrackSheet> tracks(sheet.chainage.size() - 1, sheet.track);
        for (TrackSheet& track : tracks) track.provenance = line_provenance;
        for (const SectionSheet& part : sheet.sections) {
            const std::string subject = fmt::format("lines.{}.sections", sheet.id.value);
            const auto from = position_on(sheet, part.from, subject), to = position_on(sheet, part.to, subject);
            if (!from || !to) continue;
            if (*from >= *to) {
                error(part.from.place, subject, fmt::format("'{}' does not come before '{}' on the line", part.from.value, part.to.value),
                      "write them in order of chainage");
                continue;
            }
            for (std::size_t i = *from; i < *to; ++i) overlay(tracks[i], part.track);
        }
        for (std::size_t i = 0; i < tracks.size(); ++i) add_section(sheet, line, i, tracks[i]);
    }

    static void overlay(TrackSheet& base, const TrackSheet& part) {
        if (part.gauge) base.gauge = part.gauge;
        if (part.tracks) base.tracks = part.tracks;
        if (part.electrification) base.electrification = part.electrification;
        if (part.limit) base.limit = part.limit;
        if (part.operating_speed) base.operating_speed = part.operating_speed;
        if (part.ruling_gradient) base.ruling_gradient = part.ruling_gradient;
        if (part.use) base.use = part.use;
        if (part.axle_load) base.axle_load = part.axle_load;
        if (part.train_length) base.train_length = part.train_length;
        base.provenance = inherit(part.provenance, base.provenance);
    }

    void add_section(const LineSheet& sheet, LineId line, std::size_t index, const TrackSheet& track) {
        const auto missing = [&](const char* key) {
            error(sheet.id.place, "lines." + sheet.id.value,
                  fmt::format("{} to {} has no {}", sheet.chainage[index].first.value, sheet.chainage[index + 1].first.value, key),
                  fmt::format("give the line or this section its {}", key));
        };
        if (!track.gauge) return missing("gauge");
        if (!track.limit) return missing("limit");
        if (!track.operating_speed) return missing("operating_speed");
        const std::vector<StationId>& stations = net_.lines_[line].stations;
        Section section{line,
                        stations[index],
                        stations[index + 1],
                        sheet.chainage[index].second.value,
                        sheet.chainage[index + 1].second.value - sheet.chainage[index].second.value,
                        *track.gauge,
                        track.tracks.value_or(1),
                        track.electrification.value_or(Electrification{}),
                        track.use.value_or(Use::every_train),
                        *track.limit,
                        *track.operating_speed,
                        track.ruling_gradient,
                        track.provenance};
        section.limit.provenance = inherit(section.limit.provenance, track.provenance);
        section.operating_speed.provenance = inherit(section.operating_speed.provenance, track.provenance);
        section.limits = limits_between(sheet, section.begin, section.length, track.limit->value);
        section.gradients = gradients_between(sheet, section.begin, section.length);
        section.axle_load = track.axle_load;
        section.train_length = track.train_length;
        if (!section.limits.empty())
            section.limit.value =
                std::max_element(section.limits.begin(), section.limits.end(), [](const auto& a, const auto& b) { return a.value < b.value; })->value;
        const SectionId id = net_.sections_.push_back(std::move(section));
        net_.sections_at_[stations[index]].push_back(id);
        net_.sections_at_[stations[index + 1]].push_back(id);
    }

    void add_border(const BorderSheet& sheet, const NetworkSheet& of) {
        const std::string subject = "borders." + sheet.id.value;
        if (sheet.between.size() != 2)
            return error(sheet.id.place, subject + ".between", fmt::format("names {} stations", sheet.between.size()),
                         "a border lies between two stations");
        const auto a = resolve(sheet.between[0], subject + ".between"), b = resolve(sheet.between[1], subject + ".between");
        if (!a || !b) return;
        Border border{sheet.id.value, of.file, *a, *b, {}, sheet.use, inherit(sheet.provenance, of.provenance)};
        for (const auto& [name, law] : sheet.formalities) {
            const auto at = resolve(name, subject + ".formalities");
            if (!at) continue;
            if (*at != *a && *at != *b) {
                error(name.place, subject + ".formalities", fmt::format("'{}' is not one of the border's stations", name.value),
                      fmt::format("write {} or {}", sheet.between[0].value, sheet.between[1].value));
                continue;
            }
            border.formalities.emplace_back(*at, law);
            Provenance& provenance = border.formalities.back().second.provenance;
            provenance = inherit(provenance, border.provenance);
        }
        for (const auto& [name, hours] : sheet.hours) {
            const auto at = resolve(name, subject + ".hours");
            const auto here = [&](const auto& formality) { return formality.first == *at; };
            if (at && std::none_of(border.formalities.begin(), border.formalities.end(), here))
                error(name.place, subject + ".hours", fmt::format("there are no formalities at '{}'", name.value),
                      "give it `formalities`, or leave out its hours");
            if (at) border.hours.emplace_back(*at, hours.value);
        }
        // Behind others between the same stations: the first counts.
        const auto comes_first = [&](const StationPair& pair, std::size_t other) { return pair < stations_of(net_.borders_[other]); };
        const auto place = std::upper_bound(net_.borders_by_pair_.begin(), net_.borders_by_pair_.end(), stations_of(border), comes_first);
        net_.borders_by_pair_.insert(place, net_.borders_.size());
        net_.borders_.push_back(std::move(border));
    }

    void add_gauge_change(const GaugeChangeSheet& sheet, const NetworkSheet& of) {
        const std::string subject = "gauge_changes." + sheet.at.value;
        const auto at = resolve(sheet.at, subject);
        if (!at) return;
        if (net_.gauge_change_at(*at)) return error(sheet.at.place, subject, "this gauge change is defined twice", "keep one of them");
        if (sheet.gauges.size() != 2 || sheet.gauges[0] == sheet.gauges[1])
            return error(sheet.at.place, subject + ".gauges", "a gauge change joins two different gauges", "write [1435 mm, 1520 mm]");
        const auto comes_first = [&](StationId here, std::size_t other) { return here < net_.gauge_changes_[other].at; };
        const auto place = std::upper_bound(net_.changes_by_place_.begin(), net_.changes_by_place_.end(), *at, comes_first);
        net_.changes_by_place_.insert(place, net_.gauge_changes_.size());
        net_.gauge_changes_.push_back({of.file, *at, sheet});
        Provenance& provenance = net_.gauge_changes_.back().works.provenance;
        provenance = inherit(provenance, of.provenance);
    }

    void add_turn(const TurnSheet& sheet) {
        const std::string subject = "turns." + sheet.at.value;
        if (sheet.between.size() != 2)
            return error(sheet.at.place, subject + ".between", fmt::format("names {} stations", sheet.between.size()),
                         "name the two neighbours that trains come from and go to");
        const auto at = resolve(sheet.at, subject), a = resolve(sheet.between[0], subject + ".between"),
                   b = resolve(sheet.between[1], subject + ".between");
        if (!at || !a || !b) return;
        for (const auto& [neighbour, name] : {std::pair{*a, &sheet.between[0]}, std::pair{*b, &sheet.between[1]}}) {
            const auto ends_there = [&, neighbour = neighbour](SectionId id) {
                return net_.sections_[id].from == neighbour || net_.sections_[id].to == neighbour;
            };
            const std::vector<SectionId>& sections = net_.sections_at_[*at];
            if (std::none_of(sections.begin(), sections.end(), ends_there))
                return error(name->place, subject + ".between", fmt::format("'{}' is no neighbour of '{}' on any line", name->value, sheet.at.value),
                             "name stations next to it");
        }
        if (net_.known_turn(*at, *a, *b)) return error(sheet.at.place, subject, "this turn is defined twice", "keep one of them");
        const KnownTurn turn{*at, std::min(*a, *b), std::max(*a, *b), sheet.reversal};
        net_.turns_.insert(std::upper_bound(net_.turns_.begin(), net_.turns_.end(), turn, before), turn);
    }

    Network& net_;
    Findings findings_;
    std::unordered_map<std::string, Place> station_places_;
    struct UnknownZone {
        Place place;  // of the first station in it
        std::string subject;
        int stations = 0;
    };
    std::map<std::string, UnknownZone> unknown_zones_;
    std::unordered_set<std::string> line_ids_;
    std::string zone_name_;  // the last one found: stations of one zone follow each other
    std::optional<TimeZone> zone_;
};

Network::Network(const std::vector<NetworkSheet>& sheets) { NetworkAssembly{*this}.add(sheets); }

std::optional<StationId> Network::find_station(std::string_view id) const { return find_by_name(by_name_, stations_, id); }

std::optional<LineId> Network::find_line(std::string_view id) const { return find_by_name(lines_by_name_, lines_, id); }

std::vector<std::string_view> Network::station_ids() const {
    std::vector<std::string_view> ids;
    for (const StationId station : by_name_) ids.push_back(stations_[station].id);
    return ids;
}

const Border* Network::border_between(StationId a, StationId b) const {
    const StationPair pair = std::minmax(a, b);
    const auto comes_first = [&](std::size_t border, const StationPair& wanted) { return stations_of(borders_[border]) < wanted; };
    const auto found = std::lower_bound(borders_by_pair_.begin(), borders_by_pair_.end(), pair, comes_first);
    return found != borders_by_pair_.end() && stations_of(borders_[*found]) == pair ? &borders_[*found] : nullptr;
}

std::optional<bool> Network::known_turn(StationId station, StationId a, StationId b) const {
    if (turns_.empty()) return {};
    const KnownTurn wanted{station, std::min(a, b), std::max(a, b), false};
    const auto found = std::lower_bound(turns_.begin(), turns_.end(), wanted, before);
    return found != turns_.end() && !before(wanted, *found) ? std::optional{found->reversal} : std::nullopt;
}

const GaugeChange* Network::gauge_change_at(StationId station) const {
    const auto comes_first = [&](std::size_t change, StationId wanted) { return gauge_changes_[change].at < wanted; };
    const auto found = std::lower_bound(changes_by_place_.begin(), changes_by_place_.end(), station, comes_first);
    return found != changes_by_place_.end() && gauge_changes_[*found].at == station ? &gauge_changes_[*found] : nullptr;
}

namespace {
constexpr double radians(double degrees) { return degrees * std::numbers::pi / 180; }
}  // namespace

Length great_circle(GeoPosition a, GeoPosition b) {
    constexpr Length radius = 6371.0088 * km;
    const double north = std::sin(radians(b.latitude - a.latitude) / 2), east = std::sin(radians(b.longitude - a.longitude) / 2);
    const double haversine = north * north + std::cos(radians(a.latitude)) * std::cos(radians(b.latitude)) * east * east;
    return 2 * std::asin(std::min(1.0, std::sqrt(haversine))) * radius;
}

double bearing(GeoPosition a, GeoPosition b) {
    const double lat1 = radians(a.latitude), lat2 = radians(b.latitude), east = radians(b.longitude - a.longitude);
    return std::atan2(std::sin(east) * std::cos(lat2), std::cos(lat1) * std::sin(lat2) - std::sin(lat1) * std::cos(lat2) * std::cos(east));
}

Sines sines(GeoPosition position) {
    const double latitude = radians(position.latitude), longitude = radians(position.longitude);
    return {std::sin(latitude), std::cos(latitude), std::sin(longitude), std::cos(longitude)};
}

Heading heading(const Sines& a, const Sines& b) {
    const double east = (b.longitude_sine * a.longitude_cosine - b.longitude_cosine * a.longitude_sine) * b.latitude_cosine;
    const double beside = b.longitude_cosine * a.longitude_cosine + b.longitude_sine * a.longitude_sine;  // cosine of the longitudes' difference
    const double north = a.latitude_cosine * b.latitude_sine - a.latitude_sine * b.latitude_cosine * beside;
    const double length = std::sqrt(north * north + east * east);
    return length > 0 ? Heading{north / length, east / length} : Heading{1, 0};
}

}  // namespace railwindow
