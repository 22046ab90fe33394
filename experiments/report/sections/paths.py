"""Paths over time as fans: luck and parameter sets in two displays, never in one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from experiments.figures import fan_figure, fan_limits
from experiments.report.case import Case
from experiments.report.parts import Picture, Section, Table
from experiments.text.names import NOTHING, parity_words
from experiments.text.numbers import digits, plain
from simulation.outcomes.paths import PATHS

TOPICS: Mapping[str, Mapping[str, str]] = {
    "Grades": {
        "inadequate": "Councils judged inadequate",
        "good_or_better": "Councils judged good or outstanding",
    },
    "Spread of quality": {"quality_spread": "Spread of quality, all councils"},
    "Directors' changes": {
        "director_changes": "Changes of director a month",
        "interims": "Councils under an interim director",
    },
    "Chiefs' attention": {"attention": "Chiefs' attention to children's services"},
    "Givers' load": {"over_release": "Councils that give more than they safely can"},
    "Money": {
        "programme_cash": "Programme a month, paid in cash",
        "programme_shadow": "Programme a month, worth of unpaid days",
    },
}
"""Topic -> paths that it shows, and how each is called."""
_KINDS = {
    "luck": ("luck", "how far single runs stray from the mean of their own parameter set"),
    "sets": ("parameter sets", "how far the means of parameter sets lie apart"),
}


@dataclass(frozen=True)
class _Path:
    """One path at the main parity: a fan for each kind and regime."""

    name: str
    title: str
    meaning: str
    unit: str
    fans: Mapping[str, Mapping[str, pd.DataFrame]]


def sections(case: Case, paths: pd.DataFrame) -> tuple[Section, ...]:
    """Return a section a topic.

    Args:
        case: the comparison in short.
        paths: quantiles, as `experiments.results.store.Results.paths`.
    """
    wanted = {name for names in TOPICS.values() for name in names}
    here = paths[(paths["parity"] == case.parity) & paths["path"].isin(wanted)]
    shown = {
        topic: [_path(case, here, name, title) for name, title in names.items()] for topic, names in TOPICS.items()
    }
    return tuple(
        Section(
            f"paths-{place}",
            topic,
            lead=_lead(case) if place == 0 else (),
            pictures=tuple(picture for path in found for picture in _pictures(case, path)),
            folded=tuple(_table(case, path) for path in found),
        )
        for place, (topic, found) in enumerate(shown.items())
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
    return ("luck",) if case.illustration else tuple(_KINDS)


def _path(case: Case, paths: pd.DataFrame, name: str, title: str) -> _Path:
    mine = paths[paths["path"] == name]
    fans: dict[str, dict[str, pd.DataFrame]] = {}
    for kind in _KINDS:
        fans[kind] = {}
        for regime in case.regimes:
            rows = mine[(mine["kind"] == kind) & (mine["regime"] == regime)].sort_values("month")
            if len(rows) and rows["q50"].notna().any():
                fans[kind][case.title(regime)] = rows
    return _Path(name, title, PATHS[name].meaning, PATHS[name].unit, fans)


def _pictures(case: Case, path: _Path) -> tuple[Picture, ...]:
    limits = fan_limits([fan for fans in path.fans.values() for fan in fans.values()])
    return tuple(_picture(case, path, kind, limits) for kind in _kinds(case) if path.fans[kind])


def _picture(case: Case, path: _Path, kind: str, limits: tuple[float, float]) -> Picture:
    name, meaning = _KINDS[kind]
    figure = fan_figure(
        path.fans[kind],
        kind=kind,
        reference=case.title(NOTHING),
        limits=limits,
        title=f"{path.title}: {name}",
        axis=path.unit,
        note=case.note(),
    )
    alt = f"{path.title} ({path.unit}), {name}. At the end of the run: " + " ".join(
        f"{regime}: {_ends(fan.iloc[-1])}." for regime, fan in path.fans[kind].items()
    )
    caption = f"{path.title}: {path.meaning} ({path.unit}). {name.capitalize()}: {meaning}."
    return Picture(f"path_{path.name}_{kind}", figure, alt, caption)


def _ends(row: pd.Series[float]) -> str:
    low, middle, high = (float(row[name]) for name in ("q05", "q50", "q95"))
    shown = digits(low, middle, high)
    return f"{plain(middle, shown)} ({plain(low, shown)} to {plain(high, shown)})"


def _table(case: Case, path: _Path) -> Table:
    parts = {"half-way": 0.5, "at the end": 1.0}
    columns = ("Regime", *(f"{when}: {_KINDS[kind][0]}" for when in parts for kind in _kinds(case)))
    rows = tuple(
        (regime, *(_cell(path, kind, regime, part) for part in parts.values() for kind in _kinds(case)))
        for regime in path.fans["luck"]
    )
    return Table(f"{path.title} ({path.unit}): middle, and nine in ten in brackets", columns, rows)


def _cell(path: _Path, kind: str, regime: str, part: float) -> str:
    fan = path.fans[kind].get(regime)
    return plain(float("nan")) if fan is None else _ends(fan.iloc[round(part * (len(fan) - 1))])
