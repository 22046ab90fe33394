"""What a month avoided costs, and the break-even price of an unpaid day."""

import math
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from experiments.design.design import Label, make_design
from experiments.results.gathered import Gathered
from experiments.statistics.prices import break_even_price
from experiments.studies.comparison.differences import Runs
from experiments.studies.comparison.money import (
    MONEY_COLUMNS,
    PRICES,
    Bill,
    bills,
    money_tables,
    over_worlds,
    price_error,
    price_table,
    shadow_price,
)
from simulation.outcomes.outcomes import OUTCOMES

SETS, REPLICATES = 12, 5


def bill(cash, days, avoided):
    shape = (4, 5)
    noise = np.arange(20.0).reshape(shape) / 10
    return Bill(np.full(shape, cash), np.full(shape, days), avoided + noise)


@pytest.fixture(scope="module")
def design():
    return make_design(
        regimes=["peer_support"], parities=["pounds", "days"], sets=SETS, draw="prior", replicates=REPLICATES
    )


def runs_of(design, peers=-130.0, partners=-120.0, realised=1.0):
    """Runs in which peers take 40,000 unpaid days and 6 million pounds, partners 34 million."""
    shape = (len(design.labels), SETS, REPLICATES)
    found = Gathered(np.zeros((*shape, len(OUTCOMES))), np.ones((*shape, 3)), {})
    names = list(OUTCOMES)
    luck = np.linspace(-10, 10, REPLICATES)
    for place, label in enumerate(design.labels):
        outcomes = found.outcomes[place]
        outcomes[..., names.index("inadequate_months")] = 1000.0
        if label.regime == "peer_support":
            outcomes[..., names.index("inadequate_months")] += peers + luck
            outcomes[..., names.index("programme_cash")] = 6e6
            outcomes[..., names.index("programme_shadow")] = 4e4 * 600.0
            found.realised[place] = realised
        if label.regime == "partners_in_practice":
            outcomes[..., names.index("inadequate_months")] += partners + luck
            outcomes[..., names.index("programme_cash")] = 3.3e7
            outcomes[..., names.index("trust_cost")] = 1e6
    return Runs(design, found)


def test_bills_are_what_was_paid_given_and_avoided(design):
    money, _ = money_tables(design, runs_of(design))
    assert tuple(money) == MONEY_COLUMNS
    row = money.set_index(["parity", "regime"]).loc[("days", "peer_support")]
    assert (row.cash, row.unpaid_days, row.avoided) == pytest.approx((6e6, 4e4, 130.0))
    assert row.avoided_error == pytest.approx(math.sqrt(np.linspace(-10, 10, REPLICATES).var(ddof=1) / REPLICATES))
    assert row.verdict == "likely better"
    partners = money.set_index(["parity", "regime"]).loc[("pounds", "partners_in_practice")]
    assert (partners.cash, partners.unpaid_days) == (3.4e7, 0.0)
    assert partners.cash_per_month_avoided == pytest.approx(3.4e7 / 120.0)


def test_the_break_even_price_is_where_both_cost_the_same(design):
    money, points = money_tables(design, runs_of(design))
    assert points["regime"].tolist() == ["peer_support", "peer_support"]
    point = points.iloc[0]
    costs = price_table(money, [point.price]).query("parity == 'pounds'").set_index("regime")["cost"]
    assert costs["peer_support"] == pytest.approx(costs["partners_in_practice"])
    assert 0 < point.price_error < point.price
    assert (point.worlds, point.stated) == (SETS, True)


@pytest.mark.parametrize("doubtful", [{"peers": 5.0}, {"partners": 0.0}, {"realised": 0.5}])
def test_no_price_is_stated_unless_both_are_better_than_no_programme(design, doubtful):
    _, points = money_tables(design, runs_of(design, **doubtful))
    assert points["stated"].tolist() == [False, False]


def test_a_bill_is_held_to_its_parity(design):
    money, _ = money_tables(design, runs_of(design, realised=0.5))
    verdicts = money.set_index(["parity", "regime"])["verdict"]
    assert verdicts["days", "peer_support"] == "parity not met"
    assert verdicts["days", "partners_in_practice"] == "likely better"


def test_prices_are_valued_from_the_bills_alone(design):
    money, _ = money_tables(design, runs_of(design))
    curve = price_table(money, [0.0, 300.0])
    row = curve.set_index(["parity", "regime", "price"]).loc[("pounds", "peer_support", 300.0)]
    assert row.cost == pytest.approx((6e6 + 300.0 * 4e4) / 130.0)
    assert row.low < row.cost < row.high
    assert price_table(money)["price"].drop_duplicates().tolist() == list(PRICES)


def test_a_month_that_was_not_avoided_has_no_cost(design):
    money, points = money_tables(design, runs_of(design, peers=5.0))
    curve = price_table(money, [0.0, 300.0])
    assert curve.loc[curve["regime"] == "peer_support", ["cost", "low", "high"]].isna().all(axis=None)
    assert points["price"].isna().all()
    assert price_table(pd.DataFrame(columns=list(MONEY_COLUMNS))).empty


def test_where_there_may_be_nothing_avoided_the_cost_has_no_upper_end(design):
    money, _ = money_tables(design, runs_of(design, peers=-2.0))
    curve = price_table(money, [300.0]).set_index(["parity", "regime"])
    assert math.isinf(curve.loc[("pounds", "peer_support"), "high"].item())


def test_the_break_even_price_lies_within_its_worlds():
    peers, partners = bill(6e6, 4e4, 130.0), bill(3.4e7, 0.0, 120.0)
    price = break_even_price(peers.effect(), partners.effect())
    number, low, high = over_worlds(peers, partners)
    assert low <= price <= high
    assert number == 4
    assert 0 < price_error(peers, partners) < price


def test_a_price_has_no_error_where_there_may_be_nothing_avoided():
    weak = Bill(*(np.full((4, 5), value) for value in (3.4e7, 0.0)), np.tile([-200.0, 200.0, 1, -100, 120], (4, 1)))
    assert math.isnan(price_error(bill(6e6, 4e4, 130.0), weak))


def test_unpaid_days_are_unknown_where_arms_have_several_shadow_prices(design):
    def regime(*prices):
        return SimpleNamespace(name="own", arms=[SimpleNamespace(shadow_price_per_day=price) for price in prices])

    assert shadow_price(regime(600.0, 400.0)) is None
    assert shadow_price(regime(600.0, 0.0)) == 600.0
    assert shadow_price(regime(0.0)) == shadow_price(regime()) == 0.0
    own = SimpleNamespace(regimes=[*design.regimes, regime(600.0, 400.0)])
    assert set(bills(own, runs_of(design), "days")) == {"partners_in_practice", "peer_support"}
    assert Label("days", "none") in design.labels
