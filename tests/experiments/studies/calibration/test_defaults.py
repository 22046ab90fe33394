"""The defaults are a point among the plausible sets: near their mean where they are narrow, and not ruled out."""

import numpy as np
import pytest

from experiments.design.plausible import load_plausible
from experiments.observed import fit_patterns
from experiments.studies.calibration.informed import as_table, marginals
from experiments.studies.calibration.likeness import implausibility, mean_histories, pooled_errors
from experiments.studies.calibration.runs import LUCKS, one_history
from simulation.parameters import PARAMETERS, Parameters

NARROWED = (
    "practice_adjustment_time", "structural_share", "national_drift", "intervention_pull", "inspection_noise",
    "good_cut_shift", "outstanding_cut_shift", "leap_to_outstanding", "anchor_outstanding", "anchor_good",
    "deprivation_effect", "region_sd", "collapse_rate", "voluntary_exit_rate", "hiring_time", "stigma_agency_effect",
    "quality_agency_effect", "alarm_push",
)  # fmt: skip
TARGETS, SDS = (np.array([getattr(pattern, name) for pattern in fit_patterns()]) for name in ("target", "sd"))


def furthest(parameters):
    """How far the mean history of 64 lucks is from the pattern that it misses most, in its errors."""
    histories = np.array([[one_history(parameters, luck, 2018) for luck in range(LUCKS)]])
    errors = pooled_errors(histories, SDS)
    return implausibility(mean_histories(histories), TARGETS, errors, LUCKS).max()


def test_what_the_evidence_narrows_stands_near_its_mean_by_default():
    shipped = load_plausible()
    told = marginals(as_table(shipped.parameters), shipped.weights).set_index("parameter").loc[list(NARROWED)]
    assert (told.spread < 1).all()
    usual = np.array([PARAMETERS[name].default for name in NARROWED])
    spread = (told.prior_high - told.prior_low) / np.sqrt(12)
    assert told.index[np.abs(usual - told["mean"]) > 0.2 * spread].tolist() == []


def test_the_defaults_are_plausible():
    assert furthest(Parameters()) < 2


@pytest.mark.parametrize("changed", [{"stigma_agency_effect": 0.25}, {"voluntary_exit_rate": 0.22}])
def test_a_point_far_from_the_evidence_is_not(changed):
    assert furthest(Parameters(**changed)) > 2
