#include <railwindow/simulation/simulate.hpp>

#include <railwindow/simulation/agenda.hpp>

#include <algorithm>
#include <cmath>

namespace railwindow {
namespace {

Instant draw(const Departure& departure, double u) {
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

// The operating speed of one journey: the country's pace moves the median of the law and stretches it about that.
Speed operating_speed(const SpeedLaw& law, const PaceSheet& pace, double u) {
    const Speed drawn = law.speed.quantile(u);
    if (pace.spread == 1) return pace.median * drawn;
    const Speed middle = law.speed.quantile(0.5);
    return pace.median * std::pow(drawn / middle, pace.spread) * middle;
}

// `duration` on the clock; what goes beyond the horizon ends there, and the run with it.
Millis clocked(Duration duration) {
    const double seconds = duration / s;
    return seconds < to_duration(horizon) / s ? to_millis(duration) : horizon;
}

}  // namespace

struct Simulator::State {
    State(const Network& on, const Itinerary& of)
        : network{on},
          itinerary{of},
          caps(of.path.steps.size()),
          intensity(of.path.steps.size()),
          country(of.countries.size()),
          resistance(of.countries.size()),
          trains(of.tractions.size()),
          pulled_by(of.visits.size()),
          stops(of.visits.size()) {
        for (const Stage& stage : of.stages) courses.push_back(stage.course);
    }

    const Trace& run(Noise with) {
        noise = with;
        trace.visits.clear();
        trace.stranded.reset();
        agenda.clear();
        moving = Millis{0};
        draw_speeds();
        draw_trains();
        draw_gradients();
        for (std::size_t visit = 0; visit < itinerary.visits.size(); ++visit) draw_stop(visit);
        decide_locomotives();
        agenda.add(draw(itinerary.departure, noise.uniform(itinerary.departure_key)), DepartureEvent{0});
        trace.visits.push_back({});
        while (!agenda.empty()) {
            const Event event = agenda.take();
            if (event.at - trace.visits.front().depart >= horizon && trace.visits.size() > 1)
                return strand(trace.visits.size() - 1, BeyondHorizon{}), trace;
            std::visit([&](const auto& what) { on(event.at, what); }, event.what);
        }
        return trace;
    }

    // How fast each country and each section is worked on this journey.
    void draw_speeds() {
        const double journey = itinerary.train.journey_pace.value.quantile(noise.uniform(itinerary.pace_key));
        for (std::size_t i = 0; i < country.size(); ++i) {
            country[i] = noise.uniform(itinerary.countries[i].speed);
            resistance[i] = itinerary.countries[i].track_resistance.quantile(noise.uniform(itinerary.countries[i].resistance));
        }
        for (std::size_t i = 0; i < caps.size(); ++i) {
            const Pace& pace = itinerary.paces[i];
            const SpeedLaw& law = itinerary.speed_laws[pace.law];
            const double section = pace.section_noise > 0 ? pace.section_noise * standard_normal_quantile(noise.uniform(pace.noise)) : 0.0;
            // At a millimetre an hour the run ends at the horizon; slower still would be no speed at all.
            const PaceSheet& worked = itinerary.countries[law.country].pace;
            caps[i] = std::max(1 * mm / h, std::exp(-worked.spread * (journey + section)) * operating_speed(law, worked, country[law.country]));
        }
    }

    // The train behind each of the locomotives that may pull it, and the share of their power that is there.
    struct Train {
        Consist consist;
        std::size_t choice = 0;
        double power = 1;
    };

    void draw_trains() {
        trace.cars = whole_cars(itinerary.train.cars.value.quantile(noise.uniform(itinerary.cars_key)));
        const Mass car = itinerary.train.car.mass.value.quantile(noise.uniform(itinerary.mass_key));
        formulas =
            itinerary.train.resistance_factor ? itinerary.train.resistance_factor->value.quantile(noise.uniform(itinerary.resistance_key)) : 1.0;
        for (std::size_t i = 0; i < trains.size(); ++i) {
            const Traction& traction = itinerary.tractions[i];
            trains[i].choice = traction.choices.empty() ? 0 : choose(traction.choices, noise.uniform(traction.choice));
            const LocomotiveChoice* locomotives = traction.choices.empty() ? nullptr : &traction.choices[trains[i].choice];
            trains[i].power = locomotives ? locomotives->power.quantile(noise.uniform(traction.power)) : 1.0;
            trains[i].consist = consist_of(itinerary.train, trace.cars, car, locomotives);
        }
    }

    // The grades between the known heights.
    void draw_gradients() {
        if (!knows_forces(trains.front().consist)) return;
        for (std::size_t i = 0; i < intensity.size(); ++i)
            intensity[i] = itinerary.paces[i].intensity.quantile(noise.uniform(itinerary.paces[i].gradient));
        for (std::size_t i = 0; i < courses.size(); ++i)
            for (std::size_t piece = 0; piece < courses[i].pieces.size(); ++piece) {
                const PieceGradient& gradient = itinerary.stages[i].gradients[piece];
                courses[i].pieces[piece].gradient = gradient.mean + intensity[gradient.step] * gradient.wave;
            }
    }

    // Other locomotives take over where a change is made, or where those in front cannot go on for want of their wire.
    void decide_locomotives() {
        pulled_by[0] = itinerary.paces[0].traction;
        for (std::size_t visit = 1; visit + 1 < itinerary.visits.size(); ++visit) {
            pulled_by[visit] = pulled_by[visit - 1];
            if (itinerary.paces[visit].traction == pulled_by[visit]) continue;
            const std::vector<Activity>& activities = itinerary.visits[visit].activities;
            bool changed = false;
            for (std::size_t i = 0; i < activities.size(); ++i)
                changed |= activities[i].kind == ActivityKind::locomotive_change && stops[visit].takes[i] > Millis{0};
            if (!changed && goes_on(pulled_by[visit], visit)) continue;
            pulled_by[visit] = itinerary.paces[visit].traction;
            stops[visit].halts = true;
        }
    }

    bool goes_on(std::size_t traction, std::size_t step) const {
        const Section& section = network.sections()[itinerary.path.steps[step].section];
        return can_run(itinerary.tractions[traction].choices[trains[traction].choice], section.electrification);
    }

    struct Stop {
        bool halts = false;
        std::vector<Millis> takes;  // by activity of the visit
        Millis technical{};
        std::vector<std::size_t> waits;  // by activity: how many it still waits for
        std::size_t unfinished = 0;
    };

    void draw_stop(std::size_t index) {
        const Visit& visit = itinerary.visits[index];
        Stop& stop = stops[index];
        stop.takes.resize(visit.activities.size());
        for (std::size_t i = 0; i < visit.activities.size(); ++i) {
            const Activity& activity = visit.activities[i];
            const int times = activity.cars_per_batch > 0 ? (trace.cars + activity.cars_per_batch - 1) / activity.cars_per_batch : 1;
            stop.takes[i] = clocked(times * activity.takes.quantile(noise.uniform(activity.key)));
        }
        stop.technical = Millis{0};
        for (const TechnicalStops& rule : visit.technical) stop.technical += technical_halt(rule);
        stop.halts = visit.must_stop || stop.technical > Millis{0} ||
                     std::any_of(stop.takes.begin(), stop.takes.end(), [](Millis takes) { return takes > Millis{0}; });
    }

    // The halts of the cells whose places lie in the section, one after the other at its end.
    Millis technical_halt(const TechnicalStops& rule) const {
        const double phase = noise.uniform(rule.phase);
        const double reach = rule.jitter / rule.every / 2;
        const auto first = static_cast<std::int64_t>(std::floor(rule.begin / rule.every - phase - reach));
        const auto last = static_cast<std::int64_t>(std::ceil(rule.end / rule.every - phase + reach));
        Millis all{0};
        for (std::int64_t cell = first; cell <= last; ++cell) {
            const auto name = static_cast<std::uint64_t>(cell);
            const Length place = (static_cast<double>(cell) + phase) * rule.every + (noise.uniform(rule.cell.at(name)) - 0.5) * rule.jitter;
            if (place > rule.begin && place <= rule.end) all += clocked(rule.dwell.quantile(noise.uniform(rule.length.at(name))));
        }
        return all;
    }

    void on(Instant now, const DepartureEvent& event) {
        trace.visits[event.visit].depart = now;
        if (event.visit == 0) trace.visits[0].arrive = now;
        std::size_t next = event.visit + 1;
        while (!stops[next].halts) ++next;
        run_to(now, event.visit, next);
    }

    void run_to(Instant now, std::size_t from, std::size_t to) {
        const std::size_t stage = itinerary.visits[to].stage;
        const CourseOffset begin = from > 0 && itinerary.visits[from].stage == stage ? itinerary.visits[from].at : CourseOffset{};
        places.clear();
        for (std::size_t visit = from + 1; visit < to; ++visit) places.push_back(itinerary.visits[visit].at);
        passing.resize(places.size());
        const Train& train = trains[pulled_by[from]];
        const std::size_t of = itinerary.speed_laws[itinerary.paces[from].law].country;
        const Movement movement{.from = begin,
                                .to = itinerary.visits[to].at,
                                .caps = caps,
                                .conditions = {.power = train.power, .resistance = formulas * resistance[of]}};
        const RunOutcome outcome = railwindow::run(courses[stage], train.consist, movement, places, passing, workspace);
        if (movements)
            movements->push_back(
                {from, to, now, begin, itinerary.visits[from].distance, speed_profile(courses[stage], train.consist, movement, workspace)});
        for (const Duration after : passing) {
            if (!std::isfinite(after / s) || clocked(after) == horizon) break;
            const Instant at = now + clocked(after);
            trace.visits.push_back({at, at, moving + clocked(after)});
        }
        if (const Stall* stall = std::get_if<Stall>(&outcome)) return strand(trace.visits.size() - 1, *stall);
        const Millis running = clocked(std::get<Duration>(outcome));
        if (running == horizon) return strand(trace.visits.size() - 1, BeyondHorizon{});
        moving += running;
        agenda.add(now + running, ArrivalEvent{to});
    }

    void strand(std::size_t after_visit, std::variant<Stall, BeyondHorizon> why) { trace.stranded = Stranded{after_visit, why}; }

    void on(Instant now, const ArrivalEvent& event) {
        trace.visits.push_back({now, now, moving});
        if (event.visit + 1 == itinerary.visits.size()) return;
        const std::vector<Activity>& activities = itinerary.visits[event.visit].activities;
        Stop& stop = stops[event.visit];
        stop.waits.resize(activities.size());
        stop.unfinished = activities.size() + 1;  // the technical halt is one more
        for (std::size_t i = 0; i < activities.size(); ++i) {
            stop.waits[i] = activities[i].after.size();
            if (stop.waits[i] == 0) agenda.add(now + stop.takes[i], ActivityEndEvent{event.visit, i});
        }
        agenda.add(now + stop.technical, ActivityEndEvent{event.visit, activities.size()});
    }

    void on(Instant now, const ActivityEndEvent& event) {
        const std::vector<Activity>& activities = itinerary.visits[event.visit].activities;
        Stop& stop = stops[event.visit];
        for (std::size_t i = 0; i < activities.size(); ++i)
            for (const std::size_t before : activities[i].after)
                if (before == event.activity && --stop.waits[i] == 0) agenda.add(now + stop.takes[i], ActivityEndEvent{event.visit, i});
        if (--stop.unfinished == 0) agenda.add(now, DepartureEvent{event.visit});
    }

    const Network& network;
    const Itinerary& itinerary;
    Noise noise;
    Trace trace;
    Agenda agenda;
    Millis moving{};
    std::vector<Course> courses;         // by stage, with this run's gradients
    std::vector<Speed> caps;             // by step
    std::vector<double> intensity;       // of the grades, by step
    std::vector<double> country;         // uniform numbers: how fast a country's lines are worked
    std::vector<double> resistance;      // by country
    double formulas = 1;                 // factor on the resistance formulas
    std::vector<Train> trains;           // by traction
    std::vector<std::size_t> pulled_by;  // traction, by the visit that is left
    std::vector<Stop> stops;
    std::vector<CourseOffset> places;
    std::vector<Duration> passing;
    Workspace workspace;
    std::vector<ProfiledMovement>* movements = nullptr;  // where to note how the train moved, if anybody asks
};

Simulator::Simulator(const Model& model) : model_{&model}, states_(model.alternatives.size()) {}
Simulator::~Simulator() = default;
Simulator::Simulator(Simulator&&) noexcept = default;

Simulator::State& Simulator::state_of(std::size_t alternative) {
    std::unique_ptr<State>& state = states_[alternative];
    if (!state) state = std::make_unique<State>(model_->network, model_->alternatives[alternative].main());
    state->trace.alternative = alternative;
    return *state;
}

const Trace& Simulator::run(Noise noise) { return state_of(alternative_of(*model_, noise)).run(noise); }

Trace simulate(const Model& model, Noise noise) { return Simulator{model}.run(noise); }

ProfiledRun simulate_profiled(const Model& model, Noise noise) {
    ProfiledRun result;
    Simulator simulator{model};
    Simulator::State& state = simulator.state_of(alternative_of(model, noise));
    state.movements = &result.movements;
    result.trace = state.run(noise);
    return result;
}

}  // namespace railwindow
