"""The picture of one run: no number of one panel stands in another."""

import numpy as np
import pandas as pd
import pytest

from experiments.figures.run import run_figure
from experiments.studies.single.run import SHOWN
from simulation.simulate import simulate


def panels_with_numbers(figure):
    """Each panel's own box and those of the numbers of its vertical scale, in pixels."""
    figure.canvas.draw()
    for axis in figure.axes:
        low, high = sorted(axis.get_ylim())
        ticks = zip(axis.get_yticks(), axis.get_yticklabels(), strict=True)
        yield axis.get_window_extent(), [label.get_window_extent() for at, label in ticks if low <= at <= high]


def picture(months, names):
    start = {"start": "2018-04"} if "start" in run_figure.__wrapped__.__code__.co_varnames else {}
    return run_figure(months, names, title="title", note="note", **start)


@pytest.fixture(params=["a run", "wide numbers"])
def months(request):
    if request.param == "a run":
        return simulate("peer_support", months=36, engine="ensemble").months
    steps = np.linspace(0.0, 1.0, 36)
    return pd.DataFrame({name: 1000 + 0.05 * steps if place % 2 else steps for place, name in enumerate(SHOWN)})


def test_numbers_stand_beside_their_own_panel_alone(months):
    panels = list(panels_with_numbers(picture(months, SHOWN)))
    assert len(panels) == len(SHOWN)
    for _, labels in panels:
        assert labels
        for box, _ in panels:
            assert not [label for label in labels if box.x0 < label.x1 and label.x0 < box.x1 and box.overlaps(label)]
