#include <railwindow/io/write_estimate.hpp>

#include <railwindow/io/section_text.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <sstream>

namespace railwindow {
namespace {

using Json = nlohmann::ordered_json;

Json coordinates(const Station& station) { return Json::array({station.position.longitude, station.position.latitude}); }

Json feature(const char* kind, Json where, Json properties) {
    return {{"type", "Feature"}, {"geometry", {{"type", kind}, {"coordinates", std::move(where)}}}, {"properties", std::move(properties)}};
}

void add_route(Json& features, const Model& model, std::size_t alternative) {
    const Path& path = model.alternatives[alternative].main().path;
    for (std::size_t i = 0; i < path.steps.size(); ++i) {
        const Station& from = model.network.stations()[station_at(model.network, path, i)];
        const Station& to = model.network.stations()[station_at(model.network, path, i + 1)];
        Json properties{{"kind", "section"}, {"route", fmt::format("route-{}", alternative + 1)}, {"from", from.id}, {"to", to.id}};
        properties.update(Json::parse(section_json(model.network, path.steps[i])));
        features.push_back(feature("LineString", Json::array({coordinates(from), coordinates(to)}), std::move(properties)));
    }
}

void add_windows(Json& features, const Model& model, const Json& points, const Json& route) {
    for (const Json& point : points) {
        Json properties{{"kind", "window"}, {"route", route}};
        properties.update(point);
        const Station& station = model.network.stations()[*model.network.find_station(point["station"].get<std::string>())];
        features.push_back(feature("Point", coordinates(station), std::move(properties)));
    }
}

}  // namespace

void write_geojson(std::ostream& out, const Model& model, const Estimate& estimate, Units units) {
    std::stringstream text;
    write_json(text, model, estimate, units);
    const Json result = Json::parse(text);
    Json json{{"type", "FeatureCollection"},    {"schema", "railwindow.estimate-map/1"},
              {"scenario", result["scenario"]}, {"runs", result["runs"]},
              {"seed", result["seed"]},         {"attribution", "networks: ODbL 1.0, (c) OpenStreetMap contributors; GeoNames, CC BY 4.0"},
              {"features", Json::array()}};
    for (std::size_t i = 0; i < model.alternatives.size(); ++i) add_route(json["features"], model, i);
    if (!result.contains("alternatives")) add_windows(json["features"], model, result["timing_points"], "route-1");
    if (result.contains("alternatives"))
        for (const Json& one : result["alternatives"]) add_windows(json["features"], model, one["timing_points"], one["route"]);
    out << json.dump(1) << '\n';
}

}  // namespace railwindow
