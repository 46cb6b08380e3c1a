"""The stubs are complete and right: by what is there, by mypy where it is, by stubtest."""

import ast
import os
import pathlib
import re
import shutil
import subprocess
import sys

import pytest

import railwindow
from conftest import SOURCE
from railwindow import _railwindow

PACKAGE = pathlib.Path(railwindow.__file__).parent
SCRIPTS = [*sorted((SOURCE / "tools/examples").glob("*.py")), SOURCE / "tools/python/wheel/railwindow_build.py"]


@pytest.fixture(scope="module")
def mypy():
    found = shutil.which("mypy")
    if not found:
        pytest.skip("mypy is not installed (Debian package mypy)")
    return found


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    cache = str(tmp_path_factory.mktemp("mypy"))

    def run(*words, **environment):
        return subprocess.run(
            words,
            capture_output=True,
            text=True,
            cwd=PACKAGE.parent,
            env={**os.environ, "MYPY_CACHE_DIR": cache, **environment},
        )

    return run


def members(stub, declared):
    """What a class of a stub declares, with what its bases do."""
    for node in declared.body:
        if isinstance(node, ast.FunctionDef):
            yield node.name
    for base in declared.bases:
        yield from members(stub, stub[base.id])


def test_law_the_stub_knows_every_public_name_and_everything_is_described():
    stub = {
        node.name: node
        for node in ast.parse((PACKAGE / "_railwindow.pyi").read_text()).body
        if isinstance(node, ast.ClassDef)
    }
    for name in railwindow.__all__:
        thing = getattr(railwindow, name)
        if name not in ("__version__", "Time", "Progress"):
            assert thing.__doc__ and thing.__module__.startswith("railwindow"), name
        if name not in stub or issubclass(thing, Exception):
            continue
        declared = set(members(stub, stub[name]))
        there = {member for member in vars(thing) if not member.startswith("_")}
        assert {member for member in declared if not member.startswith("_")} == there, name
        assert all(getattr(thing, member).__doc__ for member in there), name
    assert {name for name in vars(railwindow) if not name.startswith("_")} - set(railwindow.__all__) == set()


def arguments(function):
    """Names, kinds and defaults of the arguments of a definition, as text; `...` stands for a default that is not said."""
    args = function.args
    plain = [arg.arg for arg in args.args if arg.arg != "self"]
    defaults = [None] * (len(plain) - len(args.defaults)) + args.defaults
    found = [(name, "any", default) for name, default in zip(plain, defaults)]
    found += [(arg.arg, "named", default) for arg, default in zip(args.kwonlyargs, args.kw_defaults)]
    return [(name, kind, ast.unparse(default) if default else "") for name, kind, default in found]


def test_law_arguments_and_defaults_of_the_stub_are_those_of_the_compiled_functions():
    """As what is compiled tells its signature in the first line of its description alone."""
    checked = 0
    for node in ast.parse((PACKAGE / "_railwindow.pyi").read_text()).body:
        parts = [node] if isinstance(node, ast.FunctionDef) else node.body if isinstance(node, ast.ClassDef) else []
        owner = (
            _railwindow
            if isinstance(node, ast.FunctionDef)
            else getattr(_railwindow, node.name, None)
            if parts
            else None
        )
        for part in parts:
            described = getattr(getattr(owner, getattr(part, "name", ""), None), "__doc__", None) or ""
            first = described.split("\n")[0]
            if not isinstance(part, ast.FunctionDef) or not re.match(rf"{part.name}\(.*\) -> ", first):
                continue
            if "Overloaded" in described:
                continue
            told = ast.parse(f"def {re.sub(r'<[^<>]*>', 'object', first)}: ...").body[0]
            pairs = list(zip(arguments(part), arguments(told), strict=True))
            for mine, theirs in pairs:
                assert mine[:2] == theirs[:2], part.name
                assert bool(mine[2]) == bool(theirs[2]) and mine[2] in ("...", theirs[2]), (part.name, mine, theirs)
            checked += 1
    assert checked > 40


def test_law_mypy_finds_nothing_in_the_package_and_in_what_uses_it(mypy, run, tmp_path):
    checked = run(mypy, "--strict", "-p", "railwindow")
    assert checked.returncode == 0, checked.stdout
    checked = run(mypy, "--strict", *SCRIPTS)
    assert checked.returncode == 0, checked.stdout
    wrong = tmp_path / "wrong.py"
    wrong.write_text(
        "import railwindow\nrailwindow.estimate(1)\nrailwindow.load_scenario('a').nam\nx: int = railwindow.utc\n"
    )
    checked = run(mypy, "--strict", wrong)
    assert checked.stdout.count("error:") == 3, "what is wrong is found: " + checked.stdout


def test_law_stubtest_finds_the_stubs_as_the_module_is(mypy, run, tmp_path):
    # Of classes made by pybind11 mypy would have their metaclass, and that their constructors take anything.
    allowed = tmp_path / "allowed"
    allowed.write_text("railwindow\\._railwindow\\.[A-Z]\\w*\nrailwindow\\._railwindow\\.[A-Z]\\w*\\.__init__\n")
    tested = run(
        sys.executable,
        "-m",
        "mypy.stubtest",
        "railwindow._railwindow",
        "--allowlist",
        allowed,
        PYTHONPATH=str(PACKAGE.parent),
    )
    if "No module named" in tested.stderr:
        pytest.skip("mypy is here, but not for this Python")
    assert tested.returncode == 0, tested.stdout + tested.stderr
