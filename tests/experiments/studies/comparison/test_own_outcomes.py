"""Outcomes of a user's own in a comparison: beside the program's in every table, and judged by the same rule."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from experiments import compare_regimes, make_design
from experiments.figures import differences
from experiments.results.store import Results
from experiments.studies.verification.folder import verify_folder
from simulation import InputError, OwnOutcome

EFFECT = ["difference", "difference_error", "share", "worlds_low", "worlds_high", "gains", "losses", "verdict"]


def months_failed(months: pd.DataFrame) -> float:
    """Return the council-months inadequate, counted anew."""
    return float(months["inadequate"].sum())


def quality(panel: pd.DataFrame) -> float:
    """Return the mean quality of all councils in all months."""
    return float(panel["quality"].mean())


def never(months: pd.DataFrame) -> float:
    """Return nothing: this one always fails."""
    raise ValueError(f"no {len(months)} months")


COUNTED = OwnOutcome(months_failed, "council-months", "lower", matters=6.0)
MEASURES = {"counted": COUNTED, "quality_seen": OwnOutcome(quality, "SD", "higher", matters=0.05, of="panel")}
SMALL = {"regimes": ["peer_support"], "parities": ["days"], "sets": 2, "replicates": 2, "months": 12}


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Results:
    """Return a small comparison with two outcomes of the user's own."""
    design = make_design(**SMALL, outcomes=MEASURES)
    return compare_regimes(design, tmp_path_factory.mktemp("own") / "results")


def test_the_same_measure_written_anew_gets_the_same_row(results: Results) -> None:
    table = results.comparison.set_index(["parity", "regime", "baseline"])
    ours, mine = (table[table["outcome"] == name][EFFECT] for name in ("inadequate_months", "counted"))
    assert len(mine) == 4
    pd.testing.assert_frame_equal(mine, ours)


def test_runs_and_dictionary_hold_them(results: Results) -> None:
    np.testing.assert_array_equal(results.runs["counted"], results.runs["inadequate_months"])
    np.testing.assert_allclose(results.runs["quality_seen"], results.runs["mean_quality"], rtol=1e-12)
    known = pd.read_csv(results.folder / "dictionary.csv").set_index(["file", "column"])
    assert known.loc[("runs.parquet", "counted"), "unit"] == "council-months"
    assert known.loc[("runs.parquet", "counted"), "meaning"] == "the council-months inadequate, counted anew"
    assert results.units["quality_seen"] == "SD"


def test_report_and_picture_show_them(results: Results) -> None:
    page = (results.folder / "report.html").read_text()
    assert "Outcomes of your own" in page
    assert "The council-months inadequate, counted anew (council-months)" in " ".join(page.split())
    title = differences(results, outcome="counted").texts[0].get_text()
    assert "counted anew" in " ".join(title.split())
    with pytest.raises(InputError, match="counted"):
        differences(results, outcome="counte")


def test_runs_are_made_again_without_them(results: Results) -> None:
    found = verify_folder(results.folder, runs=3)
    assert found.holds
    assert found.runs == 3


def test_designs_with_other_functions_never_share_a_folder(results: Results) -> None:
    other = make_design(**SMALL, outcomes={"counted": OwnOutcome(never, "council-months", "lower")})
    assert len({one.fingerprint for one in (other, make_design(**SMALL), make_design(**SMALL, outcomes=MEASURES))}) == 3
    with pytest.raises(InputError, match="another design"):
        compare_regimes(other, results.folder)


def test_a_function_that_fails_is_told_run_by_run(tmp_path: Path) -> None:
    design = make_design(**{**SMALL, "sets": 1}, outcomes={"never": OwnOutcome(never, "days", "lower")})
    found = compare_regimes(design, tmp_path / "out", report=False)
    assert found.manifest["failed"] == design.size()
    assert set(found.failures["reason"]) == {"ValueError: no 12 months"}


def test_processes_must_be_able_to_import_them(tmp_path: Path) -> None:
    def inside(months: pd.DataFrame) -> float:
        """Return how many months there are."""
        return float(len(months))

    design = make_design(**SMALL, outcomes={"inside": OwnOutcome(inside, "months", "neither")})
    with pytest.raises(InputError, match="worker processes cannot import it"):
        compare_regimes(design, tmp_path / "out", engine="mesa", workers=2)
