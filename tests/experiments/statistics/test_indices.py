"""Indices: those of SALib where there is no luck, the known ones where there is, and not told where they cannot be.

Numbers of SALib are those of version 1.6.0: `sobol.analyze(..., calc_second_order=False)` and `morris.analyze(...,
num_levels=4)` on the points below.
"""

import math

import numpy as np
import pytest

from experiments.statistics.indices import LARGEST_SIZE, morris_effects, sobol_indices
from simulation.errors import InputError

NAMES = ("a", "b", "c")


def saltelli(size, columns, seed):
    random = np.random.default_rng(seed)
    first, other = random.random((2, size, columns))
    rows = np.repeat(first[:, None], columns + 2, axis=1)
    for column in range(columns):
        rows[:, column + 1, column] = other[:, column]
    rows[:, -1] = other
    return rows.reshape(-1, columns)


def trajectories(number, columns, seed):
    random, rows = np.random.default_rng(seed), []
    for _ in range(number):
        point = random.integers(0, 2, columns) / 3
        rows.append(point.copy())
        for column in random.permutation(columns):
            point[column] += 2 / 3
            rows.append(point.copy())
    return np.array(rows)


def ishigami(points):
    a, b, c = (2 * np.pi * points.T - np.pi)[:3]
    return np.sin(a) + 7 * np.sin(b) ** 2 + 0.1 * c**4 * np.sin(a)


FIRST, TOTAL = (0.3139, 0.4424, 0.0), (0.5576, 0.4424, 0.2437)
"""Of the Ishigami function, worked out by hand (Saltelli and others 2008)."""


def with_luck(values, luck, replicates, seed=1):
    """Each run has luck of its own, and each replicate some of variance 1 that all points share."""
    shared = np.linspace(-1.0, 1.0, replicates)
    own = np.random.default_rng(seed).normal(0.0, luck, (len(values), replicates))
    return values[:, None] + own + shared / shared.std(ddof=1)


def test_with_one_replicate_the_indices_are_those_of_salib():
    found = sobol_indices(ishigami(saltelli(64, 3, 1))[:, None], NAMES)
    assert found.first.values == pytest.approx([0.24102897450715904, 0.4197271376394093, 0.13818283002251522])
    assert found.total.values == pytest.approx([0.5107248851589863, 0.39123058160551016, 0.2704740856358912])
    assert math.isnan(found.luck)
    assert (found.size, found.left_out) == (64, 0)


@pytest.mark.parametrize("luck", [0.0, 6.0])
def test_luck_is_told_apart_and_moves_no_index(luck):
    found = sobol_indices(with_luck(ishigami(saltelli(4096, 3, 2)), luck, 4), NAMES)
    near = 0.1 if luck else 0.06
    assert found.first.values == pytest.approx(FIRST, abs=near)
    assert found.total.values == pytest.approx(TOTAL, abs=near)
    assert found.variance == pytest.approx(13.84, rel=0.06)
    # What all points share is luck too: of variance 1.
    assert found.luck == pytest.approx((luck**2 + 1) / (luck**2 + 1 + 13.84), abs=0.08)
    for index, wanted in ((found.first, FIRST), (found.total, TOTAL)):
        assert (index.lows - 0.01 < wanted).all()
        assert (wanted < index.highs + 0.01).all()


def test_means_over_replicates_alone_would_count_luck_as_acting_together():
    values = with_luck(ishigami(saltelli(2048, 3, 3)), 12.0, 4)
    naive, found = sobol_indices(values.mean(axis=1)[:, None], NAMES), sobol_indices(values, NAMES)
    assert (naive.total.values > np.array(TOTAL) + 0.2).all()
    assert found.total.values == pytest.approx(TOTAL, abs=0.2)


def test_an_index_is_told_only_if_it_is_larger_than_its_interval_is_wide():
    found = sobol_indices(with_luck(ishigami(saltelli(1024, 3, 4)), 1.0, 2), NAMES)
    widths = found.first.highs - found.first.lows
    assert list(found.first.told) == [True, True, False]
    assert list(found.first.told) == list(widths < found.first.values)
    assert list(found.first.sizes[:2]) == [1024, 1024]
    assert found.first.sizes[2] == 0 or found.first.sizes[2] > 1024


def test_the_size_that_would_do_does():
    few = sobol_indices(ishigami(saltelli(32, 3, 5))[:, None], NAMES)
    assert not few.first.told[0]
    size = int(few.first.sizes[0])
    assert 32 < size <= LARGEST_SIZE
    assert size & (size - 1) == 0
    enough = sobol_indices(ishigami(saltelli(4 * size, 3, 5))[:, None], NAMES)
    assert enough.first.told[0]


def test_what_is_nothing_but_luck_has_no_index_that_is_told():
    random = np.random.default_rng(6)
    found = sobol_indices(random.normal(size=(256 * 5, 4)), NAMES)
    assert not found.first.told.any()
    assert found.luck == pytest.approx(1.0, abs=0.05)


def test_what_never_varies_has_no_index_at_all():
    found = sobol_indices(np.ones((64 * 5, 2)), NAMES)
    assert np.isnan(found.first.values).all()
    assert not found.first.told.any()
    assert list(found.first.sizes) == [0, 0, 0]


def test_base_points_with_a_failed_run_are_left_out():
    values = ishigami(saltelli(128, 3, 7))[:, None].repeat(2, axis=1)
    spoilt = values.copy()
    spoilt[[3, 22], 1] = np.nan
    found = sobol_indices(spoilt, NAMES)
    assert (found.size, found.left_out) == (126, 2)
    kept = np.delete(values.reshape(128, 5, 2), [0, 4], axis=0).reshape(-1, 2)
    assert found.first.values == pytest.approx(sobol_indices(kept, NAMES).first.values)


def test_effects_are_those_of_salib():
    points = trajectories(10, 3, 2)
    found = morris_effects(points, ishigami(points)[:, None], NAMES)
    assert found.means == pytest.approx([8.95381333225973, 1.5749999999999968, -1.249759220666624])
    assert found.sizes == pytest.approx([8.95381333225973, 7.874999999999997, 6.2487961033331185])
    assert found.spreads == pytest.approx([6.453728864547992, 8.133265027035575, 9.221533216241516])
    assert (found.size_lows <= found.sizes).all()
    assert (found.sizes <= found.size_highs).all()
    assert np.isnan(found.luck).all()


def test_effects_of_what_does_nothing_are_no_larger_than_those_of_luck():
    points = trajectories(200, 3, 8)
    values = with_luck(50.0 * points[:, 0], 10.0, 4)
    found = morris_effects(points, values, NAMES)
    assert found.sizes[0] == pytest.approx(50.0, rel=0.05)
    assert found.sizes[1:] == pytest.approx(found.luck[1:], rel=0.15)
    assert found.luck == pytest.approx(np.full(3, math.sqrt(2 / math.pi) * math.sqrt(2 * 100.0 / 4) * 1.5), rel=0.15)


def test_designs_of_another_shape_are_refused():
    with pytest.raises(InputError, match="expected 5 points for each base point of a design of Sobol's, got 63 in all"):
        sobol_indices(np.ones((63, 1)), NAMES)
    with pytest.raises(InputError, match="expected at least 8 base points whose runs did not fail, got 4"):
        sobol_indices(np.ones((20, 1)), NAMES)
    points = trajectories(4, 3, 9)
    with pytest.raises(InputError, match="expected 4 points for each trajectory of a design of Morris's, got 15"):
        morris_effects(points[:-1], np.ones((15, 1)), NAMES)
    with pytest.raises(InputError, match="expected trajectories that move one column after another, got others"):
        morris_effects(np.ones((16, 3)), np.ones((16, 1)), NAMES)
    with pytest.raises(InputError, match="expected at least 2 trajectories whose runs did not fail, got 1"):
        morris_effects(points[:4], np.ones((4, 1)), NAMES)
