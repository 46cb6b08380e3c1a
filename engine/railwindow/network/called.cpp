#include <railwindow/network/called.hpp>

#include <railwindow/core/unicode.hpp>

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace railwindow {
namespace {

// A number at the beginning of `text`, which loses it.
std::optional<double> take_degrees(std::string& text, double most) {
    const char* begin = text.c_str();
    char* end = nullptr;
    const double value = std::strtod(begin, &end);
    if (end == begin || !std::isfinite(value) || std::abs(value) > most) return {};
    text.erase(0, static_cast<std::size_t>(end - begin));
    return value;
}

bool holds(const std::string& name, const std::string& part) { return folded(name).find(part) != std::string::npos; }

}  // namespace

std::optional<GeoPosition> parse_coordinates(std::string_view text) {
    std::string rest{text};
    if (rest.find_first_not_of("0123456789.,+- ") != std::string::npos) return {};
    const auto latitude = take_degrees(rest, 90);
    const std::size_t next = rest.find_first_not_of(", ");
    if (!latitude || next == 0 || next == std::string::npos) return {};
    rest.erase(0, next);
    const auto longitude = take_degrees(rest, 180);
    if (!longitude || rest.find_first_not_of(' ') != std::string::npos) return {};
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

std::vector<std::size_t> landmarks_like(const Network& network, std::string_view text) {
    std::vector<std::size_t> found;
    const std::string part = folded(text);
    for (std::size_t i = 0; i < network.landmarks().size(); ++i)
        if (holds(network.landmarks()[i].id, part) || holds(network.landmarks()[i].name, part)) found.push_back(i);
    return found;
}

}  // namespace railwindow
