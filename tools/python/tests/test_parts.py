"""Parts made by threads, processes and by hand, put together to the bits of sample()."""

import pickle
import random
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context

import numpy
import pytest

import railwindow

SCENARIO = "press-20-hours"


def columns(samples):
    return {name: numpy.asarray(column) for name, column in samples.table().items()}


def same(one, other):
    a, b = columns(one), columns(other)
    return a.keys() == b.keys() and all(numpy.array_equal(a[name].view("i8"), b[name].view("i8")) for name in a)


@pytest.fixture(scope="module")
def model():
    return railwindow.build(railwindow.load_scenario(SCENARIO))


@pytest.mark.parametrize("parts", [1, 2, 7, 64])
def test_parts_in_any_order_are_the_bits_of_one_call(model, parts):
    made = [railwindow.part(model, number, parts, runs=2000, seed=3, threads=1 + number % 2) for number in range(1, parts + 1)]
    random.Random(1).shuffle(made)
    assert same(railwindow.merge(model, made), railwindow.sample(model, runs=2000, seed=3))


def test_parts_travel():
    model = railwindow.build(railwindow.load_scenario(SCENARIO))
    made = pickle.loads(pickle.dumps(railwindow.part(model, 1, 1, runs=300)))
    assert same(railwindow.merge(model, [made]), railwindow.sample(model, runs=300))


def test_processes_share_the_runs():
    changes = {"journey.depart": "2019-04-23 19:00"}
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as executor:
        shared = railwindow.share(SCENARIO, executor, parts=3, changes=changes, runs=1500, seed=2)
    changed = railwindow.build(railwindow.replace(railwindow.load_scenario(SCENARIO), changes))
    assert same(shared, railwindow.sample(changed, runs=1500, seed=2))


def test_threads_share_the_runs(model):
    with ThreadPoolExecutor(3) as executor:
        assert same(railwindow.share(SCENARIO, executor, parts=3, runs=900), railwindow.sample(model, runs=900))


def test_what_is_missing_foreign_or_broken_is_told(model):
    made = [railwindow.part(model, number, 3, runs=900) for number in (1, 2, 3)]
    with pytest.raises(railwindow.InputError, match="--part 3/3"):
        railwindow.merge(model, made[:2])
    with pytest.raises(railwindow.InputError, match="cut off"):
        railwindow.merge(model, [made[0], made[1][:900], made[2]])
    with pytest.raises(railwindow.InputError, match="no part"):
        railwindow.merge(model, [b"a letter"])
    with pytest.raises(railwindow.InputError, match="no part to be merged"):
        railwindow.merge(model, [])
    other = railwindow.build(railwindow.replace(railwindow.load_scenario(SCENARIO), {"journey.depart": "2019-04-23 19:00"}))
    with pytest.raises(railwindow.InputError, match="another model"):
        railwindow.merge(other, made)
    for number, parts in ((0, 3), (4, 3), (1, 0)):
        with pytest.raises(railwindow.InputError, match="part"):
            railwindow.part(model, number, parts, runs=300)


def test_a_failure_in_a_worker_arrives(model):
    with ThreadPoolExecutor(2) as executor:
        with pytest.raises(railwindow.InputError):
            railwindow.share("no-such-scenario", executor, parts=2)
