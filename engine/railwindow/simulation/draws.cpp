#include <railwindow/simulation/dispatcher.hpp>

#include <algorithm>
#include <cmath>

namespace railwindow {

Instant draw_departure(const Departure& departure, double u) {
    struct At {
        double u;
        Instant operator()(const DepartAt& d) const { return d.at; }
        Instant operator()(const DepartWithin& d) const {
            const double reach = static_cast<double>(d.spread.count());
            return d.at + Millis{std::llround(Law{Triangular{-reach, 0.0, reach}}.quantile(u))};
        }
        Instant operator()(const DepartBetween& d) const {
            return d.earliest + Millis{std::llround(u * static_cast<double>((d.latest - d.earliest).count()))};
        }
    };
    return std::visit(At{u}, departure);
}

namespace {

// The operating speed of one journey: the country's pace moves the median of the law and stretches it about that.
Speed operating_speed(const SpeedLaw& law, const PaceSheet& pace, double u) {
    const Speed drawn = law.speed.quantile(u);
    const double spread = pace.spread * law.spread;
    if (spread == 1) return pace.median * drawn;
    const Speed middle = law.speed.quantile(0.5);
    return pace.median * std::pow(drawn / middle, spread) * middle;
}

}  // namespace

// Sizes stay from run to run, so that nothing is allocated.
void Dispatcher::reset(std::size_t train) {
    const Itinerary& of = itinerary(train);
    TrainState& state = train_state(train);
    state.caps.resize(of.path.steps.size());
    state.intensity.resize(of.path.steps.size());
    state.hourly_paces.resize(of.hourly_paces.size());
    state.worked.resize(of.countries.size());
    state.resistance.resize(of.countries.size());
    state.pulled.resize(of.tractions.size());
    state.pulled_by.resize(of.visits.size());
    state.stops.resize(of.visits.size());
    if (state.courses.empty())
        for (const Stage& stage : of.stages) state.courses.push_back(stage.course);
    else if (!of.disruptions.parts.empty())
        for (std::size_t i = 0; i < of.stages.size(); ++i) state.courses[i].pieces = of.stages[i].course.pieces;
    const auto forget = [](std::vector<Spells>& all, std::size_t size) {
        all.resize(size);
        for (Spells& spells : all) spells.next.reset(), spells.known.clear();
    };
    forget(state.outages, of.disruptions.wires.size());
    forget(state.low_voltage, of.disruptions.wires.size());
    forget(state.closures, of.disruptions.closures.size());
    state.supply = {};
    state.doing = of.visits.empty() ? Doing::over : Doing::outside;
    state.left = 0;
    state.plan = 0;
    state.stands.clear();
    state.next_stand = 0;
    state.next_stretch = 0;
    state.moving = Millis{0};
    state.wait.reset();
    TrainTrace& trace = train_trace(train);
    trace.visits.clear();
    trace.stranded.reset();
    trace.cars = 0;
    trace.parts = {};
}

void Dispatcher::draw(std::size_t train) {
    draw_speeds(train);
    draw_formation(train);
    draw_gradients(train);
    for (std::size_t visit = 0; visit < itinerary(train).visits.size(); ++visit) draw_stop(train, visit);
    decide_locomotives(train);
    draw_plans(train);
    draw_waits(train);
    place_disruptions(train);
}

// How fast each country and each section is worked on this journey.
void Dispatcher::draw_speeds(std::size_t train) {
    const Itinerary& of = itinerary(train);
    TrainState& state = train_state(train);
    const Noise& noise = state_.noise;
    const double journey = of.train.journey_pace.value.quantile(noise.uniform(of.pace_key));
    for (std::size_t i = 0; i < state.worked.size(); ++i) {
        state.worked[i] = noise.uniform(of.countries[i].speed);
        state.resistance[i] = of.countries[i].track_resistance.quantile(noise.uniform(of.countries[i].resistance));
    }
    for (std::size_t i = 0; i < state.hourly_paces.size(); ++i)
        state.hourly_paces[i] = of.hourly_paces[i].pace.quantile(noise.uniform(of.hourly_paces[i].key));
    for (std::size_t i = 0; i < state.caps.size(); ++i) {
        const Pace& pace = of.paces[i];
        const SpeedLaw& law = of.speed_laws[pace.law];
        const double section = pace.section_noise > 0 ? pace.section_noise * standard_normal_quantile(noise.uniform(pace.noise)) : 0.0;
        // At a millimetre an hour the run ends at the horizon; slower still would be no speed at all.
        const PaceSheet& worked = of.countries[law.country].pace;
        state.caps[i] =
            std::max(1 * mm / h, std::exp(-worked.spread * (journey + section)) * operating_speed(law, worked, state.worked[law.country]));
    }
    if (!state.hourly_paces.empty()) state.timed_caps = state.caps;
}

// Cars, and the locomotives that each rule of traction would put in front.
void Dispatcher::draw_formation(std::size_t train) {
    const Itinerary& of = itinerary(train);
    TrainState& state = train_state(train);
    const Noise& noise = state_.noise;
    train_trace(train).cars = whole_cars(of.train.cars.value.quantile(noise.uniform(of.cars_key)));
    state.formulas = of.train.resistance_factor ? of.train.resistance_factor->value.quantile(noise.uniform(of.resistance_key)) : 1.0;
    for (std::size_t i = 0; i < state.pulled.size(); ++i) {
        const Traction& traction = of.tractions[i];
        pull_by(train, i, traction.choices.empty() ? 0 : choose(traction.choices, noise.uniform(traction.choice)));
    }
}

// Puts the locomotives of one choice in front wherever this rule of traction holds.
void Dispatcher::pull_by(std::size_t train, std::size_t index, std::size_t choice) {
    const Itinerary& of = itinerary(train);
    const Traction& traction = of.tractions[index];
    const LocomotiveChoice* locomotives = traction.choices.empty() ? nullptr : &traction.choices[choice];
    const double power = locomotives ? locomotives->power.quantile(state_.noise.uniform(traction.power)) : 1.0;
    const Mass car = of.train.car.mass.value.quantile(state_.noise.uniform(of.mass_key));
    train_state(train).pulled[index] = {consist_of(of.train, train_trace(train).cars, car, locomotives), choice, power,
                                        locomotives && is_electric(*locomotives)};
}

// The grades between the known heights.
void Dispatcher::draw_gradients(std::size_t train) {
    const Itinerary& of = itinerary(train);
    TrainState& state = train_state(train);
    if (!knows_forces(state.pulled.front().consist)) return;
    for (std::size_t i = 0; i < state.intensity.size(); ++i)
        state.intensity[i] = of.paces[i].intensity.quantile(state_.noise.uniform(of.paces[i].gradient));
    for (std::size_t i = 0; i < state.courses.size(); ++i)
        for (std::size_t piece = 0; piece < state.courses[i].pieces.size(); ++piece) {
            const PieceGradient& gradient = of.stages[i].gradients[piece];
            state.courses[i].pieces[piece].gradient = gradient.mean + state.intensity[gradient.step] * gradient.wave;
        }
}

// Other locomotives take over where a change is made, or where those in front cannot go on for want of their wire.
void Dispatcher::decide_locomotives(std::size_t train) {
    const Itinerary& of = itinerary(train);
    TrainState& state = train_state(train);
    state.pulled_by[0] = of.paces[0].traction;
    for (std::size_t visit = 1; visit + 1 < of.visits.size(); ++visit) {
        state.pulled_by[visit] = state.pulled_by[visit - 1];
        if (of.paces[visit].traction == state.pulled_by[visit]) continue;
        const std::vector<Activity>& activities = of.visits[visit].activities;
        bool changed = false;
        for (std::size_t i = 0; i < activities.size(); ++i)
            changed |= activities[i].kind == ActivityKind::locomotive_change && state.stops[visit].takes[i] > Millis{0};
        if (!changed && goes_on(train, state.pulled_by[visit], visit)) continue;
        state.pulled_by[visit] = of.paces[visit].traction;
        state.stops[visit].halts = true;
    }
}

bool Dispatcher::goes_on(std::size_t train, std::size_t traction, std::size_t step) const {
    const Section& section = model_.network.sections()[itinerary(train).path.steps[step].section];
    return can_run(itinerary(train).tractions[traction].choices[state_.trains[train].pulled[traction].choice], section.electrification);
}

void Dispatcher::draw_stop(std::size_t train, std::size_t index) {
    const Visit& visit = itinerary(train).visits[index];
    StopState& stop = train_state(train).stops[index];
    const int cars = train_trace(train).cars;
    stop.enters = stop.released = Instant::min();
    stop.takes.resize(visit.activities.size());
    for (std::size_t i = 0; i < visit.activities.size(); ++i) {
        const Activity& activity = visit.activities[i];
        const int times = activity.cars_per_batch > 0 ? (cars + activity.cars_per_batch - 1) / activity.cars_per_batch : 1;
        stop.takes[i] = clocked(times * activity.takes.quantile(state_.noise.uniform(activity.key)));
    }
    stop.technical = Millis{0};
    for (const TechnicalStops& rule : visit.technical) stop.technical += technical_halt(rule);
    stop.halts = visit.must_stop || stop.technical > Millis{0} ||
                 std::any_of(stop.takes.begin(), stop.takes.end(), [](Millis takes) { return takes > Millis{0}; });
}

// The halts of the cells whose places lie in the section, one after the other at its end. Only cells that can reach into it are drawn.
Millis Dispatcher::technical_halt(const TechnicalStops& rule) {
    const Noise& noise = state_.noise;
    const double phase = phase_of_line(rule.phase);
    const double reach = rule.jitter / rule.every / 2 + 1e-9;
    const auto first = static_cast<std::int64_t>(std::ceil(rule.begin / rule.every - phase - reach));
    const auto last = static_cast<std::int64_t>(std::floor(rule.end / rule.every - phase + reach));
    Millis all{0};
    for (std::int64_t cell = first; cell <= last; ++cell) {
        const auto name = static_cast<std::uint64_t>(cell);
        const Length place = (static_cast<double>(cell) + phase) * rule.every + (noise.uniform(rule.cell.at(name)) - 0.5) * rule.jitter;
        if (place > rule.begin && place <= rule.end) all += clocked(rule.dwell.quantile(noise.uniform(rule.length.at(name))));
    }
    return all;
}

// Sections of one line follow each other and share the draw.
double Dispatcher::phase_of_line(const DrawKey& key) {
    if (!latest_phase_ || latest_phase_->first != key.hash()) latest_phase_ = {key.hash(), state_.noise.uniform(key)};
    return latest_phase_->second;
}

Instant Dispatcher::departure_of_main() const { return draw_departure(itinerary(0).departure, state_.noise.uniform(itinerary(0).departure_key)); }

}  // namespace railwindow
