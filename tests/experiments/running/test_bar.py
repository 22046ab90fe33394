"""The bar: on a terminal and in a notebook, and nowhere else."""

import io
import sys
from types import ModuleType, SimpleNamespace

import pytest

from experiments import run_ensemble
from experiments.running.bar import runs_bar


class Terminal(io.StringIO):
    """A terminal."""

    def isatty(self):
        return True


@pytest.mark.parametrize(("stream", "shown"), [(Terminal, True), (io.StringIO, False)])
def test_it_shows_on_a_terminal_alone(monkeypatch, stream, shown):
    monkeypatch.setattr(sys, "stderr", stream())
    with runs_bar(3, progress=True) as bar:
        assert bar.disable is not shown


def test_it_shows_in_a_notebook(monkeypatch):
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    monkeypatch.setitem(sys.modules, "IPython", SimpleNamespace(get_ipython=lambda: SimpleNamespace(kernel=None)))
    with runs_bar(3, progress=True) as bar:
        assert not bar.disable
    with runs_bar(3, progress=False) as bar:
        assert bar.disable


@pytest.mark.parametrize("shell", [None, object()], ids=["no shell", "a terminal's shell"])
def test_it_is_silent_where_a_notebook_could_be_run_and_is_not(monkeypatch, shell):
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    monkeypatch.setitem(sys.modules, "ipykernel", ModuleType("ipykernel"))
    monkeypatch.setitem(sys.modules, "IPython", SimpleNamespace(get_ipython=lambda: shell))
    with runs_bar(3, progress=True) as bar:
        assert bar.disable


def test_it_is_silent_without_a_stream(monkeypatch):
    monkeypatch.setattr(sys, "stderr", None)
    with runs_bar(3, progress=True) as bar:
        assert bar.disable


def test_an_ensemble_shows_one_unless_it_is_told_not_to(monkeypatch):
    for asked, shown in (({}, True), ({"progress": False}, False)):
        terminal = Terminal()
        monkeypatch.setattr(sys, "stderr", terminal)
        run_ensemble("none", replicates=2, months=2, threads=1, **asked)
        assert ("2/2" in terminal.getvalue()) is shown
