#include <railwindow/io/write_reach.hpp>

#include <railwindow/core/text.hpp>
#include <railwindow/io/plain_words.hpp>
#include <railwindow/io/table_text.hpp>
#include <railwindow/io/write_modes.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace railwindow {
namespace {

void write_question(std::ostream& out, const auto& reach, int width) {
    if (!reach.question.empty()) write_wrapped(out, reach.question, width, 0), out << '\n';
    for (const std::string& change : reach.changes) write_wrapped(out, "With " + change, width, 2);
    for (const std::string& doubt : reach.doubts) write_wrapped(out, "Is this meant? " + doubt + '.', width, 2);
}

void write_waits(std::ostream& out, const auto& reach, int width) {
    if (const std::string text = without_waits_text(reach.not_waited_for); !text.empty()) write_wrapped(out, text, width, 2);
}

void write_unreachable(std::ostream& out, const auto& reach, int width) {
    if (reach.unreachable.empty()) return;
    std::string names;
    for (const Unreachable& station : reach.unreachable) names += (names.empty() ? "" : ", ") + reach.network.stations()[station.station].name;
    out << '\n';
    write_wrapped(out, fmt::format("No way (reasons: --format json): {}.", names), width, 2);
}

// `13:00 on Wednesday 13 September 2023 (UTC+09:00)`.
std::string instant_words(Instant time, const TimeZone& zone) {
    return fmt::format("{} on {} (UTC{})", time_of_day(time, zone), long_day(time, zone), offset_text(zone.offset_at(shown_minute(time))));
}

std::string moment_text(const Reach& reach) {
    const Station& origin = reach.network.stations()[reach.origin];
    return reach.time ? "at " + instant_words(*reach.time, origin.zone)
                      : hours_and_minutes(to_millis(std::get<Duration>(reach.moment))) + " after it left " + origin.name;
}

std::string place_text(const Reach& reach, const Whereabouts& place) {
    const std::string &from = reach.network.stations()[place.from].name, &to = reach.network.stations()[place.to].name;
    switch (place.kind) {
        case Whereabouts::Kind::not_departed:
            return "not yet departed from " + from;
        case Whereabouts::Kind::standing:
            return "standing at " + from;
        case Whereabouts::Kind::between:
            return "between " + from + " and " + to;
        case Whereabouts::Kind::arrived:
            break;
    }
    return "arrived at " + from;
}

constexpr double sure = 0.95, in_doubt = 0.05;  // what every twentieth run decides otherwise

// `57 of 120 stations in 19 runs of 20 or more, the farthest of them Khasan (856 km)`.
std::string reached_text(const Reach& reach, double least, const char* how_often, Units units) {
    std::size_t count = 0;
    const ReachedStation* farthest = nullptr;
    for (const ReachedStation& station : reach.stations) {
        if (station.in_time.value < least) continue;
        ++count;
        if (!farthest || station.distance > farthest->distance) farthest = &station;
    }
    const std::string of = fmt::format("{} of {} stations {}", count, reach.stations.size() + reach.unreachable.size(), how_often);
    return farthest ? fmt::format("{}, the farthest of them {} ({:.0f} {})", of, reach.network.stations()[farthest->station].name,
                                  farthest->distance / shown_unit(units), shown_unit_name(units))
                    : of;
}

void write_answer(std::ostream& out, const Reach& reach, int width, Units units) {
    std::vector<const Whereabouts*> likeliest;
    for (const Whereabouts& place : reach.whereabouts) likeliest.push_back(&place);
    std::stable_sort(likeliest.begin(), likeliest.end(), [](const auto* a, const auto* b) { return a->share.value > b->share.value; });
    likeliest.resize(std::min<std::size_t>(likeliest.size(), 3));
    std::vector<std::pair<double, StationId>> ends;
    for (const StationId end : reach.destinations) {
        const auto station = std::find_if(reach.stations.begin(), reach.stations.end(), [&](const auto& one) { return one.station == end; });
        ends.emplace_back(station == reach.stations.end() ? 0 : station->in_time.value, end);
    }
    std::stable_sort(ends.begin(), ends.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    std::string there = fmt::format("A train that is bound for it, {}, is at", moment_text(reach));
    for (const auto& [share, end] : ends)
        there += fmt::format("{} {} in {}", end == ends.front().second ? "" : ", at", reach.network.stations()[end].name,
                             share == 0 ? "no run" : fmt::format("{:.3g} % of the runs", 100 * share));
    write_wrapped(out, there + '.', width, 2);
    std::string where = "The train of this file is then ";
    for (std::size_t i = 0; i < likeliest.size(); ++i)
        where += fmt::format("{}{} ({:.3g} %)",
                             i == 0   ? ""
                             : i == 1 ? ", else "
                                      : " or ",
                             place_text(reach, *likeliest[i]), 100 * likeliest[i]->share.value);
    write_wrapped(out, where + '.', width, 2);
    write_wrapped(
        out,
        fmt::format("In all, one that is bound for them is by then at {}; and at {}.", reached_text(reach, sure, "in 19 runs of 20 or more", units),
                    reached_text(reach, 0.5, "in every second run or more", units)),
        width, 2);
}

// Names in a column of this width; a longer one has a line of its own.
std::string named(std::ostream& out, const std::string& name, int width) {
    if (static_cast<int>(characters(name)) <= width) return fitted(name, width);
    out << name << '\n';
    return std::string(static_cast<std::size_t>(width), ' ');
}

int width_of_names(const auto& stations, const Network& network, int room) {
    int longest = 7;
    for (const auto& station : stations) longest = std::max(longest, static_cast<int>(characters(network.stations()[station.station].name)));
    return std::clamp(longest, 7, std::max(room, 10));
}

}  // namespace

void write_table(std::ostream& out, const Reach& reach, const TableStyle& style) {
    const int width = std::max(style.width, 60);
    write_question(out, reach, width);
    write_answer(out, reach, width, style.units);
    write_waits(out, reach, width);
    const bool overall = std::any_of(reach.stations.begin(), reach.stations.end(), [](const ReachedStation& s) { return s.overall.has_value(); });
    std::vector<ReachedStation> shown;
    std::size_t nearer = 0, farther = 0;
    for (const ReachedStation& station : reach.stations) {
        if (!style.details && station.in_time.value >= sure)
            ++nearer;
        else if (station.in_time.value == 0 || (!style.details && station.in_time.value <= in_doubt))
            ++farther;
        else
            shown.push_back(station);
    }
    if (!shown.empty()) {
        const int names = width_of_names(shown, reach.network, width - 42);
        out << '\n'
            << fitted("Station", names)
            << fmt::format(" {:>8} {:>8} {:>6} {:>9} {:>7}\n", shown_unit_name(style.units), "there", "+-", overall ? "own way" : "", "median");
        for (const ReachedStation& station : shown)
            out << named(out, reach.network.stations()[station.station].name, names)
                << fmt::format(" {:>8.1f} {:>6.1f} % {:>6.1f} {:>9} {:>7}\n", station.distance / shown_unit(style.units), 100 * station.in_time.value,
                               100 * station.in_time.error, station.overall ? fmt::format("{:.1f} %", 100 * station.overall->value) : "",
                               clock_text(station.median_elapsed));
        write_wrapped(
            out,
            "there: bound for this station, by one way each; not to be added up. own way: the journey of the file, all it leaves open together. "
            "median: time since departure, h:mm.",
            width, 2);
    } else {
        out << '\n';
    }
    if (style.details)
        write_wrapped(out, fmt::format("In no run: {} more stations.", farther), width, 2);
    else
        write_wrapped(
            out,
            fmt::format("Not listed: {} stations that are reached in 95 % of the runs or more, and {} in 5 % or less (--details lists them).", nearer,
                        farther),
            width, 2);
    out << "\nThe journey of the file is then\n";
    for (const Whereabouts& place : reach.whereabouts)
        if (style.details || place.share.value >= 0.01)
            out << "  ", write_wrapped(out, fmt::format("{:>5.1f} % {}", 100 * place.share.value, place_text(reach, place)), width - 2, 10);
    write_unreachable(out, reach, width);
    out << '\n';
    if (reach.observed > 0) write_wrapped(out, fmt::format("observed: {}.", observed_unused(reach.observed)), width, 2);
    write_wrapped(out, fmt::format("{} simulated journeys of each way, seed {}.", grouped(reach.runs), reach.seed), width, 2);
}

void write_reach_samples_head(std::ostream& out) { out << "station,run,depart,arrive,since_departure_seconds\n"; }

void write_reach_sample(std::ostream& out, const Station& station, std::uint64_t run, Instant depart, Instant arrive) {
    out << fmt::format("{},{},{},{},{:.3f}\n", station.id, run, iso_time(depart, station.zone), iso_time(arrive, station.zone),
                       to_duration(arrive - depart) / s);
}

void write_csv(std::ostream& out, const Reach& reach) {
    out << "station,name,distance_km,in_time,error,own_way,overall,median_elapsed_seconds\n";
    for (const ReachedStation& station : reach.stations) {
        const Station& place = reach.network.stations()[station.station];
        out << fmt::format("{},{},{:.3f},{},{},{},{},{}\n", place.id, csv_field(place.name), station.distance / km, station.in_time.value,
                           station.in_time.error, station.on_own_way, station.overall ? fmt::format("{}", station.overall->value) : "",
                           station.elapsed.empty() ? "" : fmt::format("{:.3f}", to_duration(station.median_elapsed) / s));
    }
}

namespace {

// `between Tue 03:14 and Tue 05:27, half of them by 04:31`, of times local to the station.
std::string left_text(const ReachBack& reach, const LeftStation& station) {
    const TimeZone& zone = reach.network.stations()[station.station].zone;
    const Quantile& middle = middle_of(station.left);
    const std::string window = window_words(station.left, zone);
    const std::string half = middle.p == 0.5 ? "half of them" : fmt::format("{:.4g} % of them", 100 * middle.p);
    return fmt::format("{}{}{} by {}", window, window.empty() ? "" : ", ", half, weekday_time(Instant{middle.value}, zone));
}

void write_answer(std::ostream& out, const ReachBack& reach, int width, Units units) {
    const Station& hub = reach.network.stations()[reach.arrived_at];
    const auto left = [](const LeftStation& station) { return !station.left.empty(); };
    const auto nearest = std::find_if(reach.stations.begin(), reach.stations.end(), left);
    if (nearest == reach.stations.end()) return write_wrapped(out, fmt::format("No train gets to {} from anywhere.", hub.name), width, 2);
    const auto origin = std::find_if(reach.stations.begin(), reach.stations.end(),
                                     [&](const LeftStation& station) { return left(station) && station.station == reach.origin; });
    const auto told = [&](const LeftStation& station) {
        return fmt::format("{} ({:.0f} {}): {}.", reach.network.stations()[station.station].name, station.distance / shown_unit(units),
                           shown_unit_name(units), left_text(reach, station));
    };
    write_wrapped(out, fmt::format("A train that arrives at {} at {} left", hub.name, instant_words(reach.time, hub.zone)), width, 2);
    if (origin != reach.stations.end()) out << "  ", write_wrapped(out, told(*origin), width - 2, 4);
    if (nearest != origin) out << "  ", write_wrapped(out, told(*nearest), width - 2, 4);
}

}  // namespace

void write_table(std::ostream& out, const ReachBack& reach, const TableStyle& style) {
    const int width = std::max(style.width, 60);
    write_question(out, reach, width);
    write_answer(out, reach, width, style.units);
    write_waits(out, reach, width);
    std::vector<LeftStation> shown;
    for (const LeftStation& station : reach.stations)
        if (!station.left.empty()) shown.push_back(station);
    if (!shown.empty()) {
        const int names = width_of_names(shown, reach.network, width - 16 - 13 * static_cast<int>(shown.front().left.size()));
        std::string first(static_cast<std::size_t>(names) + 9, ' '),
            second = fitted("Station", names) + fmt::format("{:>9}", shown_unit_name(style.units));
        for (const Quantile& q : shown.front().left) {
            const auto [above, below] = quantile_words(q.p);
            first += ' ' + fitted(above, 12), second += ' ' + fitted(below, 12);
        }
        first.erase(first.find_last_not_of(' ') + 1);
        out << '\n' << first << '\n' << second << " UTC\n";
        for (const LeftStation& station : shown) {
            const Station& place = reach.network.stations()[station.station];
            out << named(out, place.name, names) << fmt::format(" {:>8.1f}", station.distance / shown_unit(style.units));
            for (const Quantile& q : station.left) out << ' ' << weekday_time(Instant{q.value}, place.zone);
            out << ' ' << offset_text(place.zone.offset_at(Instant{middle_of(station.left).value})) << '\n';
        }
        const auto [first_left, last_left] = std::minmax_element(
            shown.begin(), shown.end(), [](const LeftStation& a, const LeftStation& b) { return middle_of(a.left).value < middle_of(b.left).value; });
        const auto at = [&](const LeftStation& station) {
            return std::pair{Instant{middle_of(station.left).value}, reach.network.stations()[station.station].zone};
        };
        write_wrapped(out,
                      fmt::format("When it left, if it came from there: times local to each station, {}.", months(at(*first_left), at(*last_left))),
                      width, 2);
    }
    write_unreachable(out, reach, width);
    out << '\n';
    write_wrapped(out, fmt::format("{} simulated journeys of each way, seed {}.", grouped(reach.runs), reach.seed), width, 2);
}

void write_csv(std::ostream& out, const ReachBack& reach) {
    out << "station,name,distance_km,probability,quantile,left,error_seconds\n";
    for (const LeftStation& station : reach.stations) {
        const Station& place = reach.network.stations()[station.station];
        for (const Quantile& q : station.left)
            out << fmt::format("{},{},{:.3f},{},{:.10g},{},{}\n", place.id, csv_field(place.name), station.distance / km, station.probability, q.p,
                               iso_time(Instant{q.value}, place.zone), q.error ? fmt::format("{:.3f}", to_duration(*q.error) / s) : "");
    }
}

}  // namespace railwindow
