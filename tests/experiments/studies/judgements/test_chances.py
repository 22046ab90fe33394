"""Chances integrated by the normal are those that the rules of inspection give over the same noise."""

from dataclasses import replace
from statistics import NormalDist

import numpy as np
import pytest

from experiments.studies.judgements.chances import grade_chances
from simulation.coefficients import Coefficients
from simulation.parameters import Parameters
from simulation.rules import inspection
from simulation.state import ILACS, SIF
from simulation.switches import Switches

PARTS = 2000


def _coefficients(anchors="on", **changes):
    return Coefficients.of(replace(Parameters(), **changes), Switches(anchors=anchors), 152)


def _by_the_rules(quality, held, framework, c):
    """Score and judge at the middles of equal parts of the noise's chance, and at those of the leap's."""
    found = np.zeros(4)
    for part in range(PARTS):
        seen = inspection.score(quality, NormalDist().inv_cdf((part + 0.5) / PARTS), c)
        for leap in range(20):
            found[inspection.grade_at_inspection(seen, held, framework, (leap + 0.5) / 20, c)] += 1
    return found / found.sum()


@pytest.mark.parametrize(
    ("quality", "held", "framework"), [(-1.0, 0, ILACS), (0.9, 1, ILACS), (0.9, 2, ILACS), (0.3, 3, SIF), (1.9, 1, SIF)]
)
@pytest.mark.parametrize("anchors", ["on", "off"])
def test_they_are_those_of_the_rules_of_inspection(quality, held, framework, anchors):
    c = _coefficients(anchors, leap_to_outstanding=0.25, inspection_noise=0.5)
    found = grade_chances(np.array([quality]), np.array([held]), np.array([framework]), c)[0]
    assert found == pytest.approx(_by_the_rules(quality, held, framework, c), abs=2 / PARTS)
    assert found.sum() == pytest.approx(1)


@pytest.mark.parametrize(("held", "framework"), [(0, ILACS), (1, ILACS), (2, ILACS), (3, ILACS), (3, SIF)])
def test_a_holder_meets_the_lower_cuts_of_the_rules(held, framework):
    parameters = replace(Parameters(), anchor_good=0.4, anchor_outstanding=0.7, leap_to_outstanding=0.25)
    c = Coefficients.of(parameters, Switches(anchors="on"), 152)
    found = grade_chances(np.array([0.8]), np.array([held]), np.array([framework]), c)[0]
    assert found == pytest.approx(_by_the_rules(0.8, held, framework, c), abs=2 / PARTS)
    without = grade_chances(
        np.array([0.8]),
        np.array([held]),
        np.array([framework]),
        Coefficients.of(parameters, Switches(anchors="off"), 152),
    )[0]
    assert (found[2:].sum() > without[2:].sum()) == (held >= 2)


def test_a_cut_below_another_takes_nobody():
    c = _coefficients(good_cut_shift=0.0, outstanding_cut_shift=3.0)
    assert c.outstanding_cut < c.good_cut
    found = grade_chances(np.array([0.2]), np.array([2]), np.array([ILACS]), c)[0]
    assert found == pytest.approx(_by_the_rules(0.2, 2, ILACS, c), abs=2 / PARTS)
    assert found[2] == 0


def test_better_councils_are_given_better_grades():
    quality = np.linspace(-4, 5, 30)
    found = grade_chances(quality, np.full(30, 2), np.full(30, ILACS), _coefficients())
    assert (np.diff(found.cumsum(axis=1)[:, :3], axis=0) <= 0).all()
    assert found[0, 0] == pytest.approx(1, abs=1e-4)
    assert found[-1, 3] == pytest.approx(1, abs=1e-4)
