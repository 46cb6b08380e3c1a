"""Arrival windows of heavy special trains over partly known track.

    import railwindow

    model = railwindow.build(railwindow.load_scenario("scenarios/press-20-hours.yaml"))
    print(railwindow.estimate(model, runs=20_000))

A Model is immutable and may be used by any number of threads; the interpreter is free while the library works. The same seed
gives the same bits on any number of threads. Times are UTC (numpy datetime64[ms]); NaT where a run does not come.
"""

from ._railwindow import (
    Comparison,
    DepartBy,
    Estimate,
    Explanation,
    Finding,
    Infeasible,
    InputError,
    Model,
    Samples,
    Scenario,
    __version__,
    build,
    check,
    compare,
    depart_by,
    estimate,
    explain,
    load_scenario,
    load_variants,
    sample,
    simulate,
)

__all__ = [
    "Comparison", "DepartBy", "Estimate", "Explanation", "Finding", "Infeasible", "InputError", "Model", "Samples", "Scenario",
    "build", "check", "compare", "depart_by", "estimate", "explain", "load_scenario", "load_variants", "sample", "simulate",
]
