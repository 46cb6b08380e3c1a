#include <railwindow/estimate/reach.hpp>

#include <railwindow/estimate/ways_of_reach.hpp>

#include <algorithm>
#include <array>
#include <map>
#include <tuple>

namespace railwindow {
namespace {

using namespace reaching;
using Column = std::vector<std::int64_t>;

struct ReachStopped {};

EstimateOptions sampling(const ReachOptions& options, std::size_t part, std::size_t parts) {
    EstimateOptions made{options.runs, options.seed, options.threads, options.quantiles, {}};
    if (options.progress)
        made.progress = [&options, part, parts](std::uint64_t done, std::uint64_t of) { return options.progress(part * of + done, parts * of); };
    return made;
}

Samples sampled(const Model& model, const EstimateOptions& options) {
    Samples samples = sample(model, options);
    if (!samples.complete) throw ReachStopped{};
    return samples;
}

void tell_each(const ReachOptions& options, const Station& station, const Column& arrive, const Column& depart) {
    if (!options.each) return;
    for (std::uint64_t run = 0; run < arrive.size(); ++run)
        if (arrive[run] != PointSamples::never) options.each(station, run, Instant{Millis{depart[run]}}, Instant{Millis{arrive[run]}});
}

Instant resolved(const Written<WrittenTime>& time, const TimeZone& zone) {
    const auto found = instant_of(time.value, zone);
    if (const auto* error = std::get_if<TimeError>(&found)) throw InputError{Finding{time.place, {}, error->what, error->remedy, Severity::error}};
    return std::get<Instant>(found);
}

// What trains would wait for of their own will and do not.
std::vector<std::string> left_out(const Model& model, const ReachOptions& options) {
    std::vector<std::string> names;
    for (const Waiting& wait : model.waits)
        if (wait.voluntary && !options.voluntary_waits) names.push_back(wait.what);
    return names;
}

// The scenario's own journeys, from their origin.
std::vector<OwnWay> own_ways(const Model& model) {
    std::vector<OwnWay> ways;
    for (const Alternative& alternative : model.alternatives) ways.push_back({&alternative.main(), 0});
    return ways;
}

// The scenario's own journeys that come to `station`, the likeliest first.
std::vector<OwnWay> own_ways_to(const Model& model, const Name& station) {
    std::vector<const Alternative*> alternatives;
    for (const Alternative& alternative : model.alternatives) alternatives.push_back(&alternative);
    std::stable_sort(alternatives.begin(), alternatives.end(), [](const auto* a, const auto* b) { return a->probability > b->probability; });
    const std::array names{NamedVisit{station}};
    std::vector<OwnWay> ways;
    for (const Alternative* alternative : alternatives) {
        const std::vector<StationId> stations = stations_of(alternative->main());
        const FoundVisit found = visits_named(model.network, stations, names, {1, stations.size() - 1}, "--arrive-at").front();
        if (!found.one_of.empty()) throw InputError{ambiguous(model.network, stations, names.front(), found, "--arrive-at", false)};
        if (found.visit) ways.push_back({&alternative->main(), *found.visit});
    }
    return ways;
}

class Reacher {
public:
    Reacher(const Scenario& scenario, const Moment& moment, const ReachOptions& options)
        : scenario_{scenario}, options_{options}, own_{build(scenario, {TimingPoints::all, {}})} {
        if (!options.voluntary_waits) without_voluntary_waits(own_);
        const StationId origin = own_.main().visits.front().station;
        result_ = {scenario.question, scenario.changes, own_.network, origin, moment, {}, options.runs, options.seed, false, {}, {}, {}};
        result_.not_waited_for = left_out(own_, options);
        result_.doubts = own_.doubts;
        result_.observed = own_.observations.size();
        for (const Alternative& alternative : own_.alternatives)
            if (const StationId end = alternative.main().visits.back().station;
                std::find(result_.destinations.begin(), result_.destinations.end(), end) == result_.destinations.end())
                result_.destinations.push_back(end);
        if (const auto* time = std::get_if<Written<WrittenTime>>(&moment)) result_.time = resolved(*time, own_.network.stations()[origin].zone);
    }

    Reach reach() {
        Ways ways = ways_of(scenario_, own_.network, result_.origin, Towards::stations, own_ways(own_));
        result_.unreachable = std::move(ways.unreachable);
        const std::size_t parts = ways.paths.size() + 1;
        for (std::size_t way = 0; way < ways.paths.size(); ++way) {
            auto model = model_of(scenario_, own_.network, ways.paths[way]);
            const std::string* why = std::get_if<std::string>(&model);
            if (!why && !options_.voluntary_waits) without_voluntary_waits(std::get<Model>(model));
            std::optional<Samples> samples;
            if (!why) samples = sampled(std::get<Model>(model), sampling(options_, way, parts));
            for (const Target& target : ways.targets) {
                if (target.way != way) continue;
                if (why)
                    result_.unreachable.push_back({target.station, *why});
                else
                    add(target, std::get<Model>(model), *samples);
            }
        }
        add_own(sampled(own_, sampling(options_, parts - 1, parts)));
        std::stable_sort(result_.stations.begin(), result_.stations.end(), [](const ReachedStation& a, const ReachedStation& b) {
            return std::pair{-a.in_time.value, a.distance} < std::pair{-b.in_time.value, b.distance};
        });
        return std::move(result_);
    }

    Reach stopped() {
        result_.stopped_early = true;
        return std::move(result_);
    }

private:
    // The moment in a run that leaves at `depart`.
    std::int64_t moment_of(std::int64_t depart) const {
        return result_.time ? result_.time->time_since_epoch().count() : depart + to_millis(std::get<Duration>(result_.moment)).count();
    }

    Share there_by_then(const Column& arrive, const Column& depart) const {
        std::uint64_t count = 0;
        for (std::size_t run = 0; run < arrive.size(); ++run) count += arrive[run] != PointSamples::never && arrive[run] <= moment_of(depart[run]);
        return share_of(count, arrive.size());
    }

    void add(const Target& target, const Model& model, const Samples& samples) {
        const Column& arrive = samples.points[point_of_visit(model, target.visit)].arrive;
        const Column& depart = samples.points.front().depart;
        tell_each(options_, own_.network.stations()[target.station], arrive, depart);
        const std::vector<Millis> elapsed = sorted_differences(arrive, depart);
        result_.stations.push_back({target.station,
                                    target.distance,
                                    target.on_own_way,
                                    there_by_then(arrive, depart),
                                    quantiles_of(elapsed, options_.quantiles),
                                    elapsed.empty() ? Millis{} : quantile_of(elapsed, 0.5).value,
                                    quantiles_of(sorted_times(arrive), options_.quantiles),
                                    {}});
    }

    void add_own(const Samples& samples) {
        const Column depart = departures(own_, samples);
        for (ReachedStation& station : result_.stations)
            if (const auto point = timing_point_at(own_, station.station)) station.overall = there_by_then(samples.points[*point].arrive, depart);
        const Model coarse = build(scenario_);
        std::vector<StationId> shown;
        for (const TimingPoint& point : coarse.timing_points)
            if (point.train == 0) shown.push_back(point.station);
        std::map<std::tuple<std::size_t, std::size_t, Whereabouts::Kind>, std::uint64_t> counts;
        for (std::uint64_t run = 0; run < samples.runs; ++run) ++counts[where(samples, run, moment_of(depart[run]), shown)];
        for (const auto& [place, count] : counts) {
            const auto& [from, to, kind] = place;
            result_.whereabouts.push_back({kind, own_.timing_points[from].station, own_.timing_points[to].station, share_of(count, samples.runs)});
        }
    }

    // Between which of the shown timing points the run is, as indices into those of the own model.
    std::tuple<std::size_t, std::size_t, Whereabouts::Kind> where(const Samples& samples, std::uint64_t run, std::int64_t now,
                                                                  const std::vector<StationId>& shown) const {
        const std::size_t alternative = samples.alternatives.empty() ? 0 : samples.alternatives[run];
        const std::size_t last_visit = own_.alternatives[alternative].main().visits.size() - 1;
        std::optional<std::size_t> last;
        for (std::size_t i = 0; i < own_.timing_points.size(); ++i) {
            const TimingPoint& point = own_.timing_points[i];
            const auto visit = point.visit[alternative];
            if (point.train != 0 || !visit || std::find(shown.begin(), shown.end(), point.station) == shown.end()) continue;
            const bool there = samples.points[i].arrive[run] != PointSamples::never && samples.points[i].arrive[run] <= now;
            if (!there) return last ? std::tuple{*last, i, Whereabouts::Kind::between} : std::tuple{i, i, Whereabouts::Kind::not_departed};
            if (*visit == last_visit) return {i, i, Whereabouts::Kind::arrived};
            if (samples.points[i].depart[run] > now) return {i, i, Whereabouts::Kind::standing};
            last = i;
        }
        return {*last, *last, Whereabouts::Kind::arrived};
    }

    const Scenario& scenario_;
    const ReachOptions& options_;
    Model own_;
    Reach result_;
};

// Each run leaves at the median of the departures that would do, so that it meets the clock about as it would have.
Samples arriving_at(Model& model, Instant time, const EstimateOptions& options) {
    const Path& path = model.main().path;
    Millis before = to_millis(path.running + path.standing);
    for (const bool to_find_the_departure : {true, false}) {
        set_departure(model, DepartAt{std::chrono::floor<std::chrono::minutes>(time - before)});
        EstimateOptions some = options;
        if (to_find_the_departure) some.runs = std::min(std::uint64_t{64}, options.runs), some.progress = {};
        Samples samples = sampled(model, some);
        if (!to_find_the_departure) return samples;
        const std::vector<Millis> elapsed = sorted_differences(arrivals(model, samples, {}), departures(model, samples));
        if (!elapsed.empty()) before = elapsed[elapsed.size() / 2];
    }
    return {};
}

// One train serves all stations of its way, so it goes round none of them.
Scenario without_diversions(Scenario scenario) {
    scenario.disruptions.diversions = false;
    return scenario;
}

}  // namespace

Reach reach(const Scenario& written, const Moment& moment, const ReachOptions& options) {
    check_quantiles(options.quantiles);
    const Scenario scenario = without_diversions(written);
    if (scenario.journey.from.options.size() > 1)
        throw InputError{Finding{scenario.journey.from.one().place, "journey.from", "several origins are left open",
                                 "name one, as --set journey.from=" + scenario.journey.from.one().value, Severity::error}};
    Reacher reacher{scenario, moment, options};
    try {
        return reacher.reach();
    } catch (const ReachStopped&) {
        return reacher.stopped();
    }
}

ReachBack reach_back(const Scenario& written, const Name& arrived_at, const Written<WrittenTime>& time, const ReachOptions& options) {
    check_quantiles(options.quantiles);
    const Scenario scenario = without_diversions(written);
    const Model own = build(scenario);
    const StationId hub = station_named(own.network, arrived_at, "--arrive-at");
    const std::vector<OwnWay> to_hub = own_ways_to(own, arrived_at);
    ReachBack result{scenario.question,
                     scenario.changes,
                     own.network,
                     hub,
                     own.main().visits.front().station,
                     resolved(time, own.network.stations()[hub].zone),
                     options.runs,
                     options.seed,
                     false,
                     {},
                     {}};
    Ways ways = ways_of(scenario, own.network, hub, Towards::station, to_hub);
    result.unreachable = std::move(ways.unreachable);
    result.not_waited_for = left_out(own, options);
    result.doubts = own.doubts;
    if (ways.paths.empty()) throw Infeasible{"no way leads to " + own.network.stations()[hub].name};
    for (std::size_t way = 0; way < ways.paths.size(); ++way) {
        auto model = model_of(scenario, own.network, ways.paths[way], to_hub.empty() ? std::nullopt : onward_from(to_hub.front()));
        const std::string* why = std::get_if<std::string>(&model);
        if (!why && !options.voluntary_waits) without_voluntary_waits(std::get<Model>(model));
        Samples samples;
        try {
            if (!why) samples = arriving_at(std::get<Model>(model), result.time, sampling(options, way, ways.paths.size()));
        } catch (const ReachStopped&) {
            result.stopped_early = true;
            return result;
        }
        for (const Target& target : ways.targets) {
            if (target.way != way) continue;
            if (why) {
                result.unreachable.push_back({target.station, *why});
                continue;
            }
            const Model& run = std::get<Model>(model);
            const Column arrive = arrivals(run, samples, {});
            const Column& depart = samples.points[point_of_visit(run, target.visit)].depart;
            tell_each(options, result.network.stations()[target.station], arrive, depart);
            std::vector<Millis> left = sorted_differences(arrive, depart);
            for (Millis& elapsed : left) elapsed = result.time.time_since_epoch() - elapsed;
            std::reverse(left.begin(), left.end());
            result.stations.push_back({target.station, target.distance, static_cast<double>(left.size()) / static_cast<double>(options.runs),
                                       quantiles_of(left, options.quantiles)});
        }
    }
    std::stable_sort(result.stations.begin(), result.stations.end(), [](const auto& a, const auto& b) { return a.distance < b.distance; });
    return result;
}

}  // namespace railwindow
