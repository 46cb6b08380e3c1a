// Trains of the convoy among ordinary ones. When a train leaves its last stop before a line with ordinary traffic, the whole line is worked:
// the ordinary trains, those of the convoy that have come before, and this one. Where it is held becomes a stand of it.

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

// Works all lines that the train comes upon before its next stop.
void Dispatcher::share_lines(Instant now, std::size_t train, std::size_t visit) {
    const Itinerary& way = itinerary(train);
    TrainState& state = train_state(train);
    for (; state.next_stretch < alternative_.shared.size(); ++state.next_stretch) {
        const SharedStretch& stretch = alternative_.shared[state.next_stretch];
        if (stretch.last <= way.first + visit) continue;
        if (stretch.first >= way.first + next_halt(train, visit)) return;
        share(std::max(now, state.stops[visit].released), train, visit, state.next_stretch);
    }
}

void Dispatcher::share(Instant now, std::size_t train, std::size_t visit, std::size_t index) {
    const SharedStretch& stretch = alternative_.shared[index];
    const Itinerary& way = itinerary(train);
    TrainState& state = train_state(train);
    StretchState& line = state_.lines[index];
    StretchPlan& plan = storage_.plan;
    if (!line.drawn) draw_line(stretch, state_.noise, line);
    plan.begin(way, state, stretch, line, visit, now);
    const std::size_t last = std::min(stretch.last - way.first, way.visits.size() - 1), stage = way.visits[last].stage;
    auto stand = state.stands.begin() + static_cast<std::ptrdiff_t>(state.next_stand);
    for (std::size_t stop = next_halt(train, visit);; stop = next_halt(train, stop)) {
        for (; stand != state.stands.end() && stand->stage == stage && stand->at < way.visits[stop].at; ++stand) plan.add({stand->at, stand->lasts});
        plan.add({way.visits[stop].at, planned_stay(train, stop)});
        if (stop >= last) break;
    }
    if (!plan.run(storage_)) return;  // it will end on the way, which is another matter

    const Length length = state.pulled[state.pulled_by[visit]].consist.length;
    const Millis around = slowest_run(stretch) + line.cleared_before;
    StretchTrain special = plan.line_train(train, length);
    if (line.convoy.empty()) line.begins = special.runs.enters - around;
    const Instant end = plan.leaves_at() + around;
    line.convoy.push_back(std::move(special));
    draw_trains(stretch, state_.noise, line, end);
    const LineRecord* record = &storage_.working.run(line.line, line.sorts, line.trains, true);
    while (!plan.take(record->passings, line.trains.size() - 1)) {
        if (!plan.run(storage_)) break;
        line.convoy.back() = plan.line_train(train, length);
        line.sorts.back() = line.convoy.back().sort;
        line.trains.back().enters = line.convoy.back().runs.enters;
        record = &storage_.working.run(line.line, line.sorts, line.trains, true);
    }
    line.convoy.back() = plan.held_train(line.convoy.back());

    for (const StretchPlan::Hold& hold : plan.holds()) {
        if (hold.entering) {
            state.stops[*hold.visit].enters = hold.released;
        } else if (hold.visit) {
            state.stops[*hold.visit].halts = true;
            state.stops[*hold.visit].released = hold.released;
        } else {
            const auto behind = [&](const Stand& other) { return std::pair{other.stage, other.at} > std::pair{stage, hold.at}; };
            const auto place = std::find_if(state.stands.begin() + static_cast<std::ptrdiff_t>(state.next_stand), state.stands.end(), behind);
            state.stands.insert(place, {stage, hold.at, hold.released - hold.arrives, TimePart::waiting_for_others, waits_for_line});
        }
    }
    LineTraffic& traffic = state_.trace.lines[index];
    traffic.trains = line.kinds.size();
    traffic.delay = sum(record->delay, traffic.trains);
    if (state_.logging == Logging::on) draw_strings(traffic, stretch, line, alternative_, *record);
    line.trains.resize(traffic.trains);
    const LineRecord& undisturbed = storage_.working.run(line.line, line.sorts, line.trains);
    traffic.caused = traffic.delay - sum(undisturbed.delay, traffic.trains);
}

}  // namespace railwindow
