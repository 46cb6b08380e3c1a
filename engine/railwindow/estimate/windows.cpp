#include <railwindow/estimate/windows.hpp>

#include <railwindow/estimate/arrivals.hpp>
#include <railwindow/estimate/densest_set.hpp>

#include <algorithm>
#include <numeric>

namespace railwindow {
namespace {

constexpr std::int64_t never = PointSamples::never;
constexpr double dense_share = 0.9;  // of the runs that the densest set holds

bool is_origin(const Itinerary&, std::size_t visit) { return visit == 0; }
bool is_destination(const Itinerary& of, std::size_t visit) { return visit + 1 == of.visits.size(); }
bool is_principal(const Itinerary& of, std::size_t visit) {
    const std::vector<Activity>& activities = of.visits[visit].activities;
    return is_origin(of, visit) || is_destination(of, visit) || std::any_of(activities.begin(), activities.end(), [](const Activity& a) {
               return a.kind == ActivityKind::call || a.kind == ActivityKind::formalities || a.kind == ActivityKind::gauge_change;
           });
}

// Which points and legs there are, and the measures of each.
class Windows {
public:
    Windows(const Model& model, std::optional<std::size_t> only, std::uint64_t all_runs) : model_{model}, all_runs_{all_runs} {
        for (std::size_t i = 0; i < model.alternatives.size(); ++i)
            if (!only || *only == i) considered_.push_back(i);
    }

    // Where something is to be done the train arrives and departs; elsewhere it passes, even if some runs halt there.
    std::vector<TimingPointEstimate> timing_points() const {
        std::vector<TimingPointEstimate> points;
        for (std::size_t i = 0; i < model_.timing_points.size(); ++i) {
            if (!any(i, [](const Itinerary&, std::size_t) { return true; })) continue;
            const bool stands = any(i, [](const Itinerary& of, std::size_t visit) {
                return visit > 0 && visit + 1 < of.visits.size() && (of.visits[visit].must_stop || !of.visits[visit].activities.empty());
            });
            const bool ends = any(i, is_destination);
            if (comes(i)) points.push_back({i, stands || ends ? TimingEvent::arrive : TimingEvent::pass, 0, {}, {}, {}, {}});
            if (stands || any(i, is_origin)) points.push_back({i, TimingEvent::depart, 0, {}, {}, {}, {}});
        }
        return points;
    }

    // Of the main train, between the principal points that all alternatives have.
    std::vector<LegEstimate> legs() const {
        std::vector<LegEstimate> legs;
        std::optional<std::size_t> from;
        for (std::size_t i = 0; i < model_.timing_points.size(); ++i) {
            const TimingPoint& point = model_.timing_points[i];
            const bool shared = std::all_of(considered_.begin(), considered_.end(), [&](std::size_t a) { return point.visit[a].has_value(); });
            if (point.train != 0 || !shared || !any(i, is_principal)) continue;
            if (from) legs.push_back({*from, i, {}, {}, {}});
            from = i;
        }
        return legs;
    }

    void ask(Questions& questions, const std::vector<double>& quantiles, std::uint64_t runs, TimingPointEstimate& estimate) const {
        const std::size_t point = estimate.point;
        const bool departs = estimate.event == TimingEvent::depart;
        const auto times = departs ? &PointSamples::depart : &PointSamples::arrive;
        const std::vector<bool> counts = alternatives_with(
            point, [departs](const Itinerary& of, std::size_t visit) { return departs ? visit + 1 < of.visits.size() : visit > 0; });
        const Measure time = by_row_of(counts, [=](const Samples& in, std::uint64_t row, std::size_t) {
            const PointSamples& here = in.points[point];
            return here.arrive[row] != never ? (here.*times)[row] : never;
        });
        std::vector<double> levels = levels_of_densest_set();
        levels.insert(levels.end(), quantiles.begin(), quantiles.end());
        questions.ask(quantile_request(time, levels), [&questions, &estimate, time, quantiles, runs, of = all_runs_](const Ranked& answer) {
            estimate.probability = runs == 0 ? 0.0 : static_cast<double>(answer.count) / static_cast<double>(runs);
            estimate.time = quantiles_of(answer, quantiles);
            ask_densest_set(questions, time, answer, of, dense_share, estimate.densest);
        });
        const std::vector<std::size_t> origins = origins_of(model_.timing_points[point].train);
        questions.ask(by_row_of(counts,
                                [=](const Samples& in, std::uint64_t row, std::size_t alternative) {
                                    const PointSamples& here = in.points[point];
                                    return here.arrive[row] != never ? (here.*times)[row] - in.points[origins[alternative]].depart[row] : never;
                                }),
                      quantiles, estimate.elapsed);
        if (!departs || !comes(point)) return;
        const std::vector<bool> stays =
            alternatives_with(point, [](const Itinerary& of, std::size_t visit) { return visit > 0 && visit + 1 < of.visits.size(); });
        questions.ask(by_row_of(stays,
                                [=](const Samples& in, std::uint64_t row, std::size_t) {
                                    const PointSamples& here = in.points[point];
                                    return here.arrive[row] != never ? here.depart[row] - here.arrive[row] : never;
                                }),
                      quantiles, estimate.dwell);
    }

    void ask(Questions& questions, const std::vector<double>& quantiles, LegEstimate& leg) const {
        const std::vector<bool> counts = alternatives_with(leg.to, [](const Itinerary&, std::size_t) { return true; });
        const auto ask_for = [&](auto of, std::vector<Quantile>& result) {
            questions.ask(by_row_of(counts,
                                    [=, from = leg.from, to = leg.to](const Samples& in, std::uint64_t row, std::size_t) {
                                        const PointSamples &a = in.points[from], &b = in.points[to];
                                        return a.arrive[row] != never && b.arrive[row] != never ? of(a, b, row) : never;
                                    }),
                          quantiles, result);
        };
        const auto total = [](const PointSamples& a, const PointSamples& b, std::uint64_t row) { return b.arrive[row] - a.depart[row]; };
        const auto running = [](const PointSamples& a, const PointSamples& b, std::uint64_t row) { return b.moving[row] - a.moving[row]; };
        ask_for(running, leg.running);
        ask_for([=](const PointSamples& a, const PointSamples& b, std::uint64_t row) { return total(a, b, row) - running(a, b, row); }, leg.standing);
        ask_for(total, leg.total);
    }

private:
    // By alternative: whether it counts and `holds(itinerary, visit)` for its visit to the point.
    template <class Holds>
    std::vector<bool> alternatives_with(std::size_t point, Holds holds) const {
        const TimingPoint& at = model_.timing_points[point];
        std::vector<bool> with(model_.alternatives.size());
        for (const std::size_t a : considered_) with[a] = at.visit[a] && holds(model_.alternatives[a].trains[at.train], *at.visit[a]);
        return with;
    }
    template <class Holds>
    bool any(std::size_t point, Holds holds) const {
        const std::vector<bool> with = alternatives_with(point, holds);
        return std::find(with.begin(), with.end(), true) != with.end();
    }
    bool comes(std::size_t point) const {
        return any(point, [](const Itinerary&, std::size_t visit) { return visit > 0; });
    }

    // By alternative, the timing point where a train begins.
    std::vector<std::size_t> origins_of(std::size_t train) const {
        std::vector<std::size_t> origins(model_.alternatives.size());
        for (std::size_t i = 0; i < model_.timing_points.size(); ++i)
            for (std::size_t a = 0; a < origins.size(); ++a)
                if (model_.timing_points[i].train == train && model_.timing_points[i].visit[a] == std::optional<std::size_t>{0}) origins[a] = i;
        return origins;
    }

    const Model& model_;
    std::uint64_t all_runs_;
    std::vector<std::size_t> considered_;
};

}  // namespace

std::uint64_t RunsByAlternative::all() const { return std::accumulate(runs.begin(), runs.end(), std::uint64_t{0}); }
std::uint64_t RunsByAlternative::all_arriving() const { return std::accumulate(arriving.begin(), arriving.end(), std::uint64_t{0}); }

RunsByAlternative by_alternative(const Model& model, const RunSource& runs, unsigned threads) {
    const std::vector<std::size_t> last = last_points(model);
    std::vector<RankRequest> requests;
    for (std::size_t a = 0; a < last.size(); ++a) {
        requests.push_back({by_row([a](const Samples& in, std::uint64_t row) { return alternative_in(in, row) == a ? 1 : never; }), {}});
        requests.push_back({by_row([a, end = last[a]](const Samples& in, std::uint64_t row) {
                                return alternative_in(in, row) == a && in.points[end].arrive[row] != never ? 1 : never;
                            }),
                            {}});
    }
    const std::vector<Ranked> answers = ranked(runs, requests, threads);
    RunsByAlternative result;
    for (std::size_t a = 0; a < last.size(); ++a) {
        result.runs.push_back(answers[2 * a].count);
        result.arriving.push_back(answers[2 * a + 1].count);
    }
    return result;
}

void ask_windows(Questions& questions, const Model& model, const RunsByAlternative& by, std::optional<std::size_t> only,
                 const std::vector<double>& quantiles, std::vector<TimingPointEstimate>& points, std::vector<LegEstimate>& legs) {
    const std::uint64_t all = by.all(), runs = only ? by.runs[*only] : all;
    const Windows windows{model, only, all};
    points = windows.timing_points();
    legs = windows.legs();
    for (TimingPointEstimate& point : points) windows.ask(questions, quantiles, runs, point);
    for (LegEstimate& leg : legs) windows.ask(questions, quantiles, leg);
}

void ask_claim(Questions& questions, const Claim& claim, std::uint64_t runs, ClaimEstimate& result) {
    const auto time_between = [from = claim.from, to = claim.to](const Samples& in, std::uint64_t row) {
        const PointSamples &a = in.points[from], &b = in.points[to];
        return a.arrive[row] != never && b.arrive[row] != never ? b.arrive[row] - a.depart[row] : never;
    };
    const std::int64_t least = claim.at_least ? to_millis(*claim.at_least).count() : INT64_MIN;
    const std::int64_t most = claim.at_most ? to_millis(*claim.at_most).count() : INT64_MAX;
    result = {claim.says, claim.source, 0, 0, {}};
    const RankRequest agreeing{by_row([=](const Samples& in, std::uint64_t row) {
                                   const std::int64_t time = time_between(in, row);
                                   return time >= least && time <= most ? time : never;
                               }),
                               {}};
    questions.ask(quantile_request(by_row(time_between), {0.5}), [&questions, &result, agreeing, runs](const Ranked& answer) {
        result.reached = static_cast<double>(answer.count) / static_cast<double>(runs);
        if (answer.count == 0) return;
        result.median = quantile_of(answer, 0.5).value;
        questions.ask(agreeing, [&result, reached = answer.count](const Ranked& agree) {
            result.agreeing = static_cast<double>(agree.count) / static_cast<double>(reached);
        });
    });
}

}  // namespace railwindow
