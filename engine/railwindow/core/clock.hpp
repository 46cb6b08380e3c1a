#pragma once
// The clock of the simulation: whole milliseconds of UTC. Local time exists only at the edges, through the IANA zones with
// their history (Pyongyang stood at UTC+8:30 from 15 August 2015 to 4 May 2018).

#include <railwindow/core/units.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace railwindow {

/// A duration on the clock.
using Millis = std::chrono::milliseconds;
/// A point in time: milliseconds since 1970-01-01 00:00 UTC.
using Instant = std::chrono::sys_time<Millis>;

/// `duration` to the nearest millisecond.
Millis to_millis(Duration duration);
/// `millis` as a duration.
inline Duration to_duration(Millis millis) { return static_cast<double>(millis.count()) * ms; }

/// A reading of a wall clock, without a zone. Proleptic Gregorian calendar.
struct LocalTime {
    int year = 1970;  ///< of the proleptic Gregorian calendar
    int month = 1;    ///< 1 to 12
    int day = 1;      ///< 1 to 31
    int hour = 0;     ///< 0 to 23
    int minute = 0;   ///< 0 to 59
    int second = 0;   ///< 0 to 59
    friend auto operator<=>(const LocalTime&, const LocalTime&) = default;
};

/// A point in time as people write it: local to its place, or with its own offset from UTC.
struct WrittenTime {
    LocalTime local;                   ///< the reading of the clock
    std::optional<Millis> utc_offset;  ///< empty: local to its place
};

/// What is wrong with a text that should be a time, and what would be right.
struct TimeError {
    std::string what;    ///< what is wrong, with the text
    std::string remedy;  ///< what would be right
};

/// `2023-09-12 18:00`, `2023-09-12T18:00:30`, `2023-09-12T18:00+09:00`, `...Z`. A weekday, a time without a date or 24:00 is an error with a hint.
std::variant<WrittenTime, TimeError> parse_time(std::string_view text);

/// A time zone of the IANA database.
class TimeZone {
public:
    /// The zone called `name`, or nothing when the database has none of that name.
    /// Throws: InputError when the system has no time zone database.
    static std::optional<TimeZone> find(std::string_view name);

    /// The IANA name, such as `Asia/Vladivostok`.
    std::string name() const;
    /// The ISO 3166 code of the country whose zone it is; empty when the database does not say.
    std::string country() const;
    /// What local clocks are ahead of UTC at `instant`.
    Millis offset_at(Instant instant) const;
    /// The instant at which clocks here show `local`; an error when they skip it or show it twice.
    std::variant<Instant, TimeError> instant_of(const LocalTime& local) const;
    /// What clocks here show at `instant`.
    LocalTime local_at(Instant instant) const;

private:
    explicit TimeZone(const void* zone) : zone_{zone} {}
    const void* zone_;  // the library's zone: lives as long as the process
};

/// The instant that `time` means at a place in `zone`.
std::variant<Instant, TimeError> instant_of(const WrittenTime& time, const TimeZone& zone);

/// `2019-04-25T01:50:00+10:00`, to the nearest second.
std::string iso_time(Instant instant, const TimeZone& zone);
/// `2019-04-25 01:50`, to the nearest minute (half a minute is the next one).
std::string short_time(Instant instant, const TimeZone& zone);
/// `+10:00`.
std::string offset_text(Millis offset);
/// `28 h 10 min`, `45 min`, `-1 h 05 min`, to the nearest minute.
std::string hours_and_minutes(Millis duration);

}  // namespace railwindow
