"""Time in inadequate: council-months, and the shares of spells that ended with any other judgement."""

import math

import numpy as np
import pytest

from experiments.observed.spells import NO_SPELL, no_spells, observed_starts
from experiments.studies.judgements.known import councils_at
from experiments.studies.judgements.time_inadequate import observed_before, simulated_before, time_inadequate
from simulation.state import INADEQUATE, REQUIRES_IMPROVEMENT


def test_it_is_that_of_three_spells_by_hand():
    # In turn: inadequate 30 months before and left in month 1; begun in month 0 and never left; never inadequate.
    starts = np.array([-30, NO_SPELL, NO_SPELL])
    grades = np.array([[0, 0, 2], [1, 0, 2], [1, 0, 2]])
    assert time_inadequate(grades, 0, starts).tolist() == [4.0, 0.0, 1.0]


def test_a_longer_spell_among_others_leaves_by_the_share_of_those_at_risk():
    grades = np.array([[0, 0, 0, 0], [0, 0, 0, 2], [0, 0, 2, 2]])
    assert time_inadequate(grades, 0, np.full(4, -23))[1:].tolist() == pytest.approx([0.25, 0.5])


def test_months_before_the_window_begin_spells_and_are_not_counted(monkeypatch):
    monkeypatch.setattr("experiments.studies.judgements.time_inadequate.spells_under_way", lambda *_: no_spells(2))
    before, grades = np.array([[2, 0], [2, 0]]), np.zeros((24, 2), int)
    months, early, late = time_inadequate(grades, 2, simulated_before(before, None, 0))
    assert months == 48
    # One spell began in month 0 and is seen at 25 months, the other in month 2; neither ends.
    assert (early, late) == (0.0, 0.0)
    starts = simulated_before(before[:, :1].repeat(2, axis=1), None, 0)
    assert math.isnan(time_inadequate(np.full((2, 2), 3), 2, starts)[1])


def test_spells_under_way_are_those_of_the_evidence():
    england = councils_at(0)
    for month in (0, 12, 30):
        assert (observed_before(england, month) == observed_starts(month, end=REQUIRES_IMPROVEMENT)).all()
    held = np.array(england.grade) == INADEQUATE
    assert (held == (observed_before(england, 0) != NO_SPELL)).all()
