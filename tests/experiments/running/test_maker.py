"""Blocks of runs: groups of councils, rows in their places, parts of tables, and what is held of months."""

import numpy as np
import pandas as pd
import pytest

from experiments import load_results
from experiments.design.design import make_design
from experiments.results.blocks import Key, block_keys, months_type
from experiments.results.gathered import Gathered, block_rows, pieces
from experiments.results.group_totals import GROUP_COLUMNS, GROUP_KINDS, Groups
from experiments.running.maker import Maker
from experiments.running.workers import checked_workers, processors
from experiments.studies.comparison.compare import compare_regimes
from simulation import ENGINES, InputError, load_councils, simulate
from simulation.outcomes.outcomes import OUTCOMES


def test_workers_are_one_a_processor_and_few_processes_of_mesa():
    assert checked_workers(None) == processors()
    assert checked_workers(None, "mesa") == min(2, processors())
    assert checked_workers(5, "mesa") == 5


def test_groups_are_the_sums_of_their_councils():
    run = simulate("peer_support", months=5, engine="ensemble")
    groups = Groups(load_councils())
    found = pd.DataFrame(groups.totals(run.council_values), columns=list(GROUP_COLUMNS))
    row = 0
    for kind in GROUP_KINDS:
        for name, members in run.councils.groupby(kind, sort=True):
            assert groups.names[row].tolist() == [kind, str(name)]
            expected = [
                len(members),
                members.months_inadequate.sum(),
                members.mean_quality.mean(),
                members.days_given.sum(),
                members.days_received.sum(),
            ]
            assert found.loc[row].tolist() == pytest.approx(expected)
            row += 1
    assert row == len(groups)


def test_every_run_is_in_one_block_and_blocks_come_luck_by_luck(small_design):
    for engine in ENGINES:
        keys = block_keys(small_design, engine, range(3))
        assert sorted(keys) == keys
        runs = [(key.replicate, number) for key in keys for number in range(key.first, key.after)]
        assert runs == [(replicate, number) for replicate in range(3) for number in range(2)]
    assert all(key.after == key.first + 1 for key in block_keys(small_design, "mesa", range(3)))


def test_luck_is_drawn_once_and_only_the_latest_stays_at_hand(small_design):
    maker = Maker(small_design, "ensemble")
    first = maker.chance(0)
    assert maker.chance(0) is first
    maker.chance(1)
    maker.chance(2)
    assert maker.chance(0) is not first
    assert len(maker._luck) == 2


def test_a_stopped_block_is_none(small_design):
    assert Maker(small_design, "ensemble").make(Key(0, 0, 1), lambda: True) is None


def test_runs_are_taken_in_at_their_places(small_design):
    maker, found = Maker(small_design, "ensemble"), Gathered.empty(small_design)
    key = Key(1, 0, 2)
    block = maker.make(key)
    found.add(small_design, key, block)
    rows = block_rows(small_design, key)
    assert np.isnan(found.outcomes[:, :, [0, 2]]).all()
    for label in range(len(small_design.labels)):
        for number in range(2):
            np.testing.assert_array_equal(found.outcomes[label, number, 1], block.outcomes[rows[number, label]])


@pytest.mark.parametrize(("size", "most"), [(1, 1), (1, 100), (3, 10), (7, 20), (100, 10)])
def test_parts_of_a_table_hold_every_label_and_set_once_in_order(size, most):
    found = list(pieces(3, 5, size, most))
    assert [(label, number) for piece in found for label in piece.labels for number in piece.sets] == [
        (label, number) for label in range(3) for number in range(5)
    ]
    assert all(len(piece.labels) * len(piece.sets) * size <= max(most, size) for piece in found)


def tiny(**more):
    return make_design(regimes=["hybrid"], parities=["pounds", "days"], sets=3, replicates=6, months=3, **more)


def test_what_is_kept_of_months_changes_no_other_table(tmp_path):
    found = {
        keep: compare_regimes(tiny(keep=keep), tmp_path / keep, workers=2, report=False)
        for keep in ("months", "sample", "runs")
    }
    whole, sample = found["months"].months, found["sample"].months
    assert (whole.replicate.max(), sample.replicate.max()) == (5, 3)
    pd.testing.assert_frame_equal(whole[whole.replicate < 4].reset_index(drop=True), sample, check_exact=True)
    with pytest.raises(InputError, match="expected months of some runs"):
        _ = found["runs"].months
    digests = [results.manifest["digests"] for results in found.values()]
    assert "months.parquet" not in digests[2]
    for name in digests[2]:
        assert len({made[name] for made in digests}) == 1, name


def test_paths_of_single_precision_are_close_to_those_of_all_months(tmp_path):
    results = compare_regimes(tiny(keep="months"), tmp_path, report=False)
    months = results.months.query("parity == 'days' and regime == 'hybrid' and month == 2")
    means = months.groupby("set").funding_gap.mean()
    row = results.paths.query("parity == 'days' and regime == 'hybrid' and month == 2 and path == 'funding_gap'")
    assert row[row.kind == "sets"].q50.item() == pytest.approx(means.median(), rel=1e-6)
    assert months_type(tiny(), 3) is np.float64
    assert months_type(tiny(), 4) is np.float32


def test_a_part_under_one_parity_is_that_part_of_the_whole(small_results):
    results = load_results(small_results.folder)
    for name in ("runs", "paths", "groups"):
        whole, part = getattr(results, name), results.under(name, "days")
        expected = whole[whole.parity == "days"].reset_index(drop=True)
        assert part.attrs["units"] == whole.attrs["units"]
        pd.testing.assert_frame_equal(part.astype(expected.dtypes), expected, check_exact=True)
    assert set(results.under("runs", "days")) == {*results.runs}
    named = results.under("runs", "days", ["inadequate_months", "regime"])
    pd.testing.assert_frame_equal(named, results.under("runs", "days")[["regime", "inadequate_months"]])
    assert len(OUTCOMES) < len(results.runs.columns)
