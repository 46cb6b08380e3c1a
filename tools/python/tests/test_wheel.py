"""`pip install .` in a clone makes a module that works by itself, with the networks and scenarios that came with it."""

import importlib.util
import json
import os
import pathlib
import subprocess
import sys
import zipfile

import pytest

import railwindow
from conftest import PRESS, SOURCE

BUILD = os.environ.get("RAILWINDOW_BUILD", "")


@pytest.fixture(scope="module")
def backend():
    found = importlib.util.spec_from_file_location(
        "railwindow_build", SOURCE / "tools/python/wheel/railwindow_build.py"
    )
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def build():
    if not BUILD:
        pytest.skip("RAILWINDOW_BUILD does not name the folder where the module was built")
    return pathlib.Path(BUILD)


def run(*words):
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("RAILWINDOW_", "PYTHON"))}
    return subprocess.run(
        list(map(str, words)),
        capture_output=True,
        text=True,
        cwd="/",
        env={**clean, "PIP_DISABLE_PIP_VERSION_CHECK": "1"},
    )


def fresh(folder, *options):
    """The Python of a new virtual environment, with pip."""
    missing = [
        package
        for package, module in (("python3-venv", "ensurepip"), ("python3-venv", "venv"))
        if not importlib.util.find_spec(module)
    ]
    if missing:
        pytest.skip(f"no virtual environment can be made here: install {missing[0]}")
    made = run(sys.executable, "-m", "venv", *options, folder)
    assert made.returncode == 0, made.stdout + made.stderr
    return folder / "bin/python"


CODE = """
import json, sys, railwindow
scenario = railwindow.load_scenario("press-20-hours")
print(json.dumps({
    "file": railwindow.__file__, "data": str(railwindow.data_folder()), "scenarios": [one.name for one in railwindow.scenarios()],
    "windows": railwindow.estimate(railwindow.build(scenario), runs=300).table()["p50_elapsed"].astype(int).tolist(),
    "name": railwindow.load_scenario("press-20-hours").replace({"journey.depart": "2019-04-23 21:00"}).changes}))
"""


def assert_it_works(python, folder):
    ran = run(python, "-I", "-c", CODE)
    assert ran.returncode == 0, ran.stderr
    told = json.loads(ran.stdout)
    assert told["file"].startswith(str(folder)) and told["data"].startswith(str(folder))
    assert told["scenarios"] == sorted(path.stem for path in (SOURCE / "scenarios").glob("*.yaml"))
    here = railwindow.estimate(railwindow.build(railwindow.load_scenario(PRESS)), runs=300).table()
    assert told["windows"] == here["p50_elapsed"].astype(int).tolist()


def test_exact_pip_installs_a_clone_into_a_new_environment_without_a_network(build, tmp_path):
    python = fresh(tmp_path / "env", "--system-site-packages")  # numpy is the system's
    installed = run(python, "-m", "pip", "install", "--no-index", "--config-settings", f"build-dir={build}", SOURCE)
    assert installed.returncode == 0, installed.stdout + installed.stderr
    assert_it_works(python, tmp_path)
    shown = run(python, "-m", "pip", "show", "--files", "railwindow").stdout
    for line in (
        f"Version: {railwindow.__version__}",
        "Requires: numpy",
        "railwindow/py.typed",
        "railwindow/_railwindow.pyi",
        "railwindow/data/networks/ATTRIBUTION",
        "dist-info/LICENSE",
    ):
        assert line in shown, line
    removed = run(python, "-m", "pip", "uninstall", "--yes", "railwindow")
    assert removed.returncode == 0 and not list(tmp_path.rglob("_railwindow*")), "nothing is left"


def test_exact_pip_fetches_what_it_needs_where_there_is_an_index(build, tmp_path):
    python = fresh(tmp_path / "env")
    if run(
        python,
        "-m",
        "pip",
        "download",
        "--quiet",
        "--no-deps",
        "--retries",
        "0",
        "--timeout",
        "5",
        "-d",
        tmp_path / "tried",
        "numpy",
    ).returncode:
        pytest.skip("pip reaches no index here, so numpy cannot be fetched into an empty environment")
    installed = run(python, "-m", "pip", "install", "--config-settings", f"build-dir={build}", SOURCE)
    assert installed.returncode == 0, installed.stdout + installed.stderr
    assert_it_works(python, tmp_path)


def test_law_the_same_files_make_the_same_wheel(backend, build, tmp_path):
    name = backend.pack(build, tmp_path / "a")
    assert name == backend.pack(build, tmp_path / "b") == f"railwindow-{railwindow.__version__}-{backend._tag()}.whl"
    assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()
    with zipfile.ZipFile(tmp_path / "a" / name) as archive:
        names = archive.namelist()
    assert len(names) == len(set(names)) and not [
        name for name in names if "__pycache__" in name or name.startswith("/")
    ]
    networks = {
        f"railwindow/data/{path.relative_to(SOURCE)}"
        for folder in ("networks", "scenarios")
        for path in (SOURCE / folder).rglob("*.yaml")
    }
    assert len(networks) > 40 and networks <= set(names)


def test_law_what_is_said_before_a_build_is_what_the_wheel_says(backend, tmp_path):
    info = tmp_path / backend.prepare_metadata_for_build_wheel(str(tmp_path))
    text = (info / "METADATA").read_text()
    for line in (
        "Name: railwindow",
        f"Version: {railwindow.__version__}",
        "Requires-Python: >=3.11",
        "Requires-Dist: numpy",
        'Requires-Dist: pandas; extra == "pandas"',
    ):
        assert line in text.split("\n"), line
    assert backend.get_requires_for_build_wheel() == []
    with pytest.raises(backend.UnsupportedOperation, match="repository"):
        backend.build_sdist(str(tmp_path))


def test_fail_a_folder_without_the_module_is_refused(backend, tmp_path):
    with pytest.raises(SystemExit, match="was configured for another Python"):
        backend.pack(tmp_path, tmp_path)
