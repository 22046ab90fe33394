"""``sli lessons``: the lessons copied to a folder of the reader's own, and opened in Jupyter."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from experiments.commands import options

if TYPE_CHECKING:
    from experiments.lessons.copies import Copied

Folder = Annotated[
    Path,
    typer.Argument(metavar="[FOLDER]", help="Where the lessons are copied to (lessons if left out).", **options.PATH),
]
Text = Annotated[bool, typer.Option("--text", help="Copy them as plain text (MyST Markdown), not as notebooks.")]
NoJupyter = Annotated[bool, typer.Option("--no-jupyter", help="Copy the lessons, and open nothing.")]
Force = Annotated[bool, typer.Option("--force", help="Replace files that are there and were changed.")]
List = Annotated[bool, typer.Option("--list", help="Say which lessons there are, and copy nothing.")]

_MISSING = (
    "Jupyter is not installed: pip install 'sector-led-improvement[lessons]' installs what opens the lessons, and this "
    "command then opens them; until then they are copied as text, to be read"
)


def lessons(
    folder: Folder = Path("lessons"),
    text: Text = False,
    no_jupyter: NoJupyter = False,
    force: Force = False,
    only_list: List = False,
) -> None:
    """Copy the eight lessons to a folder, and open them in Jupyter.

    A lesson that you changed or ran stays as it is. Jupyter is an extra, `lessons`; without it you get plain text.
    """
    from experiments.lessons.catalogue import lessons_text
    from experiments.lessons.copies import copy_lessons, jupyter_is_there

    if only_list:
        typer.echo(lessons_text())
        return
    there = jupyter_is_there()
    _say(folder, copy_lessons(folder, notebooks=there and not text, force=force))
    if not there:
        typer.echo(_MISSING, err=True)
    elif not no_jupyter:
        _open_jupyter(folder)


def _say(folder: Path, copied: Copied) -> None:
    typer.echo(f"{folder}: {len(copied.written)} files written, {len(copied.same)} there already")
    if copied.left:
        typer.echo(f"left as they are, for they were changed: {', '.join(copied.left)} (--force replaces them)")


def _open_jupyter(folder: Path) -> None:
    """Open JupyterLab in a folder, and wait until it ends; Ctrl-C ends it."""
    typer.echo(f"Jupyter opens {folder} in a browser; begin with lesson 1; Ctrl-C here ends it")
    with _started([sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={folder.resolve()}", "-y"]) as jupyter:
        try:
            code = jupyter.wait()
        except BaseException as ended:
            jupyter.terminate()
            if not isinstance(ended, KeyboardInterrupt):
                raise
            jupyter.wait()
            typer.echo("Jupyter has ended; your lessons are as they were last saved")
            return
    if code:
        raise typer.Exit(1)


def _started(command: list[str]) -> subprocess.Popen[bytes]:
    """Start a process that is deaf to Ctrl-C until it listens itself, so that it never breaks off with a traceback."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        return subprocess.Popen(command)  # noqa: S603  this Python, and a folder as one word
    finally:
        signal.signal(signal.SIGINT, before)
