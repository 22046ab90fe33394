"""The three simple forecasts, by hand."""

import numpy as np
import pytest

from experiments.studies.judgements.judgement_file import Judgements
from experiments.studies.judgements.simple_forecasts import LAST, MATRIX, MIX, fit_years, simple_forecasts

# Of 8 judgements of councils that held requires improvement, 4 good; of 4 that held good, 3 good and 1 outstanding.
COUNTS = np.array([[0.0, 0, 0, 0], [1, 3, 4, 0], [0, 0, 3, 1], [0, 0, 0, 0]])
BEFORE = np.array([1, 2])


def _given(council, count):
    zero = np.zeros(len(council), int)
    return Judgements(np.array(council), zero, zero, zero, zero, np.array(count))


def _found(council, count):
    return simple_forecasts(BEFORE, _given(council, count), COUNTS)


def test_the_last_grade_held_comes_again_as_often_as_it_did_in_the_fit_years():
    again = (6 + 0.5) / (12 + 1)
    other = (1 - again) / 3
    found = _found([0, 1, 1], [1, 1, 2])[LAST]
    assert found == pytest.approx(
        np.array([[other, again, other, other], [other, other, again, other], [other, other, again, other]])
    )


def test_the_mix_is_that_of_the_grades_given():
    assert _found([0, 1], [1, 1])[MIX] == pytest.approx(np.tile([1.5 / 14, 3.5 / 14, 7.5 / 14, 1.5 / 14], (2, 1)))


def test_the_matrix_is_powered_by_the_number_of_judgements_since():
    improvement, good = np.array([1.5, 3.5, 4.5, 0.5]) / 10, np.array([0.5, 0.5, 3.5, 1.5]) / 6
    even = np.full(4, 0.25)
    found = _found([0, 1, 1], [1, 1, 2])[MATRIX]
    twice = good[0] * even + good[1] * improvement + good[2] * good + good[3] * even
    assert found == pytest.approx(np.array([improvement, good, twice]))


def test_every_forecast_gives_chances_to_every_grade():
    stream = np.random.default_rng(1)
    given = _given(stream.integers(0, 152, 60), stream.integers(1, 5, 60))
    for chances in simple_forecasts(stream.integers(0, 4, 152), given).values():
        assert chances.shape == (60, 4)
        assert chances.sum(axis=1) == pytest.approx(np.ones(60))
        assert (chances > 0).all()


def test_the_fit_years_hold_the_judgements_published_by_march_2020():
    assert fit_years().shape == (4, 4)
    assert fit_years().sum() == 103
