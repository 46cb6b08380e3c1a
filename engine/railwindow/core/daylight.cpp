#include <railwindow/core/daylight.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace railwindow {
namespace {

constexpr double degree = std::numbers::pi / 180;
double sine(double degrees) { return std::sin(degrees * degree); }
double cosine(double degrees) { return std::cos(degrees * degree); }

struct Sun {
    double declination;       // degrees
    double equation_of_time;  // minutes that a sundial is ahead of a clock
};

// The sun at `instant`.
Sun sun_at(Instant instant) {
    const double j2000_ms = 946'728'000'000;  // 2000-01-01 12:00 UTC
    const double century = (static_cast<double>(instant.time_since_epoch().count()) - j2000_ms) / (86'400'000.0 * 36'525);
    const double longitude = std::fmod(280.46646 + century * (36000.76983 + century * 0.0003032), 360.0);
    const double anomaly = 357.52911 + century * (35999.05029 - 0.0001537 * century);
    const double eccentricity = 0.016708634 - century * (0.000042037 + 0.0000001267 * century);
    const double center = sine(anomaly) * (1.914602 - century * (0.004817 + 0.000014 * century)) +
                          sine(2 * anomaly) * (0.019993 - 0.000101 * century) + sine(3 * anomaly) * 0.000289;
    const double node = 125.04 - 1934.136 * century;
    const double apparent = longitude + center - 0.00569 - 0.00478 * sine(node);
    const double mean_obliquity = 23 + (26 + (21.448 - century * (46.815 + century * (0.00059 - century * 0.001813))) / 60) / 60;
    const double obliquity = mean_obliquity + 0.00256 * cosine(node);
    const double y = std::pow(std::tan(obliquity / 2 * degree), 2);
    const double equation = y * sine(2 * longitude) - 2 * eccentricity * sine(anomaly) +
                            4 * eccentricity * y * sine(anomaly) * cosine(2 * longitude) - 0.5 * y * y * sine(4 * longitude) -
                            1.25 * eccentricity * eccentricity * sine(2 * anomaly);
    return {std::asin(sine(obliquity) * sine(apparent)) / degree, 4 * equation / degree};
}

constexpr double minutes_of_day = 1440;
Millis minutes(double count) { return Millis{std::llround(count * 60'000)}; }

// Half of the day's length in minutes: from 0, where the sun does not rise, to 720, where it does not set.
double half_day(double latitude, const Sun& sun) {
    constexpr double zenith = 90.833;
    const double cosine_of_hour_angle = (cosine(zenith) - sine(latitude) * sine(sun.declination)) / (cosine(latitude) * cosine(sun.declination));
    return 4 * std::acos(std::clamp(cosine_of_hour_angle, -1.0, 1.0)) / degree;
}

// The solar noon nearest to `near`: a third look is within a millisecond of a fourth.
Instant solar_noon(double longitude, Instant near) {
    const Instant midnight = std::chrono::floor<std::chrono::days>(near);
    Instant noon = near;
    for (int look = 0; look < 3; ++look) {
        const double of_day = minutes_of_day / 2 - 4 * longitude - sun_at(noon).equation_of_time;  // UTC, on any day
        const double away = static_cast<double>((near - midnight).count()) / 60'000 - of_day;
        noon = midnight + minutes(of_day + minutes_of_day * std::round(away / minutes_of_day));
    }
    return noon;
}

}  // namespace

Span daylight_at(double latitude, double longitude, Instant noon) {
    const Instant middle = solar_noon(longitude, noon);
    const double at_noon = sun_at(middle).equation_of_time;
    // The declination is that of the moment itself: a second look is within a second of the third.
    const auto look = [&](Instant instant, double side) {
        const Sun sun = sun_at(instant);
        const double half = half_day(latitude, sun);
        if (half <= 0) return middle;
        // Solar days differ by seconds: where the sun does not set, a minute more leaves no night between them.
        if (half >= minutes_of_day / 2) return middle + minutes(side * (half + 1));
        return middle + minutes(side * half - sun.equation_of_time + at_noon);
    };
    return {look(look(middle, -1), -1), look(look(middle, 1), 1)};
}

}  // namespace railwindow
