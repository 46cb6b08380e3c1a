#include <railwindow/estimate/destinations.hpp>

#include <railwindow/estimate/arrivals.hpp>

#include <algorithm>
#include <map>

namespace railwindow {
namespace {

StationId end_of(const Alternative& alternative) { return alternative.main().visits.back().station; }

}  // namespace

std::vector<DestinationEstimate> destinations_of(const Model& model, const RunsByAlternative& runs) {
    std::map<StationId, DestinationEstimate> by_place;
    for (std::size_t a = 0; a < model.alternatives.size(); ++a) {
        if (runs.runs[a] == 0) continue;
        DestinationEstimate& here =
            by_place.try_emplace(end_of(model.alternatives[a]), DestinationEstimate{end_of(model.alternatives[a]), 0, {}, 0, {}, {}}).first->second;
        here.runs += runs.runs[a];
        here.arriving += runs.arriving[a];
    }
    std::vector<DestinationEstimate> result;
    for (auto& [station, here] : by_place) {
        here.probability = share_of(here.runs, runs.all());
        result.push_back(std::move(here));
    }
    std::stable_sort(result.begin(), result.end(), [](const auto& a, const auto& b) { return a.runs > b.runs; });
    return result;
}

void ask_destinations(Questions& questions, const Model& model, const std::vector<double>& quantiles,
                      std::vector<DestinationEstimate>& destinations) {
    const std::vector<std::size_t> first = first_points(model), last = last_points(model);
    for (DestinationEstimate& destination : destinations) {
        std::vector<bool> bound;
        for (const Alternative& alternative : model.alternatives) bound.push_back(end_of(alternative) == destination.station);
        questions.ask(by_row([=](const Samples& in, std::uint64_t row) {
                          const std::size_t a = alternative_in(in, row);
                          return bound[a] ? in.points[last[a]].arrive[row] : PointSamples::never;
                      }),
                      quantiles, destination.arrival);
        questions.ask(by_row([=](const Samples& in, std::uint64_t row) {
                          const std::size_t a = alternative_in(in, row);
                          const std::int64_t there = bound[a] ? in.points[last[a]].arrive[row] : PointSamples::never;
                          const std::int64_t left = in.points[first[a]].depart[row];
                          return there == PointSamples::never || left == PointSamples::never ? PointSamples::never : there - left;
                      }),
                      quantiles, destination.elapsed);
    }
}

}  // namespace railwindow
