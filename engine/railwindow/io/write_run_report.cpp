#include <railwindow/io/report_page.hpp>

#include <railwindow/io/interactive_page.hpp>
#include <railwindow/io/json_numbers.hpp>
#include <railwindow/io/page_profile.hpp>
#include <railwindow/io/page_text.hpp>
#include <railwindow/io/page_traffic.hpp>
#include <railwindow/io/section_text.hpp>
#include <railwindow/io/write_backtest.hpp>
#include <railwindow/io/write_estimate.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>
#include <sstream>

namespace railwindow {
namespace {

using Json = nlohmann::ordered_json;

// What several ways share is written once.
struct Shared {
    JsonPool stations, sections;
};

// The stations of an itinerary, as indices into those of the page.
Json stations_json(const Network& network, const Itinerary& itinerary, Shared& shared) {
    std::vector<Json> list;
    for (const Visit& visit : itinerary.visits) {
        Json& entry = list.emplace_back(Json::parse(station_json(network.stations()[visit.station])));
        entry["distance_km"] = kilometres(visit.distance);
        entry["main"] = visit.timing_point;
        entry["stops"] = visit.must_stop || !visit.activities.empty();
        entry["activities"] = Json::array();
        for (const Activity& activity : visit.activities) entry["activities"].push_back(activity.what);
    }
    for (const std::size_t step : itinerary.path.gauge_changes) list[step]["gauge_change"] = true;
    for (const std::size_t step : itinerary.path.reversals) list[step]["reversal"] = true;
    for (const std::size_t step : itinerary.path.crossings) list[step + 1]["border_behind"] = true;
    Json indices = Json::array();
    for (const Json& entry : list) indices.push_back(shared.stations.add(entry.dump(-1, ' ', false, Json::error_handler_t::replace)));
    return indices;
}

Json sections_json(const Network& network, const Path& path, Shared& shared) {
    Json indices = Json::array();
    for (const PathStep& step : path.steps) indices.push_back(shared.sections.add(section_json(network, step)));
    return indices;
}

// `whole` in whole parts near `shares` of it: the largest remainders are rounded up. None where all shares are 0.
std::vector<int> apportioned(int whole, const std::vector<double>& shares) {
    std::vector<int> parts;
    std::vector<std::pair<double, std::size_t>> remainders;
    int left = whole;
    for (std::size_t i = 0; i < shares.size(); ++i) {
        parts.push_back(static_cast<int>(std::floor(shares[i] * whole + 1e-9)));
        remainders.emplace_back(shares[i] * whole - parts.back(), i);
        left -= parts.back();
    }
    std::stable_sort(remainders.begin(), remainders.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    for (const auto& [remainder, i] : remainders)
        if (left > 0 && shares[i] > 0) ++parts[i], --left;
    return parts;
}

// When the main train arrives in fifty equally likely runs, those at each place of `estimate.destinations` in a list: of a place to which n of fifty
// fall the quantiles 1/2n, 3/2n, ... of the runs that arrive there.
Json fifty_arrivals(const ReportedJourney& journey, const Json& destinations) {
    const Model& model = journey.all_stations;
    std::map<std::string, std::vector<Millis>> times;
    std::map<std::string, const TimeZone*> zones;
    std::size_t arriving = 0;
    for (std::size_t i = 0; i < model.timing_points.size(); ++i) {
        const TimingPoint& point = model.timing_points[i];
        if (point.train != 0) continue;
        const Station& place = model.network.stations()[point.station];
        for (std::uint64_t run = 0; run < journey.samples.runs; ++run) {
            const std::size_t alternative = journey.samples.alternatives.empty() ? 0 : journey.samples.alternatives[run];
            const std::int64_t time = journey.samples.points[i].arrive[run];
            if (time == PointSamples::never || point.visit[alternative] != model.alternatives[alternative].main().visits.size() - 1) continue;
            times[place.id].push_back(Millis{time});
            zones[place.id] = &place.zone;
            ++arriving;
        }
    }
    std::vector<double> shares;
    for (const Json& destination : destinations)
        shares.push_back(static_cast<double>(times[destination["station"]].size()) / static_cast<double>(std::max<std::size_t>(arriving, 1)));
    const std::vector<int> dots = apportioned(50, shares);
    Json list = Json::array();
    for (std::size_t k = 0; k < dots.size(); ++k) {
        std::vector<Millis>& there = times[destinations[k]["station"]];
        std::sort(there.begin(), there.end());
        Json& row = list.emplace_back(Json::array());
        for (int i = 0; i < dots[k]; ++i)
            row.push_back(iso_time(Instant{quantile_of(there, (2 * i + 1) / (2.0 * dots[k])).value}, *zones[destinations[k]["station"]]));
    }
    return list;
}

Json estimate_of(const Model& model, const Samples& samples, const EstimateOptions& options) {
    std::stringstream text;
    write_json(text, model, summarize(model, samples, options));
    Json json = Json::parse(text);
    if (json.contains("traffic"))  // the figure has its trains from page_traffic_json, which is shorter
        for (Json& line : json["traffic"]) line.erase("median_run");
    return json;
}

// Only the main train is followed from station to station, and only where one way is meant: windows over all ways and those of trains
// beside it are at timing points, and what no figure shows is left out between them. A page with everything would weigh megabytes.
void leave_out_minor_points(Json& points, const Json& main_points) {
    std::set<std::string> shown;
    for (const Json& point : main_points) shown.insert(point["station"]);
    Json kept = Json::array();
    for (Json& point : points) {
        const bool minor = !shown.contains(point["station"]);
        if (minor && point["train"] != main_points.front()["train"]) continue;
        if (minor) {
            for (const char* of : {"error_seconds", "elapsed_seconds"}) point[of] = {{"p50", point[of]["p50"]}};
            point.erase("time_zone");  // every time has its offset
        }
        kept.push_back(std::move(point));
    }
    points = std::move(kept);
}

// Whether windows over all ways can be followed from station to station: all ways come through the same ones.
bool share_stations(const Model& model) {
    const std::vector<Visit>& first = model.main().visits;
    const auto same = [](const Visit& a, const Visit& b) { return a.station == b.station; };
    return std::all_of(model.alternatives.begin(), model.alternatives.end(), [&](const Alternative& one) {
        return std::equal(one.main().visits.begin(), one.main().visits.end(), first.begin(), first.end(), same);
    });
}

// The ways that a page has at every station: with more of them it would weigh more than it may.
std::vector<std::size_t> likeliest(const Json& alternatives) {
    constexpr std::size_t most = 3;
    std::vector<std::size_t> order(alternatives.size());
    std::iota(order.begin(), order.end(), 0);
    const auto share = [&](std::size_t i) { return alternatives[i]["probability"].get<double>(); };
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return share(a) > share(b); });
    order.resize(std::min(order.size(), most));
    return order;
}

// Schema `railwindow.estimate/1`, at every station where that tells more.
Json estimate_json(const ReportedJourney& journey, const EstimateOptions& options) {
    Json all = estimate_of(journey.all_stations, journey.samples, options);
    Json main = estimate_of(journey.model, samples_at(journey.model, journey.all_stations, journey.samples), options);
    if (!all.contains("alternatives")) {
        leave_out_minor_points(all["timing_points"], main["timing_points"]);
        return all;
    }
    if (share_stations(journey.all_stations)) {  // then each by itself is looked at more rarely, and has the timing points only
        leave_out_minor_points(all["timing_points"], main["timing_points"]);
        main["timing_points"] = std::move(all["timing_points"]);
        return main;
    }
    for (const std::size_t i : likeliest(all["alternatives"])) {
        leave_out_minor_points(all["alternatives"][i]["timing_points"], main["timing_points"]);
        main["alternatives"][i] = std::move(all["alternatives"][i]);
    }
    return main;
}

Json sightings_json(const Model& model) {
    Json list = Json::array();
    for (const Observation& seen : model.observations)
        if (!seen.not_seen) list.push_back(Json::parse(sighting_json(model.network, seen)));  // a watch is no mark on a window
    return list;
}

Json journey_json(const ReportedJourney& journey, Shared& shared) {
    EstimateOptions options = journey.options;
    options.quantiles = united(options.quantiles, page_bands);
    const Network& network = journey.model.network;
    Json routes = Json::array();
    for (const Alternative& alternative : journey.model.alternatives) {
        Json route{{"stations", stations_json(network, alternative.main(), shared)},
                   {"sections", sections_json(network, alternative.main().path, shared)}};
        for (std::size_t train = 1; train < alternative.trains.size(); ++train)
            route["trains"].push_back(
                {{"name", alternative.trains[train].name}, {"stations", stations_json(network, alternative.trains[train], shared)}});
        routes.push_back(std::move(route));
    }
    const ProfiledRun median = simulate_profiled(journey.model, {journey.options.seed, Noise::median_run});
    routes[median.trace.alternative]["profile"] = Json::parse(page_profile_json(journey.model, median));
    Json estimate = estimate_json(journey, options);
    Json arrivals = fifty_arrivals(journey, estimate["destinations"]);
    Json json{{"name", journey.model.name},
              {"estimate", std::move(estimate)},
              {"arrivals", std::move(arrivals)},
              {"sightings", sightings_json(journey.model)},
              {"routes", std::move(routes)}};
    if (const auto traffic = page_traffic_json(journey.all_stations, journey.samples)) json["traffic"] = Json::parse(*traffic);
    return json;
}

// Of all trains on all ways.
std::vector<DrawnPath> paths_of(const std::vector<ReportedJourney>& journeys) {
    std::vector<DrawnPath> paths;
    for (const ReportedJourney& journey : journeys)
        for (const Alternative& alternative : journey.model.alternatives)
            for (const Itinerary& train : alternative.trains) paths.push_back({&journey.model.network, &train.path});
    return paths;
}

// Of the first journey, in three quantiles.
PageText page_text_of(const std::vector<ReportedJourney>& journeys) {
    const ReportedJourney& journey = journeys.front();
    EstimateOptions options = journey.options;
    options.quantiles = {0.05, 0.5, 0.95};
    return run_page_text(journey.model, summarize(journey.model, samples_at(journey.model, journey.all_stations, journey.samples), options),
                         paths_of(journeys));
}

Json document(const std::vector<ReportedJourney>& journeys, const ReportStyle& style) {
    Json json = Json::parse(document_head("run", style));
    json["journeys"] = Json::array();
    Shared shared;
    for (const ReportedJourney& journey : journeys) json["journeys"].push_back(journey_json(journey, shared));
    json["stations"] = Json::parse(shared.stations.json());
    json["sections"] = Json::parse(shared.sections.json());
    json["other_lines"] = Json::parse(other_lines_json(paths_of(journeys)));
    return json;
}

}  // namespace

void write_report(std::ostream& out, const std::vector<ReportedJourney>& journeys, const ReportStyle& style) {
    write_page(out, page_text_of(journeys), document(journeys, style).dump(-1, ' ', false, Json::error_handler_t::replace));
}

void write_interactive_report(std::ostream& out, const ReportedJourney& journey, const ReportStyle& style, const AskedQuestion& question) {
    Json json = document({journey}, style);
    json["interactive"] = Json::parse(interactive_json(question, journey, style));
    write_interactive_page(out, page_text_of({journey}), json.dump(-1, ' ', false, Json::error_handler_t::replace));
}

}  // namespace railwindow
