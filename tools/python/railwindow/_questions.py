"""Questions that are asked with times: aware datetimes as well as text."""

from __future__ import annotations

from datetime import timedelta
from typing import Callable, Optional, Sequence, Union

from . import _railwindow
from ._railwindow import DepartBy, Inference, Model, Reach, ReachBack, Scenario
from ._times import Time, text_of_time

Progress = Optional[Callable[[int, int], Optional[bool]]]
"""Called now and then with how much is done and of how much; False stops, and an exception comes out of the call."""

QUANTILES = (0.05, 0.5, 0.95)


def depart_by(
    model: Model,
    arrive_by: Time,
    *,
    at: str = "",
    confidence: float = 0.95,
    curve: bool = False,
    voluntary_waits: bool = False,
    runs: int = 20_000,
    seed: int = 1,
    threads: int = 0,
    progress: Progress = None,
) -> DepartBy:
    """The latest departure with which the train is at `at` (empty: its destination) by `arrive_by`.

    Text without an offset is local to `at`. `confidence` is the share of the runs that has to be in time; `curve`
    asks for the shares of departures around the latest one, too. Other stations than the main ones need build(...,
    all_timing_points=True). The train waits for no reception and makes no long stand, unless `voluntary_waits`.
    Raises InputError, Infeasible.
    """
    return _railwindow.depart_by(
        model,
        text_of_time(arrive_by, "arrive_by"),
        at=at,
        confidence=confidence,
        curve=curve,
        voluntary_waits=voluntary_waits,
        runs=runs,
        seed=seed,
        threads=threads,
        progress=progress,
    )


def reach(
    scenario: Scenario,
    *,
    within: Union[timedelta, float, None] = None,
    time: Optional[Time] = None,
    quantiles: Sequence[float] = QUANTILES,
    voluntary_waits: bool = False,
    runs: int = 2000,
    seed: int = 1,
    threads: int = 0,
    progress: Progress = None,
) -> Reach:
    """Where the train of `scenario` can be: `within` a timedelta (or seconds) after its departure, or at `time`.

    Text without an offset is local to its origin. For each station of the networks, as the destination of a train
    bound for it, `runs` runs of its best way. The train waits for no reception and makes no long stand, unless
    `voluntary_waits`. Raises InputError.
    """
    return _railwindow.reach(
        scenario,
        within=within.total_seconds() if isinstance(within, timedelta) else within,
        time="" if time is None else text_of_time(time, "time"),
        quantiles=list(quantiles),
        voluntary_waits=voluntary_waits,
        runs=runs,
        seed=seed,
        threads=threads,
        progress=progress,
    )


def reach_back(
    scenario: Scenario,
    arrived_at: str,
    time: Time,
    *,
    quantiles: Sequence[float] = QUANTILES,
    voluntary_waits: bool = False,
    runs: int = 2000,
    seed: int = 1,
    threads: int = 0,
    progress: Progress = None,
) -> ReachBack:
    """When a train must have left each station to be at the station `arrived_at` at `time`, local to it.

    Raises InputError; Infeasible when nothing leads there.
    """
    return _railwindow.reach_back(
        scenario,
        arrived_at,
        text_of_time(time, "time"),
        quantiles=list(quantiles),
        voluntary_waits=voluntary_waits,
        runs=runs,
        seed=seed,
        threads=threads,
        progress=progress,
    )


def infer(
    model: Model,
    *,
    seen: Sequence[str] = (),
    as_of: Optional[Time] = None,
    time: Optional[Time] = None,
    timeline: bool = False,
    quantiles: Sequence[float] = QUANTILES,
    runs: Optional[int] = None,
    most_runs: Optional[int] = None,
    seed: int = 1,
    threads: int = 0,
    progress: Progress = None,
) -> Inference:
    """What the sightings of `model` and those in `seen` say of its journey.

    A sighting is a line such as 'khasan arrive 2019-04-25 06:00..07:00', as the command line's --seen has it. Only
    what was published by `as_of` counts; `time` asks where the train is then; text without an offset is local to the
    origin. `timeline` asks for the answer after each sighting, which a page needs. `runs` None: 65,536 first runs,
    doubled up to `most_runs` (262,144) where the sightings leave too few. Raises InputError; Infeasible where no
    journey fits.
    """
    return _railwindow.infer(
        model,
        seen=list(seen),
        as_of="" if as_of is None else text_of_time(as_of, "as_of"),
        time="" if time is None else text_of_time(time, "time"),
        timeline=timeline,
        quantiles=list(quantiles),
        runs=runs,
        most_runs=most_runs,
        seed=seed,
        threads=threads,
        progress=progress,
    )
