"""What exists: regimes, parameters, outcomes, scenarios and switches, as text."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import asdict
from textwrap import fill
from typing import TYPE_CHECKING

from simulation.errors import InputError, nearest, shown
from simulation.places import place_hint

if TYPE_CHECKING:
    from simulation.outcomes.outcomes import Outcome
    from simulation.parameters import ParameterInfo
    from simulation.regimes import Regime

_WIDTH = 100
_COMMANDS = {
    "lever": "regimes --levers",
    "parameter": "parameters",
    "outcome": "outcomes",
    "scenario": "scenarios",
    "switch": "switches",
}


def entries(titles: Mapping[str, str], notes: Mapping[str, Iterable[str]], names: Collection[str], kind: str) -> str:
    """Return an entry for each name: its title, and its notes below.

    Args:
        titles: name -> first line.
        notes: name -> what follows, a paragraph each; empty ones are left out.
        names: which to show; all where empty.
        kind: what they are, for the message.

    Raises:
        InputError: a name does not exist.
    """
    for name in names:
        if name not in titles:
            hint = place_hint(name) or nearest(name, titles)
            raise InputError(f"unknown {kind} {shown(name)}{hint}; `sli {_COMMANDS[kind]}` lists them all")
    listing = [name for name in titles if not names or name in names]
    return "\n".join("\n".join([titles[name], *map(_note, filter(None, notes[name]))]) for name in listing)


def regimes_text(names: Collection[str] = ()) -> str:
    """Return the regimes, shipped or the user's own files, with every lever of every arm."""
    from simulation.regimes import REGIMES, load_regime

    regimes = [load_regime(name) for name in names or REGIMES]
    return "\n\n".join("\n".join([f"{regime.name}: {regime.title}", *_regime_notes(regime)]) for regime in regimes)


def levers_text(names: Collection[str] = ()) -> str:
    """Return every lever of an arm: its unit, choices or limits, and meaning."""
    from simulation.regimes import LEVERS

    titles = {name: f"{name}  ({info.unit or info.kind})" for name, info in LEVERS.items()}
    notes = {
        name: (
            info.meaning,
            _choices(info.choices),
            f"from {info.low:g} to {info.high:g}" if info.kind in {"number", "count", "range"} else "",
        )
        for name, info in LEVERS.items()
    }
    return entries(titles, notes, names, "lever")


def parameters_text(names: Collection[str] = ()) -> str:
    """Return every uncertain number: default, range, limits, unit, meaning and source."""
    from simulation.parameters import PARAMETERS

    titles = {
        name: f"{name} = {info.default:g}  (range {info.low:g} to {info.high:g}, {_limits(info)}; {info.unit})"
        for name, info in PARAMETERS.items()
    }
    notes = {name: (info.meaning, f"source: {info.source}") for name, info in PARAMETERS.items()}
    return entries(titles, notes, names, "parameter")


def _limits(info: ParameterInfo) -> str:
    """Return the values that a run can be made with."""
    return f"limits {info.hard_low:g} to {info.hard_high:g}"


def outcomes_text(names: Collection[str] = ()) -> str:
    """Return every outcome of a run and every monthly path: unit, direction and meaning."""
    from simulation.outcomes.outcomes import OUTCOMES
    from simulation.outcomes.paths import PATHS

    titles = {name: f"{name}  ({info.unit}; {_direction(info.better)})" for name, info in OUTCOMES.items()}
    notes = {name: [info.meaning, _what_matters(info), f"group: {info.group}"] for name, info in OUTCOMES.items()}
    paths = {name: info for name, info in PATHS.items() if name not in OUTCOMES}
    titles |= {name: f"{name}  ({info.unit}; by month; {_direction(info.better)})" for name, info in paths.items()}
    notes |= {name: [info.meaning, f"group: {info.group}"] for name, info in paths.items()}
    return entries(titles, notes, names, "outcome")


def _what_matters(outcome: Outcome) -> str:
    from simulation.outcomes.outcomes import MATTERS_MONTHS

    over = f" over {MATTERS_MONTHS} months" if outcome.adds_up or outcome.how == "sum" else ""
    return f"smallest difference that matters: {outcome.matters:,.10g}{over} ({outcome.why})"


def scenarios_text(names: Collection[str] = ()) -> str:
    """Return every choice about the world: what may be chosen, its default, meaning and source."""
    from simulation.scenario import SCENARIOS

    titles = {name: f"{name} = {info.default}  ({info.unit})" for name, info in SCENARIOS.items()}
    notes = {name: [_choices(info.choices), info.meaning, f"source: {info.source}"] for name, info in SCENARIOS.items()}
    return entries(titles, notes, names, "scenario")


def switches_text(names: Collection[str] = ()) -> str:
    """Return every structural switch: its choices, what it does, and the claim that rests on it."""
    from simulation.switches import SWITCHES

    titles = {name: f"{name} = {info.default}  ({' or '.join(info.choices)})" for name, info in SWITCHES.items()}
    notes = {name: (info.meaning, f"claim: {info.claim}") for name, info in SWITCHES.items()}
    return entries(titles, notes, names, "switch")


def _regime_notes(regime: Regime) -> Iterator[str]:
    yield _note(regime.summary)
    if regime.trusts:
        yield _note("removes departments that fail badly or twice to trusts")
    if not regime.follows_parity:
        yield _note("follows no parity: its quantity is what was in force")
    if regime.by_calendar:
        yield _note("its months count from April 2018, whatever month a run starts in")
    for number, arm in enumerate(regime.arms, 1):
        yield f"    arm {number}:"
        yield from (f"        {name} = {_value(value)}" for name, value in asdict(arm).items() if value is not None)


def _value(value: object) -> str:
    if isinstance(value, tuple):
        return f"{value[0]:g} to {value[1]:g}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _choices(choices: Collection[str]) -> str:
    return f"choices: {', '.join(choices)}" if choices else ""


def _direction(better: str) -> str:
    return "neither direction is better" if better == "neither" else f"{better} is better"


def _note(text: str) -> str:
    return fill(text, _WIDTH, initial_indent="    ", subsequent_indent="    ")
