"""Arrival windows of heavy special trains over partly known track.

    import railwindow

    model = railwindow.build(railwindow.load_scenario("press-20-hours"))
    print(railwindow.estimate(model, runs=20_000))

A Model is immutable and may be used by any number of threads; the interpreter is free while the library works. The
same seed gives the same bits on any number of threads. Columns whose names end in _utc are numpy datetime64[ms] in
UTC, NaT where a run does not come; datetimes are on the clocks of their station and know their zone.
"""

from ._questions import Progress, depart_by, infer, reach, reach_back
from ._railwindow import (
    Backtest,
    Comparison,
    DepartBy,
    Estimate,
    Explanation,
    Finding,
    Inference,
    Infeasible,
    InputError,
    Model,
    Profile,
    Reach,
    ReachBack,
    Routes,
    Samples,
    Scenario,
    __version__,
    backtest,
    build,
    compare,
    estimate,
    explain,
    merge,
    part,
    profile,
    routes,
    sample,
    simulate,
)
from ._results import Window, complete, report
from ._scenarios import ScenarioName, check, data_folder, load_scenario, load_variants, replace, scenarios
from ._shared import share
from ._times import Time, local_time, local_times, utc

complete()
del complete

__all__ = [
    "Backtest",
    "Comparison",
    "DepartBy",
    "Estimate",
    "Explanation",
    "Finding",
    "Inference",
    "Infeasible",
    "InputError",
    "Model",
    "Profile",
    "Progress",
    "Reach",
    "ReachBack",
    "Routes",
    "Samples",
    "Scenario",
    "ScenarioName",
    "Time",
    "Window",
    "__version__",
    "backtest",
    "build",
    "check",
    "compare",
    "data_folder",
    "depart_by",
    "estimate",
    "explain",
    "infer",
    "load_scenario",
    "load_variants",
    "local_time",
    "local_times",
    "merge",
    "part",
    "profile",
    "reach",
    "reach_back",
    "replace",
    "report",
    "routes",
    "sample",
    "scenarios",
    "share",
    "simulate",
    "utc",
]
