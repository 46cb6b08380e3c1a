#include <railwindow/estimate/arrivals.hpp>

#include <railwindow/core/error.hpp>
#include <railwindow/estimate/sort_times.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

namespace railwindow {
namespace {

using Column = std::vector<std::int64_t>;

// By alternative, the timing point of the main train's visit that `visit_of` names.
std::vector<std::size_t> points_at(const Model& model, std::size_t (*visit_of)(const Itinerary&)) {
    std::vector<std::size_t> points;
    for (std::size_t a = 0; a < model.alternatives.size(); ++a) {
        const std::size_t visit = visit_of(model.alternatives[a].main());
        const auto point = std::find_if(model.timing_points.begin(), model.timing_points.end(),
                                        [&](const TimingPoint& p) { return p.train == 0 && p.visit[a] == visit; });
        points.push_back(static_cast<std::size_t>(point - model.timing_points.begin()));
    }
    return points;
}

// By run, the time at the point of its alternative.
Column times_at(const Samples& samples, Column PointSamples::*times, const std::vector<std::size_t>& points) {
    if (samples.alternatives.empty()) return samples.points[points.front()].*times;
    Column column(samples.runs);
    for (std::uint64_t run = 0; run < samples.runs; ++run) column[run] = (samples.points[points[samples.alternatives[run]]].*times)[run];
    return column;
}

}  // namespace

std::optional<std::size_t> timing_point_at(const Model& model, StationId station) {
    const auto found = std::find_if(model.timing_points.begin(), model.timing_points.end(),
                                    [&](const TimingPoint& point) { return point.train == 0 && point.station == station; });
    return found == model.timing_points.end() ? std::nullopt : std::optional{static_cast<std::size_t>(found - model.timing_points.begin())};
}

std::optional<std::size_t> asked_point(const Model& model, const Name& station, std::string_view subject) {
    if (station.value.empty()) return {};
    const std::array names{NamedVisit{station}};
    std::set<std::size_t> points;
    bool begins = false;
    for (std::size_t i = 0; i < model.alternatives.size(); ++i) {
        const std::vector<StationId> way = stations_of(model.alternatives[i].main());
        const FoundVisit found = visits_named(model.network, way, names, {1, way.size() - 1}, subject).front();
        if (!found.one_of.empty()) throw InputError{ambiguous(model.network, way, names.front(), found, subject, false)};
        begins |= found.outside;
        const auto here = [&](const TimingPoint& point) { return point.train == 0 && point.visit[i] == found.visit; };
        const auto point = std::find_if(model.timing_points.begin(), model.timing_points.end(), here);
        if (found.visit) points.insert(static_cast<std::size_t>(point - model.timing_points.begin()));
    }
    if (points.size() == 1) return *points.begin();
    if (points.size() > 1)
        throw InputError{Finding{station.place, std::string{subject}, "not all routes come there on the same visit",
                                 fmt::format("say which, as `{} visit 1`", taken_apart(names.front()).at.value), Severity::error}};
    if (begins) throw Infeasible{fmt::format("{} is where the journey begins", station.value)};
    throw Infeasible{fmt::format("the train does not pass {}", station.value)};
}

std::vector<std::size_t> first_points(const Model& model) {
    return points_at(model, [](const Itinerary&) { return std::size_t{0}; });
}

std::vector<std::size_t> last_points(const Model& model) {
    return points_at(model, [](const Itinerary& of) { return of.visits.size() - 1; });
}

std::vector<std::int64_t> arrivals(const Model& model, const Samples& samples, std::optional<std::size_t> point) {
    if (point) return samples.points[*point].arrive;
    return times_at(samples, &PointSamples::arrive, last_points(model));
}

std::vector<std::int64_t> departures(const Model& model, const Samples& samples) {
    return times_at(samples, &PointSamples::depart, first_points(model));
}

const Station& station_of(const Model& model, std::optional<std::size_t> point) {
    return model.network.stations()[point ? model.timing_points[*point].station : model.main().visits.back().station];
}

std::vector<Millis> sorted_differences(const std::vector<std::int64_t>& later, const std::vector<std::int64_t>& earlier) {
    std::vector<Millis> values;
    for (std::size_t run = 0; run < later.size(); ++run)
        if (later[run] != PointSamples::never && earlier[run] != PointSamples::never) values.push_back(Millis{later[run] - earlier[run]});
    sort_times(values);
    return values;
}

std::vector<Millis> sorted_times(const std::vector<std::int64_t>& times) {
    std::vector<Millis> values;
    for (const std::int64_t time : times)
        if (time != PointSamples::never) values.push_back(Millis{time});
    sort_times(values);
    return values;
}

std::vector<Quantile> quantiles_of(const std::vector<Millis>& sorted, const std::vector<double>& ps) {
    std::vector<Quantile> quantiles;
    for (const double p : ps)
        if (!sorted.empty()) quantiles.push_back(quantile_of(sorted, p));
    return quantiles;
}

bool ends_at_several_places(const Model& model) {
    const auto end = [](const Alternative& alternative) { return alternative.main().visits.back().station; };
    return std::any_of(model.alternatives.begin(), model.alternatives.end(),
                       [&](const Alternative& alternative) { return end(alternative) != end(model.alternatives.front()); });
}

}  // namespace railwindow
