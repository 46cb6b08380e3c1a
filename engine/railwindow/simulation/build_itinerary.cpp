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
    if (member_) return take_part_of_main();
    if (options_.path) {
        itinerary_.path = *options_.path;
        return;
    }
    const RouteRequest asked = route_request(network(), scenario_, journey());
    const auto best = best_path(network(), asked);
    if (!best) throw Infeasible{why_no_path(network(), asked)};
    if (asked.via.empty()) require_only_way(asked);
    itinerary_.path = *best;
    if (asked.regauging && itinerary_.path.gauge_changes.empty() && !chosen_.regauging_is_open)
        fail(journey().regauging->one().place, "journey.regauging",
             "the train stays on one gauge all the way: " + summary(network(), itinerary_.path), "leave out regauging");
    const auto places = other_gauge_change_places(network(), asked, itinerary_.path);
    if (!places.empty() && !journey().regauging) {
        std::string names = station(station_at(network(), itinerary_.path, itinerary_.path.gauge_changes.front())).id;
        for (const StationId place : places) names += " or " + station(place).id;
        fail(journey().from.one().place, "journey.regauging", "the gauge can be changed at more than one place on this route: " + names,
             "name one, as `regauging: tumangang`, several with weights, or write `regauging: prepared`");
    }
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
    itinerary_.stages = stages_of(network(), itinerary_.path, waves);
    Length distance = member_ ? member_->main.visits[member_->first].distance : 0 * m;
    itinerary_.visits.push_back({station_at(network(), itinerary_.path, 0), distance, 0, CourseOffset{}, true, true, {}, {}});
    for (std::size_t stage = 0; stage < itinerary_.stages.size(); ++stage) {
        const Stage& run = itinerary_.stages[stage];
        for (std::size_t i = run.first; i < run.last; ++i) {
            distance += network().sections()[itinerary_.path.steps[i].section].length;
            const bool end_of_stage = i + 1 == run.last;
            itinerary_.visits.push_back(
                {station_at(network(), itinerary_.path, i + 1), distance, stage, run.begins[i + 1 - run.first], end_of_stage, false, {}, {}});
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
    const DrawKey first{what, train_, station(visit.station).id};
    const DrawKey key = pass == 0 ? first : first.at(pass);
    visit.activities.push_back({std::move(what), kind, std::move(takes), key, cars_per_batch, std::move(after)});
    return visit.activities.size() - 1;
}

Visit* ItineraryBuilder::first_visit(StationId id) {
    const auto found = std::find_if(itinerary_.visits.begin(), itinerary_.visits.end(), [&](const Visit& visit) { return visit.station == id; });
    return found == itinerary_.visits.end() ? nullptr : &*found;
}

void ItineraryBuilder::mark_timing_points() {
    for (const Name& via : journey().via)
        if (Visit* visit = first_visit(network().station(via, "journey.via"))) visit->timing_point = true;
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
    const auto from_train = [&](Weight weight, const char* what, const Provenance& own) {
        note(weight, file_name(train.file), what, inherit(own, train.provenance));
    };
    from_train(Weight::stands, "number of cars", train.cars.provenance);
    from_train(Weight::speeds, "pace of one journey", train.journey_pace.provenance);
    if (feels_gradients()) from_train(Weight::details, "mass of a car", inherit(train.car.mass.provenance, train.car.provenance));
    from_train(Weight::details, "braking", train.service_deceleration.provenance);
    from_train(Weight::details, "build-up time of the brakes", train.brake_build_up.provenance);
}

void ItineraryBuilder::note(Weight weight, const std::string& file, const std::string& what, const Provenance& provenance) {
    if (provenance.confidence != Confidence::low) return;
    const std::string full = file + ": " + what;
    const bool listed = std::any_of(notes_.weak.begin(), notes_.weak.end(), [&](const auto& weak) { return weak.second.what == full; });
    if (!listed) notes_.weak.push_back({weight, {full, provenance.source, Confidence::low}});
}

}  // namespace building
}  // namespace railwindow
