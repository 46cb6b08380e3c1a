#include <railwindow/io/page_text.hpp>
#include <railwindow/io/report_page.hpp>
#include <railwindow/io/write_explanation.hpp>

#include <nlohmann/json.hpp>

#include <sstream>

namespace railwindow {
namespace {

using Json = nlohmann::ordered_json;

// Schema `railwindow.explanation/1`.
Json explanation_json(const Model& model, const Explanation& explanation) {
    std::stringstream text;
    write_json(text, model, explanation);
    return Json::parse(text);
}

// The likeliest alternative whose way ends at the destination: along its kilometres the reports are drawn.
std::size_t shown_alternative(const Model& model, StationId destination) {
    std::size_t best = model.alternatives.size();
    for (std::size_t i = 0; i < model.alternatives.size(); ++i) {
        const Alternative& one = model.alternatives[i];
        if (one.main().visits.back().station != destination) continue;
        if (best == model.alternatives.size() || one.probability > model.alternatives[best].probability) best = i;
    }
    return best;
}

// For each report: the index of its station on that way, or null where only other ways come there.
Json visits_of_reports(const Model& model, const Explanation& explanation, std::size_t alternative) {
    Json list = Json::array();
    for (const PlaceReport& report : explanation.reports) {
        const auto& visit = model.timing_points[report.point].visit[alternative];
        list.push_back(visit ? Json(*visit) : Json());
    }
    return list;
}

}  // namespace

void write_report(std::ostream& out, const Model& model, const Explanation& explanation, const ReportStyle& style) {
    Json json = Json::parse(document_head("explain", style));
    json["explanation"] = explanation_json(model, explanation);
    json["stations"] = Json::object();
    const auto name_station = [&](StationId id) {
        const Station& station = model.network.stations()[id];
        json["stations"][station.id] = Json::parse(station_json(station));
    };
    for (const PossibleDestination& one : explanation.destinations) name_station(one.station);
    for (const PlaceReport& report : explanation.reports) name_station(model.timing_points[report.point].station);
    const std::size_t alternative = shown_alternative(model, explanation.destinations.front().station);
    const Path& path = model.alternatives[alternative].main().path;
    PageWays ways;
    ways.add(model.network, path);
    json["map"] = Json::parse(ways.json());
    json["visit_of_report"] = visits_of_reports(model, explanation, alternative);
    json["other_lines"] = Json::parse(other_lines_json({{&model.network, &path}}));
    json["rung"] = model.main().rung;
    json["notes"] = model.notes;
    json["weak_inputs"] = Json::parse(weak_inputs_json({&model}));
    write_page(out, page_text(model.name, "what drives the window", style, {{&model.network, &path}}),
               json.dump(-1, ' ', false, Json::error_handler_t::replace));
}

}  // namespace railwindow
