"""What exists: regimes, parameters, outcomes, scenarios, switches, councils and evidence, on the command line."""

from __future__ import annotations

from typing import Annotated

import typer

from experiments.commands import options


def regimes(
    names: options.Names = None,
    levers: Annotated[bool, typer.Option("--levers", help="Show what every lever of a regime means.")] = False,
) -> None:
    """Show the regimes and their levers."""
    from experiments.text.catalogue import levers_text, regimes_text

    typer.echo(levers_text(names or ()) if levers else regimes_text(names or ()))


def parameters(names: options.Names = None) -> None:
    """Show the uncertain numbers and their ranges."""
    from experiments.text.catalogue import parameters_text

    typer.echo(parameters_text(names or ()))


def outcomes(names: options.Names = None) -> None:
    """Show what is measured."""
    from experiments.text.catalogue import outcomes_text

    typer.echo(outcomes_text(names or ()))


def scenarios(names: options.Names = None) -> None:
    """Show the choices about the world."""
    from experiments.text.catalogue import scenarios_text

    typer.echo(scenarios_text(names or ()))


def switches(names: options.Names = None) -> None:
    """Show the mechanisms that can be turned off."""
    from experiments.text.catalogue import switches_text

    typer.echo(switches_text(names or ()))


def councils(
    template: Annotated[
        bool, typer.Option("--template", help="Print an empty table with every column explained.")
    ] = False,
    export: Annotated[
        bool, typer.Option("--export", help="Print England's councils as a table for --councils of other commands.")
    ] = False,
    region: Annotated[
        str | None, typer.Option("--region", metavar="NAME", help="With --export or --start: one region.")
    ] = None,
    start: Annotated[
        str | None,
        typer.Option("--start", metavar="YYYY-MM", help="Councils and grades of this month, 2018-04 to 2026-04."),
    ] = None,
) -> None:
    """Show the councils, those of one month, a template for yours, or England's as a table to start from."""
    from experiments.text.councils import councils_of_month_text, councils_text
    from simulation.councils import council_table, council_template
    from simulation.errors import InputError

    if template and export:
        raise InputError("--export: expected either --export or --template, got both")
    if template and start is not None:
        raise InputError("--start: expected --export or nothing beside it, got --template")
    if region is not None and not export and start is None:
        raise InputError("--region: expected --export or --start beside it, got neither")
    if export:
        typer.echo(council_table(region, start), nl=False)
    elif template:
        typer.echo(council_template(), nl=False)
    else:
        typer.echo(councils_text() if start is None else councils_of_month_text(start, region))


def evidence() -> None:
    """Show what the model rests on."""
    from experiments.text.evidence import evidence_text

    typer.echo(evidence_text(), nl=False)
