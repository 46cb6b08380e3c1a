#include <railwindow/core/clock.hpp>

#include <railwindow/core/error.hpp>

#include <date/tz.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <map>
#include <sstream>

namespace railwindow {
namespace {

const date::time_zone* zone_of(const void* zone) { return static_cast<const date::time_zone*>(zone); }

date::local_time<Millis> date_local(const LocalTime& t) {
    const auto day = date::year{t.year} / t.month / t.day;
    return date::local_days{day} + std::chrono::hours{t.hour} + std::chrono::minutes{t.minute} + std::chrono::seconds{t.second};
}

date::sys_time<Millis> date_sys(Instant instant) { return date::sys_time<Millis>{instant.time_since_epoch()}; }

LocalTime local_from(Millis since_epoch) {
    const date::sys_time<Millis> time{since_epoch};
    const auto midnight = date::floor<date::days>(time);
    const date::year_month_day day{midnight};
    const date::hh_mm_ss clock{date::floor<std::chrono::seconds>(time - midnight)};
    return {int{day.year()},
            static_cast<int>(unsigned{day.month()}),
            static_cast<int>(unsigned{day.day()}),
            static_cast<int>(clock.hours().count()),
            static_cast<int>(clock.minutes().count()),
            static_cast<int>(clock.seconds().count())};
}

// Reads the fixed-width number at the front of `text`; -1 when there is none.
int take_number(std::string_view& text, std::size_t width) {
    if (text.size() < width) return -1;
    int value = 0;
    for (const char c : text.substr(0, width)) {
        if (c < '0' || c > '9') return -1;
        value = value * 10 + (c - '0');
    }
    text.remove_prefix(width);
    return value;
}

bool take(std::string_view& text, char c) {
    if (text.empty() || text.front() != c) return false;
    text.remove_prefix(1);
    return true;
}

constexpr const char* time_form = "write 2023-09-12 18:00 (local time of the place) or 2023-09-12T18:00+09:00";

bool names_weekday(std::string_view text) {
    constexpr std::array<std::string_view, 7> days{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
    if (text.size() < 3) return false;
    std::string start;
    for (const char c : text.substr(0, 3)) start += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return std::find(days.begin(), days.end(), start) != days.end();
}

std::optional<Millis> take_offset(std::string_view& text) {
    if (take(text, 'Z')) return Millis{0};
    const bool minus = !text.empty() && text.front() == '-';
    if (!take(text, '+') && !take(text, '-')) return {};
    const int hours = take_number(text, 2);
    take(text, ':');
    const int minutes = take_number(text, 2);
    if (hours < 0 || hours > 14 || minutes < 0 || minutes > 59) return {};
    const Millis offset = std::chrono::hours{hours} + std::chrono::minutes{minutes};
    return minus ? -offset : offset;
}

}  // namespace

Millis to_millis(Duration duration) { return Millis{std::llround(duration / ms)}; }

std::variant<WrittenTime, TimeError> parse_time(std::string_view text) {
    const std::string shown = "'" + std::string{text} + "'";
    if (names_weekday(text)) return TimeError{shown + " names a weekday, not a date", time_form};
    const TimeError malformed{shown + " is not a time", time_form};
    WrittenTime time;
    LocalTime& t = time.local;
    if ((t.year = take_number(text, 4)) < 0 || !take(text, '-') || (t.month = take_number(text, 2)) < 0 || !take(text, '-') ||
        (t.day = take_number(text, 2)) < 0)
        return malformed;
    if (text.empty()) return TimeError{shown + " has no time of day", time_form};
    if (!take(text, ' ') && !take(text, 'T')) return malformed;
    if ((t.hour = take_number(text, 2)) < 0 || !take(text, ':') || (t.minute = take_number(text, 2)) < 0) return malformed;
    if (take(text, ':') && (t.second = take_number(text, 2)) < 0) return malformed;
    if (!text.empty() && !(time.utc_offset = take_offset(text))) return malformed;
    if (!text.empty()) return malformed;

    const auto day = date::year{t.year} / t.month / t.day;
    if (!day.ok()) return TimeError{shown + ": the calendar has no such day", "check month and day"};
    if (t.year < 1900 || t.year > 2200) return TimeError{shown + ": the year is outside 1900 to 2200", time_form};
    if (t.hour == 24) return TimeError{shown + ": a day ends before 24:00", "write 00:00 of the next day"};
    if (t.hour > 23 || t.minute > 59 || t.second > 59) return TimeError{shown + ": no clock shows this", time_form};
    return time;
}

std::optional<TimeZone> TimeZone::find(std::string_view name) {
    const auto known = [&] {
        try {
            return &date::get_tzdb();
        } catch (const std::exception& error) {
            Finding finding;
            finding.subject = "time zones";
            finding.what = fmt::format("the system has no time zone database ({})", error.what());
            finding.remedy = "install the package tzdata";
            throw InputError{std::move(finding)};
        }
    }();
    for (const auto& zone : known->zones)
        if (zone.name() == name) return TimeZone{&zone};
    return {};
}

std::string TimeZone::name() const { return zone_of(zone_)->name(); }

std::string TimeZone::country() const {
    static const std::map<std::string, std::string> countries = [] {  // zone.tab: country, coordinates, zone, comments
        std::map<std::string, std::string> read;
        std::ifstream table{"/usr/share/zoneinfo/zone.tab"};  // beside the database that the library reads
        for (std::string line; std::getline(table, line);) {
            std::istringstream words{line};
            std::string country, coordinates, zone;
            if (!line.empty() && line.front() != '#' && words >> country >> coordinates >> zone) read.emplace(zone, country);
        }
        return read;
    }();
    const auto found = countries.find(name());
    return found == countries.end() ? std::string{} : found->second;
}

Millis TimeZone::offset_at(Instant instant) const { return zone_of(zone_)->get_info(date_sys(instant)).offset; }

std::variant<Instant, TimeError> TimeZone::instant_of(const LocalTime& local) const {
    const auto time = date_local(local);
    const date::local_info info = zone_of(zone_)->get_info(time);
    const std::string shown = fmt::format("{:04}-{:02}-{:02} {:02}:{:02}", local.year, local.month, local.day, local.hour, local.minute);
    if (info.result == date::local_info::nonexistent)
        return TimeError{fmt::format("clocks in {} skip {} (they go from {} to {})", name(), shown, offset_text(info.first.offset),
                                     offset_text(info.second.offset)),
                         "write a time that exists, or give the offset from UTC"};
    if (info.result == date::local_info::ambiguous)
        return TimeError{fmt::format("clocks in {} show {} twice", name(), shown),
                         fmt::format("give the offset: {} or {}", offset_text(info.first.offset), offset_text(info.second.offset))};
    return Instant{time.time_since_epoch() - Millis{info.first.offset}};
}

LocalTime TimeZone::local_at(Instant instant) const { return local_from(instant.time_since_epoch() + offset_at(instant)); }

std::variant<Instant, TimeError> instant_of(const WrittenTime& time, const TimeZone& zone) {
    if (!time.utc_offset) return zone.instant_of(time.local);
    return Instant{date_local(time.local).time_since_epoch() - *time.utc_offset};
}

std::string iso_time(Instant instant, const TimeZone& zone) {
    const Instant rounded = std::chrono::round<std::chrono::seconds>(instant);
    const LocalTime t = zone.local_at(rounded);
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}{}", t.year, t.month, t.day, t.hour, t.minute, t.second,
                       offset_text(zone.offset_at(rounded)));
}

std::string short_time(Instant instant, const TimeZone& zone) {
    // By way of the second that iso_time shows, so that nobody who starts from there gets another minute.
    const auto second = std::chrono::round<std::chrono::seconds>(instant);
    const LocalTime t = zone.local_at(std::chrono::floor<std::chrono::minutes>(second + std::chrono::seconds{30}));
    return fmt::format("{:04}-{:02}-{:02} {:02}:{:02}", t.year, t.month, t.day, t.hour, t.minute);
}

std::string offset_text(Millis offset) {
    const auto minutes = std::abs(std::chrono::duration_cast<std::chrono::minutes>(offset).count());
    return fmt::format("{}{:02}:{:02}", offset < Millis{0} ? '-' : '+', minutes / 60, minutes % 60);
}

std::string hours_and_minutes(Millis duration) {
    const auto minutes = std::chrono::floor<std::chrono::minutes>(duration + std::chrono::seconds{30}).count();
    const auto size = std::abs(minutes);
    const char* sign = minutes < 0 ? "-" : "";
    return size < 60 ? fmt::format("{}{} min", sign, size) : fmt::format("{}{} h {:02} min", sign, size / 60, size % 60);
}

}  // namespace railwindow
