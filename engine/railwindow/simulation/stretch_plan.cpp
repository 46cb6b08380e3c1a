#include <railwindow/simulation/dispatcher.hpp>
#include <railwindow/simulation/stretch_plan.hpp>

#include <algorithm>

namespace railwindow {

void StretchPlan::begin(const Itinerary& way, const TrainState& train, const SharedStretch& stretch, const StretchState& state, std::size_t visit,
                        Instant now, bool followed) {
    way_ = &way, train_ = &train, stretch_ = &stretch, state_ = &state;
    now_ = now;
    followed_ = followed;
    late_ = Millis{0};
    const std::size_t first = std::max(stretch.first, way.first) - way.first;
    const std::size_t last = std::min(stretch.last - way.first, way.visits.size() - 1);
    stage_ = way.visits[last].stage;
    begin_ = start_at(way, train, visit);
    times_.clear(), halts_.clear(), added_.clear(), segments_.clear(), holds_.clear();
    const Stage& stage = way.stages[stage_];
    const bool up = stretch.way == Way::up;
    const std::size_t skipped = way.first > stretch.first ? way.first - stretch.first : 0;
    // Stations of the stretch lie up the chainage, visits in the order of the way.
    const auto station = [&](std::size_t v) { return up ? v - first + skipped : stretch.stations.size() - 1 - (v - first + skipped); };
    const auto place = [&](std::size_t of) {
        std::size_t i = 0;
        while (state.places[i].station != of) ++i;
        return i;
    };
    std::size_t at = place(station(first));
    for (std::size_t v = first; v <= last; ++v) {
        const CourseOffset here = v == first ? stage.begins[v - stage.first] : way.visits[v].at;
        times_.push_back({at, here, v, {}, {}});
        if (v == last) break;
        const Length chainage = state.places[at].chainage;
        for (at += up ? 1 : std::size_t(-1); !state.places[at].station; at += up ? 1 : std::size_t(-1))
            times_.push_back({at, here + abs(state.places[at].chainage - chainage), {}, {}, {}});
    }
}

bool StretchPlan::run(MovementStorage& storage) {
    CourseOffset from = begin_;
    Instant now = now_;
    std::size_t k = 0;
    for (; k < times_.size() && times_[k].at <= begin_; ++k) times_[k].arrives = times_[k].departs = now;
    for (const Halt& halt : halts_) {
        if (k == times_.size()) break;
        const Segment* run = segment(from, halt.at, storage);
        if (!run) return false;
        for (std::size_t i = 0; i + 1 < run->reach.size(); ++i, ++k) times_[k].arrives = times_[k].departs = now + run->reach[i];
        now = std::max(now + run->reach.back(), halt.enters);
        const Instant arrives = now;
        now = std::max(now + halt.stay, halt.released);
        if (k < times_.size() && times_[k].at == halt.at) times_[k].arrives = arrives, times_[k].departs = now, ++k;
        from = halt.at;
    }
    return true;
}

// From stand to stand, as Dispatcher::set_out runs it.
const StretchPlan::Segment* StretchPlan::segment(CourseOffset from, CourseOffset to, MovementStorage& storage) {
    const auto known = std::find_if(segments_.begin(), segments_.end(), [&](const Segment& s) { return s.from == from && s.to == to; });
    if (known != segments_.end()) return &*known;
    storage.places.clear();
    for (const PlaceTimes& place : times_)
        if (place.at > from && place.at < to) storage.places.push_back(place.at);
    storage.passing.resize(storage.places.size());
    std::size_t visit = way_->stages[stage_].first;
    while (visit + 1 < way_->visits.size() && way_->visits[visit + 1].stage == stage_ && way_->visits[visit + 1].at <= from) ++visit;
    const Movement movement = movement_between(*way_, *train_, visit, from, to);
    const RunOutcome outcome = railwindow::run(train_->courses[stage_], train_->pulled[train_->pulled_by[visit]].consist, movement, storage.places,
                                               storage.passing, storage.kernel);
    const Duration* total = std::get_if<Duration>(&outcome);
    if (!total || clocked(*total) >= horizon) return nullptr;
    Segment run{from, to, {}};
    for (const Duration after : storage.passing) run.reach.push_back(clocked(after));
    run.reach.push_back(clocked(*total));
    return &segments_.emplace_back(std::move(run));
}

bool StretchPlan::fits(std::size_t place, Length length) const {
    const LineStation& station = state_->line.stations[place];
    return place == 0 || place + 1 == state_->places.size() || (station.tracks > 1 && length <= station.usable);
}

// Where the train does not fit it stands on the running line, its tail in the section behind.
void StretchPlan::stay(StretchTrain& train, std::size_t k, Millis lasts) const {
    const std::size_t way = stretch_->way == Way::up ? 0 : 1, here = index_of(k), before = std::min(here, index_of(k - 1));
    if (fits(here, train.sort.length))
        train.sort.dwell[way][here] += lasts;
    else
        train.sort.running[way][before] += lasts;
}

StretchTrain StretchPlan::line_train(std::size_t train, Length length) {
    length_ = length;
    StretchTrain made{train, {}, {0, stretch_->way, index_of(0), index_of(times_.size() - 1), times_.front().departs}};
    made.sort.length = length;
    made.sort.priority = special_priority;
    made.sort.cleared_before = state_->cleared_before;
    for (auto& running : made.sort.running) running.assign(state_->line.sections.size(), Millis{1});
    for (auto& dwell : made.sort.dwell) dwell.assign(state_->places.size(), Millis{0});
    const std::size_t way = stretch_->way == Way::up ? 0 : 1;
    for (std::size_t k = 1; k < times_.size(); ++k) {
        made.sort.running[way][std::min(index_of(k - 1), index_of(k))] = std::max(Millis{1}, times_[k].arrives - times_[k - 1].departs);
        if (k + 1 < times_.size()) stay(made, k, times_[k].departs - times_[k].arrives);
    }
    return made;
}

bool StretchPlan::stands_at(const PlaceTimes& place) const {
    return place.at <= begin_ || std::any_of(halts_.begin(), halts_.end(), [&](const Halt& halt) { return halt.at == place.at; });
}

StretchPlan::Outcome StretchPlan::take(const std::vector<Passing>& passings, std::size_t index) {
    holds_.clear();
    late_ = Millis{0};
    std::size_t k = 0;
    for (const Passing& passing : passings) {
        if (passing.train != index) continue;
        PlaceTimes& here = times_[k];
        const bool last = k + 1 == times_.size(), stands = stands_at(here);
        // Where the train does not fit its stay is part of its way there.
        const Instant comes = !last && k > 0 && !fits(here.place, length_) ? here.departs : here.arrives;
        const Millis hold = passing.departure - (last ? here.arrives : here.departs) - late_;
        here.kept_out = last ? hold : k > 0 ? passing.arrival - comes - late_ : Millis{0};
        here.held = hold - here.kept_out;
        if (hold > Millis{0} && !stands && k == 0) return Outcome::held_at_entry;
        if (hold > Millis{0} && !stands && (!last || followed_)) {
            halts_.insert(std::find_if(halts_.begin(), halts_.end(), [&](const Halt& halt) { return halt.at > here.at; }), {here.at, Millis{0}});
            added_.push_back(here.at);
            return Outcome::one_more;
        }
        if (hold > Millis{0} || std::find(added_.begin(), added_.end(), here.at) != added_.end()) add_hold(here, passing.departure, hold, last);
        late_ += hold;
        ++k;
    }
    return Outcome::settled;
}

void StretchPlan::add_hold(const PlaceTimes& here, Instant departure, Millis lasts, bool last) {
    Hold hold{here.at, here.visit, {}, {}, lasts, stands_at(here)};
    if (here.kept_out > Millis{0}) hold.enters = here.arrives + late_ + here.kept_out;
    if (!last) hold.released = departure;
    holds_.push_back(hold);
}

StretchTrain StretchPlan::held_train(const StretchTrain& train) const {
    StretchTrain held = train;
    held.runs.enters += times_.front().held;
    const std::size_t way = stretch_->way == Way::up ? 0 : 1;
    for (std::size_t k = 1; k < times_.size(); ++k) {
        held.sort.running[way][std::min(index_of(k - 1), index_of(k))] += times_[k].kept_out;
        if (k + 1 < times_.size()) stay(held, k, times_[k].held);
    }
    return held;
}

}  // namespace railwindow
