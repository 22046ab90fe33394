"""Few days or many: differences over thirds of the sets by each lever, with ranks, judged as the comparison judges."""

from dataclasses import replace

import numpy as np
import pytest

from experiments.design.design import make_design
from experiments.results.gathered import Gathered
from experiments.statistics.thirds import THIRDS
from experiments.studies.comparison.by_lever import BY_LEVER_COLUMNS, by_lever_table
from experiments.studies.comparison.differences import Runs
from simulation.outcomes.outcomes import OUTCOMES

SETS, REPLICATES = 36, 5
KEY = ["lever", "third", "parity", "regime", "baseline"]


@pytest.fixture(scope="module")
def design():
    return make_design(
        regimes=["peer_support", "hybrid"], parities=["pounds"], sets=SETS, draw="prior", replicates=REPLICATES
    )


def runs_of(design, values, realised=None):
    """Runs whose every outcome is that of their regime and set, with a little luck."""
    shape = (len(design.labels), len(design.sets), design.replicates)
    luck = np.linspace(-1, 1, design.replicates) * 1e-3
    outcomes = np.stack([np.broadcast_to(values(label.regime), shape[1:]) + luck for label in design.labels])
    spent = np.stack([np.full(shape[1:], (realised or {}).get(label.regime, 1.0)) for label in design.labels])
    found = Gathered(np.repeat(outcomes[..., None], len(OUTCOMES), -1), np.repeat(spent[..., None], 3, -1), {})
    return Runs(design, found)


def by_place(design, lever):
    """A number for each set that rises with a lever, shape (sets, 1)."""
    quantiles = np.array([getattr(one, lever) for one in design.sets])
    return quantiles.argsort().argsort()[:, None]


def test_each_third_says_what_its_sets_say(design):
    place = by_place(design, "giver_quantile")
    noise = np.array([1.0, 1.1, 1.2, 1.3, 1.4])

    def values(regime):
        return {"none": 0.0, "partners_in_practice": -5.0 * noise, "peer_support": -place * noise, "hybrid": -1.0}[
            regime
        ]

    table = by_lever_table(design, runs_of(design, values))
    assert tuple(table) == BY_LEVER_COLUMNS
    assert len(table) == 2 * 3 * (2 * 2 + 2)
    found = table.set_index(KEY).loc["giver_quantile"]
    for third, mean in zip(THIRDS, (5.5, 17.5, 29.5), strict=True):
        row = found.loc[(third, "pounds", "peer_support", "none")]
        assert row.difference == pytest.approx(-1.2 * mean)
        assert (row.worlds, row.replicates, row.verdict) == (12, REPLICATES, "likely better, but by less than matters")
    ranks = found.xs("none", level="baseline")["rank"].unstack("regime")
    assert ranks.loc["low"].to_dict("records") == [{"hybrid": 3, "partners_in_practice": 2, "peer_support": 1}]
    assert ranks.loc["high", "peer_support"].tolist() == [1]
    against = found.xs("partners_in_practice", level="baseline")["rank"].unstack("regime")
    assert against.loc["low"].to_dict("records") == [{"hybrid": 2, "none": 3, "peer_support": 1}]


def test_thirds_are_held_to_the_parity(design):
    found = runs_of(design, lambda _: 0.0, {"hybrid": 0.5})
    table = by_lever_table(design, found)
    assert set(table.loc[table["regime"] == "hybrid", "verdict"]) == {"parity not met"}
    assert "parity not met" not in set(table.loc[table["regime"] == "peer_support", "verdict"])


def test_a_set_counts_by_its_weight(design):
    place = by_place(design, "receiver_quantile")
    heaviest = int(place.argmin())
    weights = [1e6 if number == heaviest else 1.0 for number in range(SETS)]
    heavy = replace(
        design, sets=tuple(replace(one, weight=weight) for one, weight in zip(design.sets, weights, strict=True))
    )

    def values(regime):
        return place.astype(float) if regime == "hybrid" else 0.0

    found = by_lever_table(heavy, runs_of(heavy, values)).set_index(KEY).loc["receiver_quantile"]
    plain = by_lever_table(design, runs_of(design, values)).set_index(KEY).loc["receiver_quantile"]
    row = ("pounds", "hybrid", "none")
    assert found.loc[("low", *row)].difference == pytest.approx(0.0, abs=1e-3)
    assert plain.loc[("low", *row)].difference == pytest.approx(5.5)
    assert found.loc[("high", *row)].difference == plain.loc[("high", *row)].difference


def test_a_third_without_runs_has_no_rank(design):
    found = runs_of(design, lambda regime: np.nan if regime == "hybrid" else 0.0)
    table = by_lever_table(design, found).set_index(KEY).xs("none", level="baseline")
    assert table.xs("hybrid", level="regime")["rank"].isna().all()
    assert set(table.xs("peer_support", level="regime")["rank"]) <= {1, 2}


@pytest.mark.parametrize("few", [{"sets": 5}, {"levers": "fixed", "sets": 9}])
def test_fixed_levers_and_few_sets_have_a_table_without_rows(few):
    design = make_design(regimes=["hybrid"], parities=["pounds"], draw="prior", replicates=1, **few)
    table = by_lever_table(design, runs_of(design, lambda _: 0.0))
    assert tuple(table) == BY_LEVER_COLUMNS
    assert table.empty
