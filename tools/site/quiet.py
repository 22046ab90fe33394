"""Commands of `sli`, run in this process without a word."""

from __future__ import annotations

import io
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout

from experiments.cli import main
from experiments.running.interrupts import INTERRUPTED


def run_quietly(words: Sequence[str]) -> str:
    """Run ``sli`` with these words and return what it prints.

    Raises:
        KeyboardInterrupt: Ctrl-C broke it off.
        RuntimeError: it did not end well; the message is what it said.
    """
    printed, said = io.StringIO(), io.StringIO()
    with redirect_stdout(printed), redirect_stderr(said):
        code = main(words)
    if code == INTERRUPTED:
        raise KeyboardInterrupt
    if code:
        raise RuntimeError(f"sli {' '.join(words)} ended with exit code {code}: {said.getvalue().strip()}")
    return printed.getvalue()
