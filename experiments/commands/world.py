"""The world that a command is asked for: what its options say of councils, scenario, switches and parameter sets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from simulation.councils import Councils
from simulation.errors import InputError
from simulation.parameters import Parameters
from simulation.scenario import Scenario
from simulation.switches import Switches

if TYPE_CHECKING:
    from experiments.studies.judgements.variant import Variant


class WorldOptions(NamedTuple):
    """What the runs of a command share, each field named as `make_design` names it.

    Attributes:
        councils: the table at month 0.
        scenario: the world outside the model, from the first month of the councils.
        switches: the model's structure.
        parameters: values held in every parameter set, by name.
    """

    councils: Councils
    scenario: Scenario
    switches: Switches
    parameters: dict[str, object]


def read_world(
    *,
    councils: Path | None = None,
    start: str | None = None,
    funding: str | None = None,
    poverty_tilt: float | None = None,
    pause: str | None = None,
    headline: str | None = None,
    switch: Sequence[str] | None = None,
    parameters: Path | None = None,
) -> WorldOptions:
    """Return the world that a command's options describe, defaults where they are left out.

    Args:
        councils: a CSV file of the user's own councils; England's where None.
        start: first month (YYYY-MM); that of the councils where None.
        funding: a named path of the funding gap, or a CSV file of points.
        poverty_tilt: how much more the gap weighs in poorer councils.
        pause: whether inspections pause.
        headline: whether inspections give an overall grade, or until which month (YYYY-MM) they did.
        switch: ``NAME=CHOICE`` texts.
        parameters: a TOML file of values.

    Raises:
        InputError: a file cannot be read, a name or a choice is unknown, or a number is out of range.
    """
    from experiments.inputs.csv_files import read_parameters
    from experiments.inputs.parsing import make_scenario, parse_switches
    from simulation.councils import load_councils

    table = load_councils(councils, start=start)
    return WorldOptions(
        councils=table,
        scenario=make_scenario(table.start, funding, poverty_tilt=poverty_tilt, pause=pause, headline=headline),
        switches=parse_switches(switch or []),
        parameters=read_parameters(parameters) if parameters is not None else {},
    )


def read_variant(switch: Sequence[str] | None, held: Sequence[str] | None) -> Variant:
    """Return the switches and parameters that ``NAME=CHOICE`` and ``NAME=VALUE`` texts set, and warn of ranges left.

    Raises:
        InputError: a name or a choice is unknown, or a value is out of its limits.
    """
    from experiments.inputs.parsing import parse_switches, parse_values
    from experiments.studies.judgements.variant import Variant

    values = parse_values(held or [])
    warn_of_ranges([Parameters.from_mapping(values)])
    return Variant(parse_switches(switch or []), values)


def warn_of_ranges(sets: Iterable[Parameters]) -> None:
    """Say on standard error, once, which parameters leave their ranges, if any does."""
    from simulation.ranges import beyond_ranges

    warn(beyond_ranges(sets))


def warn(sentence: str) -> None:
    """Say a sentence on standard error, if there is one."""
    import typer

    if sentence:
        typer.echo(sentence, err=True)


def read_draw(sets: str | None, draw: str | None, design: Path | None, few: int) -> tuple[int | str, str]:
    """Return how many parameter sets are drawn, ``few`` where that is left out, and from where.

    Raises:
        InputError: the number is none, or the sets are asked for beside a user's own table of them.
    """
    from experiments.design.origin import PLAUSIBLE
    from experiments.inputs.parsing import parse_sets

    for option, value in (("--sets", sets), ("--draw", draw)):
        if design is not None and value is not None:
            raise InputError(f"{option}: expected either {option} or --design, got both")
    return few if sets is None else parse_sets(sets), PLAUSIBLE if draw is None else draw
