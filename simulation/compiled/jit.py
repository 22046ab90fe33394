"""Whether the compiled engine can run here: it cannot where Numba is told not to compile."""

from __future__ import annotations

import os

from simulation.errors import InputError

_SETTING = "NUMBA_DISABLE_JIT"


def check_compiler() -> None:
    """Refuse to run compiled where the environment turns Numba's compiler off.

    Raises:
        InputError: it does.
    """
    if os.environ.get(_SETTING, "0") not in {"", "0"}:
        raise InputError(
            f"{_SETTING}: expected it unset, for the compiled engine needs what it turns off; "
            "the engine mesa runs without it, slowly"
        )
