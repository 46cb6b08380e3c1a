#include <railwindow/io/write_catalogue.hpp>

#include <railwindow/core/error.hpp>
#include <railwindow/core/text.hpp>
#include <railwindow/core/unicode.hpp>
#include <railwindow/io/json_numbers.hpp>
#include <railwindow/io/table_text.hpp>
#include <railwindow/network/called.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace railwindow {
namespace {

using CatalogueJson = nlohmann::ordered_json;

constexpr std::size_t nearest_shown = 5;

struct FoundStation {
    StationId id;
    std::optional<Length> distance;  // from the coordinates asked about
};

std::vector<FoundStation> asked_stations(const Network& network, std::string_view text) {
    std::vector<FoundStation> found;
    if (const auto position = parse_coordinates(text))
        for (const NearStation& near : nearest_stations(network, *position, nearest_shown)) found.push_back({near.station, near.distance});
    else
        for (const StationId id : stations_like(network, text)) found.push_back({id, {}});
    return found;
}

std::vector<LineId> lines_of(const Network& network, StationId station) {
    std::vector<LineId> lines;
    for (std::size_t i = 0; i < network.lines().size(); ++i) {
        const LineId id{static_cast<std::uint32_t>(i)};
        const std::vector<StationId>& stations = network.lines()[id].stations;
        if (std::find(stations.begin(), stations.end(), station) != stations.end()) lines.push_back(id);
    }
    return lines;
}

std::string position_text(GeoPosition at) {
    return fmt::format("{:.4f} {} {:.4f} {}", std::abs(at.latitude), at.latitude < 0 ? 'S' : 'N', std::abs(at.longitude),
                       at.longitude < 0 ? 'W' : 'E');
}

Length length_of(const Network& network, LineId line) {
    Length length{};
    for (const Section& section : network.sections())
        if (section.line == line) length += section.length;
    return length;
}

std::vector<LineId> asked_lines(const Network& network, std::string_view text) {
    const std::string part = folded(text);
    const std::vector<StationId> stations = text.empty() ? std::vector<StationId>{} : stations_called(network, text);
    std::vector<LineId> found;
    for (std::size_t i = 0; i < network.lines().size(); ++i) {
        const LineId id{static_cast<std::uint32_t>(i)};
        const Line& line = network.lines()[id];
        const auto has = [&](StationId station) { return std::find(line.stations.begin(), line.stations.end(), station) != line.stations.end(); };
        if (folded(line.id).find(part) != std::string::npos || folded(line.name).find(part) != std::string::npos ||
            std::any_of(stations.begin(), stations.end(), has))
            found.push_back(id);
    }
    std::sort(found.begin(), found.end(), [&](LineId a, LineId b) { return network.lines()[a].id < network.lines()[b].id; });
    return found;
}

// The two stations of line `landmark.line` that it lies between.
std::string neighbours(const Network& network, const Landmark& landmark) {
    for (const Section& section : network.sections())
        if (section.line == landmark.line && section.begin <= landmark.at && landmark.at <= section.begin + section.length)
            return fmt::format("between {} and {}", network.stations()[section.from].name, network.stations()[section.to].name);
    return "";
}

}  // namespace

void write_stations(std::ostream& out, const Network& network, std::string_view text, int width) {
    const std::vector<FoundStation> found = asked_stations(network, text);
    const std::vector<std::size_t> places = landmarks_like(network, text);
    if (found.empty() && places.empty())
        throw Infeasible{fmt::format("no station or place of these networks is called like '{}'; {}", text, suggestion(text, network.station_ids()))};
    out << "Stations: id, name, country, position, lines\n";
    for (const FoundStation& one : found) {
        const Station& station = network.stations()[one.id];
        std::string row = station.id + ": " + station.name;
        if (!station.local_name.empty() && station.local_name != station.name) row += " (" + station.local_name + ")";
        row += fmt::format(", {}, {}", station.country, position_text(station.position));
        if (one.distance) row += fmt::format(", {:.1f} km from there", *one.distance / km);
        row += ", on";
        for (const LineId line : lines_of(network, one.id)) row += ' ' + network.lines()[line].id + ',';
        row.pop_back();
        write_wrapped(out, row, width, 4);
    }
    for (const std::size_t i : places) {
        const Landmark& place = network.landmarks()[i];
        write_wrapped(out,
                      fmt::format("{}: {}, a place on {} at km {:.1f} {}; for sightings (`observed`, --seen)", place.id, place.name,
                                  network.lines()[place.line].id, place.at / km, neighbours(network, place)),
                      width, 4);
    }
}

void write_stations_json(std::ostream& out, const Network& network, std::string_view text) {
    CatalogueJson json{{"schema", "railwindow.stations/1"}, {"stations", CatalogueJson::array()}, {"places", CatalogueJson::array()}};
    for (const FoundStation& one : asked_stations(network, text)) {
        const Station& station = network.stations()[one.id];
        CatalogueJson row{{"id", station.id},
                          {"name", station.name},
                          {"local_name", station.local_name},
                          {"country", station.country},
                          {"latitude", station.position.latitude},
                          {"longitude", station.position.longitude},
                          {"time_zone", station.zone.name()},
                          {"lines", CatalogueJson::array()}};
        for (const LineId line : lines_of(network, one.id)) row["lines"].push_back(network.lines()[line].id);
        if (one.distance) row["distance_km"] = kilometres(*one.distance);
        json["stations"].push_back(std::move(row));
    }
    for (const std::size_t i : landmarks_like(network, text)) {
        const Landmark& place = network.landmarks()[i];
        json["places"].push_back({{"id", place.id}, {"name", place.name}, {"line", network.lines()[place.line].id}, {"km", kilometres(place.at)}});
    }
    out << json.dump(2) << '\n';
}

void write_stations_csv(std::ostream& out, const Network& network, std::string_view text) {
    out << "station,name,local_name,country,latitude,longitude,time_zone,lines\n";
    for (const FoundStation& one : asked_stations(network, text)) {
        const Station& station = network.stations()[one.id];
        std::string lines;
        for (const LineId line : lines_of(network, one.id)) lines += (lines.empty() ? "" : " ") + network.lines()[line].id;
        out << fmt::format("{},{},{},{},{},{},{},{}\n", station.id, csv_field(station.name), csv_field(station.local_name), station.country,
                           station.position.latitude, station.position.longitude, station.zone.name(), lines);
    }
}

void write_lines(std::ostream& out, const Network& network, std::string_view text, int width) {
    const std::vector<LineId> found = asked_lines(network, text);
    if (found.empty()) throw Infeasible{fmt::format("no line of these networks is called like '{}' or has a station of that name", text)};
    out << "Lines: id, name, ends, length, stations\n";
    for (const LineId id : found) {
        const Line& line = network.lines()[id];
        write_wrapped(out,
                      fmt::format("{}: {}, {} to {}, {:.1f} km, {} stations", line.id, line.name, network.stations()[line.stations.front()].id,
                                  network.stations()[line.stations.back()].id, length_of(network, id) / km, line.stations.size()),
                      width, 4);
    }
}

void write_lines_json(std::ostream& out, const Network& network, std::string_view text) {
    CatalogueJson json{{"schema", "railwindow.lines/1"}, {"lines", CatalogueJson::array()}};
    for (const LineId id : asked_lines(network, text)) {
        const Line& line = network.lines()[id];
        CatalogueJson stations = CatalogueJson::array();
        for (const StationId station : line.stations) stations.push_back(network.stations()[station].id);
        json["lines"].push_back({{"id", line.id},
                                 {"name", line.name},
                                 {"from", stations.front()},
                                 {"to", stations.back()},
                                 {"length_km", kilometres(length_of(network, id))},
                                 {"stations", stations}});
    }
    out << json.dump(2) << '\n';
}

}  // namespace railwindow
