// Power in the wire, and lines that are closed: what holds at an instant, when that changes, and what a train does about it.

#include <railwindow/simulation/dispatcher.hpp>

#include <algorithm>

namespace railwindow {
namespace {

constexpr std::string_view no_power = "no power in the wire", low_voltage = "low voltage",
                           fetched = "no power in the wire, a diesel takes the train on";

// Draws the cells up to `until` that have not been looked at; the first time, those from which something may still last at `from`.
void look_at(Spells& spells, const SpellProcess& process, Millis cell_width, const Noise& noise, Instant from, Instant until, const auto& size) {
    if (!spells.next) spells.next = cell_of(from - process.longest, cell_width);
    for (const std::int64_t last = cell_of(until, cell_width); *spells.next <= last; ++*spells.next) {
        const std::int64_t cell = *spells.next;
        const Instant begins{cell * cell_width};
        for (int i = 0, events = process.when.events(noise, cell, month_of(begins)); i < events; ++i) {
            const Instant begin = begins + to_millis(process.when.where(noise, cell, i) * to_duration(cell_width));
            const Millis lasts =
                std::min(process.longest, clocked(process.lasts.quantile(noise.uniform(CellProcess::named(process.lasts_key, cell, i)))));
            spells.known.push_back({begin, begin + lasts, size(cell, i)});
        }
    }
}

// The part of a profile that was run.
SpeedProfile up_to(SpeedProfile profile, const Breakpoint& here) {
    std::erase_if(profile.breakpoints, [&](const Breakpoint& b) { return b.time > here.time; });
    profile.breakpoints.push_back(here);
    profile.stall.reset();
    return profile;
}

bool holds_at(const Spell& spell, Instant at) { return spell.begin <= at && at < spell.end; }

}  // namespace

// The wire that pulls the train from `visit` on: none that anything may happen to, or no electric locomotive in front.
std::optional<std::size_t> Dispatcher::wire_of(std::size_t train, std::size_t visit) const {
    const std::vector<std::optional<std::size_t>>& wire = itinerary(train).disruptions.wire;
    const TrainState& state = state_.trains[train];
    return wire.empty() || !state.pulled[state.pulled_by[visit]].electric ? std::nullopt : wire[visit];
}

void Dispatcher::look_at_wire(std::size_t train, std::size_t wire, Instant from, Instant until) {
    const WireProcess& process = itinerary(train).disruptions.wires[wire];
    TrainState& state = train_state(train);
    const Noise& noise = state_.noise;
    if (process.outages) look_at(state.outages[wire], *process.outages, hour_cell, noise, from, until, [](std::int64_t, int) { return 0.0; });
    if (process.low_voltage)
        look_at(state.low_voltage[wire], *process.low_voltage, hour_cell, noise, from, until,
                [&](std::int64_t cell, int i) { return process.power.quantile(noise.uniform(CellProcess::named(process.power_key, cell, i))); });
}

Supply Dispatcher::supply_at(Instant now, std::size_t train, std::size_t visit) {
    Supply supply;
    const auto wire = wire_of(train, visit);
    if (!wire) return supply;
    look_at_wire(train, *wire, now, now);
    for (const Spell& spell : train_state(train).outages[*wire].known) supply.dead |= holds_at(spell, now);
    for (const Spell& spell : train_state(train).low_voltage[*wire].known)
        if (holds_at(spell, now)) supply.power = std::min(supply.power, spell.size);
    return supply;
}

// When the supply is first another one than the train runs on, if that is before `until`.
std::optional<Instant> Dispatcher::supply_changes(Instant now, std::size_t train, std::size_t visit, Instant until) {
    const TrainState& state = train_state(train);
    if (itinerary(train).disruptions.wire.empty()) return {};
    if (supply_at(now, train, visit) != state.supply) return now;
    const auto wire = wire_of(train, visit);
    if (!wire) return {};
    look_at_wire(train, *wire, now, until);
    std::optional<Instant> first;
    const auto consider = [&](Instant at) {
        if (at > now && at < until && (!first || at < *first)) first = at;
    };
    for (const Spells* spells : {&state.outages[*wire], &state.low_voltage[*wire]})
        for (const Spell& spell : spells->known) consider(spell.begin), consider(spell.end);
    return first;
}

Instant Dispatcher::power_back(Instant now, std::size_t train, std::size_t wire) {
    Instant back = now;
    for (bool on = true; on && back - now < horizon;) {
        on = false;
        look_at_wire(train, wire, now, back);
        for (const Spell& spell : train_state(train).outages[wire].known)
            if (holds_at(spell, back)) back = spell.end, on = true;
    }
    return back;
}

Instant Dispatcher::open_again(Instant now, const Itinerary& way, std::size_t step, std::vector<Spells>& closures) {
    const Disruptions& may = way.disruptions;
    Instant open = now;
    if (may.closure.empty() || !may.closure[step]) return open;
    const ClosureProcess& process = may.closures[*may.closure[step]];
    Spells& spells = closures[*may.closure[step]];
    const Section& section = model_.network.sections()[way.path.steps[step].section];
    const double from = section.begin / m, to = from + section.length / m;
    for (bool closed = true; closed && open - now < horizon;) {
        closed = false;
        look_at(spells, process.when, five_day_cell, state_.noise, now, open, [&](std::int64_t cell, int i) {
            return (process.begin + state_.noise.uniform(CellProcess::named(process.place_key, cell, i)) * (process.end - process.begin)) / m;
        });
        for (const Spell& spell : spells.known)
            if (holds_at(spell, open) && spell.size >= from && spell.size < to) open = spell.end, closed = true;
    }
    return open;
}

// A train does not pass the last station before a closed place, and does not leave a station without power.
std::optional<Dispatcher::KeptBack> Dispatcher::kept_back(Instant now, std::size_t train, std::size_t visit, Bound bound) {
    if (const Instant open = open_again(now, itinerary(train), visit, train_state(train).closures); open > now) return KeptBack{open, line_closed};
    const auto wire = wire_of(train, visit);
    if (bound == Bound::in || !wire) return {};
    const Instant back = power_back(now, train, *wire);
    if (back == now) return {};
    const std::optional<Wait>& wait = train_state(train).wait;
    const auto diesel = rescued_at(wait && wait->why == no_power ? wait->cause_since : now, train, visit);
    if (!diesel || *diesel >= back) return KeptBack{back, no_power};
    if (*diesel > now) return KeptBack{*diesel, no_power};
    put_diesel_in_front(train, visit);
    return {};
}

// When a diesel has come to a train that has been without power since then: only where the rule of traction knows one.
std::optional<Instant> Dispatcher::rescued_at(Instant since, std::size_t train, std::size_t visit) const {
    const WireProcess& process = itinerary(train).disruptions.wires[*wire_of(train, visit)];
    if (!process.rescue || !diesel_for(train, visit)) return {};
    const DrawKey key = process.rescue_key.at(static_cast<std::uint64_t>(cell_of(since, hour_cell)));
    return since + clocked(process.rescue->quantile(std::min(longest_share, state_.noise.uniform(key))));
}

std::optional<std::size_t> Dispatcher::diesel_for(std::size_t train, std::size_t visit) const {
    const std::vector<LocomotiveChoice>& choices = itinerary(train).tractions[state_.trains[train].pulled_by[visit]].choices;
    const auto found = std::find_if(choices.begin(), choices.end(), [](const LocomotiveChoice& choice) { return !is_electric(choice); });
    return found == choices.end() ? std::nullopt : std::optional{static_cast<std::size_t>(found - choices.begin())};
}

void Dispatcher::put_diesel_in_front(std::size_t train, std::size_t visit) {
    const std::size_t traction = train_state(train).pulled_by[visit];
    pull_by(train, traction, *diesel_for(train, visit));
}

// A train that would start, or has come to a stand, between stations: true when it has to stay for want of power. It waits for the power, or
// is taken on to the next station by a diesel, whichever is earlier.
bool Dispatcher::stands_without_power(Instant now, std::size_t train, std::size_t visit, CourseOffset place) {
    const auto wire = wire_of(train, visit);
    if (!wire) return false;
    const Instant back = power_back(now, train, *wire);
    if (back == now) return false;
    TrainState& state = train_state(train);
    const auto diesel = rescued_at(now, train, visit);
    const bool rescued = diesel && *diesel < back;
    const Instant until = rescued ? *diesel : back;
    train_trace(train).parts[TimePart::disruptions] += until - now;
    log(now, train, visit, Happening::stands, TimePart::disruptions, rescued ? fetched : no_power, until - now);
    state.doing = Doing::running;
    state.leg = Leg{.from = visit, .to = visit + 1, .begin = place, .end = place, .began = now, .reach = std::move(state.leg.reach)};
    state.leg.reach.clear();
    state.leg.powerless = true;
    if (!rescued) return plan(until, train, GoOnEvent{}), true;
    put_diesel_in_front(train, visit);
    const Visit& next = itinerary(train).visits[visit + 1];
    while (state.next_stand < state.stands.size() &&
           std::pair{state.stands[state.next_stand].stage, state.stands[state.next_stand].at} < std::pair{next.stage, next.at})
        ++state.next_stand;
    state.stops[visit + 1].halts = true;
    state.leg.reach.push_back(Millis{0});
    plan(until, train, VisitEvent{visit + 1, 0});
    return true;
}

// The supply has changed under the running train: from where it is, as fast as it is, it goes on with what there is.
void Dispatcher::on(Instant now, std::size_t train, const InterruptEvent& event) {
    TrainState& state = train_state(train);
    if (event.plan != state.plan) return;
    const std::size_t visit = train_trace(train).visits.size() - 1;
    const Leg& leg = state.leg;
    const Millis ran = now - leg.began - leg.held;
    const SpeedProfile profile = speed_profile(state.courses[itinerary(train).visits[leg.to].stage], state.pulled[state.pulled_by[leg.from]].consist,
                                               movement_of(train), storage_.kernel);
    Breakpoint here = profile.breakpoints.empty() ? Breakpoint{.at = leg.begin} : state_at(profile, to_duration(ran));
    const std::vector<Visit>& visits = itinerary(train).visits;
    if (visits[visit].stage == visits[visit + 1].stage) here.at = std::max(here.at, visits[visit].at);
    here.at = std::min(here.at, stand_at(itinerary(train), state, leg.from, visit + 1));
    const std::size_t index = visit - leg.from;
    train_trace(train).parts[TimePart::moving] += ran - (index > 0 ? leg.reach[index - 1] : Millis{0});
    state.moving += ran;
    if (storage_.profiled && train == 0) storage_.profiled->back().profile = up_to(storage_.profiled->back().profile, here);
    const Supply before = state.supply, after = supply_at(now, train, visit);
    if (after.dead && !before.dead)
        log(now, train, visit, Happening::coasts, TimePart::disruptions, no_power, power_back(now, train, *wire_of(train, visit)) - now);
    else if (!after.dead && after.power < 1)
        log(now, train, visit, Happening::goes_on, TimePart::disruptions, low_voltage);
    else if (!after.dead)
        log(now, train, visit, Happening::goes_on);
    if (here.speed <= 1e-6 * m / s && here.at < leg.end && stands_without_power(now, train, visit, here.at)) return;
    set_out(now, train, visit, here.at, here.speed);
}

}  // namespace railwindow
