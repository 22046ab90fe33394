"""What discovery concludes, as tables: boxes, their limits, and the worlds."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pandas as pd

from experiments.studies.discovery.question import Question
from experiments.studies.discovery.search import Discovered, LossWorlds
from experiments.text.uncertain import number_unit, number_words
from simulation.outcomes.outcomes import OUTCOMES

BOX_COLUMNS = (
    "box",
    "better_than_none",
    "outcome",
    "unit",
    "parity",
    "regime",
    "baseline",
    "mass",
    "density",
    "density_error",
    "coverage",
    "gain",
    "gain_low",
    "gain_high",
    "base",
    "worlds_lost",
    "worlds_lost_error",
    "worlds_lost_all",
    "difference",
    "difference_all",
    "mass_found",
    "density_found",
    "coverage_found",
    "worlds_searched",
    "left_out",
)
LIMIT_COLUMNS = (
    "box",
    "number",
    "meaning",
    "unit",
    "low",
    "low_5",
    "low_95",
    "high",
    "high_5",
    "high_95",
    "reproduced",
    "least",
    "most",
)


def boxes_table(question: Question, worlds: LossWorlds, boxes: Sequence[Discovered]) -> pd.DataFrame:
    """Return a row a box: what it holds of worlds held out, and of those that it was found in (``_found``).

    ``mass`` is the share of worlds, ``density`` the share of replicates lost in it and ``coverage`` the share of all
    losses; ``base`` is the share lost in all worlds that were searched, and ``gain`` the density less that, with its
    95% interval. ``worlds_lost`` is the share of its worlds in which the regime does worse, luck taken out.
    """
    rows = [_box_row(question, worlds, number, one) for number, one in enumerate(boxes, start=1)]
    return pd.DataFrame(rows, columns=list(BOX_COLUMNS))


def limits_table(worlds: LossWorlds, boxes: Sequence[Discovered]) -> pd.DataFrame:
    """Return a row a box and number that it limits, in the number's own unit; no limit where empty.

    ``_5`` and ``_95`` are the band of each limit over samples of worlds and replicates drawn again, ``reproduced``
    the share of samples that limit the number, ``least`` and ``most`` the ends of what was run.
    """
    names = list(worlds.numbers)
    rows = [
        {
            "box": number,
            "number": names[limits.number],
            "meaning": number_words(names[limits.number]),
            "unit": number_unit(names[limits.number]),
            **_band("low", limits.low),
            **_band("high", limits.high),
            "reproduced": limits.reproduced,
            "least": float(worlds.numbers[names[limits.number]].min()),
            "most": float(worlds.numbers[names[limits.number]].max()),
        }
        for number, one in enumerate(boxes, start=1)
        for limits in one.found.limits
    ]
    return pd.DataFrame(rows, columns=list(LIMIT_COLUMNS))


def worlds_table(worlds: LossWorlds, boxes: Sequence[Discovered]) -> pd.DataFrame:
    """Return a row a world that was searched: its set, share of replicates lost, box (0 for none) and numbers."""
    box = np.zeros(len(worlds.weights), dtype=int)
    for number, one in enumerate(boxes, start=1):
        box[np.flatnonzero(one.searched)[one.found.inside]] = number
    return pd.DataFrame(
        {
            "set": worlds.places.astype(int),
            "weight": worlds.weights,
            "lost": worlds.shares,
            "box": box,
            **worlds.numbers,
        }
    )


def _box_row(question: Question, worlds: LossWorlds, number: int, one: Discovered) -> dict[str, object]:
    found, held = one.found, one.found.held_out
    return {
        "box": number,
        "better_than_none": found.better,
        **vars(question),
        "unit": OUTCOMES[question.outcome].unit,
        "mass": held.mass * float(worlds.weights[one.searched].sum() / worlds.weights.sum()),
        "density": held.density,
        "density_error": held.density_error,
        "coverage": one.coverage,
        "gain": held.gain,
        "gain_low": held.gain_low,
        "gain_high": held.gain_high,
        "base": found.base,
        "worlds_lost": one.worlds_lost.value,
        "worlds_lost_error": one.worlds_lost.error,
        "worlds_lost_all": one.worlds_lost_all.value,
        "difference": one.difference,
        "difference_all": one.difference_all,
        **{f"{name}_found": getattr(found.box, name, math.nan) for name in ("mass", "density", "coverage")},
        "worlds_searched": int(one.searched.sum()),
        "left_out": worlds.left_out,
    }


def _band(name: str, limit: np.ndarray) -> dict[str, float]:
    cells = (float(value) if math.isfinite(value) else math.nan for value in limit)
    return dict(zip((name, f"{name}_5", f"{name}_95"), cells, strict=True))
