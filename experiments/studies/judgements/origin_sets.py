"""Which parameter sets an origin may use: those fitted to nothing that was published after it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from experiments.design.origin import DRAWS, PRIOR, choose_sets
from experiments.design.parameter_sets import ParameterSet, draw_plausible
from experiments.design.plausible import PARAMETER_COLUMNS, PlausibleSets, fitted_until
from experiments.inputs.checks import checked_choice
from experiments.studies.judgements.variant import Variant
from simulation.arrays import Floats
from simulation.parameters import Parameters


def fitted_sets(origin: str) -> tuple[PlausibleSets, str]:
    """Return the plausible sets that were fitted to nothing from a month on, YYYY-MM, and what they were fitted to.

    Raises:
        InputError: they cannot be read, or there is no such fit.
    """
    known = fitted_until(origin)
    return known, f"what was known before {known.record['until']}"


def origin_sets(
    origin: str, draw: str, number: int, seed: int, variant: Variant
) -> tuple[tuple[ParameterSet, ...], str]:
    """Return the parameter sets of an origin, with what the variant holds, and what they were fitted to.

    A set that was drawn several times is listed as often, so that it gets as many more runs, each with its own luck.

    Args:
        origin: its calendar month, YYYY-MM.
        draw: where they are drawn from, one of `experiments.design.origin.DRAWS`.
        number: how many draws, at most; all plausible ones where there are fewer.
        seed: of the drawing.
        variant: switches and parameters that are set.

    Raises:
        InputError: they cannot be drawn or read, or the variant holds what is no parameter.
    """
    if checked_choice("draw", draw, DRAWS) == PRIOR:
        return variant.held_in(choose_sets(PRIOR, number, seed)[0]), "nothing: the prior"
    known, fit = fitted_sets(origin)
    drawn = draw_plausible(min(number, len(known)), Parameters(), (), seed, levers=False, plausible=known)
    each = [replace(one, weight=1.0, draws=(draw,)) for one in drawn for draw in one.draws]
    return variant.held_in(each), fit


def set_weights(sets: tuple[ParameterSet, ...]) -> Floats:
    """Return the weight of each set, shape (sets,), which together are 1."""
    weights = np.array([one.weight for one in sets])
    shares: Floats = weights / weights.sum()
    return shares


def central_set(sets: tuple[ParameterSet, ...]) -> ParameterSet:
    """Return the set nearest the weighted mean of all, each parameter in its own standard deviations."""
    names = [column.name for column in PARAMETER_COLUMNS]
    values = np.array([[getattr(one.parameters, name) for name in names] for one in sets])
    weights = set_weights(sets)
    away = values - weights @ values
    spread = np.sqrt(weights @ away**2)
    distances = (away[:, spread > 0] / spread[spread > 0]) ** 2
    return sets[int(distances.sum(axis=1).argmin())]
