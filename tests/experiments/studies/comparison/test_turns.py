"""The table of turns: of the headline's two regimes, at each parity, over the worlds that met it."""

from types import SimpleNamespace

import numpy as np
import pandas as pd

from experiments.design.design import Label
from experiments.design.parameter_sets import LEVER_QUANTILES
from experiments.design.uncertain import uncertain_numbers
from experiments.studies.comparison.turns import TURNS_COLUMNS, turns_table

SETS, REPLICATES = 90, 5
REGIMES = ["none", "partners_in_practice", "hybrid"]


def runs(numbers, counts=None):
    """Runs in which the hybrid does better where transfer_rate is low."""
    luck = np.random.default_rng(5).normal(0.0, 20.0, (SETS, REPLICATES))

    def outcome(label, name):
        assert name == "inadequate_months"
        effect = 400.0 * (numbers["transfer_rate"] - 0.4)
        return luck * (label.regime == "hybrid") + (effect[:, None] if label.regime == "hybrid" else 0.0)

    return SimpleNamespace(outcome=outcome, counts=lambda _: counts, weights=None)


def numbers():
    random = np.random.default_rng(4)
    return {name: random.random(SETS) for name in ("transfer_rate", "best_gap", *LEVER_QUANTILES)}


def test_the_headline_s_two_regimes_have_their_turn_at_every_parity():
    drawn = numbers()
    table = turns_table(runs(drawn), ("pounds", "days"), REGIMES, drawn)
    assert tuple(table.columns) == TURNS_COLUMNS
    first = table[table["place"] == 1]
    assert list(first["parity"]) == ["pounds", "days"]
    assert set(first["parameter"]) == {"transfer_rate"}
    assert set(zip(table["regime"], table["baseline"], strict=True)) == {("hybrid", "partners_in_practice")}
    assert first["turns"].all()
    assert (first["value"] - 0.4).abs().max() < 0.05
    assert (first["share_below"] > 0.8).all()
    assert (first["share_above"] < 0.2).all()


def test_worlds_that_missed_the_parity_are_not_counted():
    drawn = numbers()
    counts = np.arange(SETS) % 2 == 0
    (row,) = turns_table(runs(drawn, counts), ("pounds",), REGIMES, drawn).head(1).to_dict("records")
    assert row["worlds_below"] + row["worlds_above"] == counts.sum()


def test_with_nothing_to_compare_there_is_no_row():
    drawn = numbers()
    assert turns_table(runs(drawn), ("pounds",), ["none"], drawn).empty
    assert Label("pounds", "none").regime == "none"


def test_uncertain_numbers_are_the_parameters_and_the_levers_that_were_drawn(small_results):
    drawn = uncertain_numbers(small_results.sets)
    assert {"transfer_rate", *LEVER_QUANTILES} <= set(drawn)
    assert "weight" not in drawn
    held = pd.DataFrame(small_results.sets).assign(giver_quantile=np.nan)
    assert "giver_quantile" not in uncertain_numbers(held)


def test_a_comparison_of_two_sets_has_the_table_without_rows(small_results):
    assert tuple(small_results.turns.columns) == TURNS_COLUMNS
    assert small_results.turns.empty
