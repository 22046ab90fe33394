"""The table of regret: every choice against the best of each world, at each parity."""

import numpy as np
import pytest

from experiments.design.design import make_design
from experiments.results.gathered import Gathered
from experiments.studies.comparison.differences import Runs
from experiments.studies.comparison.regret import REGRET_COLUMNS, regret_table
from simulation.outcomes.outcomes import OUTCOMES

SETS, REPLICATES = 12, 5


@pytest.fixture(scope="module")
def design():
    return make_design(
        regimes=["peer_support", "hybrid"], parities=["days", "none"], sets=SETS, draw="prior", replicates=REPLICATES
    )


def table_of(design, runs):
    names = [regime.name for regime in design.regimes]
    return regret_table(runs, design.parities, names, sets=len(design.sets), replicates=design.replicates)


def runs_of(design, values, realised=None):
    """Runs whose council-months inadequate are those of their regime and set, without luck."""
    shape = (len(design.labels), SETS, REPLICATES)
    found = Gathered(np.zeros((*shape, len(OUTCOMES))), np.ones((*shape, 3)), {})
    for place, label in enumerate(design.labels):
        found.outcomes[place, ..., 0] = 1000.0 + np.asarray(values[label.regime])[..., None]
        found.realised[place] = (realised or {}).get(label.regime, 1.0)
    return Runs(design, found)


def test_the_regime_of_least_regret_is_the_one_that_loses_least_on_average(design):
    turned = np.where(np.arange(SETS) < 3, 90.0, -120.0)
    values = {"none": 0.0, "partners_in_practice": np.full(SETS, -65.0), "peer_support": turned, "hybrid": -60.0}
    values = {name: np.broadcast_to(value, SETS) for name, value in values.items()}
    table = table_of(design, runs_of(design, values))
    assert tuple(table) == REGRET_COLUMNS
    found = table[table["parity"] == "days"].set_index("regime")
    assert found.loc["partners_in_practice", "mean"] == pytest.approx(55 * 9 / 12)
    assert found.loc["peer_support", "mean"] == pytest.approx(155 * 3 / 12)
    assert found.loc["peer_support", "worst_tenth"] == pytest.approx(155.0)
    assert found.loc["none", "mean"] == pytest.approx((120 * 9 + 65 * 3) / 12)
    assert found.index[found["least"]].tolist() == ["peer_support"]
    assert set(found["worlds"]) == {SETS}


def test_what_missed_the_parity_is_no_choice_and_its_worlds_are_left_out(design):
    values = {name: np.full(SETS, value) for name, value in (("none", 0.0), ("partners_in_practice", -65.0))}
    values |= {"peer_support": np.full(SETS, -100.0), "hybrid": np.full(SETS, -500.0)}
    half = np.where(np.arange(SETS) < 2, 0.5, 1.0)[:, None, None]
    table = table_of(design, runs_of(design, values, {"hybrid": 0.5, "peer_support": half}))
    found = table[table["parity"] == "days"].set_index("regime")
    assert np.isnan(found.loc["hybrid", "mean"])
    assert not found.loc["hybrid", "least"]
    assert found.loc["partners_in_practice", ["mean", "worlds"]].tolist() == [pytest.approx(35.0), 10]
    alone = table[table["parity"] == "none"].set_index("regime")
    assert alone.index[alone["least"]].tolist() == ["hybrid"]


def test_few_sets_or_replicates_name_no_regime(design):
    values = {name: np.zeros(SETS) for name in ("none", "partners_in_practice", "peer_support", "hybrid")}
    few = runs_of(design, values, {"peer_support": np.where(np.arange(SETS) < 3, 0.5, 1.0)[:, None, None]})
    found = table_of(design, few)
    assert not found.loc[found["parity"] == "days", "least"].any()
