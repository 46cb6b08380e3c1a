#include <railwindow/estimate/estimate.hpp>

#include <railwindow/core/error.hpp>
#include <railwindow/estimate/arrivals.hpp>
#include <railwindow/estimate/densest_set.hpp>
#include <railwindow/estimate/destinations.hpp>
#include <railwindow/estimate/line_traffic.hpp>
#include <railwindow/estimate/modes.hpp>
#include <railwindow/estimate/parallel.hpp>
#include <railwindow/estimate/precision.hpp>
#include <railwindow/estimate/samples.hpp>
#include <railwindow/estimate/sort_times.hpp>
#include <railwindow/estimate/time_parts.hpp>
#include <railwindow/estimate/why_none_arrives.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <span>

namespace railwindow {
namespace {

using Column = std::vector<std::int64_t>;

// The values of `of(run)` over the runs for which `holds(run)`.
template <class Holds, class Of>
std::vector<Millis> values_of(std::uint64_t runs, Holds holds, Of of) {
    std::vector<Millis> values;
    values.reserve(runs);
    for (std::uint64_t run = 0; run < runs; ++run)
        if (holds(run)) values.push_back(Millis{of(run)});
    return values;
}
template <class Holds, class Of>
std::vector<Millis> sorted_values(std::uint64_t runs, Holds holds, Of of) {
    std::vector<Millis> values = values_of(runs, holds, of);
    sort_times(values);
    return values;
}

// Ranks from 1 of the quantile p of n values, and of those one standard error below and above; these may lie outside 1 to n.
struct Ranks {
    double at, low, high;
    Ranks(double n, double p) {
        const double spread = std::sqrt(n * p * (1 - p));
        at = n * p - 1e-9, low = n * p - spread, high = n * p + spread;  // 1e-9: n p may come out just above a whole number
    }
};
std::size_t place_of_rank(double rank, double n) { return static_cast<std::size_t>(std::clamp(std::ceil(rank), 1.0, n)) - 1; }

// Puts the values of these places, ascending, where sorting would put them: half of the places on either side of the middle one.
void put_in_place(std::vector<Millis>::iterator begin, std::vector<Millis>::iterator end, std::size_t offset, std::span<const std::size_t> places) {
    if (places.empty() || begin == end) return;
    const std::size_t middle = places.size() / 2;
    const auto at = begin + static_cast<std::ptrdiff_t>(places[middle] - offset);
    std::nth_element(begin, at, end);
    put_in_place(begin, at, offset, places.first(middle));
    put_in_place(at + 1, end, places[middle] + 1, places.subspan(middle + 1));
}

// The windows of all runs, or of those that take one alternative.
class Windows {
public:
    Windows(const Model& model, const Samples& samples, const EstimateOptions& options, std::optional<std::size_t> only)
        : model_{model}, samples_{samples}, options_{options}, only_{only} {
        for (std::size_t i = 0; i < model.alternatives.size(); ++i)
            if (!only || *only == i) considered_.push_back(i);
        runs_ = only ? static_cast<std::uint64_t>(std::count(samples.alternatives.begin(), samples.alternatives.end(), *only)) : samples.runs;
    }

    std::uint64_t runs() const { return runs_; }

    // Where something is to be done the train arrives and departs; elsewhere it passes, even if some runs halt there.
    std::vector<TimingPointEstimate> timing_points() const {
        std::vector<TimingPointEstimate> points;
        for (std::size_t i = 0; i < samples_.points.size(); ++i) {
            if (!any(i, [](const Itinerary&, std::size_t) { return true; })) continue;
            const bool stands = any(i, [](const Itinerary& of, std::size_t visit) {
                return visit > 0 && visit + 1 < of.visits.size() && (of.visits[visit].must_stop || !of.visits[visit].activities.empty());
            });
            const bool comes = any(i, [](const Itinerary&, std::size_t visit) { return visit > 0; });
            const bool ends = any(i, is_destination);
            if (comes) points.push_back({i, stands || ends ? TimingEvent::arrive : TimingEvent::pass, 0, {}, {}, {}, {}});
            if (stands || any(i, is_origin)) points.push_back({i, TimingEvent::depart, 0, {}, {}, {}, {}});
        }
        return points;
    }

    // Of the main train, between the principal points that all alternatives have.
    std::vector<LegEstimate> legs() const {
        std::vector<LegEstimate> legs;
        std::optional<std::size_t> from;
        for (std::size_t i = 0; i < samples_.points.size(); ++i) {
            const TimingPoint& point = model_.timing_points[i];
            const bool shared = std::all_of(considered_.begin(), considered_.end(), [&](std::size_t a) { return point.visit[a].has_value(); });
            if (point.train != 0 || !shared || !any(i, is_principal)) continue;
            if (from) legs.push_back({*from, i, {}, {}, {}});
            from = i;
        }
        return legs;
    }

    void fill(TimingPointEstimate& estimate) const {
        const PointSamples& here = samples_.points[estimate.point];
        const TimingPoint& point = model_.timing_points[estimate.point];
        const bool departs = estimate.event == TimingEvent::depart;
        const Column& times = departs ? here.depart : here.arrive;
        const std::vector<const Column*> origins = origins_of(point.train);
        const auto counts = [&](std::uint64_t run) {
            if (!reached(estimate.point, run)) return false;
            const std::size_t visit = *point.visit[alternative(run)];
            return departs ? visit + 1 < itinerary(point.train, run).visits.size() : visit > 0;
        };
        const auto left = [&](std::uint64_t run) { return (*origins[alternative(run)])[run]; };
        const std::vector<Millis> sorted = sorted_values(samples_.runs, counts, [&](std::uint64_t run) { return times[run]; });
        estimate.probability = runs_ == 0 ? 0.0 : static_cast<double>(sorted.size()) / static_cast<double>(runs_);
        estimate.time = quantiles_of(sorted, options_.quantiles);
        if (!sorted.empty())
            if (std::vector<TimeSpan> set = densest_set(sorted, 0.9); set.size() > 1) estimate.densest = std::move(set);
        estimate.elapsed =
            quantiles_in_any_order(values_of(samples_.runs, counts, [&](std::uint64_t run) { return times[run] - left(run); }), options_.quantiles);
        const auto comes_and_goes = [&](std::uint64_t run) { return counts(run) && *point.visit[alternative(run)] > 0; };
        if (departs && any(estimate.point, [](const Itinerary&, std::size_t visit) { return visit > 0; }))
            estimate.dwell = quantiles_in_any_order(
                values_of(samples_.runs, comes_and_goes, [&](std::uint64_t run) { return here.depart[run] - here.arrive[run]; }), options_.quantiles);
    }

    void fill(LegEstimate& leg) const {
        const PointSamples &a = samples_.points[leg.from], &b = samples_.points[leg.to];
        const auto counts = [&](std::uint64_t run) { return reached(leg.to, run) && reached(leg.from, run); };
        const auto total = [&](std::uint64_t run) { return b.arrive[run] - a.depart[run]; };
        const auto running = [&](std::uint64_t run) { return b.moving[run] - a.moving[run]; };
        leg.running = quantiles_in_any_order(values_of(samples_.runs, counts, running), options_.quantiles);
        leg.standing = quantiles_in_any_order(values_of(samples_.runs, counts, [&](std::uint64_t run) { return total(run) - running(run); }),
                                              options_.quantiles);
        leg.total = quantiles_in_any_order(values_of(samples_.runs, counts, total), options_.quantiles);
    }

    ClaimEstimate judge(const Claim& claim) const {
        const PointSamples &a = samples_.points[claim.from], &b = samples_.points[claim.to];
        const auto counts = [&](std::uint64_t run) { return reached(claim.to, run) && reached(claim.from, run); };
        const std::vector<Millis> sorted = sorted_values(samples_.runs, counts, [&](std::uint64_t run) { return b.arrive[run] - a.depart[run]; });
        ClaimEstimate result{claim.says, claim.source, static_cast<double>(sorted.size()) / static_cast<double>(samples_.runs), 0, {}};
        if (sorted.empty()) return result;
        const auto agrees = [&](Millis time) {
            return (!claim.at_least || time >= to_millis(*claim.at_least)) && (!claim.at_most || time <= to_millis(*claim.at_most));
        };
        result.agreeing = static_cast<double>(std::count_if(sorted.begin(), sorted.end(), agrees)) / static_cast<double>(sorted.size());
        result.median = quantile_of(sorted, 0.5).value;
        return result;
    }

    bool anything_arrives() const {
        for (std::size_t i = 0; i < samples_.points.size(); ++i)
            for (const std::size_t a : considered_) {
                const std::optional<std::size_t> visit = model_.timing_points[i].visit[a];
                if (model_.timing_points[i].train != 0 || !visit || !is_destination(model_.alternatives[a].main(), *visit)) continue;
                for (std::uint64_t run = 0; run < samples_.runs; ++run)
                    if (alternative(run) == a && reached(i, run)) return true;
            }
        return false;
    }

private:
    static bool is_origin(const Itinerary&, std::size_t visit) { return visit == 0; }
    static bool is_destination(const Itinerary& of, std::size_t visit) { return visit + 1 == of.visits.size(); }
    static bool is_principal(const Itinerary& of, std::size_t visit) {
        const std::vector<Activity>& activities = of.visits[visit].activities;
        return is_origin(of, visit) || is_destination(of, visit) || std::any_of(activities.begin(), activities.end(), [](const Activity& a) {
                   return a.kind == ActivityKind::call || a.kind == ActivityKind::formalities || a.kind == ActivityKind::gauge_change;
               });
    }

    // Whether `holds(itinerary, visit)` for the point's visit in one of the alternatives that count.
    template <class Holds>
    bool any(std::size_t point, Holds holds) const {
        const TimingPoint& at = model_.timing_points[point];
        return std::any_of(considered_.begin(), considered_.end(),
                           [&](std::size_t a) { return at.visit[a] && holds(model_.alternatives[a].trains[at.train], *at.visit[a]); });
    }

    // By alternative, the departures of a train from its origin.
    std::vector<const Column*> origins_of(std::size_t train) const {
        std::vector<const Column*> origins(model_.alternatives.size());
        for (std::size_t i = 0; i < samples_.points.size(); ++i)
            for (std::size_t a = 0; a < origins.size(); ++a)
                if (model_.timing_points[i].train == train && model_.timing_points[i].visit[a] == std::optional<std::size_t>{0})
                    origins[a] = &samples_.points[i].depart;
        return origins;
    }

    std::size_t alternative(std::uint64_t run) const { return samples_.alternatives.empty() ? 0 : samples_.alternatives[run]; }
    const Itinerary& itinerary(std::size_t train, std::uint64_t run) const { return model_.alternatives[alternative(run)].trains[train]; }
    bool reached(std::size_t point, std::uint64_t run) const {
        return samples_.points[point].arrive[run] != PointSamples::never && (!only_ || alternative(run) == *only_);
    }

    const Model& model_;
    const Samples& samples_;
    const EstimateOptions& options_;
    std::optional<std::size_t> only_;
    std::vector<std::size_t> considered_;
    std::uint64_t runs_ = 0;
};

// Fills all of `windows`, in parallel.
void fill(const Windows& windows, std::vector<TimingPointEstimate>& points, std::vector<LegEstimate>& legs, unsigned threads) {
    points = windows.timing_points();
    legs = windows.legs();
    in_parallel(
        points.size() + legs.size(), threads,
        [&] { return [&](std::uint64_t job) { job < points.size() ? windows.fill(points[job]) : windows.fill(legs[job - points.size()]); }; },
        [](std::uint64_t) { return true; });
}

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

Quantile quantile_of(const std::vector<Millis>& sorted, double p) {
    const double n = static_cast<double>(sorted.size());
    const Ranks ranks{n, p};
    Quantile quantile{p, sorted[place_of_rank(ranks.at, n)], {}};
    if (ranks.low >= 1 && ranks.high <= n) quantile.error = (sorted[place_of_rank(ranks.high, n)] - sorted[place_of_rank(ranks.low, n)]) / 2;
    return quantile;
}

std::vector<Quantile> quantiles_in_any_order(std::vector<Millis> values, const std::vector<double>& ps) {
    const double n = static_cast<double>(values.size());
    std::vector<std::size_t> places;
    for (const double p : ps)
        if (const Ranks ranks{n, p}; !values.empty())
            for (const double rank : {ranks.at, ranks.low, ranks.high}) places.push_back(place_of_rank(rank, n));
    std::sort(places.begin(), places.end());
    places.erase(std::unique(places.begin(), places.end()), places.end());
    put_in_place(values.begin(), values.end(), 0, places);
    return quantiles_of(values, ps);
}

Estimate summarize(const Model& model, const Samples& samples, const EstimateOptions& options) {
    const Windows all{model, samples, options, {}};
    if (!all.anything_arrives()) throw Infeasible{fmt::format("no run of {} arrives; {}", samples.runs, why_none_arrives(model, samples))};
    Estimate result{samples.runs, samples.seed, false, {}, {}, {}, {}, stranded(samples), time_parts_of(model, samples, options.quantiles), {}};
    fill(all, result.timing_points, result.legs, options.threads);
    for (std::size_t i = 0; model.alternatives.size() > 1 && i < model.alternatives.size(); ++i) {
        const Windows windows{model, samples, options, i};
        result.alternatives.push_back({i, windows.runs(), {}, {}});
        fill(windows, result.alternatives.back().timing_points, result.alternatives.back().legs, options.threads);
    }
    for (const Claim& claim : model.claims) result.claims.push_back(all.judge(claim));
    if (options.precision) result.precision = precision_of(model, samples, *options.precision);
    result.traffic = traffic_of(model, samples);
    result.modes = modes_of(model, samples, options.quantiles);
    result.destinations = destinations_of(model, samples, options.quantiles);
    for (std::size_t i = 0; i < samples.diverted.size(); ++i)
        if (samples.diverted[i] > 0) result.diversions.push_back({i, samples.diverted[i]});
    std::stable_sort(result.diversions.begin(), result.diversions.end(), [](const auto& a, const auto& b) { return a.runs > b.runs; });
    return result;
}

Estimate estimate(const Model& model, const EstimateOptions& options) {
    const Samples samples = sample_until_precise(model, options);
    return samples.complete ? summarize(model, samples, options) : Estimate{samples.runs, samples.seed, true, {}, {}, {}, {}, {}, {}, {}};
}

}  // namespace railwindow
