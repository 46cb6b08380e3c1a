#include <railwindow/simulation/dispatcher.hpp>

#include <algorithm>
#include <cmath>

namespace railwindow {

Movement movement_between(const Itinerary& of, const TrainState& train, std::size_t from, CourseOffset begin, CourseOffset end, Speed initial) {
    const std::size_t country = of.speed_laws[of.paces[from].law].country;
    return {.from = begin,
            .to = end,
            .initial_speed = initial,
            .caps = train.caps,
            .conditions = {.power = train.pulled[train.pulled_by[from]].power, .resistance = train.formulas * train.resistance[country]}};
}

CourseOffset stand_at(const Itinerary& of, const TrainState& train, std::size_t from, std::size_t to) {
    const Visit& there = of.visits[to];
    if (there.turn != Turn::past_junction) return there.at;
    return std::min(there.at + train.pulled[train.pulled_by[from]].consist.length, CourseOffset{of.stages[there.stage].course.length});
}

CourseOffset start_at(const Itinerary& of, const TrainState& train, std::size_t from) {
    const Visit &here = of.visits[from], &next = of.visits[from + 1];
    if (here.stage == next.stage) return here.at;
    if (here.turn != Turn::same_track) return {};
    return std::min(CourseOffset{} + train.pulled[train.pulled_by[from]].consist.length, next.at);
}

// From a stop, or from before the signal of a station.
void Dispatcher::set_out(Instant now, std::size_t train, std::size_t from) {
    const CourseOffset begin = start_at(itinerary(train), train_state(train), from);
    TrainState& state = train_state(train);
    // What lies under a train that has turned, it does not come upon.
    while (itinerary(train).visits[from].turn == Turn::same_track && state.next_stand < state.stands.size() &&
           std::pair{state.stands[state.next_stand].stage, state.stands[state.next_stand].at} <
               std::pair{itinerary(train).visits[from + 1].stage, begin})
        ++state.next_stand;
    set_out(now, train, from, begin);
}

// From `begin`, behind the visit `from`, at `initial` speed, to the next place where the train stands: one call of the kernel, then one
// visit after the other.
void Dispatcher::set_out(Instant now, std::size_t train, std::size_t from, CourseOffset begin, Speed initial) {
    const Itinerary& of = itinerary(train);
    TrainState& state = train_state(train);
    if (initial == Speed{} && stands_without_power(now, train, from, begin)) return;
    if (initial == Speed{}) choose_hold(now, train, from, begin);
    Leg& leg = state.leg;
    leg.from = from;
    leg.to = from + 1;
    while (!state.stops[leg.to].halts) ++leg.to;
    leg.begin = begin;
    leg.began = now;
    leg.held = Millis{0};
    leg.ends_early = {};
    leg.powerless = false;
    leg.reach.clear();
    const std::size_t stage = of.visits[leg.to].stage;
    const Stand* stand = state.next_stand < state.stands.size() ? &state.stands[state.next_stand] : nullptr;
    leg.to_stand = stand && stand->stage == stage && stand->at < of.visits[leg.to].at;
    const CourseOffset end = leg.end = leg.to_stand ? std::max(begin, stand->at) : stand_at(of, state, from, leg.to);
    storage_.places.clear();
    for (std::size_t visit = from + 1; visit < leg.to && of.visits[visit].at < end; ++visit) storage_.places.push_back(of.visits[visit].at);
    storage_.passing.resize(storage_.places.size());
    const PulledTrain& pulled = state.pulled[state.pulled_by[from]];
    leg.initial = initial;
    state.supply = supply_at(now, train, from);
    const RunOutcome outcome = run_leg(now, train);
    if (storage_.profiled && train == 0) {
        const Length distance = of.visits[from].distance + (begin - (of.visits[from].stage == stage ? of.visits[from].at : CourseOffset{}));
        storage_.profiled->push_back(
            {from, leg.to, now, begin, distance, speed_profile(state.courses[stage], pulled.consist, movement_of(train), storage_.kernel)});
    }
    const auto reaches = [&](Duration after) {
        const bool there = std::isfinite(after / s) && clocked(after) < horizon;
        if (there) leg.reach.push_back(clocked(after));
        return there;
    };
    for (const Duration after : storage_.passing)
        if (!reaches(after)) break;
    const Stall* stall = std::get_if<Stall>(&outcome);
    if (stall && state.supply.dead && reaches(stall->time)) {
        leg.powerless = true;
        leg.end = stall->at;
    } else if (stall)
        leg.ends_early = *stall;
    else if (!reaches(std::get<Duration>(outcome)))
        leg.ends_early = BeyondHorizon{};
    if (const auto closed = initial == Speed{} ? closed_on_the_way(train) : std::nullopt) {
        if (storage_.profiled && train == 0) storage_.profiled->pop_back();
        state.stops[*closed].halts = true;
        return set_out(now, train, from, begin, initial);
    }
    state.doing = Doing::running;
    go_to_next(now, train, from);
}

// The movement of the train's leg, on the supply that it runs on: without power it coasts to the end of the wire.
Movement Dispatcher::movement_of(std::size_t train) {
    const Itinerary& of = itinerary(train);
    const TrainState& state = train_state(train);
    const Leg& leg = state.leg;
    const CourseOffset end = leg.to_stand ? std::max(leg.begin, state.stands[state.next_stand].at) : stand_at(of, state, leg.from, leg.to);
    Movement movement = movement_between(of, state, leg.from, leg.begin, end, leg.initial);
    if (!state.timed_caps.empty()) movement.caps = state.timed_caps;
    movement.conditions.power *= state.supply.power;
    if (state.supply.dead) {
        std::size_t last = leg.from + 1;
        while (last < leg.to && of.disruptions.wire[last] == of.disruptions.wire[leg.from]) ++last;
        storage_.coasting = {leg.begin, std::min(movement.to, of.visits[last].at)};
        if (storage_.coasting.begin < storage_.coasting.end) movement.coasting = {&storage_.coasting, 1};
    }
    return movement;
}

// Plans what comes behind `visit` on the leg: the next visit, the stand, or the end of the run where the train gets no further.
void Dispatcher::go_to_next(Instant now, std::size_t train, std::size_t visit) {
    const Leg& leg = train_state(train).leg;
    const std::size_t index = visit - leg.from;
    if (index < leg.reach.size()) {
        const Instant at = leg.began + leg.reach[index] + leg.held;
        const bool at_end = index + 1 == leg.reach.size() && std::holds_alternative<std::monostate>(leg.ends_early);
        if (const auto change = supply_changes(now, train, visit, at)) return plan(*change, train, InterruptEvent{});
        return at_end && (leg.to_stand || leg.powerless) ? plan(at, train, StandEvent{}) : plan(at, train, VisitEvent{visit + 1, 0});
    }
    if (const Stall* stall = std::get_if<Stall>(&leg.ends_early)) return strand(now, train, *stall);
    strand(now, train, BeyondHorizon{});
}

// What the train has run since the last visit of the leg.
void Dispatcher::count_moving(std::size_t train, std::size_t index) {
    const std::vector<Millis>& reach = train_state(train).leg.reach;
    train_trace(train).parts[TimePart::moving] += reach[index] - (index > 0 ? reach[index - 1] : Millis{0});
}

void Dispatcher::on(Instant now, std::size_t train, const StandEvent& event) {
    TrainState& state = train_state(train);
    if (event.plan != state.plan) return;
    count_moving(train, state.leg.reach.size() - 1);
    state.moving += state.leg.reach.back();
    const std::size_t visit = train_trace(train).visits.size() - 1;
    if (state.leg.powerless) {
        if (!stands_without_power(now, train, visit, state.leg.end)) set_out(now, train, visit, state.leg.end);
        return;
    }
    const Stand& stand = state.stands[state.next_stand];
    train_trace(train).parts[stand.part] += stand.lasts;
    log(now, train, visit, Happening::stands, stand.part, stand.why, stand.lasts);
    plan(now + stand.lasts, train, GoOnEvent{});
}

void Dispatcher::on(Instant now, std::size_t train, const GoOnEvent& event) {
    TrainState& state = train_state(train);
    if (event.plan != state.plan) return;
    const CourseOffset at = state.leg.powerless ? state.leg.end : state.stands[state.next_stand++].at;
    const std::size_t visit = train_trace(train).visits.size() - 1;
    log(now, train, visit, Happening::goes_on);
    set_out(now, train, visit, at);
}

}  // namespace railwindow
