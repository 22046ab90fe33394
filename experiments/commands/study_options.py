"""Options that the commands share which vary things: what is looked at, and in which world; None leaves one out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from experiments.commands import options
from simulation.errors import InputError, shown

Study = Annotated[
    str | None,
    typer.Argument(
        metavar="[FILE.toml]", help="A file that holds the whole study, as the folder of every study has one."
    ),
]
Out = Annotated[Path, typer.Option("--out", metavar="FOLDER", help="Where the results go.", **options.PATH)]
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


def join_settings(
    study: str | None, asked: dict[str, object], read: Callable[[str], dict[str, Any]], varies: str
) -> dict[str, object]:
    """Return the settings of a study's file, and those of options in their place.

    Args:
        study: the file; options alone where None.
        asked: what options say; None where one is left out.
        read: reads such a file.
        varies: the option that says what is varied.

    Raises:
        InputError: the file cannot be read, or is none.
    """
    given = {name: value for name, value in asked.items() if value is not None}
    if study is None:
        return given
    if not study.endswith(".toml"):
        raise InputError(f"expected a file that ends in .toml, got {shown(study)}; {varies} says what is varied")
    return read(study) | given


def say_folder(out: Path, command: str, table: str, failed: int) -> None:
    """Say where a study's page and table lie and what repeats it; end in exit code 1 where runs failed."""
    from experiments.design.study_settings import STUDY_FILE
    from experiments.results.failures import FAILURES

    typer.echo(f"page: {out / command}.html")
    typer.echo(f"table: {out / table}; to repeat it: sli {command} {out / STUDY_FILE} --out ANOTHER_FOLDER")
    if failed:
        typer.echo(f"{failed} runs failed: see {out / FAILURES}", err=True)
        raise typer.Exit(1)
