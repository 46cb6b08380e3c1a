"""How results say in one line what they are, and how notebooks show them: a small table, with all text escaped."""

from __future__ import annotations

import html
from typing import Any

import numpy

from . import _results
from ._frames import Columns
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
)
from ._times import clock, duration, duration_of, local_times

MOST_ROWS = 24  # a notebook shows what fits a screen; the table has all

SHARES = {"probability", "probability_before", "in_time", "at_least", "overall", "earlier", "spread", "alone", "shapley", "before", "said",
          "seen", "after", "right", "reliability", "fits", "agreeing", "bound_for", "bound_for_before", "level", "named_right"}


def _cell(name: str, value: Any) -> str:
    if isinstance(value, (list, tuple)):
        return ", ".join(map(str, value))
    if isinstance(value, (bool, numpy.bool_)):
        return "yes" if value else "no"
    if isinstance(value, (float, numpy.floating)):
        value = float(value)
        if value != value:  # not a number
            return ""
        return f"{100 * value:.3g} %" if name in SHARES else f"{value:,.4g}" if abs(value) < 1000 else f"{value:,.0f}"
    return str(value)


def _shown_columns(table: Columns, rows: int) -> dict[str, list[str]]:
    """Columns as text: instants on local clocks where the table says whose, without what only programs need."""
    shown: dict[str, list[str]] = {}
    for name, column in table.items():
        if name == "time_zone" or (name == "station" and "name" in table) or name.endswith(("_error", "_elapsed", "_before_utc")):
            continue
        some: Any = column[:rows]
        if isinstance(some, numpy.ndarray) and some.dtype.kind == "M":
            zones = table["time_zone"][:rows] if "time_zone" in table else "UTC"
            label = name[:-4] if "time_zone" in table else name[:-4] + " (UTC)"
            shown[label] = [clock(time) for time in local_times(some, zones)]
        elif isinstance(some, numpy.ndarray) and some.dtype.kind == "m":
            shown[name] = ["" if numpy.isnat(one) else duration(duration_of(one)) for one in some]
        else:
            cells = [_cell(name, value) for value in some]
            if any(cells):
                shown[name] = cells
    return shown


def table_html(caption: str, table: Columns) -> str:
    """`table` as an HTML table of at most MOST_ROWS rows below `caption`."""
    rows = _results.rows_of(table)
    columns = _shown_columns(table, MOST_ROWS) if rows else {}
    head = "".join(f"<th>{html.escape(name.replace('_', ' '))}</th>" for name in columns)
    body = "".join("<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>" for row in zip(*columns.values()))
    more = f"<p>{rows - MOST_ROWS:,} more rows</p>" if rows > MOST_ROWS else ""
    return (f"<table><caption>{html.escape(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}")


def counted(number: int, what: str) -> str:
    """`1 way`, `5 ways`."""
    return f"{number:,} {what}" + ("" if number == 1 else "s")


def _window_words(window: Any) -> str:
    names = list(window.times)
    if not names:
        return f"{window.name}: never"
    middle = names[len(names) // 2]
    return (f"{window.name} {window.event} {clock(window.times[middle])} ({middle}; "
            f"{names[0]} {clock(window.times[names[0]])}, {names[-1]} {clock(window.times[names[-1]])})")


def _last_arrival(estimate: Estimate) -> str:
    windows = estimate.windows()
    return _window_words(windows[-1]) if windows else "no windows"


def _words(result: Any) -> str:
    """What a result is, without its class."""
    if getattr(result, "stopped_early", False):
        return "stopped early"
    if isinstance(result, Scenario):
        return result.name + (f", variant {result.variant}" if result.variant else "") + "".join("; " + change for change in result.changes)
    if isinstance(result, Model):
        return f"{result.name}: {result.length_km:,.1f} km, {len(result.timing_points)} timing points"
    if isinstance(result, Estimate):
        return f"{result.model.name}: {_last_arrival(result)}; {result.runs:,} runs, seed {result.seed}"
    if isinstance(result, Samples):
        return f"{result.model.name}: {result.runs:,} runs at {len(result.timing_points)} timing points, seed {result.seed}"
    if isinstance(result, Comparison):
        return f"{', '.join(result.table()['name'])}; {result.runs:,} runs each, seed {result.seed}"
    if isinstance(result, DepartBy):
        return (f"{result.model.name}: leave by {clock(result.latest)} to be at {result.station} by {clock(result.deadline)}; "
                f"{result.in_time:.1%} of {result.runs:,} runs in time")
    if isinstance(result, Explanation):
        names = result.groups()["name"]
        return f"{result.model.name}: window of {duration(duration_of(result.width))} at {result.destination}, most of it by {names[0] if names else 'nothing'}"
    if isinstance(result, Inference):
        where = result.destinations()
        likely = f"to {where['name'][0]} ({where['bound_for'][0]:.1%})" if where["name"] else "no destination"
        return f"{result.model.name}: {likely} after {counted(len(result.reports()['text']), 'sighting')}; {result.effective_runs:,.0f} effective runs"
    if isinstance(result, Reach):
        table = result.table()
        return f"{result.scenario}: {sum(share >= 0.5 for share in table['in_time'])} of {len(table['station'])} stations in half of the runs or more"
    if isinstance(result, ReachBack):
        return f"{result.scenario}: {len(result.table()['station'])} stations from which {result.arrived_at} is reached"
    if isinstance(result, Routes):
        return f"{result.scenario}: {counted(len(result), 'way')} from {result.origin} to {result.destination}"
    if isinstance(result, Profile):
        run = "the median run" if result.run is None else f"run {result.run}"
        return f"{result.model.name}: {run} with {result.cars} cars, {counted(len(result.movements()['from']), 'movement')}"
    if isinstance(result, Backtest):
        return f"{counted(len(result.targets()['scenario']), 'observed time')} of {counted(len(result.journeys()['scenario']), 'journey')} that count; {result.runs:,} runs each"
    raise TypeError(type(result))


def line_of(result: Any) -> str:
    """What repr() gives: one line."""
    return f"<railwindow.{type(result).__name__} {_words(result)}>"


def html_of(result: Any) -> str:
    """What notebooks show: a small table."""
    caption = f"{type(result).__name__}: {_words(result)}"
    if getattr(result, "stopped_early", False):
        return f"<p>{html.escape(caption)}</p>"
    if isinstance(result, (Scenario, Model)):
        points = ", ".join(result.timing_points) if isinstance(result, Model) else ""
        return "".join(f"<p>{html.escape(text)}</p>" for text in (caption, result.question, points) if text)
    return table_html(caption, _results.table_of(result))
