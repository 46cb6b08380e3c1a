// Trains of the convoy among ordinary ones. When a train leaves its last stop before a line with ordinary traffic, the whole line is worked:
// the ordinary trains, those of the convoy that have come before, and this one. Where it is held it has a stand more, and comes as much later to the
// lines behind, which are worked next.

#include <railwindow/simulation/dispatcher.hpp>

#include <algorithm>
#include <numeric>

namespace railwindow {
namespace {

Millis sum(const std::vector<Millis>& delays, std::size_t count) {
    return std::accumulate(delays.begin(), delays.begin() + static_cast<std::ptrdiff_t>(count), Millis{0});
}

// Every train of the working as a string line, and the places between which they run.
void draw_strings(LineTraffic& traffic, const SharedStretch& stretch, const StretchState& state, const Alternative& alternative,
                  const LineRecord& record) {
    const Itinerary& main = alternative.main();
    const std::size_t ordinary = state.kinds.size(), kinds = stretch.rule.trains.size();
    const Length begin = (stretch.way == Way::up ? state.places.front() : state.places.back()).chainage;
    const auto distance = [&](std::size_t place) { return main.visits[stretch.first].distance + abs(state.places[place].chainage - begin); };
    traffic.strings.clear(), traffic.places.clear();
    for (std::size_t i = 0; i < state.places.size(); ++i)
        traffic.places.push_back({distance(i), state.line.stations[i].tracks, state.line.stations[i].usable});
    for (std::size_t i = 0; i < state.trains.size(); ++i) {
        const bool special = i >= ordinary;
        const std::string& name = special                  ? alternative.trains[state.convoy[i - ordinary].train].name
                                  : state.kinds[i] < kinds ? stretch.rule.trains[state.kinds[i]].name.value
                                                           : stretch.timetable[state.kinds[i] - kinds].name;
        traffic.strings.push_back({name, special, {}, record.delay[i]});
    }
    for (const Passing& passing : record.passings) {
        std::vector<StringLine::Point>& points = traffic.strings[passing.train].points;
        if (!points.empty()) points.push_back({distance(passing.station), passing.arrival});
        if (points.empty() || passing.departure > passing.arrival) points.push_back({distance(passing.station), passing.departure});
    }
}

}  // namespace

void Dispatcher::begin_lines() {
    state_.lines.resize(alternative_.shared.size());
    state_.trace.lines.resize(alternative_.shared.size());
    for (StretchState& line : state_.lines) line.drawn = false, line.convoy.clear();
    for (LineTraffic& line : state_.trace.lines) line = {};
}

std::size_t Dispatcher::next_halt(std::size_t train, std::size_t visit) const {
    const std::vector<StopState>& stops = state_.trains[train].stops;
    do ++visit;
    while (!stops[visit].halts);
    return visit;
}

// The next halt of which no line has yet said how long it is.
std::size_t Dispatcher::next_stop(std::size_t train, std::size_t visit) const {
    const std::vector<StopState>& stops = state_.trains[train].stops;
    do visit = next_halt(train, visit);
    while (visit + 1 < stops.size() && std::max(stops[visit].enters, stops[visit].released) > Instant::min());
    return visit;
}

// Works all lines that the train comes upon before its next stop. One at whose beginning it would be held on the move makes a stop there: what is
// before is worked again with the braking for it, the line itself when the train leaves that stop.
void Dispatcher::share_lines(Instant now, std::size_t train, std::size_t visit) {
    const Itinerary& way = itinerary(train);
    TrainState& state = train_state(train);
    std::size_t& next = state.next_stretch;
    while (next < alternative_.shared.size() && alternative_.shared[next].last <= way.first + visit) ++next;
    const std::size_t first = next;
    while (next < alternative_.shared.size() && alternative_.shared[next].first < way.first + next_stop(train, visit)) {
        if (next == first) remember_holds(train, visit);
        if (share(std::max(now, state.stops[visit].released), train, visit, next)) {
            ++next;
            continue;
        }
        forget_holds(train, visit, first, next);
        state.stops[alternative_.shared[next].first - way.first].halts = true;
        next = first;
    }
    for (std::size_t index = first; index < next; ++index) count_caused(index);
}

// What the lines ahead have been told so far, to go back to.
void Dispatcher::remember_holds(std::size_t train, std::size_t visit) {
    const TrainState& state = train_state(train);
    storage_.stands = state.stands;
    storage_.line_holds.clear();
    for (std::size_t i = visit; i < state.stops.size(); ++i)
        storage_.line_holds.push_back({state.stops[i].halts, state.stops[i].enters, state.stops[i].released});
}

void Dispatcher::forget_holds(std::size_t train, std::size_t visit, std::size_t first, std::size_t end) {
    TrainState& state = train_state(train);
    state.stands = storage_.stands;
    for (std::size_t i = visit; i < state.stops.size(); ++i) {
        const LineHolds& was = storage_.line_holds[i - visit];
        state.stops[i].halts = was.halts, state.stops[i].enters = was.enters, state.stops[i].released = was.released;
    }
    for (std::size_t index = first; index < end; ++index) {
        std::vector<StretchTrain>& convoy = state_.lines[index].convoy;
        if (!convoy.empty() && convoy.back().train == train) convoy.pop_back();
    }
}

// False where the train would be held at the beginning of the stretch, to which it comes on the move.
bool Dispatcher::share(Instant leaves, std::size_t train, std::size_t visit, std::size_t index) {
    const SharedStretch& stretch = alternative_.shared[index];
    TrainState& state = train_state(train);
    StretchState& line = state_.lines[index];
    StretchPlan& plan = storage_.plan;
    if (!line.drawn) draw_line(stretch, state_.noise, line);
    plan_stops(leaves, train, visit, index);
    if (!plan.run(storage_)) return true;  // it will end on the way, which is another matter

    const Length length = state.pulled[state.pulled_by[visit]].consist.length;
    const Millis around = slowest_run(stretch) + line.cleared_before;
    line.convoy.push_back(plan.line_train(train, length));
    if (line.convoy.size() == 1) line.begins = line.convoy.front().runs.enters - around;
    draw_trains(stretch, state_.noise, line, plan.leaves_at() + around);
    const LineRecord* record = nullptr;
    for (;;) {
        record = &storage_.working.run(line.line, line.sorts, line.trains, true);
        const StretchPlan::Outcome outcome = plan.take(record->passings, line.trains.size() - 1);
        if (outcome == StretchPlan::Outcome::held_at_entry) return line.convoy.pop_back(), false;
        if (outcome == StretchPlan::Outcome::settled || !plan.run(storage_)) break;
        line.convoy.back() = plan.line_train(train, length);
        line.sorts.back() = line.convoy.back().sort;
        line.trains.back().enters = line.convoy.back().runs.enters;
    }
    line.convoy.back() = plan.held_train(line.convoy.back());
    take_holds(train, stretch);
    LineTraffic& traffic = state_.trace.lines[index];
    traffic.trains = line.kinds.size();
    traffic.delay = sum(record->delay, traffic.trains);
    if (state_.logging == Logging::on) draw_strings(traffic, stretch, line, alternative_, *record);
    return true;
}

// Tells the plan of the stretch where the train stands on the way to its end, as far as that is known.
void Dispatcher::plan_stops(Instant leaves, std::size_t train, std::size_t visit, std::size_t index) {
    const SharedStretch& stretch = alternative_.shared[index];
    const Itinerary& way = itinerary(train);
    const TrainState& state = train_state(train);
    StretchPlan& plan = storage_.plan;
    const bool followed = index + 1 < alternative_.shared.size() && alternative_.shared[index + 1].stage == stretch.stage;
    plan.begin(way, state, stretch, state_.lines[index], visit, leaves, followed);
    const std::size_t last = std::min(stretch.last - way.first, way.visits.size() - 1), stage = way.visits[last].stage;
    auto stand = state.stands.begin() + static_cast<std::ptrdiff_t>(state.next_stand);
    for (std::size_t stop = next_halt(train, visit);; stop = next_halt(train, stop)) {
        for (; stand != state.stands.end() && stand->stage == stage && stand->at < way.visits[stop].at; ++stand) plan.add({stand->at, stand->lasts});
        plan.add({way.visits[stop].at, planned_stay(train, stop), state.stops[stop].enters, state.stops[stop].released});
        if (stop >= last) break;
    }
}

void Dispatcher::take_holds(std::size_t train, const SharedStretch& stretch) {
    const Itinerary& way = itinerary(train);
    TrainState& state = train_state(train);
    const std::size_t stage = way.visits[std::min(stretch.last - way.first, way.visits.size() - 1)].stage;
    for (const StretchPlan::Hold& hold : storage_.plan.holds()) {
        if (!hold.visit) {
            const auto behind = [&](const Stand& other) { return std::pair{other.stage, other.at} > std::pair{stage, hold.at}; };
            const auto place = std::find_if(state.stands.begin() + static_cast<std::ptrdiff_t>(state.next_stand), state.stands.end(), behind);
            state.stands.insert(place, {stage, hold.at, hold.lasts, TimePart::waiting_for_others, waits_for_line});
            continue;
        }
        StopState& stop = state.stops[*hold.visit];
        if (hold.stands) stop.halts = true;
        if (hold.enters) stop.enters = *hold.enters;
        if (hold.released) stop.released = *hold.released;
    }
}

// What the ordinary trains lose without the convoy. Where nobody loses anything, nobody would without it.
void Dispatcher::count_caused(std::size_t index) {
    StretchState& line = state_.lines[index];
    LineTraffic& traffic = state_.trace.lines[index];
    traffic.caused = traffic.delay;
    if (traffic.delay == Millis{0}) return;
    line.trains.resize(traffic.trains);
    traffic.caused -= sum(storage_.working.run(line.line, line.sorts, line.trains).delay, traffic.trains);
}

}  // namespace railwindow
