"""The command line: ``sli`` and its sub-commands. Bad input ends in one sentence and exit code 2."""

from __future__ import annotations

import re
import signal
import sys
import threading
from collections.abc import Sequence
from concurrent.futures import BrokenExecutor
from itertools import pairwise
from typing import Annotated, Any, cast

import typer

from experiments.commands import catalogue
from experiments.commands.calibrate import calibrate, recovery
from experiments.commands.compare import compare
from experiments.commands.knockout import knockout
from experiments.commands.report import report
from experiments.commands.rigging import rigging
from experiments.commands.run import run
from experiments.commands.validate import validate
from experiments.commands.verify import verify
from experiments.running.interrupts import INTERRUPTED, Terminated, leave, signals_answered
from simulation.errors import InputError, RunsFailedError, nearest

FAILED, BAD_INPUT, TERMINATED = 1, 2, 143
_GO_ON = "only whole files are left, and the same command uses those that it can go on from"
_UsageError: Any = typer.BadParameter.__base__

app = typer.Typer(
    name="sli",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
app.command()(compare)
app.command()(report)
app.command()(run)
app.command()(validate)
app.command()(calibrate)
app.command()(recovery)
app.command()(knockout)
app.command()(rigging)
app.command()(verify)
for _command in (
    catalogue.regimes,
    catalogue.parameters,
    catalogue.outcomes,
    catalogue.scenarios,
    catalogue.switches,
    catalogue.councils,
    catalogue.evidence,
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


def main(arguments: Sequence[str] | None = None) -> int:
    """Run ``sli`` with ``arguments`` (those of the process where None) and return its exit code.

    0 all is well; 1 a run failed; 2 bad input, or a folder that cannot be written; 130 Ctrl-C; 143 ended by SIGTERM.
    """
    with signals_answered(f"sli: interrupted; {_GO_ON}\n"):
        code = _answer(list(sys.argv[1:] if arguments is None else arguments))
    if arguments is None and code in {INTERRUPTED, TERMINATED}:
        # Threads that are in the midst of a run, or compile, are not waited for.
        leave(code)
    return code


def _answer(asked: list[str]) -> int:
    try:
        return _run(asked)
    except (InputError, OSError, _UsageError) as error:
        return _say(_sentence(error, asked), BAD_INPUT)
    except (KeyboardInterrupt, typer.Abort):
        return _say(f"interrupted; {_GO_ON}", INTERRUPTED)
    except Terminated:
        return _say(f"terminated; {_GO_ON}", TERMINATED)
    except RunsFailedError as error:
        return _say(str(error), FAILED)
    except BrokenExecutor:
        return _say(f"a worker process was ended from outside; {_GO_ON}", FAILED)


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
    print(f"sli: {sentence}", file=sys.stderr)  # noqa: T201  what a command line is for
    return code


def _sentence(error: Exception, asked: list[str]) -> str:
    if isinstance(error, OSError):
        where = f"cannot use {error.filename}" if error.filename else "cannot write the results"
        return f"{where}: {error.strerror or error}"
    if isinstance(error, InputError):
        return " ".join(str(error).split())
    return _usage(error, asked)


def _usage(error: Exception, asked: list[str]) -> str:
    """Return what was wrong with a command or an option, with the nearest one that exists."""
    message = " ".join(cast("Any", error).format_message().split()).rstrip(".")
    context = getattr(error, "ctx", None)
    unknown = re.match(r"No such command '(.*?)'", message)
    if unknown and context is not None:
        return f"unknown command {unknown[1]!r}{nearest(unknown[1], context.command.commands)}; see `sli --help`"
    option = getattr(error, "option_name", None)
    if option and message.startswith("No such option") and context is not None:
        known = [name for parameter in context.command.params for name in parameter.opts]
        return f"unknown option {option!r}{nearest(option, known)}; see `{context.command_path} --help`"
    return message + _came(message, asked)


def _came(message: str, asked: list[str]) -> str:
    """Return what came in place of the value of an option, for Typer says only what it expected."""
    found = re.match(r"Invalid value for '(--[\w-]+)'", message)
    given = [text.partition("=")[2] for text in asked if found and text.startswith(f"{found[1]}=")]
    given += [text for name, text in pairwise(asked) if found and name == found[1]]
    return f", got {given[-1]!r}" if given else ""
