#include <railwindow/io/page_text.hpp>
#include <railwindow/io/report_page.hpp>
#include <railwindow/io/write_routes.hpp>

#include <nlohmann/json.hpp>

#include <sstream>

namespace railwindow {
namespace {

using Json = nlohmann::ordered_json;

// Schema `railwindow.routes/1`.
Json routes_json(const Routes& routes) {
    std::stringstream text;
    write_json(text, routes);
    return Json::parse(text);
}

}  // namespace

void write_report(std::ostream& out, const Routes& routes, const ReportStyle& style) {
    Json json = Json::parse(document_head("routes", style));
    json["routes"] = routes_json(routes);
    PageWays ways;
    std::vector<DrawnPath> paths;
    json["way_of_route"] = Json::array();
    for (const Path& path : routes.paths) {
        json["way_of_route"].push_back(ways.add(routes.network, path));
        paths.push_back({&routes.network, &path});
    }
    json["map"] = Json::parse(ways.json());
    json["other_lines"] = Json::parse(other_lines_json(paths));
    const auto& stations = routes.network.stations();
    write_page(out, page_text(stations[routes.request.from].name + " to " + stations[routes.request.to].name, "ways", style, paths), json.dump());
}

}  // namespace railwindow
