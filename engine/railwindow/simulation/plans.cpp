// What the clock decides: a train wanted at a time comes no earlier, and some stations are left and passed only at certain hours.

#include <railwindow/simulation/dispatcher.hpp>

#include <algorithm>
#include <cmath>

namespace railwindow {
namespace {

constexpr std::string_view not_before_its_time = "not to leave before its time";

std::optional<std::size_t> wait_of(const PlannedArrival& plan) { return plan.reception ? std::optional{plan.reception->wait} : std::nullopt; }

}  // namespace

void Dispatcher::draw_plans(std::size_t train) {
    const Itinerary& of = itinerary(train);
    TrainState& state = train_state(train);
    state.planned.resize(of.plans.size());
    for (std::size_t i = 0; i < of.plans.size(); ++i) {
        const PlannedArrival& plan = of.plans[i];
        if (plan.reception) continue;
        state.planned[i] = draw_departure(plan.when, state_.noise.uniform(plan.key));
        if (plan.later) state.planned[i] += clocked(plan.later->quantile(state_.noise.uniform(plan.later_key)));
    }
}

// A train before a visit: it is early, or would pass outside the hours. One that stops there may enter.
std::optional<Dispatcher::ClockHold> Dispatcher::keeps_out(Instant now, std::size_t train, std::size_t visit, bool passes) const {
    const std::vector<PlannedArrival>& plans = itinerary(train).plans;
    std::optional<ClockHold> hold;
    for (std::size_t i = 0; i < plans.size(); ++i) {
        if (plans[i].visit != visit) continue;
        const Instant comes = wanted(train, i, now);
        if (comes > (hold ? hold->until : now)) hold = ClockHold{comes, TimePart::holds, plans[i].why, wait_of(plans[i])};
    }
    if (hold || !passes) return hold;
    return hours_begin(now, train, itinerary(train).visits[visit]);
}

// A train that stands: a call is not over, it is early and this is where to stand, or these are not the hours.
std::optional<Dispatcher::ClockHold> Dispatcher::keeps_in(Instant now, std::size_t train, std::size_t index) {
    const Visit& visit = itinerary(train).visits[index];
    if (visit.not_before && *visit.not_before > now) return ClockHold{*visit.not_before, TimePart::planned_stops, not_before_its_time, {}};
    if (const auto stand = stands_long(train, index); stand && stand->until > now) return stand;
    const std::vector<PlannedArrival>& plans = itinerary(train).plans;
    std::optional<ClockHold> hold;
    for (std::size_t i = 0; i < plans.size(); ++i) {
        if (std::find(plans[i].hold_at.begin(), plans[i].hold_at.end(), index) == plans[i].hold_at.end()) continue;
        const auto takes = free_time(train, index, start_at(itinerary(train), state_.trains[train], index), plans[i].visit);
        if (!takes) continue;
        const Instant leaves = wanted(train, i, now + *takes) - *takes;
        if (leaves > (hold ? hold->until : now)) hold = ClockHold{leaves, TimePart::holds, plans[i].why, wait_of(plans[i])};
    }
    if (hold) return hold;
    return hours_begin(now, train, visit);
}

// From a stand at `begin`, behind the visit `from`, to the arrival at `to`: running times and planned stays of this run, undisturbed. Nothing
// where the train cannot get there.
std::optional<Millis> Dispatcher::free_time(std::size_t train, std::size_t from, CourseOffset begin, std::size_t to) {
    const Itinerary& of = itinerary(train);
    const TrainState& state = train_state(train);
    Millis all{};
    while (true) {
        std::size_t halt = from + 1;
        while (!state.stops[halt].halts) ++halt;
        const Visit& end = of.visits[halt];
        const bool passes = to < halt;
        storage_.places.clear();
        if (passes) storage_.places.push_back(of.visits[to].at);
        storage_.passing.resize(storage_.places.size());
        const PulledTrain& pulled = state.pulled[state.pulled_by[from]];
        const std::size_t country = of.speed_laws[of.paces[from].law].country;
        const Movement movement{.from = begin,
                                .to = stand_at(of, state, from, halt),
                                .caps = state.caps,
                                .conditions = {.power = pulled.power, .resistance = state.formulas * state.resistance[country]}};
        const RunOutcome outcome =
            railwindow::run(state.courses[end.stage], pulled.consist, movement, storage_.places, storage_.passing, storage_.kernel);
        const auto* there = std::get_if<Duration>(&outcome);
        const Duration takes = passes ? storage_.passing.front() : there ? *there : to_duration(horizon);
        if (!std::isfinite(takes / s) || clocked(takes) >= horizon) return {};
        all += clocked(takes);
        if (halt >= to) return all;
        all += planned_stay(train, halt);
        from = halt;
        begin = start_at(of, state, halt);
    }
}

// Whether to stand at the next place to hold at, if the train would pass it: where it would still be early with a halt there.
void Dispatcher::choose_hold(Instant now, std::size_t train, std::size_t from, CourseOffset begin) {
    const std::vector<PlannedArrival>& plans = itinerary(train).plans;
    std::vector<StopState>& stops = train_state(train).stops;
    for (std::size_t i = 0; i < plans.size(); ++i) {
        const auto place = std::find_if(plans[i].hold_at.begin(), plans[i].hold_at.end(), [&](std::size_t visit) { return visit > from; });
        if (place == plans[i].hold_at.end() || stops[*place].halts) continue;
        stops[*place].halts = true;
        const auto takes = free_time(train, from, begin, plans[i].visit);
        stops[*place].halts = takes && now + *takes < wanted(train, i, now + *takes);
    }
}

// The first visit on the leg that would be passed outside its hours.
std::optional<std::size_t> Dispatcher::closed_on_the_way(std::size_t train) const {
    const Leg& leg = state_.trains[train].leg;
    const std::vector<Visit>& visits = itinerary(train).visits;
    const std::size_t passed = leg.reach.size() - ((leg.to_stand || leg.powerless) && !leg.reach.empty() ? 1 : 0);  // a stand is no visit
    for (std::size_t visit = leg.from + 1; visit < leg.to && visit - leg.from - 1 < passed; ++visit)
        if (!visits[visit].running.empty() && hours_begin(leg.began + leg.reach[visit - leg.from - 1], train, visits[visit])) return visit;
    return {};
}

}  // namespace railwindow
