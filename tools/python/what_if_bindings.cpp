// What if, and when at the latest: compare and depart_by for Python.

#include "bindings.hpp"

#include <pybind11/stl.h>

using namespace railwindow;

namespace railwindow_python {
namespace {

// A result keeps the model alive that it speaks of.
struct Latest {
    SharedModel model;
    DepartBy answer;
};

const VariantOutcome& outcome(const Comparison& comparison, std::size_t i) { return comparison.variants[i]; }

std::optional<Millis> rounded(const std::optional<Duration>& duration) { return duration ? std::optional{to_millis(*duration)} : std::nullopt; }

template <class Part>
py::object column_of(const Comparison& comparison, const char* type, Part part) {
    return tick_column(
        comparison.variants.size(), [&](std::size_t i) -> std::optional<Millis> { return part(outcome(comparison, i)); }, type);
}

// The q-th of a list of quantiles or shifts, if it is there.
template <class List>
auto nth(const List& list, std::size_t q) {
    return q < list.size() ? std::optional{list[q]} : std::nullopt;
}

void add_quantiles(py::dict& table, const Comparison& comparison, std::size_t q) {
    const std::string p = quantile_name(comparison.quantiles[q]);
    const auto value = [](const auto& found) { return found ? std::optional{found->value} : std::nullopt; };
    const auto time = [&](const VariantOutcome& v) { return value(nth(v.time, q)); };
    const auto elapsed = [&](const VariantOutcome& v) { return value(nth(v.elapsed, q)); };
    const auto later = [&](const VariantOutcome& v) { return v.against_base ? value(nth(v.against_base->difference, q)) : std::nullopt; };
    const auto shift = [&](const VariantOutcome& v) { return v.against_base ? value(nth(v.against_base->shift, q)) : std::nullopt; };
    const auto error = [&](const VariantOutcome& v) -> std::optional<Millis> {
        const auto found = v.against_base ? nth(v.against_base->shift, q) : std::nullopt;
        return found ? rounded(found->error) : std::nullopt;
    };
    table[py::str{p}] = column_of(comparison, "datetime64[ms]", time);
    table[py::str{p + "_elapsed"}] = column_of(comparison, "timedelta64[ms]", elapsed);
    table[py::str{p + "_later"}] = column_of(comparison, "timedelta64[ms]", later);
    table[py::str{p + "_shift"}] = column_of(comparison, "timedelta64[ms]", shift);
    table[py::str{p + "_shift_error"}] = column_of(comparison, "timedelta64[ms]", error);
}

py::dict table_of_comparison(const Comparison& comparison) {
    py::list name, why, probability, earlier, infeasible;
    for (const VariantOutcome& v : comparison.variants) {
        name.append(v.name), why.append(v.why), probability.append(v.probability), infeasible.append(v.infeasible);
        earlier.append(v.against_base ? py::cast(v.against_base->earlier.value) : py::float_(std::numeric_limits<double>::quiet_NaN()));
    }
    py::dict table;
    table["name"] = name, table["why"] = why, table["probability"] = probability, table["earlier"] = earlier;
    const auto mean = [](const VariantOutcome& v) {
        return v.against_base && v.against_base->pairs > 0 ? std::optional{to_millis(v.against_base->mean)} : std::nullopt;
    };
    const auto error = [](const VariantOutcome& v) { return v.against_base ? rounded(v.against_base->mean_error) : std::nullopt; };
    table["mean_later"] = column_of(comparison, "timedelta64[ms]", mean);
    table["mean_later_error"] = column_of(comparison, "timedelta64[ms]", error);
    for (std::size_t q = 0; q < comparison.quantiles.size(); ++q) add_quantiles(table, comparison, q);
    table["infeasible"] = infeasible;
    return table;
}

template <class Write>
std::string text_of(Write write) {
    std::ostringstream out;
    write(out);
    return out.str();
}

Comparison comparison_of(const std::vector<std::pair<std::string, Scenario>>& scenarios, const std::string& at, const EstimateOptions& options) {
    std::vector<Variant> variants;
    for (const auto& [name, scenario] : scenarios) variants.push_back({.name = name, .why = {}, .scenario = scenario});
    if (variants.empty()) throw InputError{Finding{{}, "scenarios", "there is nothing to compare", "give a base and a variant", Severity::error}};
    return compare(variants, {options, Name{at, {}}});
}

// In Python a dict keeps the order in which it was written: the first entry is the base.
Comparison compare_dict(const py::dict& scenarios, const std::string& at, std::uint64_t runs, std::uint64_t seed, unsigned threads,
                        std::vector<double> quantiles, const py::object& progress) {
    std::vector<std::pair<std::string, Scenario>> named;
    for (const auto& [name, scenario] : scenarios) named.emplace_back(name.cast<std::string>(), scenario.cast<const Scenario&>());
    const EstimateOptions options{.runs = runs, .seed = seed, .threads = threads, .quantiles = std::move(quantiles), .progress = watching(progress)};
    const py::gil_scoped_release others_may_run;
    return comparison_of(named, at, options);
}

py::dict variants_of(const std::vector<std::string>& files, const std::vector<std::string>& only, const std::vector<std::string>& sets) {
    std::vector<Variant> variants;
    {
        const py::gil_scoped_release others_may_run;
        variants = load_variants(files, only, sets);
    }
    py::dict scenarios;
    for (Variant& variant : variants) scenarios[py::str{variant.name}] = std::move(variant.scenario);
    return scenarios;
}

Latest latest_departure(const SharedModel& model, const std::string& arrive_by, const std::string& at, double confidence, bool curve,
                        std::uint64_t runs, std::uint64_t seed, unsigned threads, const py::object& progress) {
    const auto deadline = parse_time(arrive_by);
    if (const auto* error = std::get_if<TimeError>(&deadline))
        throw InputError{Finding{{}, "arrive_by", error->what, error->remedy, Severity::error}};
    const DepartByOptions options{.arrive_by = {std::get<WrittenTime>(deadline), {}},
                                  .at = Name{at, {}},
                                  .confidence = confidence,
                                  .curve = curve,
                                  .runs = runs,
                                  .seed = seed,
                                  .threads = threads,
                                  .progress = watching(progress)};
    const py::gil_scoped_release others_may_run;
    return {model, depart_by(*model, options)};
}

py::object as_instant(Instant instant) { return py::module_::import("numpy").attr("datetime64")(instant.time_since_epoch().count(), "ms"); }

// The latest minute and the next, or the whole curve where it was asked for.
py::dict table_of_departures(const DepartBy& answer) {
    const std::vector<DepartureTrial> trials = answer.curve.empty() ? std::vector{answer.latest, answer.minute_later} : answer.curve;
    const auto depart = [&](std::size_t i) { return std::optional{trials[i].depart.time_since_epoch()}; };
    py::list in_time, error, at_least;
    for (const DepartureTrial& trial : trials)
        in_time.append(trial.in_time.value), error.append(trial.in_time.error), at_least.append(trial.at_least);
    py::dict table;
    table["depart"] = tick_column(trials.size(), depart, "datetime64[ms]");
    table["in_time"] = in_time, table["in_time_error"] = error, table["at_least"] = at_least;
    return table;
}

py::dict arrival_of(const DepartBy& answer) {
    py::dict quantiles;
    for (const Quantile& quantile : answer.arrival) quantiles[py::str{quantile_name(quantile.p)}] = as_instant(Instant{quantile.value});
    return quantiles;
}

void add_compare(py::module_& module) {
    py::class_<Comparison>(module, "Comparison", "Variants on the same draws, each against the first.")
        .def_readonly("runs", &Comparison::runs, "How many runs of each variant.")
        .def_readonly("seed", &Comparison::seed, "The seed of the draws.")
        .def_readonly("stopped_early", &Comparison::stopped_early, "True when the progress callback said so.")
        .def("table", &table_of_comparison,
             "Columns by name, a row for each variant, for pandas.DataFrame: name, why, probability, earlier (share of the runs in which it comes\n"
             "before the base), mean_later and its error; for each quantile p50 (UTC), p50_elapsed, p50_later (of the differences run by run),\n"
             "p50_shift (of the window) and its error; infeasible, the reason why there is no answer. NaT and NaN where there is nothing to say.")
        .def(
            "json", [](const Comparison& c) { return text_of([&](std::ostream& out) { write_json(out, c); }); },
            "The document that `railwindow compare --format json` writes.")
        .def(
            "csv", [](const Comparison& c) { return text_of([&](std::ostream& out) { write_csv(out, c); }); },
            "The text that `railwindow compare --format csv` writes.")
        .def("__str__", [](const Comparison& c) {
            return c.stopped_early ? std::string{"stopped early\n"} : text_of([&](std::ostream& out) { write_table(out, c); });
        });
    module.def(
        "compare", &compare_dict, py::arg("scenarios"), py::kw_only(), py::arg("at") = "", py::arg("runs") = 20'000, py::arg("seed") = 1,
        py::arg("threads") = 0, py::arg("quantiles") = std::vector<double>{0.05, 0.5, 0.95}, py::arg("progress") = py::none(),
        "Arrival windows of `scenarios` (a dict by name) and their differences from the first, run by run. `at`: the station asked about; empty:\n"
        "each one's destination. Raises InputError; Infeasible when none has an answer.");
    module.def("load_variants", &variants_of, py::arg("files"), py::kw_only(), py::arg("only") = std::vector<std::string>{},
               py::arg("sets") = std::vector<std::string>{},
               "Each file as it stands and its variants (those in `only`, if any), as a dict by name for `compare`; `sets` are changes such as\n"
               "'journey.calls[0].dwell=2 h' to all of them. Raises InputError.");
}

void add_depart_by(py::module_& module) {
    py::class_<Latest>(module, "DepartBy", "The latest departure that is in time.")
        .def_property_readonly(
            "latest", [](const Latest& l) { return as_instant(l.answer.latest.depart); },
            "The latest minute that is good enough: UTC, datetime64[ms].")
        .def_property_readonly(
            "deadline", [](const Latest& l) { return as_instant(l.answer.deadline); }, "By when it is to be there: UTC, datetime64[ms].")
        .def_property_readonly(
            "in_time", [](const Latest& l) { return l.answer.latest.in_time.value; },
            "Share of the runs that are there by the deadline, leaving then.")
        .def_property_readonly(
            "at_least", [](const Latest& l) { return l.answer.latest.at_least; }, "The lower end of that share's error interval.")
        .def_property_readonly(
            "arriving", [](const Latest& l) { return l.answer.arriving; }, "Share of the runs that get there at all, leaving then.")
        .def_property_readonly(
            "arrival", [](const Latest& l) { return arrival_of(l.answer); }, "Arrival, leaving then: p5, p50, p95 (UTC, datetime64[ms]).")
        .def_property_readonly(
            "stopped_early", [](const Latest& l) { return l.answer.stopped_early; },
            "True when the progress callback said so; then nothing else counts.")
        .def(
            "table", [](const Latest& l) { return table_of_departures(l.answer); },
            "Columns for pandas.DataFrame: depart (UTC), in_time, in_time_error, at_least; the latest minute and the next, or the whole curve.")
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
        py::arg("curve") = false, py::arg("runs") = 20'000, py::arg("seed") = 1, py::arg("threads") = 0, py::arg("progress") = py::none(),
        "The latest departure with which the train is at `at` (empty: its destination) by `arrive_by`, a time local to that place or with its\n"
        "own offset. Other stations than the main ones need build(..., all_timing_points=True). Raises InputError, Infeasible.");
}

}  // namespace

void add_what_if(py::module_& module) {
    add_compare(module);
    add_depart_by(module);
}

}  // namespace railwindow_python
