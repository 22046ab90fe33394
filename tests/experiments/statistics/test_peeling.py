"""Peeling: the trajectory of the EMA Workbench, and what a box holds.

`prim_trajectory.csv` is what `ema_workbench` 2.5.3 made of `prim_worlds.csv`: `Prim(x, y, threshold=0.1,
peel_alpha=0.05, paste_alpha=0.05, mass_min=0.1, mode=RuleInductionType.REGRESSION).find_box()`, a row a box on the way.
The value is a share of eight replicates, and number e has ties.
"""

import math
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from experiments.statistics.peeling import Peeling

HERE = Path(__file__).parent
NAMES = list("abcde")


@pytest.fixture(scope="module")
def worlds():
    table = pd.read_csv(HERE / "prim_worlds.csv")
    return table[NAMES].to_numpy(), table["y"].to_numpy()


def test_peels_and_pastes_are_those_of_the_ema_workbench(worlds):
    numbers, values = worlds
    boxes = Peeling(numbers, values, np.ones(len(values))).trajectory()
    wanted = pd.read_csv(HERE / "prim_trajectory.csv")
    assert len(boxes) == len(wanted)
    assert [box.mass for box in boxes] == pytest.approx(wanted["mass"].tolist())
    assert [box.density for box in boxes] == pytest.approx(wanted["density"].tolist())
    least, most = numbers.min(axis=0), numbers.max(axis=0)
    for box, row in zip(boxes, wanted.to_dict("records"), strict=True):
        assert np.maximum(box.low, least) == pytest.approx([row[f"{name}_low"] for name in NAMES])
        assert np.minimum(box.high, most) == pytest.approx([row[f"{name}_high"] for name in NAMES])
    assert (np.diff([box.mass for box in boxes]) > 0).any(), "something is pasted back"


def test_a_box_says_what_it_holds(worlds):
    numbers, values = worlds
    weights = np.where(numbers[:, 4] > 0.5, 2.0, 1.0)
    peeling = Peeling(numbers, values, weights)
    low, high = np.full(5, -math.inf), np.full(5, math.inf)
    low[0] = 0.5
    box = peeling.box(low, high)
    inside = numbers[:, 0] >= 0.5
    assert np.array_equal(box.holds(numbers), inside)
    assert list(box.restricted) == [True, False, False, False, False]
    assert box.mass == pytest.approx(weights[inside].sum() / weights.sum())
    assert box.density == pytest.approx(np.average(values[inside], weights=weights[inside]))
    assert box.coverage == pytest.approx((weights * values)[inside].sum() / (weights * values).sum())


@given(st.integers(0, 2**32 - 1), st.integers(2, 40), st.integers(1, 4))
def test_no_peel_lowers_the_mean_and_no_box_is_too_small(seed, size, columns):
    random = np.random.default_rng(seed)
    numbers, values = random.integers(0, 5, (size, columns)) / 4, random.random(size)
    boxes = Peeling(numbers, values, random.integers(1, 4, size).astype(float), least_mass=0.2).trajectory()
    densities = [box.density for box in boxes]
    assert all(before < after for before, after in pairwise(densities))
    assert all(box.mass >= 0.2 for box in boxes)
    assert boxes[0].mass == 1.0


def test_values_that_are_all_alike_are_not_peeled():
    boxes = Peeling(np.random.default_rng(1).random((50, 3)), np.full(50, 0.5), np.ones(50)).trajectory()
    assert len(boxes) == 1


def test_a_patient_one_goes_on_through_a_hollow():
    """Losses are high at the top alone, and lowest just below it."""
    numbers = np.linspace(0.0, 1.0, 200)[:, None]
    values = np.where(numbers[:, 0] > 0.8, 0.9, np.where(numbers[:, 0] > 0.4, 0.1, 0.5))
    quick, patient = (Peeling(numbers, values, np.ones(200), patient=one).trajectory() for one in (False, True))
    assert max(box.density for box in patient) == pytest.approx(0.9)
    assert max(box.density for box in quick) < 0.9
    assert patient[-1].mass >= 0.1
