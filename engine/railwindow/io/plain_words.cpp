#include <railwindow/io/plain_words.hpp>

#include <railwindow/io/table_text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string_view>

namespace railwindow {
namespace {

constexpr std::string_view weekdays[] = {"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};
constexpr std::string_view month_names[] = {"January", "February", "March",     "April",   "May",      "June",
                                            "July",    "August",   "September", "October", "November", "December"};

LocalTime shown(Instant instant, const TimeZone& zone) { return zone.local_at(shown_minute(instant)); }

std::string_view weekday_of(const LocalTime& t) {
    const std::chrono::sys_days day =
        std::chrono::year{t.year} / std::chrono::month{static_cast<unsigned>(t.month)} / std::chrono::day{static_cast<unsigned>(t.day)};
    return weekdays[std::chrono::weekday{day}.c_encoding()];
}

std::string_view month_of(const LocalTime& t) { return month_names[t.month - 1]; }

// The n of a share that is one in n; 0 for other shares.
int one_in(double share) {
    const double n = std::round(1 / share);
    return std::abs(1 / n - share) < 1e-9 ? static_cast<int>(n) : 0;
}

}  // namespace

std::string long_day(Instant instant, const TimeZone& zone) {
    const LocalTime t = shown(instant, zone);
    return fmt::format("{} {} {} {}", weekday_of(t), t.day, month_of(t), t.year);
}

std::string time_of_day(Instant instant, const TimeZone& zone) {
    const LocalTime t = shown(instant, zone);
    return fmt::format("{:02}:{:02}", t.hour, t.minute);
}

std::string weekday_time(Instant instant, const TimeZone& zone) {
    const LocalTime t = shown(instant, zone);
    return fmt::format("{} {:>2} {:02}:{:02}", weekday_of(t).substr(0, 3), t.day, t.hour, t.minute);
}

std::string time_in_span(Instant instant, const TimeZone& zone, Millis span) {
    const LocalTime t = shown(instant, zone);
    const std::string day = span < std::chrono::days{6} ? "" : fmt::format(" {} {}", t.day, month_of(t));
    return fmt::format("{}{} {:02}:{:02}", weekday_of(t).substr(0, 3), day, t.hour, t.minute);
}

std::string months(std::pair<Instant, TimeZone> first, std::pair<Instant, TimeZone> last) {
    const LocalTime from = shown(first.first, first.second), to = shown(last.first, last.second);
    if (from.year != to.year) return fmt::format("{} {} to {} {}", month_of(from), from.year, month_of(to), to.year);
    if (from.month != to.month) return fmt::format("{} to {} {}", month_of(from), month_of(to), to.year);
    return fmt::format("{} {}", month_of(from), from.year);
}

std::pair<std::string, std::string> quantile_words(double p) {
    if (p == 0.5) return {"half", "by"};
    const double beyond = std::min(p, 1 - p);
    const int n = one_in(beyond);
    return {n > 0 ? fmt::format("1 in {}", n) : fmt::format("{:.4g} %", 100 * beyond), p < 0.5 ? "earlier" : "later"};
}

std::string share_words(double share) {
    for (const int n : {10, 20})
        if (const double times = std::round(share * n); std::abs(times - share * n) < 1e-9) return fmt::format("{:g} times in {}", times, n);
    return fmt::format("{:.4g} % of the time", 100 * share);
}

std::string window_words(const std::vector<Quantile>& times, const TimeZone& zone) {
    const auto [low, high] = std::minmax_element(times.begin(), times.end(), [](const Quantile& a, const Quantile& b) { return a.p < b.p; });
    if (low == high || shown_minute(Instant{low->value}) == shown_minute(Instant{high->value})) return "";
    const Millis span = high->value - low->value;
    return fmt::format("{} between {} and {}", share_words(high->p - low->p), time_in_span(Instant{low->value}, zone, span),
                       time_in_span(Instant{high->value}, zone, span));
}

std::string weak_words(const WeakInput& weak) { return weak.source.empty() ? weak.what + " (no source)" : weak.what; }

const Quantile& middle_of(const std::vector<Quantile>& quantiles) {
    return *std::min_element(quantiles.begin(), quantiles.end(),
                             [](const Quantile& a, const Quantile& b) { return std::abs(a.p - 0.5) < std::abs(b.p - 0.5); });
}

std::string middle_name(const std::vector<Quantile>& quantiles) {
    const double p = middle_of(quantiles).p;
    return p == 0.5 ? "medians" : fmt::format("P{:.10g}", 100 * p);
}

}  // namespace railwindow
