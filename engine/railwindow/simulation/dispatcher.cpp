#include <railwindow/simulation/dispatcher.hpp>

#include <algorithm>

namespace railwindow {

void Dispatcher::begin() {
    state_.trains.resize(alternative_.trains.size());
    state_.trace.trains.resize(alternative_.trains.size());
    state_.trace.log.clear();
    state_.trace.waits = 0;
    state_.facilities.resize(alternative_.facilities.size());
    for (FacilityState& facility : state_.facilities) facility = {};
    state_.agenda.clear();
    begin_lines();
    for (std::size_t train = 0; train < state_.trains.size(); ++train) {
        reset(train);
        if (!itinerary(train).visits.empty()) draw(train);
    }
    const Instant leaves = departure_of_main();
    plan(leaves, 0, DepartureEvent{0, 0});
    for (std::size_t train = 1; train < state_.trains.size(); ++train) {
        const Itinerary& way = itinerary(train);
        if (!way.visits.empty() && way.first == 0 && way.convoy->ahead)
            plan(leaves - clocked(way.convoy->gap.quantile(state_.noise.uniform(way.convoy->key))), train, DepartureEvent{0, 0});
    }
}

void Dispatcher::advance(Instant until) {
    while (!state_.agenda.empty() && state_.agenda.next().at < until && !ordered_off()) {
        const Event event = state_.agenda.take();
        state_.now = event.at;
        take(event);
    }
    if (state_.agenda.empty() && !ordered_off()) strand_those_left();
}

// With nothing more to happen, a train that still waits does so for one that has ended with the lift, or the line, in its hands: the last
// that did.
void Dispatcher::strand_those_left() {
    std::optional<std::size_t> holder;
    for (std::size_t train = 0; train < state_.trains.size(); ++train)
        if (train_trace(train).stranded && !(holder && std::holds_alternative<Blocked>(train_trace(train).stranded->why))) holder = train;
    for (std::size_t train = 0; train < state_.trains.size(); ++train) {
        const TrainState& state = train_state(train);
        if (state.doing == Doing::over || (state.doing == Doing::outside && train_trace(train).visits.empty())) continue;
        strand(state_.now, train, Blocked{holder.value_or(0)});
    }
}

void Dispatcher::take(const Event& event) {
    const std::vector<VisitTimes>& visits = train_trace(event.train).visits;
    if (train_state(event.train).doing == Doing::over) return;
    if (visits.size() > 1 && event.at - visits.front().depart >= horizon) return strand(event.at, event.train, BeyondHorizon{});
    std::visit([&](const auto& what) { on(event.at, event.train, what); }, event.what);
}

void Dispatcher::on(Instant now, std::size_t train, const VisitEvent& event) {
    TrainState& state = train_state(train);
    if (event.plan != state.plan) return;
    const bool stops = event.visit == state.leg.to && !state.leg.to_stand;
    const Clearance clear = stops ? may_arrive(train, event.visit) : may_leave(train, event.visit);
    if (clear.blocked_by) return strand(now, train, Blocked{*clear.blocked_by});
    if (!clear.at || *clear.at > now) {
        wait(now, train, event.visit, true, TimePart::waiting_for_others, {});
        if (clear.at) plan(*clear.at, train, event);
        return;
    }
    if (const Instant enters = state.stops[event.visit].enters; enters > now) {
        wait(now, train, event.visit, true, TimePart::waiting_for_others, waits_for_line);
        return plan(enters, train, event);
    }
    if (const auto hold = keeps_out(now, train, event.visit, !stops)) {
        note_wait(train, *hold);
        wait(now, train, event.visit, true, hold->part, hold->why, hold->until - now);
        if (hold->until - now >= horizon) return strand(now, train, BeyondHorizon{});
        return plan(hold->until, train, event);
    }
    if (!stops && diverts(now, train, event.visit)) return;
    if (const auto kept = stops ? std::nullopt : kept_back(now, train, event.visit, Bound::in)) {
        wait(now, train, event.visit, true, TimePart::disruptions, kept->why);
        return kept->until - now < horizon ? plan(kept->until, train, event) : strand(now, train, BeyondHorizon{});
    }
    const Millis waited = end_wait(now, train);
    if (stops) return arrive(now, train, event.visit);
    pass(now, train, event.visit, waited);
}

// Of a wait before a station, as much as the last section took is run off by going slower; after a longer one the train starts again from there.
void Dispatcher::pass(Instant now, std::size_t train, std::size_t visit, Millis waited) {
    TrainState& state = train_state(train);
    Leg& leg = state.leg;
    const std::size_t index = visit - leg.from - 1;
    const Millis moving = state.moving + leg.reach[index];
    count_moving(train, index);
    train_trace(train).visits.push_back({now, now, moving});
    state.left = visit + 1;
    log(now, train, visit, Happening::passes);
    tell_of_diversion(now, train, visit);
    const Millis section = leg.reach[index] - (index > 0 ? leg.reach[index - 1] : Millis{0});
    if (waited > section) {
        state.moving = moving;
        set_out(now, train, visit);
    } else {
        leg.held += waited;
        go_to_next(now, train, visit);
    }
    wake_followers(now, train, visit);
}

void Dispatcher::arrive(Instant now, std::size_t train, std::size_t visit) {
    TrainState& state = train_state(train);
    const Leg& leg = state.leg;
    const std::size_t index = visit - leg.from - 1;
    count_moving(train, index);
    state.moving += leg.reach[index];
    train_trace(train).visits.push_back({now, now, state.moving});
    state.doing = Doing::standing;
    if (visit + 1 == itinerary(train).visits.size()) return finish(now, train);
    log(now, train, visit, Happening::arrives);
    begin_stop(now, train, visit);
    if (train == 0) start_those_ahead(now, visit);
    wake_followers(now, train, visit);
}

void Dispatcher::finish(Instant now, std::size_t train) {
    TrainState& state = train_state(train);
    const std::size_t visit = itinerary(train).visits.size() - 1;
    state.doing = Doing::over;
    state.left = visit + 1;
    log(now, train, visit, Happening::finishes);
    wake_followers(now, train, visit);
}

void Dispatcher::on(Instant now, std::size_t train, const DepartureEvent& event) {
    TrainState& state = train_state(train);
    if (event.plan != state.plan) return;
    std::vector<VisitTimes>& visits = train_trace(train).visits;
    const bool sets_out = event.visit == 0;
    if (sets_out && visits.empty()) visits.push_back({now, now, Millis{0}});
    const Clearance clear = may_leave(train, event.visit);
    if (clear.blocked_by) return strand(now, train, Blocked{*clear.blocked_by});
    if (!clear.at || *clear.at > now) {
        wait(now, train, event.visit, false, TimePart::waiting_for_others, {});
        if (clear.at) plan(*clear.at, train, event);
        return;
    }
    if (const auto hold = keeps_in(now, train, event.visit)) {
        note_wait(train, *hold);
        wait(now, train, event.visit, false, hold->part, hold->why, hold->until - now);
        if (hold->until - now >= horizon) return strand(now, train, BeyondHorizon{});
        return plan(hold->until, train, event);
    }
    if (diverts(now, train, event.visit)) return;
    if (const auto kept = kept_back(now, train, event.visit, Bound::out)) {
        wait(now, train, event.visit, false, TimePart::disruptions, kept->why);
        return kept->until - now < horizon ? plan(kept->until, train, event) : strand(now, train, BeyondHorizon{});
    }
    share_lines(now, train, event.visit);
    if (const Instant released = state.stops[event.visit].released; released > now) {
        wait(now, train, event.visit, false, TimePart::waiting_for_others, waits_for_line);
        return plan(released, train, event);
    }
    end_wait(now, train);
    if (sets_out) visits.front().arrive = now - train_trace(train).parts[TimePart::waiting_for_others];
    visits[event.visit].depart = now;
    state.left = event.visit + 1;
    log(now, train, event.visit, sets_out ? Happening::sets_out : Happening::departs);
    tell_of_diversion(now, train, event.visit);
    if (train == 0) start_those_behind(now, event.visit);
    set_out(now, train, event.visit);
    wake_followers(now, train, event.visit);
}

void Dispatcher::strand(Instant now, std::size_t train, std::variant<Stall, BeyondHorizon, Blocked> why) {
    TrainTrace& trace = train_trace(train);
    const std::size_t after = trace.visits.empty() ? 0 : trace.visits.size() - 1;
    trace.stranded = Stranded{after, why};
    train_state(train).doing = Doing::over;
    train_state(train).wait.reset();
    log(now, train, after, Happening::ends_early);
    wake_followers(now, train, after);
}

void Dispatcher::wait(Instant now, std::size_t train, std::size_t visit, bool entering, TimePart part, std::string_view why,
                      std::optional<Millis> lasts) {
    std::optional<Wait>& wait = train_state(train).wait;
    if (wait && wait->part == part && wait->why == why) return;
    count_cause(now, train);
    wait = Wait{wait ? wait->since : now, visit, entering, part, why, now};
    log(now, train, visit, Happening::waits, part, why, lasts);
}

Millis Dispatcher::end_wait(Instant now, std::size_t train) {
    std::optional<Wait>& wait = train_state(train).wait;
    if (!wait) return Millis{0};
    const Millis waited = now - wait->since;
    count_cause(now, train);
    wait.reset();
    return waited;
}

// A train at its origin has not set out: what it waits for there is no part of its journey, but for other trains on the line that it wants to run on.
void Dispatcher::count_cause(Instant now, std::size_t train) {
    const std::optional<Wait>& wait = train_state(train).wait;
    if (!wait) return;
    const bool on_the_way = wait->entering || wait->visit > 0 || wait->why == waits_for_line;
    if (on_the_way) train_trace(train).parts[wait->part] += now - wait->cause_since;
}

void Dispatcher::log(Instant at, std::size_t train, std::size_t visit, Happening what, TimePart part, std::string_view why,
                     std::optional<Millis> lasts) {
    if (state_.logging == Logging::off) return;
    state_.trace.log.push_back({at, train, visit, what, part, why, lasts, itinerary(train).visits[visit].distance});
}

}  // namespace railwindow
