// What lies along the line, drawn before the train sets out: restrictions become pieces of its course, holds become stands.

#include <railwindow/simulation/dispatcher.hpp>

#include <algorithm>
#include <cmath>
#include <tuple>

namespace railwindow {
namespace {

// Calls `act(cell, event, chainage)` for the events between two chainages.
void for_each_event(const CellProcess& process, const Noise& noise, int month, Length from, Length to, const auto& act) {
    const auto first = static_cast<std::int64_t>(std::floor(from / kilometre_cell)),
               last = static_cast<std::int64_t>(std::floor(to / kilometre_cell));
    for (std::int64_t cell = first; cell <= last; ++cell)
        for (int i = 0, events = process.events(noise, cell, month); i < events; ++i) {
            const Length at = (static_cast<double>(cell) + process.where(noise, cell, i)) * kilometre_cell;
            if (at >= from && at < to) act(cell, i, at);
        }
}

}  // namespace

void Dispatcher::place_disruptions(std::size_t train) {
    const std::vector<TrackPart>& parts = itinerary(train).disruptions.parts;
    if (parts.empty()) return;
    TrainState& state = train_state(train);
    const Noise& noise = state_.noise;
    const int month = month_of(departure_of_main());
    storage_.slow.clear();
    for (const TrackPart& part : parts) {
        for (const HoldProcess& hold : part.holds)
            for_each_event(hold.where, noise, month, part.begin, part.end, [&](std::int64_t cell, int i, Length at) {
                const Millis lasts =
                    clocked(hold.lasts.quantile(std::min(longest_share, noise.uniform(CellProcess::named(hold.lasts_key, cell, i)))));
                state.stands.push_back({part.stage, part.at(at), lasts, TimePart::disruptions, hold.why});
            });
        if (!part.restrictions) continue;
        const RestrictionProcess& process = *part.restrictions;
        const Length longest = process.length.quantile(longest_share);
        for_each_event(process.where, noise, month, part.begin - longest, part.end, [&](std::int64_t cell, int i, Length at) {
            const auto drawn = [&](const DrawKey& key) { return std::min(longest_share, noise.uniform(CellProcess::named(key, cell, i))); };
            const Length begin = std::max(at, part.begin), end = std::min(at + process.length.quantile(drawn(process.length_key)), part.end);
            if (begin >= end) return;
            const CourseOffset one = part.at(begin), other = part.at(end);
            storage_.slow.push_back({part.stage, std::min(one, other), std::max(one, other), process.speed.quantile(drawn(process.speed_key))});
        });
    }
    std::sort(state.stands.begin(), state.stands.end(),
              [](const Stand& a, const Stand& b) { return std::tie(a.stage, a.at, a.lasts) < std::tie(b.stage, b.at, b.lasts); });
    std::sort(storage_.slow.begin(), storage_.slow.end(), [](const SlowStretch& a, const SlowStretch& b) {
        return std::tie(a.stage, a.begin, a.end, a.limit) < std::tie(b.stage, b.begin, b.end, b.limit);
    });
    auto begin = storage_.slow.begin();
    for (std::size_t stage = 0; stage < state.courses.size(); ++stage) {
        const auto end = std::find_if(begin, storage_.slow.end(), [&](const SlowStretch& slow) { return slow.stage != stage; });
        if (begin != end) cut_in(state.courses[stage], {&*begin, static_cast<std::size_t>(end - begin)});
        begin = end;
    }
}

// Where several restrictions lie on each other the lowest holds.
void Dispatcher::cut_in(Course& course, std::span<const SlowStretch> slow) {
    storage_.pieces = course.pieces;
    course.pieces.clear();
    std::size_t first = 0;
    for (std::size_t i = 0; i < storage_.pieces.size(); ++i) {
        CoursePiece piece = storage_.pieces[i];
        const CourseOffset end = i + 1 < storage_.pieces.size() ? storage_.pieces[i + 1].begin : CourseOffset{course.length};
        while (piece.begin < end) {
            while (first < slow.size() && slow[first].end <= piece.begin) ++first;
            CourseOffset until = end;
            piece.limit = storage_.pieces[i].limit;
            for (std::size_t k = first; k < slow.size() && slow[k].begin < end; ++k) {
                if (slow[k].end <= piece.begin) continue;
                const bool holds = slow[k].begin <= piece.begin;
                if (holds) piece.limit = std::min(piece.limit, slow[k].limit);
                until = std::min(until, holds ? slow[k].end : slow[k].begin);
            }
            course.pieces.push_back(piece);
            piece.begin = until;
        }
    }
}

}  // namespace railwindow
