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

std::string local(Instant time, const TimeZone& zone) { return short_time(time, zone) + ' ' + offset_text(zone.offset_at(time)); }

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

std::string moment_text(const Reach& reach) {
    const TimeZone& zone = reach.network.stations()[reach.origin].zone;
    return reach.time ? "by " + local(*reach.time, zone) : "within " + hours_and_minutes(to_millis(std::get<Duration>(reach.moment)));
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

}  // namespace

void write_table(std::ostream& out, const Reach& reach, const TableStyle& style) {
    const int width = std::max(style.width, 60);
    write_question(out, reach, width);
    write_wrapped(
        out,
        fmt::format("Where a train can be that leaves {} as this file says, {}: for each station the probability that a train bound for it is "
                    "there, over {} runs, seed {}.",
                    reach.network.stations()[reach.origin].name, moment_text(reach), grouped(reach.runs), reach.seed),
        width, 2);
    write_waits(out, reach, width);
    const bool overall = std::any_of(reach.stations.begin(), reach.stations.end(), [](const ReachedStation& s) { return s.overall.has_value(); });
    const int names = std::clamp(width - 50, 12, 32);
    out << '\n'
        << fitted("Station", names) << fmt::format(" {:>8} {:>8} {:>6} {:>9} {:>7}\n", "km", "there", "+-", overall ? "own way" : "", "median");
    std::size_t never = 0;
    for (const ReachedStation& station : reach.stations) {
        if (station.in_time.value == 0) {
            ++never;
            continue;
        }
        out << fitted(reach.network.stations()[station.station].name, names)
            << fmt::format(" {:>8.1f} {:>6.1f} % {:>6.1f} {:>9} {:>7}\n", station.distance / km, 100 * station.in_time.value,
                           100 * station.in_time.error, station.overall ? fmt::format("{:.1f} %", 100 * station.overall->value) : "",
                           clock_text(middle_of(station.elapsed).value));
    }
    write_wrapped(
        out,
        fmt::format("there: bound for this station, by one way each; not to be added up. own way: the journey of the file, all it leaves open "
                    "together. median: time since departure, h:mm. In no run: {} more stations.",
                    never),
        width, 2);
    out << "\nThe journey of the file is then\n";
    for (const Whereabouts& place : reach.whereabouts)
        out << "  ", write_wrapped(out, fmt::format("{:>5.1f} % {}", 100 * place.share.value, place_text(reach, place)), width - 2, 10);
    write_unreachable(out, reach, width);
}

void write_csv(std::ostream& out, const Reach& reach) {
    out << "station,name,distance_km,in_time,error,own_way,overall,median_elapsed_h\n";
    for (const ReachedStation& station : reach.stations) {
        const Station& place = reach.network.stations()[station.station];
        out << fmt::format("{},{},{:.3f},{},{},{},{},{}\n", place.id, csv_field(place.name), station.distance / km, station.in_time.value,
                           station.in_time.error, station.on_own_way, station.overall ? fmt::format("{}", station.overall->value) : "",
                           station.elapsed.empty() ? "" : fmt::format("{:.4f}", to_duration(middle_of(station.elapsed).value) / h));
    }
}

void write_table(std::ostream& out, const ReachBack& reach, const TableStyle& style) {
    const int width = std::max(style.width, 60);
    const Station& hub = reach.network.stations()[reach.arrived_at];
    write_question(out, reach, width);
    write_wrapped(out,
                  fmt::format("A train that arrives at {} at {} left each station, if it came from there, at a time local to it; {} runs, seed {}.",
                              hub.name, local(reach.time, hub.zone), grouped(reach.runs), reach.seed),
                  width, 2);
    write_waits(out, reach, width);
    const auto columns = reach.stations.empty() ? 0 : static_cast<int>(reach.stations.front().left.size());
    const int names = std::clamp(width - (10 + 12 * columns + 7), 12, 32);
    out << '\n' << fitted("Station", names) << "       km ";
    if (!reach.stations.empty())
        for (const Quantile& q : reach.stations.front().left) out << ' ' << fitted("P" + quantile_name(q.p).substr(1), 11);
    out << " UTC\n";
    for (const LeftStation& station : reach.stations) {
        if (station.left.empty()) continue;
        const Station& place = reach.network.stations()[station.station];
        out << fitted(place.name, names) << fmt::format(" {:>8.1f} ", station.distance / km);
        for (const Quantile& q : station.left) out << ' ' << short_time(Instant{q.value}, place.zone).substr(5);
        out << ' ' << offset_text(place.zone.offset_at(Instant{middle_of(station.left).value})) << '\n';
    }
    write_unreachable(out, reach, width);
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
