#include <railwindow/io/write_estimate.hpp>

#include <railwindow/estimate/arrivals.hpp>
#include <railwindow/io/json_numbers.hpp>
#include <railwindow/io/table_text.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cmath>

namespace railwindow {
namespace {

using Json = nlohmann::ordered_json;

Json by_quantile(const std::vector<Quantile>& quantiles, auto value) {
    Json json = Json::object();
    for (const Quantile& quantile : quantiles) json[quantile_name(quantile.p)] = value(quantile);
    return json;
}

Json durations(const std::vector<Quantile>& quantiles) {
    return by_quantile(quantiles, [](const Quantile& q) { return seconds(q.value); });
}

std::string_view confidence_name(Confidence confidence) {
    switch (confidence) {
        case Confidence::low:
            return "low";
        case Confidence::medium:
            return "medium";
        case Confidence::high:
            break;
    }
    return "high";
}

Json diversion_json(const Model& model, const DiversionEstimate& taken, std::uint64_t runs) {
    const Diversion& diversion = model.diversions[taken.diversion];
    const Itinerary& way = diversion.way.main();
    return {{"route", fmt::format("route-{}", diversion.alternative + 1)},
            {"leaves_at", model.network.stations()[way.visits[diversion.leaves].station].id},
            {"summary", summary(model.network, way.path)},
            {"length_km", kilometres(way.path.length)},
            {"runs", taken.runs},
            {"probability", static_cast<double>(taken.runs) / static_cast<double>(runs)}};
}

Json mode_json(const Model& model, const ModeEstimate& mode) {
    Json waits = Json::array();
    for (const std::size_t wait : mode.waits) waits.push_back({{"what", model.waits[wait].what}, {"voluntary", model.waits[wait].voluntary}});
    const TimeZone& zone = station_of(model, {}).zone;
    return {{"waits", std::move(waits)},
            {"probability", mode.probability.value},
            {"error", mode.probability.error},
            {"runs", mode.runs},
            {"arrival", by_quantile(mode.arrival, [&](const Quantile& q) { return iso_time(Instant{q.value}, zone); })},
            {"arrival_error_seconds", by_quantile(mode.arrival, [](const Quantile& q) { return q.error ? Json(seconds(*q.error)) : Json(); })}};
}

Json route_json(const Model& model, std::size_t index) {
    const Alternative& alternative = model.alternatives[index];
    const Path& path = alternative.main().path;
    const auto ids = [&](const std::vector<std::size_t>& steps) {
        Json list = Json::array();
        for (const std::size_t step : steps) list.push_back(model.network.stations()[station_at(model.network, path, step)].id);
        return list;
    };
    Json json{{"id", fmt::format("route-{}", index + 1)}, {"probability", alternative.probability},   {"summary", summary(model.network, path)},
              {"length_km", kilometres(path.length)},     {"gauge_changes", ids(path.gauge_changes)}, {"reversals", ids(path.reversals)}};
    if (!alternative.name.empty()) json["chosen"] = alternative.name;
    if (alternative.main().continues_to) json["continues_to"] = model.network.stations()[*alternative.main().continues_to].id;
    return json;
}

Json destination_json(const Model& model, const DestinationEstimate& one) {
    const Station& station = model.network.stations()[one.station];
    return {{"station", station.id},
            {"name", station.name},
            {"probability", one.probability.value},
            {"runs", one.runs},
            {"arriving", one.arriving},
            {"time", by_quantile(one.arrival, [&](const Quantile& q) { return iso_time(Instant{q.value}, station.zone); })},
            {"elapsed_seconds", durations(one.elapsed)}};
}

Json timing_point_json(const Model& model, const TimingPointEstimate& point, std::size_t alternative) {
    const Visit& visit = visit_at(model, model.timing_points[point.point], alternative);
    const Station& station = model.network.stations()[visit.station];
    Json json{{"station", station.id},
              {"name", station.name},
              {"event", event_name(point.event)},
              {"train", model.alternatives.front().trains[model.timing_points[point.point].train].name},
              {"distance_km", kilometres(visit.distance)},
              {"time_zone", station.zone.name()},
              {"probability", point.probability}};
    json["time"] = by_quantile(point.time, [&](const Quantile& q) { return iso_time(Instant{q.value}, station.zone); });
    json["error_seconds"] = by_quantile(point.time, [](const Quantile& q) { return q.error ? Json(seconds(*q.error)) : Json(); });
    json["elapsed_seconds"] = durations(point.elapsed);
    if (!point.dwell.empty()) json["dwell_seconds"] = durations(point.dwell);
    for (const TimeSpan& span : point.densest)
        json["highest_density"]["90"].push_back(
            {{"low", iso_time(Instant{span.low}, station.zone)}, {"high", iso_time(Instant{span.high}, station.zone)}});
    return json;
}

Json leg_json(const Model& model, const LegEstimate& leg) {
    const auto id = [&](std::size_t point) { return model.network.stations()[model.timing_points[point].station].id; };
    return {{"from", id(leg.from)},
            {"to", id(leg.to)},
            {"running", durations(leg.running)},
            {"standing", durations(leg.standing)},
            {"total", durations(leg.total)}};
}

// Seconds by part, rounded to milliseconds; they add up to the total before rounding.
Json time_parts_json(const TimePartsEstimate& one) {
    const auto rounded = [](double seconds) { return std::round(seconds * 1000) / 1000; };
    Json json{{"of", one.p ? quantile_name(*one.p) : "all"}, {"runs", one.runs}, {"mean_seconds", Json::object()}};
    for (std::size_t part = 0; part < time_parts; ++part)
        json["mean_seconds"][std::string{name(static_cast<TimePart>(part))}] = rounded(one.mean_seconds[part]);
    json["total_seconds"] = rounded(one.total_seconds());
    return json;
}

// Times of the median run have the offset of the origin.
Json traffic_json(const Model& model, const Estimate& estimate) {
    Json json = Json::array();
    const TimeZone& zone = model.network.stations()[model.main().visits.front().station].zone;
    for (const TrafficEstimate& line : estimate.traffic) {
        json.push_back({{"line", model.network.lines()[line.line].id},
                        {"name", model.network.lines()[line.line].name},
                        {"trains", line.trains},
                        {"mean_delay_seconds", line.delay_seconds},
                        {"mean_caused_seconds", line.caused_seconds},
                        {"median_run", Json::array()}});
        for (const StringLine& string : line.median_run) {
            Json& train = json.back()["median_run"].emplace_back(
                Json{{"train", string.name}, {"special", string.special}, {"delay_seconds", seconds(string.delay)}, {"points", Json::array()}});
            for (const StringLine::Point& point : string.points)
                train["points"].push_back({std::round(point.distance / m) / 1000, iso_time(point.at, zone)});
        }
    }
    return json;
}

void add_windows(Json& json, const Model& model, const std::vector<TimingPointEstimate>& points, const std::vector<LegEstimate>& legs,
                 std::size_t alternative) {
    json["timing_points"] = Json::array();
    for (const TimingPointEstimate& point : points) json["timing_points"].push_back(timing_point_json(model, point, alternative));
    json["legs"] = Json::array();
    for (const LegEstimate& leg : legs) json["legs"].push_back(leg_json(model, leg));
}

// Miles beside every length in kilometres.
void add_miles(Json& json) {
    if (json.is_object())
        for (const auto& [metric, imperial] : {std::pair{"distance_km", "distance_mi"}, std::pair{"length_km", "length_mi"}})
            if (json.contains(metric)) json[imperial] = std::round(json[metric].get<double>() * (km / mile) * 1000) / 1000;
    for (Json& part : json)
        if (part.is_structured()) add_miles(part);
}

}  // namespace

std::string quantile_name(double p) { return fmt::format("p{:.10g}", p * 100); }

void write_json(std::ostream& out, const Model& model, const Estimate& estimate, Units units) {
    Json json{{"schema", "railwindow.estimate/1"},
              {"scenario", model.name},
              {"question", model.question},
              {"runs", estimate.runs},
              {"seed", estimate.seed}};
    if (estimate.precision)
        json["precision"] = {{"wanted_seconds", seconds(estimate.precision->wanted)},
                             {"found_seconds", estimate.precision->found ? Json(seconds(*estimate.precision->found)) : Json()},
                             {"reached", estimate.precision->reached()}};
    json["rung"] = model.main().rung;
    json["changes"] = model.changes;
    if (!model.doubts.empty()) json["doubts"] = model.doubts;
    json["routes"] = Json::array();
    for (std::size_t i = 0; i < model.alternatives.size(); ++i) json["routes"].push_back(route_json(model, i));
    json["destinations"] = Json::array();
    for (const DestinationEstimate& one : estimate.destinations) json["destinations"].push_back(destination_json(model, one));
    add_windows(json, model, estimate.timing_points, estimate.legs, 0);
    for (const AlternativeEstimate& one : estimate.alternatives) {
        Json& block = json["alternatives"].emplace_back(Json{{"route", fmt::format("route-{}", one.alternative + 1)},
                                                             {"chosen", model.alternatives[one.alternative].name},
                                                             {"probability", model.alternatives[one.alternative].probability},
                                                             {"runs", one.runs}});
        add_windows(block, model, one.timing_points, one.legs, one.alternative);
    }
    json["modes"] = Json::array();
    for (const ModeEstimate& one : estimate.modes) json["modes"].push_back(mode_json(model, one));
    json["claims"] = Json::array();
    for (const ClaimEstimate& claim : estimate.claims)
        json["claims"].push_back({{"says", claim.says},
                                  {"source", claim.source},
                                  {"probability", claim.reached},
                                  {"agreeing", claim.agreeing},
                                  {"median_seconds", seconds(claim.median)}});
    json["stranded"] = Json::array();
    for (const StrandedEstimate& stranded : estimate.stranded)
        json["stranded"].push_back(
            {{"route", fmt::format("route-{}", stranded.alternative + 1)},
             {"after", model.network.stations()[model.alternatives[stranded.alternative].main().visits[stranded.after_visit].station].id},
             {"probability", stranded.probability}});
    json["diversions"] = Json::array();
    for (const DiversionEstimate& one : estimate.diversions) json["diversions"].push_back(diversion_json(model, one, estimate.runs));
    json["time_parts"] = Json::array();
    for (const TimePartsEstimate& one : estimate.time_parts) json["time_parts"].push_back(time_parts_json(one));
    if (!estimate.traffic.empty()) json["traffic"] = traffic_json(model, estimate);
    if (!model.observations.empty())
        json["observed"] = {{"reports", model.observations.size()}, {"used", false}, {"note", observed_unused(model.observations.size())}};
    json["notes"] = model.notes;
    if (!estimate.drivers.empty()) json["drivers"] = Json::array();
    for (const Driver& driver : estimate.drivers)
        json["drivers"].push_back({{"name", driver.name}, {"spread", rounded(driver.spread.value)}, {"error", rounded(driver.spread.error)}});
    json["weak_inputs"] = Json::array();
    for (const WeakInput& weak : model.weak_inputs) {
        json["weak_inputs"].push_back({{"what", weak.what}, {"confidence", confidence_name(weak.confidence)}, {"source", weak.source}});
        if (weak.spread) json["weak_inputs"].back()["spread"] = rounded(*weak.spread);
    }
    if (units == Units::imperial) add_miles(json);
    out << json.dump(2) << '\n';
}

void write_csv(std::ostream& out, const Model& model, const Estimate& estimate, Units units) {
    out << "station,name,event,train,distance_km,time_zone,probability,quantile,time,error_seconds,elapsed_seconds,dwell_seconds,route"
        << (units == Units::imperial ? ",distance_mi\n" : "\n");
    const auto write = [&](const std::vector<TimingPointEstimate>& points, std::size_t alternative, const std::string& route) {
        for (const TimingPointEstimate& point : points) {
            const Visit& visit = visit_at(model, model.timing_points[point.point], alternative);
            const Station& station = model.network.stations()[visit.station];
            for (std::size_t i = 0; i < point.time.size(); ++i)
                out << fmt::format("{},{},{},{},{:.3f},{},{},{:.10g},{},{},{:.3f},{},{}{}\n", station.id, csv_field(station.name),
                                   event_name(point.event), csv_field(model.alternatives.front().trains[model.timing_points[point.point].train].name),
                                   visit.distance / km, station.zone.name(), point.probability, point.time[i].p,
                                   iso_time(Instant{point.time[i].value}, station.zone),
                                   point.time[i].error ? fmt::format("{:.3f}", seconds(*point.time[i].error)) : "", seconds(point.elapsed[i].value),
                                   i < point.dwell.size() ? fmt::format("{:.3f}", seconds(point.dwell[i].value)) : "", route,
                                   units == Units::imperial ? fmt::format(",{:.3f}", visit.distance / mile) : "");
        }
    };
    write(estimate.timing_points, 0, estimate.alternatives.empty() ? "route-1" : "all");
    for (const AlternativeEstimate& one : estimate.alternatives)
        write(one.timing_points, one.alternative, fmt::format("route-{}", one.alternative + 1));
}

}  // namespace railwindow
