// Waiting that is decided: when hosts receive, the long stand of the journey, places that are passed at certain hours.

#include <railwindow/simulation/dispatcher.hpp>

#include <algorithm>
#include <cmath>

namespace railwindow {
namespace {

// The first of `weighted` whose share, all up to it, reaches `u`.
template <class Weighted>
const Weighted& chosen(const std::vector<Weighted>& weighted, double u) {
    const auto found = std::find_if(weighted.begin(), weighted.end(), [u](const Weighted& one) { return one.second >= u; });
    return found == weighted.end() ? weighted.back() : *found;
}

constexpr std::string_view hours_never = "for hours to run that do not come within a year";
constexpr std::string_view hours_never_together = "for hours to run that never come together";

Instant minute_of(const Span& span, double u) {
    return span.from + Millis{static_cast<Millis::rep>(std::floor(u * static_cast<double>((span.until - span.from).count())))};
}

}  // namespace

Instant received_at(const Reception& reception, Noise noise, Instant could_be) {
    if (noise.uniform(reception.decision) >= reception.probability) return could_be;
    const auto day = reception.hours.span_from(could_be);
    const auto window = day ? chosen(reception.windows, noise.uniform(reception.window)).first.span_from(day->from) : std::nullopt;
    return window ? std::max(could_be, minute_of(*window, noise.uniform(reception.minute))) : could_be;
}

void without_voluntary_waits(Model& model) {
    const auto hurry = [](Alternative& way) {
        for (Itinerary& train : way.trains) {
            train.long_stands.clear();
            std::erase_if(train.plans, [](const PlannedArrival& plan) { return plan.reception.has_value(); });
        }
    };
    for (Alternative& way : model.alternatives) hurry(way);
    for (Diversion& diversion : model.diversions) hurry(diversion.way);
}

void Dispatcher::draw_waits(std::size_t train) {
    const Itinerary& of = itinerary(train);
    TrainState& state = train_state(train);
    const Noise& noise = state_.noise;
    state.long_stands.clear();
    for (const LongStand& stand : of.long_stands) {
        if (noise.uniform(stand.decision) >= stand.probability) continue;
        const std::size_t visit = chosen(stand.places, noise.uniform(stand.place)).first;
        if (visit == 0) continue;
        state.long_stands.push_back({visit, clocked(stand.takes.quantile(noise.uniform(stand.length))), &stand});
        state.stops[visit].halts = true;
    }
    state.passages.clear();
    for (const Passage& passage : of.passages)
        state.passages.push_back(noise.uniform(passage.key) < passage.probability
                                     ? std::optional{clocked(passage.later.quantile(noise.uniform(passage.later_key)))}
                                     : std::nullopt);
}

// When the train is wanted that could be there at `could_be`.
Instant Dispatcher::wanted(std::size_t train, std::size_t plan, Instant could_be) const {
    const std::optional<Reception>& reception = itinerary(train).plans[plan].reception;
    return reception ? received_at(*reception, state_.noise, could_be) : state_.trains[train].planned[plan];
}

// Until when the long stand at a visit lasts: a night until the morning, else as long as was drawn.
std::optional<Dispatcher::ClockHold> Dispatcher::stands_long(std::size_t train, std::size_t visit) const {
    for (const LongStandDraw& drawn : state_.trains[train].long_stands) {
        if (drawn.visit != visit) continue;
        const LongStand& stand = *drawn.of;
        const Instant came = state_.trace.trains[train].visits[visit].arrive;
        ClockHold hold{came + drawn.takes, TimePart::holds, stand.why, stand.wait};
        if (stand.night && stand.night->first.first_from(came) == came)
            if (const auto morning = stand.night->second.span_from(came)) hold.until = minute_of(*morning, state_.noise.uniform(stand.morning));
        return hold;
    }
    return {};
}

// When all hours of the visit allow to go on, if that is later; beyond the horizon where they never do.
std::optional<Dispatcher::ClockHold> Dispatcher::hours_begin(Instant now, std::size_t train, const Visit& visit) const {
    const Instant never = now + horizon;
    ClockHold hold{now, TimePart::holds, {}, {}};
    for (Instant before = Instant::min(); hold.until != before && hold.until < never;) {
        before = hold.until;
        for (const RunningHours& running : visit.running) {
            Instant begins = running.hours.first_from(hold.until).value_or(never);
            if (begins <= hold.until) continue;
            if (running.passage) {
                const Passage& passage = itinerary(train).passages[*running.passage];
                const std::optional<Millis>& later = state_.trains[train].passages[*running.passage];
                if (!later || begins - now > passage.at_most) continue;
                begins += *later;
                hold.wait = passage.wait;
            }
            hold.why = running.why;
            hold.until = begins;
        }
    }
    if (hold.until >= never) hold.why = visit.running.size() > 1 ? hours_never_together : hours_never;
    hold.until = std::min(hold.until, never);
    return hold.until > now ? std::optional{hold} : std::nullopt;
}

void Dispatcher::note_wait(std::size_t train, const ClockHold& hold) {
    if (train == 0 && hold.wait) state_.trace.waits |= std::uint64_t{1} << *hold.wait;
}

}  // namespace railwindow
