#include <railwindow/score/forecast.hpp>

#include <railwindow/core/error.hpp>
#include <railwindow/estimate/sample_bytes.hpp>
#include <railwindow/estimate/share_out.hpp>
#include <railwindow/estimate/sort_times.hpp>
#include <railwindow/simulation/part_ahead.hpp>
#include <railwindow/simulation/simulate.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <tuple>

namespace railwindow {
namespace {

const Station& station_of(const Model& model, const Itinerary& way, std::size_t visit) { return model.network.stations()[way.visits[visit].station]; }

// The way that a journey most likely takes; the baselines know no other.
const Itinerary& likeliest(const Model& model) {
    const auto rarer = [](const Alternative& a, const Alternative& b) { return a.probability < b.probability; };
    return std::max_element(model.alternatives.begin(), model.alternatives.end(), rarer)->main();
}

Instant middle_of(const Departure& departure) {
    struct Middle {
        Instant operator()(const DepartAt& d) const { return d.at; }
        Instant operator()(const DepartWithin& d) const { return d.at; }
        Instant operator()(const DepartBetween& d) const { return d.earliest + (d.latest - d.earliest) / 2; }
    };
    return std::visit(Middle{}, departure);
}

// The longest chain of mean times of what is to be done at one station.
Duration mean_stand(const Visit& visit, double cars) {
    std::vector<Duration> end(visit.activities.size());
    Duration longest{};
    for (std::size_t i = 0; i < end.size(); ++i) {
        const Activity& activity = visit.activities[i];
        for (const std::size_t before : activity.after) end[i] = std::max(end[i], end[before]);
        const double times = activity.cars_per_batch > 0 ? std::ceil(cars / activity.cars_per_batch) : 1;
        end[i] += times * activity.takes.mean();
        longest = std::max(longest, end[i]);
    }
    return longest;
}

std::optional<Target::Spot> spot_of(const Itinerary& way, const Observation& observed, std::optional<std::size_t> visit) {
    if (!visit) return {};
    if (*visit == 0) return Target::Spot{0, 1};
    const Length step = way.visits[*visit].distance - way.visits[*visit - 1].distance;
    return Target::Spot{*visit, 1 - std::min(1.0, observed.before / step)};
}

// Of the likeliest way, or else of the last one that comes there.
std::pair<const Itinerary*, std::size_t> shown_way(const Model& model, const Observation& observed) {
    const Itinerary* way = &likeliest(model);
    std::optional<std::size_t> visit;
    for (std::size_t i = 0; i < model.alternatives.size(); ++i)
        if (&model.alternatives[i].main() == way) visit = observed.visits[i];
    for (std::size_t i = 0; i < model.alternatives.size() && !visit; ++i)
        if (observed.visits[i]) way = &model.alternatives[i].main(), visit = observed.visits[i];
    return {way, *visit};
}

Target target_of(const Model& model, const Observation& observed) {
    const auto [way, visit] = shown_way(model, observed);
    const Station& station = station_of(model, *way, visit);
    Target target{observed, station.id, station.name, station.country, station.zone, way->visits[visit].distance - observed.before, {}, {}, {}};
    std::map<std::string, Length> lengths;
    const double cars = way->train.cars.value.mean();
    for (std::size_t i = 1; i <= visit; ++i) {
        const Length end = i == visit ? target.distance : way->visits[i].distance;
        lengths[station_of(model, *way, i - 1).country] += end - way->visits[i - 1].distance;
        if (i < visit || observed.event == ObservedEvent::depart) target.fixed_stands += mean_stand(way->visits[i], cars);
    }
    target.by_country.assign(lengths.begin(), lengths.end());
    for (std::size_t i = 0; i < observed.visits.size(); ++i) {
        const bool meant = i < model.alternatives.size();
        const Itinerary& of = meant ? model.alternatives[i].main() : model.diversions[i - model.alternatives.size()].way.main();
        target.spots.push_back(spot_of(of, observed, observed.visits[i]));
    }
    return target;
}

// The part of the journey behind a stay, as a scenario of its own.
Scenario from_stay(const Scenario& scenario, const Model& whole, const StaySheet& stay) {
    const auto ahead = part_ahead(scenario, whole, {stay.at, stay.which}, "stays");
    if (!ahead)
        throw InputError{Finding{stay.at.place, "stays", "there is no journey behind it", "name a station before the destination", Severity::error}};
    Scenario part = ahead->scenario;
    part.journey.depart = stay.depart;
    part.journey.departures.clear();
    part.evidence.clear();
    part.claims.clear();
    part.stays.clear();
    return part;
}

// Without the plans that were published after the train had left, or nobody knows when.
Scenario with_known_plans(Scenario scenario) {
    if (scenario.journey.plans.empty()) return scenario;
    Scenario without = scenario;
    without.journey.plans.clear();
    const Model model = build(without);
    const Instant start = middle_of(likeliest(model).departure);
    std::erase_if(scenario.journey.plans, [&](const PlanSheet& plan) {
        if (!plan.known_at) return true;
        const TimeZone& zone = model.network.stations()[station_named(model.network, plan.at, "journey.plans.at")].zone;
        const auto known = instant_of(plan.known_at->value, zone);
        if (const auto* error = std::get_if<TimeError>(&known))
            throw InputError{Finding{plan.known_at->place, "journey.plans.known_at", error->what, error->remedy, Severity::error}};
        return std::get<Instant>(known) >= start;
    });
    return scenario;
}

// What cannot have been observed of a journey that is not under way.
void check_observed(const Target& target, Instant start) {
    const auto refuse = [&](std::string what, std::string remedy) {
        throw InputError{Finding{target.observed.place, "observed", std::move(what), std::move(remedy), Severity::error}};
    };
    const Observation& seen = target.observed;
    if (std::all_of(target.spots.begin(), target.spots.end(), [](const auto& spot) { return !spot || spot->visit == 0; }))
        refuse(fmt::format("{} is where the forecast begins, and the departure there is given", target.station), "leave it out");
    if (seen.high && *seen.high <= start) refuse(fmt::format("{} was reached before the train left", target.station), "check day and year");
    if (seen.low && *seen.low > start + horizon)
        refuse(fmt::format("{} was reached more than a year after the train left", target.station), "check day and year");
}

Forecast forecast_of(const Scenario& written) {
    const Scenario scenario = with_known_plans(written);
    Forecast forecast{scenario.name, {}, {}, scenario.record, {}, {}, nullptr, {}};
    Model model = build(scenario);
    const Itinerary& way = likeliest(model);
    forecast.start = middle_of(way.departure);
    forecast.earliest = earliest_of(way.departure);
    forecast.from_id = station_of(model, way, 0).id;
    forecast.from = station_of(model, way, 0).name;
    for (const Observation& observed : model.observations) {
        if (observed.not_seen || observed.train != "main") continue;  // nothing to be forecast of this train
        forecast.targets.push_back(target_of(model, observed));
        check_observed(forecast.targets.back(), forecast.start);
    }
    forecast.model = std::make_shared<const Model>(std::move(model));
    return forecast;
}

Instant latest_of(const Departure& departure) {
    struct Latest {
        Instant operator()(const DepartAt& d) const { return d.at; }
        Instant operator()(const DepartWithin& d) const { return d.at + d.spread; }
        Instant operator()(const DepartBetween& d) const { return d.latest; }
    };
    return std::visit(Latest{}, departure);
}

bool same_report(const Observation& a, const Observation& b) {
    const auto parts = [](const Observation& o) { return std::tie(o.place, o.station, o.event, o.before, o.low, o.high, o.source); };
    return parts(a) == parts(b);
}

// A stay whose arrival was observed must have lasted, by the widest reading of both, as long as a stay that is given does.
void check_length(const StaySheet& stay, const Forecast& until, const Forecast& from) {
    const Instant latest = latest_of(likeliest(*from.model).departure);
    for (const Target& target : until.targets) {
        const Observation& seen = target.observed;
        if (target.station_id != from.from_id || seen.event != ObservedEvent::arrive || !seen.low || latest - *seen.low >= shortest_given_stay)
            continue;
        throw InputError{Finding{stay.at.place, "stays",
                                 fmt::format("the train was at {} for less than 3 h, and only the end of a longer stay is given", target.station),
                                 "leave it out: a short stop is part of the forecast", Severity::error}};
    }
}

Millis time_of(const Target& target, const Model& model, const Trace& trace) {
    const auto& spot = target.spots[way_index(model, trace)];
    const std::vector<VisitTimes>& visits = trace.main().visits;
    if (!spot || spot->visit >= visits.size()) return ForecastRuns::never;
    const VisitTimes& there = visits[spot->visit];
    Instant at = there.arrive;
    if (target.observed.event == ObservedEvent::depart) at = there.depart;
    if (target.observed.event == ObservedEvent::seen) at = there.arrive + (there.depart - there.arrive) / 2;
    if (spot->behind < 1) {
        const Instant left = visits[spot->visit - 1].depart;
        at = left + Millis{std::llround(spot->behind * static_cast<double>((there.arrive - left).count()))};
    }
    return at.time_since_epoch();
}

}  // namespace

Instant earliest_of(const Departure& departure) {
    struct Earliest {
        Instant operator()(const DepartAt& d) const { return d.at; }
        Instant operator()(const DepartWithin& d) const { return d.at - d.spread; }
        Instant operator()(const DepartBetween& d) const { return d.earliest; }
    };
    return std::visit(Earliest{}, departure);
}

std::vector<Forecast> forecasts_of(const Scenario& scenario) {
    if (scenario.observed.empty())
        throw InputError{Finding{{scenario.file, 1, 1},
                                 "observed",
                                 "nothing was observed of this journey, so nothing can be scored",
                                 "give `observed` times, as the files of scenarios/history/ do",
                                 Severity::error}};
    std::vector<Forecast> forecasts{forecast_of(scenario)};
    const Model& whole = *forecasts.front().model;
    for (const StaySheet& stay : scenario.stays) {
        Forecast later = forecast_of(from_stay(scenario, whole, stay));
        check_length(stay, forecasts.back(), later);
        std::vector<Target>& before = forecasts.back().targets;  // what comes behind the stay is forecast from there only, its end is given
        std::erase_if(before, [&](const Target& target) {
            if (target.station_id == later.from_id)
                return target.observed.event == ObservedEvent::depart || target.observed.event == ObservedEvent::seen;
            return std::any_of(later.targets.begin(), later.targets.end(),
                               [&](const Target& behind) { return same_report(behind.observed, target.observed); });
        });
        forecasts.push_back(std::move(later));
    }
    std::erase_if(forecasts, [](const Forecast& forecast) { return forecast.targets.empty(); });
    return forecasts;
}

Forecast with_pace(Forecast forecast, const PaceTrial& trial) {
    Model model = *forecast.model;
    const auto try_pace = [&](Alternative& way) {
        for (Itinerary& train : way.trains)
            for (CountryWorking& country : train.countries) {
                if (trial.spread) country.pace.spread = *trial.spread;
                const auto found = trial.median.find(country.name);
                if (found != trial.median.end()) country.pace.median = found->second;
            }
    };
    for (Alternative& alternative : model.alternatives) try_pace(alternative);
    for (Diversion& diversion : model.diversions) try_pace(diversion.way);
    forecast.model = std::make_shared<const Model>(std::move(model));
    return forecast;
}

namespace {

// The times of a block of runs: by run within a target.
using RunTimes = std::vector<Millis>;

RunTimes read_times(std::string_view bytes, std::size_t size) {
    ByteReader in{bytes};
    RunTimes times = in.list<Millis>(size);
    in.end();
    for (const Millis time : times) check_time(time.count());
    return times;
}

}  // namespace

ForecastRuns run_forecast(const Forecast& forecast, const EstimateOptions& options) {
    ForecastRuns result;
    const std::size_t targets = forecast.targets.size();
    const bool is_part = options.work && options.work->is_part();
    result.by_target.assign(targets, std::vector<Millis>(is_part ? 0 : options.runs, ForecastRuns::never));
    const auto runs_of = [&](std::uint64_t block) { return std::min(runs_per_block, options.runs - block * runs_per_block); };
    const auto make_worker = [&] {
        return [&, simulator = std::make_shared<Simulator>(*forecast.model)](std::uint64_t block) {
            const std::uint64_t runs = runs_of(block);
            RunTimes times(targets * runs);
            for (std::uint64_t row = 0; row < runs; ++row) {
                const Trace& trace = simulator->run(Noise{options.seed, block * runs_per_block + row});
                for (std::size_t i = 0; i < targets; ++i) times[i * runs + row] = time_of(forecast.targets[i], *forecast.model, trace);
            }
            return times;
        };
    };
    const auto take = [&](std::uint64_t block, const RunTimes& times) {
        const auto runs = static_cast<std::ptrdiff_t>(runs_of(block)), first = static_cast<std::ptrdiff_t>(block * runs_per_block);
        for (std::size_t i = 0; i < targets; ++i)
            std::copy_n(times.begin() + static_cast<std::ptrdiff_t>(i) * runs, runs, result.by_target[i].begin() + first);
    };
    const BlockCodec<RunTimes> codec{[](const RunTimes& times) {
                                         ByteWriter out;
                                         out.put(times);
                                         return out.take();
                                     },
                                     [&](std::uint64_t block, std::string_view bytes) { return read_times(bytes, targets * runs_of(block)); }};
    const std::uint64_t blocks = (options.runs + runs_per_block - 1) / runs_per_block;
    result.complete = share_out(
        options.work, {options.work ? options.work->next("forecast") : std::string{}, blocks, options.threads}, codec, make_worker, take,
        [&](std::uint64_t done) { return !options.progress || options.progress(std::min(options.runs, done * runs_per_block), options.runs); });
    if (is_part) return result;
    if (!result.complete) return result;
    for (std::size_t i = 0; i < forecast.targets.size(); ++i) {
        std::vector<Millis> sorted = result.by_target[i];
        std::erase(sorted, ForecastRuns::never);
        if (sorted.empty()) throw Infeasible{fmt::format("no run of {} reaches {}", forecast.scenario, forecast.targets[i].station)};
        sort_times(sorted);
        result.sorted.push_back(std::move(sorted));
    }
    return result;
}

}  // namespace railwindow
