// What drives the window: explain for Python.

#include "bindings.hpp"

#include <array>
#include <stdexcept>

using namespace railwindow;

namespace railwindow_python {
namespace {

const Station& station_of(const Explained& explained, const PlaceReport& report) {
    return explained.model->network.stations()[explained.model->timing_points[report.point].station];
}

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

std::optional<Millis> as_millis(double seconds) { return std::isnan(seconds) ? std::nullopt : std::optional{Millis{std::llround(1000 * seconds)}}; }
std::optional<Millis> width_of(const std::optional<ExpectedWidth>& width) { return width ? as_millis(width->value) : std::nullopt; }
std::optional<Millis> error_of(const std::optional<ExpectedWidth>& width) { return width ? as_millis(width->error) : std::nullopt; }

// A column of durations, one for each element of `list`.
template <class List, class Value>
py::object durations(const List& list, Value value) {
    return tick_column(
        list.size(), [&](std::size_t i) -> std::optional<Millis> { return value(list[i]); }, "timedelta64[ms]");
}

py::dict table_of_groups(const Explanation& answer) {
    py::list name, country, spread, spread_error, alone, alone_error, pairs;
    for (const GroupEffect& group : answer.groups) {
        name.append(group.name), country.append(group.country), pairs.append(group.effect.pairs);
        spread.append(group.effect.total.value), spread_error.append(group.effect.total.error);
        alone.append(group.effect.first.value), alone_error.append(group.effect.first.error);
    }
    py::dict table;
    table["name"] = name, table["country"] = country, table["spread"] = spread, table["spread_error"] = spread_error;
    table["alone"] = alone, table["alone_error"] = alone_error, table["pairs"] = pairs;
    table["width_if_known"] = durations(answer.groups, [](const GroupEffect& group) { return width_of(group.width); });
    table["width_if_known_error"] = durations(answer.groups, [](const GroupEffect& group) { return error_of(group.width); });
    if (!answer.groups.empty() && answer.groups.front().shapley) {
        py::list shapley, shapley_error;
        for (const GroupEffect& group : answer.groups) shapley.append(group.shapley->value), shapley_error.append(group.shapley->error);
        table["shapley"] = shapley, table["shapley_error"] = shapley_error;
    }
    return table;
}

// In the order of the explanation: what leaves the narrowest window first.
py::dict table_of_reports(const Explained& explained) {
    const std::vector<PlaceReport>& reports = explained.answer.reports;
    py::list station, name, event, zone, probability;
    for (const PlaceReport& report : reports) {
        const Station& here = station_of(explained, report);
        station.append(here.id), name.append(here.name), zone.append(here.zone.name()), probability.append(report.probability);
        event.append(std::string{event_name(report.event)});
    }
    py::dict table;
    table["station"] = station, table["name"] = name, table["event"] = event, table["time_zone"] = zone, table["probability"] = probability;
    for (std::size_t q = 0; !reports.empty() && q < reports.front().when.size(); ++q) {
        const auto time = [&](std::size_t i) { return std::optional{reports[i].when[q].value}; };
        table[py::str{quantile_name(reports.front().when[q].p) + "_utc"}] = tick_column(reports.size(), time, "datetime64[ms]");
    }
    table["ahead"] = durations(reports, [](const PlaceReport& report) { return std::optional{report.ahead}; });
    for (std::size_t k = 0; k < explained.answer.off.size(); ++k) {
        // Named by the error of the report in seconds: width_300.
        const auto off = explained.answer.off[k].count();
        const std::string column = "width_" + std::to_string(off / 1000) + (off % 1000 == 0 ? "" : "." + std::to_string(1000 + off % 1000).substr(1));
        table[py::str{column}] = durations(reports, [&](const PlaceReport& report) { return as_millis(report.width[k].value); });
        table[py::str{column + "_error"}] = durations(reports, [&](const PlaceReport& report) { return as_millis(report.width[k].error); });
    }
    table["width_not_by_p50"] = durations(reports, [](const PlaceReport& report) { return as_millis(report.unseen.value); });
    table["width_not_by_p50_error"] = durations(reports, [](const PlaceReport& report) { return as_millis(report.unseen.error); });
    if (explained.answer.right) {
        py::list right;
        for (const PlaceReport& report : reports) right.append(report.right.empty() ? unknown : report.right.back().value);
        table["named_right"] = right;
    }
    return table;
}

// A row for each number; low and high are its own 5 % and 95 % quantiles, or less and more by `step`.
py::dict table_of_numbers(const Explanation& answer) {
    py::list name, country;
    py::list step;
    for (const NumberEffect& number : answer.numbers) name.append(number.name), country.append(number.country), step.append(number.step);
    py::dict table;
    table["name"] = name, table["country"] = country, table["step"] = step;
    table["among_others"] =
        durations(answer.numbers, [](const NumberEffect& number) { return as_millis(number.among_others ? number.among_others->mean : NAN); });
    constexpr std::array quantiles{"p5", "p50", "p95"};
    for (const auto& [end, shift] : {std::pair{"low", &NumberEffect::low}, std::pair{"high", &NumberEffect::high}})
        for (std::size_t q = 0; q < quantiles.size(); ++q) {
            const std::string column = std::string{end} + "_" + quantiles[q];
            table[py::str{column}] = durations(answer.numbers, [&](const NumberEffect& number) { return as_millis((number.*shift).seconds[q]); });
            table[py::str{column + "_error"}] =
                durations(answer.numbers, [&](const NumberEffect& number) { return as_millis((number.*shift).error[q]); });
        }
    return table;
}

// The row of the best early report in the table of reports; none where there is no place.
std::optional<std::size_t> best_of(const Explained& explained) {
    const PlaceReport* best = best_early_report(explained.answer);
    return best ? std::optional{static_cast<std::size_t>(best - explained.answer.reports.data())} : std::nullopt;
}

template <class Write>
std::string text_of_explanation(const Explained& explained, Write write) {
    if (explained.answer.stopped_early) throw std::runtime_error{"the explanation was stopped early: there is nothing to write"};
    Model weighed = *explained.model;
    weigh_weak_inputs(weighed, explained.answer.groups);
    std::ostringstream out;
    write(out, weighed, explained.answer);
    return out.str();
}

Explained explanation_of(const SharedModel& model, const std::string& to, const std::vector<double>& report_errors, bool numbers, bool shapley,
                         std::uint64_t runs, std::uint64_t pairs, std::uint64_t seed, unsigned threads, const py::object& progress) {
    ExplainOptions options{
        .runs = runs, .pairs = pairs, .seed = seed, .threads = threads, .to = Name{to, {}}, .off = {}, .shapley = shapley, .numbers = numbers};
    if (numbers) options.written = written_numbers(*model->scenario, *model);
    for (const double seconds : report_errors) {
        if (!(std::abs(seconds) < 1e9))
            throw InputError{Finding{{}, "report_errors", "a report must be off by some number of seconds", "say such as 1800", Severity::error}};
        options.off.push_back(Millis{std::llround(1000 * seconds)});
    }
    options.progress = watching(progress);
    const FreeInterpreter others_may_run;
    return {model, explain(*model, options)};
}

}  // namespace

void add_explain(py::module_& module) {
    py::class_<Explained>(module, "Explanation", "What makes a window as wide as it is, and which report would narrow it most.")
        .def_property_readonly(
            "model", [](const Explained& e) { return std::const_pointer_cast<BuiltModel>(e.model); }, "The model that it speaks of.")
        .def_property_readonly(
            "runs", [](const Explained& e) { return e.answer.runs; }, "How many runs the windows and the reports rest on.")
        .def_property_readonly(
            "pairs", [](const Explained& e) { return e.answer.pairs; }, "How many pairs of runs a group has at most.")
        .def_property_readonly(
            "seed", [](const Explained& e) { return e.answer.seed; }, "The seed of the draws.")
        .def_property_readonly(
            "stopped_early", [](const Explained& e) { return e.answer.stopped_early; },
            "True when the progress callback said so; then nothing else counts.")
        .def_property_readonly(
            "destination", [](const Explained& e) { return e.model->network.stations()[e.answer.destinations.front().station].id; },
            "The station whose window is explained.")
        .def_property_readonly(
            "arrives", [](const Explained& e) { return e.answer.arrives; }, "Share of the runs bound there that get there.")
        .def_property_readonly(
            "width",
            [](const Explained& e) {
                return py::module_::import("numpy").attr("timedelta64")(e.answer.arrival.empty() ? Millis::rep{0} : e.answer.width().count(), "ms");
            },
            "From 5 % to 95 % of the arrivals: timedelta64[ms].")
        .def_property_readonly("best_early_report", &best_of,
                               "The row of `reports` by which one would know the window well; None where there is none.")
        .def(
            "groups", [](const Explained& e) { return table_of_groups(e.answer); },
            "Columns for pandas.DataFrame, the largest effect first: name, country, spread (the share of the variance left when all else is known),\n"
            "alone (the share gone when it alone is known), their errors, pairs, and width_if_known (timedelta64[ms]; NaT where the spread is "
            "small).")
        .def("reports", &table_of_reports,
             "Columns for pandas.DataFrame, a row for each place and event: when to look (p5_utc, p50_utc, p95_utc: datetime64[ms]), what is left of "
             "the way (ahead), and "
             "for\n"
             "each error of a report, in seconds, the width that is then expected: width_1800 and its error; width_not_by_p50 when it has not come.")
        .def(
            "numbers", [](const Explained& e) { return table_of_numbers(e.answer); },
            "Columns for pandas.DataFrame: by how much p5, p50 and p95 of the arrival move when a number is at its own 5 % (low_p50) or 95 %\n"
            "(high_p50), or less and more by `step` where it has no law; empty unless asked for.")
        .def(
            "json",
            [](const Explained& e) {
                return text_of_explanation(e, [](std::ostream& out, const Model& m, const Explanation& a) { write_json(out, m, a); });
            },
            "The document that `railwindow explain --format json` writes.")
        .def(
            "csv",
            [](const Explained& e) {
                return text_of_explanation(e, [](std::ostream& out, const Model& m, const Explanation& a) { write_csv(out, m, a); });
            },
            "The text that `railwindow explain --format csv` writes.")
        .def("__str__", [](const Explained& e) {
            return e.answer.stopped_early
                       ? std::string{"stopped early\n"}
                       : text_of_explanation(e, [](std::ostream& out, const Model& m, const Explanation& a) { write_table(out, m, a); });
        });
    module.def(
        "explain", &explanation_of, py::arg("model"), py::kw_only(), py::arg("to") = "", py::arg("report_errors") = std::vector<double>{300, 1800},
        py::arg("numbers") = false, py::arg("shapley") = false, py::arg("runs") = 16384, py::arg("pairs") = 4096, py::arg("seed") = 1,
        py::arg("threads") = 0, py::arg("progress") = py::none(),
        "What drives the window at `to` (empty: the likeliest destination). Reports may be off by `report_errors` seconds; the last one ranks them.\n"
        "Other places than the main ones need build(..., all_timing_points=True). With `numbers` the numbers behind the draws are moved, too, also\n"
        "weakly known ones without a law. `shapley` adds shares that add up to 1. Raises InputError, Infeasible.");
}

}  // namespace railwindow_python
