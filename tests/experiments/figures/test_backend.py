"""Figures have the same bytes whatever matplotlib is told elsewhere, and change nothing for others."""

import importlib
import inspect
import os
import pkgutil
import subprocess
import sys

import matplotlib as mpl
import pandas as pd
from matplotlib.figure import Figure

import experiments
from experiments.figures import Mark, marks_figure, png, run_figure

DARK = {
    "axes.facecolor": "black",
    "axes.edgecolor": "white",
    "figure.facecolor": "black",
    "savefig.facecolor": "black",
    "font.size": 30,
    "font.family": "serif",
    "lines.linewidth": 9,
    "axes.grid": True,
    "text.usetex": True,
    "savefig.dpi": 40,
    "axes.prop_cycle": mpl.cycler(color=["red"]),
}


def drawn():
    marks = [Mark(label="a", value=1.0, chance=(0.5, 1.5), sets=(0.0, 2.0))]
    months = pd.DataFrame({"quality": [0.0, 0.5, 0.25]})
    figures = [
        marks_figure(marks, title="Title", axis="axis", note="note"),
        run_figure(months, {"quality": "Quality"}, start="2018-04", title="Title", note="note"),
    ]
    return [png(figure) for figure in figures]


def test_bytes_are_the_same_under_any_settings_and_those_stay():
    plain = drawn()
    with mpl.rc_context(DARK):
        assert drawn() == plain
        assert mpl.rcParams["font.size"] == 30
        assert mpl.rcParams["text.usetex"] is True
    assert drawn() == plain


def modules():
    return [info.name for info in pkgutil.walk_packages(experiments.__path__, "experiments.")]


def test_whatever_returns_a_figure_draws_it_in_the_projects_own_style():
    found = [
        function
        for name in modules()
        if name != "experiments.__main__"
        for function in vars(importlib.import_module(name)).values()
        if inspect.isfunction(function) and function.__annotations__.get("return") in {"Figure", Figure}
    ]
    assert len(found) >= 9
    assert [function.__qualname__ for function in found if not hasattr(function, "__wrapped__")] == []


EACH_AS_THE_FIRST = """
import importlib, os, sys
for name in sys.argv[1:]:
    os.environ["MPLBACKEND"] = "inline"
    for loaded in [one for one in sys.modules if one.partition(".")[0] in {"experiments", "matplotlib"}]:
        del sys.modules[loaded]
    importlib.import_module(name)
    print(name)
"""


def test_every_module_that_draws_is_imported_whatever_backend_is_asked_for(root):
    drawing = [
        name
        for name in modules()
        if (path := root / f"{name.replace('.', '/')}.py").exists() and "\nfrom matplotlib" in path.read_text("utf-8")
    ]
    assert len(drawing) >= 9
    environment = os.environ | {"MPLBACKEND": "inline"}
    asked = [sys.executable, "-c", EACH_AS_THE_FIRST, *drawing]
    done = subprocess.run(asked, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-500:]
    assert done.stdout.split() == drawing


def test_a_backend_that_matplotlib_knows_stays_asked_for():
    code = "import experiments.figures, matplotlib, os; print(matplotlib.rcParams['backend'], os.environ['MPLBACKEND'])"
    environment = os.environ | {"MPLBACKEND": "svg"}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["svg", "svg"]
