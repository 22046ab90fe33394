"""Who gains and who pays: paired differences from no programme by region, deprivation and starting grade."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from experiments.figures import Mark, panels_figure
from experiments.report.case import Case
from experiments.report.parts import Picture, Section, Table
from experiments.report.rows import FIRM, ONE_SET
from experiments.statistics.paired import BETTER, CLOSE, WORSE, Estimate, Matrix, estimate, verdict
from experiments.statistics.weights import Weights
from experiments.text.names import KINDS, NOTHING, group_order, group_title, parity_words
from experiments.text.numbers import digits, listing, signed, span

SMALLEST = 3
"""A group of fewer councils is not shown: a result must never point at one council."""


@dataclass(frozen=True)
class _Measure:
    """What is compared: column of the groups' table, which way is better, and how it is read."""

    column: str
    better: str
    title: str
    unit: str
    axis: str


MEASURES = (
    _Measure(
        "inadequate_months",
        "lower",
        "months inadequate",
        "months a council",
        "months inadequate a council\n← fewer: better          more: worse →",
    ),
    _Measure("mean_quality", "higher", "mean quality", "SD", "SD\n← lower: worse          higher: better →"),
    _Measure("days_given", "neither", "days given", "days a council", "days given a council"),
    _Measure("days_received", "neither", "days received", "days a council", "days received a council"),
)
_MEAN = "mean_quality"
_DRAWN = ("inadequate_months", "days_given")

Key = tuple[str, str]
"""A regime and a group."""
Rows = npt.NDArray[np.intp]
"""Places of rows in a table."""


def sections(case: Case, groups: pd.DataFrame) -> tuple[Section, ...]:
    """Return a section a kind of group.

    Args:
        case: the comparison in short.
        groups: a row a run and group, as `experiments.results.store.Results.groups`.
    """
    places = _places(groups, case.parity)
    return tuple(_section(case, groups, places[kind], kind) for kind in KINDS)


def _places(groups: pd.DataFrame, parity: str) -> Mapping[str, Mapping[Key, Rows]]:
    """Return by kind which rows are of each regime and group: rows are named, not copied, for there may be millions."""
    found: dict[str, dict[Key, Rows]] = {kind: {} for kind in KINDS}
    here = (groups["parity"] == parity).to_numpy()
    for regime in groups["regime"].unique():
        mine = np.flatnonzero(here & (groups["regime"] == regime).to_numpy())
        within: Mapping[Any, Any] = (
            groups[["kind", "group"]].iloc[mine].groupby(["kind", "group"], observed=True).indices
        )
        for (kind, group), rows in within.items():
            found[str(kind)][str(regime), str(group)] = mine[rows]
    return found


def _section(case: Case, groups: pd.DataFrame, places: Mapping[Key, Rows], kind: str) -> Section:
    councils = groups["councils"]
    sizes = {group: float(councils.iloc[rows].max()) for (regime, group), rows in places.items() if regime == NOTHING}
    order = sorted(sizes, key=lambda name: group_order(kind, name))
    shown = [name for name in order if sizes[name] >= SMALLEST]
    found = {measure.column: _estimates(groups, places, measure, case.counts) for measure in MEASURES}
    lead = _lead(case, kind, [group_title(kind, name) for name in order if name not in shown])
    if not shown:
        return Section(f"who-{kind}", f"Who gains and who pays, by {KINDS[kind]}", lead)
    pictures = tuple(
        _picture(case, kind, measure, shown, found[measure.column]) for measure in MEASURES if measure.column in _DRAWN
    )
    tables = tuple(_table(case, kind, measure, shown, found[measure.column], sizes) for measure in MEASURES)
    return Section(f"who-{kind}", f"Who gains and who pays, by {KINDS[kind]}", lead, pictures, folded=tables)


def _lead(case: Case, kind: str, hidden: list[str]) -> tuple[str, ...]:
    said = []
    if kind == next(iter(KINDS)):
        said.append(
            "Each group of councils under a regime against the same group without a programme, same luck, at "
            f"{parity_words(case.parity)}, for an average council of the group over the whole run. Who gives days, "
            "pays; who has fewer months inadequate, gains. Among so many groups some differ by luck alone."
        )
    if hidden:
        said.append(f"Not shown, because it holds fewer than {SMALLEST} councils: {listing(hidden)}.")
    return tuple(said)


def _estimates(
    groups: pd.DataFrame, places: Mapping[Key, Rows], measure: _Measure, weights: Weights
) -> Mapping[Key, Estimate]:
    number, replicate = groups["set"].to_numpy(), groups["replicate"].to_numpy()
    values, councils = groups[measure.column].to_numpy(), groups["councils"].to_numpy()
    shape = (int(number.max()) + 1, int(replicate.max()) + 1)
    matrices: dict[Key, Matrix] = {}
    for key, rows in places.items():
        matrix = matrices[key] = np.full(shape, np.nan)
        shared = 1.0 if measure.column == _MEAN else councils[rows]
        matrix[number[rows], replicate[rows]] = values[rows] / shared
    return {
        (regime, group): estimate(matrix - matrices[NOTHING, group], measure.better, weights=weights)
        for (regime, group), matrix in matrices.items()
        if regime != NOTHING and (NOTHING, group) in matrices
    }


def _mark(case: Case, kind: str, group: str, found: Estimate, measure: _Measure) -> Mark:
    return Mark(
        group_title(kind, group),
        found.difference,
        (found.chance_low, found.chance_high),
        (found.sets_low, found.sets_high),
        firm=_state(case, found, measure) in FIRM,
    )


def _state(case: Case, found: Estimate, measure: _Measure) -> str:
    return ONE_SET if case.illustration else verdict(found, measure.better)


def _picture(case: Case, kind: str, measure: _Measure, shown: list[str], found: Mapping[Key, Estimate]) -> Picture:
    regimes = [name for name in case.regimes if any((name, group) in found for group in shown)]
    panels = {
        case.title(regime): [
            _mark(case, kind, group, found[regime, group], measure) for group in shown if (regime, group) in found
        ]
        for regime in regimes
    }
    what = f"{measure.title.capitalize()} by {KINDS[kind]}: difference from no programme"
    figure = panels_figure(panels, title=what, axis=measure.axis, note=case.note())
    spoken = " ".join(
        f"{regime}: " + ", ".join(f"{mark.label} {signed(mark.value, digits(mark.value))}" for mark in marks) + "."
        for regime, marks in panels.items()
    )
    caption = f"{what} ({measure.unit}), at {parity_words(case.parity)}."
    return Picture(f"who_{kind}_{measure.column}", figure, f"{what}, {measure.unit}. {spoken}", caption)


def _table(
    case: Case,
    kind: str,
    measure: _Measure,
    shown: list[str],
    found: Mapping[Key, Estimate],
    sizes: Mapping[str, float],
) -> Table:
    regimes = [name for name in case.regimes if name != NOTHING]
    rows = tuple(
        (
            f"{group_title(kind, group)} ({sizes[group]:.0f} councils)",
            *(_cell(case, measure, found.get((regime, group))) for regime in regimes),
        )
        for group in shown
    )
    caption = f"{measure.title.capitalize()} ({measure.unit}), difference from no programme (luck in brackets)"
    return Table(caption, (KINDS[kind].capitalize(), *map(case.title, regimes)), rows)


def _cell(case: Case, measure: _Measure, found: Estimate | None) -> str:
    if found is None:
        return signed(float("nan"))
    shown = digits(found.difference, found.chance_low, found.chance_high)
    state = _state(case, found, measure)
    said = {BETTER: " better", WORSE: " worse", CLOSE: " close"}.get(state, "")
    return f"{signed(found.difference, shown)} ({span(found.chance_low, found.chance_high, shown)}){said}"
