"""Paths over time as fans: luck and parameter sets in two displays, never in one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from experiments.figures import fan_figure, fan_limits
from experiments.report.case import Case
from experiments.report.names import NOTHING, parity_words
from experiments.report.numbers import digits, plain
from experiments.report.parts import Picture, Section, Table
from simulation.outcomes import PATHS

TOPICS: Mapping[str, tuple[str, ...]] = {
    "Grades": ("inadequate", "good_or_better"),
    "Spread of quality": ("quality_spread", "quality_spread_not_giving"),
    "Directors' changes": ("director_changes",),
    "Chiefs' attention": ("attention",),
    "Givers' load": ("over_release",),
    "Money": ("programme_cash", "programme_shadow"),
}
_KINDS = {
    "luck": ("luck", "how far single runs stray from the mean of their own parameter set"),
    "sets": ("parameter sets", "how far the means of parameter sets lie apart"),
}


@dataclass(frozen=True)
class _Path:
    """One path at the main parity: a fan for each kind and regime."""

    name: str
    title: str
    unit: str
    fans: Mapping[str, Mapping[str, pd.DataFrame]]


def sections(case: Case, paths: pd.DataFrame) -> tuple[Section, ...]:
    """Return a section a topic.

    Args:
        case: the comparison in short.
        paths: quantiles, as `experiments.store.Results.paths`.
    """
    wanted = {name for names in TOPICS.values() for name in names}
    here = paths[(paths["parity"] == case.parity) & paths["path"].isin(wanted)]
    return tuple(
        Section(
            f"paths-{place}",
            topic,
            lead=_lead(case) if place == 0 else (),
            pictures=tuple(picture for name in names for picture in _pictures(case, _path(case, here, name))),
            folded=tuple(_table(_path(case, here, name)) for name in names),
        )
        for place, (topic, names) in enumerate(TOPICS.items())
    )


def _lead(case: Case) -> tuple[str, ...]:
    if case.illustration:
        sets = "With one parameter set the second picture of each pair has no width: nothing is known of ignorance."
    else:
        sets = "The orange fan shows what we do not know: the means of parameter sets."
    return (
        (
            f"How things go month by month, at {parity_words(case.parity)}. Each path has two pictures on one scale. "
            f"The blue fan shows luck: single runs round the mean. {sets} They are never added up."
        ),
    )


def _path(case: Case, paths: pd.DataFrame, name: str) -> _Path:
    mine = paths[paths["path"] == name]
    fans: dict[str, dict[str, pd.DataFrame]] = {}
    for kind in _KINDS:
        fans[kind] = {}
        for regime in case.regimes:
            rows = mine[(mine["kind"] == kind) & (mine["regime"] == regime)].sort_values("month")
            if len(rows) and rows["q50"].notna().any():
                fans[kind][case.title(regime)] = rows
    return _Path(name, PATHS[name].meaning, PATHS[name].unit, fans)


def _pictures(case: Case, path: _Path) -> tuple[Picture, ...]:
    limits = fan_limits([fan for fans in path.fans.values() for fan in fans.values()])
    return tuple(_picture(case, path, kind, limits) for kind in _KINDS if path.fans[kind])


def _picture(case: Case, path: _Path, kind: str, limits: tuple[float, float]) -> Picture:
    name, meaning = _KINDS[kind]
    label = path.name.replace("_", " ").capitalize()
    figure = fan_figure(
        path.fans[kind],
        kind=kind,
        reference=case.title(NOTHING),
        limits=limits,
        title=f"{label}: {name}",
        axis=path.unit,
        note=case.note(),
    )
    alt = f"{label} ({path.unit}), {name}. At the end of the run: " + " ".join(
        f"{regime}: {_ends(fan.iloc[-1])}." for regime, fan in path.fans[kind].items()
    )
    caption = f"{label}: {path.title} ({path.unit}). {name.capitalize()}: {meaning}."
    return Picture(f"path_{path.name}_{kind}", figure, alt, caption)


def _ends(row: pd.Series[float]) -> str:
    low, middle, high = (float(row[name]) for name in ("q05", "q50", "q95"))
    shown = digits(low, middle, high)
    return f"{plain(middle, shown)} ({plain(low, shown)} to {plain(high, shown)})"


def _table(path: _Path) -> Table:
    columns = (
        "Regime",
        "half-way: luck",
        "half-way: parameter sets",
        "at the end: luck",
        "at the end: parameter sets",
    )
    rows = tuple(
        (regime, *(_cell(path, kind, regime, part) for part in (0.5, 1.0) for kind in _KINDS))
        for regime in path.fans["luck"]
    )
    label = path.name.replace("_", " ").capitalize()
    return Table(f"{label} ({path.unit}): middle, and nine in ten in brackets", columns, rows)


def _cell(path: _Path, kind: str, regime: str, part: float) -> str:
    fan = path.fans[kind].get(regime)
    return plain(float("nan")) if fan is None else _ends(fan.iloc[round(part * (len(fan) - 1))])
