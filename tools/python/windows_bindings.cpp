// Arrival windows and the runs below them: estimate, sample, simulate for Python.

#include "bindings.hpp"

#include <railwindow/core/text.hpp>

using namespace railwindow;

namespace railwindow_python {
namespace {

const Station& station_of(const Model& model, std::size_t point) { return model.network.stations()[model.timing_points[point].station]; }

// `column` as an array that shares its memory and keeps `owner` alive. What never happened is NaT: both are the smallest number.
py::object shared_column(const std::vector<std::int64_t>& column, const py::object& owner, const char* type) {
    Ticks view{{column.size()}, {sizeof(std::int64_t)}, column.data(), owner};
    view.attr("setflags")(py::arg("write") = false);
    return as_ticks(view, type);
}

const std::string& train_of(const Model& model, std::size_t point) {
    return model.alternatives.front().trains[model.timing_points[point].train].name;
}

std::size_t point_called(const Runs& runs, const std::string& station, std::size_t pass, const std::string& train) {
    std::vector<std::string_view> known;
    for (std::size_t point = 0; point < runs.model->timing_points.size(); ++point) {
        if (train_of(*runs.model, point) != train) continue;
        known.push_back(station_of(*runs.model, point).id);
        if (known.back() == station && pass-- == 0) return point;
    }
    if (known.empty()) refuse("train", "there is no train '" + train + "'", "the one that the journey is of is 'main'");
    refuse("station", "'" + station + "' is no timing point of this journey", suggestion(station, known));
}

template <auto Column>
py::object column_of(const py::object& self, const std::string& station, std::size_t pass, const std::string& train, const char* type) {
    const Runs& runs = self.cast<const Runs&>();
    return shared_column(runs.samples.points[point_called(runs, station, pass, train)].*Column, self, type);
}

// Column r is run r; a station that the way comes to again has a number behind its name.
py::dict table_of_runs(const py::object& self) {
    const Runs& runs = self.cast<const Runs&>();
    py::dict table;
    table["run"] = py::module_::import("numpy").attr("arange")(runs.samples.runs);
    std::map<std::string, int> passes;
    for (std::size_t point = 0; point < runs.samples.points.size(); ++point) {
        const std::string& train = train_of(*runs.model, point);
        const std::string id = (train == "main" ? "" : train + "_") + station_of(*runs.model, point).id;
        const int pass = ++passes[id];
        const std::string name = pass == 1 ? id : id + "_" + std::to_string(pass);
        const PointSamples& times = runs.samples.points[point];
        table[py::str{name + "_arrive_utc"}] = shared_column(times.arrive, self, "datetime64[ms]");
        table[py::str{name + "_depart_utc"}] = shared_column(times.depart, self, "datetime64[ms]");
    }
    return table;
}

EstimateOptions options_of(std::uint64_t runs, std::uint64_t seed, unsigned threads, std::vector<double> quantiles, const py::object& progress) {
    return {.runs = runs, .seed = seed, .threads = threads, .quantiles = std::move(quantiles), .progress = watching(progress)};
}

std::unique_ptr<Windows> windows_of(const SharedModel& model, std::uint64_t runs, std::uint64_t seed, unsigned threads, std::vector<double> quantiles,
                                    const py::object& progress) {
    const EstimateOptions options = options_of(runs, seed, threads, std::move(quantiles), progress);
    const FreeInterpreter others_may_run;
    EstimateOptions kept = options;
    kept.progress = {};
    return std::make_unique<Windows>(Windows{model, std::move(kept), estimate(*model, options)});
}

std::unique_ptr<Runs> runs_of(const SharedModel& model, std::uint64_t runs, std::uint64_t seed, unsigned threads, const py::object& progress) {
    const EstimateOptions options = options_of(runs, seed, threads, {0.5}, progress);
    const FreeInterpreter others_may_run;
    return std::make_unique<Runs>(Runs{model, sample(*model, options)});
}

py::dict table_of_windows(const Windows& windows) {
    const std::vector<TimingPointEstimate>& points = windows.estimate.timing_points;
    const auto here = [&](const TimingPointEstimate& point) -> const Station& { return station_of(*windows.model, point.point); };
    Table table{points};
    table.add("station", [&](const auto& point) { return here(point).id; }).add("name", [&](const auto& point) { return here(point).name; });
    table.add("event", [](const auto& point) { return std::string{event_name(point.event)}; });
    table.add("train", [&](const auto& point) { return train_of(*windows.model, point.point); });
    table.add("time_zone", [&](const auto& point) { return here(point).zone.name(); });
    table.add("probability", [](const auto& point) { return point.probability; });
    for (std::size_t q = 0; q < windows.options.quantiles.size(); ++q) {
        const std::string p = quantile_name(windows.options.quantiles[q]);
        table.utc(p, [q](const auto& point) { return value_of(point.time, q); });
        table.duration(p + "_elapsed", [q](const auto& point) { return value_of(point.elapsed, q); });
        table.duration(p + "_error", [q](const auto& point) { return error_of(point.time, q); });
    }
    return table.take();
}

using Write = void (*)(std::ostream&, const Model&, const Estimate&);

template <Write write>
std::string written(const Windows& windows) {
    return text_of([&](std::ostream& out) { write(out, *windows.model, windows.estimate); });
}

void write_as_json(std::ostream& out, const Model& model, const Estimate& estimate) { write_json(out, model, estimate); }
void write_as_csv(std::ostream& out, const Model& model, const Estimate& estimate) { write_csv(out, model, estimate); }
void write_as_geojson(std::ostream& out, const Model& model, const Estimate& estimate) { write_geojson(out, model, estimate); }

void write_for_people(std::ostream& out, const Model& model, const Estimate& estimate) {
    if (!estimate.stopped_early) return write_table(out, model, estimate);
    out << "stopped early\n";
}

py::dict run_of(const Model& model, std::uint64_t seed, std::uint64_t run) {
    const Trace trace = simulate(model, {.seed = seed, .run = run});
    const std::vector<VisitTimes>& visits = trace.main().visits;
    std::vector<std::size_t> rows(visits.size());
    for (std::size_t i = 0; i < rows.size(); ++i) rows[i] = i;
    const auto here = [&](std::size_t i) -> const Station& { return model.network.stations()[way_of(model, trace).main().visits[i].station]; };
    Table table{rows};
    table.add("station", [&](std::size_t i) { return here(i).id; }).add("time_zone", [&](std::size_t i) { return here(i).zone.name(); });
    table.utc("arrive", [&](std::size_t i) { return since_epoch(visits[i].arrive); });
    table.utc("depart", [&](std::size_t i) { return since_epoch(visits[i].depart); });
    py::dict result = table.take();
    result["arrived"] = !trace.main().stranded.has_value();
    return result;
}

void add_estimate(py::module_& module) {
    py::class_<Windows>(module, "Estimate", "Arrival windows.")
        .def_property_readonly(
            "model", [](const Windows& w) { return std::const_pointer_cast<BuiltModel>(w.model); }, "The model whose windows these are.")
        .def_property_readonly(
            "runs", [](const Windows& w) { return w.estimate.runs; }, "How many runs they rest on.")
        .def_property_readonly(
            "seed", [](const Windows& w) { return w.estimate.seed; }, "The seed of the draws.")
        .def_property_readonly(
            "quantiles", [](const Windows& w) { return w.options.quantiles; }, "Which quantiles are told, in (0, 1).")
        .def_property_readonly(
            "stopped_early", [](const Windows& w) { return w.estimate.stopped_early; }, "True when the progress callback said so.")
        .def("table", &table_of_windows,
             "Columns by name, a row for each timing point and event: station, name, event, train, time_zone, probability, and for each quantile "
             "p5_utc\n"
             "(datetime64[ms]), p5_elapsed since the departure and p5_error, one standard error (timedelta64[ms]); NaT where no run comes.")
        .def("json", &written<&write_as_json>, "The document that `railwindow run --format json` writes.")
        .def("csv", &written<&write_as_csv>, "The text that `railwindow run --format csv` writes.")
        .def("geojson", &written<&write_as_geojson>, "The document that `railwindow run --format geojson` writes.")
        .def("__str__", &written<&write_for_people>);
    module.def(
        "estimate", &windows_of, py::arg("model"), py::kw_only(), py::arg("runs") = 65536, py::arg("seed") = 1, py::arg("threads") = 0,
        py::arg("quantiles") = std::vector<double>{0.05, 0.5, 0.95}, py::arg("progress") = py::none(),
        "Arrival windows of `model`. `threads` 0 is one per core. `progress(done, of)` may return False to stop. Raises InputError, Infeasible.");
}

void add_samples(py::module_& module) {
    const auto ids = [](const Runs& runs) {
        std::vector<std::string> stations;
        for (std::size_t point = 0; point < runs.samples.points.size(); ++point) stations.push_back(station_of(*runs.model, point).id);
        return stations;
    };
    py::class_<Runs>(module, "Samples", "The times of every run at every timing point; row r is run r, whoever computed it.")
        .def_property_readonly(
            "model", [](const Runs& r) { return std::const_pointer_cast<BuiltModel>(r.model); }, "The model whose runs these are.")
        .def_property_readonly(
            "runs", [](const Runs& r) { return r.samples.runs; }, "How many runs.")
        .def_property_readonly(
            "seed", [](const Runs& r) { return r.samples.seed; }, "The seed of the draws.")
        .def_property_readonly(
            "complete", [](const Runs& r) { return r.samples.complete; }, "False when the progress callback stopped the runs.")
        .def_property_readonly("timing_points", ids, "The ids of the stations that have times, origin first.")
        .def(
            "arrive_utc",
            [](const py::object& self, const std::string& station, std::size_t pass, const std::string& train) {
                return column_of<&PointSamples::arrive>(self, station, pass, train, "datetime64[ms]");
            },
            py::arg("station"), py::arg("pass_") = 0, py::arg("train") = "main",
            "Arrivals by run: UTC, datetime64[ms], shape (runs,), read-only, not copied; NaT where a run does not come. `pass_` counts from 0\n"
            "where the way comes to the station more than once; `train` is one of the convoy. Raises InputError for what is no timing point.")
        .def(
            "depart_utc",
            [](const py::object& self, const std::string& station, std::size_t pass, const std::string& train) {
                return column_of<&PointSamples::depart>(self, station, pass, train, "datetime64[ms]");
            },
            py::arg("station"), py::arg("pass_") = 0, py::arg("train") = "main", "Departures by run, as `arrive_utc`.")
        .def(
            "moving",
            [](const py::object& self, const std::string& station, std::size_t pass, const std::string& train) {
                return column_of<&PointSamples::moving>(self, station, pass, train, "timedelta64[ms]");
            },
            py::arg("station"), py::arg("pass_") = 0, py::arg("train") = "main",
            "Running time since the origin by run: timedelta64[ms], shape (runs,), not copied.")
        .def("table", &table_of_runs,
             "Columns by name, a row for each run: run, and for each timing point STATION_arrive_utc and STATION_depart_utc (datetime64[ms]), not\n"
             "copied. A station that the way comes to again is STATION_2, that of another train of the convoy TRAIN_STATION.");
    module.def("sample", &runs_of, py::arg("model"), py::kw_only(), py::arg("runs") = 65536, py::arg("seed") = 1, py::arg("threads") = 0,
               py::arg("progress") = py::none(), "The times of runs 0 to `runs` - 1. Raises InputError.");
}

}  // namespace

void add_windows(py::module_& module) {
    add_estimate(module);
    add_samples(module);
    module.def(
        "simulate", [](const BuiltModel& model, std::uint64_t seed, std::uint64_t run) { return run_of(model, seed, run); }, py::arg("model"),
        py::kw_only(), py::arg("seed") = 1, py::arg("run") = 0,
        "One run as columns: station, time_zone, arrive_utc, depart_utc (datetime64[ms]); and whether it arrived, as the entry `arrived`.");
}

}  // namespace railwindow_python
