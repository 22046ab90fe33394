"""The search for likely parameter sets: drawn wave by wave, each from where those before it were likely."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from experiments.design.parameter_sets import draw_sets
from experiments.observed import fit_patterns
from experiments.results.blocks import BlockFolder
from experiments.results.folder import Tell
from experiments.statistics.weights import effective_sets
from experiments.studies.calibration.informed import as_table
from experiments.studies.calibration.library import Data, Likelihoods, pattern_targets, run_library
from experiments.studies.calibration.likeness import log_likeness, mean_histories, normalised, pooled_errors
from experiments.studies.calibration.proposals import (
    Proposal,
    fitted_proposal,
    log_mixture,
    prior_proposal,
    scores,
    sets_of,
)
from simulation.arrays import Floats
from simulation.dates import FIRST_MONTH, month_number
from simulation.parameters import Parameters

_STREAM = (2018, 3)
_LEAST_WORTH, _WORTH_PART, _MOST_PART = 60.0, 0.1, 0.5
"""What weights are worth that a proposal is fitted to: so many sets, or the first part of all so far where that is
more, but never more than the second."""


@dataclass(frozen=True, eq=False)
class Found:
    """Where was looked so far, and what the data say of it.

    Attributes:
        sets: parameter sets.
        scores: on the scale of the prior, shape (sets, parameters).
        likelihoods: what the data say of each.
        proposals: that they were drawn from, wave by wave.
        sizes: how many from each.
    """

    sets: list[Parameters]
    scores: Floats
    likelihoods: Likelihoods
    proposals: list[Proposal]
    sizes: list[int]

    def log_weights(self, until: str, power: float = 1.0) -> Floats:
        """Return the logarithms of the weights beside the prior, the likelihood taken to a ``power``, shape (sets,)."""
        return power * log_likelihoods(self.likelihoods, until) - log_mixture(self.proposals, self.sizes, self.scores)


def log_likelihoods(likelihoods: Likelihoods, until: str) -> Floats:
    """Return the logarithm of each set's likelihood of all that was known before ``until``, but for a constant."""
    months = month_number(until, "until") - month_number(FIRST_MONTH, "start")
    errors = pooled_errors(likelihoods.histories, np.array([pattern.sd for pattern in fit_patterns()]))
    means = mean_histories(likelihoods.histories)
    logs = log_likeness(means, pattern_targets(until), errors, likelihoods.histories.shape[1])
    total: Floats = logs + likelihoods.log_chances[:, :months].sum(axis=1)
    return total


def look_for_sets(
    data: Data,
    until: Sequence[str],
    sets: int,
    waves: int,
    store: BlockFolder,
    workers: int,
    *,
    progress: bool,
    tell: Tell,
) -> tuple[Found, list[dict[str, Any]]]:
    """Draw sets wave by wave, each from where those before it were likely."""
    stream = np.random.Generator(np.random.PCG64(np.random.SeedSequence(entropy=data.seed, spawn_key=_STREAM)))
    first = [one.parameters for one in draw_sets(sets, Parameters(), set(), data.seed, levers=False)]
    likelihoods = run_library(data, "wave-1", first, 0, store, workers=workers, progress=progress, tell=tell)
    so_far = Found(first, scores(as_table(first)), likelihoods, [prior_proposal()], [sets])
    rows = _rows(1, so_far, until)
    for wave in range(2, waves + 1):
        targets = [normalised(so_far.log_weights(month, bearable_power(so_far, month))) for month in until]
        proposal = fitted_proposal(so_far.scores, targets)
        found = proposal.draw(sets, stream)
        new, name = sets_of(found), f"wave-{wave}"
        more = run_library(data, name, new, len(so_far.sets), store, workers=workers, progress=progress, tell=tell)
        so_far = Found(
            so_far.sets + new, np.concatenate([so_far.scores, found]), so_far.likelihoods.joined(more),
            [*so_far.proposals, proposal], [*so_far.sizes, sets],
        )  # fmt: skip
        rows += _rows(wave, so_far, until)
    return so_far, rows


def bearable_power(so_far: Found, until: str) -> float:
    """Return the highest power of the likelihood, up to 1, at which the weights are worth enough sets to fit to."""
    number = len(so_far.sets)
    least = min(max(_LEAST_WORTH, _WORTH_PART * number), _MOST_PART * number)
    if effective_sets(normalised(so_far.log_weights(until))) >= least:
        return 1.0
    low, high = 0.0, 1.0
    for _ in range(30):
        middle = (low + high) / 2
        enough = effective_sets(normalised(so_far.log_weights(until, middle))) >= least
        low, high = (middle, high) if enough else (low, middle)
    return low


def _rows(wave: int, so_far: Found, until: Sequence[str]) -> list[dict[str, Any]]:
    return [
        {
            "wave": wave, "until": month, "sets": len(so_far.sets),
            "worth": effective_sets(normalised(so_far.log_weights(month))), "power": bearable_power(so_far, month),
        }
        for month in until
    ]  # fmt: skip
