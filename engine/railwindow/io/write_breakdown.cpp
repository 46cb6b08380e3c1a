#include <railwindow/io/write_breakdown.hpp>

#include <railwindow/io/plain_words.hpp>
#include <railwindow/io/table_text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace railwindow {
namespace {

void write_legs(std::ostream& out, const Model& model, const Estimate& estimate, int width) {
    const std::vector<LegEstimate>& legs = estimate.legs;
    const auto name_of = [&](std::size_t point) { return model.network.stations()[model.timing_points[point].station].name; };
    if (legs.empty() || legs.front().total.empty()) return;
    const int names = width - 30;
    out << '\n'
        << fitted("Leg (" + middle_name(legs.front().total) + " from departure to arrival, h:mm)", names)
        << fmt::format("{:>10}{:>10}{:>10}\n", "running", "standing", "total");
    for (const LegEstimate& leg : legs) {
        if (leg.total.empty()) continue;
        out << fitted(name_of(leg.from) + " - " + name_of(leg.to), names)
            << fmt::format("{:>10}{:>10}{:>10}\n", clock_text(middle_of(leg.running).value), clock_text(middle_of(leg.standing).value),
                           clock_text(middle_of(leg.total).value));
    }
    write_wrapped(out, "Stays at the ends of legs are in the table above; quantiles of parts do not add up to those of the whole.", width, 2);
}

// Parts are rounded so that they add up to the whole as printed.
void write_time_parts(std::ostream& out, const Estimate& estimate, int width) {
    if (estimate.time_parts.empty()) return;
    const int names = width - 10 * static_cast<int>(estimate.time_parts.size());
    out << '\n' << fitted("Where the time went (means, h:mm)", names);
    std::vector<std::vector<std::string>> columns;
    for (const TimePartsEstimate& one : estimate.time_parts) {
        out << fmt::format("{:>10}", one.p ? fmt::format("P{:.10g}", 100 * *one.p) : "all runs");
        columns.emplace_back();
        double before = 0;
        for (const double seconds : one.mean_seconds) {
            const auto minutes = [](double sum) { return std::llround(sum / 60); };
            columns.back().push_back(clock_text(std::chrono::minutes{minutes(before + seconds) - minutes(before)}));
            before += seconds;
        }
        columns.back().push_back(clock_text(std::chrono::minutes{std::llround(before / 60)}));
    }
    out << '\n';
    for (std::size_t part = 0; part <= time_parts; ++part) {
        const auto nothing = [&](const TimePartsEstimate& one) { return part < time_parts && one.mean_seconds[part] == 0; };
        if (std::all_of(estimate.time_parts.begin(), estimate.time_parts.end(), nothing)) continue;
        out << fitted(part < time_parts ? std::string{name(static_cast<TimePart>(part))} : "together", names);
        for (const std::vector<std::string>& column : columns) out << fmt::format("{:>10}", column[part]);
        out << '\n';
    }
    if (estimate.time_parts.size() > 1)
        write_wrapped(out,
                      "Under a quantile stand the means of the 1 % of the runs whose final arrival is nearest to it. Means of parts add up; "
                      "quantiles of parts would not.",
                      width, 2);
}

void write_traffic(std::ostream& out, const Model& model, const Estimate& estimate, int width) {
    if (estimate.traffic.empty()) return;
    out << '\n';
    write_wrapped(out, "Ordinary trains on the lines of the way (means of all runs; delay of all of them together, h:mm):", width, 2);
    for (const TrafficEstimate& line : estimate.traffic) {
        const auto time = [](double seconds) { return clock_text(Millis{std::llround(seconds * 1000)}); };
        write_wrapped(out,
                      fmt::format("{}: {:.1f} trains, delayed {}, of which the special train causes {}.", model.network.lines()[line.line].name,
                                  line.trains, time(line.delay_seconds), time(line.caused_seconds)),
                      width, 2);
    }
}

}  // namespace

void write_breakdown(std::ostream& out, const Model& model, const Estimate& estimate, int width) {
    write_legs(out, model, estimate, width);
    write_time_parts(out, estimate, width);
    write_traffic(out, model, estimate, width);
}

}  // namespace railwindow
