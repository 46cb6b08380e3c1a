#pragma once
// What the parts of the module share: scenarios that know what they were read from, models that know their scenario, results that keep alive
// what they speak of, tables of columns, progress as a callable.

#include <railwindow/railwindow.hpp>

#include <pybind11/numpy.h>
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <cmath>
#include <limits>
#include <memory>
#include <sstream>

namespace railwindow_python {

namespace py = pybind11;

/// A scenario with what it was read from, so that it can be read again with changes.
struct ReadScenario : railwindow::Scenario {
    railwindow::WhatIf what_if;
    std::shared_ptr<const railwindow::FilesInMemory> texts;  ///< empty: from the disk
};

/// A model with the scenario that it was built from.
struct BuiltModel : railwindow::Model {
    std::shared_ptr<const ReadScenario> scenario;
};

using SharedModel = std::shared_ptr<const BuiltModel>;
using Ticks = py::array_t<std::int64_t>;

/// Others may run in the interpreter as long as this lives. Made and ended while the calling thread has the interpreter.
class FreeInterpreter {
public:
    FreeInterpreter();
    ~FreeInterpreter();
    FreeInterpreter(const FreeInterpreter&) = delete;
    FreeInterpreter& operator=(const FreeInterpreter&) = delete;

private:
    std::optional<py::gil_scoped_release> free_;
};

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

inline std::optional<railwindow::Millis> since_epoch(const std::optional<railwindow::Instant>& instant) {
    return instant ? std::optional{instant->time_since_epoch()} : std::nullopt;
}
inline std::optional<railwindow::Millis> millis_of(railwindow::Duration duration) { return railwindow::to_millis(duration); }

/// A number that may not be there.
inline double or_nan(const std::optional<double>& value) { return value.value_or(std::numeric_limits<double>::quiet_NaN()); }

/// Columns by name, one entry in each for every element of `rows`. Columns of instants are UTC and say so in their names.
template <class List>
class Table {
public:
    explicit Table(const List& rows) : rows_{rows} {}

    template <class Value>
    Table& add(const std::string& name, Value value) {
        py::list column;
        for (const auto& row : rows_) column.append(py::cast(value(row)));
        columns_[py::str{name}] = column;
        return *this;
    }
    /// `value` gives a std::optional<Millis> since the epoch.
    template <class Value>
    Table& utc(const std::string& name, Value value) {
        return ticks(name + "_utc", value, "datetime64[ms]");
    }
    /// `value` gives a std::optional<Millis>.
    template <class Value>
    Table& duration(const std::string& name, Value value) {
        return ticks(name, value, "timedelta64[ms]");
    }
    py::dict take() { return std::move(columns_); }

private:
    template <class Value>
    Table& ticks(const std::string& name, Value value, const char* type) {
        columns_[py::str{name}] = tick_column(
            rows_.size(), [&](std::size_t i) -> std::optional<railwindow::Millis> { return value(rows_[i]); }, type);
        return *this;
    }

    const List& rows_;
    py::dict columns_;
};

/// The q-th of a list of quantiles, if it is there.
inline std::optional<railwindow::Millis> value_of(const std::vector<railwindow::Quantile>& list, std::size_t q) {
    return q < list.size() ? std::optional{list[q].value} : std::nullopt;
}
inline std::optional<railwindow::Millis> error_of(const std::vector<railwindow::Quantile>& list, std::size_t q) {
    return q < list.size() ? list[q].error : std::nullopt;
}

/// What `write(stream)` writes.
template <class Write>
std::string text_of(Write write) {
    std::ostringstream out;
    write(out);
    return out.str();
}

/// Asks Python between blocks of runs whether to go on: after Ctrl-C, or when the callback says False, it stops.
railwindow::Progress watching(const py::object& progress);

/// A time as people write it. Throws: InputError that names `subject`.
railwindow::Written<railwindow::WrittenTime> written_time(const std::string& text, const char* subject);
/// An instant that is local to the origin of `model`; nothing where `text` is empty. Throws: InputError that names `subject`.
std::optional<railwindow::Instant> time_at_origin(const railwindow::Model& model, const std::string& text, const char* subject);

[[noreturn]] inline void refuse(const std::string& subject, const std::string& what, const std::string& remedy) {
    throw railwindow::InputError{railwindow::Finding{{}, subject, what, remedy, railwindow::Severity::error}};
}

/// Results that a page can be made of keep what it needs.
struct Windows {
    SharedModel model;
    railwindow::EstimateOptions options;  ///< without progress
    railwindow::Estimate estimate;
};
/// The runs keep the model alive that they speak of.
struct Runs {
    SharedModel model;
    railwindow::Samples samples;
};
struct Compared {
    railwindow::Comparison comparison;  ///< with the quantiles that were asked for
    railwindow::Comparison page;        ///< with those that a page draws
};
struct Explained {
    SharedModel model;
    railwindow::Explanation answer;
};
struct Inferred {
    SharedModel model;  ///< with the sightings of the call
    railwindow::InferOptions options;
    railwindow::Inference answer;  ///< with the quantiles that were asked for
    railwindow::Inference page;    ///< with those that a page draws
};

void add_scenarios(py::module_& module);  ///< Scenario, Model and what makes them.
void add_windows(py::module_& module);    ///< estimate, sample, simulate with their results.
void add_compare(py::module_& module);    ///< compare and load_variants.
void add_depart_by(py::module_& module);  ///< depart_by.
void add_explain(py::module_& module);    ///< explain.
void add_reach(py::module_& module);      ///< reach and reach_back.
void add_infer(py::module_& module);      ///< infer.
void add_ways(py::module_& module);       ///< routes and profile.
void add_backtest(py::module_& module);   ///< backtest.
void add_parts(py::module_& module);      ///< part and merge, after add_windows.
void add_page(py::module_& module);       ///< The page of a result.

}  // namespace railwindow_python
