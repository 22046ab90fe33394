"""Scores of forecasts from rolling origins, with their intervals over councils and the error that few runs leave."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import pandas as pd

from experiments.statistics.paired import CONFIDENCE
from experiments.studies.judgements.known import Judgements, root_code
from experiments.studies.judgements.origins import HORIZON, LOOKED_AT_WINDOWS
from experiments.studies.judgements.scores import SCORES, councils_again
from simulation.arrays import Flags, Floats, Numbers
from simulation.councils import Councils
from simulation.dates import calendar_month

MODEL, CHAIN, LAST_GRADE, MIX_GIVEN = "model", "markov_chain", "last_grade", "mix_of_grades"
FORECASTS: Mapping[str, str] = MappingProxyType(
    {
        MODEL: "the model",
        CHAIN: "a Markov chain of grades",
        LAST_GRADE: "the last grade",
        MIX_GIVEN: "the mix of grades given",
    }
)
"""The forecasts; the three simple ones are fitted to the judgements from April 2018 to the origin."""

ALL_ORIGINS, EACH_ORIGIN, A_WINDOW = "all origins", "origin", "window"
JUDGED_NEAR, JUDGED_AFTER = f"within {HORIZON} months", f"after {HORIZON} months"
SET_GROUPS = 20
"""Into so many groups the parameter sets are dealt, to see how much the score depends on which were run."""


@dataclass(frozen=True)
class OriginForecast:
    """The forecasts from one origin, of every judgement after it.

    Attributes:
        origin: its month from April 2018.
        fit: what the parameter sets were fitted to.
        runs: how many were made.
        councils: those of the origin.
        judgements: those that are forecast.
        chances: of each grade by forecast, the model's first, each of shape (judgements, grades).
        without: the model's without each group of parameter sets, shape (groups, judgements, grades).
    """

    origin: int
    fit: str
    runs: int
    councils: Councils
    judgements: Judgements
    chances: dict[str, Floats]
    without: Floats


@dataclass(frozen=True)
class ScoredJudgements:
    """The judgements of all origins, scored by one score.

    Attributes:
        origin: month of the origin, shape (judgements,).
        month: of publication, same shape.
        council: number of the council, whatever the origin, same shape.
        scores: the score of each forecast, shape (forecasts, judgements).
        without: that of the model without each group of parameter sets, shape (groups, judgements).
    """

    origin: Numbers
    month: Numbers
    council: Numbers
    scores: Floats
    without: Floats


def groups_left_out(chances: Floats, weights: Floats) -> Floats:
    """Return the mean over parameter sets without each group of them, shape (groups, judgements, grades).

    Sets are dealt to the groups in turn; there are as many groups as sets where these are few, and none of a single
    set.

    Args:
        chances: of each set, shape (sets, judgements, grades).
        weights: of the sets, shape (sets,).
    """
    number = min(SET_GROUPS, len(weights))
    if number == 1:
        return np.empty((0, *chances.shape[1:]))
    dealt = np.arange(len(weights)) % number
    kept = np.where(dealt == np.arange(number)[:, None], 0.0, weights)
    means: Floats = np.einsum("gs,sjk->gjk", kept / kept.sum(axis=1, keepdims=True), chances)
    return means


def origin_scores(forecasts: Sequence[OriginForecast], variant: str, seed: int) -> pd.DataFrame:
    """Return a row a cut of the judgements, score and forecast.

    Cuts are all origins together, each origin, and the two windows that were looked at, judgements within 24 months of
    the origin apart from later ones. ``difference`` is the model's mean less the forecast's: below 0 where the model
    is the better one. ``monte_carlo_error`` is the standard error of the model's mean over runs: the jackknife over
    groups of parameter sets, each with its own luck. Intervals are of 95%, over councils drawn again.

    Args:
        forecasts: those from each origin.
        variant: the name of the model's variant.
        seed: of the drawing.
    """
    names = list(forecasts[0].chances)
    rows: list[dict[str, object]] = []
    for score in SCORES:
        scored = _scored(forecasts, score)
        for cut, which in _cuts(scored, [one.origin for one in forecasts]):
            origins = np.unique(scored.origin[which])
            runs = sum(one.runs for one in forecasts if one.origin in origins)
            shared = {"variant": variant, **cut, "score": score}
            rows += [shared | row | {"runs": runs} for row in _rows(scored, which, names, seed)]
    return pd.DataFrame(rows)


def _scored(forecasts: Sequence[OriginForecast], name: str) -> ScoredJudgements:
    score = SCORES[name]
    roots = [[root_code(one.councils.code[place]) for place in one.judgements.council] for one in forecasts]
    codes = np.concatenate([np.array(of, dtype=np.str_) for of in roots])
    values = [np.array([score(chances, one.judgements.grade) for chances in one.chances.values()]) for one in forecasts]
    groups = min(len(one.without) for one in forecasts)
    without = [
        np.array([score(chances, one.judgements.grade) for chances in one.without[:groups]]).reshape(groups, -1)
        for one in forecasts
    ]
    return ScoredJudgements(
        origin=np.concatenate([np.full(len(one.judgements), one.origin) for one in forecasts]),
        month=np.concatenate([one.judgements.month for one in forecasts]),
        council=np.unique(codes, return_inverse=True)[1],
        scores=np.concatenate(values, axis=1),
        without=np.concatenate(without, axis=1),
    )


def _cuts(scored: ScoredJudgements, origins: Sequence[int]) -> Iterator[tuple[dict[str, str], Flags]]:
    """Yield the cuts that hold a judgement: what is cut, the origin and the judgements' months, and which they are."""
    near = scored.month - scored.origin < HORIZON
    horizons = {JUDGED_NEAR: near, JUDGED_AFTER: ~near}
    cuts = [({"cut": ALL_ORIGINS, "origin": "all", "judged": name}, which) for name, which in horizons.items()]
    for first, last in LOOKED_AT_WINDOWS:
        inside = (scored.origin == first) & (scored.month <= last)
        judged = f"{calendar_month(first)} to {calendar_month(last)}"
        cuts.append(({"cut": A_WINDOW, "origin": calendar_month(first), "judged": judged}, inside))
    for origin in origins:
        for name, which in horizons.items():
            names = {"cut": EACH_ORIGIN, "origin": calendar_month(origin), "judged": name}
            cuts.append((names, which & (scored.origin == origin)))
    yield from ((names, which) for names, which in cuts if which.any())


def _rows(scored: ScoredJudgements, which: Flags, names: Sequence[str], seed: int) -> Iterator[dict[str, object]]:
    values = scored.scores[:, which]
    means, error = values.mean(axis=1), jackknife_error(scored.without[:, which].mean(axis=1))
    councils, place = np.unique(scored.council[which], return_inverse=True)
    again = _again(values, place, seed)
    for number, name in enumerate(names):
        low, high = _ends(again[number])
        row: dict[str, object] = {
            "forecast": name,
            "judgements": int(which.sum()),
            "councils": len(councils),
            "mean": means[number],
            "low": low,
            "high": high,
            "monte_carlo_error": error if number == 0 else 0.0,
        }
        apart = _ends(again[0] - again[number]) if number else (math.nan, math.nan)
        difference = means[0] - means[number] if number else math.nan
        yield row | {"difference": difference, "difference_low": apart[0], "difference_high": apart[1]}


def jackknife_error(without: Floats) -> float:
    """Return the standard error of a statistic from its values without each group; NaN with fewer than two groups."""
    number = len(without)
    if number < 2:  # noqa: PLR2004  one value has no spread
        return math.nan
    return float(math.sqrt((number - 1) / number * ((without - without.mean()) ** 2).sum()))


def _again(values: Floats, place: Numbers, seed: int) -> Floats:
    """Return the mean of each forecast over councils drawn again, shape (forecasts, resamples)."""
    judgements = np.bincount(place)
    times = councils_again(len(judgements), seed)
    sums = np.array([np.bincount(place, row) for row in values])
    means: Floats = sums @ times.T / (times @ judgements)
    return means


def _ends(means: Floats) -> tuple[float, float]:
    low, high = np.quantile(means, [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2])
    return float(low), float(high)
