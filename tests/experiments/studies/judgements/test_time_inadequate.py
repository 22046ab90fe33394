"""Time in inadequate: council-months, and the shares of spells that ended with any other judgement."""

import math

import numpy as np
import pytest

from experiments.observed import spells
from experiments.studies.judgements.time_inadequate import time_inadequate


@pytest.fixture
def starts(monkeypatch):
    """Sets when the observed spells began."""

    def begin(months):
        monkeypatch.setattr("experiments.studies.judgements.time_inadequate.observed_starts", lambda *_, **__: months)

    return begin


def test_it_is_that_of_three_spells_by_hand(starts):
    # In turn: inadequate 30 months before and left in month 1; begun in month 0 and never left; never inadequate.
    starts(np.array([-30, spells.NO_SPELL, spells.NO_SPELL]))
    grades = np.array([[0, 0, 2], [1, 0, 2], [1, 0, 2]])
    assert time_inadequate(grades, 0).tolist() == [4.0, 0.0, 1.0]


def test_a_longer_spell_among_others_leaves_by_the_share_of_those_at_risk(starts):
    starts(np.full(4, -23))
    grades = np.array([[0, 0, 0, 0], [0, 0, 0, 2], [0, 0, 2, 2]])
    assert time_inadequate(grades, 0)[1:].tolist() == pytest.approx([0.25, 0.5])


def test_months_before_the_window_begin_spells_and_are_not_counted(starts):
    starts(spells.no_spells(2))
    before, grades = np.array([[2, 0], [2, 0]]), np.zeros((24, 2), int)
    months, early, late = time_inadequate(grades, 2, before)
    assert months == 48
    # One spell began in month 0 and is seen at 25 months, the other in month 2; neither ends.
    assert (early, late) == (0.0, 0.0)
    assert math.isnan(time_inadequate(np.full((2, 2), 3), 2, before[:, :1].repeat(2, axis=1))[1])
