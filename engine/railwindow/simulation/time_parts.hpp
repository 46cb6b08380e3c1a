#pragma once
// Where the time of a run goes.

#include <railwindow/core/clock.hpp>

#include <array>
#include <string_view>

namespace railwindow {

/// Where a train's time goes. Every millisecond from the departure to the last arrival belongs to exactly one part.
enum class TimePart { moving, planned_stops, gauge_change, border, holds, disruptions, waiting_for_others };
inline constexpr std::size_t time_parts = 7;  ///< how many parts there are
/// As results name it: "moving", "planned stops", "gauge change", "border", "holds", "disruptions", "waiting for others".
std::string_view name(TimePart part);

/// Times by TimePart. Of activities side by side, those count that the departure waited for, one after the other.
struct TimeParts {
    std::array<Millis, time_parts> spent{};  ///< by TimePart

    Millis& operator[](TimePart part) { return spent[static_cast<std::size_t>(part)]; }
    Millis operator[](TimePart part) const { return spent[static_cast<std::size_t>(part)]; }
    Millis sum() const {
        Millis all{};
        for (const Millis one : spent) all += one;
        return all;
    }  ///< All parts together.
};

}  // namespace railwindow
