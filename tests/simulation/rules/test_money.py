"""E16 and R2: the ledger in whole pence, and trusts, against values worked out by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.rules.money import (
    bill_failure,
    bill_gap,
    bill_trust,
    failure_cost,
    failure_share,
    is_over_budget,
    monthly_budget,
    pence,
)
from simulation.rules.removal import decides_trust, lead_trust, money_left, start_trust
from simulation.rules.totals import total_budget
from simulation.state import GOOD, INADEQUATE, REQUIRES_IMPROVEMENT, DirectorState, SectorState


@pytest.mark.parametrize(
    ("pounds", "expected"), [(0.0, 0), (1.0, 100), (0.125, 13), (0.004, 0), (2.345e9, 234_500_000_000)]
)
def test_pounds_become_whole_pence(pounds, expected):
    assert pence(pounds) == expected
    assert type(pence(pounds)) is int


@given(st.floats(0, 1e10))
def test_pence_are_never_more_than_half_a_penny_off(pounds):
    assert abs(pence(pounds) / 100 - pounds) <= 0.005 + 1e-5


def test_a_council_spends_21250_pounds_a_year_a_child_in_need():
    assert monthly_budget(1200.0) == 21_250 * 100


def test_the_extra_spending_after_a_failure_by_year():
    years = [(0, 11, 0.047), (12, 23, 0.121), (24, 35, 0.102), (36, 47, 0.122), (48, 500, 0.0)]
    for first, last, share in years:
        assert failure_share(first) == failure_share(last) == share
    assert failure_share(-1) == 0.0


def test_failure_and_funding_gap_are_shares_of_the_budget(council):
    one = council(monthly_budget=1_000_000.0, months_since_inadequate=12)
    assert failure_cost(one) == 12_100_000
    sector = SectorState(gap=0.23, monthly_budget=3_000_000.0)
    for months in (12, -1, 47):
        one.months_since_inadequate = months
        bill_failure(one, sector)
    assert sector.failure_cost == 12_100_000 + 0 + 12_200_000
    bill_gap(sector)
    assert sector.funding_gap == 3 * 23_000_000
    assert sector.spent == 0


def test_the_national_budget_is_the_sum_of_the_councils(council):
    assert total_budget([council(monthly_budget=1.5), council(monthly_budget=2.0)]) == 3.5


def test_a_trust_costs_three_million_when_decided_and_300_thousand_a_year(council, coefficients):
    sector = SectorState()
    one = council(trust_from=5 + 18)
    for month in range(5, 5 + 24):
        bill_trust(one, sector, month, coefficients())
    assert sector.trust_cost == sector.spent == 300_000_000 + 24 * 2_500_000
    assert sector.spent_on_trusts == sector.spent
    bill_trust(council(), sector, 30, coefficients())
    assert sector.trust_cost == sector.spent == 300_000_000 + 24 * 2_500_000


@pytest.mark.parametrize(
    ("before", "grade", "below_cut", "decided"),
    [
        (GOOD, INADEQUATE, 1.01, True),
        (GOOD, INADEQUATE, 0.99, False),
        (INADEQUATE, INADEQUATE, 0.01, True),
        (REQUIRES_IMPROVEMENT, INADEQUATE, 0.5, False),
        (INADEQUATE, REQUIRES_IMPROVEMENT, -0.5, False),
    ],
)
def test_a_trust_is_decided_on_a_bad_failure_or_a_second(c, council, before, grade, below_cut, decided):
    assert decides_trust(council(), before, grade, c.inadequate_cut - below_cut, c) is decided


def test_a_council_has_one_trust_at_most(c, council):
    assert not decides_trust(council(trust_from=30), INADEQUATE, INADEQUATE, -9.0, c)


def test_a_trust_begins_with_at_least_some_alarm(c, council):
    for alarm, then in ((0.1, 0.4), (0.9, 0.9)):
        one = council(alarm=alarm)
        start_trust(one, c)
        assert (one.trust_months, one.alarm) == (0, then)


def test_a_trusts_leader_is_able_and_has_served_before():
    leader = DirectorState()
    lead_trust(leader, -0.5)
    assert (leader.ability, leader.months_as_director, leader.months_in_post) == (pytest.approx(-0.1), 30, 0)


@pytest.mark.parametrize(
    ("elapsed", "spent", "days"),
    [
        (0, 0, 336.0),
        (3, 3 * 336_000, 336.0),
        (3, 3 * 336_000 + 300_000, 236.0),
        (12, 15 * 336_000, 0.0),
        (12, 20_000_000, 0.0),
        (12, 0, 336.0),
    ],
)
def test_partners_share_each_quarter_what_trusts_leave(arm, elapsed, spent, days):
    assert money_left(arm(), 336_000.0, elapsed, spent * 100) == pytest.approx(days)


@pytest.mark.parametrize(
    ("month", "spent", "over"), [(0, 336_000, False), (0, 336_001, True), (4, 3 * 336_000, False), (4, 0, False)]
)
def test_trusts_that_alone_cost_more_than_the_money_so_far_cannot_be_had(month, spent, over):
    sector = SectorState(month=month, spent_on_trusts=spent * 100, spent=10**12)
    assert is_over_budget(sector, 336_000.0, 0) is over
    later = SectorState(month=month + 2, spent_on_trusts=spent * 100)
    assert is_over_budget(later, 336_000.0, 2) is over
