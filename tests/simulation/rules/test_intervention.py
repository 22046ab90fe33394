"""E4': intervention after failing, against values worked out by hand and a closed form."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.rules.intervention import intervention, pull_left

ON = {"intervention": "on"}


def test_half_of_the_pull_is_left_after_18_months():
    assert [pull_left(months) for months in (0, 18, 36, 540)] == pytest.approx([1.0, 0.5, 0.25, 2.0**-30])


def test_it_pulls_to_the_middle_between_inadequate_and_good(coefficients, council):
    c = coefficients(switches=ON, intervention_pull=1.2)
    assert c.intervention_level == pytest.approx((c.inadequate_cut + c.good_cut) / 2)
    for distance in (-1.0, 0.0, 0.7):
        failed = council(quality=c.intervention_level + distance, months_since_inadequate=18)
        assert intervention(failed, c) == pytest.approx(-distance * 0.1 * 0.5)


def test_there_is_none_without_an_inadequate_judgement_or_where_it_is_off(coefficients, council):
    assert intervention(council(quality=-3.0), coefficients(switches=ON)) == 0.0
    failed = council(quality=-3.0, months_since_inadequate=1)
    assert intervention(failed, coefficients(switches={"intervention": "off"})) == 0.0
    assert intervention(failed, coefficients(switches=ON)) > 0.0


@given(st.floats(-5, 5), st.integers(0, 500), st.floats(0, 12))
def test_it_never_leads_past_the_middle(coefficients, council, quality, months, pull):
    c = coefficients(switches=ON, intervention_pull=pull)
    failed = council(quality=quality, months_since_inadequate=months)
    before = quality - c.intervention_level
    after = before + intervention(failed, c)
    assert abs(after) <= abs(before) + 1e-12
    assert after * before >= -1e-12


@pytest.mark.parametrize("engine", ["ensemble", "mesa"])
def test_a_failed_council_nears_the_middle_as_the_pull_fades(past, alike, quiet, lived, engine):
    """Without any other force the distance shrinks by 1 - pull/12 * 2^(-m/18) a month."""
    parameters = quiet(intervention_pull=1.5, practice_adjustment_time=10_000.0, practice_shock=0.0)
    start = {"quality": -2.0, "structural_level": -2.0, "months_since_inadequate": 3, "pressure_start": 0.0}
    run = lived(
        alike(3),
        24,
        parameters=parameters,
        switches=past.switches(**ON, pressure="off"),
        engine=engine,
        start=start,
    )
    middle = (-1.0316 + 0.3189) * math.sqrt(1 + 0.33**2) / 2 - 0.35 / 2
    left = np.cumprod([1.0 - 1.5 / 12 * 2 ** (-(3 + month) / 18) for month in range(24)])
    expected = middle + (-2.0 - middle) * left
    assert run.months["mean_quality"].tolist() == pytest.approx(expected.tolist(), abs=5e-3)
