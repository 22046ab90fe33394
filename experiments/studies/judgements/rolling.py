"""Forecasts from rolling origins, each by what was known at its date, held against all that was judged after it."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

from experiments.results.blocks import BlockFolder
from experiments.results.folder import Tell, tell_nobody
from experiments.studies.judgements.known import Judgements, councils_at, grades_held, known_judgements
from experiments.studies.judgements.origin_coverage import (
    BINS,
    coverage_table,
    rank_shares,
    rank_table,
    reliability_table,
)
from experiments.studies.judgements.origin_runs import OriginRuns, simulate_origin
from experiments.studies.judgements.origin_scores import (
    CHAIN,
    LAST_GRADE,
    MIX_GIVEN,
    MODEL,
    OriginForecast,
    groups_left_out,
    origin_scores,
)
from experiments.studies.judgements.origin_sets import central_set, set_weights
from experiments.studies.judgements.origins import HORIZON, KNOWN_TO, LEADS, RollingDesign
from experiments.studies.judgements.simple_forecasts import LAST, MATRIX, MIX, given_before, simple_forecasts
from experiments.studies.judgements.window import Window
from simulation.arrays import Floats, Numbers
from simulation.dates import calendar_month

_OWN_NAMES = {MATRIX: CHAIN, LAST: LAST_GRADE, MIX: MIX_GIVEN}


@dataclass(frozen=True)
class RollingForecasts:
    """Forecasts from rolling origins, scored. No council's chances are kept.

    Attributes:
        design: what was asked for.
        origins: a row an origin: what its sets were fitted to, sets, runs, and judgements within 24 months and after.
        scores: from `origin_scores`.
        coverage: from `coverage_table`, of all origins.
        reliability: from `reliability_table`, of the model and of the Markov chain.
        ranks: from `rank_table`.
    """

    design: RollingDesign
    origins: pd.DataFrame
    scores: pd.DataFrame
    coverage: pd.DataFrame
    reliability: pd.DataFrame
    ranks: pd.DataFrame


def forecast_from_origins(
    design: RollingDesign,
    *,
    store: BlockFolder | None = None,
    workers: int = 1,
    progress: bool = False,
    tell: Tell = tell_nobody,
) -> RollingForecasts:
    """Make a forecast from each origin, and score it by the judgements that the tables know from then on.

    Runs begin in the month of the origin from the grades held then, with parameter sets fitted to nothing after it.
    Each judgement is forecast in its real month, as an inspection in that month would give it, whenever the run itself
    was judged. It is held against a
    Markov chain of grades, the last grade and the mix of grades given, each fitted at the same origin to the judgements
    from April 2018 to it. A council that was made later is forecast as the first of its predecessors.

    Args:
        design: what is asked for.
        store: where blocks of runs lie; none are kept where None.
        workers: processes; the numbers are the same whatever their number.
        progress: whether to show how far the runs have come.
        tell: called with a line where blocks on disk are used.

    Raises:
        InputError: the parameter sets cannot be drawn or read, or the variant holds what is no parameter.
        RunsFailedError: a run failed.
    """
    forecasts, coverage, variant = [], [], design.name
    ranks, rows = np.zeros((len(LEADS), BINS)), []
    for origin in design.origins:
        sets, fit = design.sets_of(origin)
        replicates = math.ceil(design.runs / len(sets))
        councils = councils_at(origin)
        judgements = known_judgements(councils, Window(origin, KNOWN_TO, origin))
        asked = OriginRuns(origin, judgements, replicates, design.seed, design.variant.switches, design.real_months)
        simulated = simulate_origin(
            asked, sets, central_set(sets), store=store, workers=workers, progress=progress, tell=tell
        )
        weights = set_weights(sets)
        each = np.repeat(weights / replicates, replicates)
        before = grades_held(councils, origin, origin)
        made = OriginForecast(
            origin=origin,
            fit=fit,
            runs=replicates * len(sets),
            councils=councils,
            judgements=judgements,
            chances={MODEL: _mean(simulated.chances, weights), **_benchmarks(origin, before, judgements)},
            without=groups_left_out(simulated.chances, weights),
        )
        forecasts.append(made)
        coverage.append(coverage_table(origin, councils, simulated, each, variant))
        ranks += rank_shares(origin, councils, simulated, each)
        rows.append(_origin_row(made, len(sets)))
    return RollingForecasts(
        design=design,
        origins=pd.DataFrame(rows),
        scores=origin_scores(forecasts, variant, design.seed),
        coverage=pd.concat(coverage, ignore_index=True),
        reliability=reliability_table(forecasts, (MODEL, CHAIN), variant),
        ranks=rank_table(ranks, variant),
    )


def _mean(chances: Floats, weights: Floats) -> Floats:
    means: Floats = np.einsum("s,sjk->jk", weights, chances)
    return means


def _benchmarks(origin: int, before: Numbers, judgements: Judgements) -> dict[str, Floats]:
    simple = simple_forecasts(before, judgements, given_before(origin))
    return {name: simple[own] for own, name in _OWN_NAMES.items()}


def _origin_row(made: OriginForecast, sets: int) -> dict[str, object]:
    near = int((made.judgements.month - made.origin < HORIZON).sum())
    return {
        "origin": calendar_month(made.origin),
        "fitted_to": made.fit,
        "sets": sets,
        "runs": made.runs,
        "near": near,
        "after": len(made.judgements) - near,
    }
