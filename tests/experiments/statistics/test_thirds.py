"""Parameter sets parted into thirds."""

import numpy as np

from experiments.statistics.thirds import thirds


def test_sets_are_parted_into_equal_thirds_by_rank():
    quantiles = np.random.default_rng(1).random(12)
    third = thirds(quantiles)
    assert np.bincount(third).tolist() == [4, 4, 4]
    assert quantiles[third == 0].max() < quantiles[third == 1].min()
    assert quantiles[third == 1].max() < quantiles[third == 2].min()
