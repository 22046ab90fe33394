"""Parameter sets: drawn from the plausible ones, or from their ranges by a Latin hypercube, or a user's table."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from experiments.design.named_levers import NamedLever
from experiments.design.plausible import (
    WEIGHT,
    PlausibleSets,
    load_plausible,
)
from experiments.files.digests import digest_of
from experiments.statistics.picking import spread_draws
from experiments.statistics.weights import relative
from simulation.arrays import Floats
from simulation.errors import InputError
from simulation.parameters import PARAMETERS, Parameters
from simulation.regimes import Regime, draw_levers

LEVERS_DRAWN, LEVERS_FIXED = "drawn", "fixed"
LEVER_CHOICES = (LEVERS_DRAWN, LEVERS_FIXED)
"""Days per receiver and per giver: of their own in each parameter set, or as the regimes' files say."""

LEVER_QUANTILES = ("receiver_quantile", "giver_quantile")
ALL_SETS = "all"
# Chance spawns keys of two numbers; one number alone can never be one of its streams.
_STREAM = (2018,)
_OFFSET_STREAM = (2019,)


@dataclass(frozen=True)
class ParameterSet:
    """One set of parameters and, where levers are drawn, the quantiles of days per receiver and per giver.

    Its weight says how many times it counts in means, shares and quantiles over sets. Where it was drawn by a weight,
    ``draws`` has the numbers of the draws that gave it, from 0. Levers in ``named`` stand at values of their own,
    whatever their quantiles say. Switches in ``off``, ``funding`` and ``headline`` are of the world in which the set is
    run; that of the study where they are empty or None.
    """

    parameters: Parameters
    receiver_quantile: float | None = None
    giver_quantile: float | None = None
    weight: float = 1.0
    draws: tuple[int, ...] = ()
    named: tuple[NamedLever, ...] = ()
    off: tuple[str, ...] = ()
    funding: str | None = None
    headline: str | None = None

    def levers(self, regime: Regime) -> Regime:
        """Return ``regime`` with this set's days per receiver and per giver, and its levers by name.

        Without a quantile its lever is as the regime's file has it, but for those by name.
        """
        if self.receiver_quantile is not None or self.giver_quantile is not None:
            regime = self._at_quantiles(regime)
        for lever in self.named:
            regime = lever.set_in(regime)
        return regime

    def _at_quantiles(self, regime: Regime) -> Regime:
        receiver, giver = self.receiver_quantile, self.giver_quantile
        drawn = draw_levers(regime, 0.0 if receiver is None else receiver, 0.0 if giver is None else giver)
        arms = []
        for own, arm in zip(regime.arms, drawn.arms, strict=True):
            kept = arm
            if receiver is None:
                days, are = own.days_per_receiver, own.days_per_receiver_are
                kept = replace(kept, days_per_receiver=days, days_per_receiver_are=are)
            if giver is None:
                kept = replace(kept, days_per_giver=own.days_per_giver, givers=own.givers)
            arms.append(kept)
        return replace(drawn, arms=tuple(arms))

    def as_dict(self) -> dict[str, Any]:
        """Return by name the weight, every parameter, both quantiles, and what else the set says."""
        world = {"off": " ".join(self.off), "funding": self.funding, "headline": self.headline}
        return {
            WEIGHT: self.weight,
            **self.parameters.as_dict(),
            "receiver_quantile": self.receiver_quantile,
            "giver_quantile": self.giver_quantile,
            **{lever.name: lever.value for lever in self.named},
            **{name: value for name, value in world.items() if value},
        }


def number_of_draws(sets: Sequence[ParameterSet]) -> int:
    """Return how many draws gave these sets: a set that was drawn several times counts as often."""
    return sum(max(1, len(one.draws)) for one in sets)


def first_draws(sets: Sequence[ParameterSet], number: int) -> tuple[ParameterSet, ...]:
    """Return the sets of the first so many draws, in their order, each counting as often as it was drawn among them."""
    if not sets[0].draws:
        return tuple(sets[:number])
    among = [tuple(draw for draw in one.draws if draw < number) for one in sets]
    return tuple(
        replace(one, draws=draws, weight=float(len(draws))) for one, draws in zip(sets, among, strict=True) if draws
    )


def fixed_set(base: Parameters, seed: int, *, levers: bool = False) -> ParameterSet:
    """Return one set with the parameters of ``base``, its levers drawn only if asked."""
    return _sets([base], seed, levers=levers)[0]


def draw_sets(
    number: int, base: Parameters, constants: Collection[str], seed: int, *, levers: bool = True
) -> tuple[ParameterSet, ...]:
    """Return ``number`` sets drawn uniformly from the parameters' ranges by a seeded Latin hypercube.

    Args:
        number: how many.
        base: where the held values stand.
        constants: parameters that every set takes from ``base``; the others are drawn the same whatever is held.
        seed: of the hypercube.
        levers: whether the levers' quantiles are drawn too.
    """
    values = base.as_dict()
    drawings = [row | {name: values[name] for name in constants} for row in _prior_draws(number, seed)]
    return _sets([Parameters.from_mapping(drawing) for drawing in drawings], seed, levers=levers)


def draw_plausible(
    number: int | str,
    base: Parameters,
    constants: Collection[str],
    seed: int,
    *,
    levers: bool = True,
    plausible: PlausibleSets | None = None,
) -> tuple[ParameterSet, ...]:
    """Return sets of the plausible ones, by their weights and spread over them, in the order in which they are drawn.

    The sets stand in a row along the direction in which they differ most (the first principal component of the
    standardised parameters), each as long as its weight. Draws fall on the row from a seeded start, each into the
    widest gap left by those before it, so that the first n are spread evenly whatever n, and are the same whatever
    number is asked for. Of 2, 4, 8 or another power of two draws, a set of weight w is drawn n times w, a whole
    number above or below it. One drawn several times is listed once, with that number as its weight. Parameters that
    the plausible sets leave out are drawn from their ranges.

    Args:
        number: how many to draw; ``all`` lists every set of the file with its own weight, in proportions whose mean
            is 1.
        base: where the held values stand.
        constants: parameters that every set takes from ``base``, whatever is plausible.
        seed: of the start, and of the hypercube of what the plausible sets leave out and of the levers.
        levers: whether the levers' quantiles are drawn too.
        plausible: the shipped ones where None.

    Raises:
        InputError: more are asked for than there are, or the plausible sets cannot be read.
    """
    known = load_plausible() if plausible is None else plausible
    if isinstance(number, int) and number > len(known):
        raise InputError(
            f"sets: expected at most {len(known)}, as many as there are plausible sets, got {number}; "
            "--sets all takes every one"
        )
    if isinstance(number, str):
        counts = relative(known.weights.tolist())
        chosen: dict[int, tuple[int, ...]] = dict.fromkeys(range(len(known)), ())
    else:
        chosen = _draws(known, number, seed)
        counts = [float(len(draws)) for draws in chosen.values()]
    base_values = base.as_dict()
    parameters = []
    for place, row in zip(chosen, _prior_draws(len(chosen), seed), strict=True):
        plausible_values = known.parameters[place].as_dict()
        values = (
            row
            | {name: plausible_values[name] for name in known.names}
            | {name: base_values[name] for name in constants}
        )
        parameters.append(Parameters.from_mapping(values))
    drawn = _sets(parameters, seed, levers=levers, weights=counts)
    return tuple(replace(one, draws=draws) for one, draws in zip(drawn, chosen.values(), strict=True))


def _sets(
    parameters: list[Parameters], seed: int, *, levers: bool, weights: Sequence[float] | None = None
) -> tuple[ParameterSet, ...]:
    counts = [1.0] * len(parameters) if weights is None else weights
    if not levers:
        return tuple(ParameterSet(one, weight=count) for one, count in zip(parameters, counts, strict=True))
    pairs = _cube(len(parameters), seed)[:, -2:]
    return tuple(
        ParameterSet(one, float(receiver), float(giver), count)
        for one, (receiver, giver), count in zip(parameters, pairs, counts, strict=True)
    )


def _prior_draws(number: int, seed: int) -> list[dict[str, float]]:
    """Return every parameter drawn from its range, ``number`` times."""
    return [
        {
            name: info.low + float(row[place]) * (info.high - info.low)
            for place, (name, info) in enumerate(PARAMETERS.items())
        }
        for row in _cube(number, seed)
    ]


def _draws(known: PlausibleSets, number: int, seed: int) -> dict[int, tuple[int, ...]]:
    """Return which draws fall on which sets: place of a set -> numbers of its draws, in the order of the first ones."""
    stream = np.random.Generator(np.random.PCG64(np.random.SeedSequence(entropy=seed, spawn_key=_OFFSET_STREAM)))
    order = _in_a_row(known)
    chosen: dict[int, tuple[int, ...]] = {}
    for draw, place in enumerate(order[spread_draws(known.weights[order], number, stream.random())].tolist()):
        chosen[place] = (*chosen.get(place, ()), draw)
    return chosen


def _in_a_row(known: PlausibleSets) -> npt.NDArray[np.intp]:
    """Return the order of sets along their first principal component, its largest loading taken as positive."""
    values = np.array([[getattr(one, name) for name in known.names] for one in known.parameters])
    values = values[:, np.ptp(values, axis=0) > 0]
    if not values.size:
        return np.arange(len(known))
    deviations = values - known.weights @ values
    standard = deviations / np.sqrt(known.weights @ deviations**2)
    loadings = np.linalg.eigh((standard * known.weights[:, None]).T @ standard).eigenvectors[:, -1]
    scores = standard @ (loadings * np.sign(loadings[np.argmax(np.abs(loadings))]))
    return np.argsort(scores, kind="stable")


def _cube(number: int, seed: int) -> Floats:
    """Return a Latin hypercube, shape (number, dimensions): that of SciPy, whose import takes longer than many runs."""
    stream = np.random.Generator(np.random.PCG64(np.random.SeedSequence(entropy=seed, spawn_key=_STREAM)))
    dimensions = len(PARAMETERS) + len(LEVER_QUANTILES)
    within = stream.uniform(size=(number, dimensions))
    strata = np.tile(np.arange(1, number + 1), (dimensions, 1))
    for row in strata:
        stream.shuffle(row)
    cube: Floats = (strata.T - within) / number
    return cube


LISTED_SETS = 256


def describe_sets(sets: Sequence[ParameterSet]) -> list[dict[str, Any]] | dict[str, int | str]:
    """Return every set, or where they are more than 256 how many there are and the digest of all.

    The results hold them all in sets.parquet.
    """
    listing = [one.as_dict() for one in sets]
    if len(listing) <= LISTED_SETS:
        return listing
    return {"number": len(listing), "digest": digest_of(listing)}
