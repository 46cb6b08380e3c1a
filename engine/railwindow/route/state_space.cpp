#include <railwindow/route/state_space.hpp>

#include <algorithm>

namespace railwindow {
namespace {

template <class T>
bool has(const std::vector<T>& list, const T& value) {
    return std::find(list.begin(), list.end(), value) != list.end();
}

std::size_t slot(SectionId section, Direction direction) { return 2 * std::size_t{section.value} + (direction == Direction::up_chainage ? 0 : 1); }

}  // namespace

StateSpace::StateSpace(const Network& network, const RouteRequest& request, Disregarded disregarded)
    : network_{network}, request_{request}, disregarded_{disregarded}, costs_{network, request.times} {
    if (request.gauges.size() > most_gauges)
        throw InputError{
            Finding{{}, "gauges", "a train on " + std::to_string(request.gauges.size()) + " gauges", "name at most 31", Severity::error}};
    avoided_station_.resize(network.stations().size());
    for (const StationId station : request.avoid.stations) avoided_station_[station.value] = 1;
    for (std::size_t i = 0; i < avoided_station_.size() && !request.avoid.countries.empty(); ++i)
        if (has(request.avoid.countries, network.stations()[StationId{static_cast<std::uint32_t>(i)}].country)) avoided_station_[i] = 1;
    if (request.traction_change_places) traction_place_.resize(network.stations().size());
    for (const StationId station : request.traction_change_places.value_or(std::vector<StationId>{})) traction_place_[station.value] = 1;
    sines_.reserve(network.stations().size());
    for (const Station& station : network.stations()) sines_.push_back(sines(station.position));
    cards_.reserve(network.sections().size());
    for (std::uint32_t i = 0; i < network.sections().size(); ++i) {
        const Section& section = network.sections()[SectionId{i}];
        const Border* border = costs_.border(SectionId{i});
        Card card{section.from,
                  section.to,
                  section.line,
                  costs_.running(SectionId{i}) / s,
                  no_border,
                  0,
                  section.electrification,
                  open_to(section, border)};
        if (border) card.border = static_cast<std::uint32_t>(border - network.borders().data());
        for (std::size_t g = 0; g < request.gauges.size(); ++g)
            if (has(section.gauges, request.gauges[g])) card.gauges |= 1u << g;
        cards_.push_back(card);
    }
}

bool StateSpace::open_to(const Section& section, const Border* border) const {
    if (request_.use != Use::freight_only && (section.use == Use::freight_only || (border && border->use == Use::freight_only))) return false;
    if (border && has(request_.avoid.borders, border->id)) return false;
    if (section.axle_load && request_.axle_load > section.axle_load->value) return false;
    if (section.train_length && request_.train_length > section.train_length->value) return false;
    return !avoided_station_[section.from.value] && !avoided_station_[section.to.value] && !has(request_.avoid.lines, section.line);
}

void StateSpace::restart(Sequences sequences, const std::vector<SectionId>& banned) {
    for (const SectionId id : banned_) {
        const Section& section = network_.sections()[id];
        cards_[id.value].open = open_to(section, costs_.border(id));
    }
    for (const SectionId id : banned) cards_[id.value].open = false;
    banned_ = banned;
    sequences_ = sequences;
    states_.assign(1, State{});
    first_.assign(2 * cards_.size(), none);
    crossed_.assign(1, {0, no_border});
    if (!request_.via.empty() && request_.via.front() == request_.from) states_[origin].vias = 1;
}

StationId StateSpace::end_of(Vertex vertex) const {
    if (vertex == origin) return request_.from;
    const PathStep& step = states_[vertex].step;
    const Card& card = cards_[step.section.value];
    return step.direction == Direction::up_chainage ? card.to : card.from;
}

bool StateSpace::has_arrived(Vertex vertex) const {
    return vertex != origin && states_[vertex].vias == request_.via.size() && end_of(vertex) == request_.to &&
           (!request_.arrives_on || states_[vertex].step.gauge == *request_.arrives_on);
}

void StateSpace::moves_from(Vertex from, std::vector<Move>& moves) {
    moves.clear();
    if (has_arrived(from)) return;
    const StationId here = end_of(from);
    const auto may_reverse = [&] {
        const auto& reversal = network_.stations()[here].reversal;
        return disregarded_.reversals || (reversal && reversal->possible);
    };
    for (const SectionId section : network_.sections_at(here)) {
        const Card& card = cards_[section.value];
        if (!card.open) continue;
        for (const Direction direction : {Direction::up_chainage, Direction::down_chainage}) {  // a loop begins and ends here
            Candidate next{section, direction, card.from, card.to, false};
            if (direction == Direction::down_chainage) std::swap(next.begin, next.end);
            if (next.begin != here) continue;
            next.reverses = from != origin && reverses(from, next);
            if (next.reverses && !may_reverse()) continue;
            // Back over the same section its tail must be clear of the next junction: no junction lies within a section.
            if (next.reverses && section == states_[from].step.section && network_.sections()[section].length < request_.train_length) continue;
            add_moves(from, next, moves);
        }
    }
}

// As is_reversal() of path.hpp, with what is at hand here.
bool StateSpace::reverses(Vertex from, const Candidate& candidate) const {
    const State& in = states_[from];
    const StationId before = in.step.direction == Direction::up_chainage ? cards_[in.step.section.value].from : cards_[in.step.section.value].to;
    if (const auto known = network_.known_turn(candidate.begin, before, candidate.end)) return *known;
    if (cards_[in.step.section.value].line == cards_[candidate.section.value].line) return in.step.direction != candidate.direction;
    return turns_back(in.back, heading(sines_[candidate.begin.value], sines_[candidate.end.value]));
}

void StateSpace::add_moves(Vertex from, const Candidate& candidate, std::vector<Move>& moves) {
    const Card& card = cards_[candidate.section.value];
    const StationId here = candidate.begin;
    State next{{candidate.section, candidate.direction, {}, {}}, states_[from].vias, states_[from].sequence, none, {}};
    if (next.vias < request_.via.size() && request_.via[next.vias] == candidate.end) ++next.vias;
    if (sequences_ == Sequences::told_apart && card.border != no_border) {
        const auto sequence = after_crossing(next.sequence, card.border);
        if (!sequence) return;
        next.sequence = *sequence;
    }
    for (std::size_t g = 0; card.gauges >> g != 0; ++g) {
        if ((card.gauges >> g & 1) == 0) continue;
        const Gauge gauge = request_.gauges[g];
        if (from != origin && gauge != states_[from].step.gauge && !may_change_gauge(here, states_[from].step.gauge, gauge)) continue;
        for (const MotivePower& traction : request_.tractions) {
            if (!can_run(traction, card.wire)) continue;
            if (from != origin && traction != states_[from].step.traction && !may_change_traction(here)) continue;
            next.step.gauge = gauge;
            next.step.traction = traction;
            moves.push_back({from, reached(next), cost(from, next.step, candidate.reverses)});
        }
    }
}

bool StateSpace::may_change_gauge(StationId here, Gauge a, Gauge b) const {
    if (disregarded_.gauge_change_places) return true;
    const GaugeChange* change = network_.gauge_change_at(here);
    if (!change || (request_.regauging && *request_.regauging != here)) return false;
    return has(change->works.gauges, a) && has(change->works.gauges, b) && has(request_.gauge_change_methods, change->works.method);
}

bool StateSpace::may_change_traction(StationId here) const { return traction_place_.empty() || traction_place_[here.value]; }

double StateSpace::cost(Vertex from, const PathStep& out, bool reverses) const {
    constexpr double diesel_under_wire = 1.001;  // a preference, not a time
    const Card& card = cards_[out.section.value];
    const auto electric = [&](const MotivePower& traction) { return traction.is_electric() && can_run(traction, card.wire); };
    const bool avoidable =
        card.wire.exists() && !out.traction.is_electric() && std::any_of(request_.tractions.begin(), request_.tractions.end(), electric);
    const double running = card.seconds * (avoidable ? diesel_under_wire : 1.0);
    return from == origin ? running : running + costs_.standing(end_of(from), states_[from].step, out, reverses) / s;
}

// The number of the sequence that is `sequence` and then `border`; nothing when it has crossed that border before.
std::optional<std::uint32_t> StateSpace::after_crossing(std::uint32_t sequence, std::uint32_t border) {
    for (std::uint32_t i = sequence; i != 0; i = crossed_[i].before)
        if (crossed_[i].border == border) return {};
    const auto known =
        std::find_if(crossed_.begin() + 1, crossed_.end(), [&](const Crossed& c) { return c.before == sequence && c.border == border; });
    if (known == crossed_.end())
        crossed_.push_back({sequence, border});
    else
        return static_cast<std::uint32_t>(known - crossed_.begin());
    return static_cast<std::uint32_t>(crossed_.size() - 1);
}

StateSpace::Vertex StateSpace::reached(const State& state) {
    Vertex& first = first_[slot(state.step.section, state.step.direction)];
    for (Vertex vertex = first; vertex != none; vertex = states_[vertex].next) {
        const State& known = states_[vertex];
        if (known.step.gauge == state.step.gauge && known.step.traction == state.step.traction && known.vias == state.vias &&
            known.sequence == state.sequence)
            return vertex;
    }
    states_.push_back(state);
    states_.back().next = first;
    const Card& card = cards_[state.step.section.value];
    const bool up = state.step.direction == Direction::up_chainage;
    states_.back().back = heading(sines_[(up ? card.to : card.from).value], sines_[(up ? card.from : card.to).value]);
    return first = static_cast<Vertex>(states_.size() - 1);
}

Path StateSpace::path_to(Vertex last, const std::vector<Vertex>& before) const {
    Path path;
    for (Vertex vertex = last; vertex != origin; vertex = before[vertex]) path.steps.push_back(states_[vertex].step);
    std::reverse(path.steps.begin(), path.steps.end());
    for (std::size_t i = 0; i < path.steps.size(); ++i) {
        const PathStep& step = path.steps[i];
        path.length += network_.sections()[step.section].length;
        path.running += costs_.running(step.section);
        if (costs_.border(step.section)) path.crossings.push_back(i);
        if (i == 0) continue;
        const PathStep& in = path.steps[i - 1];
        const bool reverses = is_reversal(network_, in, step);
        if (step.gauge != in.gauge) path.gauge_changes.push_back(i);
        if (reverses) path.reversals.push_back(i);
        if (step.traction != in.traction) path.traction_changes.push_back(i);
        path.standing += costs_.standing(begin_of(network_, step), in, step, reverses);
    }
    return path;
}

}  // namespace railwindow
