"""Paired runs as matrices, and what the same luck saves."""

import math

import numpy as np
import pandas as pd
import pytest

from experiments.statistics.paired import as_matrix, set_means, variance_saved


def test_common_random_numbers_save_what_two_runs_share():
    luck = np.array([[0.0, 1.0, 2.0, 3.0]])
    own = np.array([[0.0, 0.1, 0.0, 0.1]])
    both = np.var(luck, ddof=1) + np.var(luck + own, ddof=1)
    assert variance_saved(luck + own, luck) == pytest.approx(both / np.var(own, ddof=1))
    assert math.isnan(variance_saved(luck, luck))
    assert math.isnan(variance_saved(luck[:, :1], luck[:, :1]))


def test_common_random_numbers_use_pairs_alone():
    a = np.array([[0.0, 1.0, 5.0, np.nan], [1.0, np.nan, np.nan, 9.0]])
    b = np.array([[0.0, 2.0, 4.0, 7.0], [np.nan, 1.0, 2.0, 3.0]])
    assert variance_saved(a, b) == pytest.approx(variance_saved(a[:1, :3], b[:1, :3]))


def test_runs_become_a_matrix_by_set_and_replicate():
    runs = pd.DataFrame({"set": [1, 0, 0, 1], "replicate": [0, 1, 0, 1], "x": [3.0, 2.0, 1.0, np.nan]})
    assert as_matrix(runs, "x").tolist()[0] == [1.0, 2.0]
    assert as_matrix(runs, "x")[1, 0] == 3.0
    assert math.isnan(as_matrix(runs, "x")[1, 1])


def test_set_means_leave_out_what_is_missing():
    means = set_means(np.array([[1.0, 3.0], [np.nan, np.nan], [4.0, np.nan]]))
    assert means[[0, 2]].tolist() == [2.0, 4.0]
    assert math.isnan(means[1])
