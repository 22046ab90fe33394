"""Pictures of results: they draw what tables say and never work out an outcome.

From the results of a comparison, each as a matplotlib figure:

>>> from experiments import figures, load_results
>>> figures.paths(load_results("results/compare"), "inadequate").savefig("inadequate.svg")  # doctest: +SKIP
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if "MPLBACKEND" in os.environ:
    # A backend that matplotlib does not know would break its import: this imports it with that set aside.
    import experiments.figures.backend  # noqa: F401

if TYPE_CHECKING:
    from experiments.figures.canvas import png, save, svg
    from experiments.figures.claim_effects import claims_figure
    from experiments.figures.comparison import claims, differences, groups, levers, paths, price_curve
    from experiments.figures.fans import fan_figure, fan_limits
    from experiments.figures.marks import Mark, marks_figure, panels_figure
    from experiments.figures.price import price_figure
    from experiments.figures.run import run_figure

__all__ = [
    "Mark",
    "claims",
    "claims_figure",
    "differences",
    "fan_figure",
    "fan_limits",
    "groups",
    "levers",
    "marks_figure",
    "panels_figure",
    "paths",
    "png",
    "price_curve",
    "price_figure",
    "run_figure",
    "save",
    "svg",
]

_HOMES = {
    "canvas": ("png", "save", "svg"),
    "claim_effects": ("claims_figure",),
    "comparison": ("claims", "differences", "groups", "levers", "paths", "price_curve"),
    "fans": ("fan_figure", "fan_limits"),
    "marks": ("Mark", "marks_figure", "panels_figure"),
    "price": ("price_figure",),
    "run": ("run_figure",),
}


def __getattr__(name: str) -> object:
    """Load a public name on first use, so that matplotlib is imported only where something is drawn."""
    from importlib import import_module

    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"experiments.figures.{home}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
