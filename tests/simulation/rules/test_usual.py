"""E4': the leadership to be expected at a council, against its parts and the mean of many starts."""

import math

import numpy as np
import pytest

from simulation import Parameters
from simulation.compiled.ensemble import Ensemble
from simulation.rules.usual import usual_attention, usual_leadership
from simulation.state import GOOD, INADEQUATE, OUTSTANDING, REQUIRES_IMPROVEMENT


@pytest.mark.parametrize(("grades", "months"), [((INADEQUATE, REQUIRES_IMPROVEMENT), 24), ((GOOD, OUTSTANDING), 36)])
def test_its_parts(coefficients, council, grades, months):
    c = coefficients()
    attention = 0.2 * math.exp(0.045)
    assert usual_attention(c) == pytest.approx(attention)
    for grade in grades:
        dip = 0.9 * 0.2 * 0.8 * math.exp(-months / 12)
        expected = -dip - 0.1 * 0.25 + 0.6 * (attention - 0.2) + 1.0 * 0.045 * 0.5
        assert usual_leadership(council(grade=grade, structural_level=0.5), c) == pytest.approx(expected)


def test_agency_staff_are_those_that_go_with_the_structural_level_within_bounds(coefficients, council):
    c = coefficients(agency_effect=2.0, quality_agency_effect=0.08)
    low, high = (usual_leadership(council(grade=GOOD, structural_level=level), c) for level in (-50.0, 50.0))
    assert high - low == pytest.approx(2.0 * (0.60 - 0.02))


def test_the_last_judgement_and_who_leads_say_nothing(coefficients, council):
    usual = usual_leadership(council(grade=INADEQUATE), coefficients())
    marked = council(grade=INADEQUATE, stigma=1.0, alarm=1.0, press=1.0, agency_share=0.4, leadership=2.0, quality=-3.0)
    assert usual_leadership(marked, coefficients()) == usual


def test_it_is_the_mean_leadership_of_many_starts(alike, within):
    """Of councils that stand on their structural level, where ability is as likely above as below the mean."""
    parameters = Parameters(structural_sd=10.0, director_effect=0.25, inspection_noise=0.05)
    ensemble = Ensemble(1, councils=alike(2000))
    opening = ensemble.open(parameters, ensemble.draw(2018, 0))
    usual = opening.councils["usual_leadership"].mean()
    leadership = _leadership(opening)
    spread = leadership.std() / math.sqrt(len(leadership))
    within(leadership.mean() - usual, 0.0, spread, scale=0.4)


def _leadership(opening):
    """What leadership is in month 0, by the equations E2 and E3."""
    councils, directors, c = opening.councils, opening.directors, opening.coefficients[0]
    in_post = councils["seat"] >= 0
    novelty = np.where(directors["months_as_director"] - directors["months_in_post"] < 6, 1.0, 0.5)
    dip = c["succession_dip"] * novelty * np.exp(-directors["months_in_post"] / 12)
    permanent = c["director_effect"] * directors["ability"] - dip
    interim = c["director_effect"] * councils["interim_ability"] - c["interim_penalty"]
    salience = councils["chief"]["salience"]
    push = c["attention_effect"] * (salience[:, 0] / salience.sum(axis=1) - c["attention_base"])
    return np.where(in_post, permanent, interim) + push - c["agency_effect"] * (councils["agency_share"] - 0.155)
