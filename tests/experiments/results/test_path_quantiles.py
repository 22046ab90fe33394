"""What is kept of months, and the quantiles of paths that are taken of them all the same."""

import numpy as np
import pandas as pd
import pytest

from experiments import load_results
from experiments.design.design import make_design
from experiments.results.numbers import months_type
from experiments.studies.comparison.compare import compare_regimes
from simulation import InputError
from simulation.outcomes.outcomes import OUTCOMES

REALISED = ["realised_pounds", "realised_days", "realised_director_days"]


def tiny(**more):
    return make_design(regimes=["hybrid"], parities=["pounds", "days"], sets=3, replicates=6, months=3, **more)


def test_what_is_kept_of_months_changes_no_other_table(tmp_path):
    found = {
        keep: compare_regimes(tiny(keep=keep), tmp_path / keep, workers=2, report=False)
        for keep in ("months", "sample", "runs")
    }
    whole, sample = found["months"].months, found["sample"].months
    assert (whole.replicate.max(), sample.replicate.max()) == (5, 0)
    pd.testing.assert_frame_equal(whole[whole.replicate < 1].reset_index(drop=True), sample, check_exact=True)
    with pytest.raises(InputError, match="expected months of some runs"):
        _ = found["runs"].months
    digests = [results.manifest["digests"] for results in found.values()]
    assert "months.parquet" not in digests[2]
    for name in digests[2]:
        assert len({one[name] for one in digests}) == 1, name


def test_paths_of_single_precision_are_close_to_those_of_all_months(tmp_path):
    results = compare_regimes(tiny(keep="months"), tmp_path, report=False)
    months = results.months.query("parity == 'days' and regime == 'hybrid' and month == 2")
    means = months.groupby("set").funding_gap.mean()
    row = results.paths.query("parity == 'days' and regime == 'hybrid' and month == 2 and path == 'funding_gap'")
    assert row[row.kind == "sets"].q50.item() == pytest.approx(means.median(), rel=1e-6)
    assert months_type(tiny(keep="sample").kept_replicates, 0) is np.float64
    assert months_type(tiny(keep="sample").kept_replicates, 1) is np.float32


def test_a_part_under_one_parity_is_that_part_of_the_whole(small_results):
    results = load_results(small_results.folder)
    for name in ("runs", "paths", "groups"):
        part = results.under(name, "days")
        whole = getattr(results, name).drop(columns=REALISED, errors="ignore")
        whole.attrs = getattr(results, name).attrs
        expected = whole[whole.parity == "days"].reset_index(drop=True)
        assert part.attrs["units"].items() <= whole.attrs["units"].items()
        pd.testing.assert_frame_equal(part.astype(expected.dtypes), expected, check_exact=True)
    assert set(results.under("runs", "days")) == {*results.runs} - set(REALISED)
    named = results.under("runs", "days", ["inadequate_months", "regime"])
    pd.testing.assert_frame_equal(named, results.under("runs", "days")[["regime", "inadequate_months"]])
    assert len(OUTCOMES) < len(results.runs.columns)
