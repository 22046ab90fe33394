"""What turns the answer round: the uncertain numbers that decide it, and the sides of each."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from experiments.report.cells import PLUS_MINUS
from experiments.report.parts import Section, Table
from experiments.report.sections import knowing
from experiments.results.case import Case
from experiments.results.rows import ComparisonRow
from experiments.results.store import Results
from experiments.statistics.turning import FEWEST_WORLDS
from experiments.text.names import parity_words, sentence
from experiments.text.numbers import NO_NUMBER, digits, percent, plain, share_words, with_sign
from experiments.text.uncertain import number_words
from simulation.parameters import PARAMETERS

_HOW = (
    "A rank correlation says how surely the difference rises or falls with a number, from minus one to one, luck taken "
    "out; a coefficient by how many of its standard deviations the difference moves for one of the number, all other "
    "numbers held. In brackets 95% intervals. A number is named only if it does more than chance would among so many."
)


def sections(results: Results) -> tuple[Section, ...]:
    """Return the numbers behind what decides at every parity and what is worth knowing; none where nothing is known."""
    case = results.case
    parities = [parity for parity in case.parities if turn_rows(results, parity)]
    tables = (*((_table(results, parities),) if parities else ()), *knowing.tables(results))
    title = "What turns the answer round, in numbers"
    return (Section("turns", title, (_HOW,), tables=tables),) if tables else ()


def front_words(results: Results) -> tuple[str, ...]:
    """Return what decides the headline's two regimes and what would be worth knowing, a sentence each."""
    return (*turn_words(results), *knowing.knowing_words(results))


def turn_words(results: Results) -> tuple[str, ...]:
    """Return what decides the headline's two regimes at the main parity, a sentence each."""
    case = results.case
    row = None if case.focus is None else case.row(case.focus, case.rival)
    if row is None:
        return ("There are no two regimes of which it could be told.",)
    if row.worlds < FEWEST_WORLDS:
        few = f"With {row.worlds} worlds it cannot be told which uncertain numbers decide"
        return (f"{few}; it takes at least {FEWEST_WORLDS}.",)
    rows = turn_rows(results, case.parity)
    if not rows:
        few = f"With {row.worlds} worlds no uncertain number can be seen to decide by itself"
        return (f"{few}; none does so more than chance would. More parameter sets may show one.",)
    none = (
        () if any(one["turns"] for one in rows) else ("No single number turns the answer round; these move it most.",)
    )
    return (*none, *(turn_sentence(case, row, one) for one in rows))


def turn_rows(results: Results, parity: str) -> list[Mapping[Any, Any]]:
    """Return the rows of the table of turns at one parity, what decides most first."""
    table = results.turns[results.turns["parity"] == parity]
    return list(table.sort_values("place").to_dict("records"))


def turn_sentence(case: Case, row: ComparisonRow, turn: Mapping[Any, Any]) -> str:
    """Return what one number decides, with the value where the sign turns and the shares on either side."""
    name, value = number_words(str(turn["parameter"])), _value(turn)
    above, below = percent(float(turn["share_above"])), percent(float(turn["share_below"]))
    regime = case.words(row.regime)
    sides = f"above {value} {regime} does better in {above} of the worlds, below it in {below}"
    if turn["turns"]:
        ends = _ends(turn, "value", " to ")
        where = f" (95% interval {ends})" if ends else ""
        return f"{sentence(name)}: {sides}; there the mean difference changes its sign{where}."
    return f"{sentence(name)}: {sides}; the mean difference keeps its sign over the whole range."


def _table(results: Results, parities: Sequence[str]) -> Table:
    case = results.case
    columns = (
        "Uncertain number",
        "sign turns",
        "what it is",
        "parity",
        "rank correlation",
        "coefficient",
        f"{case.title(str(case.focus))} better above",
        "better below",
    )
    rows = tuple(
        (
            str(one["parameter"]).replace("_", " "),
            _where(one),
            f"{number_words(str(one['parameter']))} ({one['unit']})",
            parity_words(parity),
            _estimate(one, "correlation"),
            _estimate(one, "coefficient"),
            _side(one, "above"),
            _side(one, "below"),
        )
        for parity in parities
        for one in turn_rows(results, parity)
    )
    caption = f"What decides most between {case.words(str(case.focus))} and {case.words(case.rival)}. {PLUS_MINUS}"
    return Table(caption, columns, rows, frozenset({1, 2, 3}), verdict=1)


def _where(turn: Mapping[Any, Any]) -> str:
    if not turn["turns"]:
        return f"nowhere; parted at {_value(turn)}"
    return f"at {_value(turn)} ({_ends(turn, 'value', ' to ')})"


def _estimate(turn: Mapping[Any, Any], name: str) -> str:
    value = float(turn[name])
    return f"{with_sign(value, 2)} ({_ends(turn, name, ' to ', 2)})" if math.isfinite(value) else NO_NUMBER


def _value(turn: Mapping[Any, Any]) -> str:
    """Return where the worlds are parted, with as many digits as its interval is worth, or a tenth of its range."""
    width = float(turn["value_high"]) - float(turn["value_low"])
    info = PARAMETERS.get(str(turn["parameter"]))
    tenth = (1.0 if info is None else info.high - info.low) / 10
    return plain(float(turn["value"]), digits(width if width > 0 else tenth))


def _ends(turn: Mapping[Any, Any], name: str, between: str, decimals: int | None = None) -> str:
    """Return the ends of an interval; nothing where it is not known."""
    low, high = (float(turn[f"{name}_{end}"]) for end in ("low", "high"))
    if not math.isfinite(low + high):
        return ""
    places = digits(high - low) if decimals is None else decimals
    return between.join(plain(end, places) for end in (low, high))


def _side(turn: Mapping[Any, Any], side: str) -> str:
    share, error = float(turn[f"share_{side}"]), float(turn[f"share_{side}_error"])
    return f"{share_words(share, error)} of {int(turn[f'worlds_{side}'])} worlds"
