#include <railwindow/io/write_samples.hpp>

#include <railwindow/io/json_numbers.hpp>
#include <railwindow/io/table_text.hpp>

#include <fmt/format.h>

namespace railwindow {
namespace {

Instant instant(std::int64_t milliseconds) { return Instant{Millis{milliseconds}}; }

constexpr const char* sample_head = "run,route,train,station,distance_km,arrive,depart,since_departure_seconds,moving_seconds\n";

// The rows of the run of this number, in row `row` of `samples`, each behind `begin`.
void write_run(std::ostream& out, const std::string& begin, const Model& model, const Samples& samples, std::uint64_t row, std::uint64_t run) {
    const std::size_t alternative = alternative_in(samples, row);
    std::size_t train = model.timing_points.size();
    std::int64_t left = PointSamples::never;
    for (std::size_t i = 0; i < model.timing_points.size(); ++i) {
        const TimingPoint& point = model.timing_points[i];
        const PointSamples& here = samples.points[i];
        if (!point.visit[alternative] || here.arrive[row] == PointSamples::never) continue;
        if (point.train != train) train = point.train, left = here.depart[row];  // the first point is the train's origin
        const Itinerary& itinerary = model.alternatives[alternative].trains[train];
        const Station& station = model.network.stations()[point.station];
        const bool first = point.visit[alternative] == std::size_t{0}, last = *point.visit[alternative] + 1 == itinerary.visits.size();
        out << begin
            << fmt::format("{},route-{},{},{},{:.3f},{},{},{:.3f},{:.3f}\n", run, alternative + 1, csv_field(itinerary.name), station.id,
                           itinerary.visits[*point.visit[alternative]].distance / km, first ? "" : iso_time(instant(here.arrive[row]), station.zone),
                           last ? "" : iso_time(instant(here.depart[row]), station.zone), first ? 0.0 : seconds(Millis{here.arrive[row] - left}),
                           seconds(Millis{here.moving[row]}));
    }
}

}  // namespace

void write_samples(std::ostream& out, const Model& model, const RunSource& runs) {
    out << sample_head;
    runs.read(1, [&]() -> RowReader {
        return [&](const RunRows& rows) {
            for (std::uint64_t row = rows.begin; row < rows.end; ++row) write_run(out, "", model, rows.samples, row, rows.first + row - rows.begin);
        };
    });
}

void write_samples(std::ostream& out, const Model& model, const Samples& samples) { write_samples(out, model, RunsInMemory{samples}); }

void write_variant_samples(std::ostream& out, bool first, const std::string& variant, const Model& model, const Samples& samples) {
    if (first) out << "variant," << sample_head;
    for (std::uint64_t run = 0; run < samples.runs; ++run) write_run(out, csv_field(variant) + ',', model, samples, run, run);
}

}  // namespace railwindow
