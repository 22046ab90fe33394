"""Results read back: their tables, in order and with their units, from a folder that is finished."""

import json
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from experiments import load_results
from experiments.files.digests import digest
from experiments.studies.comparison.differences import COMPARISON_COLUMNS
from experiments.studies.comparison.folder import COMPARISON_FILES
from simulation.errors import InputError
from simulation.outcomes.outcomes import OUTCOMES
from simulation.outcomes.paths import PATHS
from simulation.parameters import PARAMETERS
from simulation.simulate import simulate

ADDED = {"claims.csv", "headlines.csv", "report.html", "brief.html", "failures.csv"}
TABLES = [name for name in COMPARISON_FILES if "." in name and name not in ADDED]


def digests(folder):
    return {name: digest(folder / name) for name in TABLES}


def test_the_tables_are_there_with_their_columns_and_rows(small_design, small_results):
    keys = ["parity", "regime", "set", "replicate"]
    runs = small_results.runs
    assert list(runs)[:4] == keys
    assert set(runs) - set(keys) == {*OUTCOMES, "realised_pounds", "realised_days", "realised_director_days", "error"}
    assert len(runs) == len(small_design.labels) * 2 * 3
    assert (runs.error == "").all()
    assert list(small_results.months) == [*keys, "month", *PATHS]
    assert len(small_results.months) == len(runs) * 7 / 3
    assert list(small_results.sets) == ["set", "weight", *PARAMETERS, "receiver_quantile", "giver_quantile"]
    assert list(small_results.comparison) == list(COMPARISON_COLUMNS)
    assert list(small_results.paths) == ["parity", "regime", "path", "month", "kind", "q05", "q25", "q50", "q75", "q95"]
    assert len(small_results.paths) == len(small_design.labels) * len(PATHS) * 7 * 2


def test_rows_are_in_the_order_of_the_design(small_design, small_results):
    runs = small_results.runs
    order = [(label.parity, label.regime) for label in small_design.labels]
    places = [(order.index((row.parity, row.regime)), row.set, row.replicate) for row in runs.itertuples(index=False)]
    assert all(before < after for before, after in pairwise(places))


def test_a_row_is_what_simulate_gives(small_design, small_results):
    runs, months = small_results.runs, small_results.months
    row = runs[(runs.parity == "days") & (runs.regime == "peer_support") & (runs.set == 1) & (runs.replicate == 0)]
    chosen = small_design.sets[1]
    (regime,) = [regime for regime in small_design.regimes if regime.name == "peer_support"]
    run = simulate(chosen.levers(regime), replicate=0, months=7, parameters=chosen.parameters, parity="days")
    for name, value in run.outcomes.items():
        if not OUTCOMES[name].paired:
            assert row[name].item() == pytest.approx(value, nan_ok=True, abs=0), name
    assert row.realised_days.item() == run.realised["days"]
    kept = months[(months.parity == "days") & (months.regime == "peer_support") & (months.set == 1)]
    kept = kept[kept.replicate == 0].reset_index(drop=True)
    pd.testing.assert_frame_equal(kept[list(PATHS)], run.months.reset_index(drop=True)[list(PATHS)], check_dtype=False)


def test_regimes_that_are_the_same_under_both_parities_have_the_same_rows(small_results):
    runs = small_results.runs[small_results.runs.regime == "partners_in_practice"].drop(columns="parity")
    half = len(runs) // 2
    pd.testing.assert_frame_equal(runs[:half].reset_index(drop=True), runs[half:].reset_index(drop=True))


def test_groups_add_up_to_the_run(small_results):
    groups, runs = small_results.groups, small_results.runs
    keys = ["parity", "regime", "set", "replicate"]
    for _, kind in groups.groupby("kind"):
        totals = kind.groupby(keys)[["councils", "inadequate_months", "days_received"]].sum()
        assert (totals.councils == 152).all()
        found = runs.set_index(keys).loc[totals.index]
        np.testing.assert_allclose(totals.inadequate_months, found.inadequate_months)
        np.testing.assert_allclose(totals.days_received, found.days_delivered)


def test_the_manifest_says_what_was_run_and_seals_the_files(small_design, small_results):
    manifest = json.loads((small_results.folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["finished"]
    assert manifest["failed"] == 0
    assert manifest["design"] == small_design.describe()
    assert manifest["digests"] | manifest["views"] == digests(small_results.folder)
    assert manifest["packages"]["mesa"]
    assert manifest["runs"] == small_design.size()
    assert not (small_results.folder / "unfinished").exists()
    # No path of this machine.
    assert str(small_results.folder.parent) not in json.dumps(manifest)


def test_tables_carry_their_units(small_results):
    assert small_results.units["transfer_rate"] == PARAMETERS["transfer_rate"].unit
    assert small_results.runs.attrs["units"]["programme_cash"] == "GBP"
    assert load_results(small_results.folder).paths.equals(small_results.paths)


def test_a_stray_table_of_months_is_not_taken_for_one_of_the_results(small_results, tmp_path):
    (tmp_path / "months.parquet").write_bytes(b"of another comparison")
    digests = {name: seal for name, seal in small_results.manifest["digests"].items() if name != "months.parquet"}
    said = json.dumps(dict(small_results.manifest) | {"digests": digests})
    (tmp_path / "manifest.json").write_text(said, encoding="utf-8")
    with pytest.raises(InputError, match="expected months of some runs, got none"):
        _ = load_results(tmp_path).months
