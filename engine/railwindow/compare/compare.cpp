#include <railwindow/compare/compare.hpp>

#include <railwindow/compare/unchanged.hpp>
#include <railwindow/core/error.hpp>
#include <railwindow/estimate/arrivals.hpp>
#include <railwindow/estimate/shared_work.hpp>
#include <railwindow/estimate/why_none_arrives.hpp>
#include <railwindow/route/told_apart.hpp>
#include <railwindow/simulation/route_request.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace railwindow {
namespace {

using Column = std::vector<std::int64_t>;

class Comparer {
public:
    Comparer(const std::vector<Variant>& variants, const CompareOptions& options) : variants_{variants}, options_{options} {}

    Comparison compare() {
        Comparison result{options_.estimate.runs, options_.estimate.seed, false, options_.estimate.quantiles, {}};
        for (const Variant& variant : variants_) {
            result.variants.push_back({variant.name, variant.why, variant.scenario.changes, variant.swept, {}, {}, {}, 0, {}, {}, {}, {}});
            if (!answer(variant, result)) return result.stopped_early = true, result;
        }
        const auto has_answer = [](const VariantOutcome& outcome) { return outcome.infeasible.empty(); };
        if (!is_part() && std::none_of(result.variants.begin(), result.variants.end(), has_answer)) throw Infeasible{why_none(result)};
        return result;
    }

private:
    // False when the runs were stopped.
    bool answer(const Variant& variant, Comparison& result) {
        VariantOutcome& outcome = result.variants.back();
        ++begun_;
        try {
            outcome.model = build(variant.scenario, {options_.at.value.empty() ? TimingPoints::main : TimingPoints::all, variant.path});
            outcome.point = asked_point(*outcome.model, options_.at, "--at");
            if (outcome.point) always_come_to(*outcome.model, outcome.model->timing_points[*outcome.point].station);
        } catch (const Infeasible& error) {
            outcome.infeasible = error.what();
        } catch (const InputError& error) {
            if (!variant.path) throw;  // a way that the search offers is not the user's mistake
            outcome.infeasible = error.findings().front().what;
        }
        if (!outcome.infeasible.empty()) return true;
        const Samples samples = sample(*outcome.model, counted());
        if (!samples.complete) return false;
        if (is_part()) return true;
        if (options_.each) options_.each(outcome.name, *outcome.model, samples);
        const Column arrive = arrivals(*outcome.model, samples, outcome.point);
        summarize(outcome, arrive, departures(*outcome.model, samples));
        if (outcome.time.empty() && has_stranded(samples)) outcome.infeasible += "; " + why_none_arrives(*outcome.model, samples);
        if (begun_ == 1)
            base_ = arrive;
        else if (outcome.infeasible.empty() && !base_.empty())
            outcome.against_base = paired_difference(arrive, base_, options_.estimate.quantiles);
        if (outcome.against_base) {
            std::size_t changed = 0;
            for (std::size_t run = 0; run < arrive.size(); ++run) changed += arrive[run] != base_[run];
            outcome.changed_runs = static_cast<double>(changed) / static_cast<double>(arrive.size());
            if (outcome.changed_runs < hardly_any) outcome.unchanged = why_unchanged(*result.variants.front().model, *outcome.model);
        }
        return true;
    }

    bool is_part() const { return options_.estimate.work && options_.estimate.work->is_part(); }

    // The runs of all variants are one piece of work to who watches.
    EstimateOptions counted() const {
        EstimateOptions options = options_.estimate;
        if (!options_.estimate.progress) return options;
        options.progress = [this](std::uint64_t done, std::uint64_t of) {
            return options_.estimate.progress((begun_ - 1) * of + done, variants_.size() * of);
        };
        return options;
    }

    void summarize(VariantOutcome& outcome, const Column& arrive, const Column& depart) const {
        const std::vector<Millis> times = sorted_times(arrive);
        outcome.probability = static_cast<double>(times.size()) / static_cast<double>(arrive.size());
        outcome.time = quantiles_of(times, options_.estimate.quantiles);
        const std::vector<Millis> elapsed = sorted_differences(arrive, depart);
        outcome.elapsed = quantiles_of(elapsed, options_.estimate.quantiles);
        if (!elapsed.empty()) outcome.median_elapsed = quantile_of(elapsed, 0.5).value;
        if (times.empty()) outcome.infeasible = fmt::format("no run of {} arrives", arrive.size());
    }

    static bool has_stranded(const Samples& samples) {
        return std::any_of(samples.stranded.begin(), samples.stranded.end(),
                           [](const auto& visits) { return std::any_of(visits.begin(), visits.end(), [](std::uint32_t runs) { return runs > 0; }); });
    }

    static std::string why_none(const Comparison& result) {
        std::string why = "no variant has an answer";
        for (const VariantOutcome& outcome : result.variants) why += fmt::format("\n  {}: {}", outcome.name, outcome.infeasible);
        return why;
    }

    const std::vector<Variant>& variants_;
    const CompareOptions& options_;
    Column base_;
    std::uint64_t begun_ = 0;
};

bool lies_on(const Network& network, const Path& path, const Name& name) {
    for (std::size_t i = 1; i < path.steps.size(); ++i)
        if (network.stations()[station_at(network, path, i)].id == name.value) return true;
    return false;
}

}  // namespace

Comparison compare(const std::vector<Variant>& variants, const CompareOptions& options) {
    check_quantiles(options.estimate.quantiles);
    if (variants.empty()) throw InputError{Finding{{}, "variants", "nothing to compare", "name a scenario", Severity::error}};
    return Comparer{variants, options}.compare();
}

Comparison with_quantiles(Comparison comparison, const std::vector<double>& quantiles) {
    const auto choose = [&](auto& from) {
        auto chosen = from;
        chosen.clear();
        for (const double p : quantiles)
            for (const auto& one : from)
                if (one.p == p) chosen.push_back(one);
        from = std::move(chosen);
    };
    for (VariantOutcome& variant : comparison.variants) {
        choose(variant.time);
        choose(variant.elapsed);
        if (!variant.against_base) continue;
        choose(variant.against_base->difference);
        choose(variant.against_base->shift);
    }
    comparison.quantiles = quantiles;
    return comparison;
}

std::vector<Variant> by_routes(const Scenario& scenario, std::size_t count) {
    Scenario open = scenario;
    open.journey.via.clear();
    open.journey.routes.clear();
    for (StationChoice* ends : {&open.journey.from, &open.journey.to}) ends->options.resize(1);
    if (open.journey.regauging && open.journey.regauging->one().value != "prepared") open.journey.regauging.reset();
    const Routes routes = find_routes(open, Alternatives{.count = count});
    std::vector<Variant> variants;
    for (const Path& path : routes.paths) {
        Variant variant{name_of_way(routes.network, routes.paths, variants.size()), summary(routes.network, path), open, path, {}};
        const auto leave_out = [&](const Name& name, const char* what) {
            if (lies_on(routes.network, path, name)) return false;
            variant.why += fmt::format("; without the {} {}", what, name.value);
            return true;
        };
        std::erase_if(variant.scenario.journey.calls, [&](const CallSheet& call) { return leave_out(call.at, "call at"); });
        variant.scenario.claims.clear();  // no estimate of claims here
        if (path.gauge_changes.empty()) variant.scenario.journey.regauging.reset();
        variants.push_back(std::move(variant));
    }
    return variants;
}

}  // namespace railwindow
