"""Runs by number: those that parities share once, in the order of the tables, and every label's found again."""

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from experiments.results.run_index import index_runs


class Places:
    """As much of a design as numbers its runs."""

    def __init__(self, places, replicates):
        self.places, self.replicates = places, replicates


@given(arrays.arrays(np.int32, st.tuples(st.integers(1, 6), st.integers(1, 7)), elements=st.integers(0, 4)),
       st.integers(1, 3))  # fmt: skip
def test_equal_places_share_a_number_and_others_do_not(places, replicates):
    index = index_runs(Places(places, replicates))
    labels = places.shape[1]
    for one in range(labels):
        for other in range(labels):
            same = places[:, one] == places[:, other]
            np.testing.assert_array_equal(index.starts[one] == index.starts[other], same)
            assert (index.histories[one] == index.histories[other]) == same.all()
    own = [index.numbers(label)[index.own[label]].ravel() for label in range(labels)]
    # Each number once, rising in the order of the tables.
    assert np.concatenate(own).tolist() == list(range(replicates * sum(len(set(row)) for row in places.tolist())))


def test_no_run_has_two_rows_and_every_label_has_its_own(small_design, small_results):
    folder = small_results.folder
    labels, runs = (pd.read_parquet(folder / f"{name}.parquet") for name in ("labels", "runs"))
    assert len(runs) == runs["run"].nunique() == small_design.size() < len(labels)
    together = labels.merge(runs)
    assert len(together) == len(labels) == len(small_design.labels) * 2 * 3
    for name in ("inadequate_months", "mean_quality", "programme_cost"):
        np.testing.assert_array_equal(together[name], small_results.runs[name])
    assert set(runs.dtypes.astype(str)) >= {"int16", "int32", "float64"}
