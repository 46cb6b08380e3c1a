"""What the tests share. RAILWINDOW_TOOL names the command line and RAILWINDOW_BUILD the folder it was built in, where
there are any."""

import os
import pathlib

import pytest

import railwindow

SOURCE = pathlib.Path(__file__).resolve().parents[3]
PRESS = str(SOURCE / "scenarios/press-20-hours.yaml")

if railwindow.data_folder() is None:  # not installed: the clone has what comes with the module
    os.environ["RAILWINDOW_DATA"] = str(SOURCE)


@pytest.fixture(scope="session")
def scenario():
    return railwindow.load_scenario(PRESS)


@pytest.fixture(scope="session")
def model(scenario):
    return railwindow.build(scenario)


@pytest.fixture(scope="session")
def tool():
    path = os.environ.get("RAILWINDOW_TOOL")
    if not path:
        pytest.skip("RAILWINDOW_TOOL does not name the command line to compare with")
    return path


def pytest_terminal_summary(terminalreporter):
    """Says why tests were skipped, whatever the options are."""
    for report in terminalreporter.stats.get("skipped", []):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        terminalreporter.write_line(f"skipped {report.nodeid}: {reason}")
