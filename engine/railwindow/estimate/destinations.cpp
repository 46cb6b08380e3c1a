#include <railwindow/estimate/destinations.hpp>

#include <railwindow/estimate/arrivals.hpp>

#include <algorithm>
#include <map>

namespace railwindow {

std::vector<DestinationEstimate> destinations_of(const Model& model, const Samples& samples, const std::vector<double>& quantiles) {
    struct Bound {
        std::uint64_t runs = 0;
        std::vector<std::int64_t> left, there;
    };
    const std::vector<std::int64_t> depart = departures(model, samples), arrive = arrivals(model, samples, {});
    std::map<StationId, Bound> by_place;
    for (std::uint64_t run = 0; run < samples.runs; ++run) {
        const std::size_t alternative = samples.alternatives.empty() ? 0 : samples.alternatives[run];
        Bound& bound = by_place[model.alternatives[alternative].main().visits.back().station];
        ++bound.runs;
        bound.left.push_back(depart[run]);
        bound.there.push_back(arrive[run]);
    }
    std::vector<DestinationEstimate> result;
    for (const auto& [station, bound] : by_place) {
        const std::vector<Millis> times = sorted_times(bound.there);
        result.push_back({station, bound.runs, share_of(bound.runs, samples.runs), times.size(), quantiles_of(times, quantiles),
                          quantiles_of(sorted_differences(bound.there, bound.left), quantiles)});
    }
    std::stable_sort(result.begin(), result.end(), [](const auto& a, const auto& b) { return a.runs > b.runs; });
    return result;
}

}  // namespace railwindow
