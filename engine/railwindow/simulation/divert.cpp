// Ways round closed places. Whoever works the line knows how long it will be closed and sends the trains the other way where that is quicker.
//
// Every draw has a name, so a run over the other way comes to where the ways part just as it did before: the run is made again from its
// beginning, with that way for its own.

#include <railwindow/simulation/dispatcher.hpp>

#include <algorithm>

namespace railwindow {

// Whether the trains are ordered another way, now that the main train comes by `visit`: all trains of a convoy go together.
bool Dispatcher::diverts(Instant now, std::size_t train, std::size_t visit) {
    if (train != 0) return false;
    for (const std::size_t index : itinerary(train).visits[visit].diversions) {
        const Diversion& other = model_.diversions[index];
        for (std::size_t i = 0; i < other.avoided.size(); ++i) {
            const Instant open = open_again(now, train, other.avoided[i]);
            const Duration wait = to_duration(open - now) - other.until[i];
            if (open == now || wait <= std::max(Duration{}, other.longer)) continue;
            state_.order = DiversionOrder{index, open};
            return true;
        }
    }
    return false;
}

void Dispatcher::tell_of_diversion(Instant now, std::size_t train, std::size_t visit) {
    if (train == 0 && state_.order && model_.diversions[state_.order->diversion].leaves == visit)
        log(now, train, visit, Happening::diverts, TimePart::disruptions, line_closed, state_.order->closed_until - now);
}

}  // namespace railwindow
