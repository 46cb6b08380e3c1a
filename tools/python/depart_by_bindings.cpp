// When at the latest: depart_by for Python.

#include "bindings.hpp"

using namespace railwindow;

namespace railwindow_python {
namespace {

// A result keeps the model alive that it speaks of.
struct Latest {
    SharedModel model;
    DepartBy answer;
};

Latest latest_departure(const SharedModel& model, const std::string& arrive_by, const std::string& at, double confidence, bool curve,
                        bool voluntary_waits, std::uint64_t runs, std::uint64_t seed, unsigned threads, const py::object& progress) {
    const DepartByOptions options{.arrive_by = written_time(arrive_by, "arrive_by"),
                                  .at = Name{at, {}},
                                  .confidence = confidence,
                                  .voluntary_waits = voluntary_waits,
                                  .curve = curve,
                                  .runs = runs,
                                  .seed = seed,
                                  .threads = threads,
                                  .progress = watching(progress)};
    const FreeInterpreter others_may_run;
    return {model, depart_by(*model, options)};
}

py::object as_instant(Instant instant) { return py::module_::import("numpy").attr("datetime64")(instant.time_since_epoch().count(), "ms"); }

// The latest minute and the next, or the whole curve where it was asked for.
py::dict table_of_departures(const Latest& latest) {
    const DepartBy& answer = latest.answer;
    const std::vector<DepartureTrial> trials = answer.curve.empty() ? std::vector{answer.latest, answer.minute_later} : answer.curve;
    const std::string zone = latest.model->network.stations()[latest.model->main().visits.front().station].zone.name();
    Table table{trials};
    table.add("time_zone", [&](const auto&) { return zone; });
    table.utc("depart", [](const auto& trial) { return since_epoch(trial.depart); });
    table.add("in_time", [](const auto& trial) { return trial.in_time.value; });
    table.add("in_time_error", [](const auto& trial) { return trial.in_time.error; });
    table.add("at_least", [](const auto& trial) { return trial.at_least; });
    return table.take();
}

py::dict arrival_of(const DepartBy& answer) {
    py::dict quantiles;
    for (const Quantile& quantile : answer.arrival) quantiles[py::str{quantile_name(quantile.p)}] = as_instant(Instant{quantile.value});
    return quantiles;
}

}  // namespace

void add_depart_by(py::module_& module) {
    py::class_<Latest>(module, "DepartBy", "The latest departure that is in time.")
        .def_property_readonly(
            "model", [](const Latest& l) { return std::const_pointer_cast<BuiltModel>(l.model); }, "The model that it was asked of.")
        .def_property_readonly(
            "latest_utc", [](const Latest& l) { return as_instant(l.answer.latest.depart); },
            "The latest minute that is good enough: UTC, datetime64[ms].")
        .def_property_readonly(
            "deadline_utc", [](const Latest& l) { return as_instant(l.answer.deadline); }, "By when it is to be there: UTC, datetime64[ms].")
        .def_property_readonly(
            "origin_zone", [](const Latest& l) { return l.model->network.stations()[l.model->main().visits.front().station].zone.name(); },
            "The time zone of the origin.")
        .def_property_readonly(
            "station", [](const Latest& l) { return station_of(*l.model, l.answer.point).id; }, "The station asked about.")
        .def_property_readonly(
            "time_zone", [](const Latest& l) { return station_of(*l.model, l.answer.point).zone.name(); }, "The time zone of that station.")
        .def_property_readonly(
            "confidence", [](const Latest& l) { return l.answer.confidence; }, "The share of the runs that was wanted in time.")
        .def_property_readonly(
            "in_time", [](const Latest& l) { return l.answer.latest.in_time.value; },
            "Share of the runs that are there by the deadline, leaving then.")
        .def_property_readonly(
            "at_least", [](const Latest& l) { return l.answer.latest.at_least; }, "The lower end of that share's error interval.")
        .def_property_readonly(
            "arriving", [](const Latest& l) { return l.answer.arriving; }, "Share of the runs that get there at all, leaving then.")
        .def_property_readonly(
            "arrival_utc", [](const Latest& l) { return arrival_of(l.answer); }, "Arrival, leaving then: p5, p50, p95 (UTC, datetime64[ms]).")
        .def_property_readonly(
            "runs", [](const Latest& l) { return l.answer.runs; }, "How many runs of each trial.")
        .def_property_readonly(
            "seed", [](const Latest& l) { return l.answer.seed; }, "The seed of the draws.")
        .def_property_readonly(
            "stopped_early", [](const Latest& l) { return l.answer.stopped_early; },
            "True when the progress callback said so; then nothing else counts.")
        .def("table", &table_of_departures,
             "Columns by name: time_zone (of the origin), depart_utc (datetime64[ms]), in_time, in_time_error, at_least; the latest minute and the\n"
             "next, or the whole curve.")
        .def(
            "json", [](const Latest& l) { return text_of([&](std::ostream& out) { write_json(out, *l.model, l.answer); }); },
            "The document that `railwindow depart-by --format json` writes.")
        .def(
            "csv", [](const Latest& l) { return text_of([&](std::ostream& out) { write_csv(out, *l.model, l.answer); }); },
            "The text that `railwindow depart-by --format csv` writes.")
        .def("__str__", [](const Latest& l) {
            return l.answer.stopped_early ? std::string{"stopped early\n"}
                                          : text_of([&](std::ostream& out) { write_table(out, *l.model, l.answer); });
        });
    module.def(
        "depart_by", &latest_departure, py::arg("model"), py::arg("arrive_by"), py::kw_only(), py::arg("at") = "", py::arg("confidence") = 0.95,
        py::arg("curve") = false, py::arg("voluntary_waits") = false, py::arg("runs") = 20'000, py::arg("seed") = 1, py::arg("threads") = 0,
        py::arg("progress") = py::none(),
        "The latest departure with which the train is at `at` (empty: its destination) by `arrive_by`, a time local to that place or with its\n"
        "own offset. Other stations than the main ones need build(..., all_timing_points=True). It waits for no reception and makes no long\n"
        "stand, unless `voluntary_waits`. Raises InputError, Infeasible.");
}

}  // namespace railwindow_python
