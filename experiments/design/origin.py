"""Where a comparison's parameter sets come from: the plausible ones, the prior, a user's file, or the defaults."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from experiments.design.design_file import read_sets
from experiments.design.parameter_sets import (
    ALL_SETS,
    LEVER_CHOICES,
    LEVERS_DRAWN,
    LEVERS_FIXED,
    ParameterSet,
    draw_plausible,
    draw_sets,
    fixed_set,
)
from experiments.design.plausible import load_plausible
from experiments.files.digests import digest
from experiments.inputs.checks import checked_choice
from simulation.arrays import Floats
from simulation.errors import InputError, shown, whole
from simulation.limits import MOST_SETS
from simulation.parameters import Parameters

PLAUSIBLE, PRIOR = "plausible", "prior"
DRAWS = (PLAUSIBLE, PRIOR)
"""Where parameter sets are drawn from: those fitted to the evidence, or anywhere in the ranges."""

FILE, DEFAULTS = "file", "defaults"
"""Where else they come from: the user's own table, or the one set of defaults."""


@dataclass(frozen=True)
class Origin:
    """Where the parameter sets come from.

    Attributes:
        kind: ``plausible`` (fitted to the evidence), ``prior`` (drawn from the ranges), ``file`` or ``defaults``.
        digest: of the file that they were taken from, of the shipped ones or the user's own; None where there is none.
    """

    kind: str
    digest: str | None = None


def origin_words(kind: str, number: int) -> str:
    """Return how many different parameter sets there are, and where they come from."""
    sets = "1 parameter set" if number == 1 else f"{number:,} parameter sets"
    return {
        PLAUSIBLE: f"{sets} of the plausible ones, fitted to the evidence",
        PRIOR: f"{sets} drawn from the prior, anywhere in the ranges",
        FILE: f"{sets} of the user's own file",
        DEFAULTS: "the defaults as the one parameter set",
    }.get(kind, sets)


def make_sets(
    sets: int | str,
    draw: str,
    levers: str | None,
    constants: Mapping[str, object],
    design: str | Path | None,
    seed: int,
) -> tuple[tuple[ParameterSet, ...], Origin]:
    """Return the parameter sets of a comparison and where they come from; arguments as of `make_design`.

    ``constants`` are the values held in every set.

    Raises:
        InputError: a choice is unknown, or the sets cannot be drawn or read.
    """
    number = _checked_sets(sets, checked_choice("draw", draw, DRAWS))
    if levers is not None:
        checked_choice("levers", levers, LEVER_CHOICES)
    base, with_levers = Parameters.from_mapping(constants), levers != LEVERS_FIXED
    if design is not None:
        return read_sets(design, base, levers), Origin(FILE, digest(Path(design)))
    if number == 1:
        return (fixed_set(base, seed, levers=levers == LEVERS_DRAWN),), Origin(DEFAULTS)
    if isinstance(number, int) and draw == PRIOR:
        return draw_sets(number, base, set(constants), seed, levers=with_levers), Origin(PRIOR)
    known = load_plausible()
    return draw_plausible(number, base, set(constants), seed, levers=with_levers, plausible=known), Origin(
        PLAUSIBLE, known.digest
    )


def _checked_sets(sets: object, draw: str) -> int | str:
    if isinstance(sets, str) and sets == ALL_SETS:
        if draw == PRIOR:
            raise InputError(f"sets: expected a number of draws from the prior, which has no end, got {ALL_SETS!r}")
        return ALL_SETS
    try:
        return whole("sets", sets, 1, MOST_SETS)
    except InputError:
        raise InputError(
            f"sets: expected a whole number from 1 to {MOST_SETS}, or {ALL_SETS}, got {shown(sets)}"
        ) from None


def choose_sets(draw: str, number: int, seed: int) -> tuple[tuple[ParameterSet, ...], Floats]:
    """Return the parameter sets that are run and their weights, shape (sets,); ``draw`` is one of `DRAWS`.

    Raises:
        InputError: there is no such draw, or the number is none from 1 to `MOST_SETS`, or more than are plausible.
    """
    draw_some = draw_sets if checked_choice("draw", draw, DRAWS) == PRIOR else draw_plausible
    parameter_sets = draw_some(whole("sets", number, 1, MOST_SETS), Parameters(), (), seed, levers=False)
    return parameter_sets, np.array([one.weight for one in parameter_sets])
