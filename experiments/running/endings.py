"""How a script of the project ends, as the commands of ``sli`` do: in one sentence, with an exit code of its own."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import NoReturn

from experiments.running.interrupts import INTERRUPTED, Terminated, leave, signals_answered
from simulation.errors import InputError, one_line

BAD_INPUT, TERMINATED = 2, 143


def end_in_words(speaker: str, work: Callable[[], int], left: str) -> int:
    """Return what ``work`` returns; bad input, a folder that cannot be used and Ctrl-C end it in one sentence.

    Args:
        speaker: who says it, as a terminal knows the script.
        work: all that the script does; it returns its exit code.
        left: what an interruption leaves behind.
    """
    try:
        with signals_answered(f"{speaker}: interrupted; {left}\n"):
            return work()
    except KeyboardInterrupt:
        sentence, code = f"interrupted; {left}", INTERRUPTED
    except Terminated:
        sentence, code = f"terminated; {left}", TERMINATED
    except InputError as error:
        sentence, code = str(error), BAD_INPUT
    except OSError as error:
        sentence, code = unusable(error), BAD_INPUT
    print(f"{speaker}: {one_line(sentence)}", file=sys.stderr)  # noqa: T201  what a script says
    return code


def end_process(code: int) -> NoReturn:
    """End this process with an exit code; threads in the midst of a run are not waited for after an interruption."""
    if code in {INTERRUPTED, TERMINATED}:
        leave(code)
    sys.exit(code)


def unusable(error: OSError) -> str:
    """Return which file or folder cannot be used, and why."""
    where = f"cannot use {error.filename}" if error.filename else "cannot write the results"
    return f"{where}: {error.strerror or error}"
