"""The gallery: every figure as a function that takes results and returns a matplotlib figure.

Each takes ``size``: ``slide``, ``page`` or ``phone`` (`experiments.figures.paper`).

>>> from experiments import gallery, load_results
>>> gallery.fan(load_results("results/compare"), size="slide").savefig("fan.png")  # doctest: +SKIP
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if "MPLBACKEND" in os.environ:
    # A backend that matplotlib does not know would break its import: this imports it with that set aside.
    import experiments.figures.backend  # noqa: F401

if TYPE_CHECKING:
    from experiments.gallery.comparisons import (
        break_even_prices,
        fan,
        paired_differences,
        regret_of_choices,
        value_of_knowing,
    )
    from experiments.gallery.england import director_careers, england_tiles, support_network
    from experiments.gallery.histories import inadequate_survival, rolling_scores
    from experiments.gallery.varied import loss_box, sensitivity_bars, sweep_lines, sweep_signs
    from experiments.gallery.watching import Watched, watch
    from experiments.studies.judgements.origin_results import Origins, load_origins
    from experiments.studies.validation.results import Validated, load_validation

__all__ = [
    "FIGURE_NAMES",
    "Origins",
    "Validated",
    "Watched",
    "break_even_prices",
    "director_careers",
    "england_tiles",
    "fan",
    "inadequate_survival",
    "load_origins",
    "load_validation",
    "loss_box",
    "paired_differences",
    "regret_of_choices",
    "rolling_scores",
    "sensitivity_bars",
    "support_network",
    "sweep_lines",
    "sweep_signs",
    "value_of_knowing",
    "watch",
]

_HOMES = {
    "experiments.gallery.comparisons": (
        "fan",
        "paired_differences",
        "value_of_knowing",
        "regret_of_choices",
        "break_even_prices",
    ),
    "experiments.gallery.varied": ("sweep_lines", "sweep_signs", "loss_box", "sensitivity_bars"),
    "experiments.gallery.england": ("england_tiles", "director_careers", "support_network"),
    "experiments.gallery.histories": ("inadequate_survival", "rolling_scores"),
    "experiments.gallery.watching": ("Watched", "watch"),
    "experiments.studies.judgements.origin_results": ("Origins", "load_origins"),
    "experiments.studies.validation.results": ("Validated", "load_validation"),
}

FIGURE_NAMES = tuple(name for names in list(_HOMES.values())[:4] for name in names)
"""The functions that return a figure."""


def __getattr__(name: str) -> object:
    """Load a public name on first use, so that matplotlib is imported only where something is drawn."""
    from importlib import import_module

    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(home), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
