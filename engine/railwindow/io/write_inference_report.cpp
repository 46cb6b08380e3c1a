#include <railwindow/io/page_text.hpp>
#include <railwindow/io/report_page.hpp>
#include <railwindow/io/write_inference.hpp>

#include <nlohmann/json.hpp>

#include <sstream>
#include <utility>

namespace railwindow {
namespace {

using Json = nlohmann::ordered_json;

// Schema `railwindow.inference/1`.
Json inference_json(const Model& model, const Inference& inference, const InferOptions& options) {
    std::stringstream text;
    write_json(text, model, inference, options);
    return Json::parse(text);
}

// In the order of the reports.
Json sightings_json(const Model& model, const Inference& inference) {
    Json list = Json::array();
    for (const ReportInfluence& report : inference.reports)
        list.push_back(Json::parse(sighting_json(model.network, model.observations[report.observation])));
    return list;
}

// On the clocks of the place.
Json press_json(const Model& model) {
    Json list = Json::array();
    for (const PressForecast& press : model.press) {
        const Station& station = model.network.stations()[press.station];
        list.push_back({{"station", station.id},
                        {"name", station.name},
                        {"event", event_name(press.event)},
                        {"low", iso_time(press.low, station.zone)},
                        {"high", iso_time(press.high, station.zone)},
                        {"source", press.source}});
    }
    return list;
}

// For each window, by alternative: the index of its station on the way, or null where that way does not come there.
Json visits_json(const Model& model, const Inference& inference) {
    Json list = Json::array();
    for (const InferredWindow& window : inference.windows) {
        Json& visits = list.emplace_back(Json::array());
        for (const auto& visit : model.timing_points[window.point].visit) visits.push_back(visit ? Json(*visit) : Json());
    }
    return list;
}

}  // namespace

std::vector<double> infer_page_quantiles(std::vector<double> asked_for) { return united(std::move(asked_for), page_bands); }

void write_report(std::ostream& out, const Model& model, const Inference& inference, const InferOptions& options, const ReportStyle& style) {
    Json json = Json::parse(document_head("infer", style));
    json["inference"] = inference_json(model, inference, options);
    json["sightings"] = sightings_json(model, inference);
    json["press"] = press_json(model);
    json["visits_of_window"] = visits_json(model, inference);
    PageWays ways;
    std::vector<DrawnPath> paths;
    json["alternatives"] = Json::array();
    for (const Alternative& alternative : model.alternatives) {
        Json& one = json["alternatives"].emplace_back(Json{{"way", ways.add(model.network, alternative.main().path)}, {"options", Json::array()}});
        for (const ChosenOption& chosen : alternative.chosen) one["options"].push_back(chosen.name);
        paths.push_back({&model.network, &alternative.main().path});
    }
    json["map"] = Json::parse(ways.json());
    json["other_lines"] = Json::parse(other_lines_json(paths));
    json["rung"] = model.main().rung;
    json["notes"] = model.notes;
    json["weak_inputs"] = Json::parse(weak_inputs_json({&model}));
    write_page(out, page_text(model.name, "given what was seen", style, paths), json.dump(-1, ' ', false, Json::error_handler_t::replace));
}

}  // namespace railwindow
