"""``sli changed``: what moved between two versions of the model."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from experiments.commands import options

if TYPE_CHECKING:
    import pandas as pd

MOST_LINES = 12
"""Lines of each kind that one page has room for."""

Old = Annotated[Path, typer.Argument(metavar="OLD", help="The folder of the earlier version.", **options.PATH)]
New = Annotated[Path, typer.Argument(metavar="NEW", help="The folder of the later version.", **options.PATH)]
Out = Annotated[
    Path | None, typer.Option("--out", metavar="FILE.csv", help="Write every difference, moved or not.", **options.PATH)
]


def changed(old: Old, new: New, out: Out = None) -> None:
    """Say what moved between two comparisons of one design, made by two versions.

    Verdicts and claims that changed, and paired differences that moved by more than luck: by more than the 95%
    interval of the move, as if the two comparisons had met different luck. They often share it, so a move that is not
    named may still be real.
    """
    from experiments.files.whole import write_csv
    from experiments.studies.verification.changes import CLAIM, PAIR, find_changes

    found = find_changes(old, new)
    typer.echo(f"from {old} to {new} changed: {', '.join(found.made) or 'nothing that was asked or used'}")
    _say(found.differences, PAIR, "verdict")
    if found.claims.empty:
        typer.echo("the sector's claims: not tested in both")
    else:
        _say(found.claims, CLAIM[:1], "claim")
    if out is not None:
        write_csv(out, found.differences)
        typer.echo(f"all differences: {out}")


def _say(table: pd.DataFrame, keys: tuple[str, ...], noun: str) -> None:
    """Print the rows whose verdict changed, and those that moved by more than luck though it did not."""
    turned = table[table["verdict_changed"]]
    moved = table[table["beyond_luck"] & ~table["verdict_changed"]]
    verdicts = "claims changed their verdict" if noun == "claim" else "verdicts changed"
    typer.echo(f"{len(turned)} of {len(table)} {verdicts}{':' if len(turned) else ''}")
    for row in turned.head(MOST_LINES).to_dict("records"):
        typer.echo(f"  {_name(row, keys)}: {row['old_verdict']}, now {row['new_verdict']} ({_numbers(row)})")
    _say_rest(len(turned))
    typer.echo(f"{len(moved)} more moved by more than luck{':' if len(moved) else ''}")
    for row in moved.head(MOST_LINES).to_dict("records"):
        typer.echo(f"  {_name(row, keys)}: {_numbers(row)}")
    _say_rest(len(moved))


def _say_rest(number: int) -> None:
    if number > MOST_LINES:
        typer.echo(f"  and {number - MOST_LINES} more: --out FILE.csv writes all")


def _name(row: dict[object, object], keys: tuple[str, ...]) -> str:
    if len(keys) == 1:
        return f"claim {row[keys[0]]}"
    return f"{row['outcome']}, {row['regime']} against {row['baseline']} at parity {row['parity']}"


def _numbers(row: dict[object, object]) -> str:
    before, after = (_number(row[name], row[f"{name}_error"]) for name in ("old", "new"))
    return f"{before}, now {after} {row['unit']}"


def _number(value: object, error: object) -> str:
    if not isinstance(value, float) or math.isnan(value):
        return "no number"
    return f"{value:+.3g} ±{error:.2g}" if isinstance(error, float) and math.isfinite(error) else f"{value:+.3g}"
