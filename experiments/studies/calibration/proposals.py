"""Where parameter sets are looked for: mixtures of normals on the scale on which the prior is standard normal.

A parameter that the prior spreads evenly over its range has the score z where the normal share of z is its place in the
range. Parameters that no data inform keep the prior, so that they cancel from every weight.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import logsumexp, ndtr, ndtri

from simulation.arrays import Floats
from simulation.parameters import PARAMETERS, Parameters

FITTED = (
    "practice_adjustment_time", "structural_share", "national_drift",
    "pressure_effect", "inspection_noise", "good_cut_shift", "outstanding_cut_shift", "leap_to_outstanding",
    "deprivation_effect", "region_sd", "regional_spillover", "collapse_rate", "alarm_push", "intervention_pull",
    "anchor_outstanding", "anchor_good", "director_effect", "agency_effect", "voluntary_exit_rate", "hiring_time",
    "stigma_agency_effect", "quality_agency_effect",
)  # fmt: skip
"""Parameters that what is fitted to may inform: all others are drawn from the prior alone."""

_FITTED_PLACES = np.array([place for place, name in enumerate(PARAMETERS) if name in FITTED])
_LOW, _HIGH = (np.array([getattr(info, end) for info in PARAMETERS.values()]) for end in ("low", "high"))
PRIOR_PART = 0.1
"""The share of a proposal that is the prior itself, so that no part of it is left out."""
_WIDER = 1.2
"""Proposals are wider than what they are fitted to, as standard deviations."""
_EDGE = 1e-9


def scores_of(values: Floats) -> Floats:
    """Return the scores of parameter sets, shape (sets, parameters)."""
    share = (values - _LOW) / (_HIGH - _LOW)
    found: Floats = ndtri(np.clip(share, _EDGE, 1.0 - _EDGE))
    return found


def fitted_scores(found: Floats) -> Floats:
    """Return the scores of the fitted parameters alone, shape (sets, fitted)."""
    return found[:, _FITTED_PLACES]


def sets_of(found: Floats) -> list[Parameters]:
    """Return the parameter sets with these scores, shape (sets, parameters)."""
    values = _LOW + ndtr(found) * (_HIGH - _LOW)
    return [Parameters.from_mapping(dict(zip(PARAMETERS, map(float, row), strict=True))) for row in values]


@dataclass(frozen=True, eq=False)
class Proposal:
    """A mixture of the prior and of one normal a target, over the scores of the fitted parameters.

    Of what is not the prior, half is the first target's, and the others share the rest evenly.

    Attributes:
        means: shape (targets, fitted).
        covariances: shape (targets, fitted, fitted).
    """

    means: Floats
    covariances: Floats

    @property
    def parts(self) -> Floats:
        """The shares of the prior and of each target, summing to 1, shape (targets + 1,)."""
        targets = len(self.means)
        if targets == 0:
            return np.ones(1)
        others = np.full(targets - 1, 0.5 / max(1, targets - 1))
        first = 1.0 - others.sum()
        return np.concatenate([[PRIOR_PART], (1.0 - PRIOR_PART) * np.array([first, *others])])

    def draw(self, number: int, stream: np.random.Generator) -> Floats:
        """Return the scores of so many sets, shape (sets, parameters)."""
        found = stream.standard_normal((number, len(PARAMETERS)))
        part = stream.choice(len(self.means) + 1, number, p=self.parts)
        for k in range(len(self.means)):
            chosen = np.flatnonzero(part == k + 1)
            factor = np.linalg.cholesky(self.covariances[k])
            found[np.ix_(chosen, _FITTED_PLACES)] = self.means[k] + found[np.ix_(chosen, _FITTED_PLACES)] @ factor.T
        return found

    def log_ratio(self, found: Floats) -> Floats:
        """Return the logarithm of its density over the prior's, shape (sets,)."""
        z = fitted_scores(found)
        own = -0.5 * (z**2).sum(axis=1)
        parts = [np.full(len(z), np.log(self.parts[0]))]
        for part, mean, covariance in zip(self.parts[1:], self.means, self.covariances, strict=True):
            factor = np.linalg.cholesky(covariance)
            apart = np.linalg.solve(factor, (z - mean).T)
            log_density = -0.5 * (apart**2).sum(axis=0) - np.log(np.diag(factor)).sum()
            parts.append(np.log(part) + log_density - own)
        ratio: Floats = logsumexp(np.array(parts), axis=0)
        return ratio


def prior_proposal() -> Proposal:
    """Return the prior itself."""
    fitted = len(_FITTED_PLACES)
    return Proposal(np.empty((0, fitted)), np.empty((0, fitted, fitted)))


def fitted_proposal(found: Floats, weights: Sequence[Floats]) -> Proposal:
    """Return a proposal with a normal for each target, of the mean and covariance of its weighted sets.

    Covariances are drawn towards the prior's, the more so the fewer sets the weights are worth, and then widened.

    Args:
        found: scores of the sets so far, shape (sets, parameters).
        weights: those of each target, summing to 1, shape (sets,) each.
    """
    z, means, covariances = fitted_scores(found), [], []
    for weight in weights:
        mean = weight @ z
        apart = z - mean
        worth = 1.0 / (weight**2).sum()
        towards = len(mean) / (len(mean) + worth)
        own = (apart * weight[:, None]).T @ apart
        means.append(mean)
        covariances.append(_WIDER**2 * ((1.0 - towards) * own + towards * np.eye(len(mean))))
    return Proposal(np.array(means), np.array(covariances))


def log_mixture(proposals: Sequence[Proposal], sizes: Sequence[int], found: Floats) -> Floats:
    """Return the logarithm of the density of all proposals together over the prior's, each by its number of sets."""
    shares = np.log(np.array(sizes) / sum(sizes))
    parts = [share + proposal.log_ratio(found) for share, proposal in zip(shares, proposals, strict=True)]
    ratio: Floats = logsumexp(np.array(parts), axis=0)
    return ratio
