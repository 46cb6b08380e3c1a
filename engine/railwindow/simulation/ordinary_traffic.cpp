#include <railwindow/simulation/ordinary_traffic.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace railwindow {
namespace {

constexpr Millis hour = std::chrono::hours{1};
constexpr Millis shortest{1};  // two places never lie so close, but a speed may be entered that makes them seem so

Millis running_time(Length length, Speed speed) { return std::max(shortest, to_millis(length / speed)); }

int priority(Rank rank) { return special_priority + (rank == Rank::higher ? 1 : rank == Rank::lower ? -1 : 0); }

void add_places(const SharedStretch& stretch, const Noise& noise, StretchState& state) {
    const auto tracks = [&](const StretchStation& station) {
        return std::max(1, static_cast<int>(std::lround(stretch.rule.loops.station_tracks.quantile(noise.uniform(station.tracks)))));
    };
    const LoopsSheet& loops = stretch.rule.loops;
    const auto add_station = [&](std::size_t i, Length chainage) {
        state.places.push_back({chainage, i});
        state.line.stations.push_back({tracks(stretch.stations[i]), loops.usable.quantile(noise.uniform(stretch.stations[i].usable))});
    };
    const double phase = noise.uniform(stretch.keys.loop_phase);
    for (std::size_t i = 0; i < stretch.sections.size(); ++i) {
        const StretchSection& section = stretch.sections[i];
        add_station(i, section.begin);
        if (!loops.every) continue;
        const Length near = *loops.every / 2, end = section.begin + section.length;
        const double reach = *loops.jitter / *loops.every / 2;
        const auto first = static_cast<std::int64_t>(std::floor(section.begin / *loops.every - phase - reach));
        const auto last = static_cast<std::int64_t>(std::ceil(end / *loops.every - phase + reach));
        for (std::int64_t cell = first; cell <= last; ++cell) {
            const auto name = static_cast<std::uint64_t>(cell);
            const double place = noise.uniform(stretch.keys.loop_place.at(name)) - 0.5;
            const Length chainage = (static_cast<double>(cell) + phase) * *loops.every + place * *loops.jitter;
            if (chainage - section.begin < near || end - chainage < near) continue;
            state.places.push_back({chainage, {}});
            state.line.stations.push_back({2, loops.usable.quantile(noise.uniform(stretch.keys.loop_usable.at(name)))});
        }
    }
    add_station(stretch.sections.size(), stretch.sections.back().begin + stretch.sections.back().length);
}

// The section of the stretch that lies below each place but the first.
template <class Act>
void for_each_section(const SharedStretch& stretch, const StretchState& state, Act act) {
    std::size_t section = 0;
    for (std::size_t i = 0; i + 1 < state.places.size(); ++i) {
        if (state.places[i].station) section = *state.places[i].station;
        act(i, stretch.sections[section], state.places[i + 1].chainage - state.places[i].chainage);
    }
}

void set_sort(TrainSort& sort, const SharedStretch& stretch, const StretchState& state, Speed speed, Length length, Rank rank) {
    sort.length = length;
    sort.priority = priority(rank);
    sort.cleared_before = Millis{0};
    for (auto& dwell : sort.dwell) dwell.assign(state.places.size(), Millis{0});
    for (auto& running : sort.running) running.resize(state.places.size() - 1);
    for_each_section(stretch, state, [&](std::size_t i, const StretchSection& section, Length distance) {
        for (auto& running : sort.running) running[i] = running_time(distance, std::min(speed, section.limit));
    });
}

class TrainDraws {
public:
    TrainDraws(const SharedStretch& stretch, const Noise& noise, StretchState& state, Instant end)
        : stretch_{stretch}, noise_{noise}, state_{state}, end_{end} {
        for (const OrdinaryTrainsSheet& kind : stretch.rule.trains) weights_ += kind.weight;
    }

    void draw() {
        state_.trains.clear();
        state_.kinds.clear();
        const double per_hour = stretch_.scale * stretch_.rule.trains_per_day.quantile(noise_.uniform(stretch_.keys.density)) / 24;
        if (per_hour > 0 && weights_ > 0)
            for (const Way way : {Way::up, Way::down}) draw(way, per_hour);
        for (std::size_t i = 0; i < stretch_.timetable.size(); ++i) {
            const TimetabledTrain& train = stretch_.timetable[i];
            add({0, train.way, train.from, train.to, train.enters}, stretch_.rule.trains.size() + i, train.speed, train.length, train.rank);
        }
    }

private:
    // From the line's end where trains of this way begin to the stretch.
    Length lead(Way way) const {
        const StretchSection &low = stretch_.sections.front(), &high = stretch_.sections.back();
        return way == Way::up ? low.begin - stretch_.line_begin : stretch_.line_end - (high.begin + high.length);
    }

    void draw(Way way, double per_hour) {
        const LineKeys::Trains& keys = stretch_.keys.trains[way == Way::up ? 0 : 1];
        const double phase = noise_.uniform(keys.phase);
        Millis longest{0};
        for (const OrdinaryTrainsSheet& kind : stretch_.rule.trains) longest = std::max(longest, to_millis(lead(way) / kind.speed.quantile(0.5)));
        const auto hours = [](Instant at) { return std::chrono::floor<std::chrono::hours>(at).time_since_epoch().count(); };
        const auto before = [&](std::int64_t cell) { return static_cast<std::int64_t>(std::floor(per_hour * static_cast<double>(cell) + phase)); };
        for (std::int64_t cell = hours(state_.begins - longest); cell <= hours(end_); ++cell)
            for (std::int64_t i = before(cell + 1) - before(cell); i-- > 0;) draw(way, keys, cell, static_cast<std::uint64_t>(i));
    }

    void draw(Way way, const LineKeys::Trains& keys, std::int64_t cell, std::uint64_t index) {
        const auto uniform = [&](const DrawKey& key) { return noise_.uniform(key.at(static_cast<std::uint64_t>(cell)).at(index)); };
        double place = uniform(keys.kind) * weights_;
        std::size_t kind = 0;
        while (kind + 1 < stretch_.rule.trains.size() && (place -= stretch_.rule.trains[kind].weight) >= 0) ++kind;
        const OrdinaryTrainsSheet& of = stretch_.rule.trains[kind];
        const auto within = Millis{std::llround(uniform(keys.time) * static_cast<double>(hour.count()))};
        const Instant enters = Instant{cell * hour} + within + to_millis(lead(way) / of.speed.quantile(0.5));
        if (enters < state_.begins || enters >= end_) return;
        const std::size_t top = state_.places.size() - 1;
        add_between({0, way, way == Way::up ? 0 : top, way == Way::up ? top : 0, enters}, kind, of.speed.quantile(uniform(keys.speed)),
                    of.length.quantile(uniform(keys.length)), of.rank);
    }

    // Between two stations of the stretch.
    void add(LineTrain train, std::size_t kind, Speed speed, Length length, Rank rank) {
        const auto place = [&](std::size_t station) {
            return static_cast<std::size_t>(
                std::find_if(state_.places.begin(), state_.places.end(), [&](const StretchPlace& p) { return p.station == station; }) -
                state_.places.begin());
        };
        train.from = place(train.from);
        train.to = place(train.to);
        add_between(train, kind, speed, length, rank);
    }

    // Between two places.
    void add_between(LineTrain train, std::size_t kind, Speed speed, Length length, Rank rank) {
        train.sort = state_.trains.size();
        if (state_.sorts.size() <= train.sort) state_.sorts.emplace_back();
        set_sort(state_.sorts[train.sort], stretch_, state_, speed, length, rank);
        state_.trains.push_back(train);
        state_.kinds.push_back(kind);
    }

    const SharedStretch& stretch_;
    const Noise& noise_;
    StretchState& state_;
    Instant end_;
    double weights_ = 0;
};

}  // namespace

void draw_line(const SharedStretch& stretch, const Noise& noise, StretchState& state) {
    state.places.clear();
    state.line.stations.clear();
    add_places(stretch, noise, state);
    const Millis headway = std::max(shortest, to_millis(stretch.rule.headway.quantile(noise.uniform(stretch.keys.headway))));
    state.line.sections.resize(state.places.size() - 1);
    for_each_section(stretch, state, [&](std::size_t i, const StretchSection& section, Length) {
        state.line.sections[i] = {section.double_track, headway};
    });
    state.cleared_before = to_millis(stretch.rule.cleared_before.quantile(noise.uniform(stretch.keys.cleared)));
    state.drawn = true;
}

double trains_carried(const SharedStretch& stretch, const Noise& noise) {
    constexpr double day = 86'400'000;
    StretchState state;
    draw_line(stretch, noise, state);
    double weights = 0, most = std::numeric_limits<double>::infinity(), between_loops = 0;
    for (const OrdinaryTrainsSheet& kind : stretch.rule.trains) weights += kind.weight;
    if (weights == 0) return most;
    for_each_section(stretch, state, [&](std::size_t i, const StretchSection& section, Length distance) {
        if (section.double_track) {
            most = std::min(most, day / static_cast<double>(state.line.sections[i].headway.count()));
            between_loops = 0;
            return;
        }
        for (const OrdinaryTrainsSheet& kind : stretch.rule.trains) {
            const Millis run = running_time(distance, std::min(kind.speed.quantile(0.5), section.limit));
            between_loops += kind.weight / weights * static_cast<double>(run.count());
        }
        most = std::min(most, day / (2 * between_loops));
        if (state.line.stations[i + 1].tracks > 1) between_loops = 0;
    });
    return most;
}

Millis slowest_run(const SharedStretch& stretch) {
    Millis slowest{0};
    for (const OrdinaryTrainsSheet& kind : stretch.rule.trains) {
        Millis run{0};
        for (const StretchSection& section : stretch.sections) run += running_time(section.length, std::min(kind.speed.quantile(0.5), section.limit));
        slowest = std::max(slowest, run);
    }
    Length length{};
    for (const StretchSection& section : stretch.sections) length += section.length;
    for (const TimetabledTrain& train : stretch.timetable) slowest = std::max(slowest, to_millis(length / train.speed));
    return slowest;
}

void draw_trains(const SharedStretch& stretch, const Noise& noise, StretchState& state, Instant end) {
    TrainDraws{stretch, noise, state, end}.draw();
    const std::size_t ordinary = state.trains.size();
    state.sorts.resize(ordinary + state.convoy.size());
    for (std::size_t i = 0; i < state.convoy.size(); ++i) {
        state.sorts[ordinary + i] = state.convoy[i].sort;
        state.trains.push_back(state.convoy[i].runs);
        state.trains.back().sort = ordinary + i;
    }
}

}  // namespace railwindow
