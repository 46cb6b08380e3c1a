"""What all results can do beside their numbers: rows, other libraries' tables, a page, and how notebooks show them."""

from __future__ import annotations

import os
import tempfile
from datetime import datetime, timedelta
from typing import Any, Callable, NamedTuple, Optional, Union

import numpy

from . import _railwindow
from ._frames import Columns, to_arrow, to_pandas, to_polars
from ._plot import plot
from ._questions import Progress
from ._railwindow import (
    Backtest,
    Comparison,
    DepartBy,
    Estimate,
    Explanation,
    Inference,
    Model,
    Profile,
    Reach,
    ReachBack,
    Routes,
    Samples,
    Scenario,
    refuse,
)
from ._scenarios import replace
from ._times import clock, duration_of, local_time, local_times

TABLES: dict[type, tuple[str, ...]] = {
    Estimate: ("table",),
    Samples: ("table",),
    Comparison: ("table",),
    DepartBy: ("table",),
    Explanation: ("groups", "reports", "numbers"),
    Reach: ("table", "whereabouts", "unreachable"),
    ReachBack: ("table", "unreachable"),
    Routes: ("table",),
    Profile: ("table", "movements"),
    Inference: ("table", "destinations", "odds", "reports", "places"),
    Backtest: ("targets", "journeys", "coverage", "calibrating"),
}
"""The tables of each result, by the names of the methods that make them; the first one is meant where none is named."""

Result = Union[
    Backtest, Comparison, DepartBy, Estimate, Explanation, Inference, Profile, Reach, ReachBack, Routes, Samples
]


class Window(NamedTuple):
    """When the train is at one place: local times by the names of their quantiles, which are missing where it never
    comes."""

    station: str
    name: str
    event: str
    """depart, arrive or pass"""
    train: str
    """main, or another one of the convoy"""
    time_zone: str
    probability: float
    """share of the runs that come there"""
    times: dict[str, datetime]
    elapsed: dict[str, timedelta]
    """since the run's own departure; empty for an inference"""
    errors: dict[str, timedelta]
    """one standard error of each time, where it is known"""

    def __repr__(self) -> str:
        times = ", ".join(f"{name} {clock(time)}" for name, time in self.times.items())
        train = "" if self.train == "main" else f" of {self.train}"
        return f"Window({self.name}, {self.event}{train}: {times or 'never'}; {self.probability:.1%} of the runs)"


def table_of(result: Any, table: str = "") -> Columns:
    """The table called `table` of a result; its first one where that is empty. Raises InputError for a name that it
    does not have."""
    names = TABLES[type(result)]
    if table and table not in names:
        refuse("table", f"{type(result).__name__} has no table '{table}'", "known: " + ", ".join(names))
    columns: Columns = getattr(result, table or names[0])()
    return columns


def rows_of(table: Columns) -> int:
    """How long the columns of a table are."""
    return len(next(iter(table.values()))) if table else 0


def _durations(column: Any, row: int) -> Optional[timedelta]:
    return None if numpy.isnat(column[row]) else duration_of(column[row])


def windows_of(result: Union[Estimate, Inference]) -> list[Window]:
    """A window for each timing point and event, in the order of the way, with local times."""
    table = result.table()
    names = [name[:-4] for name in table if name.endswith("_utc") and not name.endswith("_before_utc")]
    local = {name: local_times(table[name + "_utc"], table["time_zone"]) for name in names}
    found = []
    for row, station in enumerate(table["station"]):
        times = {name: time for name in names if (time := local[name][row]) is not None}
        elapsed = {
            name: its
            for name in times
            if name + "_elapsed" in table and (its := _durations(table[name + "_elapsed"], row)) is not None
        }
        errors = {name: its for name in times if (its := _durations(table[name + "_error"], row)) is not None}
        found.append(
            Window(
                station,
                table["name"][row],
                table["event"][row],
                table["train"][row],
                table["time_zone"][row],
                table["probability"][row],
                times,
                elapsed,
                errors,
            )
        )
    return found


def window_of(result: Union[Estimate, Inference], station: str = "", event: str = "", train: str = "main") -> Window:
    """The window of `train` at `station` (empty: the last one that any run comes to), of `event` (empty: its first
    there, an arrival where it stops).

    Where the way comes to a station twice, its first visit. Raises InputError where there is none."""
    of_train = [window for window in windows_of(result) if window.train == train]
    found = [window for window in of_train if event in ("", window.event)]
    for window in found if station else [window for window in reversed(found) if window.times]:
        if station in ("", window.station):
            return window
    known = ", ".join(dict.fromkeys(window.station for window in of_train)) or "the train of the journey is 'main'"
    refuse("station", f"there is no window{' to ' + event if event else ''} at '{station}'", "known: " + known)


def report(
    result: Union[Backtest, Comparison, Estimate, Explanation, Inference, Routes],
    path: Union[str, "os.PathLike[str]"],
    *,
    overwrite: bool = False,
    progress: Progress = None,
) -> None:
    """Writes `result` as one HTML page that needs no network: what the command line's --report writes.

    The page of an Estimate shows every station, so its runs are made again; that of an Inference needs infer(...,
    timeline=True). A file that is there is only replaced with `overwrite`, and at once: nobody sees half a page.
    Raises InputError, FileExistsError, OSError.
    """
    target = os.path.realpath(os.fspath(path))
    if not overwrite and os.path.exists(target):
        raise FileExistsError(f"{os.fspath(path)} is there already; give overwrite=True to replace it")
    text = _railwindow.page(result, progress)
    handle, unfinished = tempfile.mkstemp(prefix=".railwindow-", suffix=".html", dir=os.path.dirname(target))
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(unfinished, 0o666 & ~mask)  # as any new file, not as a secret one
        os.replace(unfinished, target)
    except BaseException:
        os.unlink(unfinished)
        raise


def _local_quantiles(times: dict[str, Any], zone: str) -> dict[str, datetime]:
    return {name: local for name, time in times.items() if (local := local_time(time, zone)) is not None}


def _on_clocks(time: str, zone: str) -> Callable[[Any], Optional[datetime]]:
    return lambda self: local_time(getattr(self, time), getattr(self, zone))


def _add(cls: type, name: str, function: Any, doc: str) -> None:
    function.__doc__ = doc
    function.__name__, function.__qualname__, function.__module__ = name, f"{cls.__name__}.{name}", "railwindow"
    setattr(cls, name, function)


def complete() -> None:
    """Gives the classes of the library what is written in Python."""
    from . import _shown

    for cls in TABLES:
        which = (
            " One of " + ", ".join(TABLES[cls]) + "; the first where `table` is empty." if len(TABLES[cls]) > 1 else ""
        )
        _add(
            cls,
            "to_pandas",
            lambda self, table="": to_pandas(table_of(self, table)),
            "A pandas.DataFrame; columns _utc have the zone UTC." + which,
        )
        _add(
            cls,
            "to_polars",
            lambda self, table="": to_polars(table_of(self, table)),
            "A polars.DataFrame; columns _utc have the zone UTC." + which,
        )
        _add(
            cls,
            "to_arrow",
            lambda self, table="": to_arrow(table_of(self, table)),
            "A pyarrow.Table; columns _utc have the zone UTC." + which,
        )
    for cls in (Estimate, Inference):
        _add(cls, "windows", lambda self: windows_of(self), windows_of.__doc__ or "")
        _add(
            cls,
            "window",
            lambda self, station="", event="", train="main": window_of(self, station, event, train),
            window_of.__doc__ or "",
        )
        _add(cls, "plot", lambda self, ax=None: plot(windows_of(self), ax), plot.__doc__ or "")
    for cls in (Backtest, Comparison, Estimate, Explanation, Inference, Routes):
        _add(
            cls,
            "report",
            lambda self, path, *, overwrite=False, progress=None: report(
                self, path, overwrite=overwrite, progress=progress
            ),
            report.__doc__ or "",
        )
    _add(
        Scenario,
        "replace",
        lambda self, changes=None, *, variant=None: replace(self, changes, variant=variant),
        replace.__doc__ or "",
    )
    for name, zone, doc in (
        ("latest", "origin_zone", "The latest minute that is good enough, on the clocks of the origin."),
        ("deadline", "time_zone", "By when it is to be there, on the clocks of that station."),
    ):
        setattr(DepartBy, name, property(_on_clocks(name + "_utc", zone), doc=doc))
    setattr(
        DepartBy,
        "arrival",
        property(
            lambda self: _local_quantiles(self.arrival_utc, self.time_zone),
            doc="Arrival, leaving then: p5, p50, p95, on the clocks of that station.",
        ),
    )
    for cls in (*TABLES, Scenario, Model, _railwindow.Finding, _railwindow.InputError, _railwindow.Infeasible):
        cls.__module__ = "railwindow"  # where people find it
    for cls in (*TABLES, Scenario, Model):
        setattr(cls, "__repr__", lambda self: _shown.line_of(self))
        setattr(cls, "_repr_html_", lambda self: _shown.html_of(self))
