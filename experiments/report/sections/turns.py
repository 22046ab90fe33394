"""What turns the answer round: the uncertain numbers that decide it, and the sides of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from experiments.report.cells import PLUS_MINUS
from experiments.report.parts import Section, Table
from experiments.results.case import Case
from experiments.results.rows import ComparisonRow
from experiments.results.store import Results
from experiments.statistics.turning import FEWEST_WORLDS
from experiments.text.names import parity_words, sentence
from experiments.text.numbers import percent, plain, share_words
from simulation.parameters import PARAMETERS

_LEVERS = {
    "receiver_quantile": "days per receiver, as a place in each regime's range",
    "giver_quantile": "days per giver, as a place in each regime's range",
}


def section(results: Results) -> Section:
    """Return what decides the headline's two regimes at every parity."""
    case = results.case
    parities = [parity for parity in case.parities if turn_rows(results, parity)]
    tables = (_table(results, parities),) if parities else ()
    return Section("turns", "What turns the answer round", turn_words(results), tables=tables)


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
    name, value = number_words(str(turn["parameter"])), plain(float(turn["value"]))
    above, below = percent(float(turn["share_above"])), percent(float(turn["share_below"]))
    regime = case.words(row.regime)
    sides = f"above {value} {regime} does better in {above} of the worlds, below it in {below}"
    if turn["turns"]:
        return f"{sentence(name)}: {sides}; there the mean difference changes its sign."
    return f"{sentence(name)}: {sides}; the mean difference keeps its sign over the whole range."


def number_words(name: str) -> str:
    """Return what an uncertain number is."""
    return PARAMETERS[name].meaning if name in PARAMETERS else _LEVERS.get(name, name)


def _table(results: Results, parities: Sequence[str]) -> Table:
    case = results.case
    columns = (
        "Uncertain number",
        "sign turns",
        "what it is",
        "parity",
        "share of the ranks explained",
        f"{case.title(str(case.focus))} better above",
        "better below",
    )
    rows = tuple(
        (
            str(one["parameter"]).replace("_", " "),
            f"at {plain(float(one['value']))}" if one["turns"] else f"nowhere; parted at {plain(float(one['value']))}",
            f"{number_words(str(one['parameter']))} ({one['unit']})",
            parity_words(parity),
            percent(float(one["explained"])),
            _side(one, "above"),
            _side(one, "below"),
        )
        for parity in parities
        for one in turn_rows(results, parity)
    )
    caption = f"What decides most between {case.words(str(case.focus))} and {case.words(case.rival)}. {PLUS_MINUS}"
    return Table(caption, columns, rows, frozenset({1, 2, 3}), verdict=1)


def _side(turn: Mapping[Any, Any], side: str) -> str:
    share, error = float(turn[f"share_{side}"]), float(turn[f"share_{side}_error"])
    return f"{share_words(share, error)} of {int(turn[f'worlds_{side}'])} worlds"
