"""Scenarios: by the names under which they came with the module, and changed by the paths that their files have."""

from __future__ import annotations

import json
import os
import pathlib
from datetime import datetime, timedelta
from typing import Any, Mapping, NamedTuple, Optional, Sequence, Union

import numpy

from . import _railwindow
from ._railwindow import Finding, Scenario, question_of, read_scenario, refuse, replaced, scenario_in
from ._times import duration_of, text_of_time

StrPath = Union[str, "os.PathLike[str]"]


class ScenarioName(NamedTuple):
    """A scenario that came with the module."""

    name: str
    """What load_scenario() takes."""
    question: str
    """The question that it asks, in one sentence."""
    path: str
    """Its file."""


def data_folder() -> Optional[pathlib.Path]:
    """The folder with `networks` and `scenarios`: $RAILWINDOW_DATA, else what came with the module, else what the
    Debian package railwindow installs; None where there is none."""
    given = os.environ.get("RAILWINDOW_DATA")
    if given:
        return pathlib.Path(given)
    package = pathlib.Path(__file__).resolve().parent
    for folder in (package / "data", *(above / "share/railwindow" for above in package.parents[:4])):
        if (folder / "scenarios").is_dir():
            return folder
    return None


def scenarios() -> list[ScenarioName]:
    """The scenarios that came with the module, in the order of their names; empty where none did."""
    folder = data_folder()
    paths = sorted((folder / "scenarios").glob("*.yaml"), key=lambda path: path.stem) if folder else []
    return [ScenarioName(path.stem, question_of(path.read_text(encoding="utf-8")), str(path)) for path in paths]


def _found(path: StrPath) -> str:
    """The file that `path` means: itself where it looks like a path or is there, else the scenario of that name."""
    word = os.fspath(path)
    folder = data_folder()
    if folder is None or "/" in word or word.endswith((".yaml", ".yml")) or os.path.exists(word):
        return word
    return scenario_in(word, str(folder / "scenarios"))


def load_scenario(path: StrPath, files: Optional[Mapping[str, str]] = None, *, variant: str = "") -> Scenario:
    """The scenario at `path`, or the one of that name that came with the module, as one of its variants or as it
    stands.

    With `files`, texts by path, all is read from memory: `path` and the paths of what it names, relative to its
    folder, are keys. Raises InputError with everything that is wrong in any of the files.
    """
    word = os.fspath(path) if files is not None else _found(path)
    return read_scenario(word, None if files is None else dict(files), variant)


def load_variants(
    files: Sequence[StrPath], *, only: Sequence[str] = (), sets: Sequence[str] = ()
) -> dict[str, Scenario]:
    """Each of `files` (paths, or names as load_scenario takes them) as it stands, and its variants (those in `only`,
    if any), as a dict by name for `compare`; `sets` are changes such as 'journey.calls[0].dwell=2 h' to all of them.
    Raises InputError."""
    return _railwindow.load_variants([_found(path) for path in files], only=list(only), sets=list(sets))


def check(files: Sequence[StrPath]) -> list[tuple[str, list[Finding]]]:
    """Pairs of file and findings: all that is wrong or doubtful in `files`, which are paths."""
    return _railwindow.check([os.fspath(path) for path in files])


def _plain(value: Any) -> Any:
    """What JSON, which is YAML on one line, knows."""
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, numpy.ndarray)) and not isinstance(value, str):
        return [_plain(item) for item in value]
    if value is None or isinstance(value, (str, bool, int, float)):
        return value
    return _text(value)


def _text(value: Any) -> str:
    """One value as files write it."""
    if isinstance(value, str):
        return value
    if isinstance(value, (timedelta, numpy.timedelta64)):
        seconds = (value if isinstance(value, timedelta) else duration_of(value)).total_seconds()
        return f"{seconds:.3f}".rstrip("0").rstrip(".") + " s"
    if isinstance(value, (datetime, numpy.datetime64)):
        return text_of_time(value, "replace")
    if isinstance(value, numpy.generic):
        value = value.item()
    if isinstance(value, (bool, int, float, list, tuple, numpy.ndarray, Mapping)):
        return json.dumps(_plain(value), ensure_ascii=False)
    refuse(
        "replace", f"{value!r} cannot be written in a scenario", "give text, numbers, times, lists or mappings of these"
    )


def replace(
    scenario: Scenario, changes: Optional[Mapping[str, object]] = None, *, variant: Optional[str] = None
) -> Scenario:
    """A copy of `scenario` with `changes`: values by the paths that its file has, as the command line's --set has them.

    Values are text as a file would have it ('2 h', '2019-04-23 21:00'), numbers, aware datetimes, timedeltas, lists
    and mappings of these, or None, which takes out what stands there. `variant` is one of the variants of the file;
    '' is the file as it stands. The files are read again. Raises InputError that names the path, with what is wrong
    and what would be right.
    """
    pairs = [(path, None if value is None else _text(value)) for path, value in (changes or {}).items()]
    return replaced(scenario, pairs, variant)
