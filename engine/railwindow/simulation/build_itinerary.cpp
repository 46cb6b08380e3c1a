#include <railwindow/route/onward.hpp>
#include <railwindow/simulation/itinerary_builder.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace railwindow {
namespace building {

std::vector<PointName> names_of_visits(const Itinerary& itinerary, std::size_t train) {
    std::vector<PointName> names;
    for (const Visit& visit : itinerary.visits) {
        const auto before = std::count_if(names.begin(), names.end(), [&](const PointName& name) { return std::get<1>(name) == visit.station; });
        names.emplace_back(train, visit.station, static_cast<std::size_t>(before));
    }
    return names;
}

void ItineraryBuilder::find_path() {
    if (journey().continues_to) itinerary_.continues_to = network().station(*journey().continues_to, "journey.continues_to");
    if (member_) return take_part_of_main();
    if (options_.path) {
        itinerary_.path = *options_.path;
        return;
    }
    const RouteRequest asked = route_request(network(), scenario_, journey());
    OnwardWay way{asked, {}, 0};
    if (itinerary_.continues_to) {
        auto onward = best_way_onward(network(), asked, *itinerary_.continues_to);
        if (!onward)
            throw Infeasible{fmt::format("there is no way to {} that goes on to {}", station(asked.to).name, station(*itinerary_.continues_to).name)};
        way = std::move(*onward);
    } else {
        auto best = best_path(network(), asked);
        if (!best) throw Infeasible{why_no_path(network(), asked)};
        way = {asked, std::move(*best), 0};
        way.arrives = way.whole.steps.size();
    }
    if (asked.via.empty()) require_only_way(asked);
    require_gauge_change(way.request, way.whole);
    require_one_place(way.request, way.whole, way.arrives);
    for (std::size_t i = 0; i <= way.whole.steps.size(); ++i) stations_.push_back(station_at(network(), way.whole, i));
    itinerary_.path = itinerary_.continues_to ? beginning_of(network(), asked.times, way.whole, way.arrives) : std::move(way.whole);
    doubt_way(asked);
}

// A place of regauging was named: the gauge is changed there, even where the train could go on as it is to its destination.
void ItineraryBuilder::require_gauge_change(const RouteRequest& asked, Path& path) const {
    if (!asked.regauging || !path.gauge_changes.empty() || *asked.regauging == asked.to) return;
    if (auto changed = regauged_before_the_end(network(), asked, path))
        path = std::move(*changed);
    else if (!chosen_.regauging_is_open)
        fail(journey().regauging->one().place, "journey.regauging", "the train stays on one gauge all the way: " + summary(network(), path),
             "leave out regauging, or say in `continues_to` where the train goes on to on another gauge");
}

void ItineraryBuilder::require_one_place(const RouteRequest& asked, const Path& path, std::size_t end) const {
    if (journey().regauging || path.gauge_changes.empty() || path.gauge_changes.front() > end) return;
    const auto places = other_gauge_change_places(network(), asked, path);
    if (places.empty()) return;
    std::string names = station(station_at(network(), path, path.gauge_changes.front())).id;
    for (const StationId place : places) names += " or " + station(place).id;
    fail(journey().from.one().place, "journey.regauging", "the gauge can be changed at more than one place on this route: " + names,
         "name one, as `regauging: tumangang`, several with weights, or write `regauging: prepared`");
}

namespace {

// The first place that a way comes to again, the farthest time that it does, without a turn between at a station that `is_named`.
std::optional<StationId> unasked_return(const Network& network, const Path& path, const auto& is_named) {
    const auto turns_as_named = [&](std::size_t first, std::size_t last) {
        return std::any_of(path.reversals.begin(), path.reversals.end(),
                           [&](std::size_t i) { return i > first && i < last && is_named(station_at(network, path, i)); });
    };
    for (std::size_t first = 0; first < path.steps.size(); ++first)
        for (std::size_t again = path.steps.size(); again > first; --again)
            if (station_at(network, path, first) == station_at(network, path, again) && !turns_as_named(first, again))
                return station_at(network, path, first);
    return {};
}

}  // namespace

// A way that comes to one place twice, or goes far about, is mostly a mistake in `via`.
void ItineraryBuilder::doubt_way(const RouteRequest& asked) {
    const Path& path = itinerary_.path;
    const auto doubt = [&](std::string text) {
        if (std::find(notes_.doubts.begin(), notes_.doubts.end(), text) == notes_.doubts.end()) notes_.doubts.push_back(std::move(text));
    };
    const auto is_named = [&](StationId id) {
        const auto names_it = [&](const Name& name) { return taken_apart({name}).at.value == station(id).id; };
        return std::any_of(journey().via.begin(), journey().via.end(), names_it) ||
               std::any_of(journey().calls.begin(), journey().calls.end(), [&](const CallSheet& call) { return names_it(call.at); });
    };
    if (const auto again = unasked_return(network(), path, is_named))
        doubt(fmt::format("the way comes to {} twice, and turns back at no station that `via` or `calls` names", station(*again).name));
    if (asked.via.empty()) return;
    RouteRequest freely = asked;
    freely.via.clear();
    const auto shortest = best_path(network(), freely);
    if (shortest && path.length > 2 * shortest->length)
        doubt(fmt::format("the way is {:.1f} km long, more than twice as long as that without `via`, {:.1f} km by {}", path.length / km,
                          shortest->length / km, summary(network(), *shortest)));
}

void ItineraryBuilder::take_part_of_main() {
    itinerary_.path = part_of(network(), member_->main.path, member_->first, member_->last);
    itinerary_.first = member_->first;
    const bool ahead = member_->sheet.ahead.has_value();
    itinerary_.convoy = ConvoyGap{ahead, ahead ? *member_->sheet.ahead : *member_->sheet.behind, DrawKey{"convoy-gap", train_, ""}};
}

void ItineraryBuilder::require_only_way(const RouteRequest& asked) const {
    const std::vector<Path> ways =
        alternative_paths(network(), asked, {.count = 8, .longest = 1.5});  // a way that takes half as long again is no rival; judgement
    if (ways.size() < 2) return;
    fail(journey().to.one().place, "journey.via",
         fmt::format("the loaded networks hold {} ways from {} to {}, and a corridor is chosen, not computed; name one by a station on it, as "
                     "`via: [ussuriysk]`:{}",
                     ways.size(), station(asked.from).name, station(asked.to).name, listed_ways(network(), ways)),
         {});
}

void ItineraryBuilder::lay_out_visits() {
    std::vector<Length> waves;
    for (const PathStep& step : itinerary_.path.steps) {
        const PracticeSheet& practice = practice_of(country_of(step));
        waves.push_back(feels_gradients() && practice.gradient_prior ? practice.gradient_prior->wave : 0 * m);
    }
    itinerary_.stages = stages_of(network(), itinerary_.path, waves, longest_train(scenario_, itinerary_.train));
    if (stations_.empty())
        for (std::size_t i = 0; i <= itinerary_.path.steps.size(); ++i) stations_.push_back(station_at(network(), itinerary_.path, i));
    Length distance = member_ ? member_->main.visits[member_->first].distance : 0 * m;
    itinerary_.visits.push_back({station_at(network(), itinerary_.path, 0), distance, 0, CourseOffset{}, true, true, {}, {}});
    for (std::size_t stage = 0; stage < itinerary_.stages.size(); ++stage) {
        const Stage& run = itinerary_.stages[stage];
        for (std::size_t i = run.first; i < run.last; ++i) {
            distance += network().sections()[itinerary_.path.steps[i].section].length;
            const bool end_of_stage = i + 1 == run.last;
            itinerary_.visits.push_back(
                {station_at(network(), itinerary_.path, i + 1), distance, stage, run.begins[i + 1 - run.first], end_of_stage, false, {}, {}});
            if (end_of_stage) itinerary_.visits.back().turn = run.turn;
        }
    }
}

Instant ItineraryBuilder::instant(const Written<WrittenTime>& time, const TimeZone& zone, const char* subject) {
    const auto found = instant_of(time.value, zone);
    if (const auto* error = std::get_if<TimeError>(&found)) fail(time.place, subject, error->what, error->remedy);
    return std::get<Instant>(found);
}

Departure ItineraryBuilder::departure(const WhenSheet& when, const TimeZone& zone, const char* subject) {
    if (!when.between) {
        const Instant at = instant(*when.at, zone, subject);
        return when.spread ? Departure{DepartWithin{at, to_millis(*when.spread)}} : Departure{DepartAt{at}};
    }
    const Instant earliest = instant((*when.between)[0], zone, subject), latest = instant((*when.between)[1], zone, subject);
    if (latest < earliest)
        fail((*when.between)[1].place, fmt::format("{}.between", subject), "the latest time comes before the earliest", "write [earliest, latest]");
    return DepartBetween{earliest, latest};
}

void ItineraryBuilder::add_departure() {
    itinerary_.departure = departure(journey().depart, station(itinerary_.visits.front().station).zone, "journey.depart");
}

std::size_t ItineraryBuilder::add_activity(Visit& visit, std::string what, ActivityKind kind, Uncertain<Duration> takes,
                                           std::vector<std::size_t> after, int cars_per_batch) {
    if (takes.lowest() < 0 * h)  // files are checked where they are read; this may have been written in code
        fail({}, what, "it may take less than no time", "give a law whose lowest value is not negative");
    const auto pass = static_cast<std::uint64_t>(
        std::count_if(itinerary_.visits.data(), &visit, [&](const Visit& before) { return before.station == visit.station; }));
    const auto same = static_cast<std::uint64_t>(
        std::count_if(visit.activities.begin(), visit.activities.end(), [&](const Activity& activity) { return activity.what == what; }));
    // Calls are named freely by files, and other work by a list: their words must not be those of the model's own draws, nor of each other.
    const std::string purpose = kind == ActivityKind::call ? "at stops: " + what : kind == ActivityKind::other ? "work at stops: " + what : what;
    const DrawKey first{purpose, train_, station(visit.station).id};
    const DrawKey of_pass = pass == 0 ? first : first.at(pass);
    const DrawKey key = same == 0 ? of_pass : of_pass.at(same).at(same);
    visit.activities.push_back({std::move(what), kind, std::move(takes), key, cars_per_batch, std::move(after)});
    return visit.activities.size() - 1;
}

std::vector<FoundVisit> ItineraryBuilder::visits_named(const std::vector<NamedVisit>& names, VisitRange allowed, const char* subject,
                                                       bool keys) const {
    std::vector<FoundVisit> found = railwindow::visits_named(network(), stations_, names, allowed, subject);
    for (std::size_t i = 0; i < names.size(); ++i)
        if (!found[i].one_of.empty()) throw InputError{ambiguous(network(), stations_, names[i], found[i], subject, keys)};
    return found;
}

void ItineraryBuilder::mark_timing_points() {
    std::size_t at = 0;  // the way passes them in this order, each at the first opportunity
    for (const Name& via : journey().via) {
        const StationId id = network().station(via, "journey.via");
        std::size_t next = at;
        while (next < itinerary_.visits.size() && itinerary_.visits[next].station != id) ++next;
        if (next == itinerary_.visits.size()) continue;
        itinerary_.visits[next].timing_point = true;
        at = next + 1;
    }
    for (std::size_t i = 1; i + 1 < itinerary_.visits.size(); ++i) {
        Visit& visit = itinerary_.visits[i];
        const bool junction =
            network().sections()[itinerary_.path.steps[i - 1].section].line != network().sections()[itinerary_.path.steps[i].section].line;
        if (junction || options_.timing_points == TimingPoints::all) visit.timing_point = true;
    }
    itinerary_.visits.back().timing_point = itinerary_.visits.back().must_stop = true;
}

void ItineraryBuilder::add_train_to_weak_inputs() {
    const TrainSheet& train = itinerary_.train;
    const auto from_train = [&](Weight weight, const char* what, const Provenance& own, const UseOfNumber& use) {
        note(weight, file_name(train.file), what, inherit(own, train.provenance), use);
    };
    // Nothing is drawn from what is exact, so what it does is not known from draws.
    const auto drawn = [](const auto& number, const char* purpose) {
        return number.lowest() == number.highest() ? UseOfNumber{} : UseOfNumber{DrawnFrom{DrawKey{purpose, "", ""}}};
    };
    from_train(Weight::stands, "number of cars", train.cars.provenance, drawn(train.cars.value, "cars"));
    from_train(Weight::speeds, "pace of one journey", train.journey_pace.provenance, drawn(train.journey_pace.value, "journey-pace"));
    if (feels_gradients())
        from_train(Weight::details, "mass of a car", inherit(train.car.mass.provenance, train.car.provenance),
                   drawn(train.car.mass.value, "car-mass"));
    from_train(Weight::details, "braking", train.service_deceleration.provenance, ExactNumber{ExactNumber::Kind::braking, ""});
    from_train(Weight::details, "build-up time of the brakes", train.brake_build_up.provenance, ExactNumber{ExactNumber::Kind::brake_build_up, ""});
}

void ItineraryBuilder::note(Weight weight, const std::string& file, const std::string& what, const Provenance& provenance, const UseOfNumber& use) {
    notes_.list_if_weak(weight, file, what, provenance, use);
}

void BuildNotes::list_if_weak(Weight weight, const std::string& file, const std::string& what, const Provenance& provenance, const UseOfNumber& use) {
    if (provenance.confidence != Confidence::low && !provenance.source.empty()) return;
    const std::string full = file + ": " + what;
    const bool listed = std::any_of(weak.begin(), weak.end(), [&](const auto& one) { return one.second.what == full; });
    if (!listed) weak.push_back({weight, {full, provenance.source, provenance.confidence.value_or(Confidence::low), use}});
}

}  // namespace building
}  // namespace railwindow
