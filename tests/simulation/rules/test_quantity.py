"""R1: how much support an arm brings, rule by rule; whole regimes are in `tests/simulation/regimes/test_parity.py`."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from simulation import Parameters, load_regime
from simulation.premises import (
    ALL_WHO_MAY,
    AS_STATED,
    CHIEFS_SHIFT,
    DAYS,
    DIRECTOR_DAYS,
    OWN_SHARE,
    OWN_SHIFT,
    PARTNERS_SHIFT,
    PEERS_SHIFT,
    POUNDS,
    SHARE_PAID,
    SHARE_UNPAID,
)
from simulation.regimes import PARITIES
from simulation.regimes.parity import arm_levers, parity_number
from simulation.rules.quantity import (
    budget,
    days_at,
    delivery,
    givers_in_sector,
    givers_of_same_capacity,
    last_limited_day,
    limited_day,
    pledged_day,
    reference,
    share_in_person,
    shift_of_attention,
    write_deployment,
    write_terms,
)
from simulation.state import OPEN_END, UNLIMITED

P = Parameters(
    unpaid_delivery=0.5,
    director_share_paid=0.1,
    director_share_unpaid=0.2,
    attention_shift_partners=0.01,
    attention_shift_peers=0.02,
    attention_shift_chiefs=0.03,
)
(PARTNERS,) = arm_levers(load_regime("partners_in_practice"))
(PEERS,) = arm_levers(load_regime("peer_support"))


def test_parities_have_the_numbers_by_which_rules_know_them():
    assert PARITIES == ("pounds", "days", "director_days", "none")
    peers, trusts = load_regime("peer_support"), load_regime("childrens_trust")
    assert [parity_number(peers, parity) for parity in PARITIES] == [POUNDS, DAYS, DIRECTOR_DAYS, AS_STATED]
    assert {parity_number(trusts, parity) for parity in PARITIES} == {AS_STATED}


def test_the_reference_is_partners_in_practice():
    assert [reference(P, parity) for parity in (POUNDS, DAYS, DIRECTOR_DAYS)] == [336_000, 336, pytest.approx(33.6)]


def test_unpaid_days_are_not_all_delivered():
    assert (delivery(PARTNERS, P), delivery(PEERS, P)) == (1.0, 0.5)


def test_a_share_and_a_shift_stand_in_the_arm_or_in_a_parameter():
    arms = [replace(PARTNERS, director_share=0.7, share_of=of) for of in (OWN_SHARE, SHARE_PAID, SHARE_UNPAID)]
    assert [share_in_person(arm, P) for arm in arms] == [0.7, 0.1, 0.2]
    places = (OWN_SHIFT, PARTNERS_SHIFT, PEERS_SHIFT, CHIEFS_SHIFT)
    arms = [replace(PARTNERS, attention_shift=-0.1, shift_of=of) for of in places]
    assert [shift_of_attention(arm, P) for arm in arms] == [-0.1, 0.01, 0.02, 0.03]


def test_a_pledged_day_counts_what_of_it_is_delivered():
    assert [pledged_day(PARTNERS, P, parity) for parity in range(4)] == [1000.0, 1.0, 0.1, 1.0]
    assert [pledged_day(PEERS, P, parity) for parity in range(4)] == [375.0, 0.5, 0.1, 0.5]


def test_a_budget_is_the_arms_share_of_the_reference_in_its_own_days():
    half = replace(PEERS, share=0.5)
    assert [budget(half, P, parity) for parity in range(3)] == pytest.approx([448.0, 336.0, 168.0])
    assert budget(PARTNERS, P, AS_STATED) == 336.0
    assert budget(PEERS, P, AS_STATED) == UNLIMITED
    free = replace(PARTNERS, cash_per_day=0.0)
    assert (budget(free, P, POUNDS), budget(replace(free, share=0.0), P, POUNDS)) == (UNLIMITED, 0.0)


def test_worth_is_reckoned_beside_the_last_arm_that_is_limited():
    free = replace(PARTNERS, cash_per_day=0.0)
    assert [limited_day(arm, P, POUNDS) for arm in (PARTNERS, PEERS, free)] == [1000.0, 375.0, 0.0]
    assert last_limited_day((PARTNERS, PEERS, free), P, POUNDS) == 375.0
    assert last_limited_day((free,), P, POUNDS) == last_limited_day((), P, POUNDS) == 1.0


def test_givers_are_rounded_up_and_all_who_may_are_all():
    assert [givers_in_sector(PARTNERS, scale) for scale in (1.0, 0.5, 1 / 14, 0.9, 0.0)] == [14, 7, 1, 13, 0]
    assert PEERS.givers == ALL_WHO_MAY
    assert givers_in_sector(PEERS, 0.1) == OPEN_END


def test_levers_are_swept_over_their_range_and_givers_keep_their_capacity():
    assert [days_at(4.0, 14.0, quantile) for quantile in (0.0, 0.25, 1.0)] == [4.0, 6.5, 14.0]
    assert [givers_of_same_capacity(14, 24.0, days) for days in (24.0, 12.0, 18.0, 1000.0)] == [14, 28, 19, 1]
    assert [givers_of_same_capacity(givers, 1.0, 2.0) for givers in range(1, 8)] == [1, 1, 2, 2, 2, 3, 4]


def test_terms_are_for_a_sector_of_its_size():
    term = SimpleNamespace()
    write_terms(term, PEERS, 750.0, 0.5, P, POUNDS)
    assert term.budget == pytest.approx(336_000 / 375 / 2)
    assert (term.worth, term.givers) == (0.5, OPEN_END)
    assert term.days_per_receiver == pytest.approx(6.5 / 0.5)
    assert (term.days_per_giver, term.receiver_rule, term.labels) == (8.0, PEERS.receiver_rule, False)
    assert (term.director_share, term.attention_shift) == (0.2, 0.02)


def test_a_deployment_begins_with_its_first_arm():
    whole, terms = SimpleNamespace(), [SimpleNamespace(), SimpleNamespace()]
    with_trusts, without = True, False
    arms = (replace(PARTNERS, first_month=7), replace(PARTNERS, first_month=5))
    write_deployment(whole, terms, arms, with_trusts, 76, P, AS_STATED)
    assert vars(whole) == {"trusts": True, "trust_budget": 168_000.0, "first_month": 5}
    assert [term.first_month for term in terms] == [7, 5]
    write_deployment(whole, [], (), without, 76, P, AS_STATED)
    assert vars(whole) == {"trusts": False, "trust_budget": 0.0, "first_month": OPEN_END}
