#include <railwindow/io/page_traffic.hpp>

#include <railwindow/core/text.hpp>
#include <railwindow/estimate/run_source.hpp>
#include <railwindow/estimate/time_parts.hpp>
#include <railwindow/simulation/simulate.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace railwindow {
namespace {

using Json = nlohmann::ordered_json;
using Points = std::vector<StringLine::Point>;

// Whether all points between two others lie on the line between them, to `tolerance`. A stand has no slope.
bool straight(const Points& points, std::size_t from, std::size_t to, Millis tolerance) {
    const StringLine::Point &a = points[from], &b = points[to];
    for (std::size_t i = from + 1; i < to; ++i) {
        if (a.distance == b.distance) continue;
        const double share = (points[i].distance - a.distance) / (b.distance - a.distance);
        const double at = static_cast<double>(a.at.time_since_epoch().count()) + share * static_cast<double>((b.at - a.at).count());
        if (std::abs(at - static_cast<double>(points[i].at.time_since_epoch().count())) > static_cast<double>(tolerance.count())) return false;
    }
    return true;
}

class TrafficFigure {
public:
    TrafficFigure(const Model& model, const Trace& trace)
        : model_{model}, trace_{trace}, alternative_{model.alternatives[trace.alternative]}, begins_{trace.main().visits.front().depart} {
        tolerance_ = std::max<Millis>(std::chrono::seconds{10}, (trace.main().visits.back().arrive - begins_) / pixels);
        if (long_way()) per_km_ = 1;
    }

    Json json(std::uint64_t run) {
        Json json{{"run", run}, {"route", trace_.alternative}, {"begins", iso_time(begins_, zone())}, {"courses", Json::array()}};
        for (std::size_t train = 0; train < trace_.trains.size(); ++train)
            if (const Points all = course(train); !all.empty()) json["courses"].push_back(points(Json::array(), all));
        Json lines = Json::array();
        for (std::size_t i = 0; i < trace_.lines.size();) {
            const std::size_t line = alternative_.shared[i].shared_line;
            const std::string& name = model_.network.lines()[model_.shared_lines[line]].name;
            Json& entry = lines.emplace_back(Json{{"name", name}, {"places", Json::array()}, {"trains", Json::array()}});
            for (; i < trace_.lines.size() && alternative_.shared[i].shared_line == line; ++i) add(entry, trace_.lines[i]);
        }
        json["names"] = names_;
        json["lines"] = std::move(lines);
        return json;
    }

private:
    static constexpr int pixels = 800;  // of the figure, to which a point matters

    // Where loops lie closer than can be told apart in a figure, and a kilometre is less than a pixel.
    bool long_way() const { return alternative_.main().path.length > 2000 * km; }
    const TimeZone& zone() const { return model_.network.stations()[alternative_.main().visits.front().station].zone; }
    // Without ".0": there are many.
    Json kilometres(Length length) const {
        const std::int64_t parts = std::llround(length / km * per_km_);
        return parts % per_km_ == 0 ? Json(parts / per_km_) : Json(static_cast<double>(parts) / per_km_);
    }

    // With its stands between stations.
    Points course(std::size_t train) const {
        const Length joins = alternative_.main().visits[alternative_.trains[train].first].distance;
        Points all;
        for (const LogEntry& entry : trace_.log)
            if (entry.train == train) all.push_back({joins + entry.distance, entry.at});
        return all;
    }

    Json points(Json list, const Points& all) const {
        std::int64_t before = 0;
        const auto add = [&](const StringLine::Point& one) {
            list.push_back(kilometres(one.distance));
            const auto at = std::chrono::round<std::chrono::seconds>(one.at - begins_).count();
            list.push_back(at - before);
            before = at;
        };
        add(all.front());
        for (std::size_t from = 0, to = 1; to < all.size(); ++to) {
            if (to + 1 < all.size() && straight(all, from, to + 1, tolerance_)) continue;
            add(all[to]);
            from = to;
        }
        return list;
    }

    void add(Json& line, const LineTraffic& traffic) {
        for (const MeetingPlace& place : traffic.places)
            if (place.tracks > 1 && !long_way()) line["places"].push_back(kilometres(place.distance));
        for (const StringLine& string : traffic.strings) {
            if (string.special || string.points.empty()) continue;
            const auto delay = std::chrono::round<std::chrono::seconds>(string.delay).count();
            line["trains"].push_back(points({index_of(string.name), delay}, string.points));
        }
    }

    std::size_t index_of(const std::string& name) {
        const auto known = std::find(names_.begin(), names_.end(), name);
        if (known != names_.end()) return static_cast<std::size_t>(known - names_.begin());
        names_.push_back(name);
        return names_.size() - 1;
    }

    const Model& model_;
    const Trace& trace_;
    const Alternative& alternative_;
    Instant begins_;
    Millis tolerance_{};
    int per_km_ = 10;
    std::vector<std::string> names_;
};

}  // namespace

std::optional<std::string> page_traffic_json(const Model& model, const Samples& samples) {
    if (model.shared_lines.empty()) return {};
    const auto likelier = [](const Alternative& a, const Alternative& b) { return a.probability < b.probability; };
    const auto likeliest = std::max_element(model.alternatives.begin(), model.alternatives.end(), likelier);
    const auto run = run_at_quantile(model, RunsInMemory{samples}, 0.5, static_cast<std::size_t>(likeliest - model.alternatives.begin()));
    if (!run) return {};
    const Trace trace = simulate(model, {samples.seed, *run}, Logging::on);
    if (trace.diversion) return {};
    return TrafficFigure{model, trace}.json(*run).dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace railwindow
