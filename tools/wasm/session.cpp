#include "session.hpp"

#include <railwindow/compare/paired_difference.hpp>
#include <railwindow/core/error.hpp>
#include <railwindow/estimate/arrivals.hpp>
#include <railwindow/io/answered_run.hpp>
#include <railwindow/io/changed_scenario.hpp>
#include <railwindow/io/json_numbers.hpp>
#include <railwindow/io/seen_text.hpp>
#include <railwindow/io/write_estimate.hpp>
#include <railwindow/io/write_inference.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>
#include <sstream>

namespace railwindow::page {
namespace {

using Json = nlohmann::ordered_json;
using Column = std::vector<std::int64_t>;

Json error_of(std::optional<Duration> error) { return error ? Json(rounded(*error / s, 10)) : Json(nullptr); }

// By how much the arrivals in `now` lie later than those in `base`, over the same runs.
Json shift_json(const Column& now, const Column& base, const std::vector<double>& quantiles) {
    const PairedDifference difference = paired_difference(now, base, quantiles);
    if (difference.pairs == 0) return nullptr;
    Json json{{"pairs", difference.pairs},
              {"mean_seconds", rounded(difference.mean / s, 10)},
              {"mean_error_seconds", error_of(difference.mean_error)},
              {"earlier", difference.earlier.value},
              {"later", difference.later.value}};
    for (const QuantileShift& shift : difference.shift) {
        json["shift_seconds"][quantile_name(shift.p)] = seconds(shift.value);
        json["shift_error_seconds"][quantile_name(shift.p)] = error_of(shift.error);
    }
    return json;
}

Column first(Column column, std::uint64_t runs) {
    column.resize(std::min<std::size_t>(column.size(), runs));
    return column;
}

// When each run is at a timing point: it arrives there or, at an origin, leaves.
const Column& times_at(const PointSamples& samples) {
    const bool arrives = std::any_of(samples.arrive.begin(), samples.arrive.end(), [](std::int64_t time) { return time != PointSamples::never; });
    return arrives ? samples.arrive : samples.depart;
}

// The timing point of `model` that means the same visit as point `at` of `other`: the how many-th of that station and train.
std::optional<std::size_t> same_point(const Model& model, const Model& other, std::size_t at) {
    const TimingPoint& wanted = other.timing_points[at];
    const std::string& id = other.network.stations()[wanted.station].id;
    const auto is_wanted = [&](const Model& of, const TimingPoint& point) {
        return point.train == wanted.train && of.network.stations()[point.station].id == id;
    };
    std::size_t before = 0;
    for (std::size_t i = 0; i < at; ++i) before += is_wanted(other, other.timing_points[i]);
    for (std::size_t i = 0; i < model.timing_points.size(); ++i)
        if (is_wanted(model, model.timing_points[i]) && before-- == 0) return i;
    return {};
}

}  // namespace

Session::Session(Question question) : question_{std::move(question)} {
    question_.options.threads = 1;
    base_.model = build(load({}));
}

WhatIf Session::what_if(const Change& change) const {
    WhatIf all = question_.what_if;
    if (change.variant) all.variant = *change.variant;
    all.sets.insert(all.sets.end(), change.sets.begin(), change.sets.end());
    return all;
}

Scenario Session::load(const Change& change) const {
    const Scenario scenario = load_scenario(question_.scenario, question_.files, what_if(change));
    return change.seen.empty() ? scenario : with_sightings(scenario, change.seen);
}

void Session::change(const Change& change) {
    now_ = {};
    change_ = change;
    now_.model = build(load(change));
}

void Session::Side::run_to(std::uint64_t runs, const EstimateOptions& options) {
    EstimateOptions wanted = options;
    wanted.runs = runs;
    if (!samples)
        samples = sample(*model, wanted);
    else if (samples->runs < runs)
        extend(*samples, *model, wanted);
}

std::string Session::windows(const Side& side) const {
    EstimateOptions options = question_.options;
    options.runs = side.samples->runs;
    std::ostringstream out;
    write_json(out, *side.model, summarize(*side.model, *side.samples, options), question_.units);
    return out.str();
}

void Session::run_base(std::uint64_t runs, bool keep) {
    base_.run_to(runs, question_.options);
    if (keep && base_.samples->runs == runs) base_answers_[runs] = windows(base_);
}

std::string Session::answer() {
    const std::uint64_t runs = now_.samples->runs;
    const std::vector<double>& quantiles = question_.options.quantiles;
    Json json{{"runs", runs}, {"now", Json::parse(windows(now_))}};
    const auto base = base_answers_.find(runs);
    if (base == base_answers_.end()) return json.dump(-1, ' ', false, Json::error_handler_t::replace);
    json["base"] = Json::parse(base->second);
    json["shift"]["arrival"] =
        shift_json(arrivals(*now_.model, *now_.samples, {}), first(arrivals(*base_.model, *base_.samples, {}), runs), quantiles);
    json["shift"]["points"] = Json::array();
    for (std::size_t i = 0; i < now_.model->timing_points.size(); ++i) {
        const auto before = same_point(*base_.model, *now_.model, i);
        const Station& station = now_.model->network.stations()[now_.model->timing_points[i].station];
        if (!before || now_.model->timing_points[i].train != 0) continue;
        json["shift"]["points"].push_back(
            {{"station", station.id},
             {"at", shift_json(times_at(now_.samples->points[i]), first(times_at(base_.samples->points[*before]), runs), quantiles)}});
    }
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string Session::whole() const {
    EstimateOptions options = question_.options;
    options.runs = now_.samples->runs;
    const Scenario scenario = load(change_);
    Model model = *now_.model;
    const WhatIf asked = what_if(change_);
    add_doubts(model, scenario,
               asked.sets.empty()
                   ? std::nullopt
                   : built_without_sets(asked, [&](const WhatIf& without) { return load_scenario(question_.scenario, question_.files, without); }),
               options.seed);
    Estimate result = summarize(model, *now_.samples, options);
    add_drivers(result, {&model}, options);
    std::ostringstream out;
    write_json(out, model, result, question_.units);
    return out.str();
}

std::string Session::inferred(std::uint64_t runs) const {
    InferOptions options;
    options.runs = options.most_runs = runs;
    options.seed = question_.options.seed;
    options.threads = 1;
    options.quantiles = question_.options.quantiles;
    std::ostringstream out;
    write_json(out, *now_.model, infer(*now_.model, options), options);
    return out.str();
}

std::string Session::scenario_text() const {
    const std::string text = changed_scenario(question_.scenario, question_.files, what_if(change_), change_.seen);
    FilesInMemory files = question_.files;
    files[question_.scenario] = text;
    build(load_scenario(question_.scenario, files));  // or say why not
    return text;
}

}  // namespace railwindow::page
