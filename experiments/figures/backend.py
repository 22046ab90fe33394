"""matplotlib as the figures use it: imported whatever `MPLBACKEND` says, and drawing under its own defaults.

What a notebook, a shell or a `matplotlibrc` asks for is meant for other pictures; these keep their bytes.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from importlib import import_module
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

_SETTING = "MPLBACKEND"


def _imported() -> Any:  # noqa: ANN401  a module
    """Return matplotlib; a backend that it does not know would break its import, and is left to whoever needs it."""
    backend = os.environ.pop(_SETTING, None)
    try:
        module = import_module("matplotlib")
    finally:
        if backend is not None:
            os.environ[_SETTING] = backend
    if backend:
        with suppress(ValueError):
            module.rcParams["backend"] = backend
    return module


matplotlib = _imported()


def in_own_style(draw: Callable[P, R]) -> Callable[P, R]:
    """Return ``draw`` as a function that draws under matplotlib's defaults, and leaves everybody else's as they are."""

    @wraps(draw)
    def drawn(*args: P.args, **kwargs: P.kwargs) -> R:
        with matplotlib.rc_context():
            matplotlib.rcdefaults()
            return draw(*args, **kwargs)

    return drawn
