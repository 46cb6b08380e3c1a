#include <railwindow/io/export_network.hpp>

#include <railwindow/io/json_numbers.hpp>
#include <railwindow/io/section_text.hpp>
#include <railwindow/io/slug.hpp>
#include <railwindow/io/yaml_writer.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace railwindow {
namespace {

using Json = nlohmann::ordered_json;

Json feature(const char* kind, Json where, Json properties) {
    return {{"type", "Feature"}, {"geometry", {{"type", kind}, {"coordinates", std::move(where)}}}, {"properties", std::move(properties)}};
}

Json coordinates(const Station& station) { return Json::array({station.position.longitude, station.position.latitude}); }

void add_provenance(Json& properties, const Provenance& provenance) {
    properties["source"] = provenance.source;
    properties["confidence"] = confidence_name(provenance.confidence);
}

Json station_feature(const Station& station) {
    Json properties{{"kind", "station"}, {"id", station.id}, {"name", station.name}};
    if (!station.local_name.empty()) properties["local_name"] = station.local_name;
    properties["country"] = station.country;
    properties["time_zone"] = station.zone.name();
    if (station.elevation) properties["elevation_m"] = rounded(station.elevation->value / m, 1000);
    add_provenance(properties, station.provenance);
    return feature("Point", coordinates(station), std::move(properties));
}

// What holds from which chainage on.
template <class T, class Number>
Json rows(const Section& section, const std::vector<HoldsFrom<T>>& steps, const char* key, Number number) {
    Json made = Json::array();
    for (const auto& step : steps)
        made.push_back({{"from_km", rounded((section.begin + step.begin) / km, 1e6)}, {key, rounded(number(step.value), 1e6)}});
    return made;
}

Json section_feature(const Network& network, SectionId id) {
    const Section& section = network.sections()[id];
    const Station &from = network.stations()[section.from], &to = network.stations()[section.to];
    Json properties{
        {"kind", "section"}, {"line_id", network.lines()[section.line].id}, {"from", from.id},
        {"to", to.id},       {"from_km", rounded(section.begin / km, 1e6)}, {"to_km", rounded((section.begin + section.length) / km, 1e6)}};
    properties.update(Json::parse(section_json(network, {id, Direction::up_chainage, section.gauges.front()})));
    properties["length_km"] = rounded(section.length / km, 1e6);
    properties.erase("gauge_mm");
    for (const Gauge gauge : section.gauges) properties["gauges_mm"].push_back(gauge.millimetres);
    properties["use"] = section.use == Use::freight_only ? "freight only" : "every train";
    if (!section.limits.empty()) properties["limits"] = rows(section, section.limits, "limit_kmh", [](Speed speed) { return speed / (km / h); });
    if (!section.gradients.empty())
        properties["gradients"] = rows(section, section.gradients, "permille", [](Gradient gradient) { return gradient.ratio / permille; });
    Json places = Json::array();
    for (const Landmark& landmark : network.landmarks())
        if (landmark.line == section.line && landmark.at >= section.begin && landmark.at < section.begin + section.length)
            places.push_back({{"id", landmark.id}, {"name", landmark.name}, {"at_km", rounded(landmark.at / km, 1e6)}});
    if (!places.empty()) properties["landmarks"] = std::move(places);
    add_provenance(properties, section.provenance);
    return feature("LineString", Json::array({coordinates(from), coordinates(to)}), std::move(properties));
}

std::string number(double value) { return fmt::format("{:.12g}", value); }

YamlNode row(std::initializer_list<std::string> values) { return yaml_texts(values); }

// A row wherever the limit or the gradient changes, and one for the end.
YamlNode characteristic_sections(const Network& network, LineId line) {
    std::vector<YamlNode> made;
    std::optional<std::pair<Speed, Gradient>> before;
    Length end{};
    for (const Section& section : network.sections()) {
        if (section.line != line) continue;
        std::vector<Length> changes{0 * m};
        for (const auto& step : section.limits) changes.push_back(step.begin);
        for (const auto& step : section.gradients) changes.push_back(step.begin);
        std::sort(changes.begin(), changes.end());
        changes.erase(std::unique(changes.begin(), changes.end()), changes.end());
        for (const Length at : changes) {
            std::pair<Speed, Gradient> here{section.limit.value, Gradient{}};
            for (const auto& step : section.limits)
                if (step.begin <= at) here.first = step.value;
            for (const auto& step : section.gradients)
                if (step.begin <= at) here.second = step.value;
            if (before && before->first == here.first && before->second.ratio == here.second.ratio) continue;
            made.push_back(row({number((section.begin + at) / m), number(here.first / (km / h)), number(here.second.ratio / permille)}));
            before = here;
        }
        end = section.begin + section.length;
    }
    made.push_back(row({number(end / m), number(before->first / (km / h)), "0"}));
    return yaml_list(std::move(made));
}

YamlNode points(const Network& network, LineId line) {
    std::vector<YamlNode> made;
    for (const Section& section : network.sections())
        if (section.line == line && section.from != network.lines()[line].stations.front())
            made.push_back(row({number(section.begin / m), on_one_line(network.stations()[section.from].name), "front"}));
    return yaml_list(std::move(made));
}

}  // namespace

void write_network_geojson(std::ostream& out, const Network& network) {
    Json json{{"type", "FeatureCollection"}, {"schema", "railwindow.network-map/1"}, {"features", Json::array()}};
    for (const Station& station : network.stations()) json["features"].push_back(station_feature(station));
    for (std::uint32_t i = 0; i < network.sections().size(); ++i) json["features"].push_back(section_feature(network, SectionId{i}));
    out << json.dump(1) << '\n';
}

void write_railtoolkit_paths(std::ostream& out, const Network& network, const std::vector<LineId>& lines) {
    std::vector<YamlNode> paths;
    for (const LineId id : lines) {
        const Line& line = network.lines()[id];
        std::vector<std::pair<std::string, YamlNode>> path{{"name", yaml_scalar(on_one_line(line.name))}, {"id", yaml_scalar(line.id)}};
        if (line.stations.size() > 2) path.emplace_back("points_of_interest", points(network, id));
        path.emplace_back("characteristic_sections", characteristic_sections(network, id));
        paths.push_back(yaml_map(std::move(path)));
    }
    // The version in quotes: others' readers would take it for a number.
    out << "%YAML 1.2\n---\nschema: https://railtoolkit.org/schema/running-path.json\nschema_version: \"2022.05\"\n"
        << yaml_text(yaml_map({{"paths", yaml_list(std::move(paths))}}));
}

Length without_gradients(const Network& network, LineId line) {
    Length sum{};
    for (const Section& section : network.sections())
        if (section.line == line && section.gradients.empty()) sum += section.length;
    return sum;
}

}  // namespace railwindow
