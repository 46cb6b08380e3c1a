"""The module as its users meet it. Names begin with the kind of test, as in the rest of the project."""

import json
import threading

import numpy
import pytest

import railwindow
from conftest import PRESS, SOURCE


def test_exact_the_table_has_a_row_for_each_timing_point_and_event(model):
    estimate = railwindow.estimate(model, runs=1000)
    table = estimate.table()
    assert estimate.runs == 1000
    assert {len(column) for column in table.values()} == {len(table["station"])}
    assert table["station"][0] == "pyongyang" and table["station"][-1] == "vladivostok"
    assert table["p5_utc"].dtype == "datetime64[ms]" and table["p50_error"].dtype == "timedelta64[ms]"
    assert (table["p5_utc"] <= table["p50_utc"]).all() and (table["p50_utc"] <= table["p95_utc"]).all()
    assert "Vladivostok" in str(estimate) and estimate.json().startswith("{") and estimate.csv().count("\n") > 10


def test_exact_quantiles_are_those_of_the_samples(model):
    samples = railwindow.sample(model, runs=1000)
    arrivals = numpy.sort(samples.arrive_utc("vladivostok"))
    arrivals = arrivals[~numpy.isnat(arrivals)]
    table = railwindow.estimate(model, runs=1000).table()
    assert table["p50_utc"][-1] == arrivals[int(numpy.ceil(0.5 * len(arrivals))) - 1]


def test_law_samples_are_not_copied_and_outlive_their_owner(model):
    samples = railwindow.sample(model, runs=500)
    first, second = samples.arrive_utc("vladivostok"), samples.arrive_utc("vladivostok")
    assert numpy.shares_memory(first, second) and not first.flags.owndata and not first.flags.writeable
    kept = first.copy()
    del samples, second
    assert (first == kept).all()


def test_law_the_same_seed_gives_the_same_bits_on_any_threads(model):
    one, two = (railwindow.sample(model, runs=2000, threads=threads).arrive_utc("khasan") for threads in (1, 2))
    assert (one == two).all()


def test_law_the_interpreter_is_free_while_the_library_works(model):
    seen, over = [], threading.Event()

    def count():
        while not over.is_set():
            seen.append(1)
            over.wait(0.001)

    counter = threading.Thread(target=count)
    counter.start()
    railwindow.estimate(model, runs=20_000, threads=1)
    over.set()
    counter.join()
    assert len(seen) > 10


def test_law_progress_is_told_and_may_stop(model):
    told = []
    assert not railwindow.estimate(
        model, runs=2000, threads=1, progress=lambda done, of: told.append((done, of))
    ).stopped_early
    assert told[-1] == (2000, 2000)
    assert railwindow.estimate(model, runs=100_000, progress=lambda done, of: False).stopped_early
    with pytest.raises(ZeroDivisionError):
        railwindow.estimate(model, runs=2000, progress=lambda done, of: 1 / 0)


def test_law_errors_say_where(tmp_path):
    files = {
        str(path.relative_to(SOURCE)): path.read_text()
        for folder in ("networks", "scenarios")
        for path in (SOURCE / folder).rglob("*.yaml")
    }
    files["scenarios/press-20-hours.yaml"] = files["scenarios/press-20-hours.yaml"].replace(
        "to: vladivostok", "to: vladivostock", 1
    )
    scenario = railwindow.load_scenario("scenarios/press-20-hours.yaml", files)
    with pytest.raises(railwindow.InputError, match="did you mean 'vladivostok'") as raised:
        railwindow.build(scenario)
    finding = raised.value.findings[0]
    assert finding.file == "scenarios/press-20-hours.yaml" and finding.line > 1 and finding.is_error
    assert isinstance(raised.value, ValueError)
    with pytest.raises(railwindow.InputError, match="no such file"):
        railwindow.load_scenario(str(tmp_path / "missing.yaml"))


def test_exact_a_replaced_departure_moves_the_whole_journey(model):
    scenario = railwindow.load_scenario(PRESS)
    later = railwindow.build(scenario.replace({"journey.depart": "2019-04-23 21:00"}))
    moved = railwindow.sample(later, runs=200).arrive_utc("khasan") - railwindow.sample(model, runs=200).arrive_utc(
        "khasan"
    )
    assert (moved == numpy.timedelta64(1, "h")).all()
    with pytest.raises(railwindow.InputError, match="weekday"):
        scenario.replace({"journey.depart": "Tuesday 18:00"})


def test_exact_one_run_is_a_row_of_the_samples(model):
    run = railwindow.simulate(model, seed=1, run=7)
    assert run["arrived"] and run["station"][-1] == "vladivostok"
    assert run["arrive_utc"][-1] == railwindow.sample(model, runs=8).arrive_utc("vladivostok")[7]


def test_exact_a_later_departure_is_later_in_every_pair():
    base = railwindow.load_scenario(PRESS)
    comparison = railwindow.compare(
        {"base": base, "later": base.replace({"journey.depart": "2019-04-23 21:00"})}, at="khasan", runs=500
    )
    table = comparison.table()
    assert table["name"] == ["base", "later"] and table["infeasible"] == ["", ""]
    assert {len(column) for column in table.values()} == {2}
    hour = numpy.timedelta64(1, "h")
    for column in ("mean_later", "p5_later", "p50_later", "p95_shift"):
        assert numpy.isnat(table[column][0]) and table[column][1] == hour, column
        assert table[column].dtype == "timedelta64[ms]"
    assert table["p50_utc"][1] - table["p50_utc"][0] == hour and table["earlier"][1] == 0
    assert (
        '"railwindow.comparison/1"' in comparison.json()
        and comparison.csv().count("\n") == 3
        and "later" in str(comparison)
    )
    windows = railwindow.estimate(railwindow.build(base), runs=500).table()
    khasan = next(i for i, row in enumerate(zip(windows["station"], windows["event"])) if row == ("khasan", "arrive"))
    assert table["p50_utc"][0] == windows["p50_utc"][khasan]


def test_exact_the_variants_of_a_file_are_compared_by_name():
    variants = railwindow.load_variants([str(SOURCE / "scenarios/wheels-at-tumangang.yaml")])
    names = list(variants)
    assert len(names) > 1 and all(isinstance(scenario, railwindow.Scenario) for scenario in variants.values())
    assert railwindow.compare(variants, runs=50).table()["name"] == names
    with pytest.raises(railwindow.InputError, match="no variant"):
        railwindow.load_variants([PRESS], only=["nobody"])
    with pytest.raises(railwindow.InputError, match="nothing to compare"):
        railwindow.compare({})
    with pytest.raises(railwindow.InputError, match="did you mean 'khasan'"):
        railwindow.compare(variants, at="khassan", runs=10)


def test_law_the_latest_departure_is_in_time_and_a_minute_later_is_not(model):
    latest = railwindow.depart_by(model, "2019-04-24 21:00", confidence=0.9, runs=1000)
    table = latest.table()
    assert table["depart_utc"][0] == latest.latest_utc and table["depart_utc"][1] - table["depart_utc"][
        0
    ] == numpy.timedelta64(1, "m")
    assert table["at_least"][0] == latest.at_least >= 0.9 > table["at_least"][1]
    assert latest.deadline_utc == numpy.datetime64("2019-04-24T11:00") and latest.arriving == 1
    # The same departure, simulated by itself.
    leaving = railwindow.load_scenario(PRESS).replace({"journey.depart": f"{latest.latest_utc!s:.16}Z"})
    arrivals = railwindow.sample(railwindow.build(leaving), runs=1000).arrive_utc("vladivostok")
    assert (arrivals <= latest.deadline_utc).mean() == latest.in_time
    assert numpy.sort(arrivals)[499] == latest.arrival_utc["p50"]
    curve = railwindow.depart_by(model, "2019-04-24 21:00", confidence=0.9, runs=1000, curve=True).table()
    assert len(curve["depart_utc"]) > 5 and curve["in_time"] == sorted(curve["in_time"], reverse=True)
    assert (
        '"railwindow.departure/1"' in latest.json()
        and latest.csv().count("\n") == 3
        and "Its window there" in str(latest)
    )


def test_law_questions_say_what_is_wrong_with_them(model):
    with pytest.raises(railwindow.InputError, match="weekday") as raised:
        railwindow.depart_by(model, "Tuesday 18:00")
    assert raised.value.findings[0].subject == "arrive_by" and raised.value.findings[0].remedy
    with pytest.raises(railwindow.InputError, match="confidence"):
        railwindow.depart_by(model, "2019-04-24 21:00", confidence=1.5)
    assert railwindow.depart_by(model, "2019-04-24 21:00", progress=lambda done, of: False).stopped_early
    assert railwindow.compare({"base": railwindow.load_scenario(PRESS)}, progress=lambda done, of: False).stopped_early


def test_law_the_interpreter_is_free_during_questions_too(model):
    base = railwindow.load_scenario(PRESS)
    for question in (
        lambda: railwindow.compare({"base": base, "again": base}, runs=10_000, threads=1),
        lambda: railwindow.depart_by(model, "2019-04-24 21:00", runs=10_000, threads=1),
    ):
        answered = threading.Thread(target=question)
        answered.start()
        turns = 0
        while answered.is_alive():
            turns += 1
            answered.join(0.001)
        assert turns > 10


def test_exact_an_explanation_is_the_document_of_the_command(model):
    found = railwindow.explain(model, runs=1024, pairs=64, numbers=True)
    document = json.loads(found.json())
    groups, reports, numbers = found.groups(), found.reports(), found.numbers()
    assert found.destination == "vladivostok" == document["destination"] and not found.stopped_early
    assert found.width / numpy.timedelta64(1, "s") == document["width_seconds"]
    assert groups["name"] == [group["name"] for group in document["groups"]]
    assert groups["spread"] == pytest.approx([group["total"]["value"] for group in document["groups"]], abs=1e-6)
    assert reports["station"] == [report["station"] for report in document["reports"]]
    widths = [report["known_to"][1]["width_seconds"] for report in document["reports"]]
    assert list(reports["width_1800"] / numpy.timedelta64(1, "s")) == pytest.approx(widths, abs=1e-3)
    assert (reports["p5_utc"] <= reports["p95_utc"]).all() and reports["p5_utc"].dtype == "datetime64[ms]"
    assert found.best_early_report == document["best_early_report"]
    assert numbers["name"] == [number["name"] for number in document["numbers"]]
    for table in (groups, reports, numbers):
        assert len({len(column) for column in table.values()}) == 1
    assert "Vladivostok" in str(found) and found.csv().startswith("kind,name")
    assert found.json() == railwindow.explain(model, runs=1024, pairs=64, numbers=True, threads=1).json()


def test_law_an_explanation_moves_numbers_without_a_law_and_shares_out_what_acts_together():
    scenario = railwindow.load_scenario(PRESS)
    found = railwindow.explain(railwindow.build(scenario), runs=1024, pairs=64, numbers=True, shapley=True)
    numbers = found.numbers()
    assert any(step > 0 for step in numbers["step"]) and any(step == 0 for step in numbers["step"])
    assert sum(found.groups()["shapley"]) == pytest.approx(1, abs=0.02)


def test_law_explanations_say_what_is_wrong_with_the_question(model):
    with pytest.raises(railwindow.InputError, match="khasan"):
        railwindow.explain(model, to="khasan", runs=256, pairs=16)
    with pytest.raises(railwindow.InputError):
        railwindow.explain(model, report_errors=[], runs=256, pairs=16)
    with pytest.raises(railwindow.InputError):
        railwindow.explain(model, report_errors=[float("nan")], runs=256, pairs=16)
    stopped = railwindow.explain(model, progress=lambda done, of: False)
    assert stopped.stopped_early and "stopped" in str(stopped) and stopped.width == numpy.timedelta64(0, "ms")
    with pytest.raises(RuntimeError, match="stopped early"):
        stopped.json()
    assert len(railwindow.explain(model, runs=256, pairs=16).numbers()["name"]) == 0


def test_exact_trains_of_a_convoy_are_told_apart():
    model = railwindow.build(railwindow.load_scenario(SOURCE / "scenarios/convoy-2023.yaml"))
    windows, samples = railwindow.estimate(model, runs=200), railwindow.sample(model, runs=200)
    trains = list(dict.fromkeys(windows.table()["train"]))
    assert trains[0] == "main" and len(trains) > 1
    origin = model.timing_points[0]
    first, other = (windows.window(origin, train=train) for train in trains[:2])
    assert first.times != other.times and f"of {trains[1]}" in repr(other) and windows.window().train == "main"
    for train, window in ((trains[0], first), (trains[1], other)):
        left = numpy.sort(samples.depart_utc(origin, train=train))
        assert railwindow.utc(window.times["p50"]) == left[~numpy.isnat(left)][99]
    assert (samples.table()[f"{trains[1]}_{origin}_depart_utc"] == samples.depart_utc(origin, train=trains[1])).all()
    with pytest.raises(railwindow.InputError, match="there is no train 'nobody'"):
        samples.arrive_utc(origin, train="nobody")
    with pytest.raises(railwindow.InputError, match="no window at"):
        windows.window(origin, train="nobody")
    assert trains[1] in windows._repr_html_()
