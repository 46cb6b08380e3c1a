#include <railwindow/network/called.hpp>

#include <railwindow/core/text.hpp>
#include <railwindow/core/unicode.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace railwindow {
namespace {

// A number at the beginning of `text`, which loses it.
std::optional<double> take_degrees(std::string_view& text, double most) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
    if (error != std::errc{} || std::abs(value) > most) return {};
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return value;
}

// Degrees, minutes and seconds up to one of the two letters of `hemispheres`, of which the second one is negative.
std::optional<double> take_angle(std::string_view& text, std::string_view hemispheres, double most) {
    double angle = 0, unit = 1, last = 0;
    for (int parts = 0;; ++parts, unit /= 60) {
        text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
        if (text.empty()) return {};
        if (const std::size_t side = hemispheres.find(text.front()); side != std::string_view::npos) {
            text.remove_prefix(1);
            return parts > 0 && angle <= most ? std::optional{side == 0 ? angle : -angle} : std::nullopt;
        }
        const auto value = take_degrees(text, most);
        if (parts == 3 || !value || std::signbit(*value) || (parts > 0 && *value >= 60) || last != std::floor(last)) return {};
        angle += *value * unit;
        last = *value;
    }
}

bool holds(const std::string& name, const std::string& part) { return folded(name).find(part) != std::string::npos; }

}  // namespace

std::optional<GeoPosition> parse_position(std::string_view text) {
    std::string plain{text};
    for (const std::string_view sign : {"°", "º", "′", "’", "'", "″", "”", "\""})
        for (std::size_t at = 0; (at = plain.find(sign)) != std::string::npos;) plain.replace(at, sign.size(), " ");
    std::string_view left = plain;
    const auto latitude = take_angle(left, "NS", 90), longitude = take_angle(left, "EW", 180);
    if (!latitude || !longitude || left.find_first_not_of(' ') != std::string_view::npos) return {};
    return GeoPosition{*latitude, *longitude};
}

std::optional<GeoPosition> parse_coordinates(std::string_view text) {
    if (const auto position = parse_position(text)) return position;
    const auto latitude = take_degrees(text, 90);
    const std::size_t next = text.find_first_not_of(", ");
    if (!latitude || next == 0 || next == std::string_view::npos) return {};
    text.remove_prefix(next);
    const auto longitude = take_degrees(text, 180);
    if (!longitude || text.find_first_not_of(' ') != std::string_view::npos) return {};
    return GeoPosition{*latitude, *longitude};
}

std::vector<NearStation> nearest_stations(const Network& network, GeoPosition position, std::size_t count) {
    std::vector<NearStation> near;
    for (std::size_t i = 0; i < network.stations().size(); ++i) {
        const StationId id{static_cast<std::uint32_t>(i)};
        near.push_back({id, great_circle(position, network.stations()[id].position)});
    }
    std::stable_sort(near.begin(), near.end(), [](const NearStation& a, const NearStation& b) { return a.distance < b.distance; });
    near.resize(std::min(near.size(), count));
    return near;
}

std::vector<StationId> stations_called(const Network& network, std::string_view text) {
    if (const auto id = network.find_station(text)) return {*id};
    std::vector<StationId> found;
    if (const auto position = parse_coordinates(text)) {
        for (const NearStation& near : nearest_stations(network, *position, 1))
            if (near.distance <= meant_within) found.push_back(near.station);
        return found;
    }
    const std::string wanted = folded(text);
    for (const std::string_view id : network.station_ids()) {
        const StationId station = *network.find_station(id);
        const Station& one = network.stations()[station];
        if (folded(one.id) == wanted || folded(one.name) == wanted || folded(one.local_name) == wanted) found.push_back(station);
    }
    return found;
}

std::vector<StationId> stations_like(const Network& network, std::string_view text) {
    std::vector<StationId> found;
    const std::string part = folded(text);
    for (const std::string_view id : network.station_ids()) {
        const StationId station = *network.find_station(id);
        const Station& one = network.stations()[station];
        if (holds(one.id, part) || holds(one.name, part) || holds(one.local_name, part)) found.push_back(station);
    }
    return found;
}

const Landmark* landmark_called(const Network& network, std::string_view text) {
    const auto joined = [](std::string_view words) {
        std::string one = folded(words);
        std::replace(one.begin(), one.end(), ' ', '-');
        return one;
    };
    for (const Landmark& landmark : network.landmarks())
        if (joined(landmark.id) == joined(text) || joined(landmark.name) == joined(text)) return &landmark;
    return nullptr;
}

std::vector<std::size_t> landmarks_like(const Network& network, std::string_view text) {
    std::vector<std::size_t> found;
    const std::string part = folded(text);
    for (std::size_t i = 0; i < network.landmarks().size(); ++i)
        if (holds(network.landmarks()[i].id, part) || holds(network.landmarks()[i].name, part) ||
            landmark_called(network, text) == &network.landmarks()[i])
            found.push_back(i);
    return found;
}

StationId Network::station(const Name& name, std::string_view subject) const {
    const std::vector<StationId> called = stations_called(*this, name.value);
    if (called.size() == 1) return called.front();
    const auto fail = [&](std::string what, std::string remedy) {
        throw InputError{Finding{name.place, std::string{subject}, std::move(what), std::move(remedy), Severity::error}};
    };
    if (!called.empty()) {
        std::vector<std::string_view> ids;
        for (const StationId id : called) ids.push_back(stations_[id].id);
        fail(fmt::format("'{}' may mean several stations", name.value), "write which by its id: " + listed(ids));
    }
    if (const auto position = parse_coordinates(name.value)) {
        std::string near;
        for (const NearStation& one : nearest_stations(*this, *position, 3))
            near += fmt::format("{} '{}' at {:.0f} km", near.empty() ? "" : ",", stations_[one.station].id, one.distance / km);
        fail(fmt::format("no station lies within {:.0f} km of {}", meant_within / km, name.value), "the nearest are" + near);
    }
    const std::string wanted = folded(name.value);
    for (const Landmark& landmark : landmarks_)
        if (folded(landmark.id) == wanted || folded(landmark.name) == wanted)
            fail(fmt::format("'{}' is no station but a place on line '{}' at km {:.1f}", name.value, lines_[landmark.line].id, landmark.at / km),
                 "only `observed` and --seen take such a place; name a station");
    fail(fmt::format("no loaded network has a station '{}'", name.value), near_station(name.value));
    return {};
}

// The near miss among ids, names and places on lines.
std::string Network::near_station(std::string_view text) const {
    std::vector<std::string_view> known = station_ids();
    const std::string wanted = folded(text);
    for (const Landmark& landmark : landmarks_)  // a river that people name for the bridge over it
        if (characters(wanted) > 3 && folded(landmark.name).find(wanted) != std::string::npos)
            return fmt::format("'{}' is a place on line '{}' at km {:.1f}, which sightings may name; {}", landmark.id, lines_[landmark.line].id,
                               landmark.at / km, suggestion(text, known));
    if (const std::string_view id = near_miss(text, known); !id.empty()) return fmt::format("did you mean '{}'?", id);
    std::vector<std::string> names;
    for (const Station& station : stations_) names.push_back(folded(station.name)), names.push_back(folded(station.local_name));
    for (const Landmark& landmark : landmarks_) names.push_back(folded(landmark.name));
    const std::string_view near = near_miss(wanted, {names.begin(), names.end()});
    if (near.empty()) return suggestion(text, known);
    const auto at = static_cast<std::size_t>(std::find(names.begin(), names.end(), near) - names.begin());
    if (at >= 2 * stations_.size()) {
        const Landmark& landmark = landmarks_[at - 2 * stations_.size()];
        return fmt::format("near to it is '{}', a place on line '{}' at km {:.1f}", landmark.id, lines_[landmark.line].id, landmark.at / km);
    }
    const Station& station = stations_[StationId{static_cast<std::uint32_t>(at / 2)}];
    return fmt::format("did you mean '{}' ({})?", station.id, station.name);
}

}  // namespace railwindow
