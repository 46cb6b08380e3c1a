#include <railwindow/io/json_numbers.hpp>
#include <railwindow/io/page_map.hpp>
#include <railwindow/io/page_text.hpp>
#include <railwindow/io/report_page.hpp>
#include <railwindow/io/write_reach.hpp>

#include <nlohmann/json.hpp>

#include <sstream>

namespace railwindow {

void write_report(std::ostream& out, const Reach& reach, const ReportStyle& style) {
    using Json = nlohmann::ordered_json;
    constexpr double hardly = 0.005;  // share of the runs below which a station is no reason for a larger map
    const auto& stations = reach.network.stations();
    std::stringstream text;
    write_json(text, reach);
    Json json = Json::parse(document_head("reach", style));
    json["reach"] = Json::parse(text);
    json["origin"] = Json::parse(station_json(stations[reach.origin]));
    std::vector<GeoPosition> places{stations[reach.origin].position};
    json["places"] = Json::array();
    for (const ReachedStation& one : reach.stations) {
        const GeoPosition at = stations[one.station].position;
        const bool drawn = one.in_time.value >= hardly;
        if (drawn) places.push_back(at);
        json["places"].push_back({{"at", {rounded(at.longitude, 1e4), rounded(at.latitude, 1e4)}}, {"drawn", drawn}});
    }
    json["names"] = Json::object();  // of the places where the journey of the file may be
    for (const Whereabouts& where : reach.whereabouts)
        for (const StationId id : {where.from, where.to}) json["names"][stations[id].id] = stations[id].name;
    for (const Unreachable& one : reach.unreachable) json["names"][stations[one.station].id] = stations[one.station].name;
    json["other_lines"] = Json::parse(network_lines_json(reach.network));
    PageText page = page_text("From " + stations[reach.origin].name, "where a train can be", style, {});
    page.basemap = basemap_json(places);
    write_page(out, page, json.dump(-1, ' ', false, Json::error_handler_t::replace));
}

}  // namespace railwindow
