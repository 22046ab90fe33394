"""Every assumption with its source: parameters, regimes, scenario, switches and the tables of facts."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from typing import Any

import pandas as pd

from experiments.report.parts import Section, Table
from experiments.results.case import Case
from simulation.evidence import describe_tables
from simulation.parameters import PARAMETERS, ParameterInfo
from simulation.regimes import LEVERS
from simulation.scenario import SCENARIOS
from simulation.switches import SWITCHES


def section(case: Case, sets: pd.DataFrame, design: Mapping[str, Any]) -> Section:
    """Return all assumptions of a comparison.

    Args:
        case: the comparison in short.
        sets: a row a parameter set.
        design: from the manifest: regimes in full, scenario and switches.
    """
    lead = (
        (
            "Everything that was put in, and where it is from. A source that reads “assumption” means that nobody has "
            "measured it: the range is then a judgement, and the answer leans on it. What separates the regimes most "
            "(how fast practice travels, from whom, for how long, and what giving costs) is of that kind."
        ),
        *_sets(case),
    )
    folded = (
        *_parameters(sets),
        _levers(case, design.get("regimes", {})),
        _choices("scenario", design.get("scenario", {})),
        _switches(design.get("switches", {})),
        _facts(),
    )
    return Section("assumptions", "Every assumption, with its source", lead, folded=folded)


def _sets(case: Case) -> tuple[str, ...]:
    """Return where the parameter sets come from, nothing where that is not known."""
    begin = f"The {case.sets:,} parameter sets"
    sentences = {
        "plausible": f"{begin} are of the plausible ones: what fits how England's councils were judged and how their "
        "directors changed, spread over the weights that the fit gave. What the evidence does not inform, among it all "
        "that separates the regimes, spans its prior range as before.",
        "prior": f"{begin} were drawn from the prior: anywhere in the ranges, by a Latin hypercube, whether or not "
        "they fit the evidence.",
        "file": f"{begin} are those of the user's own file.",
        "defaults": "The one parameter set is the defaults: a usable point, not a finding.",
    }
    return (sentences[case.origin],) if case.origin in sentences else ()


def value_text(value: object) -> str:
    """Return a value as written in a table of settings.

    >>> value_text(0.5), value_text(None), value_text([4.0, 14.0]), value_text(True)
    ('0.5', 'none', '4 to 14', 'yes')
    """
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return f"{value:g}"
    if isinstance(value, list | tuple):
        flat = all(not isinstance(part, list | tuple) for part in value)
        return (" to " if flat else ", ").join(value_text(part) for part in value)
    return "none" if value is None else str(value).replace("_", " ")


def _parameters(sets: pd.DataFrame) -> tuple[Table, ...]:
    columns = ("Parameter", "default", "prior range", "used here", "unit", "meaning", "source")
    groups = groupby(sorted(PARAMETERS.values(), key=lambda info: info.group), key=lambda info: info.group)
    return tuple(
        Table(
            f"Uncertain numbers: {group}",
            columns,
            tuple(_parameter(info, sets) for info in infos),
            frozenset({4, 5, 6}),
        )
        for group, infos in groups
    )


def _parameter(info: ParameterInfo, sets: pd.DataFrame) -> tuple[str, ...]:
    used = sets[info.name]
    low, high = float(used.min()), float(used.max())
    here = f"{low:.3g}" if low == high else f"{low:.3g} to {high:.3g}"
    return (
        info.name,
        f"{info.default:g}",
        f"{info.low:g} to {info.high:g}",
        here,
        info.unit,
        info.meaning,
        info.source,
    )


def _levers(case: Case, regimes: Mapping[str, Any]) -> Table:
    arms = [
        (case.title(name), place, len(regimes[name].get("arms", ())), arm)
        for name in case.regimes
        if name in regimes
        for place, arm in enumerate(regimes[name].get("arms", ()), start=1)
    ]
    heads = tuple(f"{title}, arm {place}" if many > 1 else title for title, place, many, _ in arms)
    rows = tuple(
        (f"{_lever_name(name)}: {info.meaning}", *(value_text(arm.get(name)) for *_, arm in arms))
        for name, info in LEVERS.items()
    )
    caption = "Regimes as levers, before the parity and the drawn levers change numbers of days and givers"
    return Table(caption, ("Lever", *heads), rows)


def _lever_name(name: str) -> str:
    unit = LEVERS[name].unit
    return f"{name.replace('_', ' ')} ({unit})" if unit else name.replace("_", " ")


def _choices(name: str, choices: Mapping[str, Any]) -> Table:
    rows = tuple(
        (
            info.name,
            value_text(choices.get(info.name, info.default)),
            value_text(info.default),
            info.meaning,
            info.source,
        )
        for info in SCENARIOS.values()
    )
    columns = (name.capitalize(), "here", "default", "meaning", "source")
    return Table("The world outside the model: choices, not uncertainties", columns, rows, frozenset({1, 2, 3, 4}))


def _switches(choices: Mapping[str, Any]) -> Table:
    rows = tuple(
        (
            info.name,
            value_text(choices.get(info.name, info.default)),
            " or ".join(map(value_text, info.choices)),
            info.meaning,
            info.claim,
        )
        for info in SWITCHES.values()
    )
    columns = ("Mechanism", "here", "choices", "meaning", "claim that rests on it")
    return Table("Mechanisms that can be switched", columns, rows, frozenset({1, 2, 3, 4}))


def _facts() -> Table:
    rows = tuple(
        (one.table, one.meaning, f"{one.rows:,}", one.period, one.publisher, one.source, one.licence)
        for one in describe_tables()
    )
    columns = ("Table", "what it holds", "rows", "period", "publisher", "source", "licence")
    return Table("Tables of facts that the model starts from", columns, rows, frozenset({1, 3, 4, 5, 6}))
