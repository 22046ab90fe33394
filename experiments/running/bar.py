"""The bar that every long command shows: how far it is, how fast, and the time that is left."""

from __future__ import annotations

import sys

from tqdm import tqdm

_SHELL = "IPython"


def runs_bar(total: int, *, progress: bool, title: str | None = None, unit: str = "run") -> tqdm[None]:
    """Return a bar on standard error, to be used in a ``with`` statement.

    Args:
        total: how many runs are expected.
        progress: whether to show it at all; it shows on a terminal and in a notebook alone.
        title: what is being run.
        unit: what is counted.
    """
    seen = sys.stderr is not None and (sys.stderr.isatty() or is_in_a_notebook())
    return tqdm(
        total=total, desc=title, unit=unit, file=sys.stderr, disable=not (progress and seen), dynamic_ncols=True
    )


def is_in_a_notebook() -> bool:
    """Return whether this process is a notebook's, and not one that has merely imported what runs notebooks."""
    shell = sys.modules.get(_SHELL)
    return shell is not None and hasattr(shell.get_ipython(), "kernel")
