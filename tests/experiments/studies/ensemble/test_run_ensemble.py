"""Many runs at once: labels, order, pairs, and the same numbers as one run at a time."""

import numpy as np
import pandas as pd
import pytest

from experiments import run_ensemble
from simulation import (
    OUTCOMES,
    PARAMETERS,
    PATHS,
    Director,
    InputError,
    OwnOutcome,
    Parameters,
    Regime,
    SectorModel,
    load_regime,
    paired_outcomes,
    simulate,
)
from simulation.ranges import beyond_ranges

SETS = [Parameters(), Parameters(transfer_rate=0.4)]
ASKED = {"regimes": ["none", "hybrid"], "parameters": SETS, "replicates": [3, 1], "parities": ["days", "none"]}


@pytest.fixture(scope="module")
def found():
    return run_ensemble(**ASKED, months=8, keep_months=True, threads=1)


def test_rows_are_labelled_and_in_order(found):
    assert list(found.runs) == ["regime", "parity", "set", "replicate", *PARAMETERS, *OUTCOMES, "error"]
    assert found.failed == 0
    assert list(found.months) == ["regime", "parity", "set", "replicate", "month", *PATHS]
    labels = [tuple(row) for row in found.runs.iloc[:, :4].itertuples(index=False)]
    assert labels == [
        (r, p, s, k) for r in ("none", "hybrid") for p in ("days", "none") for s in (0, 1) for k in (3, 1)
    ]
    assert len(found.months) == len(labels) * 8
    assert found.units["inadequate_months"] == OUTCOMES["inadequate_months"].unit
    assert set(found.units) == {*PARAMETERS, *OUTCOMES, *PATHS}


def test_a_row_is_what_one_run_gives(found):
    options = {"parameters": SETS[1], "parity": "days", "replicate": 1, "months": 8, "engine": "ensemble"}
    run, none = simulate("hybrid", **options), simulate("none", **options)
    row = found.runs.query("regime == 'hybrid' and parity == 'days' and set == 1 and replicate == 1").iloc[0]
    expected = dict(run.outcomes) | paired_outcomes(run, none)
    np.testing.assert_array_equal([row[name] for name in OUTCOMES], [expected[name] for name in OUTCOMES])
    months = found.months.query("regime == 'hybrid' and parity == 'days' and set == 1 and replicate == 1")
    np.testing.assert_array_equal(months[list(PATHS)], run.months[list(PATHS)])


@pytest.mark.parametrize("threads", [2, 3, None])
def test_the_number_of_threads_changes_nothing(found, threads):
    again = run_ensemble(**ASKED, months=8, keep_months=True, threads=threads)
    pd.testing.assert_frame_equal(again.runs, found.runs, check_exact=True)
    pd.testing.assert_frame_equal(again.months, found.months, check_exact=True)


def test_one_thing_alone_will_do():
    found = run_ensemble(load_regime("gold_dust"), Parameters(), 1, months=2)
    assert found.runs[["regime", "parity", "set", "replicate"]].to_numpy().tolist() == [["gold_dust", "none", 0, 0]]
    assert found.months is None


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"regimes": []}, "regimes: expected one or more, got none"),
        ({"regimes": ["hybird"]}, "unknown regime 'hybird' (nearest: hybrid)"),
        ({"regimes": 3}, "or a list of them, got 3"),
        ({"parameters": []}, "parameters: expected one or more, got none"),
        ({"replicates": 0}, "replicates: expected a whole number from 1"),
        ({"replicates": [0, -1]}, "replicate: expected a whole number from 0"),
        ({"replicates": []}, "replicates: expected one or more, got none"),
        ({"parities": "day"}, "(nearest: days)"),
        ({"months": 0}, "months: expected"),
        ({"regimes": Regime(name="none", title="Mine")}, "no shipped regime has"),
        ({"seed": 2**63}, "seed: expected a whole number from 0 to"),
        ({"threads": 0}, "threads: expected"),
    ],
)
def test_bad_input_is_told_in_one_sentence(wrong, said):
    with pytest.raises(InputError) as caught:
        run_ensemble(**{"regimes": "none", "months": 1, "replicates": 1} | wrong)
    assert said in str(caught.value)


def test_numpys_whole_numbers_are_taken():
    found = run_ensemble("none", None, np.int64(1), months=np.int16(2), seed=np.uint32(5), threads=np.int8(1))
    assert found.runs.equals(run_ensemble("none", None, [0], months=2, seed=5, threads=1).runs)


def test_values_beyond_their_ranges_are_told_of():
    lines = []
    run_ensemble("none", Parameters(best_gap=3), 1, months=1, threads=1, tell=lines.append)
    assert lines == [beyond_ranges([Parameters(best_gap=3)])]


def worst_month(months):
    return months["inadequate"].max()


OWN = {"worst_month": OwnOutcome(worst_month, "councils", "lower", matters=0.5)}


def test_outcomes_of_ones_own_enter_the_table_and_get_a_verdict(tmp_path):
    asked = {"regimes": ["none", "peer_support"], "replicates": 2, "months": 6, "outcomes": OWN}
    found = run_ensemble(**asked, folder=tmp_path / "runs")
    assert found.units["worst_month"] == "councils"
    assert found.runs["worst_month"].iloc[1] == simulate("none", months=6, replicate=1).months["inadequate"].max()
    effect = found.paired_difference("worst_month", "peer_support")
    by_regime = found.runs.groupby("regime")["worst_month"].mean()
    assert effect.difference == pytest.approx(by_regime["peer_support"] - by_regime["none"])
    assert effect.matters == 0.5
    assert effect.verdict == "no verdict"
    pd.testing.assert_frame_equal(run_ensemble(**asked, folder=tmp_path / "runs").runs, found.runs)
    with pytest.raises(InputError):
        run_ensemble(**asked | {"outcomes": None}, folder=tmp_path / "runs")


def test_a_paired_difference_of_what_is_not_there_is_refused():
    found = run_ensemble(["none", "peer_support"], replicates=1, months=1, outcomes=OWN)
    with pytest.raises(InputError, match=r"outcome: .*got 'worst_moth' \(nearest: worst_month\)"):
        found.paired_difference("worst_moth", "peer_support")
    with pytest.raises(InputError, match="regime: expected one of none, peer_support, got 'gold_dust'"):
        found.paired_difference("worst_month", "gold_dust")


def test_what_matters_over_fewer_months_is_less():
    found = run_ensemble(["none", "peer_support"], replicates=1, months=12)
    assert found.paired_difference("inadequate_months", "peer_support").matters == pytest.approx(6.0)


class Loyal(Director):
    """A director who never leaves by choice."""

    def leaves_by_choice(self, *_):
        return False


class LoyalModel(SectorModel):
    """A model of such directors."""

    director_class = Loyal


def test_a_model_of_ones_own_makes_the_runs():
    found = run_ensemble("none", replicates=1, months=3, model=LoyalModel, threads=1)
    assert found.runs["mean_quality"].iloc[0] == simulate("none", months=3, model=LoyalModel).outcomes["mean_quality"]


def breaks_in_one(months):
    """Return the months, where there was no quality above that of the first luck."""
    if months["mean_quality"].iloc[0] == ONE_QUALITY:
        raise ZeroDivisionError("no such month")
    return float(len(months))


ONE_QUALITY = float(simulate("none", months=8, replicate=3).months["mean_quality"].iloc[0])


def test_a_run_that_fails_is_told_and_does_not_end_the_others(found, tmp_path):
    own = {"broken": OwnOutcome(breaks_in_one, "months")}
    said = []
    runs = run_ensemble(
        "none", replicates=[3, 1], months=8, outcomes=own, threads=1, folder=tmp_path / "out", tell=said.append
    )
    assert runs.runs["error"].tolist() == ["ZeroDivisionError: no such month", ""]
    assert runs.runs["broken"].isna().tolist() == [True, False]
    assert runs.runs["inadequate_months"].isna().tolist() == [True, False]
    assert runs.failed == 1
    assert said == ["1 of 2 runs failed: the column error says why"]
    same = found.runs.query("regime == 'none' and parity == 'none' and set == 0 and replicate == 1")
    assert runs.runs["mean_quality"].iloc[1] == same["mean_quality"].iloc[0]
