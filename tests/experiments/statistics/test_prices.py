"""Prices: where two regimes cost the same, and how sure that is."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from experiments.statistics.prices import Effect, break_even_price, cost_per_month_avoided, price_curve

# Partners pay 1,000 a day for 100 days and avoid 10 months: 10,000 a month. Peers pay 150 for 200 days and avoid 15.
PARTNERS = Effect(cash=100_000.0, unpaid_days=0.0, avoided=10.0, avoided_error=5.0 / 1.96)
PEERS = Effect(cash=30_000.0, unpaid_days=200.0, avoided=15.0, avoided_error=15.0 / 1.96)


def test_the_break_even_price_makes_both_cost_the_same():
    price = break_even_price(PEERS, PARTNERS)
    assert price == pytest.approx(600.0)
    peers = cost_per_month_avoided(PEERS.cost(price), PEERS.avoided)
    assert peers == pytest.approx(cost_per_month_avoided(PARTNERS.cost(price), PARTNERS.avoided))


@given(st.floats(1, 1e6), st.floats(1, 1e4), st.floats(1, 1e3), st.floats(1, 1e6), st.floats(0, 1e4), st.floats(1, 1e3))
def test_any_break_even_price_makes_both_cost_the_same(cash, days, avoided, cash_b, days_b, avoided_b):
    a, b = Effect(cash, days, avoided), Effect(cash_b, days_b, avoided_b)
    price = break_even_price(a, b)
    if math.isfinite(price):
        left, right = (cost_per_month_avoided(x.cost(price), x.avoided) for x in (a, b))
        size = max(abs(price) * days / avoided, cash / avoided, cash_b / avoided_b)
        assert left == pytest.approx(right, abs=1e-6 * size)


def test_where_nothing_is_avoided_there_is_no_price():
    harmful = Effect(cash=1.0, unpaid_days=1.0, avoided=-3.0)
    assert math.isnan(break_even_price(harmful, PARTNERS))
    assert math.isnan(break_even_price(PEERS, harmful))
    assert math.isnan(break_even_price(PARTNERS, PARTNERS))
    assert math.isnan(cost_per_month_avoided(5.0, 0.0))
    assert price_curve(harmful, [0.0, 1.0]).empty


def test_the_curve_rises_with_the_price_and_carries_the_error_of_what_was_avoided():
    curve = price_curve(PEERS, [0.0, 600.0])
    assert curve["cost"].tolist() == pytest.approx([2_000.0, 10_000.0])
    assert curve["low"].tolist() == pytest.approx([1_000.0, 5_000.0])
    assert np.isinf(curve["high"]).all()
    assert price_curve(PARTNERS, [0.0])["high"].tolist() == pytest.approx([20_000.0])
    assert price_curve(Effect(1.0, 1.0, 1.0), [0.0])["high"].isna().all()
