"""Bands are weighted quantiles: by hand, whatever the order of the runs."""

import numpy as np
import pytest

from experiments.studies.judgements.bands import make_bands

VALUES = np.array([[4.0], [1.0], [3.0], [2.0]])


def _edges(bands):
    return tuple(float(edge[0]) for edge in (bands.low_90, bands.low_50, bands.median, bands.high_50, bands.high_90))


def test_equal_weights_give_the_plain_quantiles():
    values = np.arange(1.0, 101.0)[:, None]
    bands = make_bands(values, np.ones(100))
    assert _edges(bands) == (5, 25, 50, 75, 95)
    # Both edges are whole runs, so each band holds one run more than it says.
    assert (bands.mass_50[0], bands.mass_90[0]) == pytest.approx((0.51, 0.91))


def test_a_heavy_run_pulls_the_bands_to_it():
    assert _edges(make_bands(VALUES, np.array([0.1, 0.1, 0.7, 0.1]))) == (1, 3, 3, 3, 4)
    assert _edges(make_bands(VALUES, np.array([0.02, 0.02, 0.94, 0.02]))) == (3, 3, 3, 3, 3)
    assert _edges(make_bands(VALUES, np.array([0.0, 1.0, 0.0, 0.0]))) == (1, 1, 1, 1, 1)


def test_weights_count_by_their_ratio_and_runs_in_any_order():
    weights = np.array([0.4, 0.3, 0.1, 0.2])
    expected = _edges(make_bands(VALUES, weights))
    assert _edges(make_bands(VALUES, 7 * weights)) == expected
    assert _edges(make_bands(VALUES[::-1], weights[::-1])) == expected


def test_what_a_run_does_not_show_weighs_nothing():
    values = np.array([[1.0, np.nan], [2.0, np.nan], [np.nan, np.nan]])
    bands = make_bands(values, np.array([1.0, 1.0, 98.0]))
    assert (bands.low_90[0], bands.high_90[0], bands.mass_90[0]) == (1, 2, 1)
    assert np.isnan(bands.median[1])
    assert not bands.inside_90(np.array([2.0, 2.0]))[1]


def test_edges_are_inside():
    bands = make_bands(np.arange(1.0, 101.0)[:, None], np.ones(100))
    half = [bool(bands.inside_50(np.array([seen]))[0]) for seen in (24, 25, 75, 76)]
    most = [bool(bands.inside_90(np.array([seen]))[0]) for seen in (4, 5, 95, 96)]
    assert half == most == [False, True, True, False]
