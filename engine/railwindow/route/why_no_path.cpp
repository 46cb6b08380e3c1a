// Why there is no way: the search is asked again with one thing after the other left out of account, until it finds one.

#include <railwindow/route/search.hpp>
#include <railwindow/route/state_space.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace railwindow {
namespace {

class Explanation {
public:
    Explanation(const Network& network, const RouteRequest& request) : network_{network}, request_{request}, freer_{request} {}

    std::string text() {
        freer_.train_length = {};
        if (const auto longer = path()) {
            if (const auto turn = short_turn(*longer)) return ends() + ": " + *turn;
            return ends() + fmt::format(" that takes a train of {:.0f} m", request_.train_length / m);
        }
        freer_.via.clear();
        if (!request_.via.empty() && found()) return ends() + " by way of all the stations named in via, in that order";
        freer_.avoid = {};
        if (!request_.avoid.empty() && found()) return ends() + " that avoids all that is named in avoid";
        freer_.tractions = {MotivePower::diesel};
        if (found()) return ends() + " under the wire that this traction needs; a diesel could run";
        freer_.axle_load = {};
        if (found()) return ends() + fmt::format(" that carries an axle of {:.1f} t", request_.axle_load / t);
        freer_.use = Use::freight_only;
        if (found()) return ends() + " but over freight-only track, which has to be asked for (freight_lines)";
        freer_.regauging.reset();
        if (request_.regauging && found()) return fmt::format("{} that changes gauge at {}", ends(), name(*request_.regauging));
        if (const auto why = reversal()) return *why;
        if (const auto why = gauge()) return *why;
        disregarded_.reversals = true;
        if (const auto way = path()) return ends() + ": " + forbidden_reversals(*way) + "; and " + gauge_breaks(*way);
        return ends() + " in the loaded networks; load the networks between them, or check where they touch";
    }

private:
    std::optional<Path> path() const {
        StateSpace space{network_, freer_, disregarded_};
        return best_without(space, {});
    }
    bool found() const { return path().has_value(); }
    const std::string& name(StationId id) const { return network_.stations()[id].name; }
    std::string ends() const { return fmt::format("there is no way from {} to {}", name(request_.from), name(request_.to)); }

    // The first place where a train of this length would turn with its tail still beyond the next station.
    std::optional<std::string> short_turn(const Path& path) const {
        for (const std::size_t i : path.reversals) {
            const Section& back = network_.sections()[path.steps[i].section];
            if (path.steps[i - 1].section != path.steps[i].section || back.length >= request_.train_length) continue;
            return fmt::format("to turn at {} a train of {:.0f} m needs as much track up to {}, to clear it, and there are {:.0f} m",
                               name(station_at(network_, path, i)), request_.train_length / m, name(station_at(network_, path, i + 1)),
                               back.length / m);
        }
        return {};
    }

    std::optional<std::string> reversal() {
        disregarded_.reversals = true;
        const auto way = path();
        disregarded_.reversals = false;
        return way ? std::optional{ends() + " without a reversal that is not allowed: " + forbidden_reversals(*way)} : std::nullopt;
    }

    std::optional<std::string> gauge() {
        for (const GaugeChange& change : network_.gauge_changes()) {
            freer_.gauge_change_methods.push_back(change.works.method);
            for (const Gauge gauge : change.works.gauges) add(freer_.gauges, gauge);
        }
        if (found()) return ends() + " on the gauges this train can be set on; it would have to change gauge on the way and cannot";
        for (const Section& section : network_.sections())
            for (const Gauge gauge : section.gauges) add(freer_.gauges, gauge);
        disregarded_.gauge_change_places = true;
        const auto way = path();
        return way ? std::optional{ends() + ": " + gauge_breaks(*way)} : std::nullopt;
    }

    static void add(std::vector<Gauge>& gauges, Gauge gauge) {
        if (gauges.size() < most_gauges && std::find(gauges.begin(), gauges.end(), gauge) == gauges.end()) gauges.push_back(gauge);
    }

    std::string forbidden_reversals(const Path& path) const {
        std::string places;
        for (const std::size_t step : path.reversals) {
            const StationId here = station_at(network_, path, step);
            const auto& reversal = network_.stations()[here].reversal;
            if (!reversal || !reversal->possible)
                places += fmt::format("{}{}{}", places.empty() ? "" : ", ", name(here), reversal ? " (known not to be possible)" : "");
        }
        return fmt::format(
            "the train would have to reverse at {}; where it can, write `reversal: {{possible: true}}` at the station, and where the track only "
            "curves, `turns` in the network file",
            places);
    }

    // On a path that minds no gauge: where the train's gauge ends, or that it has none of the path's.
    std::string gauge_breaks(const Path& path) const {
        for (std::size_t i = 0; i < path.steps.size(); ++i) {
            const Section& section = network_.sections()[path.steps[i].section];
            const Gauge gauge = path.steps[i].gauge;
            if (std::find(request_.gauges.begin(), request_.gauges.end(), gauge) == request_.gauges.end())
                return fmt::format("{} has the gauge {} mm from {} to {}, and this train can be set on {}", network_.lines()[section.line].name,
                                   gauge.millimetres, name(section.from), name(section.to), listed_gauges());
            if (i > 0 && gauge != path.steps[i - 1].gauge && !changes_here(path, i))
                return fmt::format(
                    "the gauge breaks at {}, from {} to {} mm, and no `gauge_changes` of the loaded networks lets this train change there",
                    name(station_at(network_, path, i)), path.steps[i - 1].gauge.millimetres, gauge.millimetres);
        }
        return "the gauge changes on the way, and this train cannot";
    }

    bool changes_here(const Path& path, std::size_t step) const {
        const GaugeChange* change = network_.gauge_change_at(station_at(network_, path, step));
        const auto has = [](const auto& list, const auto& value) { return std::find(list.begin(), list.end(), value) != list.end(); };
        return change && has(change->works.gauges, path.steps[step - 1].gauge) && has(change->works.gauges, path.steps[step].gauge) &&
               has(request_.gauge_change_methods, change->works.method);
    }

    std::string listed_gauges() const {
        std::string list;
        for (const Gauge gauge : request_.gauges) list += fmt::format("{}{}", list.empty() ? "" : " or ", gauge.millimetres);
        return list + " mm only";
    }

    const Network& network_;
    const RouteRequest& request_;
    RouteRequest freer_;  // asks for less and less
    StateSpace::Disregarded disregarded_;
};

}  // namespace

std::string why_no_path(const Network& network, const RouteRequest& request) { return Explanation{network, request}.text(); }

}  // namespace railwindow
