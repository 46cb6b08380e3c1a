#include <railwindow/drivers/explain.hpp>

#include <railwindow/core/error.hpp>
#include <railwindow/drivers/frozen_runs.hpp>
#include <railwindow/drivers/report_value.hpp>
#include <railwindow/estimate/arrivals.hpp>
#include <railwindow/estimate/parallel.hpp>
#include <railwindow/estimate/samples.hpp>
#include <railwindow/estimate/shared_work.hpp>
#include <railwindow/estimate/why_none_arrives.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace railwindow {
namespace {

constexpr std::uint64_t known_runs = 64, varied_runs = 32;  // of a group that is known: it is fixed so often, and the rest varied so often
constexpr std::uint64_t first_pairs = 4;                    // each group begins with this part of its pairs
constexpr std::uint64_t shapley_part = 4;                   // of the pairs: each makes a run for every group
constexpr std::size_t fewest_arriving = 64;                 // to say what drives their arrivals
const std::vector<double> explained_quantiles{0.05, 0.5, 0.95};

StationId end_of_way(const Alternative& alternative) { return alternative.main().visits.back().station; }

// The likeliest first.
std::vector<PossibleDestination> possible_destinations(const Model& model) {
    std::vector<PossibleDestination> all;
    for (const Alternative& alternative : model.alternatives) {
        const auto same = [&](const PossibleDestination& one) { return one.station == end_of_way(alternative); };
        const auto known = std::find_if(all.begin(), all.end(), same);
        if (known == all.end())
            all.push_back({end_of_way(alternative), alternative.probability});
        else
            known->probability += alternative.probability;
    }
    std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.probability > b.probability; });
    return all;
}

// The one that is asked for comes first.
void put_first(std::vector<PossibleDestination>& all, const Model& model, const Name& to) {
    if (to.value.empty()) return;
    const StationId station = model.network.station(to, "to");
    const auto found = std::find_if(all.begin(), all.end(), [&](const PossibleDestination& one) { return one.station == station; });
    if (found == all.end()) {
        std::string known;
        for (const PossibleDestination& one : all) known += (known.empty() ? "" : ", ") + model.network.stations()[one.station].id;
        throw InputError{Finding{to.place, "to", fmt::format("the journey does not end at {}", to.value), "it ends at " + known, Severity::error}};
    }
    std::rotate(all.begin(), found, found + 1);
}

// The same model, all of whose runs are bound for `to`.
Model bound_for(const Model& model, const PossibleDestination& to) {
    Model bound = model;
    for (Alternative& alternative : bound.alternatives) alternative.probability *= end_of_way(alternative) == to.station ? 1 / to.probability : 0;
    return bound;
}

double seconds_of(const Quantile& quantile) { return static_cast<double>(quantile.value.count()) / 1000; }

std::vector<double> in_seconds(const std::vector<std::int64_t>& times) {
    std::vector<double> seconds;
    for (const std::int64_t time : times) seconds.push_back(time == PointSamples::never ? NAN : static_cast<double>(time) / 1000);
    return seconds;
}

// Nobody asks what drives the one run in a hundred that is days late, and its variance would drown all else: what lies beyond the window counts as
// its end.
struct WithinWindow {
    double low, high;
    double operator()(double arrival) const { return std::isnan(arrival) ? arrival : std::clamp(arrival, low, high); }
};

// P1 and P99: far enough out to leave P5 and P95 of what is left as they are, and near enough for a few runs, of which one that is days late would
// make the width.
WithinWindow far_bounds(const std::vector<double>& arrivals) {
    std::vector<double> sorted;
    for (const double arrival : arrivals)
        if (!std::isnan(arrival)) sorted.push_back(arrival);
    std::sort(sorted.begin(), sorted.end());
    return {quantile_between(sorted, 0.01), quantile_between(sorted, 0.99)};
}

MakeFrozenValue within(WithinWindow window, const MakeFrozenValue& make_value) {
    return [=] {
        return [=, value = make_value()](std::uint64_t run, std::size_t group, std::uint64_t other) { return window(value(run, group, other)); };
    };
}

// What is done first counts as the first part of the whole, by the runs that each part needs.
class PartOfProgress {
public:
    PartOfProgress(const Progress& progress, std::uint64_t all) : progress_{progress}, all_{all} {}
    // Of the next part, which makes so many runs.
    Progress next(std::uint64_t runs) {
        const std::uint64_t begin = done_;
        done_ += runs;
        if (!progress_) return {};
        return [this, begin, runs](std::uint64_t done, std::uint64_t of) {
            const double share = static_cast<double>(done) / static_cast<double>(of);
            stopped_ = !progress_(std::min(all_, begin + static_cast<std::uint64_t>(share * static_cast<double>(runs))), all_);
            return !stopped_;
        };
    }
    bool stopped() const { return stopped_; }

private:
    const Progress& progress_;
    std::uint64_t all_, done_ = 0;
    bool stopped_ = false;
};

class Explainer {
public:
    Explainer(const Model& model, const ExplainOptions& options) : model_{model}, options_{options} {
        result_.seed = options.seed;
        result_.off = options.off;
        result_.destinations = possible_destinations(model);
        put_first(result_.destinations, model, options.to);
        result_.runs = options.runs;
        result_.pairs = std::min(options.pairs, options.runs / 2) / 16 * 16;
        if (result_.pairs == 0)
            throw InputError{Finding{{},
                                     "runs",
                                     fmt::format("{} runs with {} pairs are too few to tell drivers apart", options.runs, options.pairs),
                                     "ask for at least 64 runs and 16 pairs",
                                     Severity::error}};
        if (options.off.empty() || std::any_of(options.off.begin(), options.off.end(), [](Millis off) { return off < Millis{0}; }))
            throw InputError{
                Finding{{}, "off", "a report must be off by some time, and by none that is negative", "say such as 30 min", Severity::error}};
    }

    // The groups alone, and nothing where hardly a run arrives.
    std::vector<GroupEffect> groups_only() {
        const bool several = result_.destinations.size() > 1;
        const Model bound = several ? bound_for(model_, result_.destinations.front()) : Model{};
        const Model& asked = several ? bound : model_;
        const FrozenRuns frozen{asked, options_.seed};
        PartOfProgress progress{options_.progress, result_.runs + frozen.groups().size() * result_.pairs};
        const Samples samples = sampled(asked, progress);
        if (result_.stopped_early) return {};
        const std::vector<std::int64_t> there = arrivals(asked, samples, {});
        if (sorted_times(there).size() < fewest_arriving) return {};
        read_arrival(asked, samples, there);
        if (!add_groups(frozen, in_seconds(there), progress)) return {};
        return std::move(result_.groups);
    }

    Explanation explain() {
        const bool several = result_.destinations.size() > 1;
        const Model bound = several ? bound_for(model_, result_.destinations.front()) : Model{};
        const Model& asked = several ? bound : model_;
        const FrozenRuns frozen{asked, options_.seed};
        const std::size_t groups = frozen.groups().size();
        const std::uint64_t runs_of_groups = groups * result_.pairs, runs_of_widths = std::min<std::uint64_t>(groups, 8) * known_runs * varied_runs;
        const std::uint64_t runs_of_numbers = options_.numbers ? runs_of_groups : 0;  // about as many
        const std::uint64_t runs_of_shapley = options_.shapley ? runs_of_groups / shapley_part : 0;
        PartOfProgress progress{options_.progress,
                                (several ? 2 : 1) * result_.runs + runs_of_groups + runs_of_widths + runs_of_numbers + runs_of_shapley};

        const Samples samples = sampled(asked, progress);
        if (result_.stopped_early) return result_;
        if (options_.work && options_.work->is_part()) return do_part(frozen, several, progress);
        const std::vector<std::int64_t> there = arrivals(asked, samples, {});
        read_arrival(asked, samples, there);
        const std::vector<double> plain = in_seconds(there);
        if (!add_groups(frozen, plain, progress)) return stopped();
        if (options_.shapley && !add_shapley(frozen, plain, progress.next(runs_of_shapley))) return stopped();
        if (!add_widths(frozen, plain, progress.next(runs_of_widths))) return stopped();
        if (options_.numbers) {
            WrittenNumbers written = options_.written;
            if (several && written.with)
                written.with = [this](const std::vector<double>& factors) {
                    return bound_for(options_.written.with(factors), result_.destinations.front());
                };
            result_.numbers = number_effects(
                asked, plain,
                {std::max<std::uint64_t>(16, result_.pairs / 2 / 16 * 16), options_.seed, options_.threads, progress.next(runs_of_numbers), 0},
                written);
            if (result_.numbers.empty() && progress.stopped()) return stopped();
        }
        const std::vector<TimingPointEstimate> points = summarize(asked, samples, estimate_options({})).timing_points;
        add_reports(asked, points, samples, there);
        if (several) {
            const Samples all = sampled(model_, progress);
            if (result_.stopped_early) return result_;
            add_destinations(all);
        }
        const auto width_of_last = [](const PlaceReport& report) {
            return std::isnan(report.width.back().value) ? HUGE_VAL : report.width.back().value;
        };
        const auto narrower = [&](const PlaceReport& a, const PlaceReport& b) { return width_of_last(a) < width_of_last(b); };
        std::stable_sort(result_.reports.begin(), result_.reports.end(), narrower);
        return result_;
    }

private:
    EstimateOptions estimate_options(Progress progress) const {
        return {options_.runs, options_.seed, options_.threads, explained_quantiles, std::move(progress), {}, options_.work};
    }

    // What does not depend on what comes out of the rest.
    Explanation do_part(const FrozenRuns& frozen, bool several, PartOfProgress& progress) {
        const std::size_t groups = frozen.groups().size();
        shared_values(*options_.work, groups, frozen.arrivals(),
                      {result_.pairs, options_.seed, options_.threads, progress.next(groups * result_.pairs), 0});
        if (!progress.stopped() && several) sampled(model_, progress);
        result_.stopped_early = progress.stopped();
        return result_;
    }

    Explanation stopped() {
        result_.stopped_early = true;
        return result_;
    }

    Samples sampled(const Model& model, PartOfProgress& progress) {
        Samples samples = sample(model, estimate_options(progress.next(options_.runs)));
        result_.stopped_early = !samples.complete;
        return samples;
    }

    void read_arrival(const Model& asked, const Samples& samples, const std::vector<std::int64_t>& there) {
        const std::vector<Millis> sorted = sorted_times(there);
        if (sorted.empty()) throw Infeasible{fmt::format("no run of {} arrives; {}", samples.runs, why_none_arrives(asked, samples))};
        result_.arrives = static_cast<double>(sorted.size()) / static_cast<double>(there.size());
        result_.arrival = quantiles_of(sorted, explained_quantiles);
    }

    // Arrivals within the window.
    WithinWindow window() const { return {seconds_of(result_.arrival.front()), seconds_of(result_.arrival.back())}; }
    std::vector<double> cut(const std::vector<double>& plain) const {
        std::vector<double> values = plain;
        std::transform(plain.begin(), plain.end(), values.begin(), window());
        return values;
    }

    // What is seldom drawn is left out where it does nothing. False where it was stopped.
    bool add_groups(const FrozenRuns& frozen, const std::vector<double>& plain, PartOfProgress& progress) {
        const std::size_t groups = frozen.groups().size();
        const EffectOptions options{result_.pairs, options_.seed, options_.threads, progress.next(groups * result_.pairs),
                                    result_.pairs / first_pairs};
        MakeFrozenValue values = frozen.arrivals();
        if (options_.work) {
            EffectOptions silent = options;
            silent.progress = {};
            values = shared_values(*options_.work, groups, values, silent);
        }
        const std::vector<Effect> found = effects(groups, cut(plain), within(window(), values), options);
        if (found.empty()) return false;
        add_groups(frozen, found);
        return true;
    }

    void add_groups(const FrozenRuns& frozen, const std::vector<Effect>& found) {
        for (std::size_t i = 0; i < found.size(); ++i) {
            if (i + 1 == found.size() && found[i].total.value == 0) continue;
            numbers_.push_back(i);
            result_.groups.push_back({frozen.groups()[i].name, frozen.groups()[i].country, found[i], {}});
        }
        std::vector<std::size_t> order(numbers_.size());
        for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
        std::stable_sort(order.begin(), order.end(),
                         [&](std::size_t a, std::size_t b) { return result_.groups[a].effect.total.value > result_.groups[b].effect.total.value; });
        std::vector<GroupEffect> groups;
        std::vector<std::size_t> numbers;
        for (const std::size_t i : order) groups.push_back(std::move(result_.groups[i])), numbers.push_back(numbers_[i]);
        result_.groups = std::move(groups);
        numbers_ = std::move(numbers);
    }

    bool add_shapley(const FrozenRuns& frozen, const std::vector<double>& plain, Progress progress) {
        const MakeMixedValue make_value = [&frozen, window = window()] {
            return [window, value = frozen.mixed_arrivals()()](std::uint64_t run, const std::vector<char>& taken, std::uint64_t other) {
                return window(value(run, taken, other));
            };
        };
        const std::vector<Share> shares =
            shapley_effects(frozen.groups().size(), cut(plain), make_value,
                            {std::max<std::uint64_t>(16, result_.pairs / shapley_part), options_.seed, options_.threads, std::move(progress), 0});
        for (std::size_t i = 0; !shares.empty() && i < result_.groups.size(); ++i) result_.groups[i].shapley = shares[numbers_[i]];
        return !shares.empty();
    }

    bool add_widths(const FrozenRuns& frozen, const std::vector<double>& plain, Progress progress) {
        std::vector<std::size_t> wanted;
        for (std::size_t i = 0; i < result_.groups.size(); ++i)
            if (result_.groups[i].effect.total.value >= least_effect) wanted.push_back(numbers_[i]);
        if (wanted.empty()) return true;
        const WithinWindow bounds = far_bounds(plain);
        std::vector<double> bounded = plain;
        std::transform(plain.begin(), plain.end(), bounded.begin(), bounds);
        const std::vector<ExpectedWidth> widths = widths_if_known(wanted, bounded, within(bounds, frozen.arrivals()), known_runs, varied_runs,
                                                                  {result_.pairs, options_.seed, options_.threads, std::move(progress), 0});
        for (std::size_t i = 0; i < widths.size(); ++i)  // the groups are in order, so these are the first of them
            if (!std::isnan(widths[i].value)) result_.groups[i].width = widths[i];
        return !widths.empty();
    }

    // Every place of the main train before the destination, with what runs bound there say of it.
    void add_reports(const Model& asked, const std::vector<TimingPointEstimate>& points, const Samples& samples,
                     const std::vector<std::int64_t>& there) {
        for (const TimingPointEstimate& point : points) {
            const TimingPoint& at = asked.timing_points[point.point];
            if (at.train == 0 && !point.time.empty() && !ends_at(asked, at))
                result_.reports.push_back({point.point, point.event, point.probability, point.time, {}, {}});
        }
        const auto make_worker = [&] {
            return [&](std::uint64_t job) {
                PlaceReport& report = result_.reports[job];
                const std::vector<std::int64_t>& here = times_at_point(samples, report);
                const std::vector<Millis> ahead = sorted_differences(there, here);
                if (!ahead.empty()) report.ahead = quantile_of(ahead, 0.5).value;
                const ExpectedSpan unseen = span_if_unseen(here, there, report.when[1].value.count());
                report.unseen = {unseen.seconds, unseen.error};
                for (const Millis off : result_.off) {
                    const ExpectedSpan span = expected_span(here, there, {.off = off, .seed = options_.seed});
                    report.width.push_back({span.seconds, span.error});
                }
            };
        };
        in_parallel(result_.reports.size(), options_.threads, make_worker, [](std::uint64_t) { return true; });
    }

    // How well runs bound for all destinations can be told apart.
    void add_destinations(const Samples& all) {
        std::vector<std::uint16_t> bound;
        for (std::uint64_t run = 0; run < all.runs; ++run) {
            const StationId end = end_of_way(model_.alternatives[all.alternatives[run]]);
            const auto found =
                std::find_if(result_.destinations.begin(), result_.destinations.end(), [&](const auto& to) { return to.station == end; });
            bound.push_back(static_cast<std::uint16_t>(found - result_.destinations.begin()));
        }
        const ReportTrial trial{.reports = 4096, .seed = options_.seed};
        result_.right = named_right(std::vector<std::int64_t>(all.runs, PointSamples::never), bound, trial);
        const auto make_worker = [&] {
            return [&](std::uint64_t job) {
                PlaceReport& report = result_.reports[job];
                for (const Millis off : result_.off) {
                    ReportTrial of = trial;
                    of.off = off;
                    report.right.push_back(named_right(times_at_point(all, report), bound, of));
                }
            };
        };
        in_parallel(result_.reports.size(), options_.threads, make_worker, [](std::uint64_t) { return true; });
    }

    static bool ends_at(const Model& model, const TimingPoint& point) {
        for (std::size_t i = 0; i < model.alternatives.size(); ++i)
            if (model.alternatives[i].probability > 0 && point.visit[i] && *point.visit[i] + 1 == model.alternatives[i].main().visits.size())
                return true;
        return false;
    }

    static const std::vector<std::int64_t>& times_at_point(const Samples& samples, const PlaceReport& report) {
        const PointSamples& point = samples.points[report.point];
        return report.event == TimingEvent::depart ? point.depart : point.arrive;
    }

    const Model& model_;
    const ExplainOptions& options_;
    Explanation result_;
    std::vector<std::size_t> numbers_;  // by result_.groups: their numbers among the frozen ones
};

}  // namespace

Explanation explain(const Model& model, const ExplainOptions& options) { return Explainer{model, options}.explain(); }

std::vector<GroupEffect> main_drivers(const Model& model, const EffectOptions& options) {
    ExplainOptions question;
    question.runs = 2 * options.pairs, question.pairs = options.pairs;
    question.seed = options.seed, question.threads = options.threads, question.progress = options.progress;
    return Explainer{model, question}.groups_only();
}

void weigh_weak_inputs(Model& model, const std::vector<GroupEffect>& groups) {
    const DrawGroups names{model};
    for (WeakInput& weak : model.weak_inputs) {
        const auto* drawn = std::get_if<DrawnFrom>(&weak.use);
        if (!drawn) continue;
        const std::string& name = names.all()[names.of(drawn->draw)].name;
        const auto found = std::find_if(groups.begin(), groups.end(), [&](const GroupEffect& group) { return group.name == name; });
        if (found != groups.end()) weak.spread = drawn->part * found->effect.total.value;  // else no run draws from it: it may be exact
    }
    const auto rank = [](const WeakInput& weak) { return weak.spread.value_or(0) < least_effect ? 0 : *weak.spread; };
    std::stable_sort(model.weak_inputs.begin(), model.weak_inputs.end(), [&](const WeakInput& a, const WeakInput& b) { return rank(a) > rank(b); });
}

const PlaceReport* best_early_report(const Explanation& explanation) {
    const double half = static_cast<double>(explanation.width().count()) / 2000;
    const PlaceReport* best = nullptr;
    for (const PlaceReport& report : explanation.reports)
        if (report.width.back().value <= half && (!best || report.ahead > best->ahead)) best = &report;
    const bool any = !explanation.reports.empty() && !std::isnan(explanation.reports.front().width.back().value);
    return best || !any ? best : &explanation.reports.front();
}

}  // namespace railwindow
