"""What is held of all runs: rows in their places, and parts of tables that fit in memory."""

import numpy as np
import pytest

from experiments.design.design import Extent
from experiments.results.gathered import Gathered, block_rows, parts
from experiments.results.numbers import RunNumbers
from experiments.running.maker import Maker


def test_runs_are_taken_in_at_their_places(small_design):
    maker, found = Maker(small_design.world, "ensemble"), Gathered.empty(small_design)
    extent = Extent(1, 0, 2)
    block = maker.make(small_design.piece(extent), RunNumbers(small_design.kept_replicates))
    found.add(small_design, extent, block)
    rows = block_rows(small_design, extent)
    assert np.isnan(found.outcomes[:, :, [0, 2]]).all()
    assert np.isfinite(block.arrays["outcomes"]).any()
    for label in range(len(small_design.labels)):
        for number in range(2):
            for name, values in (("outcomes", found.outcomes), ("realised", found.realised)):
                np.testing.assert_array_equal(values[label, number, 1], block.arrays[name][rows[number, label]])


@pytest.mark.parametrize(("size", "most"), [(1, 1), (1, 100), (3, 10), (7, 20), (100, 10)])
def test_parts_of_a_table_hold_every_label_and_set_once_in_order(size, most):
    found = list(parts(3, 5, size, most))
    assert [(label, number) for part in found for label in part.labels for number in part.sets] == [
        (label, number) for label in range(3) for number in range(5)
    ]
    assert all(len(part.labels) * len(part.sets) * size <= max(most, size) for part in found)
