"""Options that the commands share which vary things: what is looked at, and in which world; None leaves one out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from experiments.commands import options

Outcome = Annotated[
    list[str] | None,
    typer.Option(
        "--outcome", metavar="NAME", help="What is looked at (inadequate_months if left out), or all; may be repeated."
    ),
]
Regimes = Annotated[
    str | None,
    typer.Option(
        "--regimes",
        metavar="A,B",
        help="Regimes that are run; each is compared with the last (peer_support,partners_in_practice if left out).",
    ),
]
OwnRegimes = Annotated[
    list[Path] | None,
    typer.Option(
        "--regime", metavar="FILE.toml", help="A regime of your own, before those of --regimes; may be repeated.",
        **options.PATHS,
    ),
]  # fmt: skip
Parities = Annotated[
    str | None,
    typer.Option(
        "--parity",
        metavar="A,B",
        help="What is made equal: days (if left out), pounds, director_days, or none (each regime as its file says).",
    ),
]
Months = Annotated[int | None, typer.Option("--months", help="Length of a run (120 if left out).", **options.WHOLE)]
Seed = Annotated[
    int | None, typer.Option("--seed", help="What all luck is drawn from (2018 if left out).", **options.WHOLE)
]
Funding = Annotated[
    str | None,
    typer.Option("--funding", metavar="NAME|FILE.csv", help="Path of the funding gap (outturn if left out)."),
]
PovertyTilt = Annotated[
    float | None,
    typer.Option(
        "--poverty-tilt", help="How much more the gap weighs in poorer councils (0 if left out).", **options.NUMBER
    ),
]
Pause = Annotated[str | None, typer.Option("--pause", help="Pause of inspections: historical (if left out) or none.")]
Headline = Annotated[
    str | None,
    typer.Option("--headline", help="Overall grades: kept, removed (if left out), or removed from a month (YYYY-MM)."),
]


def read_outcomes(texts: list[str] | None) -> list[str] | None:
    """Return the names of outcomes; None where none is given."""
    from experiments.inputs.parsing import split_names

    return [name for text in texts for name in split_names(text, "--outcome")] if texts else None


def read_regimes(names: str | None, own: list[Path] | None) -> list[str] | None:
    """Return the regimes that are run, files of the user's own first; None where none is named."""
    from experiments.inputs.parsing import split_names
    from experiments.text.names import PARTNERS

    files = [str(path) for path in own or ()]
    if names is None:
        return [*files, PARTNERS] if files else None
    return [*files, *split_names(names, "--regimes")]


def read_switches(texts: list[str] | None) -> dict[str, str] | None:
    """Return switches by name; None where none is given.

    Raises:
        InputError: a text is no switch's.
    """
    from experiments.inputs.parsing import parse_switches

    return parse_switches(texts).as_dict() if texts else None
