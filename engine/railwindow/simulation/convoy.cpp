// Trains of a convoy follow each other and never overtake: at every station one keeps the headway to the one ahead, which never waits
// for those behind it (but for a lift). So a train that is added at the end changes no other.

#include <railwindow/simulation/dispatcher.hpp>

#include <algorithm>

namespace railwindow {

// The nearest train ahead whose way holds the station of `visit`; one that begins there is in nobody's way who arrives.
std::optional<Dispatcher::Ahead> Dispatcher::ahead_of(std::size_t train, std::size_t visit, Bound bound) const {
    const std::vector<std::size_t>& convoy = alternative_.convoy;
    const std::size_t place = itinerary(train).first + visit;  // as a visit of the main train
    std::optional<Ahead> found;
    for (const std::size_t other : convoy) {
        if (other == train) break;
        const Itinerary& way = itinerary(other);
        const std::size_t first = bound == Bound::in ? way.first + 1 : way.first;
        if (place >= first && place < way.first + way.visits.size()) found = Ahead{other, place - way.first};
    }
    return found;
}

Dispatcher::Clearance Dispatcher::may_arrive(std::size_t train, std::size_t visit) const {
    const auto ahead = ahead_of(train, visit, Bound::in);
    if (!ahead) return {Instant::min(), {}};
    const TrainTrace& trace = state_.trace.trains[ahead->train];
    if (trace.visits.size() > ahead->visit) return {trace.visits[ahead->visit].arrive + alternative_.headway, {}};
    return {{}, trace.stranded ? std::optional{ahead->train} : std::nullopt};
}

Dispatcher::Clearance Dispatcher::may_leave(std::size_t train, std::size_t visit) const {
    const auto ahead = ahead_of(train, visit, Bound::out);
    if (!ahead) return {Instant::min(), {}};
    const TrainTrace& trace = state_.trace.trains[ahead->train];
    if (state_.trains[ahead->train].left > ahead->visit) return {trace.visits[ahead->visit].depart + alternative_.headway, {}};
    return {{}, trace.stranded ? std::optional{ahead->train} : std::nullopt};
}

// Those behind that wait to enter or leave this place try again: they find out themselves when they may. A train that has ended wakes
// all who would come by it.
void Dispatcher::wake_followers(Instant now, std::size_t train, std::size_t visit) {
    if (alternative_.convoy.size() < 2) return;
    const std::size_t place = itinerary(train).first + visit;
    const bool ended = train_trace(train).stranded.has_value();
    const std::vector<std::size_t>& convoy = alternative_.convoy;
    for (auto other = std::next(std::find(convoy.begin(), convoy.end(), train)); other != convoy.end(); ++other) {
        const std::optional<Wait>& wait = state_.trains[*other].wait;
        if (!wait || wait->part != TimePart::waiting_for_others) continue;
        const std::size_t wanted = itinerary(*other).first + wait->visit;
        if (ended ? wanted < place : wanted != place) continue;
        if (wait->entering)
            plan(now, *other, VisitEvent{wait->visit, 0});
        else
            plan(now, *other, DepartureEvent{wait->visit, 0});
    }
}

// Trains that go ahead of the main train from here on leave so long before it as they keep ahead, but not before it is here.
void Dispatcher::start_those_ahead(Instant now, std::size_t visit) {
    for (std::size_t train = 1; train < state_.trains.size(); ++train) {
        const Itinerary& way = itinerary(train);
        if (way.visits.empty() || way.first != visit || !way.convoy->ahead || train_state(train).doing != Doing::outside) continue;
        Instant main_leaves = now + planned_stay(0, visit);
        if (const auto hold = keeps_in(main_leaves, 0, visit)) main_leaves = hold->until;
        const Instant leaves = main_leaves - clocked(way.convoy->gap.quantile(state_.noise.uniform(way.convoy->key)));
        plan(std::max(now, leaves), train, DepartureEvent{0, 0});
    }
}

void Dispatcher::start_those_behind(Instant now, std::size_t visit) {
    for (std::size_t train = 1; train < state_.trains.size(); ++train) {
        const Itinerary& way = itinerary(train);
        if (way.visits.empty() || way.first != visit || way.convoy->ahead || train_state(train).doing != Doing::outside) continue;
        plan(now + clocked(way.convoy->gap.quantile(state_.noise.uniform(way.convoy->key))), train, DepartureEvent{0, 0});
    }
}

}  // namespace railwindow
