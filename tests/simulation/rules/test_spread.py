"""S1 and E4': the spread of quality, and the shock with which it stays where it begins."""

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize_scalar
from scipy.stats import multivariate_normal, norm

from simulation import Parameters, Switches
from simulation.compiled.ensemble import Ensemble
from simulation.rules.spread import (
    collapse_variance,
    leadership_variance,
    mended_variance,
    tied_shock,
    variances,
)
from simulation.state import SIF

ON = {"tied_shock": "on"}
FOUND = {
    "practice_adjustment_time": 56.0, "structural_share": 0.15, "inspection_noise": 0.47, "outstanding_cut_shift": 1.4,
    "collapse_rate": 0.07, "alarm_push": 0.83, "national_drift": 0.0, "transfer_rate": 0.0,
}  # fmt: skip
"""What a reduced model found, without drift and support."""


def test_s1_what_is_fixed_is_a_share_where_the_shock_is_tied(coefficients):
    c = coefficients(switches=ON, structural_share=0.3, deprivation_effect=0.2, region_sd=0.4)
    assert variances(c) == pytest.approx((0.8, 0.33**2, 0.24))
    free = coefficients(structural_sd=0.5, deprivation_effect=0.2, region_sd=0.4)
    assert variances(free) == pytest.approx((0.8, 0.33**2, 0.25))


def test_the_shock_is_the_parameter_unless_it_is_tied(coefficients):
    assert coefficients(practice_shock=0.3).shock == 0.3
    tied = [coefficients(switches=ON, practice_shock=shock).shock for shock in (0.1, 0.3)]
    assert tied[0] == tied[1] == tied_shock(coefficients(switches=ON)) != 0.1


def test_alone_it_is_that_of_a_first_order_lag(coefficients, quiet):
    parameters = quiet(structural_share=0.4, practice_adjustment_time=30.0).as_dict()
    c = coefficients(switches=ON, **parameters)
    keep = 1 - 1 / 30
    within = 1 - c.deprivation_effect**2 - c.region_sd**2
    assert tied_shock(c) == pytest.approx(math.sqrt(0.6 * within * (1 - keep * keep)))


def test_what_others_bring_and_take(coefficients):
    none = coefficients(collapse_rate=0.0, director_effect=0.0, interim_penalty=0.0, attention_effect=0.0)
    assert collapse_variance(none) == 0.0
    assert leadership_variance(0.05, 0.95, none) == 0.0
    c = coefficients(collapse_rate=0.05, director_effect=0.3, interim_penalty=0.0, attention_effect=0.0)
    chance = (1 - 0.95 ** (1 / 12)) * 129 / 152
    assert collapse_variance(c) == pytest.approx(chance * (1.4**2 + 0.4**2) - (chance * 1.4) ** 2)
    lasting = 0.95 * 59 / 60
    assert leadership_variance(0.05, 0.95, c) == pytest.approx(0.09 * 0.0025 * (1 + lasting) / (1 - lasting))
    assert mended_variance(coefficients(alarm_push=0.0)) == 0.0
    weak, strong = (coefficients(switches={"intervention": "on"}, intervention_pull=pull) for pull in (0.5, 2.0))
    assert 0.0 < mended_variance(weak) < mended_variance(strong)


def test_leadership_that_lasts_brings_what_a_lag_of_a_lag_has():
    """The variance of a first-order lag of a first-order process, from its series."""
    step, keep, lasts, between = 0.05, 0.95, 1 - 1 / 60, 0.09
    weights = step * keep ** np.arange(2000)
    covariance = between * lasts ** np.abs(np.subtract.outer(np.arange(2000), np.arange(2000)))
    variance = weights @ covariance @ weights
    c = type("C", (), {"attention_effect": 0.0, "attention_base": 0.2, "interim_penalty": 0.0, "director_effect": 0.3})
    assert leadership_variance(step, keep, c) == pytest.approx(variance * (1 - keep * keep), rel=1e-6)


@given(
    time=st.floats(12, 72),
    share=st.floats(0.02, 0.95),
    collapses=st.floats(0, 0.08),
    pull=st.floats(0, 2.5),
    agency=st.floats(0, 2.5),
)
def test_it_is_a_number_for_any_prior(coefficients, time, share, collapses, pull, agency):
    c = coefficients(
        switches=ON | {"intervention": "on"},
        practice_adjustment_time=time,
        structural_share=share,
        collapse_rate=collapses,
        intervention_pull=pull,
        agency_effect=agency,
    )
    assert 0.0 <= c.shock <= 0.6


def spreads(switches, replicates, **changes):
    """The spread of quality and of regions' means in month 0 and in month 120, mean over replicates."""
    ensemble = Ensemble(120, switches=Switches(**({"pressure": "off"} | switches)))
    found = []
    for replicate in range(replicates):
        opening = ensemble.open(Parameters(**(FOUND | changes)), ensemble.draw(2018, replicate))
        region, before = opening.councils["region"], opening.councils["quality"].copy()
        after = ensemble.run("none", opening, panel=True).panel["quality"][-1]
        means = ([quality[region == k].mean() for k in range(9)] for quality in (before, after))
        found.append([before.std(), after.std(), *map(np.std, means)])
    return np.mean(found, axis=0)


def test_the_spread_of_quality_stays_where_it_begins():
    before, after, regional_before, regional_after = spreads({}, 24)
    assert after == pytest.approx(before, rel=0.05)
    assert regional_after == pytest.approx(regional_before, rel=0.10)


@pytest.mark.parametrize("time", [24.0, 56.0])
def test_it_stays_without_failures_too(time):
    quiet = {"collapse": "off", "intervention": "off", "alarm": "off", "spillover": "off"}
    before, after, *_ = spreads(quiet, 12, practice_adjustment_time=time)
    assert after == pytest.approx(before, rel=0.05)


def test_a_shock_of_another_size_would_be_seen():
    before, after, *_ = spreads({"tied_shock": "off"}, 4, practice_shock=0.3, structural_sd=0.3)
    assert after > 1.2 * before


def successive_grades(replicates):
    """How often each grade followed each between ILACS judgements of a council, shape (4, 4)."""
    ensemble, found = Ensemble(96), np.zeros((4, 4))
    for replicate in range(replicates):
        opening = ensemble.open(Parameters(), ensemble.draw(2018, replicate))
        due, framework = opening.councils["next_judgement"].copy(), opening.councils["next_framework"].copy()
        panel = ensemble.run("none", opening, panel=True).panel
        due = np.vstack([due, panel["next_judgement"]])
        for i in range(due.shape[1]):
            grades = [panel["grade"][month, i] for month in range(96) if due[month, i] == month]
            for one, other in pairwise(grades[1 if framework[i] == SIF else 0 :]):
                found[one, other] += 1
    return found


def polychoric(counts):
    """The correlation of two normals that such a table of grades is cut from (maximum likelihood)."""
    shares = counts / counts.sum()
    edges = [np.r_[-8.0, norm.ppf(np.cumsum(shares.sum(axis=axis))[:-1]), 8.0] for axis in (1, 0)]

    def misfit(correlation):
        normal = multivariate_normal(cov=[[1.0, correlation], [correlation, 1.0]])
        below = np.array([[normal.cdf([one, other]) for other in edges[1]] for one in edges[0]])
        cells = np.diff(np.diff(below, axis=0), axis=1)
        return -(counts * np.log(np.maximum(cells, 1e-12))).sum()

    return minimize_scalar(misfit, bounds=(0.0, 0.95), method="bounded", options={"xatol": 0.005}).x


def test_grades_persist_between_ilacs_judgements_as_they_do_in_england():
    """Observed: 0.49, with a standard error of 0.11."""
    assert 0.38 <= polychoric(successive_grades(8)) <= 0.60
