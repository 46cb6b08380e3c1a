#include <railwindow/simulation/build_observations.hpp>
#include <railwindow/simulation/itinerary_builder.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>

namespace railwindow {

std::string_view name(StopActivity activity) {
    constexpr std::array<std::string_view, 7> names{"locomotive change", "crew change", "water", "fuel", "inspection", "waiting", "other work"};
    return names[static_cast<std::size_t>(activity)];
}

namespace building {

namespace {

ActivityKind kind_of(StopActivity activity) {
    return activity == StopActivity::locomotive_change ? ActivityKind::locomotive_change : ActivityKind::other;
}

}  // namespace

void ItineraryBuilder::add_calls() {
    const std::vector<NamedVisit> names = names_of(journey().calls);
    const std::vector<FoundVisit> found = visits_named(names, {1, itinerary_.visits.size() - 2}, "journey.calls", true);
    for (std::size_t i = 0; i < found.size(); ++i) {
        const CallSheet& call = journey().calls[i];
        if (found[i].visit) {
            add_call(call, itinerary_.visits[*found[i].visit]);
        } else if (!found[i].outside || !itinerary_.continues_to) {  // what a train that continues does behind its destination is another matter
            notes_.missed_calls.push_back(
                {call.at.place, "journey.calls", fmt::format("'{}' is {} this route", written(names[i]), found[i].outside ? "an end of" : "not on"),
                 found[i].outside ? "a call lies between origin and destination" : "the route is " + summary(network(), itinerary_.path),
                 Severity::error});
        }
    }
}

// Of several calls at one visit all bounds hold.
void ItineraryBuilder::add_call(const CallSheet& call, Visit& visit) {
    const std::string what = call.why.empty() ? "call" : call.why;
    const std::size_t planned = add_activity(visit, what, ActivityKind::call, call.dwell);
    if (call.overrun) add_activity(visit, what + ": overrun", ActivityKind::call, *call.overrun, {planned});
    if (call.not_before) {
        const Instant bound = instant(*call.not_before, station(visit.station).zone, "journey.calls.not_before");
        require_after_departure(bound, call.not_before->place, "journey.calls.not_before");
        visit.not_before = std::max(visit.not_before.value_or(bound), bound);
    }
    visit.must_stop = visit.timing_point = true;
    if (has_receptions(ReceptionPlace::calls, call.reception, station(visit.station).country))
        received_at_.insert(static_cast<std::size_t>(&visit - itinerary_.visits.data()));
}

void ItineraryBuilder::add_borders() {
    for (std::size_t i = 0; i + 1 < itinerary_.visits.size(); ++i) {
        const Border* border = network().border_between(itinerary_.visits[i].station, itinerary_.visits[i + 1].station);
        if (!border) continue;
        for (const std::size_t side : {i, i + 1}) {
            itinerary_.visits[side].timing_point = true;
            for (const auto& [at, law] : border->formalities) {
                if (at != itinerary_.visits[side].station || side == 0 || side + 1 == itinerary_.visits.size()) continue;
                const std::size_t checks = add_activity(itinerary_.visits[side], "formalities", ActivityKind::formalities, law.value);
                for (const auto& [open_at, hours] : border->hours)
                    if (open_at == at) itinerary_.visits[side].activities[checks].hours = at_station(hours, at);
                note(Weight::stands, file_name(border->file), fmt::format("formalities at {}", station(at).name), law.provenance,
                     itinerary_.visits[side].activities[checks].key);
            }
        }
    }
}

void ItineraryBuilder::add_gauge_change(std::size_t index) {
    Visit& visit = itinerary_.visits[index];
    visit.timing_point = visit.must_stop = true;
    if (journey().regauging && journey().regauging->one().value == "prepared") return;
    const GaugeChange& change = *network().gauge_change_at(visit.station);
    const std::size_t set_up = add_activity(visit, "gauge change: set-up", ActivityKind::gauge_change, change.works.set_up);
    const std::size_t exchange = add_activity(visit, "gauge change: " + change.works.method, ActivityKind::gauge_change, change.works.batch, {set_up},
                                              change.works.cars_per_batch);
    visit.activities[set_up].occupies = visit.activities[exchange].frees = facility_at(visit.station, change.works.lifts);
    add_activity(visit, "gauge change: brake test", ActivityKind::gauge_change, change.works.brake_test, {exchange});
    note(Weight::long_stands, file_name(change.file), fmt::format("times and cars per batch of the gauge change at {}", station(visit.station).name),
         change.works.provenance, visit.activities[exchange].key);
}

std::size_t ItineraryBuilder::facility_at(StationId station, int lifts) {
    const auto found = std::find_if(notes_.facilities.begin(), notes_.facilities.end(), [&](const Facility& one) { return one.station == station; });
    if (found == notes_.facilities.end()) notes_.facilities.push_back({station, lifts});
    return static_cast<std::size_t>(
        std::find_if(notes_.facilities.begin(), notes_.facilities.end(), [&](const Facility& one) { return one.station == station; }) -
        notes_.facilities.begin());
}

void ItineraryBuilder::add_practice() {
    std::set<std::string> countries;
    for (const Visit& visit : itinerary_.visits) countries.insert(station(visit.station).country);
    for (const std::string& country : countries)
        for (const PracticeStopSheet& stop : practice_of(country).stops) add_practice_stop(stop, practice_of(country));
    for (std::size_t i = 0; i < itinerary_.path.steps.size(); ++i) add_technical_stops(i);
}

void ItineraryBuilder::add_practice_stop(const PracticeStopSheet& stop, const PracticeSheet& practice) {
    const auto id = network().find_station(stop.at.value);  // a practice file covers more than one scenario loads
    for (std::size_t i = 1; id && i + 1 < itinerary_.visits.size(); ++i)
        if (itinerary_.visits[i].station == *id) add_practice_stop(stop, practice, itinerary_.visits[i]);
}

std::vector<std::size_t> ItineraryBuilder::after_gauge_change(const Visit& visit) {
    std::vector<std::size_t> after;
    for (std::size_t i = 0; i < visit.activities.size(); ++i)
        if (visit.activities[i].kind == ActivityKind::gauge_change) after = {i};
    return after;
}

void ItineraryBuilder::add_practice_stop(const PracticeStopSheet& stop, const PracticeSheet& practice, Visit& visit) {
    const ActivityKind kind = kind_of(stop.activity);
    const std::size_t done = add_activity(visit, std::string{name(stop.activity)}, kind, stop.takes,
                                          kind == ActivityKind::locomotive_change ? after_gauge_change(visit) : std::vector<std::size_t>{});
    if (stop.hours) visit.activities[done].hours = at_station(stop.hours->value, visit.station);
    note(Weight::stands, file_name(practice.file), fmt::format("{} at {}", name(stop.activity), station(visit.station).name),
         inherit(stop.provenance, practice.provenance), visit.activities[done].key);
}

void ItineraryBuilder::add_technical_stops(std::size_t index) {
    const Section& section = network().sections()[itinerary_.path.steps[index].section];
    const std::string& line = network().lines()[section.line].id;
    const PracticeSheet& practice = practice_of(country_of(itinerary_.path.steps[index]));
    const TechnicalStopSheet* rule = rule_for(practice.technical_stops, line);
    if (!rule) return;
    // Where the journey ends, what falls on the last section is done before it.
    const bool last = index + 2 == itinerary_.visits.size() && !itinerary_.continues_to;
    if (last && index == 0) return;  // no station between to halt at
    itinerary_.visits[last ? index : index + 1].technical.push_back(
        {section.begin, section.begin + section.length, rule->every, rule->jitter, rule->dwell, DrawKey{"technical-stop-phase", main_train, line},
         DrawKey{"technical-stop-place", main_train, line}, DrawKey{"technical-stop-dwell", main_train, line}});
    note(Weight::long_stands, file_name(practice.file), "spacing and length of technical stops", inherit(rule->provenance, practice.provenance),
         DrawKey{"technical-stop-dwell", main_train, line});
}

void ItineraryBuilder::add_reversal(std::size_t index) {
    Visit& visit = itinerary_.visits[index];
    const PracticeSheet& practice = practice_of(station(visit.station).country);
    if (!practice.reversal)
        fail(practice.country.place, "reversal",
             fmt::format("the train reverses at {} and the practice of {} does not say how long that takes", station(visit.station).name,
                         practice.country.value),
             "give it a `reversal`");
    const std::size_t turn = add_activity(visit, "reversal", ActivityKind::reversal, practice.reversal->value);
    visit.timing_point = true;
    const Provenance& possible = station(visit.station).reversal->provenance;
    note(Weight::stands, file_name(practice.file), "time for a reversal", inherit(practice.reversal->provenance, practice.provenance),
         visit.activities[turn].key);
    note(Weight::details, "networks", fmt::format("that trains can reverse at {}", station(visit.station).name), possible);
}

}  // namespace building

}  // namespace railwindow
