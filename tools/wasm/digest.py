#!/usr/bin/env python3
"""What the engine in the pages was made of, and whether it still is what the sources say.

    digest.py --write    writes tools/report/dist/engine.digest for what is in dist now; tools/wasm/build does that
    digest.py --check    compares; exit status 1 and a list where they differ

A line of engine.digest is the first half of a SHA-256 and a file. The files are the sources that tools/wasm/CMakeLists.txt compiles and that can be
linked, and all headers of ours that these include; of them all but comments and white space between words counts, as neither changes a result.
The version number is one of the lines, as answers tell it, and so is the artefact itself. Versions of the libraries are told at the top and are not
compared: the pages of one version hold one engine, whatever a machine has installed.
"""
import hashlib
import pathlib
import re
import subprocess
import sys

root = pathlib.Path(__file__).resolve().parents[2]
folder = root / "tools/wasm"
engine = root / "engine/railwindow"
artefact = root / "tools/report/dist/engine.base64"
written = root / "tools/report/dist/engine.digest"
libraries = ["emscripten", "yaml-cpp", "fmtlib", "howardhinnant-date", "utf8proc", "libboost-dev", "libeigen3-dev", "nlohmann-json3-dev"]

# Texts first, so that no comment begins within one.
parts = re.compile(r'R"([^()\\ ]{0,16})\(.*?\)\1"|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'|(?:\s|//[^\n]*|/\*.*?\*/)+', re.DOTALL)
included = re.compile(r'#include [<"](railwindow/[\w/]+\.hpp)[>"]')


def without_comments(text):
    def kept(match):
        part = match.group()
        if part[0] not in "/ \n\t\r":
            return part
        beside = text[match.start() - 1 : match.start()] + text[match.end() : match.end() + 1]
        return " " if re.fullmatch(r"\w\w", beside) else ""

    return parts.sub(kept, text)


def sources():
    """Ours that are compiled, and what they include, by path."""
    todo = [path for path in engine.rglob("*.cpp") if path.parent.name not in ("io", "score")]
    todo += [engine / "io" / name for name in (folder / "io_sources.txt").read_text().split()]
    todo += [path for path in folder.iterdir() if path.suffix in (".cpp", ".hpp")]
    found = {}
    while todo:
        path = todo.pop()
        if path in found:
            continue
        found[path] = path.read_text()
        todo += [root / "engine" / name for name in included.findall(found[path])]
    return found


def half(data):
    return hashlib.sha256(data).hexdigest()[:32]


def digests():
    lines = {str(path.relative_to(root)): half(without_comments(text).encode()) for path, text in sources().items()}
    for path in (folder / "CMakeLists.txt", folder / "io_sources.txt"):
        text = re.sub(r"^\s*#.*$", "", path.read_text(), flags=re.MULTILINE)
        lines[str(path.relative_to(root))] = half(" ".join(text.split()).encode())
    version = re.search(r"project\(railwindow VERSION ([\d.]+)", (root / "CMakeLists.txt").read_text()).group(1)
    lines["version " + version] = half(version.encode())
    lines[str(artefact.relative_to(root))] = half(artefact.read_bytes())
    return lines


def read():
    lines = [line.split(" ", 1) for line in written.read_text().splitlines() if line and not line.startswith("#")]
    return {name: digest for digest, name in lines}


def installed_versions(folder_of_libraries):
    for name in libraries:
        found = [path.name.split("_", 1)[1][:-4] for path in folder_of_libraries.glob(name + "_*.dsc")]
        if not found:
            found = [subprocess.run(["dpkg-query", "-W", "-f", "${Version}", name], capture_output=True, text=True, check=False).stdout]
        yield f"# {name} {found[0]}"


def main():
    if sys.argv[1:2] == ["--write"]:
        head = ["# What engine.base64 was made of (tools/wasm/digest.py)."]
        head += installed_versions(pathlib.Path(sys.argv[2])) if len(sys.argv) > 2 else []
        lines = [f"{digest} {name}" for name, digest in sorted(digests().items())]
        written.write_text("\n".join(head + lines) + "\n")
        return 0
    if sys.argv[1:] != ["--check"]:
        print(__doc__)
        return 64
    now, then = digests(), read()
    other = sorted(name for name in now.keys() | then.keys() if now.get(name) != then.get(name))
    if not other:
        print(f"the engine of the pages is what {len(now) - 3} sources make")
        return 0
    print(f"The engine of the pages is older than {len(other)} of its sources: {', '.join(other[:5])}{', ...' if len(other) > 5 else ''}.")
    print("Renew it: tools/wasm/build (some minutes), then commit tools/report/dist/engine.base64 and engine.digest.")
    return 1


sys.exit(main())
