#!/usr/bin/env python3
"""Runs every command that our documents show, as it stands there, with few runs.
   run_commands.py RAILWINDOW SOURCE DOCUMENT...

A command is a line of an indented block, or a piece of code in the text, that begins with `tools/run`, `railwindow` or `--set` (which is added
to a run of the first scenario). A line with words in capitals for what a user fills in is a usage: its options must be those of `--help`."""
import os
import re
import stat
import subprocess
import sys
import tempfile

FEW_RUNS = "60"
FIRST_SCENARIO = "scenarios/pyongyang-vladivostok-2019.yaml"
KINDS = ["scenario", "network", "practice", "train", "rolling-stock", "grid"]
FILLED_IN = re.compile(r"\b(SCENARIO|FILE|FOLDER|KIND|ARGS|VALUE)\b")

# The tool, with few runs unless the command says how many. `$TOOL` and `$FEW` come from the environment.
WRAPPER = r"""#!/usr/bin/env bash
case "${1-}" in *.yaml | *.yml) set -- run "$@" ;; esac
case "${1-}" in
  run | compare | depart-by | reach | explain | backtest)
    case " $* " in *" --runs "* | *" --precision "*) ;; *) set -- "$@" --runs "$FEW" ;; esac
    case " $* " in *" --fit "*) set -- "$@" --fit-runs 100 ;; esac ;;
  merge | grid) ;;
  infer) # of which a sighting leaves some
    case " $* " in *" --runs "*) ;; *) set -- "$@" --runs 16384 --max-runs 16384 ;; esac ;;
esac
exec "$TOOL" "$@"
"""


def without_outputs_and_cpp(text):
    text = re.sub(r"<!-- BEGIN OUTPUT.*?<!-- END OUTPUT -->", "", text, flags=re.S)
    return re.sub(r"<!-- COMPILED -->\n((    .*)?\n)*", "\n", text)


def lines_of_blocks(text):
    """Indented lines, those that end with a backslash joined with the next."""
    line = ""
    for written in text.split("\n"):
        if not written.startswith("    "):
            line = ""
            continue
        line = (line + " " + written.strip()).strip()
        if line.endswith("\\"):
            line = line[:-1].strip()
            continue
        yield line
        line = ""


def pieces_in_text(text):
    prose = "\n".join(line for line in text.split("\n") if not line.startswith("    "))
    for piece in re.findall(r"`([^`]+)`", prose):
        yield " ".join(piece.split())


def commands_of(text):
    """Commands to run, and usages as (command, options)."""
    commands, usages = [], []
    for line in list(lines_of_blocks(text)) + list(pieces_in_text(text)):
        if line.startswith("--set "):
            line = f"railwindow run {FIRST_SCENARIO} {line}"
        if not re.match(r"(tools/run|railwindow) \S", line):
            continue
        line = re.split(r"\s{2,}", line)[0]  # what it does stands behind
        if line.startswith("railwindow check --schema KIND"):
            commands += [f"railwindow check --schema {kind}" for kind in KINDS]
        elif FILLED_IN.search(line):
            usages.append(line)
        elif re.search(r"\w\|\w", line):
            front, choices = line.rsplit(" ", 1)
            commands += [f"{front} {choice}" for choice in choices.split("|")]
        else:
            commands.append(line.replace("| man -l -", "| head -1"))
    return list(dict.fromkeys(commands)), usages


def usages_with_following_lines(text):
    """Usage lines whose options go on in the next lines."""
    found, usage = [], None
    for line in lines_of_blocks(text):
        if line.startswith("railwindow "):
            usage = [line]
            found.append(usage)
        elif usage is not None and line.startswith(("[", "--", "|")):
            usage.append(line)
    return [" ".join(usage) for usage in found if FILLED_IN.search(usage[0])]


def files_of(text):
    """Name and contents of the files that a document shows behind `<!-- FILE name -->`."""
    for name, block in re.findall(r"<!-- FILE (\S+) -->\n\n?((?:    .*\n)+)", text):
        yield name, "".join(line[4:] + "\n" for line in block.splitlines())


def check_usage(tool, usage):
    words = usage.split()
    command = " ".join(words[1:3] if words[1] in ("import", "new") else words[1:2])
    shown = subprocess.run([tool, *command.split(), "--help"], capture_output=True, text=True).stdout
    missing = [option for option in set(re.findall(r"--[a-z-]+", usage)) if not re.search(re.escape(option) + r"\b", shown)]
    return [f"`{usage[:60]}...`: `railwindow {command} --help` has no {option}" for option in missing]


def prepare(folder, source):
    """Puts what a clone has into the folder, with tools/run and railwindow as the wrapper; gives the folder of the latter."""
    for name in ("scenarios", "networks"):
        os.symlink(os.path.join(source, name), os.path.join(folder, name))
    os.makedirs(os.path.join(folder, "tools"))
    os.symlink(os.path.join(source, "tools/cluster"), os.path.join(folder, "tools/cluster"))
    for path in ("tools/run", "bin/railwindow"):
        path = os.path.join(folder, path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w") as script:
            script.write(WRAPPER)
        os.chmod(path, os.stat(path).st_mode | stat.S_IXUSR)
    return os.path.join(folder, "bin")


def main():
    tool, source, documents = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2]), sys.argv[3:]
    failures, ran, looked_at = [], 0, 0
    for document in documents:
        with open(document, encoding="utf-8") as file:
            text = without_outputs_and_cpp(file.read())
        name = os.path.relpath(document, source)
        with tempfile.TemporaryDirectory() as folder:  # of each document: none rests on what another has left
            environment = dict(os.environ, TOOL=tool, FEW=FEW_RUNS, RAILWINDOW_DATA=source)
            environment["PATH"] = prepare(folder, source) + ":" + os.environ["PATH"]
            for file_name, contents in files_of(text):
                with open(os.path.join(folder, file_name), "w", encoding="utf-8") as file:
                    file.write(contents)
            commands, _ = commands_of(text)
            for usage in usages_with_following_lines(text):
                failures += check_usage(tool, usage)
                looked_at += 1
            for command in commands:
                done = subprocess.run(["bash", "-euo", "pipefail", "-c", command], cwd=folder, env=environment, capture_output=True, text=True)
                ran += 1
                if done.returncode not in (0, 141):  # 141: `head` had enough
                    failures.append(f"{name}: {command}\n  ends with {done.returncode}: {done.stderr.strip()[:600]}")
    for failure in failures:
        print(failure)
    print(f"{ran} commands run, {looked_at} usages compared with --help, {len(failures)} wrong")
    return 1 if failures or ran < 15 or looked_at < 8 else 0


sys.exit(main())
