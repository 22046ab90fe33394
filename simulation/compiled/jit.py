"""Whether the model can run here: not where Numba is told not to compile, for all luck is drawn by compiled code."""

from __future__ import annotations

import os

from simulation.errors import InputError

_SETTING = "NUMBA_DISABLE_JIT"


def check_compiler() -> None:
    """Refuse to run where the environment turns Numba's compiler off.

    Raises:
        InputError: it does.
    """
    if os.environ.get(_SETTING, "0") not in {"", "0"}:
        raise InputError(f"{_SETTING}: expected it unset, for luck and runs are compiled by what it turns off")
