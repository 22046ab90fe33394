"""What people run with the model: the comparison of regimes, its tables and its report."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from experiments.compare import compare_regimes
    from experiments.design import Design, make_design
    from experiments.store import Results, load_results

__all__ = ["Design", "Results", "compare_regimes", "load_results", "make_design"]

_HOMES = {
    "Design": "experiments.design",
    "Results": "experiments.store",
    "compare_regimes": "experiments.compare",
    "load_results": "experiments.store",
    "make_design": "experiments.design",
}


def __getattr__(name: str) -> object:
    """Load a public name on first use, so that ``sli --help`` imports neither pandas nor Mesa."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
