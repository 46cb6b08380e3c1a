"""What the documents show of the module is so: their examples are doctests, and the notebook runs."""

import doctest
import importlib.util
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys

import pytest

import railwindow
from conftest import SOURCE

DOCUMENTS = ["docs/reference/python.md", "docs/how-to-python.md", "tools/doc/embedding.md"]
NOTEBOOK = SOURCE / "docs/tutorial-python.ipynb"


def is_here(module):
    return importlib.util.find_spec(module) is not None


# An example that needs a library that may not be here says so.
NEEDED = {doctest.register_optionflag(module.upper()): module for module in ("pandas", "matplotlib")}


def examples_of(document):
    """The examples of a document, less those that need what is not here."""
    test = doctest.DocTestParser().get_doctest(
        (SOURCE / document).read_text(encoding="utf-8"), {"__name__": "__main__"}, document, document, 0
    )
    test.examples = [
        example
        for example in test.examples
        if all(is_here(module) for flag, module in NEEDED.items() if example.options.get(flag))
    ]
    return test


class Runner(doctest.DocTestRunner):
    """Remembers what examples gave instead, so that a document can be renewed: python3 -m pytest with
    RAILWINDOW_RENEW=1, as of the notebook."""

    def __init__(self):
        super().__init__(verbose=False, optionflags=doctest.NORMALIZE_WHITESPACE)
        self.others = []

    def report_failure(self, out, test, example, got):
        super().report_failure(out, test, example, got)
        self.others.append((example, got))

    def renew(self, path):
        lines = path.read_text(encoding="utf-8").split("\n")
        for example, got in reversed(self.others):
            begin = example.lineno + example.source.count("\n")
            end = begin + example.want.count("\n")
            lines[begin:end] = [" " * example.indent + line for line in got.split("\n")[:-1]]
        path.write_text("\n".join(lines), encoding="utf-8")


@pytest.mark.parametrize("document", DOCUMENTS)
def test_exact_every_example_of_the_documents_gives_what_it_shows(document, tmp_path, monkeypatch):
    if is_here("matplotlib"):
        import matplotlib

        matplotlib.use("Agg")
    monkeypatch.chdir(tmp_path)
    test = examples_of(document)
    assert len(test.examples) > 3
    told, runner = [], Runner()
    results = runner.run(test, out=told.append)
    if os.environ.get("RAILWINDOW_RENEW"):
        runner.renew(SOURCE / document)
    else:
        assert results.failed == 0, "".join(told)


def test_law_an_example_that_shows_something_else_is_found():
    test = examples_of(DOCUMENTS[0])
    test.examples[1].want = "['nothing']\n"
    runner = Runner()
    assert runner.run(test, out=lambda text: None).failed == 1 and runner.others[0][1].startswith("['")


def test_law_the_reference_names_every_public_name():
    told = (SOURCE / DOCUMENTS[0]).read_text(encoding="utf-8")
    known = set(re.findall(r"\w+", told))
    # Names for types of arguments are for those who write programs, and stand in the stubs.
    assert (
        set(railwindow.__all__)
        - known
        - {"Finding", "Model", "Scenario", "ScenarioName", "Time", "Progress", "__version__"}
        == set()
    )


def cells_of(notebook):
    return [(cell["source"], outputs_of(cell)) for cell in notebook["cells"] if cell["cell_type"] == "code"]


def outputs_of(cell):
    """What a cell shows as text or table; pictures differ with every version of the library that draws them."""
    shown = []
    for output in cell["outputs"]:
        data = output.get("data", {})
        if "image/png" not in data:
            shown.append("".join(output.get("text", "")) + "".join(data.get("text/html", data.get("text/plain", ""))))
    return shown


def test_exact_the_notebook_runs_and_shows_what_it_holds(tmp_path):
    missing = [
        f"python3-{module}" for module in ("nbconvert", "ipykernel", "pandas", "matplotlib") if not is_here(module)
    ]
    if missing:
        pytest.skip("the notebook is not run, as these Debian packages are missing: " + ", ".join(missing))
    copy = tmp_path / NOTEBOOK.name
    shutil.copy(NOTEBOOK, copy)
    module = str(pathlib.Path(railwindow.__file__).parents[1])
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([module, os.environ.get("PYTHONPATH", "")]),
        "IPYTHONDIR": str(tmp_path / "ipython"),
        "JUPYTER_DATA_DIR": str(tmp_path / "data"),
        "JUPYTER_RUNTIME_DIR": str(tmp_path / "runtime"),
        "HOME": str(tmp_path),
    }
    ran = subprocess.run(
        [sys.executable, "-m", "nbconvert", "--to", "notebook", "--execute", "--output", "ran", str(copy)],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env=environment,
    )
    assert ran.returncode == 0, ran.stderr
    mine, there = json.loads(NOTEBOOK.read_text(encoding="utf-8")), json.loads(
        (tmp_path / "ran.ipynb").read_text(encoding="utf-8")
    )
    if os.environ.get("RAILWINDOW_RENEW"):  # python3 -m pytest with RAILWINDOW_RENEW=1 writes the outputs anew
        NOTEBOOK.write_text(json.dumps(renewed(there), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        return
    assert cells_of(there) == cells_of(mine)
    assert any(outputs for _, outputs in cells_of(mine))
    assert (
        str(sys.exec_prefix) not in NOTEBOOK.read_text() and str(SOURCE) not in NOTEBOOK.read_text()
    ), "no path of one machine"


def renewed(notebook):
    """Without what differs from run to run, and without pictures."""
    for cell in notebook["cells"]:
        cell["metadata"] = {}
        if cell["cell_type"] == "code":
            cell["execution_count"] = None
            cell["outputs"] = [output for output in cell["outputs"] if "image/png" not in output.get("data", {})]
            for output in cell["outputs"]:
                if "execution_count" in output:
                    output["execution_count"] = None
    notebook["metadata"] = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    return notebook
