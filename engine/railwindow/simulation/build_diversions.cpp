#include <railwindow/simulation/build_diversions.hpp>

#include <railwindow/route/ways_around.hpp>
#include <railwindow/simulation/build_convoy.hpp>
#include <railwindow/simulation/build_traffic.hpp>

#include <algorithm>

namespace railwindow::building {
namespace {

class DiversionBuilder {
public:
    DiversionBuilder(Model& model, std::size_t alternative, const Scenario& scenario, const ChosenJourney& chosen, const BuildOptions& options)
        : model_{model}, alternative_{alternative}, scenario_{scenario}, chosen_{chosen}, options_{options} {}

    void add(WayAround way) {
        Diversion diversion{{main_way().name, 0, {}}, alternative_, way.leaves, {}, {}, way.longer, {}};
        diversion.avoided = ahead(main().path, way.leaves, way.avoided, main().disruptions.closure);
        if (diversion.avoided.empty() || !lay_out(diversion.way, std::move(way.path)) || !keeps_appointments(diversion.way.main())) return;
        const Itinerary& round = diversion.way.main();
        diversion.instead = ahead(round.path, way.leaves, way.instead, round.disruptions.closure);
        if (!map_timing_points(diversion)) return;
        std::vector<std::size_t>& known = main().visits[diversion.leaves].diversions;
        const auto longer = [&](std::size_t other) { return model_.diversions[other].longer > diversion.longer; };
        known.insert(std::find_if(known.begin(), known.end(), longer), model_.diversions.size());
        model_.diversions.push_back(std::move(diversion));
    }

    void find() {
        const std::vector<std::optional<std::size_t>>& closure = main().disruptions.closure;
        if (closure.empty()) return;
        std::vector<bool> may_close;
        for (const auto& process : closure) may_close.push_back(process.has_value());
        RouteRequest request = route_request(model_.network, scenario_, chosen_.journey);
        times_ = request.times;
        if (main().continues_to || !main().path.gauge_changes.empty()) request.arrives_on = main().path.steps.back().gauge;
        stay_inside(request.avoid);
        for (WayAround& way : ways_around(model_.network, request, main().path, may_close, longest_closure())) add(std::move(way));
    }

private:
    Alternative& main_way() { return model_.alternatives[alternative_]; }
    Itinerary& main() { return main_way().trains.front(); }

    // Another border would have to be agreed upon by two countries: none is crossed but those of the meant way.
    void stay_inside(Avoided& avoided) {
        const WayCosts costs{model_.network, times_};
        for (const Border& border : model_.network.borders()) {
            const auto crosses = [&](std::size_t step) { return costs.border(main().path.steps[step].section) == &border; };
            const std::vector<std::size_t>& crossings = main().path.crossings;
            if (std::none_of(crossings.begin(), crossings.end(), crosses)) avoided.borders.push_back(border.id);
        }
    }

    // A way round that takes more than the longest closure over the meant one is never worth it.
    Duration longest_closure() {
        Millis longest{};
        for (const ClosureProcess& closure : main().disruptions.closures) longest = std::max(longest, closure.when.longest);
        return to_duration(longest);
    }

    // Those of `steps` that may be closed, each with the expected time from the beginning of step `from`.
    std::vector<StepAhead> ahead(const Path& path, std::size_t from, const std::vector<std::size_t>& steps,
                                 const std::vector<std::optional<std::size_t>>& closure) const {
        std::vector<StepAhead> result;
        if (closure.empty()) return result;
        const WayCosts costs{model_.network, times_};
        Duration until{};
        auto next = steps.begin();
        for (std::size_t step = from; next != steps.end(); ++step) {
            if (step > from) until += standing(costs, path, step);
            if (step == *next) {
                if (closure[step]) result.push_back({step, until});
                ++next;
            }
            until += costs.running(path.steps[step].section);
        }
        return result;
    }

    bool lay_out(Alternative& way, Path path) {
        BuildOptions options = options_;
        options.path = std::move(path);
        BuildNotes notes;  // what a way round rests on is no input of the journey
        notes.waits = model_.waits;
        try {
            way.trains.push_back(ItineraryBuilder{scenario_, model_.network, chosen_, options, notes}.build());
            if (scenario_.convoy) add_convoy(way, scenario_, model_.network, chosen_, options, notes);
            way.facilities = notes.facilities;
            add_traffic(way, scenario_, model_, notes);
            notes.findings.throw_if_errors();
            model_.waits = notes.waits;
        } catch (const InputError&) {
            return false;
        }
        return true;
    }

    // Whether what the meant way comes to for calls and plans lies on this one too.
    bool keeps_appointments(const Itinerary& way) {
        const auto keeps = [&](const Name& name) {
            const auto station = model_.network.find_station(taken_apart({name}).at.value);
            return !station || !comes_to(main(), *station) || comes_to(way, *station);
        };
        const JourneySheet& journey = chosen_.journey;
        return std::all_of(journey.calls.begin(), journey.calls.end(), [&](const CallSheet& call) { return keeps(call.at); }) &&
               std::all_of(journey.plans.begin(), journey.plans.end(),
                           [&](const PlanSheet& plan) { return keeps(plan.at) && std::all_of(plan.hold_at.begin(), plan.hold_at.end(), keeps); });
    }

    Duration standing(const WayCosts& costs, const Path& path, std::size_t step) const {
        const bool reverses = std::find(path.reversals.begin(), path.reversals.end(), step) != path.reversals.end();
        return costs.standing(station_at(model_.network, path, step), path.steps[step - 1], path.steps[step], reverses);
    }

    // A station where no times are wanted on the meant way has none here. False when the ends are not the same.
    bool map_timing_points(Diversion& diversion) {
        diversion.visit.resize(model_.timing_points.size());
        for (std::size_t train = 0; train < main_way().trains.size(); ++train) {
            const std::vector<PointName> there = names_of_visits(main_way().trains[train], train),
                                         names = names_of_visits(diversion.way.trains[train], train);
            for (std::size_t i = 0; i < model_.timing_points.size(); ++i) {
                const auto& meant = model_.timing_points[i].visit[alternative_];
                if (model_.timing_points[i].train != train || !meant) continue;
                const bool ends = *meant + 1 == there.size();
                const auto found = std::find(names.begin(), names.end(), there[*meant]);
                if (found == names.end() && ends && train == 0) return false;
                if (found == names.end()) continue;
                if (ends != (found + 1 == names.end())) return false;
                diversion.visit[i] = static_cast<std::size_t>(found - names.begin());
            }
        }
        return true;
    }

    Model& model_;
    std::size_t alternative_;
    const Scenario& scenario_;
    const ChosenJourney& chosen_;
    const BuildOptions& options_;
    ExpectedTimes times_;
};

}  // namespace

void add_diversions(Model& model, std::size_t alternative, const Scenario& scenario, const ChosenJourney& chosen, const BuildOptions& options) {
    if (scenario.disruptions.diversions.value_or(true)) DiversionBuilder{model, alternative, scenario, chosen, options}.find();
}

}  // namespace railwindow::building
