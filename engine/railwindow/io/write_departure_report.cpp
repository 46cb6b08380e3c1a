#include <railwindow/io/page_text.hpp>
#include <railwindow/io/report_page.hpp>
#include <railwindow/io/write_depart_by.hpp>

#include <nlohmann/json.hpp>

#include <sstream>

namespace railwindow {

void write_report(std::ostream& out, const Model& model, const DepartBy& result, const ReportStyle& style) {
    using Json = nlohmann::ordered_json;
    std::stringstream text;
    write_json(text, model, result);
    Json json = Json::parse(document_head("depart-by", style));
    json["departure"] = Json::parse(text);
    const auto& stations = model.network.stations();
    const StationId origin = model.main().visits.front().station;
    json["origin"] = Json::parse(station_json(stations[origin]));
    json["place"] =
        Json::parse(station_json(result.point ? stations[model.timing_points[*result.point].station] : stations[model.main().visits.back().station]));
    PageWays ways;
    std::vector<DrawnPath> paths;
    for (const Alternative& alternative : model.alternatives) {
        ways.add(model.network, alternative.main().path);
        paths.push_back({&model.network, &alternative.main().path});
    }
    json["map"] = Json::parse(ways.json());
    json["other_lines"] = Json::parse(other_lines_json(paths));
    json["rung"] = model.main().rung;
    json["notes"] = model.notes;
    json["weak_inputs"] = Json::parse(weak_inputs_json({&model}));
    write_page(out, page_text(model.name, "when it must leave", style, paths), json.dump(-1, ' ', false, Json::error_handler_t::replace));
}

}  // namespace railwindow
