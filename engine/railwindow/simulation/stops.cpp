#include <railwindow/simulation/dispatcher.hpp>

#include <algorithm>

namespace railwindow {
namespace {

TimePart part_of(ActivityKind kind) {
    switch (kind) {
        case ActivityKind::gauge_change:
            return TimePart::gauge_change;
        case ActivityKind::formalities:
            return TimePart::border;
        default:
            return TimePart::planned_stops;
    }
}

constexpr std::string_view technical_halt_name = "technical stop", waits_for_lift = "for the lift", waits_for_hours = "for opening hours";

}  // namespace

// Activities that come after no other begin at once; the technical halt is one more.
void Dispatcher::begin_stop(Instant now, std::size_t train, std::size_t visit) {
    const std::vector<Activity>& activities = itinerary(train).visits[visit].activities;
    StopState& stop = train_state(train).stops[visit];
    stop.ready.assign(activities.size(), now);
    stop.began.assign(activities.size(), now);
    stop.awaits.resize(activities.size());
    stop.unfinished = activities.size() + 1;
    for (std::size_t i = 0; i < activities.size(); ++i) stop.awaits[i] = activities[i].after.size();
    for (std::size_t i = 0; i < activities.size(); ++i)
        if (stop.awaits[i] == 0) make_ready(now, train, visit, i);
    if (stop.technical > Millis{0}) log(now, train, visit, Happening::begins, TimePart::planned_stops, technical_halt_name, stop.technical);
    state_.agenda.add(now + stop.technical, train, ActivityEndEvent{visit, activities.size()});
}

void Dispatcher::make_ready(Instant now, std::size_t train, std::size_t visit, std::size_t index) {
    const Activity& activity = itinerary(train).visits[visit].activities[index];
    train_state(train).stops[visit].ready[index] = now;
    if (activity.occupies) {
        FacilityState& facility = state_.facilities[*activity.occupies];
        if (facility.busy == alternative_.facilities[*activity.occupies].lifts) {
            facility.waiting.push_back({train, visit, index});
            return log(now, train, visit, Happening::waits, TimePart::waiting_for_others, waits_for_lift);
        }
        ++facility.busy;
    }
    if (activity.hours && train_state(train).stops[visit].takes[index] > Millis{0}) {
        const Instant opens = activity.hours->first_from(now).value_or(now + horizon);
        if (opens > now) {
            log(now, train, visit, Happening::waits, part_of(activity.kind), waits_for_hours, opens - now);
            return state_.agenda.add(opens, train, ActivityBeginEvent{visit, index});
        }
    }
    begin_activity(now, train, visit, index);
}

void Dispatcher::on(Instant now, std::size_t train, const ActivityBeginEvent& event) { begin_activity(now, train, event.visit, event.activity); }

void Dispatcher::begin_activity(Instant now, std::size_t train, std::size_t visit, std::size_t index) {
    const Activity& activity = itinerary(train).visits[visit].activities[index];
    StopState& stop = train_state(train).stops[visit];
    stop.began[index] = now;
    if (stop.takes[index] > Millis{0}) log(now, train, visit, Happening::begins, part_of(activity.kind), activity.what, stop.takes[index]);
    state_.agenda.add(now + stop.takes[index], train, ActivityEndEvent{visit, index});
}

// The lift goes to whoever has waited longest.
void Dispatcher::free_facility(Instant now, std::size_t index) {
    FacilityState& facility = state_.facilities[index];
    --facility.busy;
    if (facility.waiting.empty()) return;
    const FacilityState::Request next = facility.waiting.front();
    facility.waiting.erase(facility.waiting.begin());
    ++facility.busy;
    begin_activity(now, next.train, next.visit, next.activity);
}

void Dispatcher::on(Instant now, std::size_t train, const ActivityEndEvent& event) {
    const std::vector<Activity>& activities = itinerary(train).visits[event.visit].activities;
    StopState& stop = train_state(train).stops[event.visit];
    if (event.activity < activities.size()) {
        const Activity& ended = activities[event.activity];
        if (stop.takes[event.activity] > Millis{0}) log(now, train, event.visit, Happening::ends, part_of(ended.kind), ended.what);
        if (ended.frees) free_facility(now, *ended.frees);
        for (std::size_t i = 0; i < activities.size(); ++i)
            for (const std::size_t before : activities[i].after)
                if (before == event.activity && --stop.awaits[i] == 0) make_ready(now, train, event.visit, i);
    }
    if (--stop.unfinished > 0) return;
    account_stop(now, train, event.visit);
    plan(now, train, DepartureEvent{event.visit, 0});
}

// Walks back from the last activity to the one that it waited for, and so on: their times are the stay, one after the other.
void Dispatcher::account_stop(Instant ready, std::size_t train, std::size_t visit) {
    const std::vector<Activity>& activities = itinerary(train).visits[visit].activities;
    const StopState& stop = train_state(train).stops[visit];
    TimeParts& parts = train_trace(train).parts;
    const Instant arrived = train_trace(train).visits[visit].arrive;
    const auto end = [&](std::size_t i) { return stop.began[i] + stop.takes[i]; };
    const auto last = [&](Instant at, const auto& among) -> std::optional<std::size_t> {
        for (const std::size_t i : among)
            if (end(i) == at) return i;
        return {};
    };
    if (arrived + stop.technical == ready) {
        parts[TimePart::planned_stops] += stop.technical;
        return;
    }
    std::vector<std::size_t>& all = storage_.indices;
    all.resize(activities.size());
    for (std::size_t i = 0; i < all.size(); ++i) all[i] = i;
    std::optional<std::size_t> now = last(ready, all);
    while (now) {
        const Activity& activity = activities[*now];
        parts[part_of(activity.kind)] += stop.takes[*now];
        parts[activity.hours ? part_of(activity.kind) : TimePart::waiting_for_others] += stop.began[*now] - stop.ready[*now];
        now = last(stop.ready[*now], activity.after);
    }
}

// How long the stop will take if nothing has to be waited for.
Millis Dispatcher::planned_stay(std::size_t train, std::size_t visit) const {
    const std::vector<Activity>& activities = itinerary(train).visits[visit].activities;
    const StopState& stop = state_.trains[train].stops[visit];
    Millis longest = stop.technical;
    for (const LongStandDraw& stand : state_.trains[train].long_stands)
        if (stand.visit == visit) longest = std::max(longest, stand.takes);
    std::vector<Millis> end(activities.size());
    for (std::size_t i = 0; i < end.size(); ++i) {
        for (const std::size_t before : activities[i].after) end[i] = std::max(end[i], end[before]);
        longest = std::max(longest, end[i] += stop.takes[i]);
    }
    return longest;
}

}  // namespace railwindow
