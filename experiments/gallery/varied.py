"""Figures of what is varied: lines and maps of a sweep, boxes in which a regime loses, and what decides."""

from __future__ import annotations

# First: it sees to it that matplotlib can be imported.
from experiments.figures.backend import in_own_style

# isort: split
from matplotlib.figure import Figure

from experiments.figures.paper import FigureSize, laying
from experiments.gallery.needs import needed, something
from experiments.studies.discovery.discover import Discovery
from experiments.studies.sensitivity.results import Sensitivity
from experiments.studies.sweep.pictures import is_grid, moving
from experiments.studies.sweep.results import Sweep

_LINE, _MAP = 1, 2
_SWEEP = "load_sweep() of a folder of `sli sweep`"


@in_own_style
def sweep_lines(sweep: Sweep, name: str | None = None, *, size: FigureSize = "page") -> Figure:
    """Return how outcomes, or a paired difference, move with one thing: luck and parameter sets in two bands.

    Args:
        sweep: that varied one thing.
        name: of the picture, as its file is called; the last paired difference where None.
        size: what it is drawn for.

    Raises:
        InputError: this is no sweep, it varied more than one thing, or there is no such picture or size.
    """
    sweep = needed("sweep_lines", sweep, Sweep, _SWEEP)
    one = len(moving(sweep.design)) == _LINE
    something("sweep_lines", one, "one thing varied", "`sli sweep --vary transfer_rate=0.1:0.5:5`")
    with laying(size):
        return sweep.plot(name)


@in_own_style
def sweep_signs(sweep: Sweep, name: str | None = None, *, size: FigureSize = "page") -> Figure:
    """Return where a paired difference is below and above nought over two things, hatched where luck blurs its sign.

    Args:
        sweep: that varied two things on a whole grid.
        name: of the picture, as its file is called; the last where None.
        size: what it is drawn for.

    Raises:
        InputError: this is no sweep, it varied other than two things on a grid, or there is no such picture or size.
    """
    sweep = needed("sweep_signs", sweep, Sweep, _SWEEP)
    columns = moving(sweep.design)
    two = len(columns) == _MAP and is_grid(sweep.design, columns)
    source = "`sli sweep --vary transfer_rate=0.1:0.5:5 --vary attention_shift_peers=-0.1:0.1:5`"
    something("sweep_signs", two, "two things varied on a grid", source)
    with laying(size):
        return sweep.plot(name)


@in_own_style
def loss_box(discovery: Discovery, box: int = 1, *, size: FigureSize = "page") -> Figure:
    """Return a box of worlds in which one regime loses to another, found by PRIM: a panel a number that it limits.

    Args:
        discovery: of a comparison.
        box: its number, from 1.
        size: what it is drawn for.

    Raises:
        InputError: this is no discovery, or there is no such box or size.
    """
    discovery = needed("loss_box", discovery, Discovery, "discover() of a folder of `sli compare`")
    something(
        "loss_box", len(discovery.limits) > 0, "a box that limits a number", "`sli discover`, which runs the prior,"
    )
    with laying(size):
        return discovery.plot(box)


@in_own_style
def sensitivity_bars(study: Sensitivity, name: str | None = None, *, size: FigureSize = "page") -> Figure:
    """Return each uncertain number's first and total index with its interval, and luck's share as a bar of its own.

    Args:
        study: of sensitivity.
        name: of the picture, as its file is called; the paired difference where None.
        size: what it is drawn for.

    Raises:
        InputError: this is no study of sensitivity, or there is no such picture or size.
    """
    study = needed("sensitivity_bars", study, Sensitivity, "load_sensitivity() of a folder of `sli sensitivity`")
    with laying(size):
        return study.plot(name)
