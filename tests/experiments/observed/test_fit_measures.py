"""What a history shows, on panels made by hand with answers known beforehand."""

import math

import numpy as np
import pytest

from experiments.observed import fit_measures
from experiments.observed.history import History, judgement_flags
from simulation.compiled.ensemble import Ensemble
from simulation.parameters import Parameters

INADEQUATE, REQUIRES_IMPROVEMENT, GOOD, OUTSTANDING = range(4)


def cumulated(changes):
    return np.cumsum(changes, axis=0)


def test_a_history_needs_a_panel():
    ensemble = Ensemble(1)
    run = ensemble.run("none", ensemble.open(Parameters(), ensemble.draw(1, 0)))
    with pytest.raises(ValueError, match="expected a run with its panel"):
        History(run)
    with pytest.raises(ValueError, match="expected a run with its panel"):
        judgement_flags(run)


def test_the_grade_held_is_that_of_the_month_before_and_of_the_start(made_history):
    history = made_history([[1, 2], [0, 2], [0, 3]], start=[2, 2])
    assert history.grades_before.tolist() == [[2, 2], [1, 2], [0, 2]]


def test_a_judgement_is_published_in_the_month_for_which_it_was_set(made_history):
    # The first council is judged in month 1, the second in month 2 (and set for month 5 before that, never reached).
    history = made_history([[1, 1]] * 4, next_judgement=[[1, 2], [40, 2], [40, 30], [40, 30]])
    assert history.judgements.tolist() == [[False, False], [True, False], [False, True], [False, False]]


def test_judgements_are_as_many_as_the_engine_counts(real_history):
    assert real_history.judgements.sum(axis=1).tolist() == real_history.path("judgements").tolist()


def test_changes_are_counted_in_their_month_the_first_included(made_history):
    history = made_history([[1, 1]] * 3, director_changes=[[1, 0], [1, 2], [3, 2]])
    assert history.changes.tolist() == [[1, 0], [0, 2], [2, 0]]


def test_changes_are_as_many_as_the_engine_counts(real_history):
    assert real_history.changes.sum(axis=1).tolist() == real_history.path("director_changes").tolist()


def test_the_mix_is_of_one_month(made_history):
    history = made_history([[0, 1, 2, 2], [3, 3, 2, 2]])
    assert fit_measures.grade_mix(history, 0).tolist() == [0.25, 0.25, 0.5, 0.0]
    assert fit_measures.grade_mix(history, 1).tolist() == [0.0, 0.0, 0.5, 0.5]


def test_first_judgements_are_the_first_of_councils_that_held_the_grade_before(made_history):
    # Judged: council 0 in months 1 (inadequate) and 3 (good), council 1 in month 2 (outstanding), council 2 never,
    # council 3, which held good, in month 1.
    grades = [[1, 1, 1, 2], [0, 1, 1, 3], [0, 3, 1, 3], [2, 3, 1, 3]]
    due = [[1, 2, 50, 1], [3, 2, 50, 60], [3, 60, 50, 60], [60, 60, 50, 60]]
    history = made_history(grades, start=[1, 1, 1, 2], next_judgement=due)
    assert fit_measures.first_judgement_shares(history, REQUIRES_IMPROVEMENT).tolist() == [0.5, 0.0, 0.0, 0.5]
    assert fit_measures.first_judgement_shares(history, GOOD).tolist() == [0.0, 0.0, 0.0, 1.0]
    assert np.isnan(fit_measures.first_judgement_shares(history, INADEQUATE)).all()


def test_first_judgements_end_with_the_third_year(made_history):
    grades = np.ones((40, 2), int)
    grades[36:, 0] = 3
    due = np.full((40, 2), 99)
    due[:36, 0] = 36
    history = made_history(grades, next_judgement=due)
    assert np.isnan(fit_measures.first_judgement_shares(history, REQUIRES_IMPROVEMENT)).all()


def test_a_council_that_changes_twice_in_a_year_counts_once(made_history):
    changes = np.zeros((36, 4), int)
    changes[[0, 11], 0] = 1
    changes[12, [0, 1, 2]] = 1
    history = made_history(np.ones((36, 4), int), director_changes=cumulated(changes))
    assert fit_measures.changed_share(history, 0, 1) == 0.25
    assert fit_measures.changed_share(history, 12, 1) == 0.75
    assert fit_measures.changed_share(history, 0, 3) == pytest.approx((0.25 + 0.75 + 0.0) / 3)


def test_changes_by_grade_are_those_of_six_years_by_the_grade_in_the_sixth(made_history):
    changes = np.zeros((72, 3), int)
    changes[:4, 0] = 1
    changes[71, 1] = 2
    grades = np.full((72, 3), GOOD)
    grades[60, 0] = INADEQUATE
    history = made_history(grades, director_changes=cumulated(changes))
    assert fit_measures.changes_by_grade(history, INADEQUATE) == 2.0
    assert fit_measures.changes_by_grade(history, GOOD) == 0.5
    assert math.isnan(fit_measures.changes_by_grade(history, OUTSTANDING))
    assert math.isnan(fit_measures.changes_by_grade(made_history(grades), GOOD))


def test_agency_shares_are_pooled_over_council_months(made_history):
    history = made_history([[0, 0, 2], [0, 1, 2]], agency_share=[[0.1, 0.3, 0.9], [0.5, 0.7, 0.9]])
    assert fit_measures.agency_by_grade(history, INADEQUATE, 0) == pytest.approx(0.2)
    assert fit_measures.agency_by_grade(history, INADEQUATE, 0, 1) == pytest.approx(0.3)
    assert math.isnan(fit_measures.agency_by_grade(history, OUTSTANDING, 0, 1))


def test_interims_are_counted_over_three_years_or_the_months_asked_for(made_history):
    interim = np.zeros((40, 2), int)
    interim[:18, 0] = 1
    interim[36:] = 1
    history = made_history(np.ones((40, 2), int), interim=interim)
    assert fit_measures.interim_share(history) == 0.25
    assert fit_measures.interim_share(history, 0) == 0.5
    assert fit_measures.interim_share(history, 0, 36) == 0.75


def test_spells_of_interims_are_those_that_ended(made_history):
    spells, months = np.zeros(80), np.zeros(80)
    spells[[3, 50]], months[[3, 50]] = [1, 2], [4, 20]
    spells[75], months[75] = 1, 70
    history = made_history(np.ones((80, 2), int), paths={"interim_spells": spells, "interim_spell_months": months})
    assert fit_measures.spell_months(history) == 8.0
    assert math.isnan(fit_measures.spell_months(made_history(np.ones((80, 2), int))))


def test_months_in_post_are_of_permanent_directors_by_the_grade_of_that_month(made_history):
    posts = [[99, 99, 99, 99]] * 3 + [[10, 20, -1, 7]]
    history = made_history([[0] * 4] * 3 + [[GOOD, GOOD, GOOD, INADEQUATE]], months_in_post=posts)
    found = fit_measures.posts_by_grade(history, 3)
    assert found[[INADEQUATE, GOOD]].tolist() == [7, 15]
    assert np.isnan(found[[REQUIRES_IMPROVEMENT, OUTSTANDING]]).all()
