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
        str | None, typer.Option("--region", metavar="NAME", help="With --export: one region of England.")
    ] = None,
    start: Annotated[
        str | None,
        typer.Option("--start", metavar="YYYY-MM", help="With --export: first month, 2018-04 to 2021-03."),
    ] = None,
) -> None:
    """Show the councils, a template for yours, or England's as a table to start from."""
    from experiments.text.catalogue import councils_text
    from simulation.councils import council_table, council_template
    from simulation.errors import InputError

    if template and export:
        raise InputError("--export: expected either --export or --template, got both")
    for option, value in (("--region", region), ("--start", start)):
        if value is not None and not export:
            raise InputError(f"{option}: expected --export beside it, got none")
    text = council_table(region, start) if export else council_template() if template else f"{councils_text()}\n"
    typer.echo(text, nl=False)


def evidence() -> None:
    """Show what the model rests on."""
    from experiments.text.evidence import evidence_text

    typer.echo(evidence_text(), nl=False)
