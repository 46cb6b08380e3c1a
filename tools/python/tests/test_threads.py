"""Others may run while the library works; Ctrl-C ends it; results and models may go in any order."""

import concurrent.futures
import gc
import os
import signal
import subprocess
import sys
import threading
import weakref

import numpy
import pytest

import railwindow
from conftest import PRESS, SOURCE

MANY = 2_000_000  # takes far longer than the tests wait, and fits the memory
SEEN = "khasan arrive 2019-04-24 11:45..13:30"


def questions_of(model, progress=None, many=MANY):
    """Each question, asked so that it takes far too long, or less with fewer runs."""
    scenario = model.scenario
    journey = railwindow.load_scenario(SOURCE / "scenarios/history/2019-01-pyongyang-beijing.yaml")
    return {
        "estimate": lambda: railwindow.estimate(model, runs=many, progress=progress),
        "sample": lambda: railwindow.sample(model, runs=many, progress=progress),
        "compare": lambda: railwindow.compare({"a": scenario, "b": scenario}, runs=many, progress=progress),
        "depart_by": lambda: railwindow.depart_by(model, "2019-04-25 12:00", runs=many, progress=progress),
        "explain": lambda: railwindow.explain(model, runs=many // 10, pairs=1000, progress=progress),
        "reach": lambda: railwindow.reach(scenario, within=86400, runs=many // 50, progress=progress),
        "reach_back": lambda: railwindow.reach_back(
            scenario, "khasan", "2019-04-24 10:40", runs=many // 50, progress=progress
        ),
        "infer": lambda: railwindow.infer(model, seen=[SEEN], runs=many // 5, progress=progress),
        "backtest": lambda: railwindow.backtest([journey], runs=many, progress=progress),
    }


QUESTIONS = ["estimate", "sample", "compare", "depart_by", "explain", "reach", "reach_back", "infer", "backtest"]


@pytest.mark.parametrize("question", QUESTIONS)
def test_law_ctrl_c_ends_a_long_run(model, question):
    def interrupt():
        os.kill(os.getpid(), signal.SIGINT)

    soon = threading.Timer(0.2, interrupt)
    soon.start()
    try:
        with pytest.raises(KeyboardInterrupt):
            questions_of(model)[question]()
    finally:
        soon.join()


@pytest.mark.parametrize("question", QUESTIONS)
def test_law_others_run_meanwhile(model, question):
    """Without a callback, as Python code lets others run by itself."""
    answered = threading.Thread(target=questions_of(model, many=20_000)[question])
    answered.start()
    turns = 0
    while answered.is_alive():
        turns += 1
        answered.join(0.001)
    assert turns > 10


@pytest.mark.parametrize("question", QUESTIONS)
def test_law_what_progress_raises_comes_out(model, question):
    def stop(done, of):
        assert 0 <= done <= of
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        questions_of(model, stop)[question]()


def test_law_many_threads_ask_one_model_and_get_what_one_thread_gets(model):
    scenario = model.scenario
    questions = [
        lambda: railwindow.estimate(model, runs=2000, threads=2).json(),
        lambda: railwindow.sample(model, runs=500).arrive_utc("vladivostok").tobytes(),
        lambda: railwindow.depart_by(model, "2019-04-25 12:00", runs=500).json(),
        lambda: railwindow.compare({"a": scenario, "b": scenario.replace({"edits.train.cars": 26})}, runs=200).json(),
        lambda: railwindow.infer(model, seen=[SEEN], runs=1024).json(),
        lambda: railwindow.routes(scenario).json(),
        lambda: railwindow.profile(model, run=3).csv(),
        lambda: repr(railwindow.estimate(model, runs=300).windows()),
    ]
    alone = [question() for question in questions]
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda i: questions[i % len(questions)](), range(4 * len(questions))))
    assert together == alone * 4


def test_law_a_callback_is_let_go_when_the_question_is_answered(model):
    class Progress:
        def __call__(self, done, of):
            return True

    for ask in (
        lambda p: railwindow.estimate(model, runs=500, progress=p),
        lambda p: railwindow.infer(model, seen=[SEEN], runs=1024, progress=p),
        lambda p: railwindow.compare({"a": model.scenario}, runs=500, progress=p),
    ):
        progress = Progress()
        there = weakref.ref(progress)
        kept = ask(progress)
        del progress
        gc.collect()
        assert there() is None and kept is not None


def test_law_results_outlive_their_model_and_models_their_results():
    scenario = railwindow.load_scenario(PRESS)
    model = railwindow.build(scenario)
    asked = [
        railwindow.estimate(model, runs=100),
        railwindow.sample(model, runs=100),
        railwindow.compare({"a": scenario, "b": scenario}, runs=100),
        railwindow.depart_by(model, "2019-04-25 12:00", runs=200),
        railwindow.explain(model, runs=128, pairs=16),
        railwindow.reach(scenario, within=3600, runs=10),
        railwindow.routes(scenario),
        railwindow.profile(model),
        railwindow.infer(model, seen=[SEEN], runs=1024),
    ]
    before = [
        (str(result) if not isinstance(result, railwindow.Samples) else "", repr(result), result._repr_html_())
        for result in asked
    ]
    column, copy = asked[1].arrive_utc("vladivostok"), asked[1].arrive_utc("vladivostok").copy()
    del model, scenario
    gc.collect()
    others = [railwindow.build(railwindow.load_scenario(PRESS)) for _ in range(3)]  # takes the memory that was let go
    assert [
        (str(result) if not isinstance(result, railwindow.Samples) else "", repr(result), result._repr_html_())
        for result in asked
    ] == before
    again = asked[0].model
    assert railwindow.estimate(again, runs=100).json() == asked[0].json() and again.scenario.name == "press-20-hours"
    del asked, others
    gc.collect()
    assert (column == copy).all(), "a column keeps the runs alive"
    with pytest.raises(ValueError):
        column[0] = numpy.datetime64("2019-01-01")
    assert railwindow.estimate(again, runs=10).runs == 10


def test_law_python_may_end_with_everything_alive():
    code = f"""
import threading, railwindow
model = railwindow.build(railwindow.load_scenario({PRESS!r}))
kept = railwindow.estimate(model, runs=100, progress=lambda done, of: True), railwindow.sample(model, runs=10).table()
threading.Thread(target=lambda: railwindow.estimate(model, runs=2_000_000), daemon=True).start()
print("done")
"""
    ran = subprocess.run([sys.executable, "-X", "faulthandler", "-c", code], capture_output=True, text=True, timeout=60)
    assert ran.returncode == 0 and ran.stdout == "done\n" and ran.stderr == "", (ran.returncode, ran.stderr)


def test_law_a_forked_process_waits_for_no_thread_of_its_parent():
    code = f"""
import os, signal, sys, threading, time, railwindow
model = railwindow.build(railwindow.load_scenario({PRESS!r}))
begun, over = threading.Event(), threading.Event()
def progress(done, of):
    begun.set()
    return not over.is_set()
asking = threading.Thread(target=lambda: railwindow.estimate(model, runs=2_000_000, progress=progress))
asking.start()
begun.wait()
child = os.fork()
if child == 0:
    signal.alarm(20)  # ends a child that waits for ever
    sys.exit(0 if railwindow.estimate(model, runs=100, threads=1).runs == 100 else 1)
print(os.waitpid(child, 0)[1])
over.set()
asking.join()
"""
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert ran.returncode == 0 and ran.stdout == "0\n", (ran.stdout, ran.stderr)
