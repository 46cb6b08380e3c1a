#!/usr/bin/env python3
"""Arrays of --samples against the rows of its CSV, by numpy and the csv module: the same runs, times and places.
npz.py TOOL SOURCE"""
import csv
import datetime
import subprocess
import sys
import tempfile

import numpy


def milliseconds(text):
    """Since the epoch, in UTC; the table has whole seconds."""
    return int(datetime.datetime.fromisoformat(text).timestamp()) * 1000


def seconds(text):
    return round(float(text) * 1000)


def compare(tool, question, folder, prefix, wanted):
    for name in ("runs.csv", "runs.npz"):
        subprocess.run([tool, *question, "--samples", f"{folder}/{name}", "--quiet", "--output", f"{folder}/answer"], check=True)
    arrays = numpy.load(f"{folder}/runs.npz")
    array = lambda name: arrays[prefix + name]
    arrive, depart, moving = array("arrive"), array("depart"), array("moving")
    assert arrive.dtype == "<M8[ms]" and moving.dtype == "<m8[ms]", arrive.dtype
    assert arrive.shape == depart.shape == moving.shape == (len(array("route")), len(array("station"))), arrive.shape
    places = {place: index for index, place in enumerate(zip(array("train"), array("station")))}
    seen = numpy.zeros(arrive.shape, dtype=bool)
    with open(f"{folder}/runs.csv", newline="") as file:
        for row in csv.DictReader(file):
            if wanted(row):
                run, point = int(row["run"]), places[row["train"], row["station"]]
                seen[run, point] = True
                for name, times in (("arrive", arrive), ("depart", depart)):
                    time = times[run, point]
                    assert numpy.isnat(time) == (row[name] == ""), (row, time)
                    assert row[name] == "" or abs(time.astype("i8") - milliseconds(row[name])) <= 500, (row, time)
                assert moving[run, point].astype("i8") == seconds(row["moving_seconds"]), (row, moving[run, point])
                assert array("route")[run] == int(row["route"].removeprefix("route-")), row
                assert abs(array("distance_km")[point] - float(row["distance_km"])) < 5e-4 or len(set(array("route"))) > 1, row
    assert seen.sum() > 0 and numpy.isnat(moving[~seen]).all() and numpy.isnat(arrive[~seen]).all(), "a run has times where the table has no row"
    assert array("seed") == 5 and str(arrays["railwindow"][0]), "no seed or version"


def main():
    tool, source = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        for name in ("pyongyang-vostochny-2023", "convoy-2023", "pyongyang-moscow"):
            compare(tool, ["run", f"{source}/scenarios/{name}.yaml", "--runs", "400", "--seed", "5"], folder, "", lambda row: True)
        compare(tool, ["compare", f"{source}/scenarios/cars-15-26.yaml", "--runs", "300", "--seed", "5"], folder, "26-cars/", lambda row: row["variant"] == "26-cars")


main()
