"""Where a comparison's parameter sets come from: the plausible ones, the prior, a user's file, or the defaults."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from experiments.design.parameter_sets import ALL_SETS, ParameterSet, draw_plausible, draw_sets, fixed_set, read_sets
from experiments.design.plausible import load_plausible
from experiments.files.digests import digest
from experiments.inputs.checks import checked_choice
from simulation.arrays import Floats
from simulation.errors import InputError
from simulation.parameters import Parameters

LEVER_CHOICES = ("drawn", "fixed")
DRAWS = ("plausible", "prior")


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
        "plausible": f"{sets} of the plausible ones, fitted to the evidence",
        "prior": f"{sets} drawn from the prior, anywhere in the ranges",
        "file": f"{sets} of the user's own file",
        "defaults": "the defaults as the one parameter set",
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

    Raises:
        InputError: a choice is unknown, or the sets cannot be drawn or read.
    """
    _check_sets(sets, checked_choice("draw", draw, DRAWS))
    if levers is not None:
        checked_choice("levers", levers, LEVER_CHOICES)
    base, with_levers = Parameters.from_mapping(constants), levers != "fixed"
    if design is not None:
        return read_sets(design, base, seed, levers=with_levers), Origin("file", digest(Path(design)))
    if sets == 1:
        return (fixed_set(base, seed, levers=levers == "drawn"),), Origin("defaults")
    if isinstance(sets, int) and draw == "prior":
        return draw_sets(sets, base, set(constants), seed, levers=with_levers), Origin("prior")
    known = load_plausible()
    return draw_plausible(sets, base, set(constants), seed, levers=with_levers, plausible=known), Origin(
        "plausible", known.digest
    )


def _check_sets(sets: object, draw: str) -> None:
    if isinstance(sets, bool) or not (sets == ALL_SETS or (isinstance(sets, int) and sets >= 1)):
        raise InputError(f"sets: expected a whole number of 1 or more, or {ALL_SETS}, got {sets!r}")
    if sets == ALL_SETS and draw == "prior":
        raise InputError(f"sets: expected a number of draws from the prior, which has no end, got {ALL_SETS!r}")


def choose_sets(draw: str, number: int, seed: int) -> tuple[tuple[ParameterSet, ...], Floats]:
    """Return the parameter sets that are run and their weights, shape (sets,); ``draw`` is one of `DRAWS`."""
    checked_choice("draw", draw, DRAWS)
    draw_some = draw_sets if draw == "prior" else draw_plausible
    parameter_sets = draw_some(number, Parameters(), (), seed, levers=False)
    return parameter_sets, np.array([one.weight for one in parameter_sets])
