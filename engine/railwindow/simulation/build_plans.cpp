#include <railwindow/core/text.hpp>
#include <railwindow/simulation/build_observations.hpp>
#include <railwindow/simulation/itinerary_builder.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

namespace railwindow::building {

// Of a way that was given, as those to other stations are, a part of what the journey plans may lie elsewhere.
void ItineraryBuilder::miss(const Name& name, const char* subject, const std::string& where, std::string remedy) {
    if (!options_.path)
        notes_.missed_calls.push_back({name.place, subject, fmt::format("'{}' is {}", name.value, where), std::move(remedy), Severity::error});
}

void ItineraryBuilder::add_plans() {
    const std::vector<NamedVisit> names = names_of(journey().plans);
    const std::vector<FoundVisit> found = visits_named(names, {1, itinerary_.visits.size() - 1}, "journey.plans.at", true);
    for (std::size_t i = 0; i < found.size(); ++i) {
        const PlanSheet& plan = journey().plans[i];
        if (found[i].visit)
            add_plan(plan, *found[i].visit);
        else if (found[i].outside && !itinerary_.continues_to)
            miss(plan.at, "journey.plans.at", "the origin", "say in `depart` when the train leaves");
        else if (!found[i].outside)
            miss(plan.at, "journey.plans.at", "not on this route", "the route is " + summary(network(), itinerary_.path));
    }
}

void ItineraryBuilder::add_plan(const PlanSheet& plan, std::size_t visit) {
    const Station& place = station(itinerary_.visits[visit].station);
    std::vector<std::size_t> hold_at = holding_places(plan, visit);
    if (plan.weight <= 0) return;
    PlannedArrival planned{visit,
                           DepartAt{},
                           {},
                           std::move(hold_at),
                           "for its time at " + place.name,
                           {"planned-arrival", train_, place.id},
                           {"plan-behind-announcement", train_, place.id}};
    planned.when = plan.not_before ? Departure{DepartAt{instant(*plan.not_before, place.zone, "journey.plans.not_before")}}
                                   : departure(*plan.arrive, place.zone, "journey.plans.arrive");
    if (plan.not_before) require_after_departure(draw_departure(planned.when, 1), plan.not_before->place, "journey.plans.not_before");
    if (plan.arrive) require_after_departure(draw_departure(planned.when, 1), plan.arrive->place, "journey.plans.arrive");
    if (plan.announced) {
        const PracticeSheet& practice = practice_of(place.country);
        if (!practice.announced_times)
            fail(practice.country.place, "announced_times",
                 fmt::format("a time was announced for {} and the practice of {} does not say what such times are worth", place.name,
                             practice.country.value),
                 "give it `announced_times`");
        planned.later = practice.announced_times->value;
        note(Weight::stands, file_name(practice.file), "what announced times are worth",
             inherit(practice.announced_times->provenance, practice.provenance), DrawKey{"plan-behind-announcement", "", ""});
    }
    note(Weight::stands, file_name(scenario_.file), "plan for " + place.name, plan.provenance, DrawKey{"planned-arrival", "", ""});
    itinerary_.visits[visit].timing_point = true;
    itinerary_.plans.push_back(std::move(planned));
}

std::vector<std::size_t> ItineraryBuilder::holding_places(const PlanSheet& plan, std::size_t visit) {
    std::vector<NamedVisit> names;
    for (const Name& name : plan.hold_at) names.push_back({name});
    std::vector<std::size_t> places;
    const std::vector<FoundVisit> found = visits_named(names, {1, visit - 1}, "journey.plans.hold_at", false);
    for (std::size_t i = 0; i < found.size(); ++i) {
        if (found[i].visit) {
            itinerary_.visits[*found[i].visit].timing_point = true;
            places.push_back(*found[i].visit);
        } else {
            miss(plan.hold_at[i], "journey.plans.hold_at", found[i].outside ? "not between the origin and " + plan.at.value : "not on this route",
                 "name stations between, where the train can stand");
        }
    }
    std::sort(places.begin(), places.end());
    places.erase(std::unique(places.begin(), places.end()), places.end());
    return places;
}

// A bound before the train can have left says nothing: a slip in the date.
void ItineraryBuilder::require_after_departure(Instant bound, const Place& place, const char* subject) const {
    const Instant earliest = draw_departure(itinerary_.departure, 0);
    if (bound >= earliest) return;
    const TimeZone& zone = station(itinerary_.visits.front().station).zone;
    fail(place, subject, fmt::format("the train leaves only at {}, or later: it is never bound by that", iso_time(earliest, zone)),
         "check day and year");
}

LocalHours ItineraryBuilder::at_station(const DailyHours& hours, StationId id) const {
    LocalHours local{hours, station(id).zone, station(id).position.latitude, station(id).position.longitude};
    const Instant leaves = draw_departure(itinerary_.departure, 0);
    local.work_out(leaves - std::chrono::hours{24}, 30);  // most journeys are over by then; later hours are worked out when asked for
    return local;
}

// Rules are drawn by country and hours, so that all sections and trains that one holds for share the draw.
void ItineraryBuilder::add_hourly_paces() {
    std::map<std::pair<std::string, std::size_t>, std::size_t> known;
    for (std::size_t step = 0; step < itinerary_.path.steps.size(); ++step) {
        const std::string& country = country_of(itinerary_.path.steps[step]);
        const PracticeSheet& practice = practice_of(country);
        const std::string& line = network().lines()[network().sections()[itinerary_.path.steps[step].section].line].id;
        for (std::size_t rule = 0; rule < practice.time_of_day.size(); ++rule) {
            const HourlyPaceSheet& sheet = practice.time_of_day[rule];
            const auto names_line = [&](const Name& name) { return name.value == line; };
            if (!sheet.lines.empty() && std::none_of(sheet.lines.begin(), sheet.lines.end(), names_line)) continue;
            std::string place = country + ' ' + hours_text(sheet.between.value);
            for (const Name& name : sheet.lines) place += ' ' + name.value;
            const auto [index, fresh] = known.try_emplace({country, rule}, itinerary_.hourly_paces.size());
            if (fresh) itinerary_.hourly_paces.push_back({sheet.pace, {"time-of-day", main_train, place}});
            itinerary_.paces[step].hours.push_back({at_station(sheet.between.value, itinerary_.visits[step].station), index->second});
            note(Weight::speeds, file_name(practice.file), "pace by time of day", inherit(sheet.provenance, practice.provenance),
                 DrawKey{"time-of-day", "", ""});
        }
    }
}

bool ItineraryBuilder::hold_for(const RunningHoursSheet& hours, std::size_t step) const {
    const auto names = [](const std::vector<Name>& list, const std::string& id) {
        return std::any_of(list.begin(), list.end(), [&](const Name& name) { return name.value == id; });
    };
    const PathStep& next = itinerary_.path.steps[step];
    return names(hours.lines, network().lines()[network().sections()[next.section].line].id) || names(hours.countries, country_of(next)) ||
           names(hours.stations, station(itinerary_.visits[step].station).id);
}

void ItineraryBuilder::add_hours() {
    for (const RunningHoursSheet& hours : journey().hours) {
        for (const Name& name : hours.stations) network().station(name, "journey.hours.stations");
        for (const Name& name : hours.lines)
            if (!network().find_line(name.value)) {
                std::vector<std::string_view> known;
                for (std::uint32_t i = 0; i < network().lines().size(); ++i) known.push_back(network().lines()[LineId{i}].id);
                fail(name.place, "journey.hours.lines", fmt::format("the loaded networks have no line '{}'", name.value),
                     suggestion(name.value, known));
            }
        const DailyHours open = hours.run ? hours.run->value : all_but(hours.not_run->value);
        const std::string why = "for the hours to run, " + hours_text(open) + (hours.why.empty() ? std::string{} : ": " + hours.why);
        bool anywhere = false;
        for (std::size_t step = 0; step < itinerary_.path.steps.size(); ++step) {
            if (!hold_for(hours, step)) continue;
            if (hours.weight > 0) itinerary_.visits[step].running.push_back({at_station(open, itinerary_.visits[step].station), why});
            anywhere = true;
        }
        if (anywhere && hours.weight > 0) note(Weight::stands, file_name(scenario_.file), "hours to run", hours.provenance);
        if (anywhere || member_) continue;
        const std::vector<Name>& named = !hours.stations.empty() ? hours.stations : !hours.lines.empty() ? hours.lines : hours.countries;
        miss(named.front(), "journey.hours", "nowhere left or passed on this route", "the route is " + summary(network(), itinerary_.path));
    }
}

}  // namespace railwindow::building
