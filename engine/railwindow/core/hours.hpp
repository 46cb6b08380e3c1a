#pragma once
// Hours of the day, every day: by the clock of a place, or by its sun.

#include <railwindow/core/daylight.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace railwindow {

/// From one time of the local day to another, the second not included; passes midnight where the second is not the later one.
struct ClockHours {
    Millis from{}, until{};  ///< since local midnight
};
/// From sunrise to sunset, or from sunset to sunrise.
enum class SunHours { daylight, night };
/// Hours of every day.
using DailyHours = std::variant<ClockHours, SunHours>;

/// `21:00-05:00`, `daylight`, `night`; what is wrong with any other text.
std::variant<DailyHours, TimeError> parse_hours(std::string_view text);
/// All other hours.
DailyHours all_but(const DailyHours& hours);
/// As it is written: `21:00-05:00`.
std::string hours_text(const DailyHours& hours);

/// When `part` begins and ends after `whole` begins; nothing where it does not lie within, or one of them goes by the sun.
std::optional<std::pair<Millis, Millis>> within(const DailyHours& part, const DailyHours& whole);

/// Hours at a place. Those of some days may be worked out beforehand: the answers are the same and come sooner.
class LocalHours {
public:
    /// `latitude` and `longitude` in degrees, north and east positive.
    LocalHours(const DailyHours& hours, const TimeZone& zone, double latitude, double longitude)
        : hours_{hours}, zone_{zone}, latitude_{latitude}, longitude_{longitude} {}

    /// The first instant within the hours that is not before `instant`; nothing where there is none within a year. A time of day that clocks
    /// skip is the moment after the gap, one that they show twice is either.
    std::optional<Instant> first_from(Instant instant) const;
    /// The hours that are open at `instant`, or else the next ones, from their beginning to their end; nothing where there are none within a year.
    std::optional<Span> span_from(Instant instant) const;
    /// Works out the hours of `days` days, beginning with that of `instant`.
    void work_out(Instant instant, int days);

private:
    Millis day_of(Instant instant) const;
    Span beginning_on(Millis day) const;

    DailyHours hours_;
    TimeZone zone_;
    double latitude_, longitude_;
    std::vector<Span> known_;  // one after the other
    Span covered_{};           // what they are all the hours of
};

}  // namespace railwindow
