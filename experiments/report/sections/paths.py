"""Paths over time as fans: luck and parameter sets in two displays, never in one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from experiments.figures.comparison import SPREADS, Fans, path_fans, path_figure, path_title
from experiments.report.parts import Picture, Section, Table
from experiments.results.case import Case
from experiments.results.store import Results
from experiments.text.names import parity_words
from experiments.text.numbers import digits, plain
from simulation.outcomes.paths import PATHS

TOPICS: Mapping[str, tuple[str, ...]] = {
    "Grades": ("inadequate", "good_or_better"),
    "Spread of quality": ("quality_spread",),
    "Directors' changes": ("director_changes", "interims"),
    "Chiefs' attention": ("attention",),
    "Givers' load": ("over_release",),
    "Money": ("programme_cash", "programme_shadow"),
}
"""Topic -> paths that it shows."""
_MEANINGS = {
    "luck": "how far single runs stray from the mean of their own parameter set",
    "sets": "how far the means of parameter sets lie apart",
}


@dataclass(frozen=True)
class _Path:
    """One path at the main parity."""

    name: str
    fans: Fans

    @property
    def title(self) -> str:
        return path_title(self.name)

    @property
    def unit(self) -> str:
        return PATHS[self.name].unit


def sections(results: Results) -> tuple[Section, ...]:
    """Return a section a topic."""
    case = results.case
    quantiles = results.under("paths", case.parity)
    topics = {
        topic: [_Path(name, path_fans(case, quantiles, name)) for name in names] for topic, names in TOPICS.items()
    }
    return tuple(
        Section(
            f"paths-{place}",
            topic,
            lead=_lead(case) if place == 0 else (),
            pictures=tuple(picture for path in paths for picture in _pictures(case, path)),
            folded=tuple(_table(case, path) for path in paths),
        )
        for place, (topic, paths) in enumerate(topics.items())
    )


def _lead(case: Case) -> tuple[str, ...]:
    begin = f"How things go month by month, at {parity_words(case.parity)}."
    if case.illustration:
        return (f"{begin} The fan shows luck: single runs. With one parameter set, ignorance cannot be shown.",)
    two = (
        "Each path has two pictures on one scale. The blue fan shows luck: single runs round the mean. "
        "The orange fan shows what we do not know: the means of parameter sets. The two are never added up."
    )
    return (f"{begin} {two}",)


def _kinds(case: Case) -> tuple[str, ...]:
    return ("luck",) if case.illustration else tuple(SPREADS)


def _pictures(case: Case, path: _Path) -> tuple[Picture, ...]:
    return tuple(_picture(case, path, kind) for kind in _kinds(case) if path.fans[kind])


def _picture(case: Case, path: _Path, kind: str) -> Picture:
    name = SPREADS[kind]
    figure = path_figure(case, path.name, path.fans, kind, case.parity)
    alt = f"{path.title} ({path.unit}), {name}. At the end of the run: " + " ".join(
        f"{regime}: {_ends(fan.iloc[-1])}." for regime, fan in path.fans[kind].items()
    )
    caption = f"{path.title}: {PATHS[path.name].meaning} ({path.unit}). {name.capitalize()}: {_MEANINGS[kind]}."
    return Picture(f"path_{path.name}_{kind}", figure, alt, caption)


def _ends(row: pd.Series[float]) -> str:
    low, middle, high = (float(row[name]) for name in ("q05", "q50", "q95"))
    decimals = digits(low, middle, high)
    return f"{plain(middle, decimals)} ({plain(low, decimals)} to {plain(high, decimals)})"


def _table(case: Case, path: _Path) -> Table:
    parts = {"half-way": 0.5, "at the end": 1.0}
    columns = ("Regime", *(f"{when}: {SPREADS[kind]}" for when in parts for kind in _kinds(case)))
    rows = tuple(
        (regime, *(_cell(path, kind, regime, part) for part in parts.values() for kind in _kinds(case)))
        for regime in path.fans["luck"]
    )
    return Table(f"{path.title} ({path.unit}): middle, and nine in ten in brackets", columns, rows)


def _cell(path: _Path, kind: str, regime: str, part: float) -> str:
    fan = path.fans[kind].get(regime)
    return plain(float("nan")) if fan is None else _ends(fan.iloc[round(part * (len(fan) - 1))])
