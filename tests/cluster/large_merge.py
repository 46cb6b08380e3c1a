"""Merges parts that are larger than memory: large_merge.py TOOL ROOT FOLDER [RUNS].

Runs of a real question are simulated for 64 blocks only. Parts of RUNS runs (2^27) repeat them, with a head and a checksum as they must have.
So every quantile of the merged runs is known from the few that were simulated: it is compared to the millisecond. Prints time and memory of the
merge, and ends with `N passed, N failed`. Needs 265 bytes of disk for each run.
"""

import csv
import json
import math
import os
import pathlib
import resource
import struct
import subprocess
import sys
import time
import zlib

RUNS_PER_BLOCK, BLOCKS, PARTS = 256, 64, 16
SCENARIO = "scenarios/pyongyang-vladivostok-2019.yaml"


def simulated_blocks(tool, root, folder, runs):
    """The head of a part of `runs` runs, and the bytes of its blocks."""
    file = folder / "first.rwpart"
    parts = runs // RUNS_PER_BLOCK // BLOCKS
    subprocess.run([tool, "run", SCENARIO, "--runs", str(runs), "--part", f"1/{parts}", "--output", file, "--force", "--quiet"], cwd=root, check=True)
    text = file.read_bytes()
    head, body = text.split(b"\n", 1)
    blocks, at = [], 0
    for _ in range(BLOCKS):
        (size,) = struct.unpack_from("<Q", body, at)
        blocks.append(body[at : at + 8 + size])
        at += 8 + size
    assert len(body) == at + 10, "a part ends with its checksum"
    return json.loads(head), blocks


def write_part(file, head, blocks, part, runs):
    count = runs // RUNS_PER_BLOCK // PARTS
    begin = (part - 1) * count
    repeated = b"".join(blocks)
    head = dict(head, part=part, parts=PARTS, bytes=len(repeated) * (count // BLOCKS))
    head["phases"] = [dict(head["phases"][0], begin=begin, end=begin + count)]
    checksum = 0
    with open(file, "wb") as out:
        for piece in [json.dumps(head, separators=(",", ":"), ensure_ascii=False).encode() + b"\n", *[repeated] * (count // BLOCKS)]:
            checksum = zlib.crc32(piece, checksum)
            out.write(piece)
        out.write(b"\n%08x\n" % checksum)


def simulated_times(tool, root, folder):
    """By station, the sorted times since departure, in milliseconds, of the runs that were simulated."""
    file = folder / "first.csv"
    runs = BLOCKS * RUNS_PER_BLOCK
    subprocess.run(
        [tool, "run", SCENARIO, "--runs", str(runs), "--samples", file, "--output", "/dev/null", "--force", "--quiet"], cwd=root, check=True
    )
    times = {}
    with open(file) as lines:
        for row in csv.DictReader(lines):
            if row["arrive"]:
                times.setdefault(row["station"], []).append(round(1000 * float(row["since_departure_seconds"])))
    return {station: sorted(values) for station, values in times.items()}


def main(tool, root, folder, runs):
    tool, root, folder = pathlib.Path(tool).resolve(), pathlib.Path(root).resolve(), pathlib.Path(folder).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    head, blocks = simulated_blocks(tool, root, folder, runs)
    files = [folder / f"{part}.rwpart" for part in range(1, PARTS + 1)]
    for part, file in enumerate(files, 1):
        write_part(file, head, blocks, part, runs)
    size = sum(file.stat().st_size for file in files)
    began = time.monotonic()
    merged = subprocess.run([tool, "merge", *files, "--format", "json", "--quiet"], cwd=root, check=True, stdout=subprocess.PIPE).stdout
    seconds = time.monotonic() - began
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    for file in files:
        file.unlink()
    answer = json.loads(merged)
    repeats = runs // (BLOCKS * RUNS_PER_BLOCK)
    passed = failed = 0
    times = simulated_times(tool, root, folder)
    for point in answer["timing_points"]:
        if point["event"] == "depart" or point["train"] != "main":
            continue
        known = times[point["station"]]
        count = len(known) * repeats
        for name, p in (("p5", 0.05), ("p50", 0.5), ("p95", 0.95)):
            place = min(max(math.ceil(p * count - 1e-9), 1), count) - 1
            wanted, found = known[place // repeats], round(1000 * point["elapsed_seconds"][name])
            ok = wanted == found and abs(point["probability"] * runs - count) < 1
            passed, failed = passed + ok, failed + (not ok)
            if not ok:
                print(f"{point['station']} {name}: {found} ms, and not {wanted} ms")
    print(f"{answer['runs']} runs in {PARTS} parts of {size / 1e9:.2f} GB together: {seconds:.1f} s, {memory:.0f} MB of memory at most")
    print(f"{passed} passed, {failed} failed")
    return 0 if failed == 0 and passed > 0 else 1


if __name__ == "__main__":
    if len(sys.argv) not in (4, 5):
        sys.exit(__doc__)
    os.environ.pop("RAILWINDOW_DATA", None)
    sys.exit(main(*sys.argv[1:4], int(sys.argv[4]) if len(sys.argv) == 5 else 1 << 27))
