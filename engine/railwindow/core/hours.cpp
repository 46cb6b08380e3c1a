#include <railwindow/core/hours.hpp>

#include <railwindow/core/daylight.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace railwindow {
namespace {

using std::chrono::days;

constexpr const char* hours_form = "write 21:00-05:00 (local time of the place), `daylight` or `night`";

// The time of day at the front of `text`, as `21:00`; 24:00 ends a day.
std::optional<Millis> take_time(std::string_view& text) {
    const auto digit = [&](std::size_t i) { return text[i] >= '0' && text[i] <= '9'; };
    if (text.size() < 5 || !digit(0) || !digit(1) || text[2] != ':' || !digit(3) || !digit(4)) return {};
    const int hour = (text[0] - '0') * 10 + text[1] - '0', minute = (text[3] - '0') * 10 + text[4] - '0';
    if (minute > 59 || hour > 24 || (hour == 24 && minute > 0)) return {};
    text.remove_prefix(5);
    return std::chrono::hours{hour} + std::chrono::minutes{minute};
}

// The instant at which clocks that show whole days and milliseconds since 1970 show `local`.
Instant at(Millis local, const TimeZone& zone) {
    const Instant guess{local - zone.offset_at(Instant{local})};
    return Instant{local - zone.offset_at(guess)};
}

std::string clock_text(Millis time) {
    const auto all = std::chrono::duration_cast<std::chrono::minutes>(time).count();
    return fmt::format("{:02}:{:02}", all / 60, all % 60);
}

}  // namespace

std::variant<DailyHours, TimeError> parse_hours(std::string_view text) {
    const std::string shown = "'" + std::string{text} + "'";
    if (text == "daylight") return SunHours::daylight;
    if (text == "night") return SunHours::night;
    const auto from = take_time(text);
    if (!from || text.empty() || text.front() != '-') return TimeError{shown + " are no hours", hours_form};
    text.remove_prefix(1);
    const auto until = take_time(text);
    if (!until || !text.empty()) return TimeError{shown + " are no hours", hours_form};
    if (*from == std::chrono::hours{24}) return TimeError{shown + ": a day begins at 00:00", hours_form};
    if (*from == *until) return TimeError{shown + " begin and end at one time", "leave them out where they mean the whole day"};
    if (*from == std::chrono::hours{0} && *until == std::chrono::hours{24}) return TimeError{shown + " are the whole day", "leave them out"};
    return ClockHours{*from, *until == std::chrono::hours{24} ? Millis{0} : *until};
}

DailyHours all_but(const DailyHours& hours) {
    if (const auto* clock = std::get_if<ClockHours>(&hours)) return ClockHours{clock->until, clock->from};
    return std::get<SunHours>(hours) == SunHours::daylight ? SunHours::night : SunHours::daylight;
}

std::string hours_text(const DailyHours& hours) {
    if (const auto* clock = std::get_if<ClockHours>(&hours)) return clock_text(clock->from) + "-" + clock_text(clock->until);
    return std::get<SunHours>(hours) == SunHours::daylight ? "daylight" : "night";
}

std::optional<std::pair<Millis, Millis>> within(const DailyHours& part, const DailyHours& whole) {
    const auto *inner = std::get_if<ClockHours>(&part), *outer = std::get_if<ClockHours>(&whole);
    if (!inner || !outer) return {};
    const auto since = [&](Millis time) { return (time - outer->from + std::chrono::hours{24}) % std::chrono::hours{24}; };
    const auto ends = [&](Millis until) { return since(until) == Millis{0} ? Millis{std::chrono::hours{24}} : since(until); };
    const std::pair found{since(inner->from), ends(inner->until)};
    return found.first < found.second && found.second <= ends(outer->until) ? std::optional{found} : std::nullopt;
}

// In days since 1970, by the clock of the place.
Millis LocalHours::day_of(Instant instant) const { return std::chrono::floor<days>(instant.time_since_epoch() + zone_.offset_at(instant)); }

// The hours that begin on the local day `day`.
Span LocalHours::beginning_on(Millis day) const {
    if (const auto* clock = std::get_if<ClockHours>(&hours_))
        return {at(day + clock->from, zone_),
                at(day + clock->until + (clock->until > clock->from ? std::chrono::hours{0} : std::chrono::hours{24}), zone_)};
    const Span today = daylight_at(latitude_, longitude_, at(day + std::chrono::hours{12}, zone_));
    if (std::get<SunHours>(hours_) == SunHours::daylight) return today;
    return {today.until, daylight_at(latitude_, longitude_, at(day + std::chrono::hours{36}, zone_)).from};
}

std::optional<Instant> LocalHours::first_from(Instant instant) const {
    const std::optional<Span> open = span_from(instant);
    return open ? std::optional{std::max(instant, open->from)} : std::nullopt;
}

std::optional<Span> LocalHours::span_from(Instant instant) const {
    if (instant >= covered_.from && instant < covered_.until) {
        const auto found = std::upper_bound(known_.begin(), known_.end(), instant, [](Instant now, const Span& open) { return now < open.until; });
        if (found != known_.end()) return *found;
    }
    constexpr int year = 366;
    const Millis today = day_of(instant);
    for (int day = -1; day <= year; ++day) {
        const Span open = beginning_on(today + days{day});
        if (open.from < open.until && instant < open.until) return open;
    }
    return {};
}

void LocalHours::work_out(Instant instant, int count) {
    known_.clear();
    const Millis first = day_of(instant);
    for (int day = -1; day < count; ++day) {
        const Span open = beginning_on(first + days{day});
        if (open.from < open.until) known_.push_back(open);
    }
    covered_ = {at(first, zone_), at(first + days{count}, zone_)};
}

}  // namespace railwindow
