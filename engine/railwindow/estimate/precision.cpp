#include <railwindow/estimate/precision.hpp>

#include <railwindow/estimate/ranked.hpp>

#include <algorithm>
#include <cmath>

namespace railwindow {
namespace {

// Whether the main train ends its journey at this timing point in some alternative.
bool is_destination(const Model& model, const TimingPoint& point) {
    for (std::size_t i = 0; i < model.alternatives.size(); ++i)
        if (point.train == 0 && point.visit[i] && *point.visit[i] + 1 == model.alternatives[i].main().visits.size()) return true;
    return false;
}

PrecisionEstimate precision_at(const Ranked& arrivals, const Precision& wanted) {
    if (arrivals.count == 0) return {Millis{0}, Millis{0}};
    const Quantile low = quantile_of(arrivals, 0.05), high = quantile_of(arrivals, 0.95);
    const double width = static_cast<double>((high.value - low.value).count());
    PrecisionEstimate result{wanted.error ? *wanted.error : Millis{std::llround(wanted.share * width)}, {}};
    if (low.error && high.error) result.found = std::max(*low.error, *high.error);
    return result;
}

// How many runs would do if errors fall with their square root; a tenth more, as errors are known roughly themselves.
std::uint64_t runs_needed(std::uint64_t runs, const PrecisionEstimate& precision) {
    if (!precision.found || precision.wanted <= Millis{0}) return 2 * runs;
    const double ratio = static_cast<double>(precision.found->count()) / static_cast<double>(precision.wanted.count());
    const double needed = 1.1 * ratio * ratio * static_cast<double>(runs);
    constexpr double block = 4096, most = 1e15;
    return static_cast<std::uint64_t>(block * std::ceil(std::clamp(needed, 1.25 * static_cast<double>(runs), most) / block));
}

}  // namespace

PrecisionEstimate precision_of(const Model& model, const RunSource& runs, const Precision& wanted, unsigned threads) {
    std::optional<PrecisionEstimate> worst;
    const auto excess = [](const PrecisionEstimate& p) {
        return p.found ? static_cast<double>(p.found->count()) / std::max(1.0, static_cast<double>(p.wanted.count())) : HUGE_VAL;
    };
    std::vector<RankRequest> requests;
    for (std::size_t i = 0; i < model.timing_points.size(); ++i)
        if (is_destination(model, model.timing_points[i]))
            requests.push_back(
                quantile_request(by_row([i](const Samples& in, std::uint64_t row) { return in.points[i].arrive[row]; }), {0.05, 0.95}));
    for (const Ranked& arrivals : ranked(runs, requests, threads)) {
        const PrecisionEstimate here = precision_at(arrivals, wanted);
        if (!worst || excess(here) > excess(*worst)) worst = here;
    }
    return *worst;
}

Samples sample_until_precise(const Model& model, const EstimateOptions& options) {
    Samples samples = sample(model, options);
    if (!options.precision) return samples;
    EstimateOptions more = options;
    while (samples.complete && samples.runs < options.precision->most_runs) {
        const PrecisionEstimate precision = precision_of(model, RunsInMemory{samples}, *options.precision, options.threads);
        if (precision.reached()) break;
        more.runs = std::min(options.precision->most_runs, runs_needed(samples.runs, precision));
        extend(samples, model, more);
    }
    return samples;
}

}  // namespace railwindow
