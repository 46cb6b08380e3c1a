"""Times: aware datetimes on the clocks of stations, UTC in numpy, never a naive datetime."""

import datetime
import json
import subprocess
import sys
import zoneinfo

import numpy
import pytest

import railwindow

VLADIVOSTOK = zoneinfo.ZoneInfo("Asia/Vladivostok")


def test_exact_local_times_are_the_instants_on_the_clocks_of_the_place():
    times = numpy.array(["2019-04-24T10:00", "NaT", "2017-01-01T00:00"], dtype="datetime64[ms]")
    local = railwindow.local_times(times, ["Asia/Vladivostok", "UTC", "Asia/Pyongyang"])
    assert local[0] == datetime.datetime(2019, 4, 24, 20, tzinfo=VLADIVOSTOK) and local[0].hour == 20
    assert local[1] is None
    assert local[2].utcoffset() == datetime.timedelta(hours=8, minutes=30)  # Pyongyang time, 2015 to 2018
    assert railwindow.utc(local[0]) == times[0]
    assert railwindow.local_time(numpy.datetime64("2019-04-24T10:00:00.123"), "Asia/Vladivostok").microsecond == 123000


def test_law_local_and_back_is_the_same_instant():
    times = numpy.arange("1950-01-01", "2040-01-01", 86_400_000 * 3 + 12_345, dtype="datetime64[ms]")
    for zone in ("Asia/Pyongyang", "Asia/Vladivostok", "Asia/Shanghai", "Europe/Moscow"):
        local = railwindow.local_times(times, zone)
        assert all(time.utcoffset() is not None for time in local)
        assert [railwindow.utc(time) for time in local] == list(times)


def test_fail_naive_times_unknown_zones_and_lists_of_other_lengths_are_refused(model):
    naive = datetime.datetime(2019, 4, 24, 21)
    for refused in (
        lambda: railwindow.utc(naive),
        lambda: railwindow.depart_by(model, naive),
        lambda: model.scenario.replace({"journey.depart": naive}),
        lambda: railwindow.reach(model.scenario, time=naive),
    ):
        with pytest.raises(railwindow.InputError, match="has no time zone") as raised:
            refused()
        assert raised.value.findings[0].remedy
    with pytest.raises(railwindow.InputError, match="no time zone 'Asia/Nowhere'"):
        railwindow.local_times(numpy.array(["2019-01-01"], dtype="datetime64[ms]"), "Asia/Nowhere")
    with pytest.raises(railwindow.InputError, match="2 zones for 1 times"):
        railwindow.local_times(numpy.array(["2019-01-01"], dtype="datetime64[ms]"), ["UTC", "UTC"])


def test_law_all_columns_of_instants_say_that_they_are_utc(model, scenario):
    tables = [
        railwindow.estimate(model, runs=50).table(),
        railwindow.sample(model, runs=5).table(),
        railwindow.compare({"a": scenario, "b": scenario}, runs=50).table(),
        railwindow.depart_by(model, "2019-04-25 12:00", runs=200).table(),
        railwindow.explain(model, runs=128, pairs=16).reports(),
        railwindow.reach(scenario, within=3600, runs=10).table(),
        railwindow.profile(model).table(),
        railwindow.simulate(model),
    ]
    for table in tables:
        columns = {
            name for name, column in table.items() if isinstance(column, numpy.ndarray) and column.dtype.kind == "M"
        }
        assert columns and columns == {name for name in table if name.endswith("_utc")}


def test_exact_windows_are_the_table_on_local_clocks(model):
    estimate = railwindow.estimate(model, runs=500)
    table, windows = estimate.table(), estimate.windows()
    assert [window.station for window in windows] == table["station"]
    last = estimate.window()
    assert last == windows[-1] == estimate.window("vladivostok", event="arrive")
    assert last.times["p50"].tzinfo == VLADIVOSTOK and railwindow.utc(last.times["p50"]) == table["p50_utc"][-1]
    assert last.elapsed["p50"] / datetime.timedelta(milliseconds=1) == table["p50_elapsed"][-1].astype("int64")
    assert (
        list(last.times) == ["p5", "p50", "p95"]
        and last.errors["p50"] > datetime.timedelta(0)
        and last.probability == 1
    )
    document = json.loads(estimate.json())
    assert last.times["p50"].isoformat(timespec="seconds")[:16] in json.dumps(document)
    with pytest.raises(railwindow.InputError, match="no window at 'nowhere'"):
        estimate.window("nowhere")
    with pytest.raises(railwindow.InputError, match="no window to depart at 'vladivostok'"):
        estimate.window("vladivostok", event="depart")


def test_exact_aware_times_ask_the_same_as_text(model, scenario):
    deadline = datetime.datetime(2019, 4, 24, 21, tzinfo=VLADIVOSTOK)
    asked = [
        railwindow.depart_by(model, by, confidence=0.9, runs=500)
        for by in ("2019-04-24 21:00", deadline, numpy.datetime64("2019-04-24T11:00"))
    ]
    assert len({latest.json() for latest in asked}) == 1
    latest = asked[0]
    assert latest.deadline == deadline and latest.deadline.tzinfo == VLADIVOSTOK and latest.station == "vladivostok"
    assert (
        latest.latest.tzinfo == zoneinfo.ZoneInfo("Asia/Pyongyang")
        and railwindow.utc(latest.latest) == latest.latest_utc
    )
    assert {name: railwindow.utc(time) for name, time in latest.arrival.items()} == latest.arrival_utc
    hour = scenario.replace({"journey.depart": datetime.datetime(2019, 4, 23, 12, tzinfo=datetime.timezone.utc)})
    assert railwindow.simulate(railwindow.build(hour))["depart_utc"][0] == numpy.datetime64("2019-04-23T12:00")


def test_exact_without_zones_in_python_offsets_are_the_engines():
    code = """
import zoneinfo; zoneinfo.reset_tzpath(to=[])
import sys; sys.modules["tzdata"] = None
import numpy, railwindow
time = railwindow.local_time(numpy.datetime64("2017-01-01T00:00"), "Asia/Pyongyang")
print(time.isoformat(), time.tzname(), type(time.tzinfo).__name__)
"""
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert ran.stdout == "2017-01-01T08:30:00+08:30 Asia/Pyongyang timezone\n", ran.stderr
