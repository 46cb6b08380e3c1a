#pragma once
// What the parts of the module share: results that keep alive what they speak of, times as numpy arrays, progress as a callable.

#include <railwindow/railwindow.hpp>

#include <pybind11/numpy.h>
#include <pybind11/pybind11.h>

#include <memory>
#include <sstream>

namespace railwindow_python {

namespace py = pybind11;

using SharedModel = std::shared_ptr<const railwindow::Model>;
using Ticks = py::array_t<std::int64_t>;
using FreeInterpreter = py::call_guard<py::gil_scoped_release>;

inline py::object as_ticks(const py::object& whole_milliseconds, const char* type) { return whole_milliseconds.attr("view")(type); }

/// `count` values of `value(i)`, a std::optional<Millis>, as an array; NaT where there is none.
template <class Value>
py::object tick_column(std::size_t count, Value value, const char* type) {
    static_assert(railwindow::PointSamples::never == INT64_MIN);  // which is what numpy takes for NaT
    Ticks column{static_cast<py::ssize_t>(count)};
    for (std::size_t i = 0; i < count; ++i) {
        const std::optional<railwindow::Millis> found = value(i);
        column.mutable_at(static_cast<py::ssize_t>(i)) = found ? found->count() : railwindow::PointSamples::never;
    }
    return as_ticks(column, type);
}

/// Asks Python between blocks of runs whether to go on: after Ctrl-C, or when the callback says False, it stops.
inline railwindow::Progress watching(const py::object& progress) {
    return [progress](std::uint64_t done, std::uint64_t of) {
        const py::gil_scoped_acquire interpreter;
        if (PyErr_CheckSignals() != 0) throw py::error_already_set{};
        if (progress.is_none()) return true;
        const py::object answer = progress(done, of);
        return answer.is_none() || answer.cast<bool>();
    };
}

/// Adds compare and depart_by with their results.
void add_what_if(py::module_& module);
/// Adds explain with its result.
void add_explain(py::module_& module);

}  // namespace railwindow_python
