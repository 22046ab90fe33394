"""One limit each for seeds, replicates and months, whoever asks."""

import numpy as np
import pytest

from simulation import Ensemble, SectorModel, draw_chance
from simulation.errors import InputError
from simulation.limits import checked_months, checked_replicate, checked_replicates, checked_seed


@pytest.mark.parametrize(
    ("check", "low", "high"),
    [
        (checked_seed, 0, 2**63 - 1),
        (checked_replicate, 0, 2**31 - 1),
        (checked_replicates, 1, 1_000_000),
        (checked_months, 1, 12_000),
    ],
)
def test_both_ends_are_taken_and_no_more(check, low, high):
    assert check(np.int64(low)) == low
    assert check(high) == high
    for value in (low - 1, high + 1, 2**64, 1.5, "2"):
        with pytest.raises(InputError, match=f"expected a whole number from {low} to {high}, got"):
            check(value)


def test_the_engines_and_the_luck_know_the_same_limits():
    for run in (Ensemble, lambda months: SectorModel("none", months=months)):
        with pytest.raises(InputError, match="months: expected a whole number from 1 to 12000, got 12001"):
            run(12_001)
    with pytest.raises(InputError, match="seed: expected a whole number from 0 to 9223372036854775807"):
        draw_chance(2**63, 0, 1, 3, 1)
    with pytest.raises(InputError, match="replicate: expected a whole number from 0 to 2147483647"):
        draw_chance(0, 2**31, 1, 3, 1)
