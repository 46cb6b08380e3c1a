#include <railwindow/score/ledger.hpp>

#include <railwindow/score/forecast.hpp>
#include <railwindow/score/log_score.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

namespace railwindow {
namespace {

const Station& origin_of(const Model& model) { return model.network.stations()[model.main().visits.front().station]; }

Instant resolved(const WrittenTime& written, const std::string& zone, const LedgerObservation& observation) {
    const auto refuse = [&](std::string what, std::string remedy) {
        throw InputError{Finding{observation.place, observation.station, std::move(what), std::move(remedy), Severity::error}};
    };
    const auto known = TimeZone::find(zone);
    if (!known) refuse("the ledger has it in the time zone '" + zone + "', which this system does not know", "write the time with its offset");
    const auto instant = instant_of(written, *known);
    if (const auto* error = std::get_if<TimeError>(&instant)) refuse(error->what, error->remedy);
    return std::get<Instant>(instant);
}

// What was observed, in the zone of the place. Nothing where it is known on one side only.
std::optional<ObservedInterval> interval_of(const LedgerObservation& observation, const std::string& zone) {
    if (observation.local_low && observation.local_high) {
        const Instant low = resolved(*observation.local_low, zone, observation), high = resolved(*observation.local_high, zone, observation);
        if (low > high) throw InputError{Finding{observation.place, "low", "is later than high", "swap them", Severity::error}};
        return ObservedInterval{low.time_since_epoch(), high.time_since_epoch()};
    }
    if (observation.low && observation.high) return ObservedInterval{observation.low->time_since_epoch(), observation.high->time_since_epoch()};
    return {};
}

// Passing without a stop is arriving, too.
bool same_event(const std::string& forecast, const std::string& observed) {
    return forecast == observed || (forecast == "pass" && observed == "arrive") || (forecast == "arrive" && observed == "pass");
}

std::optional<std::size_t> target_for(const LedgerForecast& forecast, const LedgerObservation& observation) {
    std::optional<std::size_t> found;
    for (std::size_t i = 0; i < forecast.targets.size(); ++i) {
        const LedgerTarget& target = forecast.targets[i];
        if (target.station != observation.station || !same_event(target.event, observation.event)) continue;
        if (!found || target.event == observation.event) found = i;
    }
    return found;
}

LedgerScore score_of(const LedgerForecast& forecast, const LedgerTarget& target, const ObservedInterval& observed) {
    const std::vector<Millis> times = times_of(forecast.levels, target.quantiles);
    LedgerScore score{};
    score.observed = observed;
    score.beforehand = forecast.made.time_since_epoch() < observed.low;
    score.lead = observed.middle() - forecast.made.time_since_epoch();
    score.elapsed = to_duration(observed.middle() - forecast.start.time_since_epoch());
    score.crps = fair_crps(times, observed) / score.elapsed;
    score.log_score = log_score(times, observed);
    score.pit = pit_between(share_before(times, observed.low - Millis{1}), share_before(times, observed.high), times.size());
    score.central = central_window(times, 0.9);
    score.inside = share_inside(score.central.low, score.central.high, observed);
    return score;
}

// Linear between the departures that were tried.
double said_of(const std::vector<LedgerTrial>& trials, Instant left) {
    const auto after = std::find_if(trials.begin(), trials.end(), [&](const LedgerTrial& trial) { return trial.depart >= left; });
    if (after == trials.end()) return trials.back().in_time;
    if (after == trials.begin() || after->depart == left) return after->in_time;
    const LedgerTrial& before = *(after - 1);
    const double share = static_cast<double>((left - before.depart).count()) / static_cast<double>((after->depart - before.depart).count());
    return before.in_time + share * (after->in_time - before.in_time);
}

void score_deadline(LedgerScores& scores, std::size_t index, const LedgerForecast& forecast, const std::vector<LedgerObservation>& observations,
                    std::vector<bool>& used) {
    const LedgerDeadline& said = *forecast.deadline;
    for (std::size_t left = 0; left < observations.size(); ++left) {
        const LedgerObservation& departure = observations[left];
        if (departure.journey != forecast.scenario || departure.station != said.from || departure.event != "depart") continue;
        for (std::size_t arrived = 0; arrived < observations.size(); ++arrived) {
            const LedgerObservation& arrival = observations[arrived];
            if (arrival.journey != forecast.scenario || arrival.station != said.station || arrival.event == "depart") continue;
            const auto went = interval_of(departure, said.from_zone), came = interval_of(arrival, said.time_zone);
            const Millis deadline = said.deadline.time_since_epoch();
            if (!went || !came || (came->low <= deadline && deadline < came->high)) continue;  // not known whether it was in time
            const double p = said_of(said.trials, Instant{went->middle()});
            const bool in_time = came->high <= deadline;
            scores.deadlines.push_back(
                {index, left, arrived, forecast.made.time_since_epoch() < went->low, p, in_time, (p - (in_time ? 1 : 0)) * (p - (in_time ? 1 : 0))});
            used[left] = used[arrived] = true;
            return;
        }
    }
}

LedgerGroup group_of(const LedgerScores& scores, const std::vector<LedgerForecast>& forecasts, bool beforehand) {
    std::map<std::string, std::vector<const LedgerScore*>> journeys;
    for (const LedgerScore& score : scores.times)
        if (score.beforehand == beforehand) journeys[forecasts[score.forecast].scenario].push_back(&score);
    LedgerGroup group{journeys.size(), 0, 0, 0, {}};
    std::vector<Pit> finals;
    for (const auto& [name, of_it] : journeys) {
        const double weight = 1 / static_cast<double>(of_it.size() * journeys.size());
        const LedgerScore* last = of_it.front();
        for (const LedgerScore* score : of_it) {
            ++group.times;
            group.crps += weight * score->crps;
            group.inside += weight * score->inside;
            const auto earlier_made = [&] { return forecasts[score->forecast].made < forecasts[last->forecast].made; };
            if (score->observed.middle() > last->observed.middle() || (score->observed.middle() == last->observed.middle() && earlier_made()))
                last = score;
        }
        finals.push_back(last->pit);
    }
    group.tests = pit_tests(finals);
    return group;
}

}  // namespace

const std::vector<double>& ledger_levels() {
    static const std::vector<double> levels = [] {
        std::vector<double> all{0.005, 0.025, 0.975, 0.995};
        for (int hundredth = 1; hundredth < 100; ++hundredth) all.push_back(hundredth / 100.0);
        std::sort(all.begin(), all.end());
        return all;
    }();
    return levels;
}

std::vector<Millis> times_of(const std::vector<double>& levels, const std::vector<Instant>& quantiles, std::size_t count) {
    std::vector<Millis> times;
    std::size_t above = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const double p = (static_cast<double>(i) + 0.5) / static_cast<double>(count);
        while (above < levels.size() && levels[above] < p) ++above;
        if (above == 0 || above == levels.size()) {
            times.push_back((above == 0 ? quantiles.front() : quantiles.back()).time_since_epoch());
            continue;
        }
        const double share = (p - levels[above - 1]) / (levels[above] - levels[above - 1]);
        const Millis low = quantiles[above - 1].time_since_epoch(), gap = quantiles[above] - quantiles[above - 1];
        times.push_back(low + Millis{std::llround(share * static_cast<double>(gap.count()))});
    }
    return times;
}

namespace {

LedgerForecast begun(const Model& model, const char* command, std::uint64_t seed, std::uint64_t runs) {
    LedgerForecast forecast;
    forecast.command = command;
    forecast.seed = seed;
    forecast.runs = runs;
    forecast.levels = ledger_levels();
    forecast.start = earliest_of(model.main().departure);
    for (const Alternative& way : model.alternatives) forecast.start = std::min(forecast.start, earliest_of(way.main().departure));
    return forecast;
}

void add_target(LedgerForecast& forecast, const Model& model, std::size_t point, TimingEvent event, double probability,
                const std::vector<Quantile>& time) {
    const TimingPoint& place = model.timing_points[point];
    if (place.train != 0 || time.empty()) return;
    const Station& station = model.network.stations()[place.station];
    LedgerTarget target{station.id, station.name, std::string{event_name(event)}, station.zone.name(), probability, {}};
    for (const Quantile& quantile : time) target.quantiles.emplace_back(quantile.value);
    forecast.targets.push_back(std::move(target));
}

}  // namespace

LedgerForecast ledger_forecast(const Model& model, const Inference& inference, const InferOptions& options) {
    LedgerForecast forecast = begun(model, "infer", inference.seed, inference.sampling.runs);
    forecast.as_of = options.as_of.value_or(Instant{});
    for (const InferredWindow& window : inference.windows)
        add_target(forecast, model, window.point, window.event, window.reached_after, window.after);
    for (const Odds& odds : inference.odds)
        if (odds.kind == ChoiceKind::destination) forecast.routes.emplace_back(odds.name, odds.after.value);
    return forecast;
}

LedgerForecast ledger_forecast(const Model& model, const Estimate& windows) {
    LedgerForecast forecast = begun(model, "run", windows.seed, windows.runs);
    for (const TimingPointEstimate& point : windows.timing_points)
        add_target(forecast, model, point.point, point.event, point.probability, point.time);
    if (model.alternatives.size() > 1)
        for (std::size_t i = 0; i < model.alternatives.size(); ++i)
            forecast.routes.emplace_back(fmt::format("route-{}", i + 1), model.alternatives[i].probability);
    return forecast;
}

LedgerForecast ledger_forecast(const Model& model, const DepartBy& answer) {
    LedgerForecast forecast;
    forecast.command = "depart-by";
    forecast.seed = answer.seed;
    forecast.runs = answer.runs;
    forecast.start = answer.latest.depart;
    const Station& origin = origin_of(model);
    const StationId there = answer.point ? model.timing_points[*answer.point].station : model.main().visits.back().station;
    const Station& place = model.network.stations()[there];
    LedgerDeadline said{origin.id, origin.zone.name(), place.id, place.zone.name(), answer.deadline, answer.confidence, answer.latest.depart, {}};
    for (const DepartureTrial& trial : answer.curve) said.trials.push_back({trial.depart, trial.in_time.value});
    for (const DepartureTrial* trial : {&answer.latest, &answer.minute_later}) {
        const auto same = [&](const LedgerTrial& known) { return known.depart == trial->depart; };
        if (std::none_of(said.trials.begin(), said.trials.end(), same)) said.trials.push_back({trial->depart, trial->in_time.value});
    }
    std::sort(said.trials.begin(), said.trials.end(), [](const LedgerTrial& a, const LedgerTrial& b) { return a.depart < b.depart; });
    forecast.deadline = std::move(said);
    return forecast;
}

LedgerScores score_ledger(const std::vector<LedgerForecast>& forecasts, const std::vector<LedgerObservation>& observations) {
    LedgerScores scores;
    std::vector<bool> used(observations.size());
    for (std::size_t i = 0; i < forecasts.size(); ++i) {
        const std::size_t before = scores.times.size() + scores.deadlines.size();
        for (std::size_t o = 0; o < observations.size(); ++o) {
            if (observations[o].journey != forecasts[i].scenario) continue;
            const auto target = target_for(forecasts[i], observations[o]);
            if (!target) continue;
            const auto observed = interval_of(observations[o], forecasts[i].targets[*target].time_zone);
            if (!observed || observed->middle() <= forecasts[i].start.time_since_epoch()) continue;
            LedgerScore score = score_of(forecasts[i], forecasts[i].targets[*target], *observed);
            score.forecast = i, score.target = *target, score.observation = o;
            scores.times.push_back(std::move(score));
            used[o] = true;
        }
        if (forecasts[i].deadline) score_deadline(scores, i, forecasts[i], observations, used);
        if (scores.times.size() + scores.deadlines.size() == before) scores.waiting.push_back(i);
    }
    for (std::size_t o = 0; o < observations.size(); ++o)
        if (!used[o]) scores.unmatched.push_back(o);
    scores.beforehand = group_of(scores, forecasts, true);
    scores.afterwards = group_of(scores, forecasts, false);
    return scores;
}

}  // namespace railwindow
