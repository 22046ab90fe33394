"""The fit patterns have the numbers that the specification states, and are measured in their order."""

import math

import numpy as np
import pytest

from experiments.observed import HISTORY_MONTHS, fit_groups, fit_patterns, measure_fit
from experiments.observed.pattern import count_sd

# Counts of outstanding, good, requires improvement and inadequate at the first judgement, by the grade held before.
FIRST = {"good": (13, 13, 5, 2), "requires_improvement": (2, 19, 20, 13), "inadequate": (0, 4, 13, 3)}
STATED = {
    "mix_inadequate": (21 / 152, 0.03),
    "mix_requires_improvement": (56 / 152, 0.04),
    "mix_good": (60 / 152, 0.04),
    "mix_outstanding": (15 / 152, 0.025),
    "changed_director": (122 / 456, 0.035),
    "interims": (0.11, 0.02),
    "spell_months": (8.0, 2.0),
    "agency_inadequate": (0.27, 0.025),
    "agency_requires_improvement": (0.164, 0.02),
    "agency_good": (0.151, 0.02),
    "agency_outstanding": (0.064, 0.025),
}
# Stated to two digits.
CHANGES = {"inadequate": (1.27, 0.15), "requires_improvement": (1.07, 0.12), "good": (0.87, 0.10)}


def by_name():
    return {pattern.name: pattern for pattern in fit_patterns()}


def test_the_patterns_are_those_stated_and_no_others():
    first = [f"first_{held}_{given}" for held in FIRST for given in ("inadequate", "requires_improvement", "good",
             "outstanding")]  # fmt: skip
    assert set(by_name()) == {*STATED, *first, *(f"changes_{grade}" for grade in CHANGES)}
    assert len(fit_patterns()) == 26


@pytest.mark.parametrize("name", STATED)
def test_targets_and_errors_are_those_stated(name):
    pattern = by_name()[name]
    assert (pattern.target, pattern.sd) == pytest.approx(STATED[name])


@pytest.mark.parametrize("grade", CHANGES)
def test_changes_by_grade_are_those_stated(grade):
    pattern = by_name()[f"changes_{grade}"]
    assert (round(pattern.target, 2), pattern.sd) == CHANGES[grade]


@pytest.mark.parametrize("held", FIRST)
def test_first_judgements_are_those_stated(held):
    of = {"good": 33, "requires_improvement": 54, "inadequate": 20}[held]
    assert sum(FIRST[held]) == of
    for given, count in zip(("outstanding", "good", "requires_improvement", "inadequate"), FIRST[held], strict=True):
        share = (count + 0.5) / (of + 2)
        pattern = by_name()[f"first_{held}_{given}"]
        assert pattern.target == pytest.approx(count / of)
        assert pattern.sd == pytest.approx(math.sqrt(share * (1 - share) / of + 0.03**2))


def test_the_error_of_a_share_of_none_is_not_nought():
    assert count_sd(0, 20, 0.0) == pytest.approx(math.sqrt((0.5 / 22) * (21.5 / 22) / 20))
    assert count_sd(10, 20, 0.03) == pytest.approx(math.sqrt((10.5 / 22) * (11.5 / 22) / 20 + 0.0009))


def test_every_pattern_is_measured_in_its_order(real_history):
    found = measure_fit(real_history)
    assert found.shape == (len(fit_patterns()),)
    assert np.isfinite(found).all()
    place = 0
    for group in fit_groups():
        assert group.months <= HISTORY_MONTHS
        assert group.measure(real_history).tolist() == found[place : place + len(group.patterns)].tolist()
        place += len(group.patterns)


def test_the_mix_is_that_of_march_2020(real_history):
    month = real_history.run.months.iloc[23]
    seen = [month[grade] / 152 for grade in ("inadequate", "requires_improvement", "good", "outstanding")]
    assert measure_fit(real_history)[:4].tolist() == seen
