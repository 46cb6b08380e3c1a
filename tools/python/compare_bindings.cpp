// What if: compare for Python.

#include "bindings.hpp"

using namespace railwindow;

namespace railwindow_python {
namespace {

std::optional<Millis> rounded(const std::optional<Duration>& duration) { return duration ? std::optional{to_millis(*duration)} : std::nullopt; }

// The q-th of a list of shifts, if it is there.
template <class List>
auto nth(const List& list, std::size_t q) {
    return q < list.size() ? std::optional{list[q]} : std::nullopt;
}

// The zone of the station where a variant's arrivals are compared; UTC where it has no answer.
std::string zone_of(const VariantOutcome& variant) { return variant.model ? station_of(*variant.model, variant.point).zone.name() : "UTC"; }

py::dict table_of_comparison(const Compared& compared) {
    const Comparison& comparison = compared.comparison;
    Table table{comparison.variants};
    table.add("name", [](const auto& v) { return v.name; }).add("why", [](const auto& v) { return v.why; });
    table.add("station", [](const auto& v) { return v.model ? station_of(*v.model, v.point).id : std::string{}; });
    table.add("time_zone", &zone_of).add("probability", [](const auto& v) { return v.probability; });
    table.add("earlier", [](const auto& v) { return or_nan(v.against_base ? std::optional{v.against_base->earlier.value} : std::nullopt); });
    table.duration("mean_later", [](const auto& v) {
        return v.against_base && v.against_base->pairs > 0 ? std::optional{to_millis(v.against_base->mean)} : std::nullopt;
    });
    table.duration("mean_later_error", [](const auto& v) { return v.against_base ? rounded(v.against_base->mean_error) : std::nullopt; });
    for (std::size_t q = 0; q < comparison.quantiles.size(); ++q) {
        const std::string p = quantile_name(comparison.quantiles[q]);
        const auto value = [](const auto& found) { return found ? std::optional{found->value} : std::nullopt; };
        table.utc(p, [&](const auto& v) { return value_of(v.time, q); });
        table.duration(p + "_elapsed", [&](const auto& v) { return value_of(v.elapsed, q); });
        table.duration(p + "_later", [&](const auto& v) { return v.against_base ? value(nth(v.against_base->difference, q)) : std::nullopt; });
        table.duration(p + "_shift", [&](const auto& v) { return v.against_base ? value(nth(v.against_base->shift, q)) : std::nullopt; });
        table.duration(p + "_shift_error", [&](const auto& v) -> std::optional<Millis> {
            const auto found = v.against_base ? nth(v.against_base->shift, q) : std::nullopt;
            return found ? rounded(found->error) : std::nullopt;
        });
    }
    table.add("infeasible", [](const auto& v) { return v.infeasible; });
    return table.take();
}

// What its file says a variant is for.
std::string why_of(const Scenario& scenario) {
    for (const NamedChange& variant : scenario.variants)
        if (variant.name == scenario.variant) return variant.why;
    return {};
}

// In Python a dict keeps the order in which it was written: the first entry is the base.
Compared compare_dict(const py::dict& scenarios, const std::string& at, std::uint64_t runs, std::uint64_t seed, unsigned threads,
                      const std::vector<double>& quantiles, const py::object& progress) {
    std::vector<Variant> variants;
    for (const auto& [name, item] : scenarios) {
        const ReadScenario& scenario = item.cast<const ReadScenario&>();
        variants.push_back({.name = name.cast<std::string>(), .why = why_of(scenario), .scenario = scenario});
    }
    EstimateOptions options{.runs = runs, .seed = seed, .threads = threads, .quantiles = quantiles, .progress = watching(progress)};
    const FreeInterpreter others_may_run;
    if (variants.empty()) refuse("scenarios", "there is nothing to compare", "give a base and a variant");
    check_quantiles(quantiles);
    options.quantiles = comparison_page_quantiles(quantiles);
    Comparison page = compare(variants, {options, Name{at, {}}});
    return {with_quantiles(page, quantiles), std::move(page)};
}

py::dict variants_of(const std::vector<std::string>& files, const std::vector<std::string>& only, const std::vector<std::string>& sets) {
    std::vector<Variant> variants;
    {
        const FreeInterpreter others_may_run;
        variants = load_variants(files, only, sets);
    }
    py::dict scenarios;
    for (Variant& variant : variants) {
        WhatIf what_if{variant.scenario.variant, sets, {}, "replace"};
        scenarios[py::str{variant.name}] = std::make_shared<ReadScenario>(ReadScenario{std::move(variant.scenario), std::move(what_if), nullptr});
    }
    return scenarios;
}

}  // namespace

void add_compare(py::module_& module) {
    py::class_<Compared>(module, "Comparison", "Variants on the same draws, each against the first.")
        .def_property_readonly(
            "runs", [](const Compared& c) { return c.comparison.runs; }, "How many runs of each variant.")
        .def_property_readonly(
            "seed", [](const Compared& c) { return c.comparison.seed; }, "The seed of the draws.")
        .def_property_readonly(
            "stopped_early", [](const Compared& c) { return c.comparison.stopped_early; }, "True when the progress callback said so.")
        .def("table", &table_of_comparison,
             "Columns by name, a row for each variant: name, why, station, time_zone, probability, earlier (share of the runs in which it comes\n"
             "before the base), mean_later and its error (timedelta64[ms]); for each quantile p50_utc (datetime64[ms]), p50_elapsed, p50_later (of\n"
             "the differences run by run), p50_shift (of the window) and its error (timedelta64[ms]); infeasible, the reason why there is no\n"
             "answer. NaT and NaN where there is nothing to say.")
        .def(
            "json", [](const Compared& c) { return text_of([&](std::ostream& out) { write_json(out, c.comparison); }); },
            "The document that `railwindow compare --format json` writes.")
        .def(
            "csv", [](const Compared& c) { return text_of([&](std::ostream& out) { write_csv(out, c.comparison); }); },
            "The text that `railwindow compare --format csv` writes.")
        .def("__str__", [](const Compared& c) {
            return c.comparison.stopped_early ? std::string{"stopped early\n"} : text_of([&](std::ostream& out) { write_table(out, c.comparison); });
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

}  // namespace railwindow_python
