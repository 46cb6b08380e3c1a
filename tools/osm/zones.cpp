#include "zones.hpp"

#include "places.hpp"

#include <railwindow/core/clock.hpp>
#include <railwindow/core/error.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <sstream>

namespace osm_import {
namespace {

// Inside is what a ray to the east leaves across an odd number of edges.
bool surrounds(const Area& area, Spot spot) {
    bool inside = false;
    for (const std::vector<Spot>& ring : area.rings)
        for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
            const Spot a = ring[i], b = ring[i + 1];
            if ((a.latitude > spot.latitude) == (b.latitude > spot.latitude)) continue;
            const double share = (spot.latitude - a.latitude) / (b.latitude - a.latitude);
            if (spot.longitude < a.longitude + share * (b.longitude - a.longitude)) inside = !inside;
        }
    return inside;
}

// The zone of a country that has one alone; source: zone.tab of tzdata.
std::string only_zone(const std::string& country) {
    static const std::map<std::string, std::vector<std::string>> zones = [] {
        std::map<std::string, std::vector<std::string>> read;
        std::ifstream table{"/usr/share/zoneinfo/zone.tab"};
        for (std::string line; std::getline(table, line);) {
            std::istringstream words{line};
            std::string code, coordinates, zone;
            if (!line.empty() && line.front() != '#' && words >> code >> coordinates >> zone) read[code].push_back(zone);
        }
        return read;
    }();
    const auto found = zones.find(country);
    return found != zones.end() && found->second.size() == 1 ? found->second.front() : std::string{};
}

std::string country_of(const std::string& zone) {
    const auto found = railwindow::TimeZone::find(zone);
    return found ? found->country() : std::string{};
}

bool is_code(const std::string& country) {
    return country.size() == 2 && std::all_of(country.begin(), country.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

}  // namespace

Zones::Zones(const std::vector<std::string>& words) {
    for (const std::string& word : words) {
        const std::size_t sign = word.rfind('=');
        const std::string zone = sign == std::string::npos ? word : word.substr(sign + 1);
        if (!railwindow::TimeZone::find(zone))
            throw railwindow::InputError{railwindow::Finding{{},
                                                             "--zone",
                                                             fmt::format("the time zone database has no '{}'", zone),
                                                             "use an IANA name such as Asia/Vladivostok",
                                                             railwindow::Severity::error}};
        if (sign == std::string::npos)
            otherwise_ = zone;
        else
            by_station_.emplace_back(word.substr(0, sign), zone);
    }
}

bool Zones::named(const Place& place) const {
    return std::any_of(by_station_.begin(), by_station_.end(), [&](const auto& entry) { return is_called(place, entry.first); });
}

std::string Zones::of(const Place& place) const {
    const auto found = std::find_if(by_station_.begin(), by_station_.end(), [&](const auto& entry) { return is_called(place, entry.first); });
    return found != by_station_.end() ? found->second : otherwise_;
}

std::optional<Where> where_is(const Place& place, Spot spot, const std::vector<Area>& areas, const Zones& zones) {
    const Area *of_country = nullptr, *of_zone = nullptr;
    for (const Area& area : areas) {
        if (area.rings.empty() || !surrounds(area, spot)) continue;
        if (is_code(area.country) && (!of_country || area.level < of_country->level)) of_country = &area;
        if (!country_of(area.zone).empty() && (!of_zone || area.level > of_zone->level)) of_zone = &area;
    }
    const std::string zone = zones.of(place);
    if (!zones.named(place)) {
        if (of_zone) return Where{country_of(of_zone->zone), of_zone->zone, of_zone->object};
        const std::string only = of_country ? only_zone(of_country->country) : std::string{};
        if (!only.empty()) return Where{of_country->country, only, of_country->object};
    }
    if (zone.empty()) return {};
    const std::string country = country_of(zone);
    return Where{country.empty() && of_country ? of_country->country : country, zone, {}};
}

}  // namespace osm_import
