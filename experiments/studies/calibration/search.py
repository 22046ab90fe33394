"""The search for likely parameter sets: drawn wave by wave, each from where those before it were likely."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
    fitted_scores,
    log_mixture,
    prior_proposal,
    scores_of,
    sets_of,
)
from experiments.studies.calibration.smoothing import Surface, likelihood_surface, smoothed_means, terms_of
from simulation.arrays import Floats
from simulation.dates import FIRST_MONTH, month_number
from simulation.parameters import Parameters

LEAST_WORTH = 100.0
"""What weights are worth at least that a proposal is fitted to; the likelihood is taken to a lower power until so."""
_STREAM = (2018, 3)
_STEPS = 30


@dataclass(frozen=True, eq=False)
class Fit:
    """What the data known before a month say of the sets.

    Attributes:
        surface: of the logarithm of the likelihood of judgements.
        logs: logarithm of the whole likelihood, smoothed, but for a constant, shape (sets,).
        log_density: that of the density of all proposals over the prior's, shape (sets,).
    """

    surface: Surface
    logs: Floats
    log_density: Floats

    def log_weights(self, power: float = 1.0) -> Floats:
        """Return the logarithms of the weights, the likelihood taken to a ``power``, shape (sets,)."""
        return power * self.logs - self.log_density

    def weights(self, power: float = 1.0) -> Floats:
        """Return the weights, summing to 1, shape (sets,)."""
        return normalised(self.log_weights(power))

    def bearable_power(self) -> float:
        """Return the highest power, up to 1, at which the weights are worth enough sets to fit a proposal to."""
        least = min(LEAST_WORTH, 0.5 * len(self.logs))
        if effective_sets(self.weights()) >= least:
            return 1.0
        low, high = 0.0, 1.0
        for _ in range(_STEPS):
            middle = (low + high) / 2
            low, high = (middle, high) if effective_sets(self.weights(middle)) >= least else (low, middle)
        return low


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

    def fits(self, until: Sequence[str]) -> dict[str, Fit]:
        """Return what was known before each of some months says of the sets."""
        terms = terms_of(fitted_scores(self.scores))
        density = log_mixture(self.proposals, self.sizes, self.scores)
        histories = self.likelihoods.histories
        errors = pooled_errors(histories, np.array([pattern.sd for pattern in fit_patterns()]))
        means = mean_histories(histories)
        found = {}
        for month in until:
            months = month_number(month, "until") - month_number(FIRST_MONTH, "start")
            surface = likelihood_surface(terms, self.likelihoods.log_chances[:, :months].sum(axis=1))
            smooth = smoothed_means(terms, means, surface.close)
            logs = surface.heights + log_likeness(smooth, pattern_targets(month), errors)
            found[month] = Fit(surface, np.where(surface.close, logs, -np.inf), density)
        return found


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
) -> tuple[Found, dict[str, Fit], list[dict[str, Any]]]:
    """Draw sets wave by wave; return where was looked, the fit to each of the months, and a row a wave and month.

    Args:
        data: what is fitted to, but for the patterns' targets.
        until: months of which nothing is known, nor of any later; half of each wave is drawn for the first.
        sets: of each wave.
        waves: how many.
        store: where blocks lie.
        workers: threads.
        progress: show bars on a terminal.
        tell: called with a line where blocks on disk are used.

    Raises:
        OSError: the folder cannot be written.
    """
    stream = np.random.Generator(np.random.PCG64(np.random.SeedSequence(entropy=data.seed, spawn_key=_STREAM)))
    first = [one.parameters for one in draw_sets(sets, Parameters(), set(), data.seed, levers=False)]
    likelihoods = run_library(data, "wave-1", first, 0, store, workers=workers, progress=progress, tell=tell)
    so_far = Found(first, scores_of(as_table(first)), likelihoods, [prior_proposal()], [sets])
    fits = so_far.fits(until)
    rows = _rows(1, fits)
    for wave in range(2, waves + 1):
        proposal = fitted_proposal(so_far.scores, [fit.weights(fit.bearable_power()) for fit in fits.values()])
        scores = proposal.draw(sets, stream)
        new, name = sets_of(scores), f"wave-{wave}"
        more = run_library(data, name, new, len(so_far.sets), store, workers=workers, progress=progress, tell=tell)
        so_far = Found(
            so_far.sets + new, np.concatenate([so_far.scores, scores]), so_far.likelihoods.joined(more),
            [*so_far.proposals, proposal], [*so_far.sizes, sets],
        )  # fmt: skip
        fits = so_far.fits(until)
        rows += _rows(wave, fits)
    return so_far, fits, rows


def _rows(wave: int, fits: Mapping[str, Fit]) -> list[dict[str, Any]]:
    return [
        {
            "wave": wave, "until": month, "sets": len(fit.logs), "close": int(fit.surface.close.sum()),
            "noise": fit.surface.noise, "explained": fit.surface.explained, "worth": effective_sets(fit.weights()),
            "power": fit.bearable_power(),
        }
        for month, fit in fits.items()
    ]  # fmt: skip
