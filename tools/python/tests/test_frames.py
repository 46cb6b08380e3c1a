"""Tables for pandas, polars and Arrow; and what is said where they are not."""

import builtins
import datetime

import numpy
import pytest

import railwindow
from railwindow import _frames, _results


@pytest.fixture(scope="module")
def results(model, scenario):
    return [
        railwindow.estimate(model, runs=100),
        railwindow.sample(model, runs=20),
        railwindow.compare({"a": scenario, "b": scenario}, runs=100),
        railwindow.depart_by(model, "2019-04-25 12:00", runs=200),
        railwindow.explain(model, runs=128, pairs=16, numbers=True),
        railwindow.reach(scenario, within=43200, runs=10),
        railwindow.reach_back(scenario, "khasan", "2019-04-24 10:40", runs=10),
        railwindow.routes(scenario),
        railwindow.profile(model, metres=10_000),
        railwindow.infer(model, seen=["khasan arrive 2019-04-24 11:00..15:00"], runs=1024, time="2019-04-24 08:00"),
    ]


def tables(results):
    for result in results:
        for name in _results.TABLES[type(result)]:
            yield result, name, getattr(result, name)()


def test_law_columns_of_a_table_have_one_length_and_the_first_table_is_meant(results):
    for result, name, table in tables(results):
        assert len({len(column) for column in table.values()}) == 1, (result, name)
    with pytest.raises(
        railwindow.InputError, match="Reach has no table 'groups'; known: table, whereabouts, unreachable"
    ):
        results[5].to_pandas("groups")


def test_exact_pandas_has_the_columns_and_utc(results):
    pytest.importorskip("pandas", reason="pandas is not installed (python3-pandas)")
    for result, name, table in tables(results):
        frame = result.to_pandas(name)
        assert list(frame.columns) == list(table) and len(frame) == _results.rows_of(table)
        for column, values in table.items():
            if column.endswith("_utc"):
                assert str(frame[column].dt.tz) == "UTC"
                there = ~numpy.isnat(values)
                assert (frame[column].notna() == there).all()
                assert (frame[column].dt.tz_localize(None).to_numpy()[there] == values[there]).all()
            elif isinstance(values, numpy.ndarray) and values.dtype.kind == "m":
                assert frame[column].dtype.kind == "m"
    frame = results[0].to_pandas()
    assert frame["p50_utc"].iloc[-1] == results[0].window().times["p50"]  # the same instant, whatever the clock


@pytest.mark.parametrize("library", ["polars", "pyarrow"])
def test_exact_polars_and_arrow_have_the_same(results, library):
    pytest.importorskip(library, reason=f"{library} is not installed; no Debian package has it")
    for result, name, table in tables(results):
        frame = result.to_polars(name) if library == "polars" else result.to_arrow(name)
        rows = frame.to_dicts() if library == "polars" else frame.to_pylist()
        assert (frame.columns if library == "polars" else frame.column_names) == list(table)
        assert len(rows) == _results.rows_of(table)
        for column, values in table.items():
            if column.endswith("_utc"):
                expected = railwindow.local_times(values, "UTC")
                assert [row[column] for row in rows] == expected and all(
                    row[column] is None or row[column].tzinfo for row in rows
                )
            elif isinstance(values, numpy.ndarray) and values.dtype.kind == "m":
                milliseconds = [None if numpy.isnat(value) else value.astype("int64") for value in values]
                assert [
                    None if row[column] is None else row[column] / datetime.timedelta(milliseconds=1) for row in rows
                ] == milliseconds


class Recorded:
    """Stands for a library that is not here: takes any call and remembers it."""

    def __init__(self, calls, name=""):
        self.calls, self.name = calls, name

    def __getattr__(self, name):
        return Recorded(self.calls, f"{self.name}.{name}".lstrip("."))

    def __call__(self, *arguments, **named):
        self.calls.append((self.name, arguments, named))
        return Recorded(self.calls, self.name)


@pytest.mark.parametrize("library", ["polars", "pyarrow"])
def test_law_polars_and_arrow_are_given_whole_milliseconds_and_utc(results, library, monkeypatch):
    """As these libraries are not in Debian: what they are asked for, from a stand-in."""
    calls = []
    monkeypatch.setattr(_frames, "wanted", lambda module, what, part="": Recorded(calls))
    result = results[0]
    (result.to_polars if library == "polars" else result.to_arrow)()
    names = [name for name, *_ in calls]
    table = result.table()
    times = [name for name in table if name.endswith("_utc")]
    if library == "polars":
        given = {arguments[0]: arguments[1] for name, arguments, _ in calls if name == "Series"}
        assert set(given) == set(table) and names.count("Series.cast.dt.replace_time_zone") == len(times)
        assert ("Series.cast.dt.replace_time_zone", ("UTC",), {}) in calls and ("Datetime", ("ms",), {}) in calls
        ticks = given["p50_utc"]
    else:
        assert ("timestamp", ("ms",), {"tz": "UTC"}) in calls and names.count("timestamp") == len(times)
        ticks = [arguments[0] for name, arguments, named in calls if name == "array"][list(table).index("p50_utc")]
    assert ticks == table["p50_utc"].astype("int64").tolist()
    assert _frames._integers(numpy.array(["NaT", "2019-01-01"], dtype="datetime64[ms]")) == [None, 1546300800000]


@pytest.mark.parametrize(
    "module, call",
    [
        ("pandas", lambda result: result.to_pandas()),
        ("polars", lambda result: result.to_polars()),
        ("pyarrow", lambda result: result.to_arrow()),
        ("matplotlib", lambda result: result.plot()),
    ],
)
def test_fail_what_is_not_installed_is_named(results, module, call, monkeypatch):
    import_anything = builtins.__import__
    import importlib

    def without(name, *more):
        if name.split(".")[0] == module:
            raise ModuleNotFoundError(f"No module named '{module}'", name=module)
        return import_anything(name, *more)

    monkeypatch.setattr(importlib, "import_module", lambda name: without(name))
    with pytest.raises(ImportError, match=f"needs {module}: pip install {module}") as raised:
        call(results[0])
    assert raised.value.name == module


def test_law_importing_the_module_imports_none_of_them():
    import subprocess
    import sys

    names = "('pandas', 'polars', 'pyarrow', 'matplotlib')"
    code = f"import sys, railwindow; print([name for name in {names} if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "[]\n"
