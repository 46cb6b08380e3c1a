#include <railwindow/estimate/arrivals.hpp>
#include <railwindow/io/json_numbers.hpp>
#include <railwindow/io/write_comparison.hpp>
#include <railwindow/io/write_depart_by.hpp>
#include <railwindow/io/write_modes.hpp>
#include <railwindow/io/write_reach.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cmath>

namespace railwindow {
namespace {

using Json = nlohmann::ordered_json;

Json seconds_or_null(const std::optional<Millis>& time) { return time ? Json(seconds(*time)) : Json(); }
Json seconds_or_null(const std::optional<Duration>& time) { return time ? Json(std::round(*time / ms) / 1000.0) : Json(); }

Json by_quantile(const auto& quantiles, auto value) {
    Json json = Json::object();
    for (const auto& quantile : quantiles) json[quantile_name(quantile.p)] = value(quantile);
    return json;
}
Json durations(const std::vector<Quantile>& quantiles) {
    return by_quantile(quantiles, [](const Quantile& q) { return seconds(q.value); });
}
Json errors(const std::vector<Quantile>& quantiles) {
    return by_quantile(quantiles, [](const Quantile& q) { return seconds_or_null(q.error); });
}
Json times(const std::vector<Quantile>& quantiles, const TimeZone& zone) {
    return by_quantile(quantiles, [&](const Quantile& q) { return iso_time(Instant{q.value}, zone); });
}
Json share_json(const Share& share) { return {{"value", share.value}, {"error", share.error}}; }

Json route_json(const Model& model, std::size_t index) {
    const Alternative& alternative = model.alternatives[index];
    const Path& path = alternative.main().path;
    const auto ids = [&](const std::vector<std::size_t>& steps) {
        Json list = Json::array();
        for (const std::size_t step : steps) list.push_back(model.network.stations()[station_at(model.network, path, step)].id);
        return list;
    };
    return {{"id", fmt::format("route-{}", index + 1)}, {"probability", alternative.probability},   {"summary", summary(model.network, path)},
            {"length_km", kilometres(path.length)},     {"gauge_changes", ids(path.gauge_changes)}, {"reversals", ids(path.reversals)}};
}

Json difference_json(const PairedDifference& paired) {
    return {{"pairs", paired.pairs},
            {"difference_seconds", durations(paired.difference)},
            {"difference_error_seconds", errors(paired.difference)},
            {"mean_seconds", paired.pairs > 0 ? Json(paired.mean / s) : Json()},
            {"mean_error_seconds", seconds_or_null(paired.mean_error)},
            {"shift_seconds", by_quantile(paired.shift, [](const QuantileShift& q) { return seconds(q.value); })},
            {"shift_error_seconds", by_quantile(paired.shift, [](const QuantileShift& q) { return seconds_or_null(q.error); })},
            {"earlier", share_json(paired.earlier)},
            {"later", share_json(paired.later)}};
}

Json variant_json(const VariantOutcome& variant) {
    Json json{{"name", variant.name}, {"why", variant.why}, {"changes", variant.changes}};
    if (!variant.swept.empty()) {
        json["swept"] = Json::object();
        for (const auto& [path, value] : variant.swept) json["swept"][path] = value;
    }
    json["infeasible"] = variant.infeasible.empty() ? Json() : Json(variant.infeasible);
    if (variant.model) {
        json["routes"] = Json::array();
        for (std::size_t i = 0; i < variant.model->alternatives.size(); ++i) json["routes"].push_back(route_json(*variant.model, i));
    }
    if (!variant.infeasible.empty()) return json;
    const Station& place = station_of(*variant.model, variant.point);
    json["station"] = place.id;
    json["time_zone"] = place.zone.name();
    json["probability"] = variant.probability;
    json["time"] = times(variant.time, place.zone);
    json["error_seconds"] = errors(variant.time);
    json["elapsed_seconds"] = durations(variant.elapsed);
    if (variant.against_base) json["against_base"] = difference_json(*variant.against_base);
    return json;
}

Json trial_json(const DepartureTrial& trial, const TimeZone& zone) {
    return {{"depart", iso_time(trial.depart, zone)}, {"in_time", share_json(trial.in_time)}, {"at_least", trial.at_least}};
}

std::string_view kind_name(Whereabouts::Kind kind) {
    switch (kind) {
        case Whereabouts::Kind::not_departed:
            return "not departed";
        case Whereabouts::Kind::standing:
            return "standing";
        case Whereabouts::Kind::between:
            return "between";
        case Whereabouts::Kind::arrived:
            break;
    }
    return "arrived";
}

Json station_json(const Network& network, StationId id) {
    const Station& station = network.stations()[id];
    return {{"station", station.id}, {"name", station.name}, {"country", station.country}, {"time_zone", station.zone.name()}};
}

Json reached_json(const Reach& reach, const ReachedStation& station) {
    Json json = station_json(reach.network, station.station);
    const TimeZone& zone = reach.network.stations()[station.station].zone;
    json["distance_km"] = kilometres(station.distance);
    json["own_way"] = station.on_own_way;
    json["in_time"] = share_json(station.in_time);
    json["overall"] = station.overall ? share_json(*station.overall) : Json();
    json["elapsed_seconds"] = durations(station.elapsed);
    json["time"] = times(station.time, zone);
    return json;
}

Json left_json(const ReachBack& reach, const LeftStation& station) {
    Json json = station_json(reach.network, station.station);
    json["distance_km"] = kilometres(station.distance);
    json["probability"] = station.probability;
    json["left"] = times(station.left, reach.network.stations()[station.station].zone);
    json["error_seconds"] = errors(station.left);
    return json;
}

Json head(const Reach& reach) {
    Json json{{"schema", "railwindow.reach/1"}, {"question", reach.question}, {"changes", reach.changes}, {"runs", reach.runs}, {"seed", reach.seed}};
    const Station& origin = reach.network.stations()[reach.origin];
    json["not_waited_for"] = reach.not_waited_for;
    if (!reach.doubts.empty()) json["doubts"] = reach.doubts;
    json["origin"] = origin.id;
    if (reach.time)
        json["time"] = iso_time(*reach.time, origin.zone);
    else
        json["within_seconds"] = std::get<Duration>(reach.moment) / s;
    return json;
}

Json head(const ReachBack& reach) {
    const Station& hub = reach.network.stations()[reach.arrived_at];
    Json json{{"schema", "railwindow.reach-back/1"},
              {"question", reach.question},
              {"changes", reach.changes},
              {"runs", reach.runs},
              {"seed", reach.seed},
              {"not_waited_for", reach.not_waited_for},
              {"arrive_at", hub.id},
              {"time", iso_time(reach.time, hub.zone)}};
    if (!reach.doubts.empty()) json["doubts"] = reach.doubts;
    return json;
}

Json unreachable_json(const auto& reach) {
    Json list = Json::array();
    for (const Unreachable& station : reach.unreachable)
        list.push_back({{"station", reach.network.stations()[station.station].id}, {"why", station.why}});
    return list;
}

Json feature(const Network& network, StationId id, Json properties) {
    const Station& station = network.stations()[id];
    return {{"type", "Feature"},
            {"geometry", {{"type", "Point"}, {"coordinates", Json::array({station.position.longitude, station.position.latitude})}}},
            {"properties", std::move(properties)}};
}

}  // namespace

void write_json(std::ostream& out, const Comparison& comparison) {
    Json json{{"schema", "railwindow.comparison/1"},      {"question", ""},           {"runs", comparison.runs}, {"seed", comparison.seed},
              {"base", comparison.variants.front().name}, {"variants", Json::array()}};
    for (const VariantOutcome& variant : comparison.variants) {
        if (variant.model && json["question"] == "") json["question"] = variant.model->question;
        json["variants"].push_back(variant_json(variant));
    }
    out << json.dump(2) << '\n';
}

void write_json(std::ostream& out, const Model& model, const DepartBy& result) {
    const Station& place = station_of(model, result.point);
    const Station& origin = model.network.stations()[model.main().visits.front().station];
    Json json{{"schema", "railwindow.departure/1"},
              {"scenario", model.name},
              {"question", model.question},
              {"changes", model.changes},
              {"runs", result.runs},
              {"seed", result.seed},
              {"from", origin.id},
              {"station", place.id},
              {"arrive_by", iso_time(result.deadline, place.zone)},
              {"confidence", result.confidence},
              {"not_waited_for", result.voluntary_waits ? std::vector<std::string>{} : voluntary_waits(model)},
              {"latest", trial_json(result.latest, origin.zone)},
              {"minute_later", trial_json(result.minute_later, origin.zone)},
              {"probability", result.arriving},
              {"arrival", times(result.arrival, place.zone)},
              {"arrival_error_seconds", errors(result.arrival)}};
    json["curve"] = Json::array();
    for (const DepartureTrial& trial : result.curve) json["curve"].push_back(trial_json(trial, origin.zone));
    out << json.dump(2) << '\n';
}

void write_json(std::ostream& out, const Reach& reach) {
    Json json = head(reach);
    json["stations"] = Json::array();
    for (const ReachedStation& station : reach.stations) json["stations"].push_back(reached_json(reach, station));
    json["whereabouts"] = Json::array();
    for (const Whereabouts& place : reach.whereabouts)
        json["whereabouts"].push_back({{"what", kind_name(place.kind)},
                                       {"from", reach.network.stations()[place.from].id},
                                       {"to", reach.network.stations()[place.to].id},
                                       {"share", share_json(place.share)}});
    json["unreachable"] = unreachable_json(reach);
    out << json.dump(2) << '\n';
}

void write_json(std::ostream& out, const ReachBack& reach) {
    Json json = head(reach);
    json["stations"] = Json::array();
    for (const LeftStation& station : reach.stations) json["stations"].push_back(left_json(reach, station));
    json["unreachable"] = unreachable_json(reach);
    out << json.dump(2) << '\n';
}

void write_geojson(std::ostream& out, const Reach& reach) {
    Json json{{"type", "FeatureCollection"}};
    json.update(head(reach));
    json["features"] = Json::array();
    for (const ReachedStation& station : reach.stations)
        json["features"].push_back(feature(reach.network, station.station, reached_json(reach, station)));
    out << json.dump(2) << '\n';
}

void write_geojson(std::ostream& out, const ReachBack& reach) {
    Json json{{"type", "FeatureCollection"}};
    json.update(head(reach));
    json["features"] = Json::array();
    for (const LeftStation& station : reach.stations) json["features"].push_back(feature(reach.network, station.station, left_json(reach, station)));
    out << json.dump(2) << '\n';
}

}  // namespace railwindow
