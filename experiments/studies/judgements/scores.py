"""Scores of forecasts that give chances to the four grades, and the skill of the model over the best simple one."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from experiments.statistics.paired import CONFIDENCE
from experiments.statistics.weights import ratio
from simulation.arrays import Floats, Numbers

FLOOR = 1e-6
"""No chance counts as less in the log score, which would be without end at nought."""

RESAMPLES = 2000
_STREAM = (2021,)


def ranked_probability_score(chances: Floats, grade: Numbers) -> Floats:
    """Return the score of each judgement, 0 (certain and right) to 1 (certain and three grades off).

    The squared distance between the cumulative chances of the forecast and of what was given, over the three cuts
    between four grades (Epstein 1969). Shapes (judgements, grades) and (judgements,).
    """
    kinds = chances.shape[1]
    outcome = np.arange(kinds) >= grade[:, None]
    apart = (np.cumsum(chances, axis=1) - outcome)[:, :-1]
    score: Floats = (apart**2).sum(axis=1) / (kinds - 1)
    return score


def log_score(chances: Floats, grade: Numbers) -> Floats:
    """Return minus the natural logarithm of the chance given to what came, 0 at best (Good 1952)."""
    score: Floats = np.abs(np.log(np.maximum(chances[np.arange(len(grade)), grade], FLOOR)))
    return score


SCORES: Mapping[str, Callable[[Floats, Numbers], Floats]] = MappingProxyType(
    {"ranked_probability_score": ranked_probability_score, "log_score": log_score}
)


@dataclass(frozen=True)
class Skill:
    """How much better than the best simple forecast the model did, by one score.

    Attributes:
        score: a name of `SCORES`.
        means: of the score by forecast, over all judgements; the model's first.
        best: the simple forecast with the least mean.
        skill: 1 less the model's mean over the best one's: 1 perfect, 0 no better, below 0 worse.
        low, high: the interval of 95% over councils drawn again (the best one chosen anew); NaN with a single council.
    """

    score: str
    means: Mapping[str, float]
    best: str
    skill: float
    low: float
    high: float


def model_skill(
    model: Floats, simple: Mapping[str, Floats], grade: Numbers, council: Numbers, seed: int
) -> list[Skill]:
    """Return the skill of the model by each score.

    Args:
        model: its chances, shape (judgements, grades).
        simple: those of the simple forecasts, by name.
        grade: what was given, shape (judgements,).
        council: whose judgement it was, same shape: councils, not judgements, are drawn again.
        seed: of the drawing.
    """
    return [_skill(name, model, simple, grade, council, seed) for name in SCORES]


def _skill(
    name: str, model: Floats, simple: Mapping[str, Floats], grade: Numbers, council: Numbers, seed: int
) -> Skill:
    forecasts = {"model": model, **simple}
    scores = np.array([SCORES[name](chances, grade) for chances in forecasts.values()])
    councils, place = np.unique(council, return_inverse=True)
    sums = np.array([np.bincount(place, score) for score in scores])
    means = scores.mean(axis=1)
    low, high = _interval(sums, np.bincount(place), seed) if len(councils) > 1 else (math.nan, math.nan)
    return Skill(
        score=name,
        means=dict(zip(forecasts, means.tolist(), strict=True)),
        best=list(forecasts)[1 + int(means[1:].argmin())],
        skill=float(_skills(means)),
        low=low,
        high=high,
    )


def _interval(sums: Floats, judgements: Numbers, seed: int) -> tuple[float, float]:
    """Return the interval of skill, from sums of scores by forecast and council and each council's judgements."""
    times = councils_again(len(judgements), seed)
    skills = _skills(sums @ times.T / (times @ judgements))
    low, high = np.quantile(skills, [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2])
    return float(low), float(high)


def councils_again(number: int, seed: int) -> Numbers:
    """Return how many times each of so many councils is drawn in each resample, shape (`RESAMPLES`, councils)."""
    stream = np.random.Generator(np.random.PCG64(np.random.SeedSequence(entropy=seed, spawn_key=_STREAM)))
    return stream.multinomial(number, np.full(number, 1.0 / number), size=RESAMPLES)


def _skills(means: Floats) -> Floats:
    """Return the skill of the first forecast over the best of the others, which lie along the first axis."""
    best = means[1:].min(axis=0)
    return 1.0 - ratio(means[0], best)
