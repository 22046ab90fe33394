"""The ranking against the two levers that decide it most: days per receiver and days per giver."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from experiments.design.plausible import WEIGHT
from experiments.figures import Mark, panels_figure
from experiments.report.case import Case
from experiments.report.parts import Picture, Section, Table
from experiments.report.rows import FIRM, MAIN
from experiments.statistics.paired import Estimate, as_matrix, estimate, verdict
from experiments.statistics.weights import counted
from experiments.text.names import NOTHING, parity_words
from experiments.text.numbers import digits, signed
from simulation.arrays import Numbers

LEVERS: Mapping[str, str] = {"receiver_quantile": "days per receiver", "giver_quantile": "days per giver"}
THIRDS = ("low third", "middle third", "high third")
FEWEST = 6
"""Parameter sets below which thirds are too small to look at."""

Found = dict[tuple[str, int], Estimate]
"""Regime and third -> difference from no programme."""


def section(case: Case, runs: pd.DataFrame, sets: pd.DataFrame) -> Section:
    """Return how the regimes rank where both levers are low, middling and high.

    Args:
        case: the comparison in short.
        runs: a row a run.
        sets: a row a parameter set, with the levers' quantiles.
    """
    title = "Few days or many: how the ranking moves"
    why = (
        "How many days one receiver gets and one giver gives decides the ranking more than any uncertain number, so "
        "no ranking is reported at one value only."
    )
    if case.levers == "fixed" or not set(LEVERS) <= set(sets) or sets[list(LEVERS)].isna().any(axis=None):
        said = "Here both were held at the values of the regimes' files, so how the ranking moves is not known."
        return Section("levers", title, (why, said))
    if case.sets < FEWEST:
        said = f"With {case.sets} parameter sets it cannot be seen; it takes at least {FEWEST}."
        return Section("levers", title, (why, said))
    said = (
        "Each parameter set drew both, one place in its range for every regime. Here the sets are parted into three "
        f"by each lever; differences are from no programme, at {parity_words(case.parity)}. With a third of the "
        "sets each, these are looked at, not concluded from: hollow points have no verdict."
    )
    here = runs[runs["parity"] == case.parity]
    found = {lever: _by_third(case, here, sets, lever) for lever in LEVERS}
    pictures = tuple(_picture(case, lever, name, found[lever]) for lever, name in LEVERS.items())
    tables = tuple(_table(case, name, found[lever]) for lever, name in LEVERS.items())
    return Section("levers", title, (why, said), pictures, folded=tables)


def thirds(quantiles: npt.ArrayLike) -> Numbers:
    """Return the third, 0 to 2, that each set falls into by its rank.

    >>> thirds([0.9, 0.1, 0.5]).tolist()
    [2, 0, 1]
    """
    order = np.argsort(np.asarray(quantiles, dtype=np.float64), kind="stable")
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order)) * len(THIRDS) // len(order)
    return place


def _by_third(case: Case, runs: pd.DataFrame, sets: pd.DataFrame, lever: str) -> Found:
    ordered = sets.sort_values("set")
    third = thirds(ordered[lever])
    matrices = {name: as_matrix(runs[runs["regime"] == name], MAIN) for name in case.regimes}
    weights = counted(ordered[WEIGHT].tolist()) if WEIGHT in ordered else None
    return {
        (name, place): estimate(
            (matrices[name] - matrices[NOTHING])[third == place],
            "lower",
            weights=None if weights is None else weights[third == place],
        )
        for name in case.regimes
        if name != NOTHING
        for place in range(len(THIRDS))
    }


def _picture(case: Case, lever: str, name: str, found: Found) -> Picture:
    panels = {
        case.title(regime): [
            _mark(label, found[regime, place]) for place, label in enumerate(THIRDS) if (regime, place) in found
        ]
        for regime in case.regimes
        if regime != NOTHING
    }
    what = f"Council-months inadequate by {name}: difference from no programme"
    axis = f"council-months, of {case.total:,}\n← fewer: better          more: worse →"
    figure = panels_figure(panels, title=what, axis=axis, note=case.note())
    spoken = " ".join(
        f"{regime}: {', '.join(f'{mark.label} {signed(mark.value, digits(mark.value))}' for mark in marks)}."
        for regime, marks in panels.items()
    )
    return Picture(f"by_{lever}", figure, f"{what}. {spoken}", f"{what}, at {parity_words(case.parity)}.")


def _mark(label: str, found: Estimate) -> Mark:
    return Mark(
        label,
        found.difference,
        (found.chance_low, found.chance_high),
        (found.sets_low, found.sets_high),
        firm=verdict(found, "lower") in FIRM,
    )


def _table(case: Case, name: str, found: Found) -> Table:
    regimes = [regime for regime in case.regimes if regime != NOTHING]
    ranks = [_ranks({regime: found[regime, place].difference for regime in regimes}) for place in range(len(THIRDS))]
    rows = tuple(
        (
            case.title(regime),
            *(
                f"{signed(found[regime, place].difference)} (rank {ranks[place][regime]})"
                for place in range(len(THIRDS))
            ),
        )
        for regime in regimes
    )
    caption = f"By {name}: difference in council-months inadequate from no programme, and rank (1 is fewest)"
    return Table(caption, ("Regime", *THIRDS), rows)


def _ranks(values: Mapping[str, float]) -> dict[str, str]:
    known = sorted((value, name) for name, value in values.items() if math.isfinite(value))
    return dict.fromkeys(values, "none") | {name: str(place) for place, (_, name) in enumerate(known, start=1)}
