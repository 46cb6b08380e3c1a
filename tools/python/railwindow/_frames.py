"""Tables for other libraries: pandas, polars, Arrow. None of them is needed until it is asked for."""

from __future__ import annotations

import importlib
from typing import Any

import numpy

Columns = dict[str, Any]
"""A table: columns by name, all of one length. Those whose names end in _utc are datetime64[ms], durations
timedelta64[ms]."""

PACKAGES = {"pandas": "python3-pandas", "polars": "", "pyarrow": "", "matplotlib": "python3-matplotlib"}


def wanted(module: str, what: str, part: str = "") -> Any:
    """The module, or an ImportError that says which package to install."""
    try:
        return importlib.import_module(f"{module}.{part}" if part else module)
    except ImportError as error:
        debian = f", or apt install {PACKAGES[module]}" if PACKAGES[module] else ""
        raise ImportError(f"{what} needs {module}: pip install {module}{debian}", name=module) from error


def _is_time(column: Any, kind: str) -> bool:
    return isinstance(column, numpy.ndarray) and column.dtype.kind == kind


def to_pandas(table: Columns) -> Any:
    """`table` as pandas.DataFrame; columns _utc have the time zone UTC, durations are timedelta64."""
    pandas = wanted("pandas", "to_pandas()")
    frame = pandas.DataFrame(
        {
            name: numpy.array(column) if _is_time(column, "M") or _is_time(column, "m") else column
            for name, column in table.items()
        }
    )
    for name, column in table.items():
        if _is_time(column, "M"):
            frame[name] = frame[name].dt.tz_localize("UTC")
    return frame


def _integers(column: Any) -> list[Any]:
    missing = numpy.isnat(column)
    return [None if none else tick for tick, none in zip(column.astype("int64").tolist(), missing.tolist())]


def to_polars(table: Columns) -> Any:
    """`table` as polars.DataFrame; columns _utc are Datetime("ms", "UTC"), durations Duration("ms")."""
    polars = wanted("polars", "to_polars()")
    series = []
    for name, column in table.items():
        if _is_time(column, "M"):
            ticks = polars.Series(name, _integers(column), dtype=polars.Int64)
            series.append(ticks.cast(polars.Datetime("ms")).dt.replace_time_zone("UTC"))
        elif _is_time(column, "m"):
            series.append(polars.Series(name, _integers(column), dtype=polars.Int64).cast(polars.Duration("ms")))
        else:
            series.append(polars.Series(name, column))
    return polars.DataFrame(series)


def to_arrow(table: Columns) -> Any:
    """`table` as pyarrow.Table; columns _utc are timestamp("ms", "UTC"), durations duration("ms")."""
    arrow = wanted("pyarrow", "to_arrow()")
    arrays = {}
    for name, column in table.items():
        if _is_time(column, "M"):
            arrays[name] = arrow.array(_integers(column), type=arrow.int64()).cast(arrow.timestamp("ms", tz="UTC"))
        elif _is_time(column, "m"):
            arrays[name] = arrow.array(_integers(column), type=arrow.int64()).cast(arrow.duration("ms"))
        else:
            arrays[name] = arrow.array(column)
    return arrow.table(arrays)
