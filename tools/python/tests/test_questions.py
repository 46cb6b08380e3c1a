"""Reach, routes, profile, inference, backtest and pages: what the command line says of the same question."""

import json
import os
import re
import subprocess

import numpy
import pytest

import railwindow
from conftest import PRESS, SOURCE

SEEN = "khasan arrive 2019-04-24 11:45..13:30"
HISTORY = [
    SOURCE / f"scenarios/history/{name}.yaml" for name in ("2019-01-pyongyang-beijing", "2011-05-beijing-dandong")
]


@pytest.fixture(scope="module")
def command(tool):
    def run(*words):
        return subprocess.run([tool, *map(str, words)], capture_output=True, text=True, check=True, cwd=SOURCE).stdout

    return run


@pytest.fixture(scope="module")
def inference(model):
    return railwindow.infer(model, seen=[SEEN], runs=2048, time="2019-04-24 11:30", timeline=True)


def test_exact_reach_is_the_document_of_the_command(scenario, command):
    found = railwindow.reach(scenario, time="2019-04-24 08:00", runs=50)
    assert found.json() == command(
        "reach", PRESS, "--time", "2019-04-24 08:00", "--runs", 50, "--format", "json", "--quiet"
    )
    table, document = found.table(), json.loads(found.json())
    assert table["station"] == [station["station"] for station in document["stations"]]
    assert found.origin == "pyongyang" and not found.stopped_early and found.runs == 50
    assert table["in_time"] == sorted(table["in_time"], reverse=True)
    places = found.whereabouts()
    assert sum(places["probability"]) == pytest.approx(1) and set(places["doing"]) <= {
        "not departed",
        "standing",
        "between",
        "arrived",
    }
    assert (
        "Vladivostok" in str(found)
        and found.csv().count("\n") == len(table["station"]) + 1
        and '"FeatureCollection"' in found.geojson()
    )
    within = railwindow.reach(scenario, within=12 * 3600, runs=50).table()
    known = numpy.array(table["in_time"]) == 1
    assert (numpy.array(within["in_time"])[: known.sum()] == 1).all(), "20:00 and 12 h are 08:00"


def test_exact_reach_back_is_the_document_of_the_command(scenario, command):
    found = railwindow.reach_back(scenario, "khasan", "2019-04-24 10:40", runs=50)
    assert found.json() == command(
        "reach",
        PRESS,
        "--arrive-at",
        "khasan",
        "--time",
        "2019-04-24 10:40",
        "--runs",
        50,
        "--format",
        "json",
        "--quiet",
    )
    table = found.table()
    assert found.arrived_at == "khasan" and table["distance_km"] == sorted(table["distance_km"])
    assert set(found.unreachable()["station"]).isdisjoint(table["station"])
    with pytest.raises(railwindow.InputError, match="did you mean 'khasan'"):
        railwindow.reach_back(scenario, "khassan", "2019-04-24 10:40", runs=10)


def test_fail_reach_wants_one_moment(scenario):
    for moments in ({}, {"within": 3600, "time": "2019-04-24 08:00"}):
        with pytest.raises(railwindow.InputError) as raised:
            railwindow.reach(scenario, **moments)
        assert raised.value.findings[0].remedy == "give one of them"
    with pytest.raises(railwindow.InputError, match="within"):
        railwindow.reach(scenario, within=-1)


def test_exact_routes_are_the_document_of_the_command(command):
    scenario = railwindow.load_scenario(SOURCE / "scenarios/corridors-to-vladivostok.yaml")
    found = railwindow.routes(scenario, count=3)
    assert found.json() == command(
        "routes", "scenarios/corridors-to-vladivostok.yaml", "--count", 3, "--format", "json"
    )
    assert found.geojson().startswith("{") and "kilo" not in repr(found)
    table = found.table()
    assert (
        len(found) == len(table["summary"])
        and found.origin == found.stations()[0]
        and found.destination == found.stations()[-1]
    )
    assert (numpy.diff(table["expected"]) >= numpy.timedelta64(0)).all() and (
        table["running"] <= table["expected"]
    ).all()
    with pytest.raises(IndexError):
        found.stations(3)
    with pytest.raises(railwindow.InputError, match="'steam' is no traction"):
        railwindow.routes(scenario, traction=["steam"])
    diesel = railwindow.routes(scenario, traction=["diesel"], count=1).table()
    assert diesel["traction_changes"] == [[]]
    for count in (0, 1001):
        with pytest.raises(railwindow.InputError, match="count"):
            railwindow.routes(scenario, count=count)


def test_exact_a_profile_is_the_document_of_the_command(model, command):
    for asked, options in (
        ({}, []),
        ({"run": 7, "seed": 2}, ["--run", 7, "--seed", 2]),
        ({"metres": 5000}, ["--step", "5 km"]),
        ({"seconds": 600}, ["--step", "10 min"]),
    ):
        assert railwindow.profile(model, **asked).json() == command("profile", PRESS, *options, "--format", "json")
    profile = railwindow.profile(model, run=7)
    table, movements, run = profile.table(), profile.movements(), railwindow.simulate(model, run=7)
    assert (numpy.diff(table["time_utc"])[numpy.diff(table["movement"]) == 0] >= numpy.timedelta64(0)).all()
    assert max(table["speed_kmh"]) <= max(table["limit_kmh"]) + 1e-9 and table["distance_km"][-1] == pytest.approx(
        model.length_km
    )
    assert movements["to"][-1] == run["station"][-1] and movements["depart_utc"][0] == run["depart_utc"][0]
    assert table["time_utc"][-1] == run["arrive_utc"][-1]
    for wrong in ({"metres": 0}, {"seconds": -1}, {"metres": 1, "seconds": 1}, {"metres": 0.001}):
        with pytest.raises(railwindow.InputError):
            railwindow.profile(model, **wrong)


def test_exact_an_inference_is_the_answer_of_the_command(inference, command):
    told = command(
        "infer",
        PRESS,
        "--seen",
        SEEN,
        "--runs",
        2048,
        "--time",
        "2019-04-24 11:30",
        "--timeline",
        "--format",
        "json",
        "--quiet",
    )
    assert inference.json() == told.replace("given on the command line", "given as seen")
    table = inference.table()
    khasan = [i for i, row in enumerate(zip(table["station"], table["event"])) if row == ("khasan", "arrive")][0]
    assert table["p5_utc"][khasan] >= numpy.datetime64("2019-04-24T01:45") and table["p95_utc"][
        khasan
    ] <= numpy.datetime64("2019-04-24T03:30")
    assert inference.destinations()["station"] == ["vladivostok"] and inference.destinations()["bound_for"] == [1]
    assert inference.reports()["text"] == ["Khasan, arrives, 2019-04-24 11:45 to 13:30"] and inference.reports()[
        "counted"
    ] == [True]
    assert (
        sum(inference.places()["probability"]) == pytest.approx(1)
        and inference.enough
        and inference.effective_runs > 400
    )
    assert inference.window("khasan").times["p5"] <= inference.window("khasan").times["p95"]


def test_exact_what_is_left_open_is_weighed_by_sightings():
    seen = railwindow.infer(railwindow.build(railwindow.load_scenario("seen-2023")), runs=4096)
    odds = seen.odds()
    ends = [i for i, kind in enumerate(odds["kind"]) if kind == "destination"]
    assert len(ends) > 1 and sum(odds["after"][i] for i in ends) == pytest.approx(1)
    bound = seen.destinations()["bound_for"]
    assert bound == sorted(bound, reverse=True) and sum(bound) == pytest.approx(1)


def test_exact_sightings_stand_where_their_times_put_them_and_positions_on_the_way(model):
    both = ["vladivostok arrive 2019-04-24 19:00..23:00", SEEN]
    assert (
        railwindow.infer(model, seen=both, runs=1024).json()
        == railwindow.infer(model, seen=both[::-1], runs=1024).json()
    )
    there = railwindow.infer(model, seen=["43.80N 131.97E pass 2019-04-24 18:00..23:00"], runs=1024)
    assert there.reports()["station"] != [] and there.effective_runs > 0
    for wrong in ("khasan", "khasan arrive soon", "0N 0E pass 2019-04-24 18:00"):
        with pytest.raises(railwindow.InputError) as raised:
            railwindow.infer(model, seen=[wrong], runs=1024)
        assert "seen" in str(raised.value) and "--seen" not in str(raised.value)
    with pytest.raises(railwindow.Infeasible, match="none of"):
        railwindow.infer(model, seen=["khasan arrive 2019-04-25 23:00..23:10"], runs=1024)


def test_exact_a_backtest_is_the_document_of_the_command(command):
    scenarios = [railwindow.load_scenario(path) for path in HISTORY]
    found = railwindow.backtest(scenarios, runs=200)
    assert found.json() == command("backtest", *HISTORY, "--runs", 200, "--format", "json", "--quiet")
    journeys, targets = found.journeys(), found.targets()
    assert dict(zip(journeys["scenario"], journeys["known"])) == {HISTORY[0].stem: True, HISTORY[1].stem: False}
    for journey, crps in zip(journeys["scenario"], journeys["crps"]):
        rows = [row for row, of in enumerate(targets["scenario"]) if of == journey and targets["counts"][row]]
        assert numpy.mean([targets["crps"][row] for row in rows]) == pytest.approx(crps)
    assert set(railwindow.backtest(scenarios, unseen=set(), runs=50).targets()["known"]) == {True}
    for wrong in (
        lambda: railwindow.backtest([]),
        lambda: railwindow.backtest([scenarios[0]] * 2),
        lambda: railwindow.backtest(scenarios, unseen={"nobody"}),
        lambda: railwindow.backtest([railwindow.load_scenario(PRESS)]),
    ):
        with pytest.raises(railwindow.InputError):
            wrong()


def test_exact_pages_are_those_of_the_command(model, scenario, inference, command, tmp_path):
    wheels = railwindow.load_variants([str(SOURCE / "scenarios/wheels-at-tumangang.yaml")])
    pages = {
        "run": (
            railwindow.estimate(model, runs=500, quantiles=(0.1, 0.9)),
            [PRESS, "--runs", 500, "--quantiles", "0.1,0.9"],
        ),
        "compare": (railwindow.compare(wheels, runs=200), ["scenarios/wheels-at-tumangang.yaml", "--runs", 200]),
        "explain": (railwindow.explain(model, runs=512, pairs=32), [PRESS, "--runs", 512, "--pairs", 32]),
        "routes": (railwindow.routes(scenario), [PRESS]),
        "infer": (inference, [PRESS, "--seen", SEEN, "--runs", 2048, "--time", "2019-04-24 11:30", "--timeline"]),
        "backtest": (
            railwindow.backtest([railwindow.load_scenario(path) for path in HISTORY], runs=100),
            [*HISTORY, "--runs", 100],
        ),
    }
    for name, (result, words) in pages.items():
        mine, theirs = tmp_path / f"{name}.html", tmp_path / f"{name}-told.html"
        result.report(mine)
        command(name, *words, "--report", theirs, *([] if name == "routes" else ["--quiet"]))
        # Files are named as each was given them, and only the command can say which command it was.
        told = theirs.read_text()
        told = re.sub(r'"made":\{.*?\},"not_modelled"', '"made":{"command":"","scenarios":[]},"not_modelled"', told)
        # Longer names break lines elsewhere.
        mine, told = (" ".join(text.replace(f"{SOURCE}/", "").split()) for text in (mine.read_text(), told))
        told = told.replace("given on the command line", "given as seen")
        assert mine == told, name


def test_fail_pages_replace_nothing_unasked_and_are_never_half(model, scenario, tmp_path):
    page = tmp_path / "page.html"
    page.write_text("mine")
    ways = railwindow.routes(scenario)
    with pytest.raises(FileExistsError, match="overwrite=True"):
        railwindow.report(ways, page)
    assert page.read_text() == "mine"
    link = tmp_path / "link.html"
    link.symlink_to(page)
    railwindow.report(ways, link, overwrite=True)
    assert link.is_symlink() and page.read_text().startswith("<!")
    with pytest.raises(FileNotFoundError):
        railwindow.report(ways, tmp_path / "no/such/folder.html")
    (tmp_path / "folder").mkdir()
    with pytest.raises(IsADirectoryError):
        railwindow.report(ways, tmp_path / "folder", overwrite=True)
    (tmp_path / "folder").rmdir()
    with pytest.raises(railwindow.InputError, match="timeline=True"):
        railwindow.infer(model, seen=[SEEN], runs=1024).report(tmp_path / "new.html")
    with pytest.raises(railwindow.InputError, match="stopped early"):
        railwindow.explain(model, progress=lambda done, of: False).report(tmp_path / "new.html")
    with pytest.raises(railwindow.InputError, match="stopped early"):
        railwindow.estimate(model, runs=2000).report(tmp_path / "new.html", progress=lambda done, of: False)
    assert sorted(os.listdir(tmp_path)) == ["link.html", "page.html"], "nothing unfinished is left"
