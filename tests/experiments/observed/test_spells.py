"""Spells of failure: how long they last, when they began, and the grades that were held."""

import math

import numpy as np
import pytest

from experiments.observed.spells import (
    AGES,
    NO_SPELL,
    Spells,
    count_spells,
    grades_before,
    later_starts,
    no_spells,
    observed_grades,
    observed_starts,
)
from simulation.councils import load_councils
from simulation.evidence import read_rows
from simulation.state import GOOD, INADEQUATE, REQUIRES_IMPROVEMENT


def test_the_share_that_ended_is_kaplan_and_meiers():
    at_risk, ended = np.zeros(AGES), np.zeros(AGES)
    at_risk[10:13], ended[10:13] = [5, 4, 2], [1, 0, 1]
    spells = Spells(at_risk, ended)
    assert spells.curve()[[9, 10, 11, 12, 77]].tolist() == pytest.approx([0.0, 0.2, 0.2, 0.6, 0.6])
    assert spells.share_ended(11) == pytest.approx(0.2)
    # Greenwood: S * sqrt(sum of d / (n * (n - d))).
    assert spells.error(12) == pytest.approx(0.4 * math.sqrt(1 / 20 + 1 / 2))
    assert math.isnan(Spells(np.zeros(AGES), np.zeros(AGES)).share_ended(36))


def test_spells_last_from_the_first_inadequate_judgement_to_good():
    # One council falls in month 1, is judged again inadequate, then requires improvement, then good in month 5.
    grades = np.array([[2, 0, 0, 1, 1, 2, 2]]).T
    spells = count_spells(grades, no_spells(1))
    assert spells.at_risk[:7].tolist() == [0, 1, 1, 1, 1, 0, 0]
    assert spells.ends[:7].tolist() == [0, 0, 0, 0, 1, 0, 0]
    assert spells.curve()[4] == 1.0


def test_a_spell_under_way_enters_at_its_age_and_may_be_lost_to_sight():
    grades = np.array([[1, 1, 2], [0, 0, 0]]).T
    spells = count_spells(grades, np.array([-20, -1]))
    assert spells.at_risk.nonzero()[0].tolist() == [1, 2, 3, 20, 21, 22]
    assert spells.ends.nonzero()[0].tolist() == [22]


def test_a_council_that_falls_again_begins_a_new_spell():
    spells = count_spells(np.array([[0, 2, 0, 0, 3]]).T, no_spells(1))
    assert spells.at_risk[:3].tolist() == [0, 2, 1]
    assert spells.ends[:3].tolist() == [0, 1, 1]


def test_observed_grades_follow_the_published_judgements():
    path = observed_grades(-1, 26)
    mixes = {f"{row.cells['date']}": row.cells for row in read_rows("national_grades")}
    for month, date in ((-1, "2018-03-31"), (11, "2019-03-31"), (26, "2020-06-30")):
        counts = np.bincount(path[month + 1], minlength=4)
        assert counts.tolist() == [mixes[date][grade] for grade in ("inadequate", "requires_improvement", "good",
                                                                    "outstanding")]  # fmt: skip


def test_the_spells_of_the_start_are_of_councils_inadequate_or_not_yet_good_since():
    starts, held = observed_starts(), observed_grades(-1, -1)[0]
    under_way = starts != NO_SPELL
    assert under_way[held == INADEQUATE].all()
    assert not under_way[held >= GOOD].any()
    assert (starts[under_way] < 0).all()


def test_spells_to_any_other_grade_are_those_of_councils_that_are_inadequate():
    for month in (0, 12, 27, 40):
        starts = observed_starts(month, end=REQUIRES_IMPROVEMENT)
        assert ((starts == NO_SPELL) == (grades_before(month) != INADEQUATE)).all()
        assert starts.max() < month
        assert len(starts) == load_councils().n


def test_later_starts_are_those_of_the_spells_that_are_left():
    # In turn: left in month 1; begun in month 0 and never left; never inadequate.
    grades = np.array([[0, 0, 2], [1, 0, 2], [1, 0, 2]])
    starts = np.array([-30, NO_SPELL, NO_SPELL])
    assert later_starts(grades, starts, end=REQUIRES_IMPROVEMENT).tolist() == [NO_SPELL, 0, NO_SPELL]
    assert later_starts(grades, starts, end=GOOD).tolist() == [-30, 0, NO_SPELL]


def test_grades_before_the_start_are_those_of_the_councils():
    assert grades_before(0).tolist() == list(load_councils().grade)
