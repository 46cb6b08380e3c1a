// What sightings say: infer for Python.

#include "bindings.hpp"

using namespace railwindow;

namespace railwindow_python {
namespace {

std::string kind_name(ChoiceKind kind) {
    switch (kind) {
        case ChoiceKind::origin:
            return "origin";
        case ChoiceKind::destination:
            return "destination";
        case ChoiceKind::departure:
            return "departure";
        case ChoiceKind::corridor:
            return "corridor";
        case ChoiceKind::plan:
            return "plan";
        case ChoiceKind::hours:
            return "hours";
        case ChoiceKind::regauging:
            break;
    }
    return "regauging";
}

std::string kind_name(InferredPlace::Kind kind) {
    switch (kind) {
        case InferredPlace::Kind::not_departed:
            return "not departed";
        case InferredPlace::Kind::standing:
            return "standing";
        case InferredPlace::Kind::between:
            return "between";
        case InferredPlace::Kind::arrived:
            return "arrived";
        case InferredPlace::Kind::gone:
            break;
    }
    return "cannot go on";
}

const Station& station_of(const Inferred& inferred, const InferredWindow& window) {
    return inferred.model->network.stations()[inferred.model->timing_points[window.point].station];
}

// The columns of a list whose rows have a window.
template <class List, class WindowOf>
void add_window(Table<List>& table, const Inferred& inferred, WindowOf window_of) {
    const auto here = [&inferred, window_of](const auto& row) -> const Station& { return station_of(inferred, window_of(row)); };
    table.add("station", [=](const auto& row) { return here(row).id; }).add("name", [=](const auto& row) { return here(row).name; });
    table.add("event", [=](const auto& row) { return std::string{event_name(window_of(row).event)}; });
    table.add("train", [](const auto&) { return "main"; });
    table.add("time_zone", [=](const auto& row) { return here(row).zone.name(); });
    table.add("probability", [=](const auto& row) { return window_of(row).reached_after; });
    table.add("probability_before", [=](const auto& row) { return window_of(row).reached_before; });
    for (std::size_t q = 0; q < inferred.options.quantiles.size(); ++q) {
        const std::string p = quantile_name(inferred.options.quantiles[q]);
        table.utc(p, [=](const auto& row) { return value_of(window_of(row).after, q); });
        table.duration(p + "_error", [=](const auto& row) { return error_of(window_of(row).after, q); });
        table.utc(p + "_before", [=](const auto& row) { return value_of(window_of(row).before, q); });
    }
}

py::dict table_of_windows(const Inferred& inferred) {
    Table table{inferred.answer.windows};
    add_window(table, inferred, [](const InferredWindow& row) -> const InferredWindow& { return row; });
    return table.take();
}

// Where it is bound: the probability is that of the destination, not of getting there.
py::dict table_of_destinations(const Inferred& inferred) {
    Table table{inferred.answer.destinations};
    add_window(table, inferred, [](const DestinationWindow& row) -> const InferredWindow& { return row.window; });
    const auto odds = [&](const DestinationWindow& row, Share Odds::*state) { return row.odds ? (inferred.answer.odds[*row.odds].*state).value : 1; };
    table.add("bound_for", [&](const auto& row) { return odds(row, &Odds::after); });
    table.add("bound_for_before", [&](const auto& row) { return odds(row, &Odds::before); });
    return table.take();
}

py::dict table_of_odds(const Inferred& inferred) {
    Table table{inferred.answer.odds};
    table.add("kind", [](const auto& o) { return kind_name(o.kind); }).add("value", [](const auto& o) { return o.value; });
    table.add("name", [](const auto& o) { return o.name; }).add("before", [](const auto& o) { return o.before.value; });
    table.add("said", [](const auto& o) { return o.said.value; }).add("seen", [](const auto& o) { return o.seen.value; });
    table.add("after", [](const auto& o) { return o.after.value; }).add("after_error", [](const auto& o) { return o.after.error; });
    return table.add("factor", [](const auto& o) { return or_nan(o.factor); }).take();
}

py::dict table_of_reports(const Inferred& inferred) {
    const auto here = [&](const ReportInfluence& report) -> const Station& {
        return inferred.model->network.stations()[inferred.model->observations[report.observation].station];
    };
    Table table{inferred.answer.reports};
    table.add("text", [](const auto& r) { return r.text; }).add("station", [&](const auto& r) { return here(r).id; });
    table.add("time_zone", [&](const auto& r) { return here(r).zone.name(); });
    table.utc("known_at", [](const auto& r) { return since_epoch(r.known_at); }).add("counted", [](const auto& r) { return r.counted; });
    table.add("reliability", [](const auto& r) { return r.reliability; }).add("fits", [](const auto& r) { return r.fits; });
    return table.add("right", [](const auto& r) { return or_nan(r.right); }).take();
}

py::dict table_of_places(const Inferred& inferred) {
    const auto id = [&](StationId station) { return inferred.model->network.stations()[station].id; };
    Table table{inferred.answer.places};
    table.add("doing", [](const auto& p) { return kind_name(p.kind); }).add("at", [&](const auto& p) { return id(p.from); });
    table.add("next", [&](const auto& p) { return id(p.to); }).add("probability", [](const auto& p) { return p.share.value; });
    return table.add("probability_error", [](const auto& p) { return p.share.error; }).take();
}

Inferred inferred(const SharedModel& model, const std::vector<std::string>& seen, const std::string& as_of, const std::string& time, bool timeline,
                  const std::vector<double>& quantiles, std::optional<std::uint64_t> runs, std::optional<std::uint64_t> most_runs, std::uint64_t seed,
                  unsigned threads, const py::object& progress) {
    InferOptions options{.seed = seed, .threads = threads, .timeline = timeline, .progress = watching(progress)};
    if (runs) options.runs = *runs;
    options.most_runs = most_runs.value_or(runs ? std::max<std::uint64_t>(*runs, 1) : options.most_runs);
    const FreeInterpreter others_may_run;
    check_quantiles(quantiles);
    SharedModel with = model;
    if (!seen.empty()) {
        const auto scenario = std::make_shared<ReadScenario>(*model->scenario);
        static_cast<Scenario&>(*scenario) = with_sightings(*scenario, seen, "seen");
        with = std::make_shared<BuiltModel>(BuiltModel{build(*scenario), scenario});
    }
    options.as_of = time_at_origin(*with, as_of, "as_of");
    options.moment = time_at_origin(*with, time, "time");
    options.quantiles = infer_page_quantiles(quantiles);
    Inference page = infer(*with, options);
    options.quantiles = quantiles;
    options.progress = {};
    return {with, std::move(options), with_quantiles(page, quantiles), std::move(page)};
}

}  // namespace

void add_infer(py::module_& module) {
    py::class_<Inferred>(module, "Inference", "What sightings say of the rest of a journey.")
        .def_property_readonly(
            "model", [](const Inferred& i) { return std::const_pointer_cast<BuiltModel>(i.model); }, "The model, with all sightings that count.")
        .def_property_readonly(
            "runs", [](const Inferred& i) { return i.answer.sampling.runs; }, "How many first runs of each journey that is left open.")
        .def_property_readonly(
            "effective_runs", [](const Inferred& i) { return i.answer.sampling.effective; }, "So many runs the answer rests on.")
        .def_property_readonly(
            "enough", [](const Inferred& i) { return i.answer.sampling.enough; }, "False where windows hold less than they say: too few runs fit.")
        .def_property_readonly(
            "seed", [](const Inferred& i) { return i.answer.seed; }, "The seed of the draws.")
        .def_property_readonly(
            "quantiles", [](const Inferred& i) { return i.options.quantiles; }, "Which quantiles are told, in (0, 1).")
        .def_property_readonly(
            "has_timeline", [](const Inferred& i) { return i.options.timeline; }, "Whether the answer after each report was asked for.")
        .def_property_readonly(
            "stopped_early", [](const Inferred& i) { return i.answer.stopped_early; },
            "True when the progress callback said so; then nothing else counts.")
        .def("table", &table_of_windows,
             "Columns by name, a row for each timing point and event: station, name, event, train, time_zone, probability (of coming there) and\n"
             "probability_before the sightings, and for each quantile p50_utc, p50_before_utc (datetime64[ms]) and p50_error (timedelta64[ms]).")
        .def("destinations", &table_of_destinations,
             "Columns as of `table`, a row for each destination, the likeliest first, with bound_for and bound_for_before: how likely the train is\n"
             "bound for it, after and before the sightings.")
        .def("odds", &table_of_odds,
             "Columns by name, a row for each option of what is left open: kind (origin, destination, departure, corridor, plan, hours,\n"
             "regauging), value, name, before, said, seen, after and its error, factor (NaN where nothing fits the others).")
        .def("reports", &table_of_reports,
             "Columns by name, a row for each sighting: text, station, time_zone, known_at_utc (datetime64[ms]), counted, reliability, fits, right.")
        .def(
            "places", &table_of_places,
            "Columns by name, a row for each place where the train may be at `time`: doing, at, next, probability and its error; empty unless asked.")
        .def(
            "json", [](const Inferred& i) { return text_of([&](std::ostream& out) { write_json(out, *i.model, i.answer, i.options); }); },
            "The document that `railwindow infer --format json` writes.")
        .def(
            "csv", [](const Inferred& i) { return text_of([&](std::ostream& out) { write_csv(out, *i.model, i.answer); }); },
            "The text that `railwindow infer --format csv` writes.")
        .def(
            "geojson", [](const Inferred& i) { return text_of([&](std::ostream& out) { write_geojson(out, *i.model, i.answer, i.options); }); },
            "The document that `railwindow infer --format geojson` writes.")
        .def("__str__", [](const Inferred& i) {
            return i.answer.stopped_early ? std::string{"stopped early\n"}
                                          : text_of([&](std::ostream& out) { write_table(out, *i.model, i.answer, i.options); });
        });
    module.def(
        "infer", &inferred, py::arg("model"), py::kw_only(), py::arg("seen") = std::vector<std::string>{}, py::arg("as_of") = "",
        py::arg("time") = "", py::arg("timeline") = false, py::arg("quantiles") = std::vector<double>{0.05, 0.5, 0.95}, py::arg("runs") = py::none(),
        py::arg("most_runs") = py::none(), py::arg("seed") = 1, py::arg("threads") = 0, py::arg("progress") = py::none(),
        "What the sightings of `model` and those in `seen` say of its journey. A sighting is a line such as\n"
        "'khasan arrive 2019-04-25 06:00..07:00', as the command line's --seen has it. Only what was published by `as_of` counts; `time` asks where\n"
        "the train is then; both are local to the origin. `runs` None: 65536 first runs, doubled up to `most_runs` (262144) where the sightings\n"
        "leave too few. Raises InputError, Infeasible.");
}

}  // namespace railwindow_python
