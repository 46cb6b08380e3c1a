#include <railwindow/io/write_routes.hpp>

#include <railwindow/core/text.hpp>
#include <railwindow/io/table_text.hpp>
#include <railwindow/route/told_apart.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace railwindow {
namespace {

using Json = nlohmann::ordered_json;

Duration total(const Path& path) { return path.running + path.standing; }
double whole_seconds(Duration duration) { return std::round(duration / s); }
double weak_share(const Routes& routes, const Path& path) {
    return path.length > 0 * m ? weakly_known_length(routes.network, path) / path.length : 0.0;
}

const Station& station(const Routes& routes, const Path& path, std::size_t step) {
    return routes.network.stations()[station_at(routes.network, path, step)];
}

std::string changes(const Routes& routes, const Path& path) {
    std::string text;
    for (const std::size_t step : path.gauge_changes)
        text += fmt::format("; gauge {} to {} mm at {}", path.steps[step - 1].gauge.millimetres, path.steps[step].gauge.millimetres,
                            station(routes, path, step).name);
    for (const std::size_t step : path.reversals) text += "; reversal at " + station(routes, path, step).name;
    for (const std::size_t step : path.traction_changes)
        text += fmt::format("; {} from {}", traction_name(path.steps[step].traction), station(routes, path, step).name);
    return text;
}

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : "-") + word;
    return text;
}

void write_way(std::ostream& out, const Routes& routes, std::size_t index, int width) {
    const Path& path = routes.paths[index];
    out << "   ";
    const std::string gauge = path.gauge_changes.empty() ? fmt::format("; gauge {} mm", path.steps.front().gauge.millimetres) : "";
    const std::string name = routes.paths.size() > 1 ? name_of_way(routes.network, routes.paths, index) + ": " : "";
    write_wrapped(out, name + summary(routes.network, path) + gauge + changes(routes, path) + '.', width - 3, 3);
}

constexpr int all_columns = 72;  // a narrower terminal has the counts in words

void write_row(std::ostream& out, const Routes& routes, std::size_t index, int width, Units units) {
    const Path& path = routes.paths[index];
    if (width < all_columns) {
        out << fmt::format("{:>2} {:>8.1f} {:>9} {:>9}\n", index + 1, path.length / shown_unit(units), clock_text(to_millis(path.running)),
                           clock_text(to_millis(total(path))));
        return write_way(out, routes, index, width);
    }
    out << fmt::format("{:>2} {:>8.1f} {:>6} {:>9} {:>8} {:>9} {:>9} {:>5.0f} %  ", index + 1, path.length / shown_unit(units),
                       path.gauge_changes.size(), path.reversals.size(), path.traction_changes.size(), clock_text(to_millis(path.running)),
                       clock_text(to_millis(total(path))), 100 * weak_share(routes, path));
    write_wrapped(out, joined(countries(routes.network, path)), std::max(width - 64, 8), 64);
    write_way(out, routes, index, width);
}

// What the routes of both schemas have: railwindow.estimate/1 writes the same keys.
Json route_json(const Routes& routes, std::size_t index) {
    const Path& path = routes.paths[index];
    const auto ids = [&](const std::vector<std::size_t>& steps) {
        Json list = Json::array();
        for (const std::size_t step : steps) list.push_back(station(routes, path, step).id);
        return list;
    };
    Json borders = Json::array();
    for (const std::size_t step : path.crossings)
        borders.push_back(routes.network.border_between(station_at(routes.network, path, step), station_at(routes.network, path, step + 1))->id);
    return {{"id", fmt::format("route-{}", index + 1)},
            {"probability", nullptr},  // which way is taken is not for a search to say
            {"name", name_of_way(routes.network, routes.paths, index)},
            {"summary", summary(routes.network, path)},
            {"length_km", std::round(path.length / m) / 1000.0},
            {"gauge_changes", ids(path.gauge_changes)},
            {"reversals", ids(path.reversals)},
            {"traction_changes", ids(path.traction_changes)},
            {"countries", countries(routes.network, path)},
            {"borders", std::move(borders)},
            {"running_seconds", whole_seconds(path.running)},
            {"standing_seconds", whole_seconds(path.standing)},
            {"expected_seconds", whole_seconds(total(path))},
            {"weak_length_share", std::round(1000 * weak_share(routes, path)) / 1000}};
}

Json coordinates(const Station& station) { return Json::array({station.position.longitude, station.position.latitude}); }

Json line_feature(const Routes& routes, std::size_t index) {
    const Path& path = routes.paths[index];
    Json points = Json::array();
    for (std::size_t i = 0; i <= path.steps.size(); ++i) points.push_back(coordinates(station(routes, path, i)));
    return {
        {"type", "Feature"}, {"geometry", {{"type", "LineString"}, {"coordinates", std::move(points)}}}, {"properties", route_json(routes, index)}};
}

Json point_feature(const Routes& routes, std::size_t index, std::size_t step, std::string_view what) {
    const Station& place = station(routes, routes.paths[index], step);
    return {{"type", "Feature"},
            {"geometry", {{"type", "Point"}, {"coordinates", coordinates(place)}}},
            {"properties", {{"route", fmt::format("route-{}", index + 1)}, {"station", place.id}, {"name", place.name}, {"what", what}}}};
}

Json head(const Routes& routes) {
    Json json{{"schema", "railwindow.routes/1"}};
    if (!routes.scenario.empty()) json["scenario"] = routes.scenario;
    if (!routes.question.empty()) json["question"] = routes.question;
    json["from"] = routes.network.stations()[routes.request.from].id;
    json["to"] = routes.network.stations()[routes.request.to].id;
    return json;
}

}  // namespace

std::string_view traction_name(const MotivePower& traction) { return traction.is_electric() ? traction.needs.name() : "diesel"; }

void write_table(std::ostream& out, const Routes& routes, const TableStyle& style) {
    const int width = std::max(style.width, 40);
    const auto& stations = routes.network.stations();
    const Path& quickest = routes.paths.front();
    const std::size_t others = routes.paths.size() - 1;
    const auto time = [](const Path& path) { return hours_and_minutes(to_millis(total(path))); };
    write_wrapped(out,
                  fmt::format("The quickest way from {} to {}{}: {:.0f} km, expected to take {}. {}.", stations[routes.request.from].name,
                              stations[routes.request.to].name, others > 0 ? " is that " + name_of_way(routes.network, routes.paths, 0) : "",
                              quickest.length / km, time(quickest),
                              others == 0 ? "It is the only one found"
                                          : fmt::format("{} more {} found; the next, {}, takes {}", others, others == 1 ? "was" : "were",
                                                        name_of_way(routes.network, routes.paths, 1), time(routes.paths[1]))),
                  width, 2);
    const bool narrow = width < all_columns;
    out << (narrow ? fmt::format("\n # {:>8}   running  expected\n", shown_unit_name(style.units))
                   : fmt::format("\n # {:>8}  gauge reversals traction   running  expected    weak  countries\n", shown_unit_name(style.units)));
    for (std::size_t i = 0; i < routes.paths.size(); ++i) write_row(out, routes, i, width, style.units);
    out << '\n';
    write_wrapped(
        out,
        fmt::format(
            "By expected time; the best of each sequence of borders, then variants of these.{} running: free running at mean operating speeds, in "
            "h:mm. expected: with the expected stands at borders, changes of gauge and locomotive, and reversals, but without calls, technical "
            "stops and waiting: what `run` adds.{}",
            narrow ? "" : " gauge, reversals, traction: how often each changes.",
            narrow ? " A wider terminal shows how often gauge, direction and traction change, and how well the kilometres are known."
                   : " weak: share of the length whose kilometres are known only weakly."),
        width, 2);
}

void write_json(std::ostream& out, const Routes& routes) {
    Json json = head(routes);
    json["routes"] = Json::array();
    for (std::size_t i = 0; i < routes.paths.size(); ++i) json["routes"].push_back(route_json(routes, i));
    out << json.dump(2) << '\n';
}

void write_csv(std::ostream& out, const Routes& routes) {
    const auto count = [](const std::vector<std::size_t>& steps) { return steps.size(); };
    const auto joined = [](const Json& list) {
        std::string text;
        for (const Json& item : list) text += (text.empty() ? "" : " ") + item.get<std::string>();
        return text;
    };
    out << "route,name,summary,length_km,gauge_changes,reversals,traction_changes,countries,borders,running_seconds,standing_seconds,expected_"
           "seconds,"
           "weak_length_share\n";
    for (std::size_t i = 0; i < routes.paths.size(); ++i) {
        const Path& path = routes.paths[i];
        const Json json = route_json(routes, i);
        out << fmt::format("route-{},{},{},{},{},{},{},{},{},{},{},{},{}\n", i + 1, csv_field(name_of_way(routes.network, routes.paths, i)),
                           csv_field(summary(routes.network, path)), json["length_km"].get<double>(), count(path.gauge_changes),
                           count(path.reversals), count(path.traction_changes), joined(json["countries"]), joined(json["borders"]),
                           json["running_seconds"].get<double>(), json["standing_seconds"].get<double>(), json["expected_seconds"].get<double>(),
                           json["weak_length_share"].get<double>());
    }
}

void write_geojson(std::ostream& out, const Routes& routes) {
    Json json{{"type", "FeatureCollection"}};
    json.update(head(routes));
    json["features"] = Json::array();
    for (std::size_t i = 0; i < routes.paths.size(); ++i) {
        const Path& path = routes.paths[i];
        json["features"].push_back(line_feature(routes, i));
        json["features"].push_back(point_feature(routes, i, 0, "origin"));
        for (const std::size_t step : path.crossings) json["features"].push_back(point_feature(routes, i, step, "border"));
        for (const std::size_t step : path.gauge_changes) json["features"].push_back(point_feature(routes, i, step, "gauge change"));
        for (const std::size_t step : path.reversals) json["features"].push_back(point_feature(routes, i, step, "reversal"));
        for (const std::size_t step : path.traction_changes) json["features"].push_back(point_feature(routes, i, step, "traction change"));
        json["features"].push_back(point_feature(routes, i, path.steps.size(), "destination"));
    }
    out << json.dump(2) << '\n';
}

}  // namespace railwindow
