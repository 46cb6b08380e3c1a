#include <railwindow/estimate/time_parts.hpp>

#include <railwindow/estimate/arrivals.hpp>

#include <algorithm>
#include <cmath>
#include <span>

namespace railwindow {
namespace {

struct Arrival {
    std::int64_t at;
    std::uint64_t run;
    friend auto operator<=>(const Arrival&, const Arrival&) = default;
};

std::vector<Arrival> sorted_arrivals(const Model& model, const Samples& samples) {
    const std::vector<std::int64_t> times = arrivals(model, samples, {});
    std::vector<Arrival> sorted;
    for (std::uint64_t run = 0; run < samples.runs; ++run)
        if (times[run] != PointSamples::never) sorted.push_back({times[run], run});
    std::sort(sorted.begin(), sorted.end());
    return sorted;
}

// The ceil(p n)-th smallest, as quantile_of counts.
std::size_t place_of(double p, std::size_t n) {
    return static_cast<std::size_t>(std::clamp(std::ceil(p * static_cast<double>(n) - 1e-9), 1.0, static_cast<double>(n))) - 1;
}

// `count` neighbours of the place in the order of the arrivals, those nearest in time.
std::span<const Arrival> nearest(std::span<const Arrival> sorted, std::size_t place, std::size_t count) {
    std::size_t first = place, last = place + 1;
    while (last - first < count) {
        const bool earlier = last == sorted.size() || (first > 0 && sorted[place].at - sorted[first - 1].at <= sorted[last].at - sorted[place].at);
        earlier ? --first : ++last;
    }
    return sorted.subspan(first, count);
}

TimePartsEstimate means(const Samples& samples, std::span<const Arrival> of, std::optional<double> p) {
    TimePartsEstimate result{p, of.size(), {}};
    for (std::size_t part = 0; part < time_parts; ++part) {
        std::int64_t sum = 0;
        for (const Arrival& arrival : of) sum += samples.parts[arrival.run].spent[part].count();
        result.mean_seconds[part] = static_cast<double>(sum) / 1000.0 / static_cast<double>(of.size());
    }
    return result;
}

}  // namespace

std::optional<std::uint64_t> run_at_quantile(const Model& model, const Samples& samples, double p, std::optional<std::size_t> alternative) {
    std::vector<Arrival> sorted = sorted_arrivals(model, samples);
    if (alternative && !samples.alternatives.empty())
        std::erase_if(sorted, [&](const Arrival& arrival) { return samples.alternatives[arrival.run] != *alternative; });
    if (sorted.empty()) return {};
    const std::int64_t at = sorted[place_of(p, sorted.size())].at;
    return std::lower_bound(sorted.begin(), sorted.end(), Arrival{at, 0})->run;
}

std::vector<TimePartsEstimate> time_parts_of(const Model& model, const Samples& samples, const std::vector<double>& quantiles) {
    const std::vector<Arrival> sorted = sorted_arrivals(model, samples);
    if (sorted.empty()) return {};
    std::vector<TimePartsEstimate> result{means(samples, sorted, {})};
    if (ends_at_several_places(model)) return result;
    const std::size_t share = (sorted.size() + 99) / 100;
    for (const double p : quantiles) result.push_back(means(samples, nearest(sorted, place_of(p, sorted.size()), share), p));
    return result;
}

}  // namespace railwindow
