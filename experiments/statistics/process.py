"""Gaussian processes: a smooth function of some numbers, seen through noise, with the doubt that is left of it.

The function is a constant, a plane and a smooth surface (squared-exponential kernel). How much of each there is, how
smooth, and how large beside the noise, is not settled by one best fit: a grid of them is averaged, each by the
likelihood of what is seen once the constant is integrated out (restricted likelihood; Rasmussen and Williams 2006,
chapters 2 and 5). So there is no search that could end in different places, and doubt about the fit is part of the
doubt. With nothing to be seen the function is flat: the plane too is drawn to the constant. Kernels are taken through
some of the worlds (Nystrom's way), which is exact where there are no more.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from simulation.arrays import Floats

_LENGTHS = (0.7, 1.5, 3.0)
"""Over which distances the surface bends, in standard deviations times the root of how many numbers there are."""
_PLANES = (0.0, 0.5)
"""Which part of the function's variance is the plane's, where there is a surface."""
_RATIOS = np.concatenate([[0.0], np.logspace(-3, 3, 61)])
"""Variance of the function over that of the noise: what is tried."""
_FEATURES_A_NUMBER, _MOST_FEATURES = 30, 60
"""Worlds through which a kernel is taken: so many a number, and at most."""
_LEAST = 1e-9


@dataclass(frozen=True, eq=False)
class _Shape:
    """One kernel in the form that all likelihoods are read from: its principal directions and their sizes."""

    directions: Floats
    sizes: Floats


@dataclass(frozen=True, eq=False)
class _Fit:
    """One shape at every ratio of variances: their likelihoods, and the noise that goes with each, shape (ratios,)."""

    shape: _Shape
    scores: Floats
    likelihoods: Floats
    noises: Floats

    @property
    def trusts(self) -> Floats:
        """Which part of each score is the function's, shape (ratios, directions)."""
        spread = np.outer(_RATIOS, self.shape.sizes)
        return np.asarray(spread / (1.0 + spread))


class Smooth:
    """What is known of a function at the worlds.

    Attributes:
        fitted: its mean, shape (worlds,).
    """

    def __init__(self, level: float, constant: Floats, roots: Floats, fits: Sequence[_Fit], noise: float) -> None:
        self._level, self._constant, self._roots, self._fits, self._noise = level, constant, roots, fits, noise
        every = np.array([fit.likelihoods for fit in fits]).reshape(len(fits), len(_RATIOS))
        odds = np.exp(every - every.max()) if len(fits) else every
        self._chances: Floats = odds / odds.sum() if len(fits) else odds
        weighted = level * constant
        for fit, chances in zip(fits, self._chances, strict=True):
            weighted = weighted + fit.shape.directions @ (chances @ fit.trusts * fit.scores)
        self.fitted: Floats = weighted / roots

    def draws(self, number: int, random: np.random.Generator) -> Floats:
        """Return so many functions that it may be, shape (number, worlds)."""
        if not self._fits:
            doubt = random.standard_normal((number, 1)) * math.sqrt(self._noise)
            return np.asarray((self._level + doubt) * self._constant / self._roots)
        picks = random.choice(self._chances.size, number, p=self._chances.ravel())
        drawn = np.empty((number, len(self._roots)))
        for place, fit in enumerate(self._fits):
            mine = np.flatnonzero(picks // len(_RATIOS) == place)
            ratios = picks[mine] % len(_RATIOS)
            trusts, noise = fit.trusts[ratios], fit.noises[ratios][:, None]
            # What is left of each direction is its trust times the noise.
            scores = trusts * fit.scores + np.sqrt(trusts * noise) * random.standard_normal(trusts.shape)
            level = self._level + np.sqrt(noise) * random.standard_normal(noise.shape)
            drawn[mine] = (level * self._constant + scores @ fit.shape.directions.T) / self._roots
        return drawn


class Shapes:
    """The kernels that are tried on some numbers, shared by all that is seen at the same worlds.

    Args:
        numbers: shape (worlds, numbers); a number that does not vary tells nothing.
        weights: how many times each world counts, shape (worlds,).
    """

    def __init__(self, numbers: Floats, weights: Floats) -> None:
        self._roots = np.sqrt(weights / weights.mean())
        self._constant = self._roots / math.sqrt(float(self._roots @ self._roots))
        self._numbers = _standardised(numbers, weights)

    def smooth(self, values: Floats) -> Smooth:
        """Return what is known of the function behind ``values``, shape (worlds,)."""
        seen = values * self._roots
        level = float(self._constant @ seen)
        rest = seen - level * self._constant
        total, freedom = float(rest @ rest), len(values) - 1
        flat = total <= _LEAST**2 * max(float(seen @ seen), _LEAST)
        fits = [] if flat else [_fit(shape, rest, total, freedom) for shape in self._shapes]
        return Smooth(level, self._constant, self._roots, fits, 0.0 if flat else total / freedom)

    @cached_property
    def _shapes(self) -> Sequence[_Shape]:
        if not self._numbers.size:
            return ()
        plane = self._numbers / math.sqrt(self._numbers.shape[1])
        found = [self._shape(plane)]
        for length in _LENGTHS:
            surface = _surface(self._numbers, length * math.sqrt(self._numbers.shape[1]))
            for part in _PLANES:
                both = [math.sqrt(part) * plane] if part else []
                found.append(self._shape(np.column_stack([math.sqrt(1.0 - part) * surface, *both])))
        return found

    def _shape(self, features: Floats) -> _Shape:
        weighted = features * self._roots[:, None]
        weighted -= np.outer(self._constant, self._constant @ weighted)
        # By the small matrix of products and not by the tall one's singular values: the same, and much quicker.
        sizes, axes = np.linalg.eigh(weighted.T @ weighted)
        kept = sizes > _LEAST * sizes[-1]
        sizes = sizes[kept]
        return _Shape(weighted @ (axes[:, kept] / np.sqrt(sizes)), sizes)


def _fit(shape: _Shape, rest: Floats, total: float, freedom: int) -> _Fit:
    """Return how likely a shape is at every ratio, the noise being what is likeliest there."""
    scores = shape.directions.T @ rest
    outside = max(total - float(scores @ scores), 0.0)
    spread = 1.0 + np.outer(_RATIOS, shape.sizes)
    noises = np.maximum((outside + (scores**2 / spread).sum(axis=1)) / freedom, _LEAST**2 * total)
    return _Fit(shape, scores, -0.5 * (freedom * np.log(noises) + np.log(spread).sum(axis=1)), noises)


def _standardised(numbers: Floats, weights: Floats) -> Floats:
    """Return the numbers that vary, with mean 0 and standard deviation 1, shape (worlds, numbers)."""
    centred = numbers - np.average(numbers, axis=0, weights=weights)
    spread = np.sqrt(np.average(centred**2, axis=0, weights=weights))
    varies = spread > _LEAST * np.maximum(np.abs(numbers).max(axis=0), _LEAST)
    return np.asarray(centred[:, varies] / spread[varies])


def _surface(numbers: Floats, length: float) -> Floats:
    """Return features whose products are a squared-exponential kernel, shape (worlds, features)."""
    most = min(len(numbers), _MOST_FEATURES, _FEATURES_A_NUMBER * numbers.shape[1])
    places = np.unique(np.linspace(0, len(numbers) - 1, most).round().astype(int))
    # In the order of their first number, so that those that stand for the others are spread.
    chosen = numbers[np.argsort(numbers[:, 0], kind="stable")[places]]
    sizes, directions = np.linalg.eigh(_kernel(chosen, chosen, length))
    kept = sizes > _LEAST * sizes[-1]
    return np.asarray(_kernel(numbers, chosen, length) @ (directions[:, kept] / np.sqrt(sizes[kept])))


def _kernel(ones: Floats, others: Floats, length: float) -> Floats:
    apart = ((ones[:, None, :] - others[None, :, :]) ** 2).sum(axis=2)
    return np.asarray(np.exp(-0.5 * apart / length**2))
