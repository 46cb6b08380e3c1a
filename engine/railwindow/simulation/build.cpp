#include <railwindow/simulation/build_convoy.hpp>
#include <railwindow/simulation/build_diversions.hpp>
#include <railwindow/simulation/build_observations.hpp>
#include <railwindow/simulation/build_traffic.hpp>
#include <railwindow/simulation/complete.hpp>
#include <railwindow/simulation/itinerary_builder.hpp>
#include <railwindow/simulation/trace.hpp>
#include <railwindow/simulation/unused_traction.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <stdexcept>
#include <tuple>

namespace railwindow {
namespace building {
namespace {

constexpr std::size_t most_alternatives = 1000;

// True when the gauge is not changed on `a` nor on `b`, and they are one way: what was said of regauging makes no difference.
bool same_without_regauging(const Itinerary& a, const Itinerary& b) {
    const auto same = [](const PathStep& x, const PathStep& y) { return x.section == y.section && x.direction == y.direction; };
    return a.path.gauge_changes.empty() && b.path.gauge_changes.empty() &&
           std::equal(a.path.steps.begin(), a.path.steps.end(), b.path.steps.begin(), b.path.steps.end(), same);
}

std::string without(std::string name, const std::string& part) {
    const std::size_t at = part.empty() ? std::string::npos : name.rfind(part);
    if (at != std::string::npos) name.erase(at >= 2 ? at - 2 : at);
    return name;
}

class ModelBuilder {
public:
    ModelBuilder(const Scenario& scenario, const BuildOptions& options)
        : scenario_{scenario},
          options_{options},
          model_{scenario.name, scenario.question, scenario.file, scenario.notes, Network{scenario.networks}, {}, {}, {}, {}, {}, {}} {}

    Model build() {
        const std::vector<ChosenJourney> journeys = choices_of(scenario_.journey);
        if (journeys.size() > most_alternatives)
            fail(scenario_.journey.from.one().place, "journey", fmt::format("the choices left open make {} journeys", journeys.size()),
                 fmt::format("leave open at most {}", most_alternatives));
        for (const ChosenJourney& chosen : journeys) add_alternative(chosen);
        report_missed_calls();
        if (scenario_.convoy) require_every_train(model_, *scenario_.convoy, notes_.findings);
        require_every_line(model_, scenario_, notes_.findings);
        for (const ClaimSheet& claim : scenario_.claims) mark_claim(claim);
        mark_observed(scenario_, model_);
        list_timing_points();
        for (const ClaimSheet& claim : scenario_.claims) add_claim(claim);
        model_.waits = notes_.waits;
        for (std::size_t i = 0; i < chosen_.size(); ++i) add_diversions(model_, i, scenario_, chosen_[i], options_);
        add_observations(scenario_, model_, notes_.findings);
        model_.doubts = notes_.doubts;
        list_weak_inputs();
        notes_.findings.throw_if_errors();
        return std::move(model_);
    }

private:
    void add_alternative(const ChosenJourney& chosen) {
        notes_.facilities.clear();
        Itinerary itinerary = ItineraryBuilder{scenario_, model_.network, chosen, options_, notes_}.build();
        for (Alternative& known : model_.alternatives)
            if (chosen.regauging_is_open && known.name == without(chosen.name, chosen.regauging) && same_without_regauging(known.main(), itinerary)) {
                known.probability += chosen.probability;
                notes_.missed_calls.clear();
                return;
            }
        const bool regauged = !itinerary.path.gauge_changes.empty();
        model_.alternatives.push_back({regauged ? chosen.name : without(chosen.name, chosen.regauging), chosen.probability, {}});
        model_.alternatives.back().chosen = chosen.chosen;
        if (!regauged) std::erase_if(model_.alternatives.back().chosen, [](const ChosenOption& o) { return o.kind == ChoiceKind::regauging; });
        model_.alternatives.back().trains.push_back(std::move(itinerary));
        if (scenario_.convoy) add_convoy(model_.alternatives.back(), scenario_, model_.network, chosen, options_, notes_);
        model_.alternatives.back().facilities = notes_.facilities;
        add_traffic(model_.alternatives.back(), scenario_, model_, notes_);
        for (const std::string& remark : unused_traction(model_.network, model_.alternatives.back().main()))
            if (std::find(model_.notes.begin(), model_.notes.end(), remark) == model_.notes.end()) model_.notes.push_back(remark);
        chosen_.push_back(chosen);
        missed_.push_back(std::move(notes_.missed_calls));
        notes_.missed_calls.clear();
    }

    // A call has to be on one of the ways, not on all of them.
    void report_missed_calls() {
        for (const Finding& finding : missed_.front()) {
            const auto misses = [&](const std::vector<Finding>& missed) {
                return std::any_of(missed.begin(), missed.end(), [&](const Finding& f) {
                    return f.place.line == finding.place.line && f.place.column == finding.place.column && f.what == finding.what;
                });
            };
            if (std::all_of(missed_.begin(), missed_.end(), misses)) notes_.findings.add(finding);
        }
    }

    std::vector<FoundVisit> ends_of(const ClaimSheet& claim, std::size_t alternative) const {
        const Itinerary& way = model_.alternatives[alternative].main();
        const std::vector<NamedVisit> names{{claim.from}, {claim.to}};
        return visits_named(model_.network, stations_of(way), names, {0, way.visits.size() - 1}, "claims");
    }

    void mark_claim(const ClaimSheet& claim) {
        for (std::size_t i = 0; i < model_.alternatives.size(); ++i)
            for (const FoundVisit& end : ends_of(claim, i))
                if (end.visit) model_.alternatives[i].trains.front().visits[*end.visit].timing_point = true;
    }

    // What is a timing point in one alternative is one in all that come there.
    void list_timing_points() {
        std::set<PointName> marked;
        for_each_itinerary([&](const Itinerary& itinerary, std::size_t train, std::size_t) {
            const std::vector<PointName> names = names_of_visits(itinerary, train);
            for (std::size_t i = 0; i < names.size(); ++i)
                if (itinerary.visits[i].timing_point) marked.insert(names[i]);
        });
        std::vector<PointName> listed;
        for_each_itinerary([&](Itinerary& itinerary, std::size_t train, std::size_t alternative) {
            const std::vector<PointName> names = names_of_visits(itinerary, train);
            auto behind = std::find_if(listed.begin(), listed.end(), [&](const PointName& name) { return std::get<0>(name) > train; });
            if (alternative > 0)
                behind = std::find_if(listed.begin(), listed.end(), [&](const PointName& name) { return std::get<0>(name) == train; });
            auto at = static_cast<std::size_t>(behind - listed.begin());
            for (std::size_t i = 0; i < names.size(); ++i) {
                if (!marked.contains(names[i])) continue;
                itinerary.visits[i].timing_point = true;
                const auto found = std::find(listed.begin(), listed.end(), names[i]);
                auto index = static_cast<std::size_t>(found - listed.begin());
                if (found == listed.end()) {
                    index = at;
                    listed.insert(listed.begin() + static_cast<std::ptrdiff_t>(at), names[i]);
                    const std::vector<std::optional<std::size_t>> nowhere(model_.alternatives.size());
                    model_.timing_points.insert(model_.timing_points.begin() + static_cast<std::ptrdiff_t>(at),
                                                {std::get<1>(names[i]), train, nowhere});
                }
                model_.timing_points[index].visit[alternative] = i;
                at = std::max(at, index + 1);
            }
        });
    }

    void for_each_itinerary(const auto& act) {
        for (std::size_t alternative = 0; alternative < model_.alternatives.size(); ++alternative)
            for (std::size_t train = 0; train < model_.alternatives[alternative].trains.size(); ++train)
                act(model_.alternatives[alternative].trains[train], train, alternative);
    }

    // A claim is held against runs by two timing points; on whatever way, its stations have to be the same visits.
    void add_claim(const ClaimSheet& claim) {
        const std::vector<NamedVisit> names{{claim.from}, {claim.to}};
        std::set<std::pair<std::size_t, std::size_t>> points;
        for (std::size_t i = 0; i < model_.alternatives.size(); ++i) {
            const std::vector<FoundVisit> ends = ends_of(claim, i);
            for (std::size_t end = 0; end < 2; ++end)
                if (!ends[end].one_of.empty())
                    return notes_.findings.add(
                        ambiguous(model_.network, stations_of(model_.alternatives[i].main()), names[end], ends[end], "claims", false));
            if (ends[0].visit && ends[1].visit && *ends[0].visit < *ends[1].visit)
                points.emplace(point_at(i, *ends[0].visit), point_at(i, *ends[1].visit));
        }
        const auto refuse = [&](const char* what, std::string remedy) {
            notes_.findings.add({claim.from.place, "claims", fmt::format("'{}': {} {} to {}", claim.says, what, claim.from.value, claim.to.value),
                                 std::move(remedy), Severity::error});
        };
        if (points.empty()) return refuse("the route does not run from", "the route is " + summary(model_.network, model_.main().path));
        if (points.size() > 1) return refuse("not all routes make the same visits from", "say which, as `baranovsky visit 1`");
        model_.claims.push_back({claim.says, claim.source, points.begin()->first, points.begin()->second, claim.at_least, claim.at_most});
    }

    std::size_t point_at(std::size_t alternative, std::size_t visit) const {
        const auto found = std::find_if(model_.timing_points.begin(), model_.timing_points.end(),
                                        [&](const TimingPoint& point) { return point.train == 0 && point.visit[alternative] == visit; });
        return static_cast<std::size_t>(found - model_.timing_points.begin());
    }

    void list_weak_inputs() {
        std::stable_sort(notes_.weak.begin(), notes_.weak.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
        for (const auto& weak : notes_.weak) model_.weak_inputs.push_back(weak.second);
    }

    const Scenario& scenario_;
    const BuildOptions& options_;
    Model model_;
    BuildNotes notes_;
    std::vector<ChosenJourney> chosen_;         // by alternative
    std::vector<std::vector<Finding>> missed_;  // calls that are not on the way, by alternative
};

}  // namespace
}  // namespace building

Model build(const Scenario& scenario, const BuildOptions& options) {
    require_complete(scenario);
    Model model = building::ModelBuilder{scenario, options}.build();
    model.changes = scenario.changes;
    return model;
}

const Visit& visit_at(const Model& model, const TimingPoint& point, std::size_t alternative) {
    for (std::size_t tried = 0; !point.visit[alternative]; alternative = (alternative + 1) % point.visit.size())
        if (++tried > point.visit.size()) throw std::logic_error{"a timing point that no journey comes to"};
    return model.alternatives[alternative].trains[point.train].visits[*point.visit[alternative]];
}

std::size_t alternative_of(const Model& model, Noise noise) {
    const std::vector<Alternative>& alternatives = model.alternatives;
    if (alternatives.size() == 1) return 0;
    if (noise.run == Noise::median_run) {
        const auto rarer = [](const Alternative& a, const Alternative& b) { return a.probability < b.probability; };
        return static_cast<std::size_t>(std::max_element(alternatives.begin(), alternatives.end(), rarer) - alternatives.begin());
    }
    double place = Noise{noise.seed, 0}.uniform({"alternative", "", ""});
    double weight = 0.5;
    for (std::uint64_t rest = noise.run; rest > 0; rest /= 2, weight /= 2) place += rest % 2 == 1 ? weight : 0.0;
    place -= std::floor(place);
    for (std::size_t i = 0; i + 1 < alternatives.size(); ++i) {
        place -= alternatives[i].probability;
        if (place < 0) return i;
    }
    const auto possible = [](const Alternative& alternative) { return alternative.probability > 0; };  // what rounding leaves is the last one's
    return static_cast<std::size_t>(alternatives.rend() - std::find_if(alternatives.rbegin(), alternatives.rend(), possible)) - 1;
}

void set_departure(Model& model, const Departure& departure) {
    for (Alternative& alternative : model.alternatives) alternative.trains.front().departure = departure;
    for (Diversion& diversion : model.diversions) diversion.way.trains.front().departure = departure;
}

std::vector<StationId> stations_of(const Itinerary& way) {
    std::vector<StationId> stations;
    for (const Visit& visit : way.visits) stations.push_back(visit.station);
    return stations;
}

std::size_t way_index(const Model& model, const Trace& trace) {
    return trace.diversion ? model.alternatives.size() + *trace.diversion : trace.alternative;
}

bool comes_to(const Itinerary& way, StationId station) {
    return std::any_of(way.visits.begin(), way.visits.end(), [&](const Visit& visit) { return visit.station == station; });
}

void always_come_to(Model& model, StationId station) {
    double coming = 0;
    for (const Alternative& alternative : model.alternatives)
        if (comes_to(alternative.main(), station)) coming += alternative.probability;
    for (Alternative& alternative : model.alternatives)
        if (coming > 0) alternative.probability = comes_to(alternative.main(), station) ? alternative.probability / coming : 0;
    for (Alternative& alternative : model.alternatives)
        if (comes_to(alternative.main(), station))
            for (Visit& visit : alternative.trains.front().visits)
                std::erase_if(visit.diversions, [&](std::size_t index) { return !comes_to(model.diversions[index].way.main(), station); });
}

const Alternative& way_of(const Model& model, const Trace& trace) {
    return trace.diversion ? model.diversions[*trace.diversion].way : model.alternatives[trace.alternative];
}

}  // namespace railwindow
