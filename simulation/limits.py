"""Limits: how large a seed, a replicate's number and a run's length may be, whoever asks for them."""

from __future__ import annotations

from simulation.errors import whole

LARGEST_SEED = 2**63 - 1
MOST_REPLICATES = 1_000_000
"""The most replicates of one parameter set."""
LAST_REPLICATE = 2**31 - 1
"""The greatest number that one replicate may have: its luck is drawn from it."""
MOST_MONTHS = 12_000


def checked_seed(seed: object) -> int:
    """Return a seed of luck.

    Raises:
        InputError: it is no whole number from 0 to 2^63 - 1.
    """
    return whole("seed", seed, 0, LARGEST_SEED)


def checked_replicate(replicate: object) -> int:
    """Return the number of one replicate.

    Raises:
        InputError: it is no whole number from 0 to 2^31 - 1.
    """
    return whole("replicate", replicate, 0, LAST_REPLICATE)


def checked_replicates(replicates: object) -> int:
    """Return how many replicates there are, numbered from 0.

    Raises:
        InputError: it is no whole number from 1 to a million.
    """
    return whole("replicates", replicates, 1, MOST_REPLICATES)


def checked_months(months: object, most: int = MOST_MONTHS) -> int:
    """Return the length of a run (months).

    Raises:
        InputError: it is no whole number from 1 to ``most``.
    """
    return whole("months", months, 1, most)
