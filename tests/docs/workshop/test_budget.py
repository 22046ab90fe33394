"""The purse: prices are those of the model, all columns bind, and a programme is the regime that it is said to be."""

import pytest
from budget import (
    ENGAGED_PEER,
    MIXED,
    PARTNER,
    PEER,
    Programme,
    bill_of,
    faults_of,
    middle,
    most_of_mixed,
    price,
    purse_of,
)
from rounds import regime_of

from simulation.parameters import PARAMETERS
from simulation.regimes import load_regime


@pytest.mark.parametrize("regime", [PARTNER, PEER, ENGAGED_PEER])
def test_prices_are_those_of_the_regimes(workshop, regime):
    (arm,) = load_regime(regime).arms
    share, delivery = PARAMETERS[arm.director_share], PARAMETERS["unpaid_delivery"]
    delivered = 12 * arm.days_per_giver * (1 if arm.paid else (delivery.low + delivery.high) / 2)
    bill = price(workshop, regime)
    assert bill.pledged == 12 * arm.days_per_giver
    assert bill.delivered == pytest.approx(delivered)
    assert bill.cash == pytest.approx(delivered * arm.cash_per_day)
    assert bill.unpaid == pytest.approx(delivered * arm.shadow_price_per_day)
    assert bill.director_days == pytest.approx(delivered * (share.low + share.high) / 2)


def test_paid_and_unpaid_days_take_as_much_of_a_director():
    assert middle("director_share_paid") == middle("director_share_unpaid")


def test_the_purse_is_what_the_partners_take(workshop):
    reference = load_regime(PARTNER).arms[0]
    assert workshop.purse["partners"] == reference.givers
    assert purse_of(workshop).cash == 12 * reference.days * reference.cash_per_day
    assert bill_of(workshop, Programme(14, 0)).director_days == pytest.approx(purse_of(workshop).director_days)


@pytest.mark.parametrize(
    ("programme", "faults"),
    [
        (Programme(0, 60), 0),
        (Programme(0, 61), 1),
        (Programme(7, 30), 0),
        (Programme(7, 31), 1),
        (Programme(0, 40, chiefs=True), 0),
        (Programme(0, 41, chiefs=True), 1),
        (Programme(8, 1), 1),
        (Programme(1, 41), 1),
        (Programme(1, 1, chiefs=True), 1),
        (Programme(14, 0), 1),
        (Programme(0, 100, chiefs=True), 2),
    ],
)
def test_every_column_binds(workshop, programme, faults):
    assert len(list(faults_of(workshop, programme))) == faults


def test_a_mixed_programme_is_within_what_the_hybrid_pledges():
    hybrid = load_regime(MIXED)
    for most, arm, alone in zip(most_of_mixed(), hybrid.arms, (PARTNER, PEER), strict=True):
        assert most * arm.days_per_giver == arm.days
        same = ("days_per_giver", "cash_per_day", "director_share", "paid", "shadow_price_per_day")
        assert [getattr(arm, name) for name in same] == [getattr(load_regime(alone).arms[0], name) for name in same]


@pytest.mark.parametrize(
    ("programme", "regime", "givers"),
    [
        (Programme(0, 33), PEER, [33]),
        (Programme(0, 20, chiefs=True, days_per_receiver=9.0), ENGAGED_PEER, [20]),
        (Programme(3, 12, days_per_receiver=5.5), MIXED, [3, 12]),
    ],
)
def test_a_programme_is_run_as_it_was_bought(workshop, programme, regime, givers):
    own = workshop.rounds[3].with_own(programme.regime, programme.levers)
    arms = regime_of(own, programme.regime).arms
    assert programme.regime == regime
    assert [arm.givers for arm in arms] == givers
    for arm, shipped in zip(arms, load_regime(regime).arms, strict=True):
        assert arm.days_per_giver == shipped.days_per_giver
        assert arm.days_per_giver_range is None
        assert not arm.givers_follow
        dose = programme.days_per_receiver
        assert arm.days_per_receiver == (dose or shipped.days_per_receiver)
        assert arm.days_per_receiver_range == (None if dose else shipped.days_per_receiver_range)


def test_programmes_that_differ_have_folders_of_their_own():
    programmes = [
        Programme(0, 3),
        Programme(3, 0),
        Programme(0, 3, chiefs=True),
        Programme(0, 3, days_per_receiver=4.5),
    ]
    assert len({one.slug for one in programmes}) == len(programmes)
