// A result as one page that people look at, for Python: what the command line's --report writes.

#include "bindings.hpp"

#include <railwindow/core/text.hpp>

#include <functional>

using namespace railwindow;

namespace railwindow_python {
namespace {

// `printed` writes the table for people, which pages have for those who allow no script.
ReportStyle style(const std::function<void(std::ostream&)>& printed = {}) {
    ReportStyle style{std::string{version()}, Units::metric};
    if (printed) style.printed = visible(text_of(printed));
    return style;
}

constexpr int page_columns = 80;

void refuse_stopped(bool stopped_early) {
    if (stopped_early) refuse("report", "this result was stopped early", "compute it in full");
}

// What spreads the arrival, from few runs beside those of the window: as the command line does.
std::vector<GroupEffect> drivers_of(const Model& model, const EstimateOptions& options) {
    constexpr std::uint64_t fewest = 64, most = 512, part = 8;
    const std::uint64_t pairs = std::clamp(options.runs / part, fewest, most);
    return main_drivers(model, {pairs, options.seed, options.threads, options.progress, 0});
}

// The page shows every station, so the same runs are made again with all of them as timing points.
std::string page_of_windows(const Windows& windows, const py::object& progress) {
    EstimateOptions options = windows.options;
    options.progress = watching(progress);
    const FreeInterpreter others_may_run;
    refuse_stopped(windows.estimate.stopped_early);
    Model model = *windows.model, all_stations = build(*windows.model->scenario, {TimingPoints::all});
    for (const Finding& finding : doubts(windows.model->scenario->networks))  // what `check` calls an error
        if (finding.severity == Severity::error) model.doubts.push_back(to_string(finding));
    const Samples samples = sample(all_stations, options);
    refuse_stopped(!samples.complete);
    const std::vector<GroupEffect> groups = drivers_of(model, options);
    if (!groups.empty()) weigh_weak_inputs(model, groups), weigh_weak_inputs(all_stations, groups);
    options.progress = {};
    return text_of([&](std::ostream& out) { write_report(out, {{model, all_stations, samples, options}}, style()); });
}

std::string page_of_inference(const Inferred& inferred) {
    refuse_stopped(inferred.answer.stopped_early);
    if (!inferred.options.timeline) refuse("report", "the page needs the answer after each sighting", "ask with infer(..., timeline=True)");
    const auto printed = [&](std::ostream& out) { write_table(out, *inferred.model, inferred.answer, inferred.options, {page_columns}); };
    return text_of([&](std::ostream& out) { write_report(out, *inferred.model, inferred.page, inferred.options, style(printed)); });
}

}  // namespace

void add_page(py::module_& module) {
    const char* doc = "The page of a result: HTML that needs no network. Raises InputError.";
    module.def("page", &page_of_windows, py::arg("result"), py::arg("progress") = py::none(), doc);
    module.def(
        "page",
        [](const Compared& compared, const py::object&) {
            refuse_stopped(compared.comparison.stopped_early);
            const auto printed = [&](std::ostream& out) { write_table(out, compared.comparison, {page_columns}); };
            return text_of([&](std::ostream& out) { write_report(out, compared.page, style(printed)); });
        },
        py::arg("result"), py::arg("progress") = py::none());
    module.def(
        "page", [](const Inferred& inferred, const py::object&) { return page_of_inference(inferred); }, py::arg("result"),
        py::arg("progress") = py::none());
    module.def(
        "page",
        [](const Explained& explained, const py::object&) {
            refuse_stopped(explained.answer.stopped_early);
            Model weighed = *explained.model;
            weigh_weak_inputs(weighed, explained.answer.groups);
            const auto printed = [&](std::ostream& out) { write_table(out, weighed, explained.answer, {page_columns}); };
            return text_of([&](std::ostream& out) { write_report(out, weighed, explained.answer, style(printed)); });
        },
        py::arg("result"), py::arg("progress") = py::none());
    module.def(
        "page",
        [](const Routes& routes, const py::object&) {
            const auto printed = [&](std::ostream& out) { write_table(out, routes, {page_columns}); };
            return text_of([&](std::ostream& out) { write_report(out, routes, style(printed)); });
        },
        py::arg("result"), py::arg("progress") = py::none());
    module.def(
        "page",
        [](const Backtest& backtest, const py::object&) {
            refuse_stopped(backtest.stopped_early);
            const auto printed = [&](std::ostream& out) { write_table(out, Scores{backtest}, {page_columns}); };
            return text_of([&](std::ostream& out) { write_report(out, Scores{backtest}, style(printed)); });
        },
        py::arg("result"), py::arg("progress") = py::none());
}

}  // namespace railwindow_python
