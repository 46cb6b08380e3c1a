"""Makes the wheel: a PEP 517 backend over CMake, in one file and without a network.

    pip install .                                          builds in build/wheel
    pip install --config-settings build-dir=DIR .          takes what is built in DIR, and builds there what is missing
    python3 railwindow_build.py BUILD-FOLDER WHEEL-FOLDER  packs what is built: the target `wheel` of CMake
"""

from __future__ import annotations

import base64
import hashlib
import pathlib
import re
import shutil
import subprocess
import sys
import sysconfig
import tomllib
import zipfile
from typing import Any, Iterator, NoReturn, Optional

SOURCE = pathlib.Path(__file__).resolve().parents[3]
PACKAGE = SOURCE / "tools/python/railwindow"
SUFFIX = str(sysconfig.get_config_var("EXT_SUFFIX"))

Settings = Optional[dict[str, Any]]


class UnsupportedOperation(Exception):
    """What PEP 517 asks for where there is no source distribution."""


def _fail(why: str) -> NoReturn:
    raise SystemExit(f"railwindow: {why}")


def _project() -> dict[str, Any]:
    project: dict[str, Any] = tomllib.loads((SOURCE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    found = re.search(r"project\(railwindow VERSION (\S+)", (SOURCE / "CMakeLists.txt").read_text(encoding="utf-8"))
    if not found:
        _fail("CMakeLists.txt does not say which version this is")
    return {**project, "version": found.group(1)}


def _tag() -> str:
    python = f"cp{sys.version_info.major}{sys.version_info.minor}"
    return f"{python}-{python}-{re.sub(r'[-.]', '_', sysconfig.get_platform())}"


def _metadata() -> str:
    project = _project()
    lines = [
        "Metadata-Version: 2.1",
        f"Name: {project['name']}",
        f"Version: {project['version']}",
        f"Summary: {project['description']}",
        f"License: {project['license']['text']}",
        f"Requires-Python: {project['requires-python']}",
    ]
    lines += [f"Requires-Dist: {name}" for name in project["dependencies"]]
    for extra, names in project["optional-dependencies"].items():
        lines += [f"Provides-Extra: {extra}"] + [f'Requires-Dist: {name}; extra == "{extra}"' for name in names]
    readme = (SOURCE / project["readme"]).read_text(encoding="utf-8")
    return "\n".join(lines) + f"\nDescription-Content-Type: text/markdown\n\n{readme}"


def _wheel_file() -> str:
    return f"Wheel-Version: 1.0\nGenerator: railwindow\nRoot-Is-Purelib: false\nTag: {_tag()}\n"


def _below(folder: pathlib.Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            yield path.relative_to(folder).as_posix(), path.read_bytes()


def _contents(module: pathlib.Path) -> Iterator[tuple[str, bytes]]:
    """All files of the wheel but RECORD: the package, the networks and scenarios that belong to it, and what
    installers read."""
    info = f"railwindow-{_project()['version']}.dist-info"
    for name, content in _below(PACKAGE):
        yield f"railwindow/{name}", content
    yield f"railwindow/{module.name}", module.read_bytes()
    for folder in ("networks", "scenarios"):
        for name, content in _below(SOURCE / folder):
            yield f"railwindow/data/{folder}/{name}", content
    yield f"{info}/METADATA", _metadata().encode()
    yield f"{info}/WHEEL", _wheel_file().encode()
    yield f"{info}/LICENSE", (SOURCE / "LICENSE").read_bytes()


def pack(build: pathlib.Path, wheels: pathlib.Path) -> str:
    """Packs the module built in `build`; returns the name of the wheel in the folder `wheels`. The same files give
    the same bytes."""
    module = build / "tools/python/railwindow" / f"_railwindow{SUFFIX}"
    if not module.is_file():
        _fail(
            f"{module} is not there: {build} was configured for another Python than {sys.executable}, "
            "or without RAILWINDOW_PYTHON"
        )
    version = _project()["version"]
    name = f"railwindow-{version}-{_tag()}.whl"
    record = ""
    wheels.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(wheels / name, "w", zipfile.ZIP_DEFLATED) as archive:

        def add(path: str, content: bytes) -> None:
            entry = zipfile.ZipInfo(path)  # of 1980: not of today
            entry.external_attr = (0o755 if path.endswith(".so") else 0o644) << 16
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED)

        for path, content in _contents(module):
            digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
            record += f"{path},sha256={digest},{len(content)}\n"
            add(path, content)
        add(f"railwindow-{version}.dist-info/RECORD", (record + f"railwindow-{version}.dist-info/RECORD,,\n").encode())
    return name


def _built(settings: Settings) -> pathlib.Path:
    build = pathlib.Path(str((settings or {}).get("build-dir") or SOURCE / "build/wheel")).resolve()
    cmake = shutil.which("cmake")
    if cmake is None:
        _fail(
            "building needs CMake and what `run_packages` and pybind11-dev of tools/setup.sh name, as Debian packages"
        )
    if not (build / "CMakeCache.txt").is_file():
        generator = ["-G", "Ninja"] if shutil.which("ninja") else []
        subprocess.run(
            [
                cmake,
                "-S",
                str(SOURCE),
                "-B",
                str(build),
                *generator,
                "-DCMAKE_BUILD_TYPE=Release",
                "-DRAILWINDOW_PYTHON=ON",
                "-DRAILWINDOW_TOOL=OFF",
                "-DRAILWINDOW_INSTALL=OFF",
                f"-DPython_EXECUTABLE={sys.executable}",
            ],
            check=True,
        )
    subprocess.run([cmake, "--build", str(build), "--target", "railwindow_python", "--parallel"], check=True)
    return build


# What PEP 517 calls.


def get_requires_for_build_wheel(config_settings: Settings = None) -> list[str]:
    """Nothing: what is needed are no Python packages."""
    return []


def prepare_metadata_for_build_wheel(metadata_directory: str, config_settings: Settings = None) -> str:
    """Writes what installers read before anything is built."""
    info = f"railwindow-{_project()['version']}.dist-info"
    folder = pathlib.Path(metadata_directory) / info
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "METADATA").write_text(_metadata(), encoding="utf-8")
    (folder / "WHEEL").write_text(_wheel_file(), encoding="utf-8")
    return info


def build_wheel(
    wheel_directory: str, config_settings: Settings = None, metadata_directory: Optional[str] = None
) -> str:
    """Builds the module with CMake and packs it."""
    return pack(_built(config_settings), pathlib.Path(wheel_directory))


def build_sdist(sdist_directory: str, config_settings: Settings = None) -> str:
    """There is none: the source is the repository."""
    raise UnsupportedOperation("the source of railwindow is its repository; build a wheel")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        raise SystemExit(__doc__)
    print(pack(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])))
