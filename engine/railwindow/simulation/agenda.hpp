#pragma once
// What will happen, earliest first. Ties have an order: (time, class of event, visit, sequence), so no run depends on luck.

#include <railwindow/core/clock.hpp>

#include <algorithm>
#include <cstdint>
#include <tuple>
#include <variant>
#include <vector>

namespace railwindow {

struct ArrivalEvent {
    std::size_t visit;
};
struct ActivityEndEvent {
    std::size_t visit, activity;
};
struct DepartureEvent {
    std::size_t visit;
};

/// Its index is the class of the event: at one instant trains arrive, then activities end, then trains depart.
using EventKind = std::variant<ArrivalEvent, ActivityEndEvent, DepartureEvent>;

struct Event {
    Instant at;
    EventKind what;
    std::uint32_t sequence;
};

class Agenda {
public:
    void add(Instant at, EventKind what) {
        heap_.push_back({at, what, sequence_++});
        std::push_heap(heap_.begin(), heap_.end(), later);
    }
    Event take() {
        std::pop_heap(heap_.begin(), heap_.end(), later);
        const Event event = heap_.back();
        heap_.pop_back();
        return event;
    }
    bool empty() const { return heap_.empty(); }
    void clear() {
        heap_.clear();
        sequence_ = 0;
    }

private:
    static auto key(const Event& event) {
        const std::size_t visit = std::visit([](const auto& what) { return what.visit; }, event.what);
        return std::tuple{event.at, event.what.index(), visit, event.sequence};
    }
    static bool later(const Event& a, const Event& b) { return key(a) > key(b); }

    std::vector<Event> heap_;
    std::uint32_t sequence_ = 0;
};

}  // namespace railwindow
