#pragma once
// What will happen, earliest first. Ties have an order: (time, class of event, train, sequence), so no run depends on luck.

#include <railwindow/core/clock.hpp>

#include <algorithm>
#include <cstdint>
#include <tuple>
#include <variant>
#include <vector>

namespace railwindow {

/// Something changes while the train runs, and its movement with it.
struct InterruptEvent {
    std::uint32_t plan;
};
/// The train's head is at a visit: it arrives, passes, or is held before it.
struct VisitEvent {
    std::size_t visit;
    std::uint32_t plan;  ///< TrainState::plan when this was planned; an event of an older plan means nothing
};
/// The train comes to a stand between stations.
struct StandEvent {
    std::uint32_t plan;
};
/// An activity of the stop is done; one more than the activities there are stands for the technical halt.
struct ActivityEndEvent {
    std::size_t visit, activity;
};
/// The train wants to leave.
struct DepartureEvent {
    std::size_t visit;
    std::uint32_t plan;
};

/// The train goes on from where it stood between stations.
struct GoOnEvent {
    std::uint32_t plan;
};

/// An activity that waited for its hours begins.
struct ActivityBeginEvent {
    std::size_t visit, activity;
};

/// Its index is the class of the event: at one instant power changes, then trains arrive, then activities end, then trains depart.
using EventKind = std::variant<InterruptEvent, VisitEvent, StandEvent, ActivityEndEvent, DepartureEvent, GoOnEvent, ActivityBeginEvent>;

struct Event {
    Instant at;
    std::uint32_t train, sequence;
    EventKind what;
};

class Agenda {
public:
    void add(Instant at, std::size_t train, EventKind what) {
        heap_.push_back({at, static_cast<std::uint32_t>(train), sequence_++, what});
        std::push_heap(heap_.begin(), heap_.end(), later);
    }
    Event take() {
        std::pop_heap(heap_.begin(), heap_.end(), later);
        const Event event = heap_.back();
        heap_.pop_back();
        return event;
    }
    const Event& next() const { return heap_.front(); }
    bool empty() const { return heap_.empty(); }
    /// How many events there have been since `clear`.
    std::uint32_t added() const { return sequence_; }
    void clear() {
        heap_.clear();
        sequence_ = 0;
    }

private:
    static auto key(const Event& event) { return std::tuple{event.at, event.what.index(), event.train, event.sequence}; }
    static bool later(const Event& a, const Event& b) { return a.at != b.at ? a.at > b.at : key(a) > key(b); }

    std::vector<Event> heap_;
    std::uint32_t sequence_ = 0;
};

}  // namespace railwindow
