"""Scenarios by name, and changed by the paths that their files have."""

import datetime
import os
import pathlib
import shutil
import subprocess
import sys

import numpy
import pytest

import railwindow
from conftest import PRESS, SOURCE


def run_of(scenario):
    return railwindow.simulate(railwindow.build(scenario), seed=1, run=3)


def test_exact_scenarios_are_those_that_came_with_the_module(tool):
    listed = railwindow.scenarios()
    assert [one.name for one in listed] == sorted(path.stem for path in (SOURCE / "scenarios").glob("*.yaml"))
    told = subprocess.run(
        [tool, "scenarios"],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "RAILWINDOW_DATA": str(SOURCE)},
    )
    for one in listed:
        assert " ".join(f"{one.name}: {one.question}".split()) in " ".join(told.stdout.split())
        assert railwindow.load_scenario(one.name).question == one.question
    assert repr(listed[0]).startswith("ScenarioName(name=")


def test_law_names_are_found_as_the_command_line_finds_them(tmp_path, monkeypatch):
    assert (
        railwindow.load_scenario("press-20-hours").name
        == railwindow.load_scenario(pathlib.Path(PRESS)).name
        == "press-20-hours"
    )
    with pytest.raises(railwindow.InputError, match="did you mean 'press-20-hours'"):
        railwindow.load_scenario("pres-20-hours")
    with pytest.raises(railwindow.InputError, match="no such file"):
        railwindow.load_scenario("pres-20-hours.yaml")
    with pytest.raises(railwindow.InputError, match="no such file"):
        railwindow.load_scenario("scenarios/pres-20-hours")
    # A file of that name in the working folder goes first.
    shutil.copytree(SOURCE / "networks", tmp_path / "networks")
    (tmp_path / "here").mkdir()
    (tmp_path / "here/press-20-hours").write_text(
        "# Mine?\n" + (SOURCE / "scenarios/press-20-hours.yaml").read_text().split("\n", 2)[2]
    )
    monkeypatch.chdir(tmp_path / "here")
    assert railwindow.load_scenario("press-20-hours").question == "Mine?"
    monkeypatch.setenv("RAILWINDOW_DATA", str(tmp_path))
    assert railwindow.scenarios() == []
    with pytest.raises(railwindow.InputError, match="no such file"):  # no scenarios came with it: a name is a path
        railwindow.load_scenario("cars-15-26")


def test_exact_a_variant_is_read_by_its_name():
    base = railwindow.load_scenario("wheels-at-tumangang")
    assert len(base.variants) > 0 and base.variant == "" and base.changes == []
    name = base.variants[0]
    varied = railwindow.load_scenario("wheels-at-tumangang", variant=name)
    assert varied.variant == name and varied.changes
    assert base.replace(variant=name).changes == varied.changes == railwindow.load_variants([base.file])[name].changes
    assert list(railwindow.load_variants(["wheels-at-tumangang"])) == [base.name, *base.variants]
    assert railwindow.check([pathlib.Path(base.file)])[0][0] == base.file
    assert varied.replace(variant="").changes == []
    with pytest.raises(railwindow.InputError, match="there is no variant 'nobody'"):
        base.replace(variant="nobody")


def test_exact_replace_is_what_set_says(scenario, tool):
    changes = {
        "journey.depart": "2019-04-23 21:00",
        "journey.calls[0].dwell": datetime.timedelta(hours=2),
        "edits.train.cars": 26,
        "journey.via": ["rajin", "ussuriysk"],
        "journey.reception": False,
    }
    changed = railwindow.replace(scenario, changes)
    sets = [
        "journey.depart=2019-04-23 21:00",
        "journey.calls[0].dwell=2 h",
        "edits.train.cars=26",
        "journey.via=[rajin, ussuriysk]",
        "journey.reception=false",
    ]
    options = [word for one in sets for word in ("--set", one)]
    told = subprocess.run(
        [tool, "profile", PRESS, *options, "--run", "3", "--seed", "1", "--format", "csv"],
        capture_output=True,
        text=True,
        check=True,
    )
    profile = railwindow.profile(railwindow.build(changed), run=3)
    assert profile.csv() == told.stdout and profile.cars == 26
    assert changed.changes[0] == 'journey.depart: "2019-04-23 21:00"' and len(changed.changes) == len(changes)
    assert scenario.changes == [], "the scenario itself is not changed"


def test_exact_values_are_written_as_files_have_them(scenario):
    hour = numpy.timedelta64(1, "h")
    base = run_of(scenario)["depart_utc"][0]
    utc = datetime.timezone.utc
    for value in (
        "2019-04-23 21:00",
        "2019-04-23T12:00Z",
        datetime.datetime(2019, 4, 23, 12, tzinfo=utc),
        numpy.datetime64("2019-04-23T12:00"),
        {"at": "2019-04-23 21:00"},
        {"at": datetime.datetime(2019, 4, 23, 12, tzinfo=utc)},
    ):
        assert run_of(scenario.replace({"journey.depart": value}))["depart_utc"][0] == base + hour, value
    dwell = {
        run_of(scenario.replace({"journey.calls[0].dwell": value}))["arrive_utc"][-1]
        for value in (
            "90 min",
            datetime.timedelta(minutes=90),
            numpy.timedelta64(90, "m"),
            {"triangular": ["90 min"] * 3},
        )[:3]
    }
    assert len(dwell) == 1
    cars = {
        railwindow.profile(railwindow.build(scenario.replace({"edits.train.cars": value}))).cars
        for value in (20, numpy.int64(20), "20")
    }
    assert cars == {20}
    with pytest.raises(railwindow.InputError, match="cannot be written in a scenario"):
        scenario.replace({"edits.train.cars": object()})


def test_law_changes_add_up_and_later_ones_win(scenario):
    once = scenario.replace({"journey.depart": "2019-04-23 21:00", "edits.train.cars": 26})
    twice = (
        scenario.replace({"journey.depart": "2019-04-23 22:00"})
        .replace({"edits.train.cars": 26})
        .replace({"journey.depart": "2019-04-23 21:00"})
    )
    assert (run_of(once)["arrive_utc"] == run_of(twice)["arrive_utc"]).all()


def test_law_none_takes_out_what_stands_there(scenario):
    quiet = scenario.replace({"claims": None, "notes": None})
    assert (
        quiet.changes == ["without claims", "without notes"]
        and "20 hours or more" not in railwindow.estimate(railwindow.build(quiet), runs=50).json()
    )
    assert scenario.replace({"claims": None}).replace({"claims": None}).changes == ["without claims"]
    # What only a change had put there goes with that change; what the file has, too.
    assert scenario.replace({"disruptions": "off"}).replace({"disruptions": None}).changes == []
    assert scenario.replace({"journey.calls[0].dwell": "2 h"}).replace({"journey.calls": None}).changes == [
        "without journey.calls"
    ]
    open_way = railwindow.load_scenario("seen-2023")
    named = open_way.replace({"journey.routes": None, "journey.via": ["rajin", "ussuriysk"]})
    assert "without journey.routes" in named.changes


@pytest.mark.parametrize(
    "changes, what, remedy",
    [
        ({"journey.departt": "2019-04-23 21:00"}, "unknown key in journey", "did you mean 'depart'?"),
        ({"journey.depart": "Tuesday 18:00"}, "weekday", ""),
        ({"journey.calls[3].dwell": "2 h"}, "'journey.calls' has 1 entry", "entries count from [0]"),
        ({"journey.claims": None}, "the file has no 'journey.claims'", "write a path"),
        ({"": "1"}, "no '='", "write path.to.key=value"),
        ({"edits.train.cars": "many"}, "many", ""),
        ({"journey.via": "[rajin"}, "is no value", "as in a file"),
    ],
)
def test_fail_replace_says_which_path_what_is_wrong_and_what_would_be_right(scenario, changes, what, remedy):
    with pytest.raises(railwindow.InputError) as raised:
        scenario.replace(changes)
    finding = raised.value.findings[0]
    path = next(iter(changes))
    assert what in finding.what and remedy in finding.remedy and finding.is_error
    assert path in finding.file + finding.subject and "--set" not in str(finding)


def test_law_scenarios_in_memory_are_changed_in_memory():
    files = {
        str(path.relative_to(SOURCE)): path.read_text()
        for folder in ("networks", "scenarios")
        for path in (SOURCE / folder).rglob("*.yaml")
    }
    name = "scenarios/press-20-hours.yaml"
    files[name] = files[name].replace("20:00", "19:00", 1)
    scenario = railwindow.load_scenario(name, files)
    files.clear()
    later = scenario.replace({"journey.calls[0].dwell": "2 h"})
    assert run_of(later)["depart_utc"][0] == numpy.datetime64("2019-04-23T10:00") and later.changes == [
        "journey.calls[0].dwell: 2 h"
    ]


def test_law_scenarios_know_their_files(scenario):
    assert scenario.file == PRESS == scenario.files[0] and all(pathlib.Path(file).is_file() for file in scenario.files)
    assert len(scenario.files) > 5


def test_exact_the_folder_of_data_is_the_variable_or_what_came_with_the_module(monkeypatch, tmp_path):
    monkeypatch.setenv("RAILWINDOW_DATA", str(tmp_path))
    assert railwindow.data_folder() == tmp_path
    ran = subprocess.run(
        [sys.executable, "-c", "import railwindow; print(railwindow.data_folder())"],
        capture_output=True,
        text=True,
        env={name: value for name, value in os.environ.items() if name != "RAILWINDOW_DATA"},
    )
    assert ran.stdout.strip() in (
        "None",
        str(pathlib.Path(railwindow.__file__).parent / "data"),
        "/usr/share/railwindow",
    ), ran.stderr
