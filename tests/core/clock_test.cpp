#include <railwindow/core/clock.hpp>

#include <doctest/doctest.h>

namespace core_clock_test {

using namespace railwindow;
using namespace std::chrono_literals;

namespace {

TimeZone zone(const char* name) {
    const auto found = TimeZone::find(name);
    REQUIRE(found);
    return *found;
}
WrittenTime written(const char* text) {
    const auto time = parse_time(text);
    INFO(text);
    REQUIRE(std::holds_alternative<WrittenTime>(time));
    return std::get<WrittenTime>(time);
}
Instant instant(const char* text, const TimeZone& zone) {
    const auto found = instant_of(written(text), zone);
    INFO(text);
    REQUIRE(std::holds_alternative<Instant>(found));
    return std::get<Instant>(found);
}
TimeError refused(const char* text) {
    const auto time = parse_time(text);
    INFO(text);
    REQUIRE(std::holds_alternative<TimeError>(time));
    return std::get<TimeError>(time);
}
TimeError refused(const char* text, const TimeZone& zone) {
    const auto found = instant_of(written(text), zone);
    INFO(text);
    REQUIRE(std::holds_alternative<TimeError>(found));
    return std::get<TimeError>(found);
}
bool holds(const std::string& text, const char* part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("exact: Pyongyang stood at UTC+8:30 from August 2015 to May 2018") {
    const TimeZone pyongyang = zone("Asia/Pyongyang");
    CHECK(offset_text(pyongyang.offset_at(instant("2015-08-01 12:00", pyongyang))) == "+09:00");
    CHECK(offset_text(pyongyang.offset_at(instant("2016-06-01 12:00", pyongyang))) == "+08:30");
    CHECK(offset_text(pyongyang.offset_at(instant("2019-04-24 12:00", pyongyang))) == "+09:00");
    CHECK(iso_time(instant("2016-06-01T03:30:00Z", pyongyang), pyongyang) == "2016-06-01T12:00:00+08:30");
}

TEST_CASE("exact: Vladivostok stood at UTC+11 in 2012 and at UTC+10 in 2019") {
    const TimeZone vladivostok = zone("Asia/Vladivostok");
    CHECK(offset_text(vladivostok.offset_at(instant("2012-07-01 12:00", vladivostok))) == "+11:00");
    CHECK(offset_text(vladivostok.offset_at(instant("2019-07-01 12:00", vladivostok))) == "+10:00");
    CHECK(offset_text(vladivostok.offset_at(instant("2019-01-01 12:00", vladivostok))) == "+10:00");
}

TEST_CASE("exact: a local time that clocks skip is refused, with both offsets") {
    const TimeZone pyongyang = zone("Asia/Pyongyang");
    const TimeError error = refused("2018-05-04 23:45", pyongyang);
    CHECK(holds(error.what, "Asia/Pyongyang skip 2018-05-04 23:45"));
    CHECK(holds(error.what, "+08:30 to +09:00"));
    CHECK(holds(error.remedy, "offset"));
    // The last minute before and the first after are 1 minute apart.
    CHECK(instant("2018-05-05 00:00", pyongyang) - instant("2018-05-04 23:29", pyongyang) == 1min);
}

TEST_CASE("exact: a local time that clocks show twice is refused, and its offset decides") {
    const TimeZone pyongyang = zone("Asia/Pyongyang");
    const TimeError error = refused("2015-08-14 23:45", pyongyang);
    CHECK(holds(error.what, "twice"));
    CHECK(holds(error.remedy, "+09:00 or +08:30"));
    CHECK(instant("2015-08-14T23:45+08:30", pyongyang) - instant("2015-08-14T23:45+09:00", pyongyang) == 30min);
}

TEST_CASE("exact: offsets from UTC are read in all their forms") {
    CHECK(written("2019-04-24T10:30Z").utc_offset == 0min);
    CHECK(written("2019-04-24T10:30+09:00").utc_offset == 9h);
    CHECK(written("2019-04-24T10:30:15+0830").utc_offset == 8h + 30min);
    CHECK(written("2019-04-24 10:30-03:30").utc_offset == -(3h + 30min));
    CHECK(written("2019-04-24 10:30").utc_offset == std::nullopt);
    CHECK(written("2019-04-24T10:30:15").local == LocalTime{2019, 4, 24, 10, 30, 15});
    CHECK(written("2020-02-29 00:00").local == LocalTime{2020, 2, 29, 0, 0, 0});
    const TimeZone pyongyang = zone("Asia/Pyongyang");
    CHECK(instant("2019-04-24T11:30+10:00", pyongyang) == instant("2019-04-24 10:30", pyongyang));
}

TEST_CASE("exact: what is no time is refused and a time that would do is shown") {
    CHECK(holds(refused("Sunday 18:00").what, "weekday"));
    CHECK(holds(refused("Wed").what, "weekday"));
    CHECK(holds(refused("2023-09-10").what, "no time of day"));
    CHECK(holds(refused("2023-09-10 24:00").remedy, "00:00 of the next day"));
    CHECK(holds(refused("2023-13-10 12:00").what, "no such day"));
    CHECK(holds(refused("2023-02-29 12:00").what, "no such day"));
    CHECK(holds(refused("2023-04-00 12:00").what, "no such day"));
    CHECK(holds(refused("2023-09-10 25:00").what, "no clock"));
    CHECK(holds(refused("2023-09-10 23:60").what, "no clock"));
    CHECK(holds(refused("2023-09-10 23:59:60").what, "no clock"));
    CHECK(holds(refused("1815-06-18 12:00").what, "outside 1900 to 2200"));
    for (const char* text : {"", "18:00", "10.09.2023 18:00", "2023-9-10 18:00", "2023-09-10 6:00", "2023-09-10  18:00", "2023-09-10 18:00 ",
                             "2023-09-10 18:00:", "2023-09-10 18:00:5", "2023-09-10 18:00 +09:00", "2023-09-10T18:00+9:00", "2023-09-10T18:00+15:00",
                             "2023-09-10T18:00+09:60", "2023-09-10T18:00ZZ", "2023-09-10t18:00", "-2023-09-10 18:00", "2023-09-10 -1:00"})
        CHECK(holds(refused(text).remedy, "2023-09-12 18:00"));
}

TEST_CASE("law: local time and back is the same instant, wherever clocks show it once") {
    for (const char* name : {"Asia/Pyongyang", "Asia/Vladivostok", "Asia/Yakutsk", "Asia/Shanghai", "Europe/Moscow", "Asia/Ho_Chi_Minh"}) {
        CAPTURE(name);
        const TimeZone here = zone(name);
        int once = 0, different = 0, twice = 0, skipped = 0;
        for (Instant at = instant("2011-01-01T00:00Z", here); at < instant("2019-01-01T00:00Z", here); at += 1h) {
            const auto back = here.instant_of(here.local_at(at));
            if (const auto* found = std::get_if<Instant>(&back))
                ++once, different += *found != at;
            else if (holds(std::get<TimeError>(back).what, "twice"))
                ++twice;
            else
                ++skipped;
        }
        CHECK(different == 0);
        CHECK(skipped == 0);  // a clock never shows what it skips
        CHECK(twice <= 2 * 4);
        CHECK(once > 70'000);
    }
}

TEST_CASE("exact: times are written with their offset and rounded") {
    const TimeZone khasan = zone("Asia/Vladivostok");
    const Instant at = instant("2019-04-24T18:40:29+10:00", khasan);
    CHECK(iso_time(at, khasan) == "2019-04-24T18:40:29+10:00");
    CHECK(iso_time(at + 600ms, khasan) == "2019-04-24T18:40:30+10:00");
    CHECK(short_time(at, khasan) == "2019-04-24 18:40");
    CHECK(short_time(at + 2s, khasan) == "2019-04-24 18:41");
    CHECK(short_time(instant("2019-12-31T23:59:45+10:00", khasan), khasan) == "2020-01-01 00:00");
    CHECK(khasan.local_at(Instant{-1ms}) == LocalTime{1970, 1, 1, 9, 59, 59});
    CHECK(khasan.name() == "Asia/Vladivostok");
}

TEST_CASE("exact: offsets and durations are written as people write them") {
    CHECK(offset_text(0min) == "+00:00");
    CHECK(offset_text(8h + 30min) == "+08:30");
    CHECK(offset_text(-(3h + 30min)) == "-03:30");
    CHECK(hours_and_minutes(0min) == "0 min");
    CHECK(hours_and_minutes(45min) == "45 min");
    CHECK(hours_and_minutes(59min + 40s) == "1 h 00 min");
    CHECK(hours_and_minutes(28h + 10min) == "28 h 10 min");
    CHECK(hours_and_minutes(-(1h + 5min)) == "-1 h 05 min");
    CHECK(hours_and_minutes(-5min) == "-5 min");
}

TEST_CASE("exact: a zone is found by its IANA name and by no other") {
    CHECK(TimeZone::find("Asia/Pyongyang"));
    for (const char* name : {"", "Asia/Pyongyan", "asia/pyongyang", "Pyongyang", "+09:00", "../etc/passwd"}) {
        CAPTURE(name);
        CHECK_FALSE(TimeZone::find(name));
    }
}

TEST_CASE("exact: durations become whole milliseconds by rounding") {
    CHECK(to_millis(1.0004 * s) == 1000ms);
    CHECK(to_millis(1.0006 * s) == 1001ms);
    CHECK(to_millis(-1.0006 * s) == -1001ms);
    CHECK(to_duration(90'000ms) == 90 * s);
}

}  // namespace core_clock_test
