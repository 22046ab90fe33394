"""Paths over time as fans: luck and parameter sets side by side, never in one fan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from experiments.figures.comparison import SPREADS, path_fans, path_figure, path_title, path_unit
from experiments.figures.fans import Fans
from experiments.report.parts import Picture, Section, Table
from experiments.results.case import Case
from experiments.results.store import Results
from experiments.text.dates import month_words
from experiments.text.names import parity_words
from experiments.text.numbers import digits, plain
from simulation.dates import month_after
from simulation.outcomes.paths import PATHS

PATHS_SHOWN = (
    "inadequate",
    "good_or_better",
    "quality_spread",
    "director_changes",
    "interims",
    "attention",
    "over_release",
    "programme_cash",
    "programme_shadow",
)
"""Paths that the report shows, in its order."""
_ON_SCREEN = PATHS_SHOWN[-1]
"""Drawn on the screen only: eight figures fill two printed pages, and its numbers stand in the tables."""
_MEANINGS: Mapping[str, str] = {
    "luck": "Single runs: the middle one, and nine in ten in brackets",
    "sets": "Means of parameter sets: the middle one, and nine in ten in brackets",
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
        return path_unit(self.name)


def sections(results: Results) -> tuple[Section, Section]:
    """Return where every path ends, and how it gets there month by month."""
    case = results.case
    quantiles = results.under("paths", case.parity)
    paths = [_Path(name, path_fans(case, quantiles, name)) for name in PATHS_SHOWN]
    return (
        Section(
            "ends",
            f"Where things stand in {_last(case)}",
            tables=tuple(_table(case, paths, kind) for kind in _kinds(case)),
        ),
        Section(
            "paths",
            "Month by month",
            lead=(_lead(case),),
            pictures=tuple(_picture(case, path) for path in paths if path.fans["luck"]),
        ),
    )


def _last(case: Case) -> str:
    return month_words(month_after(case.start, case.months - 1))


def _lead(case: Case) -> str:
    begin = f"How things go from {case.period}, at {parity_words(case.parity)}."
    if case.illustration:
        return f"{begin} The fan shows luck: single runs. With one parameter set, ignorance cannot be shown."
    return (
        f"{begin} The blue fan at the left shows luck: single runs. The orange fan at the right shows what we do not "
        "know: the means of parameter sets. The line is the middle, the dark band holds half and the light band nine "
        "in ten. The two are never added up."
    )


def _kinds(case: Case) -> tuple[str, ...]:
    return ("luck",) if case.illustration else tuple(SPREADS)


def _picture(case: Case, path: _Path) -> Picture:
    figure = path_figure(case, path.name, path.fans, case.parity)
    alt = f"{path.title} ({path.unit}), middle and nine in ten in {_last(case)}. " + " ".join(
        f"{SPREADS[kind].capitalize()}: {_spoken(path.fans[kind])}" for kind in _kinds(case)
    )
    caption = f"{path.title}: {PATHS[path.name].meaning} ({path.unit})."
    return Picture(f"path_{path.name}", figure, alt, caption, printed=path.name != _ON_SCREEN)


def _spoken(fans: Mapping[str, pd.DataFrame]) -> str:
    return " ".join(f"{regime} {_ends(fan.iloc[-1])}." for regime, fan in fans.items())


def _ends(row: pd.Series[float]) -> str:
    low, middle, high = (float(row[name]) for name in ("q05", "q50", "q95"))
    decimals = digits(low, middle, high)
    return f"{plain(middle, decimals)} ({plain(low, decimals)} to {plain(high, decimals)})"


def _table(case: Case, paths: Sequence[_Path], kind: str) -> Table:
    rows = tuple(
        (title, *(_cell(path.fans[kind].get(title)) for path in paths)) for title in map(case.title, case.regimes)
    )
    columns = ("Regime", *(f"{path.title} ({path.unit})" for path in paths))
    return Table(f"{_MEANINGS[kind]}, at {parity_words(case.parity)}", columns, rows)


def _cell(fan: pd.DataFrame | None) -> str:
    return plain(float("nan")) if fan is None else _ends(fan.iloc[-1])
