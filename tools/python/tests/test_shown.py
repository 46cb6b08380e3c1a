"""How results look: one line, a small table in a notebook with all text escaped, and a picture."""

import html.parser

import numpy
import pytest

import railwindow
from conftest import PRESS, SOURCE
from railwindow import _results, _shown


@pytest.fixture(scope="module")
def results(model, scenario):
    return [
        scenario,
        model,
        railwindow.estimate(model, runs=200),
        railwindow.sample(model, runs=50),
        railwindow.compare({"a": scenario, "b": scenario.replace({"journey.depart": "2019-04-23 21:00"})}, runs=100),
        railwindow.depart_by(model, "2019-04-25 12:00", runs=200),
        railwindow.explain(model, runs=128, pairs=16),
        railwindow.reach(scenario, within=43200, runs=10),
        railwindow.reach_back(scenario, "khasan", "2019-04-24 10:40", runs=10),
        railwindow.routes(scenario),
        railwindow.profile(model),
        railwindow.infer(model, seen=["khasan arrive 2019-04-24 11:00..15:00"], runs=1024),
        railwindow.backtest(
            [railwindow.load_scenario(SOURCE / "scenarios/history/2019-01-pyongyang-beijing.yaml")], runs=100
        ),
    ]


class Cells(html.parser.HTMLParser):
    """The text of a table by rows; what is no table is no row."""

    def __init__(self, text):
        super().__init__()
        self.rows, self.tags, self.open = [], [], []
        self.feed(text)
        self.close()
        assert not self.open, f"{self.open} are not closed"

    def handle_starttag(self, tag, attrs):
        assert tag in {"table", "caption", "thead", "tbody", "tr", "th", "td", "p"} and not attrs
        self.open.append(tag)
        self.tags.append(tag)
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open and self.open[-1] in ("td", "th"):
            self.rows[-1][-1] += data


def test_law_every_result_says_in_one_line_what_it_is(results):
    assert set(map(type, results)) == {*_results.TABLES, railwindow.Scenario, railwindow.Model}
    for result in results:
        line = repr(result)
        assert (
            line.startswith(f"<railwindow.{type(result).__name__} ")
            and line.endswith(">")
            and "\n" not in line
            and len(line) < 250
        ), line
        assert " at 0x" not in line
    assert "Vladivostok arrive 2019-04-24" in repr(results[2]) and "+10:00" in repr(results[2])


def test_law_every_result_is_a_small_table_in_a_notebook(results):
    for result in results:
        cells = Cells(result._repr_html_())
        if isinstance(result, (railwindow.Scenario, railwindow.Model)):
            assert cells.tags == ["p"] * len(cells.tags)
            continue
        assert 2 <= len(cells.rows) <= _shown.MOST_ROWS + 1, type(result)
        assert len({len(row) for row in cells.rows}) == 1 and all(cells.rows[0]), type(result)


def test_exact_the_table_of_windows_has_local_times(model):
    cells = Cells(railwindow.estimate(model, runs=200)._repr_html_())
    assert cells.rows[0] == ["name", "event", "probability", "p5", "p50", "p95"]
    assert cells.rows[1] == ["Pyongyang", "depart", "100 %"] + ["2019-04-23 20:00+09:00"] * 3


def test_fail_what_files_say_is_escaped():
    evil = "<script>alert('x')</script> & \"more\""
    text = _shown.table_html(evil, {"name": [evil], evil: [1.0], "list": [[evil, "b"]]})
    assert "<script" not in text and "&lt;script&gt;" in text
    assert Cells(text).rows == [["name", evil.replace("_", " "), "list"], [evil, "1", evil + ", b"]]
    scenario = railwindow.load_scenario(PRESS)
    named = railwindow.compare({"<b>bold</b>": scenario, "b": scenario}, runs=20)
    assert "<b>" not in named._repr_html_() and Cells(named._repr_html_()).rows[1][0] == "<b>bold</b>"


def test_exact_times_and_durations_in_words():
    assert _shown.duration(_shown.duration_of(numpy.timedelta64(-65, "m"))) == "-1 h 05 min"
    assert _shown.duration(_shown.duration_of(numpy.timedelta64(89_999, "ms"))) == "1 min"
    late = railwindow.local_time(numpy.datetime64("2019-12-31T23:59:31"), "UTC")
    assert _shown.clock(late) == "2020-01-01 00:00+00:00" and _shown.clock(None) == ""


def test_law_stopped_results_say_so(model, scenario):
    def stop(done, of):
        return False

    for result in (
        railwindow.estimate(model, progress=stop),
        railwindow.compare({"a": scenario}, progress=stop),
        railwindow.depart_by(model, "2019-04-25 12:00", progress=stop),
        railwindow.explain(model, progress=stop),
        railwindow.reach(scenario, within=3600, progress=stop),
        railwindow.infer(model, seen=["khasan arrive 2019-04-24 11:00..15:00"], progress=stop),
    ):
        assert result.stopped_early and "stopped early" in repr(result) and "stopped early" in result._repr_html_()


def test_exact_a_plot_has_a_line_for_each_window(model):
    matplotlib = pytest.importorskip("matplotlib", reason="matplotlib is not installed (python3-matplotlib)")
    matplotlib.use("Agg")
    estimate = railwindow.estimate(model, runs=200)
    ax = estimate.plot()
    windows = estimate.windows()
    assert [label.get_text() for label in ax.get_yticklabels()] == [
        f"{window.name}, {window.event}" for window in windows
    ]
    spans = [line for line in ax.lines if len(line.get_xdata()) == 2]
    assert len(spans) == len(windows) and list(spans[-1].get_xdata()) == [
        windows[-1].times["p5"],
        windows[-1].times["p95"],
    ]
    assert "Asia/Vladivostok" in ax.get_xlabel()
    assert ax.xaxis.get_major_formatter()._tz == windows[-1].times["p50"].tzinfo
    ax.figure.canvas.draw()
    assert estimate.plot(ax) is ax
    matplotlib.pyplot.close("all")
