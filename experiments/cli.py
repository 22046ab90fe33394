"""The command line: ``sli`` and its sub-commands. Bad input ends in one sentence and exit code 2."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Sequence
from concurrent.futures import BrokenExecutor
from importlib import import_module
from io import TextIOWrapper
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from experiments.commands import catalogue
from experiments.commands.calibrate import calibrate, recovery
from experiments.commands.changed import changed
from experiments.commands.compare import compare
from experiments.commands.discover import discover
from experiments.commands.explore import explore
from experiments.commands.forecast import forecast
from experiments.commands.knockout import knockout
from experiments.commands.lessons import lessons
from experiments.commands.merge import merge
from experiments.commands.report import report
from experiments.commands.results import results
from experiments.commands.rigging import rigging
from experiments.commands.run import run
from experiments.commands.sensitivity import sensitivity
from experiments.commands.sweep import sweep
from experiments.commands.validate import validate
from experiments.commands.verify import verify
from experiments.running.endings import BAD_INPUT, TERMINATED, unusable
from experiments.running.interrupts import INTERRUPTED, Terminated, leave, signals_answered
from experiments.running.memory import check_memory, is_memory_error
from simulation.errors import InputError, RunsFailedError, nearest, one_line, shown

FAILED = 1
_LESS = "fewer months, councils, sets, replicates or workers take less, and --dry-run says how much"
_GO_ON = "only whole files are left, and the same command uses those that it can go on from"
# Typer carries click within itself, in a module that it does not name; click's other exceptions are beside this one.
_click: Any = import_module(typer.BadParameter.__module__)


class Commands(TyperGroup):
    """The sub-commands; an unknown one is told with the nearest that exists."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:  # noqa: ANN401  what click hands over and takes back
        """Return the command that the first argument names.

        Raises:
            InputError: there is no such command.
        """
        name = args[0]
        if not name.startswith("-") and self.get_command(ctx, name) is None:
            raise InputError(f"unknown command {shown(name)}{nearest(name, self.commands)}; see `sli --help`")
        return super().resolve_command(ctx, args)


app = typer.Typer(
    name="sli",
    cls=Commands,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
app.command()(compare)
app.command()(report)
app.command()(run)
app.command()(sweep)
app.command()(sensitivity)
app.command()(validate)
app.command()(forecast)
app.command()(calibrate)
app.command()(recovery)
app.command()(knockout)
app.command()(rigging)
app.command()(results)
app.command()(discover)
app.command()(verify)
app.command()(merge)
app.command()(changed)
_HEAVY = frozenset(command.callback.__name__ for command in app.registered_commands if command.callback)
"""Commands that run the model or draw: the others need little memory."""
for _command in (
    catalogue.regimes,
    catalogue.parameters,
    catalogue.outcomes,
    catalogue.scenarios,
    catalogue.switches,
    catalogue.councils,
    catalogue.evidence,
    explore,
    lessons,
):
    app.command()(_command)


@app.callback(invoke_without_command=True)
def sli(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Say which version this is, and stop.")] = False,
) -> None:
    """Compare regimes of improvement support for children's services, in simulation.

    Theoretical exploration and illustration for policy, not prediction.
    """
    if version:
        from importlib.metadata import version as installed

        typer.echo(f"sector-led-improvement {installed('sector-led-improvement')}")
    elif context.invoked_subcommand is None:
        typer.echo(context.get_help())
    elif context.invoked_subcommand in _HEAVY:
        check_memory()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run ``sli`` with ``arguments`` (those of the process where None) and return its exit code.

    0 all is well; 1 a run failed; 2 bad input, or a folder that cannot be written; 130 Ctrl-C; 143 ended by SIGTERM.
    """
    _ready_streams()
    with signals_answered(f"sli: interrupted; {_GO_ON}\n"):
        code = _answer(list(sys.argv[1:] if arguments is None else arguments))
    if arguments is None and code in {INTERRUPTED, TERMINATED}:
        # Threads that are in the midst of a run, or compile, are not waited for.
        leave(code)
    return code


def _answer(words: list[str]) -> int:
    try:
        return _run(words)
    except (KeyboardInterrupt, typer.Abort):
        return _say(f"interrupted; {_GO_ON}", INTERRUPTED)
    except Terminated:
        return _say(f"terminated; {_GO_ON}", TERMINATED)
    except Exception as error:
        if (end := _end_of(error)) is None:
            raise
        return _say(*end)


def _end_of(error: Exception) -> tuple[str, int] | None:
    """Return the sentence and the exit code that an error ends in, None where it is a fault of the program."""
    if is_memory_error(error):
        return f"out of memory: {_LESS}; {_GO_ON}", FAILED
    if isinstance(error, InputError | OSError | _click.UsageError):
        return _sentence(error), BAD_INPUT
    if isinstance(error, RunsFailedError):
        return str(error), FAILED
    if isinstance(error, BrokenExecutor):
        return f"{error}; {_GO_ON}", FAILED
    return None


def _ready_streams() -> None:
    """See that whatever is said can be: nowhere if there is no such stream, and with marks for what it cannot show."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            # It is for whatever writes to the stream from now on, and so is not closed.
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")


def _run(arguments: list[str]) -> int:
    code = app(args=arguments, prog_name="sli", standalone_mode=False)
    # Typer turns Ctrl-C into this code, and click into an exception.
    if code == INTERRUPTED:
        raise KeyboardInterrupt
    return code if isinstance(code, int) else 0


def _say(sentence: str, code: int) -> int:
    """Print one line on standard error and return ``code``; a second Ctrl-C no longer breaks in."""
    if code in {INTERRUPTED, TERMINATED} and threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    print(f"sli: {one_line(sentence)}", file=sys.stderr)  # noqa: T201  what a command line is for
    return code


def _sentence(error: Exception) -> str:
    if isinstance(error, OSError):
        return unusable(error)
    if isinstance(error, _click.NoSuchOption):
        return _unknown_option(error)
    if isinstance(error, _click.UsageError):
        return str(error.format_message()).rstrip(".")
    return str(error)


def _unknown_option(error: Any) -> str:  # noqa: ANN401  an exception of click's
    """Return which option there is not, with the nearest of its command's own."""
    known = [name for parameter in error.ctx.command.params for name in parameter.opts]
    name = error.option_name
    return f"unknown option {shown(name)}{nearest(name, known)}; see `{error.ctx.command_path} --help`"
