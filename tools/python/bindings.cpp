// The library as a Python module: the same nouns, arrays without copies, the interpreter free while the library works.

#include "bindings.hpp"

#include <atomic>
#include <chrono>
#include <thread>

using namespace railwindow;
using namespace railwindow_python;

namespace railwindow_python {
namespace {

// At its end Python kills the threads that ask for it again, by an exception that C++ must not catch. So it waits for those that compute.
std::atomic<int> computing{0};
std::atomic<bool> ending{false};

void end_computing() {
    ending = true;
    while (computing > 0) {
        const py::gil_scoped_release others_may_end;
        std::this_thread::sleep_for(std::chrono::milliseconds{1});
    }
}

}  // namespace

FreeInterpreter::FreeInterpreter() {
    if (ending) return;  // what begins now ends before Python does
    ++computing;
    free_.emplace();
}

FreeInterpreter::~FreeInterpreter() {
    if (!free_) return;
    free_.reset();
    --computing;
}

Progress watching(const py::object& progress) {
    // The library copies this function while the interpreter is free, so what it counts references by must not be Python's own.
    const std::shared_ptr<py::object> callable{new py::object{progress}, [](py::object* held) {
                                                   const py::gil_scoped_acquire interpreter;
                                                   delete held;
                                               }};
    return [callable](std::uint64_t done, std::uint64_t of) {
        if (ending) return false;
        const py::gil_scoped_acquire interpreter;
        if (PyErr_CheckSignals() != 0) throw py::error_already_set{};
        if (callable->is_none()) return true;
        const py::object answer = (*callable)(done, of);
        return answer.is_none() || answer.cast<bool>();
    };
}

Written<WrittenTime> written_time(const std::string& text, const char* subject) {
    const auto time = parse_time(text);
    if (const auto* error = std::get_if<TimeError>(&time)) refuse(subject, error->what, error->remedy);
    return {std::get<WrittenTime>(time), {}};
}

std::optional<Instant> time_at_origin(const Model& model, const std::string& text, const char* subject) {
    if (text.empty()) return {};
    const auto found = instant_of(written_time(text, subject).value, model.network.stations()[model.main().visits.front().station].zone);
    if (const auto* error = std::get_if<TimeError>(&found)) refuse(subject, error->what, error->remedy);
    return std::get<Instant>(found);
}

}  // namespace railwindow_python

namespace {

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

// What the clocks of `zone` are ahead of UTC at each of `instants`, in milliseconds.
std::vector<std::int64_t> offsets_at(const std::string& zone, const std::vector<std::int64_t>& instants) {
    const std::optional<TimeZone> found = TimeZone::find(zone);
    if (!found) refuse("zone", "there is no time zone '" + zone + "'", "write a name of the IANA database, such as Asia/Vladivostok");
    std::vector<std::int64_t> offsets;
    for (const std::int64_t instant : instants) offsets.push_back(found->offset_at(Instant{Millis{instant}}).count());
    return offsets;
}

}  // namespace

PYBIND11_MODULE(_railwindow, module) {
    module.doc() = "Arrival windows of heavy special trains over partly known track.";
    module.attr("__version__") = std::string{version()};
    py::module_::import("atexit").attr("register")(py::cpp_function(&end_computing));
    // A forked process has none of the threads that compute in its parent.
    py::module_::import("os").attr("register_at_fork")(py::arg("after_in_child") = py::cpp_function([] { computing = 0; }));
    add_errors(module);
    module.def("refuse", &refuse, py::arg("subject"), py::arg("what"), py::arg("remedy"), "Raises InputError.");
    module.def("offsets_at", &offsets_at, py::arg("zone"), py::arg("instants"),
               "What the clocks of `zone` are ahead of UTC at `instants`, both in milliseconds, instants since the epoch. Raises InputError.");
    add_scenarios(module);
    add_windows(module);
    add_parts(module);
    add_compare(module);
    add_depart_by(module);
    add_explain(module);
    add_reach(module);
    add_infer(module);
    add_ways(module);
    add_backtest(module);
    add_page(module);
}
