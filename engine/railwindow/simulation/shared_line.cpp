#include <railwindow/simulation/shared_line.hpp>

#include <algorithm>
#include <cassert>
#include <tuple>

namespace railwindow {

namespace {

std::size_t of(Way way) { return static_cast<std::size_t>(way); }

bool fits_line(const TrainSort& sort, const SharedLine& line) {
    for (const Way way : {Way::up, Way::down}) {
        if (sort.running[of(way)].size() != line.sections.size() || sort.dwell[of(way)].size() != line.stations.size()) return false;
        for (const Millis running : sort.running[of(way)])
            if (running <= Millis{0}) return false;
        for (const Millis dwell : sort.dwell[of(way)])
            if (dwell < Millis{0}) return false;
    }
    return true;
}

std::string fault_of(const LineTrain& train, const SharedLine& line, const std::vector<TrainSort>& sorts) {
    if (train.sort >= sorts.size()) return "there is no such sort of train";
    if (std::max(train.from, train.to) >= line.stations.size()) return "it runs beyond the line";
    if (train.way == Way::up ? train.from >= train.to : train.from <= train.to) return "it does not run towards its destination";
    const TrainSort& sort = sorts[train.sort];
    for (std::size_t at = std::min(train.from, train.to) + 1; at < std::max(train.from, train.to); ++at) {
        const LineStation& station = line.stations[at];
        if (sort.dwell[of(train.way)][at] > Millis{0} && (station.tracks < 2 || sort.length > station.usable))
            return "it stops at station " + std::to_string(at) + " where it has no room to stand";
    }
    return {};
}

}  // namespace

std::string fault(const SharedLine& line, const std::vector<TrainSort>& sorts, const std::vector<LineTrain>& trains) {
    if (line.stations.size() < 2 || line.sections.size() + 1 != line.stations.size())
        return "a line needs two stations or more and a section between each two";
    for (const LineStation& station : line.stations)
        if (station.tracks < 1) return "a station needs a track";
    for (const LineSection& section : line.sections)
        if (section.double_track && section.headway <= Millis{0}) return "double track needs a positive headway";
    for (std::size_t i = 0; i < sorts.size(); ++i)
        if (!fits_line(sorts[i], line))
            return "sort " + std::to_string(i) + " needs a positive running time for every section and a stay for every station";
    for (std::size_t i = 0; i < trains.size(); ++i)
        if (const std::string what = fault_of(trains[i], line, sorts); !what.empty()) return "train " + std::to_string(i) + ": " + what;
    return {};
}

const LineRecord& LineWorking::run(const SharedLine& line, const std::vector<TrainSort>& sorts, const std::vector<LineTrain>& trains,
                                   bool with_passings) {
    line_ = &line, sorts_ = &sorts, trains_ = &trains;
    with_passings_ = with_passings;
    begin();
    const auto later = [](const Due& a, const Due& b) { return std::tie(a.at, a.train) > std::tie(b.at, b.train); };
    std::size_t entered = 0;
    while (entered < by_entry_.size() || !agenda_.empty()) {
        const bool entry = agenda_.empty() || (entered < by_entry_.size() && trains[by_entry_[entered]].enters < agenda_.front().at);
        now_ = entry ? trains[by_entry_[entered]].enters : agenda_.front().at;
        ++record_.events;
        if (entry) {
            enter(by_entry_[entered++]);
        } else {
            const std::uint32_t due = agenda_.front().train;
            std::pop_heap(agenda_.begin(), agenda_.end(), later);
            agenda_.pop_back();
            if (due < trains.size()) advance(due);  // else a headway has passed
        }
        // Requests of one instant are weighed together.
        const bool same_instant =
            (!agenda_.empty() && agenda_.front().at == now_) || (entered < by_entry_.size() && trains[by_entry_[entered]].enters == now_);
        if (!same_instant) dispatch();
    }
    assert(waiting_.empty());
    return record_;
}

void LineWorking::begin() {
    const std::size_t stations = line_->stations.size();
    positions_.assign(trains_->size(), {});
    tracks_.assign(stations, {0, 0});
    parked_.assign(stations, {0, 0});
    busy_.assign(line_->sections.size(), 0);
    queues_.assign(line_->sections.size(), {});
    agenda_.clear(), waiting_.clear(), preferred_.clear(), by_entry_.clear();
    record_.arrival.assign(trains_->size(), Instant{});
    record_.delay.assign(trains_->size(), Millis{0});
    record_.holds.clear(), record_.passings.clear();
    record_.events = 0;

    reach_.resize(sorts_->size());
    lowest_priority_ = sorts_->empty() ? 0 : sorts_->front().priority;
    for (std::size_t i = 0; i < sorts_->size(); ++i) {
        const TrainSort& sort = (*sorts_)[i];
        lowest_priority_ = std::min(lowest_priority_, sort.priority);
        for (auto& reach : reach_[i]) reach.assign(stations, Millis{0});
        for (std::size_t at = 1; at < stations; ++at) {
            reach_[i][0][at] = reach_[i][0][at - 1] + sort.running[0][at - 1] + sort.dwell[0][at];
            reach_[i][1][stations - 1 - at] = reach_[i][1][stations - at] + sort.running[1][stations - 1 - at] + sort.dwell[1][stations - 1 - at];
        }
    }
    for (std::uint32_t i = 0; i < trains_->size(); ++i) by_entry_.push_back(i);
    const auto earlier = [this](std::uint32_t a, std::uint32_t b) { return std::tie((*trains_)[a].enters, a) < std::tie((*trains_)[b].enters, b); };
    std::sort(by_entry_.begin(), by_entry_.end(), earlier);
    for (const std::uint32_t i : by_entry_) {
        const LineTrain& train = (*trains_)[i];
        positions_[i].node = static_cast<std::uint32_t>(train.from);
        positions_[i].next = train.enters;
        if ((*sorts_)[train.sort].priority > lowest_priority_) preferred_.push_back(i);
    }
}

/// From leaving `from` to being ready to leave `to`.
Millis LineWorking::alone(const LineTrain& train, std::uint32_t from, std::uint32_t to) const {
    const auto& reach = reach_[train.sort][of(train.way)];
    return reach[to] - reach[from];
}

bool LineWorking::stands(const LineTrain& train, std::uint32_t station) const {
    if (station == train.to || is_yard(station)) return true;
    const LineStation& place = line_->stations[station];
    return place.tracks > 1 && (*sorts_)[train.sort].length <= place.usable;
}

void LineWorking::add(Instant at, std::uint32_t train) {
    agenda_.push_back({at, train});
    std::push_heap(agenda_.begin(), agenda_.end(), [](const Due& a, const Due& b) { return std::tie(a.at, a.train) > std::tie(b.at, b.train); });
}

void LineWorking::enter(std::uint32_t train) {
    positions_[train].arrived = now_;
    ready(train);
}

/// The train wants to go on from where it is. Higher priority first, then who asks earlier.
void LineWorking::ready(std::uint32_t train) {
    Position& position = positions_[train];
    position.doing = Doing::waiting;
    position.next = now_;
    const auto before = [this](std::uint32_t a, std::uint32_t b) {
        const int pa = (*sorts_)[(*trains_)[a].sort].priority, pb = (*sorts_)[(*trains_)[b].sort].priority;
        return std::tuple{-pa, positions_[a].next, a} < std::tuple{-pb, positions_[b].next, b};
    };
    waiting_.insert(std::upper_bound(waiting_.begin(), waiting_.end(), train, before), train);
}

/// The train's own event: the end of a section, or of a stay.
void LineWorking::advance(std::uint32_t index) {
    const LineTrain& train = (*trains_)[index];
    Position& position = positions_[index];
    if (position.doing == Doing::dwelling) return ready(index);
    const std::uint32_t section = section_ahead(train, train.way == Way::up ? position.node - 1 : position.node + 1);
    if (!line_->sections[section].double_track) busy_[section] = 0;
    position.arrived = now_;
    if (position.node != position.target) {  // runs through on what it has reserved
        if (with_passings_) record_.passings.push_back({index, position.node, now_, now_});
        if (counts(position.node)) --tracks_[position.node][of(train.way)];
        return start_section(index);
    }
    position.at_home = position.target_home;
    if (position.at_home) return ready(index);
    finish(index);
}

/// The train has come to a stand, or to its end, at the station it had reserved.
void LineWorking::finish(std::uint32_t index) {
    const LineTrain& train = (*trains_)[index];
    Position& position = positions_[index];
    position.at_home = false;
    position.holds_track = counts(position.node);
    if (position.node == train.to) {
        if (position.holds_track) --tracks_[position.node][of(train.way)];
        position.holds_track = false;
        position.doing = Doing::done;
        record_.arrival[index] = now_;
        const Millis last_stay = (*sorts_)[train.sort].dwell[of(train.way)][train.to];
        record_.delay[index] = now_ - train.enters - (alone(train, static_cast<std::uint32_t>(train.from), position.node) - last_stay);
        if (with_passings_) record_.passings.push_back({index, position.node, position.arrived, now_});
        return;
    }
    const Millis stay = (*sorts_)[train.sort].dwell[of(train.way)][position.node];
    if (stay == Millis{0}) return ready(index);
    position.doing = Doing::dwelling;
    position.next = now_ + stay;
    add(position.next, index);
}

/// Grants what can be granted, best first, until nothing more can.
void LineWorking::dispatch() {
    for (std::size_t i = 0; i < waiting_.size();) {
        const std::uint32_t train = waiting_[i];
        if (!granted(train)) {
            ++i;
            continue;
        }
        i = 0;  // what it left may serve a better one
    }
}

bool LineWorking::granted(std::uint32_t train) {
    Route route{};
    if (!admissible(train, route) || gives_way(train, route)) return false;
    if (train != waiting_.front() && keeps_off(waiting_.front(), train, route)) return false;
    waiting_.erase(std::find(waiting_.begin(), waiting_.end(), train));
    reserve(train, route);
    return true;
}

/// Whether all is free from where the train is to the next place where it may stand; `route` becomes that place.
bool LineWorking::admissible(std::uint32_t index, Route& route) const {
    const LineTrain& train = (*trains_)[index];
    const Position& position = positions_[index];
    const std::size_t way = of(train.way);
    std::uint32_t at = position.node;
    bool through = position.at_home;
    if (position.at_home && queues_[section_ahead(train, train.way == Way::up ? at - 1 : at + 1)][way].served != position.order) return false;
    for (;;) {
        if (through) {
            const LineStation& station = line_->stations[at];
            const bool must = at == train.to || (*sorts_)[train.sort].dwell[way][at] > Millis{0};
            const bool room = !counts(at) || taken(at) < station.tracks;
            if (!room) return false;
            if (stands(train, at) && (!counts(at) || at == train.to || tracks_[at][way] < station.tracks - 1)) {
                route = {at, false};
                return true;
            }
            if (must) return false;
        }
        const std::uint32_t section = section_ahead(train, at);
        at = after(train, at);
        if (line_->sections[section].double_track) {
            if (!through && now_ < queues_[section][way].next_entry) return false;
            route = {at, true};
            return true;
        }
        if (busy_[section] != 0) return false;
        through = true;
    }
}

/// The next place where the train may stand, whoever is in its way.
std::uint32_t LineWorking::wanted(std::uint32_t index) const {
    const LineTrain& train = (*trains_)[index];
    std::uint32_t at = positions_[index].node;
    if (positions_[index].at_home && stands(train, at)) return at;
    for (;;) {
        if (line_->sections[section_ahead(train, at)].double_track) return after(train, at);
        at = after(train, at);
        if (stands(train, at)) return at;
    }
}

/// Whether the train would take a section that `first`, the first of those that wait, needs, and only trains on the move are in the way of that one.
bool LineWorking::keeps_off(std::uint32_t first, std::uint32_t index, const Route& route) const {
    const LineTrain& train = (*trains_)[first];
    const Position& position = positions_[first];
    const std::size_t way = of(train.way);
    const std::uint32_t from = position.node, target = wanted(first), here = positions_[index].node, there = route.target;
    const std::uint32_t low = std::min(from, target), high = std::max(from, target);
    if (std::max(here, there) <= low || std::min(here, there) >= high) return false;
    if (line_->sections[low].double_track && high - low == 1) return false;  // a queue has its own order
    if (position.at_home && queues_[section_ahead(train, train.way == Way::up ? from - 1 : from + 1)][way].served != position.order) return false;
    for (std::uint32_t at = from;; at = after(train, at)) {
        const int tracks = line_->stations[at].tracks;
        if ((at != from || position.at_home) && counts(at)) {
            if (parked_[at][0] + parked_[at][1] >= tracks) return false;
            if (at == target && at != train.to && parked_[at][way] >= tracks - 1) return false;
        }
        if (at == target) break;
    }
    const bool home = target != from && line_->sections[train.way == Way::up ? target - 1 : target].double_track;
    return !gives_way(first, {target, home});
}

/// Whether the train, sent now, would be in the way of one of higher priority that is on the move, stays or is still to come.
bool LineWorking::gives_way(std::uint32_t index, const Route& route) const {
    const LineTrain& train = (*trains_)[index];
    const Position& position = positions_[index];
    const int priority = (*sorts_)[train.sort].priority;
    if (preferred_.empty() || (route.target == position.node && !route.home)) return false;
    const Millis stay = (*sorts_)[train.sort].dwell[of(train.way)][route.target];
    const Instant clear = now_ + alone(train, position.node, route.target) - stay;
    for (const std::uint32_t other : preferred_) {
        const Position& theirs = positions_[other];
        const LineTrain& preferred = (*trains_)[other];
        const TrainSort& sort = (*sorts_)[preferred.sort];
        if (preferred.enters > clear + sort.cleared_before) break;  // in order of entry
        if (sort.priority <= priority || theirs.doing == Doing::waiting || theirs.doing == Doing::done) continue;
        if (hindered(preferred, theirs, index, route, clear)) return true;
    }
    return false;
}

/// Whether `preferred` reaches what the other train has reserved before that is clear.
bool LineWorking::hindered(const LineTrain& preferred, const Position& theirs, std::uint32_t index, const Route& route, Instant clear) const {
    const LineTrain& train = (*trains_)[index];
    const bool opposing = preferred.way != train.way;
    const std::uint32_t first = positions_[index].node, target = route.target;
    if (opposing && route.home && after(train, first) == target) return false;  // double track all the way
    const bool up = preferred.way == Way::up;
    const auto ahead = [up](std::uint32_t a, std::uint32_t b) { return up ? a < b : a > b; };  // b lies ahead of a for the preferred train
    const bool in_reach = theirs.node == first || (ahead(first, theirs.node) && ahead(theirs.node, target));
    if (!opposing && theirs.doing == Doing::dwelling && in_reach) return true;  // nobody slips past it during its stay
    // Where it would come upon the other: opposing at the far end, following at the near end of the last section, or, on double track, at its far
    // end.
    const std::uint32_t last_near = train.way == Way::up ? target - 1 : target + 1;
    std::uint32_t meeting = opposing || route.home ? target : last_near;
    const std::uint32_t beyond = opposing ? first : target;
    if (!ahead(theirs.node, beyond) || !ahead(static_cast<std::uint32_t>(preferred.from), beyond)) return false;  // has passed
    if (!ahead(meeting, static_cast<std::uint32_t>(preferred.to)) && !(route.home && !opposing)) return false;    // ends before
    if (ahead(meeting, theirs.node)) meeting = theirs.node;
    const TrainSort& sort = (*sorts_)[preferred.sort];
    // `next` is an arrival while it runs, the end of the stay otherwise; to the arrival at the meeting place, whose own stay does not count.
    const Millis here = theirs.doing == Doing::running && meeting != theirs.node ? sort.dwell[of(preferred.way)][theirs.node] : Millis{0};
    const Millis there = meeting != theirs.node ? sort.dwell[of(preferred.way)][meeting] : Millis{0};
    const Instant reaches = theirs.next + here + alone(preferred, theirs.node, meeting) - there;
    const LineSection& last = line_->sections[std::min(last_near, target)];
    return reaches - sort.cleared_before < clear + (last.double_track ? last.headway : Millis{0});
}

void LineWorking::reserve(std::uint32_t index, const Route& route) {
    const LineTrain& train = (*trains_)[index];
    const std::size_t way = of(train.way);
    Position& position = positions_[index];
    const bool from_home = position.at_home;
    if (now_ > position.next) record_.holds.push_back({index, position.node, position.next, now_, from_home});
    if (from_home) {
        position.arrived = now_;  // until now it was before the station
        ++queues_[section_ahead(train, train.way == Way::up ? position.node - 1 : position.node + 1)][way].served;
    }
    if (!from_home && position.holds_track) --tracks_[position.node][way], --parked_[position.node][way];
    position.holds_track = false;
    position.target = route.target;
    position.target_home = route.home;
    if (counts(route.target) && !route.home && route.target != train.to) ++parked_[route.target][way];
    if (route.target == position.node) {  // from the home signal into the station
        if (counts(position.node)) ++tracks_[position.node][way];
        return finish(index);
    }
    if (with_passings_) record_.passings.push_back({index, position.node, position.arrived, now_});
    for (std::uint32_t at = position.node; at != route.target; at = after(train, at)) {
        const std::uint32_t section = section_ahead(train, at), next = after(train, at);
        if (!line_->sections[section].double_track) busy_[section] = 1;
        if (counts(next) && !(next == route.target && route.home)) ++tracks_[next][way];
    }
    position.at_home = false;
    start_section(index);
}

/// The train runs the section ahead of `node`.
void LineWorking::start_section(std::uint32_t index) {
    const LineTrain& train = (*trains_)[index];
    const std::size_t way = of(train.way);
    Position& position = positions_[index];
    const std::uint32_t section = section_ahead(train, position.node);
    const Millis running = (*sorts_)[train.sort].running[way][section];
    Instant end = now_ + running;
    if (line_->sections[section].double_track) {
        Queue& queue = queues_[section][way];
        const Millis headway = line_->sections[section].headway;
        const Instant entry = std::max(now_, queue.next_entry);
        end = entry + running;
        if (queue.entered > 0) end = std::max(end, queue.last_exit + headway);
        queue.next_entry = entry + headway;
        queue.last_exit = end;
        position.order = queue.entered++;
        add(queue.next_entry, static_cast<std::uint32_t>(trains_->size()));  // whoever waits for the headway asks again then
    }
    position.doing = Doing::running;
    position.node = after(train, position.node);
    position.next = end;
    add(end, index);
}

}  // namespace railwindow
