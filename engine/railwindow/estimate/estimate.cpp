#include <railwindow/estimate/estimate.hpp>

#include <railwindow/core/error.hpp>
#include <railwindow/estimate/destinations.hpp>
#include <railwindow/estimate/line_traffic.hpp>
#include <railwindow/estimate/modes.hpp>
#include <railwindow/estimate/precision.hpp>
#include <railwindow/estimate/questions.hpp>
#include <railwindow/estimate/samples.hpp>
#include <railwindow/estimate/time_parts.hpp>
#include <railwindow/estimate/why_none_arrives.hpp>
#include <railwindow/estimate/windows.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace railwindow {
namespace {

std::vector<StrandedEstimate> stranded(const Samples& samples) {
    std::vector<StrandedEstimate> result;
    for (std::size_t alternative = 0; alternative < samples.stranded.size(); ++alternative)
        for (std::size_t visit = 0; visit < samples.stranded[alternative].size(); ++visit)
            if (const std::uint32_t count = samples.stranded[alternative][visit])
                result.push_back({alternative, visit, static_cast<double>(count) / static_cast<double>(samples.runs)});
    return result;
}

}  // namespace

std::string_view event_name(TimingEvent event) {
    switch (event) {
        case TimingEvent::depart:
            return "depart";
        case TimingEvent::arrive:
            return "arrive";
        case TimingEvent::pass:
            break;
    }
    return "pass";
}

const TimingPointEstimate& final_arrival(const Model& model, const std::vector<TimingPointEstimate>& points) {
    return *std::find_if(points.rbegin(), points.rend(),
                         [&](const TimingPointEstimate& at) { return model.timing_points[at.point].train == 0 && !at.time.empty(); });
}

void check_quantiles(const std::vector<double>& quantiles) {
    for (const double p : quantiles)
        if (std::count(quantiles.begin(), quantiles.end(), p) > 1)
            throw InputError{Finding{{}, "quantiles", fmt::format("{} is asked for twice", p), "keep one of them", Severity::error}};
    for (const double p : quantiles)
        if (!(p > 0 && p < 1))
            throw InputError{Finding{
                {}, "quantiles", fmt::format("{} is no quantile", p), "give numbers between 0 and 1, such as 0.05,0.5,0.95", Severity::error}};
    if (quantiles.empty())
        throw InputError{Finding{{}, "quantiles", "none is given", "give numbers between 0 and 1, such as 0.05,0.5,0.95", Severity::error}};
}

Estimate summarize(const Model& model, const RunSource& runs, const EstimateOptions& options) {
    const RunsByAlternative by = by_alternative(model, runs, options.threads);
    const Samples counts = runs.counts();
    if (by.all_arriving() == 0) throw Infeasible{fmt::format("no run of {} arrives; {}", runs.runs(), why_none_arrives(model, counts))};
    Estimate result;
    result.runs = runs.runs(), result.seed = runs.seed();
    result.stranded = stranded(counts);
    Questions questions;
    ask_windows(questions, model, by, {}, options.quantiles, result.timing_points, result.legs);
    if (model.alternatives.size() > 1) result.alternatives.resize(model.alternatives.size());
    for (std::size_t i = 0; i < result.alternatives.size(); ++i) {
        AlternativeEstimate& alternative = result.alternatives[i];
        alternative.alternative = i, alternative.runs = by.runs[i];
        ask_windows(questions, model, by, i, options.quantiles, alternative.timing_points, alternative.legs);
    }
    result.claims.resize(model.claims.size());
    for (std::size_t i = 0; i < model.claims.size(); ++i) ask_claim(questions, model.claims[i], runs.runs(), result.claims[i]);
    result.modes = modes_of(model, runs, options.threads);
    ask_modes(questions, model, options.quantiles, result.modes);
    result.destinations = destinations_of(model, by);
    ask_destinations(questions, model, options.quantiles, result.destinations);
    questions.answer(runs, options.threads);
    sort_modes(result.modes);
    result.time_parts = time_parts_of(model, runs, options.quantiles, options.threads);
    if (options.precision) result.precision = precision_of(model, runs, *options.precision, options.threads);
    result.traffic = traffic_of(model, runs, options.threads);
    for (std::size_t i = 0; i < counts.diverted.size(); ++i)
        if (counts.diverted[i] > 0) result.diversions.push_back({i, counts.diverted[i]});
    std::stable_sort(result.diversions.begin(), result.diversions.end(), [](const auto& a, const auto& b) { return a.runs > b.runs; });
    return result;
}

Estimate summarize(const Model& model, const Samples& samples, const EstimateOptions& options) {
    return summarize(model, RunsInMemory{samples}, options);
}

Estimate estimate(const Model& model, const EstimateOptions& options) {
    const Samples samples = sample_until_precise(model, options);
    return samples.complete ? summarize(model, samples, options) : Estimate{samples.runs, samples.seed, true, {}, {}, {}, {}, {}, {}, {}};
}

}  // namespace railwindow
