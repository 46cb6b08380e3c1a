// The running times of a leg. Where lines have another pace at other hours, that of a section goes by the hour at which the train comes into
// it, which the running times tell: the leg is run again until they agree.

#include <railwindow/simulation/dispatcher.hpp>

#include <algorithm>
#include <cmath>

namespace railwindow {

RunOutcome Dispatcher::run_leg(Instant now, std::size_t train) {
    TrainState& state = train_state(train);
    Leg& leg = state.leg;
    const Course& course = state.courses[itinerary(train).visits[leg.to].stage];
    const Consist& consist = state.pulled[state.pulled_by[leg.from]].consist;
    const Speed initial = leg.initial;
    const auto run = [&] {
        // What was read from the profile of another movement may be too fast for this one: by a rounding, or as another hour has come.
        if (initial > Speed{}) leg.initial = std::min(initial, greatest_initial_speed(course, consist, movement_of(train), storage_.kernel));
        return railwindow::run(course, consist, movement_of(train), storage_.places, storage_.passing, storage_.kernel);
    };
    if (state.hourly_paces.empty()) return run();
    pace_by_hours(now, train, {});
    RunOutcome outcome = run();
    // Each run settles one more section at least; a train that brakes for the next on the very edge of an hour may go to and fro.
    for (std::size_t i = leg.from; i <= leg.to && pace_by_hours(now, train, storage_.passing); ++i) outcome = run();
    return outcome;
}

// Sets the caps of the leg by when its sections are entered: with the hour of setting out where that is not known. True when one changes.
bool Dispatcher::pace_by_hours(Instant now, std::size_t train, std::span<const Duration> passing) {
    const Itinerary& of = itinerary(train);
    TrainState& state = train_state(train);
    bool changes = false;
    Instant enters = now;
    // A train that stood in a section, or finds other power there, has come into it before.
    const bool inside = state.leg.begin > start_at(of, state, state.leg.from);
    for (std::size_t step = state.leg.from + (inside ? 1 : 0); step < state.leg.to; ++step) {
        const std::size_t before = step - state.leg.from;
        if (before > 0 && before <= passing.size() && std::isfinite(passing[before - 1] / s)) enters = now + clocked(passing[before - 1]);
        const std::vector<HoursOfPace>& hours = of.paces[step].hours;
        const auto holds = std::find_if(hours.begin(), hours.end(), [&](const HoursOfPace& h) { return h.hours.first_from(enters) == enters; });
        const Speed cap = holds == hours.end() ? state.caps[step] : std::max(1 * mm / h, state.hourly_paces[holds->pace] * state.caps[step]);
        changes |= cap != state.timed_caps[step];
        state.timed_caps[step] = cap;
    }
    return changes;
}

}  // namespace railwindow
