// The library as a Python module: the same nouns, arrays without copies, the interpreter free while the library works.

#include "bindings.hpp"

#include <railwindow/core/text.hpp>

#include <pybind11/functional.h>
#include <pybind11/stl.h>

using namespace railwindow;
using namespace railwindow_python;

namespace {

// Results keep the model alive that they speak of.
struct Windows {
    SharedModel model;
    Estimate estimate;
};
struct Runs {
    SharedModel model;
    Samples samples;
};

const Station& station_of(const Model& model, std::size_t point) { return model.network.stations()[model.timing_points[point].station]; }

// `column` as an array that shares its memory and keeps `owner` alive. What never happened is NaT: both are the smallest number.
py::object shared_column(const std::vector<std::int64_t>& column, const py::object& owner, const char* type) {
    Ticks view{{column.size()}, {sizeof(std::int64_t)}, column.data(), owner};
    view.attr("setflags")(py::arg("write") = false);
    return as_ticks(view, type);
}

std::size_t point_called(const Runs& runs, const std::string& station, std::size_t pass) {
    std::vector<std::string_view> known;
    for (std::size_t point = 0; point < runs.model->timing_points.size(); ++point) {
        known.push_back(station_of(*runs.model, point).id);
        if (known.back() == station && pass-- == 0) return point;
    }
    throw InputError{Finding{{}, "station", "'" + station + "' is no timing point of this journey", suggestion(station, known), Severity::error}};
}

template <auto Column>
py::object column_of(const py::object& self, const std::string& station, std::size_t pass, const char* type) {
    const Runs& runs = self.cast<const Runs&>();
    return shared_column(runs.samples.points[point_called(runs, station, pass)].*Column, self, type);
}

EstimateOptions options_of(std::uint64_t runs, std::uint64_t seed, unsigned threads, std::vector<double> quantiles, const py::object& progress) {
    return {.runs = runs, .seed = seed, .threads = threads, .quantiles = std::move(quantiles), .progress = watching(progress)};
}

std::unique_ptr<Windows> windows_of(const SharedModel& model, std::uint64_t runs, std::uint64_t seed, unsigned threads, std::vector<double> quantiles,
                                    const py::object& progress) {
    const EstimateOptions options = options_of(runs, seed, threads, std::move(quantiles), progress);
    const py::gil_scoped_release others_may_run;
    return std::make_unique<Windows>(Windows{model, estimate(*model, options)});
}

std::unique_ptr<Runs> runs_of(const SharedModel& model, std::uint64_t runs, std::uint64_t seed, unsigned threads, const py::object& progress) {
    const EstimateOptions options = options_of(runs, seed, threads, {0.5}, progress);
    const py::gil_scoped_release others_may_run;
    return std::make_unique<Runs>(Runs{model, sample(*model, options)});
}

// A column of quantiles, one value for each timing point; NaT where no run comes or nothing is known.
template <class Value>
py::object quantile_column(const Estimate& estimate, Value value, const char* type) {
    return tick_column(
        estimate.timing_points.size(), [&](std::size_t i) { return value(estimate.timing_points[i]); }, type);
}

py::dict table_of_windows(const Windows& windows) {
    py::list station, name, event, zone, probability;
    for (const TimingPointEstimate& point : windows.estimate.timing_points) {
        const Station& here = station_of(*windows.model, point.point);
        station.append(here.id), name.append(here.name), zone.append(here.zone.name()), probability.append(point.probability);
        event.append(point.event == TimingEvent::depart ? "depart" : point.event == TimingEvent::arrive ? "arrive" : "pass");
    }
    py::dict table;
    table["station"] = station, table["name"] = name, table["event"] = event, table["time_zone"] = zone, table["probability"] = probability;
    std::size_t most = 0;
    const TimingPointEstimate* full = nullptr;
    for (const TimingPointEstimate& point : windows.estimate.timing_points)
        if (point.time.size() > most) most = point.time.size(), full = &point;
    for (std::size_t q = 0; q < most; ++q) {
        const auto of = [q](const std::vector<Quantile>& list) { return q < list.size() ? std::optional{list[q]} : std::nullopt; };
        const std::string p = quantile_name(full->time[q].p);
        const auto value = [&](auto part) {
            return [=](const TimingPointEstimate& point) -> std::optional<Millis> {
                const auto quantile = of(point.*part);
                return quantile ? std::optional{quantile->value} : std::nullopt;
            };
        };
        table[py::str{p}] = quantile_column(windows.estimate, value(&TimingPointEstimate::time), "datetime64[ms]");
        table[py::str{p + "_elapsed"}] = quantile_column(windows.estimate, value(&TimingPointEstimate::elapsed), "timedelta64[ms]");
        const auto error = [=](const TimingPointEstimate& point) {
            const auto quantile = of(point.time);
            return quantile ? quantile->error : std::nullopt;
        };
        table[py::str{p + "_error"}] = quantile_column(windows.estimate, error, "timedelta64[ms]");
    }
    return table;
}

using Write = void (*)(std::ostream&, const Model&, const Estimate&);

template <Write write>
std::string written(const Windows& windows) {
    std::ostringstream out;
    write(out, *windows.model, windows.estimate);
    return out.str();
}

void write_as_json(std::ostream& out, const Model& model, const Estimate& estimate) { write_json(out, model, estimate); }
void write_as_csv(std::ostream& out, const Model& model, const Estimate& estimate) { write_csv(out, model, estimate); }

void write_for_people(std::ostream& out, const Model& model, const Estimate& estimate) {
    if (!estimate.stopped_early) return write_table(out, model, estimate);
    out << "stopped early\n";
}

py::dict run_of(const Model& model, std::uint64_t seed, std::uint64_t run) {
    const Trace trace = simulate(model, {.seed = seed, .run = run});
    py::list stations;
    Ticks arrive{static_cast<py::ssize_t>(trace.main().visits.size())}, depart{static_cast<py::ssize_t>(trace.main().visits.size())};
    for (std::size_t i = 0; i < trace.main().visits.size(); ++i) {
        stations.append(model.network.stations()[way_of(model, trace).main().visits[i].station].id);
        arrive.mutable_at(static_cast<py::ssize_t>(i)) = trace.main().visits[i].arrive.time_since_epoch().count();
        depart.mutable_at(static_cast<py::ssize_t>(i)) = trace.main().visits[i].depart.time_since_epoch().count();
    }
    py::dict result;
    result["station"] = stations;
    result["arrive"] = as_ticks(arrive, "datetime64[ms]");
    result["depart"] = as_ticks(depart, "datetime64[ms]");
    result["arrived"] = !trace.main().stranded.has_value();
    return result;
}

Name named(const std::string& text) { return {text, Place{"python", 0, 0}}; }

Scenario changed(const Scenario& scenario, const std::optional<std::string>& origin, const std::optional<std::string>& destination,
                 const std::optional<std::vector<std::string>>& via, const std::optional<std::string>& depart) {
    Scenario result = scenario;
    if (origin) result.journey.from = named(*origin);
    if (destination) result.journey.to = named(*destination);
    if (via) {
        result.journey.routes.clear(), result.journey.via.clear();
        for (const std::string& station : *via) result.journey.via.push_back(named(station));
    }
    if (depart) {
        const auto time = parse_time(*depart);
        if (const auto* error = std::get_if<TimeError>(&time)) throw InputError{Finding{{}, "depart", error->what, error->remedy, Severity::error}};
        result.journey.departures.clear();
        result.journey.depart = {.at = Written<WrittenTime>{std::get<WrittenTime>(time), {}}};
    }
    return result;
}

Scenario loaded(const std::string& path, const std::optional<FilesInMemory>& files) {
    const py::gil_scoped_release others_may_run;
    return files ? load_scenario(path, *files) : load_scenario(path);
}

std::vector<std::pair<std::string, std::vector<Finding>>> checked(const std::vector<std::string>& files) {
    std::vector<std::pair<std::string, std::vector<Finding>>> found;
    for (FileReport& report : check_files(files)) found.emplace_back(report.file, std::move(report.findings));
    return found;
}

void add_errors(py::module_& module) {
    py::class_<Finding>(module, "Finding", "One thing that is wrong in what was written.")
        .def_property_readonly(
            "file", [](const Finding& f) { return f.place.file; }, "The file; empty where it is none.")
        .def_property_readonly(
            "line", [](const Finding& f) { return f.place.line; }, "From 1; 0 where it is not in a file.")
        .def_property_readonly(
            "column", [](const Finding& f) { return f.place.column; }, "In characters, from 1.")
        .def_readonly("subject", &Finding::subject, "The thing spoken of, as a path: journey.from.")
        .def_readonly("what", &Finding::what, "What is wrong, with the value.")
        .def_readonly("remedy", &Finding::remedy, "What would be right; may be empty.")
        .def_property_readonly(
            "is_error", [](const Finding& f) { return f.severity == Severity::error; }, "False for a warning.")
        .def("__str__", [](const Finding& f) { return to_string(f); })
        .def("__repr__", [](const Finding& f) { return "<railwindow.Finding " + to_string(f) + ">"; });
    static const py::exception<InputError> input_error{module, "InputError", PyExc_ValueError};
    static const py::exception<Infeasible> infeasible{module, "Infeasible", PyExc_RuntimeError};
    input_error.attr("__doc__") = "What was written is wrong; `findings` says where, what, and what would be right.";
    infeasible.attr("__doc__") = "The question is well formed and has no answer.";
    py::register_exception_translator([](std::exception_ptr thrown) {
        try {
            if (thrown) std::rethrow_exception(thrown);
        } catch (const InputError& error) {
            const py::object instance = py::reinterpret_borrow<py::object>(input_error)(error.what());
            instance.attr("findings") = py::cast(error.findings());
            PyErr_SetObject(input_error.ptr(), instance.ptr());
        } catch (const Infeasible& error) {
            PyErr_SetString(infeasible.ptr(), error.what());
        }
    });
}

void add_questions(py::module_& module) {
    py::class_<Scenario>(module, "Scenario", "What the user wrote: a train, a journey, networks and how they are worked. Not changed by anything.")
        .def_readonly("name", &Scenario::name, "The file's name without its ending.")
        .def_readonly("question", &Scenario::question, "The question that the file asks, in one sentence.")
        .def("replace", &changed, py::kw_only(), py::arg("origin") = py::none(), py::arg("destination") = py::none(), py::arg("via") = py::none(),
             py::arg("depart") = py::none(), "A copy with another origin, destination, corridor or time of departure (local to the origin).");
    py::class_<Model, std::shared_ptr<Model>>(module, "Model", "What is run: names resolved, the way found. Immutable; any threads may use it.")
        .def_readonly("name", &Model::name, "The scenario's name.")
        .def_readonly("question", &Model::question, "The scenario's question.")
        .def_property_readonly(
            "length_km", [](const Model& model) { return model.main().path.length / km; }, "Length of the way in kilometres.")
        .def_property_readonly(
            "timing_points",
            [](const Model& model) {
                std::vector<std::string> ids;
                for (std::size_t i = 0; i < model.timing_points.size(); ++i) ids.push_back(station_of(model, i).id);
                return ids;
            },
            "The ids of the stations where times are wanted, origin first.");
    module.def("load_scenario", &loaded, py::arg("path"), py::arg("files") = py::none(),
               "The scenario at `path`; or, with `files` (texts by path), from memory. Raises InputError.");
    module.def(
        "build",
        [](const Scenario& scenario, bool all_timing_points) {
            return std::make_shared<Model>(build(scenario, {all_timing_points ? TimingPoints::all : TimingPoints::main}));
        },
        py::arg("scenario"), py::kw_only(), py::arg("all_timing_points") = false, FreeInterpreter{},
        "The model of `scenario`; the last place where input can be found wrong. Raises InputError, Infeasible.");
    module.def("check", &checked, py::arg("files"), FreeInterpreter{}, "Pairs of file and findings: all that is wrong or doubtful in them.");
}

void add_answers(py::module_& module) {
    py::class_<Windows>(module, "Estimate", "Arrival windows.")
        .def_property_readonly(
            "runs", [](const Windows& w) { return w.estimate.runs; }, "How many runs they rest on.")
        .def_property_readonly(
            "seed", [](const Windows& w) { return w.estimate.seed; }, "The seed of the draws.")
        .def_property_readonly(
            "stopped_early", [](const Windows& w) { return w.estimate.stopped_early; }, "True when the progress callback said so.")
        .def("table", &table_of_windows,
             "Columns by name, a row for each timing point and event, for pandas.DataFrame: station, name, event, time_zone, probability, and for "
             "each\n"
             "quantile p5 (UTC, datetime64[ms]), p5_elapsed since the departure and p5_error, one standard error (timedelta64[ms]).")
        .def("json", &written<&write_as_json>, "The document that `railwindow run --format json` writes.")
        .def("csv", &written<&write_as_csv>, "The text that `railwindow run --format csv` writes.")
        .def("__str__", &written<&write_for_people>);
    py::class_<Runs>(module, "Samples", "The times of every run at every timing point; row r is run r, whoever computed it.")
        .def_property_readonly(
            "runs", [](const Runs& r) { return r.samples.runs; }, "How many runs.")
        .def_property_readonly(
            "complete", [](const Runs& r) { return r.samples.complete; }, "False when the progress callback stopped the runs.")
        .def(
            "arrive",
            [](const py::object& self, const std::string& station, std::size_t pass) {
                return column_of<&PointSamples::arrive>(self, station, pass, "datetime64[ms]");
            },
            py::arg("station"), py::arg("pass_") = 0, "Arrivals by run: UTC, datetime64[ms], read-only, not copied; NaT where a run does not come.")
        .def(
            "depart",
            [](const py::object& self, const std::string& station, std::size_t pass) {
                return column_of<&PointSamples::depart>(self, station, pass, "datetime64[ms]");
            },
            py::arg("station"), py::arg("pass_") = 0, "Departures by run, as `arrive`.")
        .def(
            "moving",
            [](const py::object& self, const std::string& station, std::size_t pass) {
                return column_of<&PointSamples::moving>(self, station, pass, "timedelta64[ms]");
            },
            py::arg("station"), py::arg("pass_") = 0, "Running time since the origin by run: timedelta64[ms], not copied.");
    module.def(
        "estimate", &windows_of, py::arg("model"), py::kw_only(), py::arg("runs") = 65536, py::arg("seed") = 1, py::arg("threads") = 0,
        py::arg("quantiles") = std::vector<double>{0.05, 0.5, 0.95}, py::arg("progress") = py::none(),
        "Arrival windows of `model`. `threads` 0 is one per core. `progress(done, of)` may return False to stop. Raises InputError, Infeasible.");
    module.def("sample", &runs_of, py::arg("model"), py::kw_only(), py::arg("runs") = 65536, py::arg("seed") = 1, py::arg("threads") = 0,
               py::arg("progress") = py::none(), "The times of runs 0 to `runs` - 1. Raises InputError.");
    module.def("simulate", &run_of, py::arg("model"), py::kw_only(), py::arg("seed") = 1, py::arg("run") = 0,
               "One run as columns: station, arrive, depart (UTC, datetime64[ms]); and whether it arrived.");
}

}  // namespace

PYBIND11_MODULE(_railwindow, module) {
    module.doc() = "Arrival windows of heavy special trains over partly known track.";
    module.attr("__version__") = std::string{version()};
    add_errors(module);
    add_questions(module);
    add_answers(module);
    add_what_if(module);
    add_explain(module);
}
