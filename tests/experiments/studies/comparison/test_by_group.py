"""Who gains and who pays: differences by group of councils, judged as the comparison judges."""

import math

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from experiments.design.design import make_design
from experiments.results.gathered import Gathered
from experiments.results.group_totals import SMALLEST, Groups
from experiments.results.tables import write_parquet
from experiments.statistics.verdicts import paired_effect
from experiments.studies.comparison import by_group
from experiments.studies.comparison.compare import compare_regimes
from experiments.studies.comparison.differences import Runs
from simulation.councils import load_councils

KEY = ["parity", "regime", "baseline", "kind", "group", "measure"]


@pytest.fixture(scope="module")
def table(small_results):
    return small_results.by_group.set_index(KEY)


def test_every_group_of_every_regime_stands_against_every_other(small_design, small_results, table):
    groups = Groups(small_design.councils)
    assert tuple(small_results.by_group) == by_group.BY_GROUP_COLUMNS
    # At each of two parities: two regimes against both baselines and each other, and the baselines both ways.
    assert len(table) == 2 * (2 * 2 + 1 + 2) * len(groups) * len(by_group.MEASURES)
    assert table.index.is_unique
    wanted = "parity == 'pounds' and regime == 'hybrid' and baseline == 'none' and measure == 'mean_quality'"
    sizes = small_results.by_group.query(wanted).groupby("kind")["councils"].sum()
    assert set(sizes) == {small_design.councils.n}


@pytest.mark.parametrize(
    ("kind", "group", "measure"),
    [("region", "London", "inadequate_months"), ("start_grade", "good", "days_given"),
     ("deprivation_fifth", "5", "mean_quality")],
)  # fmt: skip
def test_a_row_is_what_its_runs_say(small_results, table, kind, group, measure):
    runs = small_results.groups.query("parity == 'days' and kind == @kind and group == @group")
    per_council = runs[measure] / (1.0 if measure == "mean_quality" else runs["councils"])
    matrices = {
        regime: per_council[runs["regime"] == regime].to_numpy().reshape(2, 3) for regime in ("peer_support", "none")
    }
    better = {one.name: one.better for one in by_group.MEASURES}[measure]
    wanted = paired_effect(matrices["peer_support"] - matrices["none"], better, 1.0)
    row = table.loc[("days", "peer_support", "none", kind, group, measure)]
    assert row.difference == pytest.approx(wanted.difference)
    for name in ("difference_error", "share", "share_error", "worlds_low", "worlds_high"):
        assert row[name] == pytest.approx(getattr(wanted, name), nan_ok=True), name
    assert (row.worlds, row.replicates, row.verdict) == (2, 3, "no verdict")


def test_what_matters_of_a_group_is_an_average_councils_part_of_what_matters(small_design, table):
    councils = small_design.councils.n
    wanted = {
        "inadequate_months": small_design.smallest("inadequate_months") / councils,
        "mean_quality": small_design.smallest("mean_quality"),
        "days_given": small_design.smallest("days_delivered") / councils,
    }
    for measure, smallest in wanted.items():
        assert table.xs(measure, level="measure")["matters"].unique() == pytest.approx([smallest])


def test_groups_of_a_regime_are_held_to_its_parity(small_design, small_results):
    shape = (len(small_design.labels), 2, 3)
    runs = Runs(small_design, Gathered(np.zeros((*shape, 1)), np.ones((*shape, 3)), {}))
    hybrid = [label.regime == "hybrid" for label in small_design.labels]
    runs._gathered.realised[hybrid] = 0.5
    table = by_group.by_group_table(small_design, runs, small_results.folder / "groups.parquet")
    missed = table[table["regime"] == "hybrid"]
    assert set(missed["verdict"]) == {"parity not met"}
    assert set(missed["parity_met"]) == {0.0}
    assert missed["difference"].isna().all()
    assert set(missed["worlds"]) == {0}
    assert "parity not met" not in set(table.loc[table["regime"] == "peer_support", "verdict"])
    assert table.loc[table["regime"] == "none", "parity_met"].isna().all()


def test_two_regimes_are_compared_in_worlds_in_which_both_met_the_parity(small_design, small_results):
    shape = (len(small_design.labels), 2, 3)
    runs = Runs(small_design, Gathered(np.zeros((*shape, 1)), np.ones((*shape, 3)), {}))
    for name, missed in (("hybrid", 0), ("peer_support", 1)):
        mine = [label.regime == name for label in small_design.labels]
        runs._gathered.realised[mine, missed] = 0.5
    table = by_group.by_group_table(small_design, runs, small_results.folder / "groups.parquet")
    both = table[(table["regime"] == "hybrid") & (table["baseline"] == "peer_support")]
    assert set(both["parity_met"]) == {0.0}
    assert set(both["verdict"]) == {"parity not met"}
    alone = table[(table["regime"] == "hybrid") & (table["baseline"] == "none")]
    assert set(alone["parity_met"]) == {0.5}


def test_a_group_too_small_to_hide_a_council_has_no_numbers(tmp_path):
    path = tmp_path / "councils.csv"
    regions = ["east"] * SMALLEST + ["west"] * (SMALLEST - 1)
    rows = [f"X{number},{region},good,2018-01-15" for number, region in enumerate(regions)]
    path.write_text("\n".join(["code,region,grade,judged_on", *rows, ""]), encoding="utf-8")
    design = make_design(
        regimes=["hybrid"], parities=["days"], sets=1, replicates=2, months=3, councils=load_councils(path)
    )
    table = compare_regimes(design, tmp_path / "out", report=False).by_group
    west, east = (table[table["group"] == name] for name in ("west", "east"))
    assert set(west["councils"]) == {SMALLEST - 1}
    assert west[["difference", "difference_error", "share", "worlds_low", "worlds_high", "gains"]].isna().all(axis=None)
    assert set(west["verdict"]) == {"no verdict"}
    assert east.loc[east["parity_met"] != 0.0, "difference"].notna().all()
    assert (east["parity_met"] != 0.0).any()


def test_a_regime_whose_runs_failed_has_rows_without_numbers(small_design, small_results, tmp_path):
    groups = pd.read_parquet(small_results.folder / "groups.parquet")
    measured = [measure.name for measure in by_group.MEASURES]
    labels = small_results.labels
    broken = labels.loc[labels["regime"] == "hybrid", "run"]
    groups[["councils", *measured]] = groups[["councils", *measured]].mask(groups["run"].isin(broken))
    path = tmp_path / "groups.parquet"
    write_parquet(path, [pa.Table.from_pandas(groups, preserve_index=False)])
    shape = (len(small_design.labels), 2, 3)
    runs = Runs(small_design, Gathered(np.zeros((*shape, 1)), np.ones((*shape, 3)), {}))
    table = by_group.by_group_table(small_design, runs, path)
    lost = table[table["regime"] == "hybrid"]
    assert lost["difference"].isna().all()
    assert set(lost["worlds"]) == {0}
    assert math.isfinite(table.loc[table["regime"] == "peer_support", "difference"].sum())
