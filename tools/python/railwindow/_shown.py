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

SHARES = {
    "probability",
    "probability_before",
    "in_time",
    "at_least",
    "overall",
    "earlier",
    "spread",
    "alone",
    "shapley",
    "before",
    "said",
    "seen",
    "after",
    "right",
    "reliability",
    "fits",
    "agreeing",
    "bound_for",
    "bound_for_before",
    "level",
    "named_right",
}


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


def _for_people(name: str, table: Columns) -> bool:
    """Whether a column is shown: not what other columns say better, and no errors, as a notebook is narrow."""
    if name.endswith(("_error", "_elapsed", "_before_utc")) or (name == "station" and "name" in table):
        return False
    return name != "time_zone" and not (name == "train" and set(table[name]) <= {"main"})


def _shown_columns(table: Columns, rows: int) -> dict[str, list[str]]:
    """Columns as text: instants on local clocks where the table says whose, without what only programs need."""
    shown: dict[str, list[str]] = {}
    for name, column in table.items():
        if not _for_people(name, table):
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
    body = "".join(
        "<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>" for row in zip(*columns.values())
    )
    more = f"<p>{rows - MOST_ROWS:,} more rows</p>" if rows > MOST_ROWS else ""
    title = f"<caption>{html.escape(caption)}</caption>"
    return f"<table>{title}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"


def counted(number: int, what: str) -> str:
    """`1 way`, `5 ways`."""
    return f"{number:,} {what}" + ("" if number == 1 else "s")


def _window_words(window: Any) -> str:
    names = list(window.times)
    if not names:
        return f"{window.name}: never"
    middle = names[len(names) // 2]
    return (
        f"{window.name} {window.event} {clock(window.times[middle])} ({middle}; "
        f"{names[0]} {clock(window.times[names[0]])}, {names[-1]} {clock(window.times[names[-1]])})"
    )


def _of_scenario(scenario: Scenario) -> str:
    variant = f", variant {scenario.variant}" if scenario.variant else ""
    return scenario.name + variant + "".join("; " + change for change in scenario.changes)


def _of_model(model: Model) -> str:
    return f"{model.name}: {model.length_km:,.1f} km, {counted(len(model.timing_points), 'timing point')}"


def _of_estimate(estimate: Estimate) -> str:
    last = _window_words(estimate.window())
    return f"{estimate.model.name}: {last}; {estimate.runs:,} runs, seed {estimate.seed}"


def _of_samples(samples: Samples) -> str:
    points = counted(len(samples.timing_points), "timing point")
    return f"{samples.model.name}: {samples.runs:,} runs at {points}, seed {samples.seed}"


def _of_comparison(comparison: Comparison) -> str:
    return f"{', '.join(comparison.table()['name'])}; {comparison.runs:,} runs each, seed {comparison.seed}"


def _of_depart_by(found: DepartBy) -> str:
    asked = f"to be at {found.station} by {clock(found.deadline)}"
    in_time = f"{found.in_time:.1%} of {found.runs:,} runs in time"
    return f"{found.model.name}: leave by {clock(found.latest)} {asked}; {in_time}"


def _of_explanation(found: Explanation) -> str:
    most = (found.groups()["name"] or ["nothing"])[0]
    width = duration(duration_of(found.width))
    return f"{found.model.name}: window of {width} at {found.destination}, most of it by {most}"


def _of_inference(found: Inference) -> str:
    ends = found.destinations()
    likely = f"to {ends['name'][0]} ({ends['bound_for'][0]:.1%})" if ends["name"] else "no destination"
    sightings = counted(len(found.reports()["text"]), "sighting")
    return f"{found.model.name}: {likely} after {sightings}; {found.effective_runs:,.0f} effective runs"


def _of_reach(reach: Reach) -> str:
    shares = reach.table()["in_time"]
    there = sum(share >= 0.5 for share in shares)
    return f"{reach.scenario}: {there} of {counted(len(shares), 'station')} in half of the runs or more"


def _of_reach_back(reach: ReachBack) -> str:
    stations = counted(len(reach.table()["station"]), "station")
    return f"{reach.scenario}: {stations} from which {reach.arrived_at} is reached"


def _of_routes(routes: Routes) -> str:
    return f"{routes.scenario}: {counted(len(routes), 'way')} from {routes.origin} to {routes.destination}"


def _of_profile(profile: Profile) -> str:
    run = "the median run" if profile.run is None else f"run {profile.run}"
    movements = counted(len(profile.movements()["from"]), "movement")
    return f"{profile.model.name}: {run} with {profile.cars} cars, {movements}"


def _of_backtest(backtest: Backtest) -> str:
    times = counted(len(backtest.targets()["scenario"]), "observed time")
    journeys = counted(len(backtest.journeys()["scenario"]), "journey")
    return f"{times}, {journeys} that count; {backtest.runs:,} runs each"


WORDS: dict[type, Any] = {
    Scenario: _of_scenario,
    Model: _of_model,
    Estimate: _of_estimate,
    Samples: _of_samples,
    Comparison: _of_comparison,
    DepartBy: _of_depart_by,
    Explanation: _of_explanation,
    Inference: _of_inference,
    Reach: _of_reach,
    ReachBack: _of_reach_back,
    Routes: _of_routes,
    Profile: _of_profile,
    Backtest: _of_backtest,
}


def _words(result: Any) -> str:
    """What a result is, without its class."""
    return "stopped early" if getattr(result, "stopped_early", False) else str(WORDS[type(result)](result))


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
