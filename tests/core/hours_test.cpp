#include <railwindow/core/daylight.hpp>
#include <railwindow/core/hours.hpp>

#include <doctest/doctest.h>

#include <array>

namespace core_hours_test {

using namespace railwindow;

namespace {

TimeZone zone(const char* name) { return *TimeZone::find(name); }

Instant local(const char* name, int month, int day, int hour, int minute, int year = 2024) {
    return std::get<Instant>(zone(name).instant_of(LocalTime{year, month, day, hour, minute, 0}));
}

LocalHours at(const char* hours, const char* name, double latitude = 0, double longitude = 0) {
    return {std::get<DailyHours>(parse_hours(hours)), zone(name), latitude, longitude};
}

bool within(Millis tolerance, Instant a, Instant b) { return a - b <= tolerance && b - a <= tolerance; }

}  // namespace

TEST_CASE("exact: sunrise and sunset are those of the Astronomical Almanac's formulas") {
    struct Known {
        const char* zone;
        double latitude, longitude;
        int year, month, day;
        std::array<int, 3> rise, set;
    };
    // As tests/independent/sun.py prints them: low-precision formulas of the Astronomical Almanac, good to some seconds.
    const Known all[]{
        {"Europe/London", 51.5074, -0.1278, 2024, 6, 20, {4, 42, 59}, {21, 21, 27}},
        {"Europe/London", 51.5074, -0.1278, 2024, 12, 21, {8, 3, 57}, {15, 53, 40}},
        {"America/New_York", 40.7128, -74.006, 2024, 6, 20, {5, 24, 54}, {20, 30, 38}},
        {"America/New_York", 40.7128, -74.006, 2024, 12, 21, {7, 16, 47}, {16, 32, 4}},
        {"Asia/Tokyo", 35.6581, 139.7414, 2024, 1, 1, {6, 50, 33}, {16, 37, 54}},
        {"Europe/Helsinki", 60.17, 24.94, 2024, 6, 20, {3, 53, 56}, {22, 49, 57}},
        {"America/Argentina/Ushuaia", -54.8, -68.3, 2024, 6, 20, {9, 58, 41}, {17, 11, 12}},
        {"Asia/Pyongyang", 39.03, 125.75, 2019, 4, 24, {5, 48, 53}, {19, 22, 16}},
    };
    for (const Known& known : all) {
        INFO(known.zone << " " << known.month);
        const Span day = daylight_at(known.latitude, known.longitude, local(known.zone, known.month, known.day, 12, 0, known.year));
        const auto at = [&](const std::array<int, 3>& time) {
            return local(known.zone, known.month, known.day, time[0], time[1], known.year) + std::chrono::seconds{time[2]};
        };
        CHECK(within(std::chrono::seconds{15}, day.from, at(known.rise)));
        CHECK(within(std::chrono::seconds{15}, day.until, at(known.set)));
    }
}

TEST_CASE("law: where the sun does not set it is day all day, where it does not rise never") {
    const Span summer = daylight_at(69.65, 18.96, local("Europe/Oslo", 6, 20, 12, 0)),
               winter = daylight_at(69.65, 18.96, local("Europe/Oslo", 12, 20, 12, 0));
    CHECK(summer.until - summer.from >= std::chrono::hours{24});
    CHECK(winter.until == winter.from);
    const Instant june = local("Europe/Oslo", 6, 20, 3, 0), december = local("Europe/Oslo", 12, 20, 12, 0);
    CHECK(at("daylight", "Europe/Oslo", 69.65, 18.96).first_from(june) == june);
    CHECK(at("night", "Europe/Oslo", 69.65, 18.96).first_from(december) == december);
    CHECK(*at("night", "Europe/Oslo", 69.65, 18.96).first_from(june) > local("Europe/Oslo", 7, 20, 0, 0));
    CHECK(*at("daylight", "Europe/Oslo", 69.65, 18.96).first_from(december) > local("Europe/Oslo", 1, 5, 0, 0, 2025));
}

TEST_CASE("exact: hours of the clock begin and end by the minute, before midnight and after it") {
    const LocalHours night = at("21:00-05:00", "Asia/Pyongyang");
    const auto time = [](int day, int hour, int minute) { return local("Asia/Pyongyang", 3, day, hour, minute); };
    CHECK(night.first_from(time(1, 20, 59)) == time(1, 21, 0));
    CHECK(night.first_from(time(1, 21, 0)) == time(1, 21, 0));
    CHECK(night.first_from(time(1, 23, 59)) == time(1, 23, 59));
    CHECK(night.first_from(time(2, 4, 59)) == time(2, 4, 59));
    CHECK(night.first_from(time(2, 5, 0)) == time(2, 21, 0));
    const LocalHours curfew{all_but(std::get<DailyHours>(parse_hours("07:00-19:00"))), zone("Asia/Pyongyang"), 0, 0};
    CHECK(curfew.first_from(time(1, 7, 0)) == time(1, 19, 0));
    CHECK(curfew.first_from(time(1, 6, 59)) == time(1, 6, 59));
    CHECK(at("18:00-24:00", "Asia/Pyongyang").first_from(time(2, 0, 0)) == time(2, 18, 0));
    CHECK(at("00:00-06:00", "Asia/Pyongyang").first_from(time(1, 23, 0)) == time(2, 0, 0));
}

TEST_CASE("exact: hours are those of the place, with its zone's history and its summer time") {
    // Pyongyang stood at UTC+8:30 in March 2018 and at UTC+9 a year later.
    const auto utc = [](int year, int hour, int minute) { return local("UTC", 3, 1, hour, minute, year); };
    CHECK(at("21:00-05:00", "Asia/Pyongyang").first_from(utc(2018, 10, 0)) == utc(2018, 12, 30));
    CHECK(at("21:00-05:00", "Asia/Pyongyang").first_from(utc(2019, 10, 0)) == utc(2019, 12, 0));
    // Clocks in Paris go from 2:00 to 3:00 on 31 March 2024: hours from 2:30 begin with the gap's end.
    const Instant begins = *at("02:30-04:00", "Europe/Paris").first_from(local("Europe/Paris", 3, 31, 1, 30));
    CHECK(begins >= local("Europe/Paris", 3, 31, 1, 59));
    CHECK(begins <= local("Europe/Paris", 3, 31, 3, 30));
}

TEST_CASE("law: hours that were worked out beforehand are the same") {
    for (const char* text : {"21:00-05:00", "07:00-19:00", "daylight", "night", "00:00-00:01"})
        for (const double latitude : {43.0, 69.65}) {
            INFO(text);
            const LocalHours plain = at(text, "Europe/Oslo", latitude, 18.96);
            LocalHours known = plain;
            const Instant start = local("Europe/Oslo", 3, 25, 13, 0);
            known.work_out(start, 10);
            for (int step = -100; step < 600; ++step) {
                const Instant now = start + step * std::chrono::minutes{29};
                CHECK(known.first_from(now) == plain.first_from(now));
            }
        }
}

TEST_CASE("law: what is no hours is refused with what would be right") {
    for (const char* text :
         {"", "21:00", "21-05", "25:00-05:00", "21:60-05:00", "21:00-21:00", "00:00-24:00", "24:00-05:00", "dusk", "21:00-05:00 "}) {
        INFO(text);
        const auto parsed = parse_hours(text);
        REQUIRE(std::holds_alternative<TimeError>(parsed));
        CHECK_FALSE(std::get<TimeError>(parsed).remedy.empty());
    }
    CHECK(hours_text(std::get<DailyHours>(parse_hours("21:00-05:00"))) == "21:00-05:00");
    CHECK(hours_text(all_but(SunHours::daylight)) == "night");
}

}  // namespace core_hours_test
