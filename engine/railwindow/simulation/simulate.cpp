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

State& Simulator::begun(Noise noise, Logging logging) {
    const std::size_t alternative = alternative_of(*model_, noise);
    std::unique_ptr<State>& state = states_[alternative];
    if (!state) state = std::make_unique<State>();
    begin_again(*state, noise, logging);
    return *state;
}

void Simulator::begin_again(State& state, Noise noise, Logging logging) {
    const std::size_t alternative = alternative_of(*model_, noise);
    if (alternative != state.trace.alternative || state.trace.diversion) state = State{};
    state.order.reset();
    state.trace.alternative = alternative;
    state.noise = noise;
    state.logging = logging;
    Dispatcher{*model_, state, *storage_}.begin();
}

const Trace& Simulator::run(Noise noise, Logging logging) {
    State& state = begun(noise, logging);
    advance(state, Instant::max());
    return state.trace;
}

State Simulator::begin(Noise noise, Logging logging) { return begun(noise, logging); }

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
