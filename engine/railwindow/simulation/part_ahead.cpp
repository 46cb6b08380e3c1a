#include <railwindow/simulation/part_ahead.hpp>

#include <railwindow/simulation/build_observations.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace railwindow {
namespace {

// One way of the whole journey and the place on it where the part begins.
struct MeantWay {
    const Itinerary* itinerary;
    std::vector<StationId> stations;
    std::size_t begin;
};

class Cut {
public:
    Cut(const Scenario& scenario, const Model& whole, std::vector<MeantWay> ways) : whole_{whole}, ways_{std::move(ways)}, part_{scenario, {}} {}

    PartAhead made(const Name& from) {
        Scenario& made = part_.scenario;
        made.journey.from = from;
        cut_corridors(made.journey);
        keep_ahead(made.journey.calls, "journey.calls", [](const CallSheet& call) { return "the call at " + call.at.value; });
        keep_ahead(made.journey.plans, "journey.plans", [](const PlanSheet& plan) { return "the plan for " + plan.at.value; });
        for (PlanSheet& plan : made.journey.plans) keep_names_ahead(plan.hold_at, "journey.plans.hold_at");
        std::erase_if(made.journey.hours, [&](const RunningHoursSheet& hours) { return left_out(!any_ahead(hours), "hours to run"); });
        const auto changes = [&](const MeantWay& way) {
            return std::any_of(way.itinerary->path.gauge_changes.begin(), way.itinerary->path.gauge_changes.end(),
                               [&](std::size_t step) { return step > way.begin; });
        };
        if (made.journey.regauging && left_out(!changes(ways_.front()), "regauging")) made.journey.regauging.reset();
        made.observed = building::at_stations(made.observed, whole_.network, itineraries(), true);
        keep_ahead(made.observed, "observed", [](const ObservedSheet& seen) { return "what was seen at " + seen.at.value; });
        keep_ahead(made.stays, "stays", [](const StaySheet& stay) { return "the stay at " + stay.at.value; });
        keep_ahead(made.press, "press", [](const PressSheet& press) { return "what the press expected at " + press.at.value; });
        cut_claims(made.claims);
        return std::move(part_);
    }

private:
    std::vector<const Itinerary*> itineraries() const {
        std::vector<const Itinerary*> all;
        for (const MeantWay& way : ways_) all.push_back(way.itinerary);
        return all;
    }

    bool left_out(bool out, std::string what) {
        const auto& list = part_.left_out;
        if (out && std::find(list.begin(), list.end(), what) == list.end()) part_.left_out.push_back(std::move(what));
        return out;
    }

    // What the names mean on the first way that knows, as names on its part ahead; nothing for those behind.
    std::vector<std::optional<NamedVisit>> ahead(const std::vector<NamedVisit>& names, const char* subject, bool at_begin = false) const {
        std::vector<std::optional<NamedVisit>> kept(names.size());
        for (const MeantWay& way : ways_) {
            const auto found = visits_named(whole_.network, way.stations, names, {0, way.stations.size() - 1}, subject);
            for (std::size_t i = 0; i < names.size(); ++i)
                if (!kept[i] && found[i].visit && *found[i].visit + (at_begin ? 1 : 0) > way.begin) kept[i] = renamed(names[i], way, *found[i].visit);
        }
        return kept;
    }

    // A visit as the part ahead counts it; without a count where it comes there once.
    NamedVisit renamed(const NamedVisit& name, const MeantWay& way, std::size_t visit) const {
        const auto begin = way.stations.begin() + static_cast<std::ptrdiff_t>(way.begin);
        NamedVisit plain{taken_apart(name).at};
        if (std::count(begin, way.stations.end(), way.stations[visit]) > 1)
            plain.which.visit =
                static_cast<int>(std::count(begin, way.stations.begin() + static_cast<std::ptrdiff_t>(visit) + 1, way.stations[visit]));
        return plain;
    }

    template <class Sheet, class Words>
    void keep_ahead(std::vector<Sheet>& sheets, const char* subject, Words words) {
        const auto kept = ahead(building::names_of(sheets), subject);
        std::vector<Sheet> list;
        for (std::size_t i = 0; i < sheets.size(); ++i) {
            if (left_out(!kept[i], words(sheets[i]))) continue;
            list.push_back(sheets[i]);
            list.back().at = kept[i]->at;
            list.back().which = kept[i]->which;
        }
        sheets = std::move(list);
    }

    void keep_names_ahead(std::vector<Name>& list, const char* subject) {
        std::vector<NamedVisit> names;
        for (const Name& name : list) names.push_back({name});
        list.clear();
        for (const auto& kept : ahead(names, subject))
            if (kept) list.push_back({written(*kept), kept->at.place});
    }

    void cut_claims(std::vector<ClaimSheet>& claims) {
        std::vector<ClaimSheet> list;
        for (ClaimSheet& claim : claims) {
            const auto kept = ahead({{claim.from}, {claim.to}}, "claims", true);
            if (left_out(!kept[0] || !kept[1], "what was claimed from " + claim.from.value)) continue;
            claim.from.value = written(*kept[0]), claim.to.value = written(*kept[1]);
            list.push_back(std::move(claim));
        }
        claims = std::move(list);
    }

    // Of every corridor what its own way still has ahead.
    void cut_corridors(JourneySheet& journey) {
        cut_via(journey.via);
        for (CorridorSheet& corridor : journey.routes) cut_via(corridor.via);
    }

    void cut_via(std::vector<Name>& via) {
        for (const MeantWay& way : ways_) {
            std::size_t behind = 0, at = 0;
            for (std::size_t i = 0; i < way.stations.size() && at < via.size(); ++i) {
                if (whole_.network.stations()[way.stations[i]].id != via[at].value) continue;
                ++at;
                if (i <= way.begin) behind = at;
            }
            if (at < via.size()) continue;
            for (std::size_t i = 0; i < behind; ++i) left_out(true, "via " + via[i].value);
            via.erase(via.begin(), via.begin() + static_cast<std::ptrdiff_t>(behind));
            return;
        }
    }

    bool any_ahead(const RunningHoursSheet& hours) const {
        const Network& network = whole_.network;
        const auto names = [](const std::vector<Name>& list, const std::string& id) {
            return std::any_of(list.begin(), list.end(), [&](const Name& name) { return name.value == id; });
        };
        return std::any_of(ways_.begin(), ways_.end(), [&](const MeantWay& way) {
            const std::vector<PathStep>& steps = way.itinerary->path.steps;
            return std::any_of(steps.begin() + static_cast<std::ptrdiff_t>(way.begin), steps.end(), [&](const PathStep& step) {
                const Section& section = network.sections()[step.section];
                return names(hours.lines, network.lines()[section.line].id) || names(hours.countries, network.stations()[section.from].country) ||
                       names(hours.stations, network.stations()[begin_of(network, step)].id);
            });
        });
    }

    const Model& whole_;
    std::vector<MeantWay> ways_;  // the likeliest first
    PartAhead part_;
};

}  // namespace

std::optional<PartAhead> part_ahead(const Scenario& scenario, const Model& whole, const NamedVisit& from, std::string_view subject) {
    std::vector<const Alternative*> alternatives;
    for (const Alternative& alternative : whole.alternatives) alternatives.push_back(&alternative);
    std::stable_sort(alternatives.begin(), alternatives.end(), [](const auto* a, const auto* b) { return a->probability > b->probability; });
    std::vector<MeantWay> ways;
    for (const Alternative* alternative : alternatives) {
        MeantWay way{&alternative->main(), stations_of(alternative->main()), 0};
        const FoundVisit found = visits_named(whole.network, way.stations, std::array{from}, {0, way.stations.size() - 2}, subject).front();
        if (!found.one_of.empty()) throw InputError{ambiguous(whole.network, way.stations, from, found, subject, false)};
        if (!found.visit) continue;
        way.begin = *found.visit;
        ways.push_back(std::move(way));
    }
    if (ways.empty()) return {};
    return Cut{scenario, whole, std::move(ways)}.made(taken_apart(from).at);
}

}  // namespace railwindow
