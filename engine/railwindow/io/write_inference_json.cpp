#include <railwindow/io/write_inference.hpp>

#include <railwindow/io/json_numbers.hpp>
#include <railwindow/io/table_text.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <array>
#include <cmath>
#include <sstream>

namespace railwindow {
namespace {

using Json = nlohmann::ordered_json;

Json number(double value) { return std::isfinite(value) ? Json(value) : Json(); }
Json share_json(const Share& share) { return {{"value", share.value}, {"error", share.error}}; }

std::string_view kind_name(ChoiceKind kind) {
    constexpr std::array<std::string_view, 7> names{"from", "to", "depart", "routes", "plans", "hours", "regauging"};
    return names[static_cast<std::size_t>(kind)];
}

std::string_view kind_name(InferredPlace::Kind kind) {
    constexpr std::array<std::string_view, 5> names{"not departed", "standing", "between", "arrived", "cannot go on"};
    return names[static_cast<std::size_t>(kind)];
}

Json times(const std::vector<Quantile>& quantiles, const TimeZone& zone) {
    Json json = Json::object();
    for (const Quantile& quantile : quantiles) json[quantile_name(quantile.p)] = iso_time(Instant{quantile.value}, zone);
    return json;
}

Json errors(const std::vector<Quantile>& quantiles) {
    Json json = Json::object();
    for (const Quantile& quantile : quantiles) json[quantile_name(quantile.p)] = quantile.error ? Json(seconds(*quantile.error)) : Json();
    return json;
}

Json state_json(double reached, const std::vector<Quantile>& quantiles, const TimeZone& zone) {
    return {{"probability", reached}, {"time", times(quantiles, zone)}, {"error_seconds", errors(quantiles)}};
}

class JsonMaker {
public:
    JsonMaker(const Model& model, const Inference& inference, const InferOptions& options)
        : model_{model}, inference_{inference}, options_{options} {}

    Json make() const {
        Json json{{"schema", "railwindow.inference/1"}, {"scenario", model_.name}, {"question", model_.question}, {"seed", inference_.seed}};
        if (!model_.changes.empty()) json["changes"] = model_.changes;
        if (!model_.doubts.empty()) json["doubts"] = model_.doubts;
        const TimeZone& zone = station(model_.main().visits.front().station).zone;
        if (options_.as_of) json["as_of"] = iso_time(*options_.as_of, zone);
        json["hypotheses"] = Json::array();
        for (const Odds& odds : inference_.odds) json["hypotheses"].push_back(odds_json(odds));
        json["destinations"] = Json::array();
        for (const DestinationWindow& destination : inference_.destinations) {
            Json one = window_json(destination.window);
            if (destination.odds) one["probability"] = share_json(inference_.odds[*destination.odds].after);
            json["destinations"].push_back(std::move(one));
        }
        json["timing_points"] = Json::array();
        for (const InferredWindow& window : inference_.windows) json["timing_points"].push_back(window_json(window));
        json["reports"] = Json::array();
        for (const ReportInfluence& report : inference_.reports) json["reports"].push_back(report_json(report));
        json["evidence"] = Json::array();
        for (const Evidence& said : model_.evidence)
            json["evidence"].push_back({{"for", said.in_favour_of},
                                        {"factor", said.factor},
                                        {"source", said.source},
                                        {"known_at", said.known_at ? Json(iso_time(*said.known_at, zone)) : Json()}});
        if (options_.moment) add_places(json, zone);
        if (!inference_.timeline.empty()) add_timeline(json);
        const Sampling& sampling = inference_.sampling;
        json["sampling"] = {{"method", sampling.refreshed ? "refreshed" : "weighted"},
                            {"runs", sampling.runs},
                            {"journeys", model_.alternatives.size()},
                            {"replays", sampling.replays},
                            {"accepted", sampling.accepted},
                            {"effective_runs", sampling.effective},
                            {"enough", sampling.enough}};
        json["sightings_likelihood"] = share_json(inference_.evidence);
        return json;
    }

private:
    const Station& station(StationId id) const { return model_.network.stations()[id]; }

    Json odds_json(const Odds& odds) const {
        return {{"choice", kind_name(odds.kind)},
                {"value", odds.value},
                {"name", odds.name},
                {"before", odds.before.value},
                {"with_what_was_said", odds.said.value},
                {"with_sightings", share_json(odds.seen)},
                {"after", share_json(odds.after)},
                {"log_evidence", number(odds.log_evidence)},
                {"factor", odds.factor ? number(*odds.factor) : Json()}};
    }

    Json window_json(const InferredWindow& window) const {
        const TimingPoint& point = model_.timing_points[window.point];
        const Station& place = station(point.station);
        return {{"station", place.id},
                {"name", place.name},
                {"event", event_name(window.event)},
                {"train", "main"},
                {"distance_km", std::round(visit_at(model_, point).distance / m) / 1000.0},
                {"time_zone", place.zone.name()},
                {"before", state_json(window.reached_before, window.before, place.zone)},
                {"after", state_json(window.reached_after, window.after, place.zone)}};
    }

    Json report_json(const ReportInfluence& report) const {
        const Observation& seen = model_.observations[report.observation];
        const TimeZone& there = station(model_.timing_points[inference_.destinations.front().window.point].station).zone;
        Json json{{"report", report.text},
                  {"station", station(seen.station).id},
                  {"source", seen.source},
                  {"known_at", iso_time(report.known_at, station(seen.station).zone)},
                  {"published", seen.known_at.has_value()},
                  {"counted", report.counted},
                  {"reliability", report.reliability},
                  {"fits_before", report.fits},
                  {"right_after", report.right ? Json(*report.right) : Json()},
                  {"alone", {{"time", times(report.alone, there)}}}};
        for (std::size_t i = 0; i < report.odds.size(); ++i) json["alone"]["hypotheses"][inference_.odds[i].name] = report.odds[i].value;
        return json;
    }

    void add_places(Json& json, const TimeZone& zone) const {
        json["moment"] = iso_time(*options_.moment, zone);
        json["places"] = Json::array();
        for (const InferredPlace& place : inference_.places)
            json["places"].push_back({{"kind", kind_name(place.kind)},
                                      {"from", station(place.from).id},
                                      {"to", station(place.to).id},
                                      {"probability", share_json(place.share)}});
        json["distance_km"] = Json::object();
        for (const Quantile& metres : inference_.kilometres)
            json["distance_km"][quantile_name(metres.p)] = static_cast<double>(metres.value.count()) / 1000.0;
    }

    void add_timeline(Json& json) const {
        json["timeline"] = Json::array();
        const TimeZone& zone = station(model_.main().visits.front().station).zone;
        for (const TimelineEntry& entry : inference_.timeline) {
            Json one{{"known_at", entry.known_at ? Json(iso_time(*entry.known_at, zone)) : Json()}, {"reports", Json::array()}};
            for (const std::size_t i : entry.reports) one["reports"].push_back(inference_.reports[i].text);
            for (std::size_t i = 0; i < entry.odds.size(); ++i) one["hypotheses"][inference_.odds[i].name] = share_json(entry.odds[i]);
            for (std::size_t i = 0; i < entry.windows.size(); ++i) {
                const Station& place = station(model_.timing_points[inference_.destinations[i].window.point].station);
                one["destinations"][place.id] = {{"time", times(entry.windows[i], place.zone)}, {"error_seconds", errors(entry.windows[i])}};
            }
            one["effective_runs"] = entry.effective;
            json["timeline"].push_back(std::move(one));
        }
    }

    const Model& model_;
    const Inference& inference_;
    const InferOptions& options_;
};

}  // namespace

void write_json(std::ostream& out, const Model& model, const Inference& inference, const InferOptions& options) {
    out << JsonMaker{model, inference, options}.make().dump(2) << '\n';
}

void write_csv(std::ostream& out, const Model& model, const Inference& inference) {
    out << "station,name,event,distance_km,state,probability,quantile,time,error_seconds\n";
    for (const InferredWindow& window : inference.windows) {
        const Station& place = model.network.stations()[model.timing_points[window.point].station];
        const auto rows = [&](std::string_view state, double reached, const std::vector<Quantile>& quantiles) {
            for (const Quantile& quantile : quantiles)
                out << fmt::format("{},{},{},{:.3f},{},{},{:.10g},{},{}\n", place.id, csv_field(place.name), event_name(window.event),
                                   visit_at(model, model.timing_points[window.point]).distance / km, state, reached, quantile.p,
                                   iso_time(Instant{quantile.value}, place.zone),
                                   quantile.error ? fmt::format("{:.3f}", seconds(*quantile.error)) : "");
        };
        rows("before", window.reached_before, window.before);
        rows("after", window.reached_after, window.after);
    }
}

void write_geojson(std::ostream& out, const Model& model, const Inference& inference, const InferOptions& options) {
    const Json result = JsonMaker{model, inference, options}.make();
    Json json{{"type", "FeatureCollection"},
              {"schema", "railwindow.inference-map/1"},
              {"scenario", result["scenario"]},
              {"seed", result["seed"]},
              {"attribution", "networks: ODbL 1.0, (c) OpenStreetMap contributors; GeoNames, CC BY 4.0"},
              {"features", Json::array()}};
    const auto add = [&](const char* kind, const Json& one) {
        const Station& place = model.network.stations()[*model.network.find_station(one["station"].get<std::string>())];
        Json properties{{"kind", kind}};
        properties.update(one);
        json["features"].push_back(
            {{"type", "Feature"},
             {"geometry", {{"type", "Point"}, {"coordinates", Json::array({place.position.longitude, place.position.latitude})}}},
             {"properties", std::move(properties)}});
    };
    for (const Json& window : result["timing_points"]) add("window", window);
    for (const Json& window : result["destinations"]) add("destination", window);
    for (const Json& report : result["reports"]) add("report", report);
    out << json.dump(1) << '\n';
}

}  // namespace railwindow
