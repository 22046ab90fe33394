"""The table of what is worth knowing: of the headline's two regimes, at each parity, priced where it can be."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from experiments.design.parameter_groups import PARAMETER_GROUPS
from experiments.results.worth_rows import KNOWING_COLUMNS
from experiments.studies.comparison.knowing import knowing_table

SETS, REPLICATES = 120, 4
REGIMES = ["none", "partners_in_practice", "peer_support"]


@pytest.fixture(scope="module")
def drawn():
    random = np.random.default_rng(4)
    return {name: random.random(SETS) for name in ("transfer_rate", "overload_cost", "hiring_time", "giver_quantile")}


@pytest.fixture(scope="module")
def runs(drawn):
    """Runs in which peers do better where a day teaches little."""
    luck = np.random.default_rng(5).normal(0.0, 20.0, (SETS, REPLICATES))

    def outcome(label, name):
        assert name == "inadequate_months"
        effect = 400.0 * (drawn["transfer_rate"] - 0.5)[:, None] + luck
        return effect if label.regime == "peer_support" else np.zeros((SETS, REPLICATES))

    return SimpleNamespace(outcome=outcome, counts=lambda _: None, weights=None)


def bills(verdict):
    row = {"parity": "pounds", "regime": "partners_in_practice", "cash_per_month_avoided": 1000.0, "verdict": verdict}
    return pd.DataFrame([row])


def test_what_decides_is_worth_knowing_and_the_rest_is_not(runs, drawn):
    table = knowing_table(runs, ("pounds", "days"), REGIMES, drawn, bills("likely better"))
    assert tuple(table.columns) == KNOWING_COLUMNS
    assert set(zip(table["regime"], table["baseline"], strict=True)) == {("peer_support", "partners_in_practice")}
    first = table[table["parity"] == "pounds"].set_index("name")
    # The better of the two, difference known, against either: the mean of 400 |u - 1/2| / 2 for u uniform.
    assert first.loc["transfer_rate", "worth"] == pytest.approx(
        50.0, abs=2.5 * first.loc["transfer_rate", "worth_error"]
    )
    assert first.loc["what a day teaches", "worth"] == pytest.approx(first.loc["transfer_rate", "worth"], rel=0.1)
    for name in ("overload_cost", "hiring_time", "giver_quantile", "what giving costs", "directors' market"):
        assert first.loc[name, "worth"] < 2 * first.loc[name, "worth_error"]
    assert "chiefs' attention" not in first.index
    assert list(first["kind"]) == ["group"] * 3 + ["number"] * 4
    assert set(first.index[:3]) < set(PARAMETER_GROUPS)


def test_it_is_priced_where_the_partners_are_sure_to_avoid_months_and_nowhere_else(runs, drawn):
    table = knowing_table(
        runs, ("pounds", "days"), REGIMES, drawn, bills("very likely better, but by less than matters")
    )
    at_pounds = table["parity"] == "pounds"
    assert table.loc[at_pounds, "pounds"].to_numpy() == pytest.approx(1000.0 * table.loc[at_pounds, "worth"].to_numpy())
    assert table.loc[~at_pounds, ["price", "pounds"]].isna().all(axis=None)
    for money in (None, bills("too close to call")):
        assert knowing_table(runs, ("pounds",), REGIMES, drawn, money)["pounds"].isna().all()


def test_with_few_worlds_or_nothing_to_choose_there_is_no_row(runs, drawn, small_results):
    assert knowing_table(runs, ("pounds",), ["none"], drawn).empty
    assert tuple(small_results.knowing.columns) == KNOWING_COLUMNS
    assert small_results.knowing.empty
