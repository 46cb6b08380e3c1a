"""Runs shared out over an executor: processes of this machine, or whatever has the interface of concurrent.futures."""

from __future__ import annotations

from concurrent.futures import Executor
from typing import Any, Mapping, Optional

from ._railwindow import Samples, build, merge, part
from ._scenarios import StrPath, load_scenario, replace


def _part_of(path: StrPath, changes: Optional[Mapping[str, Any]], variant: str, number: int, parts: int, runs: int, seed: int) -> bytes:
    """What a worker does: everything from the file on, as a model does not travel."""
    scenario = load_scenario(path, variant=variant)
    return part(build(replace(scenario, changes) if changes else scenario), number, parts, runs=runs, seed=seed)


def share(
    path: StrPath,
    executor: Executor,
    *,
    parts: int,
    changes: Optional[Mapping[str, Any]] = None,
    variant: str = "",
    runs: int = 65536,
    seed: int = 1,
) -> Samples:
    """The samples of a scenario's runs, made in `parts` parts by the workers of `executor`: the bits of sample().

    `path` must mean the same file to every worker; `changes` are those of replace(). Anything with the interface of
    concurrent.futures.Executor will do: ProcessPoolExecutor, the executors of Dask and Ray, mpi4py's.
    Raises InputError, Infeasible.
    """
    scenario = load_scenario(path, variant=variant)  # what is wrong with it is wrong for every worker
    model = build(replace(scenario, changes) if changes else scenario)
    asked = [executor.submit(_part_of, path, changes, variant, number, parts, runs, seed) for number in range(1, parts + 1)]
    return merge(model, [one.result() for one in asked])
