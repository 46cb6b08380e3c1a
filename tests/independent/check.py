#!/usr/bin/env python3
"""Simulates scenario.yaml with the standard library alone and holds the windows of `railwindow run` against it.

Usage: check.py RAILWINDOW. Exit status 0 when every quantile agrees within 4 standard errors.
"""

import datetime
import json
import math
import pathlib
import random
import subprocess
import sys

RUNS = 200_000
QUANTILES = [0.05, 0.25, 0.5, 0.75, 0.95]
START = datetime.datetime.fromisoformat("2020-03-01T06:00:00+09:00")


def triangular(u, low, mode, high):
    """The inverse of the distribution function; random.triangular would not share its uniform number."""
    split = (mode - low) / (high - low)
    if u < split:
        return low + math.sqrt(u * (high - low) * (mode - low))
    return high - math.sqrt((1 - u) * (high - low) * (high - mode))


def journey(rng):
    """Hours after 06:00 at beta, gamma and delta: arrivals, and the departures from beta and gamma."""
    pace = rng.gauss(0, 0.08)
    worked = rng.random()  # one number for all lines of the country
    first, second = triangular(worked, 40, 50, 70), 30 + 15 * worked

    def hours(length, speed):
        return length / (speed * math.exp(-(pace + rng.gauss(0, 0.05))))

    clock = 2 * rng.random()
    times = [clock := clock + hours(120, first)]
    sigma = math.log(120 / 25) / 1.6448536269514722
    times.append(clock := clock + 25 / 60 * math.exp(sigma * rng.gauss(0, 1)))
    times.append(clock := clock + hours(180, first))
    change = rng.triangular(10, 50, 20) / 60 if rng.random() < 0.6 else 0
    times.append(clock := clock + change)
    times.append(clock + hours(90, second))
    return times


def quantile(ordered, p):
    """Value and standard error, by order statistics."""
    n = len(ordered)
    spread = math.sqrt(n * p * (1 - p))
    at = lambda rank: ordered[min(n, max(1, math.ceil(rank))) - 1]
    return at(n * p - 1e-9), (at(n * p + spread) - at(n * p - spread)) / 2


def main():
    rng = random.Random(20200301)
    runs = [journey(rng) for _ in range(RUNS)]
    columns = [sorted(column) for column in zip(*runs)]
    scenario = pathlib.Path(__file__).parent / "scenario.yaml"
    command = [sys.argv[1], "run", str(scenario), "--runs", str(RUNS), "--format", "json", "--quantiles", ",".join(map(str, QUANTILES))]
    result = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    points = {(p["station"], p["event"]): p for p in result["timing_points"]}
    names = [("beta", "arrive"), ("beta", "depart"), ("gamma", "arrive"), ("gamma", "depart"), ("delta", "arrive")]
    worst = 0
    for name, column in zip(names, columns):
        for p in QUANTILES:
            label = f"p{p * 100:g}"
            told = datetime.datetime.fromisoformat(points[name]["time"][label])
            hours = (told - START).total_seconds() / 3600
            value, error = quantile(column, p)
            theirs = points[name]["error_seconds"][label] / 3600
            off = (hours - value) / math.hypot(error, theirs, 0.5 / 3600)  # times are written to the second
            worst = max(worst, abs(off))
            print(f"{name[0]:6} {name[1]:6} {label:4} railwindow {hours:8.4f} h  here {value:8.4f} h  {off:+5.2f} standard errors")
    print(f"worst: {worst:.2f} standard errors")
    return 0 if worst < 4 else 1


if __name__ == "__main__":
    sys.exit(main())
