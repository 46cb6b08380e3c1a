#include <railwindow/simulation/simulate.hpp>

#include <railwindow/simulation/dispatcher.hpp>

namespace railwindow {

std::string_view name(TimePart part) {
    constexpr std::array<std::string_view, time_parts> names{"moving", "planned stops", "gauge change",      "border",
                                                             "holds",  "disruptions",   "waiting for others"};
    return names[static_cast<std::size_t>(part)];
}

std::string_view name(Happening what) {
    constexpr std::array names{"sets out", "departs", "passes", "arrives", "arrives at its destination", "begins",      "ends",
                               "waits",    "stands",  "coasts", "goes on", "takes another way",          "cannot go on"};
    return names[static_cast<std::size_t>(what)];
}

Simulator::Simulator(const Model& model) : model_{&model}, states_(model.alternatives.size()), storage_{std::make_unique<MovementStorage>()} {}
Simulator::~Simulator() = default;
Simulator::Simulator(Simulator&&) noexcept = default;

State& Simulator::begun(std::size_t alternative, Noise noise, Logging logging) {
    std::unique_ptr<State>& state = states_[alternative];
    if (!state) state = std::make_unique<State>();
    begin_as(alternative, *state, noise, logging);
    return *state;
}

void Simulator::begin_as(std::size_t alternative, State& state, Noise noise, Logging logging) {
    if (alternative != state.trace.alternative || state.trace.diversion) state = State{};
    state.order.reset();
    state.trace.alternative = alternative;
    state.noise = noise;
    state.logging = logging;
    Dispatcher{*model_, state, *storage_}.begin();
}

void Simulator::begin_again(State& state, Noise noise, Logging logging) { begin_as(alternative_of(*model_, noise), state, noise, logging); }

const Trace& Simulator::run(Noise noise, Logging logging) {
    State& state = begun(alternative_of(*model_, noise), noise, logging);
    advance(state, Instant::max());
    return state.trace;
}

const Trace& Simulator::run_as(std::size_t alternative, Noise noise, Instant until) {
    State& state = begun(alternative, noise, Logging::off);
    advance(state, until);
    return state.trace;
}

State Simulator::begin(Noise noise, Logging logging) { return begun(alternative_of(*model_, noise), noise, logging); }

void Simulator::advance(State& state, Instant until) {
    Dispatcher{*model_, state, *storage_}.advance(until);
    if (!state.order || state.trace.diversion) return;
    begin_diverted(state);
    Dispatcher{*model_, state, *storage_}.advance(until);
}

// The same run from its beginning, over the way that was ordered.
void Simulator::begin_diverted(State& state) {
    State diverted;
    diverted.noise = state.noise;
    diverted.logging = state.logging;
    diverted.order = state.order;
    diverted.trace.alternative = state.trace.alternative;
    diverted.trace.diversion = state.order->diversion;
    state = std::move(diverted);
    if (storage_->profiled) storage_->profiled->clear();
    Dispatcher{*model_, state, *storage_}.begin();
}

Trace simulate(const Model& model, Noise noise, Logging logging) { return Simulator{model}.run(noise, logging); }

ProfiledRun simulate_profiled(const Model& model, Noise noise) {
    ProfiledRun result;
    Simulator simulator{model};
    simulator.storage_->profiled = &result.movements;
    result.trace = simulator.run(noise);
    return result;
}

}  // namespace railwindow
