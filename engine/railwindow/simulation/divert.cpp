// Ways round closed places. Whoever works the line knows how long it will be closed and sends the trains the other way where that is quicker.
//
// Every draw has a name, so a run over the other way comes to where the ways part as it did before, but for how it brakes and what signal
// it finds there: the run is made again from its beginning, with that way for its own.

#include <railwindow/simulation/dispatcher.hpp>

#include <algorithm>

namespace railwindow {

// Whether the trains are ordered another way, now that one of them comes by `visit`: all trains of a convoy go together, as the first of them
// is told.
bool Dispatcher::diverts(Instant now, std::size_t train, std::size_t visit) {
    for (const std::size_t index : itinerary(0).visits[itinerary(train).first + visit].diversions) {
        const Diversion& other = model_.diversions[index];
        if (!gains_by(other, now)) continue;
        state_.order = DiversionOrder{index, {}};
        for (const StepAhead& ahead : other.avoided)
            state_.order->closed_until = std::max(state_.order->closed_until, open_again(now, itinerary(0), ahead.step, train_state(0).closures));
        return true;
    }
    return false;
}

bool Dispatcher::gains_by(const Diversion& other, Instant now) {
    const Duration wait = held_up(itinerary(0), other.avoided, train_state(0).closures, now) - harmless(other, now);
    if (wait <= std::max(Duration{}, other.longer)) return false;
    const Itinerary& way = other.way.main();
    std::vector<Spells> closures(way.disruptions.closures.size());
    return wait > other.longer + held_up(way, other.instead, closures, now);
}

// How long the closures of now would keep a train that sets out from the junction: the longest wait before one of `steps`.
Duration Dispatcher::held_up(const Itinerary& way, const std::vector<StepAhead>& steps, std::vector<Spells>& closures, Instant now) {
    Duration longest{};
    for (const StepAhead& ahead : steps) {
        const Instant open = open_again(now, way, ahead.step, closures);
        if (open > now) longest = std::max(longest, to_duration(open - now) - ahead.until);
    }
    return longest;
}

// How long it may wait before the rest of its way without being late for what it is wanted for behind that.
Duration Dispatcher::harmless(const Diversion& other, Instant now) const {
    const Itinerary& way = itinerary(0);
    const Path& path = way.path;
    const Duration expected = path.running + path.standing;
    Duration most{};
    for (std::size_t i = 0; i < way.plans.size(); ++i) {
        const Visit& wanted = way.visits[way.plans[i].visit];
        if (way.plans[i].visit <= other.avoided.back().step) continue;
        const Duration needs = expected * ((wanted.distance - way.visits[other.leaves].distance) / path.length);
        most = std::max(most, to_duration(state_.trains[0].planned[i] - now) - needs);
    }
    return most;
}

void Dispatcher::tell_of_diversion(Instant now, std::size_t train, std::size_t visit) {
    if (!state_.order || itinerary(train).first + visit != model_.diversions[state_.order->diversion].leaves) return;
    const Millis left = state_.order->closed_until - now;
    log(now, train, visit, Happening::diverts, TimePart::disruptions, line_closed, left > Millis{0} ? std::optional{left} : std::nullopt);
}

}  // namespace railwindow
