#include <railwindow/estimate/estimate.hpp>

#include <railwindow/core/error.hpp>
#include <railwindow/estimate/parallel.hpp>
#include <railwindow/estimate/samples.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace railwindow {
namespace {

using Column = std::vector<std::int64_t>;

// Sorted values of `of(run)` over the runs for which `holds(run)`.
template <class Holds, class Of>
std::vector<Millis> sorted_values(std::uint64_t runs, Holds holds, Of of) {
    std::vector<Millis> values;
    values.reserve(runs);
    for (std::uint64_t run = 0; run < runs; ++run)
        if (holds(run)) values.push_back(Millis{of(run)});
    std::sort(values.begin(), values.end());
    return values;
}

std::vector<Quantile> quantiles_of(const std::vector<Millis>& sorted, const std::vector<double>& ps) {
    std::vector<Quantile> quantiles;
    for (const double p : ps)
        if (!sorted.empty()) quantiles.push_back(quantile_of(sorted, p));
    return quantiles;
}

class Summary {
public:
    Summary(const Model& model, const Samples& samples, const EstimateOptions& options) : model_{model}, samples_{samples}, options_{options} {}

    Estimate summarize() {
        Estimate result{samples_.runs, samples_.seed, false, {}, {}, {}, {}};
        plan_timing_points(result);
        plan_legs(result);
        const std::size_t jobs = result.timing_points.size() + result.legs.size();
        in_parallel(
            jobs, options_.threads,
            [&] {
                return [&](std::uint64_t job) {
                    job < result.timing_points.size() ? fill(result.timing_points[job]) : fill(result.legs[job - result.timing_points.size()]);
                };
            },
            [](std::uint64_t) { return true; });
        for (const Claim& claim : model_.claims) result.claims.push_back(judge(claim));
        for (std::size_t visit = 0; visit < samples_.stranded.size(); ++visit)
            if (samples_.stranded[visit] > 0)
                result.stranded.push_back({visit, static_cast<double>(samples_.stranded[visit]) / static_cast<double>(samples_.runs)});
        return result;
    }

private:
    // Where something is to be done the train arrives and departs; elsewhere it passes, even if some runs halt there.
    void plan_timing_points(Estimate& result) const {
        for (const PointSamples& point : samples_.points) {
            if (!model_.visits[point.visit].timing_point) continue;
            const bool first = point.visit == 0, last = point.visit + 1 == model_.visits.size();
            const bool stands = model_.visits[point.visit].must_stop || !model_.visits[point.visit].activities.empty();
            if (!first) result.timing_points.push_back({point.visit, stands || last ? TimingEvent::arrive : TimingEvent::pass, 0, {}, {}, {}});
            if (first || (stands && !last)) result.timing_points.push_back({point.visit, TimingEvent::depart, 0, {}, {}, {}});
        }
    }

    void plan_legs(Estimate& result) const {
        std::size_t from = 0;
        for (const PointSamples& point : samples_.points) {
            const std::vector<Activity>& activities = model_.visits[point.visit].activities;
            const bool principal = std::any_of(activities.begin(), activities.end(), [](const Activity& a) {
                return a.kind == ActivityKind::call || a.kind == ActivityKind::formalities || a.kind == ActivityKind::gauge_change;
            });
            if (point.visit == 0 || (!principal && point.visit + 1 != model_.visits.size())) continue;
            result.legs.push_back({from, point.visit, {}, {}, {}});
            from = point.visit;
        }
    }

    const PointSamples& point(std::size_t visit) const {
        return *std::find_if(samples_.points.begin(), samples_.points.end(), [&](const PointSamples& p) { return p.visit == visit; });
    }

    void fill(TimingPointEstimate& estimate) const {
        const PointSamples& here = point(estimate.visit);
        const PointSamples& origin = samples_.points.front();
        const Column& times = estimate.event == TimingEvent::depart ? here.depart : here.arrive;
        const auto reached = [&](std::uint64_t run) { return here.arrive[run] != PointSamples::never; };
        const std::vector<Millis> sorted = sorted_values(samples_.runs, reached, [&](std::uint64_t run) { return times[run]; });
        estimate.probability = static_cast<double>(sorted.size()) / static_cast<double>(samples_.runs);
        estimate.time = quantiles_of(sorted, options_.quantiles);
        estimate.elapsed = quantiles_of(sorted_values(samples_.runs, reached, [&](std::uint64_t run) { return times[run] - origin.depart[run]; }),
                                        options_.quantiles);
        if (estimate.event == TimingEvent::depart && estimate.visit != 0)
            estimate.dwell = quantiles_of(
                sorted_values(samples_.runs, reached, [&](std::uint64_t run) { return here.depart[run] - here.arrive[run]; }), options_.quantiles);
    }

    void fill(LegEstimate& leg) const {
        const PointSamples &a = point(leg.from), &b = point(leg.to);
        const auto reached = [&](std::uint64_t run) { return b.arrive[run] != PointSamples::never; };
        const auto total = [&](std::uint64_t run) { return b.arrive[run] - a.depart[run]; };
        const auto running = [&](std::uint64_t run) { return b.moving[run] - a.moving[run]; };
        leg.running = quantiles_of(sorted_values(samples_.runs, reached, running), options_.quantiles);
        leg.standing =
            quantiles_of(sorted_values(samples_.runs, reached, [&](std::uint64_t run) { return total(run) - running(run); }), options_.quantiles);
        leg.total = quantiles_of(sorted_values(samples_.runs, reached, total), options_.quantiles);
    }

    ClaimEstimate judge(const Claim& claim) const {
        const PointSamples &a = point(claim.from), &b = point(claim.to);
        const auto reached = [&](std::uint64_t run) { return b.arrive[run] != PointSamples::never; };
        const std::vector<Millis> sorted = sorted_values(samples_.runs, reached, [&](std::uint64_t run) { return b.arrive[run] - a.depart[run]; });
        ClaimEstimate result{claim.says, claim.source, static_cast<double>(sorted.size()) / static_cast<double>(samples_.runs), 0, {}};
        if (sorted.empty()) return result;
        const auto agrees = [&](Millis time) {
            return (!claim.at_least || time >= to_millis(*claim.at_least)) && (!claim.at_most || time <= to_millis(*claim.at_most));
        };
        result.agreeing = static_cast<double>(std::count_if(sorted.begin(), sorted.end(), agrees)) / static_cast<double>(sorted.size());
        result.median = quantile_of(sorted, 0.5).value;
        return result;
    }

    const Model& model_;
    const Samples& samples_;
    const EstimateOptions& options_;
};

std::string where_stranded(const Model& model, const Samples& samples) {
    const auto worst = std::max_element(samples.stranded.begin(), samples.stranded.end());
    const auto visit = static_cast<std::size_t>(worst - samples.stranded.begin());
    return model.network.stations()[model.visits[visit].station].name;
}

}  // namespace

Quantile quantile_of(const std::vector<Millis>& sorted, double p) {
    const double n = static_cast<double>(sorted.size());
    const auto at_rank = [&](double rank) { return sorted[static_cast<std::size_t>(std::clamp(std::ceil(rank), 1.0, n)) - 1]; };
    const double spread = std::sqrt(n * p * (1 - p));  // 1e-9: n p may come out just above a whole number
    const double low = n * p - spread, high = n * p + spread;
    Quantile quantile{p, at_rank(n * p - 1e-9), {}};
    if (low >= 1 && high <= n) quantile.error = (at_rank(high) - at_rank(low)) / 2;
    return quantile;
}

Estimate estimate(const Model& model, const EstimateOptions& options) {
    return summarize(model, sample(model, options), options);
}

Estimate summarize(const Model& model, const Samples& samples, const EstimateOptions& options) {
    if (!samples.complete) return Estimate{samples.runs, samples.seed, true, {}, {}, {}, {}};
    const Column& arrivals = samples.points.back().arrive;
    if (std::all_of(arrivals.begin(), arrivals.end(), [](std::int64_t time) { return time == PointSamples::never; }))
        throw Infeasible{fmt::format("no run of {} arrives; most end after {}", samples.runs, where_stranded(model, samples))};
    return Summary{model, samples, options}.summarize();
}

}  // namespace railwindow
