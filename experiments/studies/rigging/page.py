"""What the rigging run says, as text for a terminal and as tables for the page that explains it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pandas as pd

from experiments.design.design import Design
from experiments.studies.rigging.explanations import Explanation, explain
from experiments.studies.rigging.shares import (
    EVERY_OTHER,
    LIMIT,
    RIGGING_OUTCOMES,
    beyond_limit,
    near_limit,
    watched_rows,
)
from experiments.text.names import NOTHING, PARTNERS
from experiments.text.pages import RESULTS, Slots, table_lines
from simulation.switches import Switches

SLOTS = Slots("rigging")
_CELL = len("!99.9 / !99.9 / !99.9")
_OPPONENTS = {
    NOTHING: "Share of draws won against no support, %",
    PARTNERS: "Share of draws won against Partners in Practice, %",
    EVERY_OTHER: "Share of draws in which a regime is better than each of the others, %",
}


def summary_lines(design: Design, table: pd.DataFrame, explanations: Sequence[Explanation]) -> Iterator[str]:
    """Yield the lines for a terminal: shares of draws won on the watched outcomes, and what is beyond the limit."""
    yield rigging_note(design)
    for opponent, title in _OPPONENTS.items():
        yield f"\n{title}; equal {', '.join(design.parities)}; ! beyond {LIMIT:.0%}, won or lost"
        widths = [max(len(name), _CELL) + 2 for name in RIGGING_OUTCOMES]
        for name, cells in (("", RIGGING_OUTCOMES), *_cells(design, table, opponent, "!{}")):
            yield f"{name:<26}" + "".join(f"{cell:>{wide}}" for cell, wide in zip(cells, widths, strict=True))
    yield f"\nbeyond {LIMIT:.0%} of draws:"
    for row in watched_rows(beyond_limit(table)).itertuples():
        why = explain(explanations, *_key(row))
        yield f"  {_sentence(row)}: {'not explained' if why is None else f'explained: {why.name}'}"


def missing_explanations(table: pd.DataFrame, explanations: Sequence[Explanation]) -> list[str]:
    """Return a sentence for every watched row beyond the limit that no explanation covers."""
    rows = watched_rows(beyond_limit(table)).itertuples()
    return [_sentence(row) for row in rows if explain(explanations, *_key(row)) is None]


def rigging_note(design: Design) -> str:
    """Return what the shares were made from, in a sentence."""
    usual = Switches().as_dict()
    changes = [f"{name}={choice}" for name, choice in design.switches.as_dict().items() if choice != usual[name]]
    switch_words = f", switches {', '.join(changes)}" if changes else ""
    values = [one.parameters.as_dict() for one in design.sets]
    same = [f"{name}={value:g}" for name, value in values[0].items() if all(one[name] == value for one in values)]
    constant_words = f", held {', '.join(same)}" if same and len(values) > 1 else ""
    return (
        f"{len(values)} draws from the prior, {design.replicates} replicates of each, {design.months} months, "
        f"seed {design.seed}{switch_words}{constant_words}"
    )


def renew_page(path: Path, design: Design, table: pd.DataFrame, explanations: Sequence[Explanation]) -> None:
    """Write the tables between the markers of a page anew.

    Raises:
        InputError: the page cannot be read, or has no such markers.
    """
    SLOTS.read(path, [RESULTS])
    SLOTS.renew(path, {RESULTS: "\n".join(page_lines(design, table, explanations))})


def page_lines(design: Design, table: pd.DataFrame, explanations: Sequence[Explanation]) -> Iterator[str]:
    """Yield the tables of the page in Markdown."""
    yield f"Made from {rigging_note(design)}. Each cell: equal {', '.join(design.parities)}."
    for opponent, title in _OPPONENTS.items():
        yield f"\n### {title}\n"
        yield from table_lines(
            ("Regime", *(f"`{name}`" for name in RIGGING_OUTCOMES)),
            ((f"`{regime}`", *cells) for regime, cells in _cells(design, table, opponent, "**{}**")),
        )
    yield "\n### Beyond the limit\n"
    yield from _rows_table(watched_rows(beyond_limit(table)), explanations)
    yield "\n### Close to the limit: other draws might put these beyond it\n"
    yield from _rows_table(watched_rows(near_limit(table)), explanations)
    yield "\n### Why\n"
    for number, one in enumerate(explanations):
        yield "\n" * (number > 0) + f"**{one.name}** ({', '.join(one.rules)}). {one.mechanism}"
        yield f"\n*Measured:* {one.measured}\n\n*What undoes it:* {one.undo}"
    yield "\n### Outcomes that are not watched\n"
    yield from _other_outcomes(table)


def _cells(design: Design, table: pd.DataFrame, opponent: str, mark: str) -> Iterator[tuple[str, list[str]]]:
    """Yield every regime with a cell an outcome: its share of draws won at every parity, marked beyond the limit."""
    against = table[table.opponent == opponent]
    win_shares = against.set_index(["regime", "outcome", "parity"]).won
    beyond = {(row.regime, row.outcome, row.parity) for row in beyond_limit(against).itertuples()}

    def cell(regime: str, outcome: str, parity: str) -> str:
        text = _percent(win_shares[regime, outcome, parity])
        return mark.format(text) if (regime, outcome, parity) in beyond else text

    names = [regime.name for regime in design.regimes]
    # A pair stands once: the first baseline has no row against the second.
    for regime in names[names.index(opponent) + 1 :] if opponent in names else names:
        yield (
            regime,
            [" / ".join(cell(regime, name, parity) for parity in design.parities) for name in RIGGING_OUTCOMES],
        )


def _rows_table(rows: pd.DataFrame, explanations: Sequence[Explanation]) -> Iterator[str]:
    cells = []
    for row in rows.itertuples():
        outcome, parity, regime, opponent, result = _key(row)
        share, error, where_met = _shares(row)
        why = explain(explanations, *_key(row))
        what = f"`{regime}` {result} against `{opponent}`"
        name = "" if why is None else why.name
        cells.append((f"`{outcome}`", parity, what, share, error, where_met, name))
    heads = ("Outcome", "Equal", "What", "Of draws, %", "Error, %", "Where the parity was met", "Why")
    yield from table_lines(heads, cells) if cells else ("None.",)


def _other_outcomes(table: pd.DataFrame) -> Iterator[str]:
    others = table[~table.outcome.isin(RIGGING_OUTCOMES)]
    pairs = others[others.opponent != EVERY_OTHER].groupby("outcome", sort=False).size() // 2
    counts = beyond_limit(others[others.opponent != EVERY_OTHER]).groupby("outcome", sort=False).size()
    rows = ((f"`{name}`", f"{counts.get(name, 0)}", str(many)) for name, many in pairs.items())
    yield from table_lines(("Outcome", "Pairs beyond the limit", "Of pairs, at three parities"), rows)


def _key(row: object) -> tuple[str, str, str, str, str]:
    outcome, parity, regime, opponent, result = (
        str(getattr(row, name)) for name in ("outcome", "parity", "regime", "opponent", "result")
    )
    return outcome, parity, regime, opponent, result


def _sentence(row: object) -> str:
    outcome, parity, regime, opponent, result = _key(row)
    share, error, where_met = _shares(row)
    return (
        f"{outcome}, equal {parity}: {regime} {result} against {opponent} in {share}% of draws "
        f"(error {error}%; where the parity was met {where_met})"
    )


def _shares(row: object) -> tuple[str, str, str]:
    """Return of a row the share of draws, its standard error, and the share of those that met the parity."""
    did = "won" if _key(row)[-1] == "wins" else "lost"
    share, error, where_met = (_percent(getattr(row, name)) for name in (did, "error", f"{did}_met"))
    draws = int(getattr(row, "draws" + "_met"))
    return share, error, f"{where_met}% of {draws}" if draws else "-"


def _percent(share: float) -> str:
    """Return a share in per cent, with a decimal where it is near the limit or an end.

    >>> _percent(0.5), _percent(0.9531), _percent(1.0), _percent(0.998)
    ('50', '95.3', '100', '99.8')
    """
    if share != share:  # noqa: PLR0124  not a number
        return "-"
    percent = 100 * share
    near = 90 <= percent < 100 or 0 < percent <= 10  # noqa: PLR2004  where the decimal matters
    return f"{percent:.1f}" if near else f"{percent:.0f}"
