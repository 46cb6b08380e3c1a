#include <railwindow/io/write_depart_by.hpp>

#include <railwindow/estimate/arrivals.hpp>
#include <railwindow/io/plain_words.hpp>
#include <railwindow/io/table_text.hpp>
#include <railwindow/io/write_modes.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace railwindow {
namespace {

const Station& origin_of(const Model& model) { return model.network.stations()[model.main().visits.front().station]; }

std::string local(Instant time, const TimeZone& zone) { return short_time(time, zone) + ' ' + offset_text(zone.offset_at(shown_minute(time))); }

}  // namespace

void write_table(std::ostream& out, const Model& model, const DepartBy& result, const TableStyle& style) {
    const int width = std::max(style.width, 60);
    const Station &place = station_of(model, result.point), &origin = origin_of(model);
    if (!model.question.empty()) write_wrapped(out, model.question, width, 0), out << '\n';
    for (const std::string& change : model.changes) write_wrapped(out, "With " + change, width, 2);
    for (const std::string& doubt : model.doubts) write_wrapped(out, "Is this meant? " + doubt + '.', width, 2);
    write_wrapped(out,
                  fmt::format("{}: leave by {} on {} (local time, UTC{}).", origin.name, time_of_day(result.latest.depart, origin.zone),
                              long_day(result.latest.depart, origin.zone), offset_text(origin.zone.offset_at(shown_minute(result.latest.depart)))),
                  width, 2);
    write_wrapped(out,
                  fmt::format("To be at {} by {} with a confidence of {:g} it must leave {} no later than", place.name,
                              local(result.deadline, place.zone), result.confidence, origin.name),
                  width, 2);
    out << "\n    " << local(result.latest.depart, origin.zone) << "\n\n";
    write_wrapped(
        out,
        fmt::format("Leaving then it is there in time with probability {:.4f} +- {:.4f}, so at least {:.4f}; a minute later at least {:.4f}. "
                    "{} runs, seed {}, the same draws at every departure.",
                    result.latest.in_time.value, result.latest.in_time.error, result.latest.at_least, result.minute_later.at_least,
                    grouped(result.runs), result.seed),
        width, 2);
    if (!result.arrival.empty()) {
        std::string arrival = "Its window there:";
        for (const Quantile& q : result.arrival) arrival += fmt::format(" P{:g} {},", 100 * q.p, local(Instant{q.value}, place.zone));
        arrival.back() = '.';
        write_wrapped(out, arrival, width, 2);
    }
    if (const std::string text = result.voluntary_waits ? std::string{} : without_waits_text(voluntary_waits(model)); !text.empty())
        write_wrapped(out, text, width, 2);
    if (result.curve.empty()) return;
    out << fmt::format("\n{:<24} {:>10} {:>8} {:>9}\n", "Departure", "in time", "+-", "at least");
    for (const DepartureTrial& trial : result.curve)
        out << fmt::format("{:<24} {:>10.4f} {:>8.4f} {:>9.4f}{}\n", local(trial.depart, origin.zone), trial.in_time.value, trial.in_time.error,
                           trial.at_least, trial.depart == result.latest.depart ? "  latest" : "");
}

void write_csv(std::ostream& out, const Model& model, const DepartBy& result) {
    out << "depart,in_time,error,at_least\n";
    const std::vector<DepartureTrial> ends{result.latest, result.minute_later};
    for (const DepartureTrial& trial : result.curve.empty() ? ends : result.curve)
        out << fmt::format("{},{},{},{}\n", iso_time(trial.depart, origin_of(model).zone), trial.in_time.value, trial.in_time.error, trial.at_least);
}

}  // namespace railwindow
