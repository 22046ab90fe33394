"""Patterns: what was observed, and what a simulated history shows of it."""

from experiments.observed.fit import fit_groups, fit_patterns, measure_fit
from experiments.observed.fit_measures import HISTORY_MONTHS
from experiments.observed.further import further_groups, further_patterns, measure_further
from experiments.observed.history import REGIME, History
from experiments.observed.pattern import TOLERANCE, Group, Pattern

__all__ = [
    "HISTORY_MONTHS",
    "REGIME",
    "TOLERANCE",
    "Group",
    "History",
    "Pattern",
    "fit_groups",
    "fit_patterns",
    "further_groups",
    "further_patterns",
    "measure_fit",
    "measure_further",
]
