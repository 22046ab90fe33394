"""Limits: how large a seed, a replicate's number and a run's length may be, whoever asks for them."""

from __future__ import annotations

from simulation.errors import InputError, whole

LARGEST_SEED = 2**63 - 1
MOST_SETS = 100_000
"""The most parameter sets of one experiment."""
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


def check_own_luck(sets: int, replicates: int) -> None:
    """Refuse more runs than there are lucks, where no two sets share one.

    Raises:
        InputError: the replicates of all sets together are more than can be numbered.
    """
    most = (LAST_REPLICATE + 1) // sets
    if replicates > most:
        raise InputError(
            f"replicates: expected at most {most} of {sets} sets, each with luck of its own, got {replicates}"
        )


def checked_months(months: object, most: int = MOST_MONTHS) -> int:
    """Return the length of a run (months).

    Raises:
        InputError: it is no whole number from 1 to ``most``.
    """
    return whole("months", months, 1, most)
