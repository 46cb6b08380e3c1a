#!/usr/bin/env python3
"""Hostile input under the sanitizers: fuzzers for some seconds each, then every scenario for 200 runs.
   hostile.py TOOL FOLDER-OF-FUZZERS SOURCE [--seconds N] [--keep FOLDER]

Prints `ok` or `not ok` with what was tried, and `N passed, N failed` in the end. What breaks a promise is written to the folder kept: mend the
kind, then add the input to tests/fuzz/corpus."""
import argparse
import glob
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

TARGETS = ["files", "words", "railtoolkit", "parts"]
KINDS = ["scenario", "network", "practice", "train", "rolling-stock", "grid"]


def words_of(schema):
    """Keys and choices of a JSON schema."""
    if isinstance(schema, dict):
        for key, value in schema.items():
            if key == "properties":
                yield from value
            if key in ("enum", "const"):
                yield from (one for one in (value if isinstance(value, list) else [value]) if isinstance(one, str))
            yield from words_of(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from words_of(value)


def dictionary(tool, path):
    words = set()
    for kind in KINDS:
        words.update(words_of(json.loads(subprocess.run([tool, "check", "--schema", kind], capture_output=True, check=True).stdout)))
    with open(path, "w", encoding="ascii") as file:
        for word in sorted(words):
            file.write('"' + "".join(c if c.isalnum() and c.isascii() or c in " _-" else "".join(f"\\x{b:02x}" for b in c.encode()) for c in word) + '"\n')
    return len(words)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("tool")
    parser.add_argument("fuzzers")
    parser.add_argument("source")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--keep", default="")
    options = parser.parse_args()
    work = tempfile.mkdtemp(prefix="railwindow-hostile-")
    keep = os.path.abspath(options.keep or tempfile.mkdtemp(prefix="railwindow-found-"))
    os.makedirs(keep, exist_ok=True)
    counts = [0, 0]

    def say(good, what):
        counts[not good] += 1
        print("ok     " if good else "not ok ", what, flush=True)

    environment = dict(os.environ, ASAN_OPTIONS="detect_leaks=1:allocator_may_return_null=0", RAILWINDOW_DATA=os.path.abspath(options.source))
    words = dictionary(options.tool, os.path.join(work, "dictionary.txt"))
    running = []
    for target in TARGETS:
        found = os.path.join(work, target)
        os.makedirs(found)
        corpus = os.path.join(options.source, "tests/fuzz/corpus", target)
        command = [os.path.join(options.fuzzers, f"railwindow_fuzz_{target}"), f"-max_total_time={options.seconds}", "-timeout=20", "-rss_limit_mb=2048",
                   "-print_final_stats=1", f"-dict={os.path.join(work, 'dictionary.txt')}", f"-artifact_prefix={keep}/{target}-", found, corpus]
        told = open(os.path.join(work, target + ".log"), "w+b")  # a pipe would fill, and the fuzzer wait
        running.append((target, told, subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=told, env=environment)))
    for target, told, process in running:
        process.wait()
        told.seek(0)
        text = told.read().decode(errors="replace")
        ran = re.search(r"number_of_executed_units:\s*(\d+)", text)
        covered = re.findall(r"cov: (\d+)", text)
        say(process.returncode == 0, f"fuzz {target}: {ran.group(1) if ran else '?'} inputs, {covered[-1] if covered else '?'} edges covered, {words} words")
        if process.returncode != 0:
            print(text[-4000:])
    for scenario in sorted(glob.glob(os.path.join(options.source, "scenarios/**/*.yaml"), recursive=True)):
        done = subprocess.run([options.tool, "run", scenario, "--runs", "200", "--format", "json"], capture_output=True, env=environment)
        good = done.returncode == 0 and b"ERROR: AddressSanitizer" not in done.stderr and b"runtime error" not in done.stderr
        say(good, f"{os.path.relpath(scenario, options.source)}: 200 runs")
        if not good:
            print(done.stderr.decode(errors="replace")[-2000:])
    shutil.rmtree(work, ignore_errors=True)
    print(f"{counts[0]} passed, {counts[1]} failed")
    return counts[1] > 0


if __name__ == "__main__":
    sys.exit(main())
