#include <railwindow/simulation/dispatcher.hpp>

namespace railwindow {

// From the visit `from`, at `initial` speed, to the next one where the train stands: one call of the kernel, then one visit after the other.
void Dispatcher::set_out(Instant now, std::size_t train, std::size_t from, Speed initial) {
    const Itinerary& of = itinerary(train);
    TrainState& state = train_state(train);
    std::size_t to = from + 1;
    while (!state.stops[to].halts) ++to;
    const std::size_t stage = of.visits[to].stage;
    const CourseOffset begin = from > 0 && of.visits[from].stage == stage ? of.visits[from].at : CourseOffset{};
    storage_.places.clear();
    for (std::size_t visit = from + 1; visit < to; ++visit) storage_.places.push_back(of.visits[visit].at);
    storage_.passing.resize(storage_.places.size());
    const PulledTrain& pulled = state.pulled[state.pulled_by[from]];
    const std::size_t country = of.speed_laws[of.paces[from].law].country;
    const Movement movement{.from = begin,
                            .to = of.visits[to].at,
                            .initial_speed = initial,
                            .caps = state.caps,
                            .conditions = {.power = pulled.power, .resistance = state.formulas * state.resistance[country]}};
    const RunOutcome outcome = railwindow::run(state.courses[stage], pulled.consist, movement, storage_.places, storage_.passing, storage_.kernel);
    if (storage_.profiled && train == 0)
        storage_.profiled->push_back(
            {from, to, now, begin, of.visits[from].distance, speed_profile(state.courses[stage], pulled.consist, movement, storage_.kernel)});

    Leg& leg = state.leg;
    leg.from = from;
    leg.to = to;
    leg.began = now;
    leg.held = Millis{0};
    leg.ends_early = {};
    leg.reach.clear();
    const auto reaches = [&](Duration after) {
        const bool there = std::isfinite(after / s) && clocked(after) < horizon;
        if (there) leg.reach.push_back(clocked(after));
        return there;
    };
    for (const Duration after : storage_.passing)
        if (!reaches(after)) break;
    if (const Stall* stall = std::get_if<Stall>(&outcome))
        leg.ends_early = *stall;
    else if (!reaches(std::get<Duration>(outcome)))
        leg.ends_early = BeyondHorizon{};
    state.doing = Doing::running;
    go_to_next(now, train, from);
}

// Plans the next visit of the leg, or ends the run where the train does not get there.
void Dispatcher::go_to_next(Instant now, std::size_t train, std::size_t visit) {
    const Leg& leg = train_state(train).leg;
    const std::size_t index = visit - leg.from;
    if (index < leg.reach.size()) return plan(leg.began + leg.reach[index] + leg.held, train, VisitEvent{visit + 1, 0});
    if (const Stall* stall = std::get_if<Stall>(&leg.ends_early)) return strand(now, train, *stall);
    strand(now, train, BeyondHorizon{});
}

}  // namespace railwindow
