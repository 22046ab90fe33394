"""Parity: what is held equal to Partners in Practice, and how a regime is run in a sector of another size."""

import math
from dataclasses import replace

import pytest

from simulation import (
    PARITIES,
    REGIMES,
    Parameters,
    Regime,
    Scenario,
    SectorModel,
    deploy,
    load_regime,
    simulate,
)
from simulation.errors import InputError

PARAMETERS = Parameters(unpaid_delivery=0.8, director_share_paid=0.1, director_share_unpaid=0.2)
"""Under these, a pledged unpaid day is 0.8 delivered days."""


def deployed(name, parity, parameters=PARAMETERS, councils=152):
    return deploy(load_regime(name), parameters, parity, councils)


def budgets(name, parity):
    return [arm.budget for arm in deployed(name, parity).arms]


@pytest.mark.parametrize("parity", PARITIES)
def test_partners_in_practice_are_the_reference_in_every_parity(parity):
    assert budgets("partners_in_practice", parity) == pytest.approx([336.0])


def test_budgets_at_equal_pounds():
    assert budgets("peer_support", "pounds") == pytest.approx([336_000 / 750 / 0.8])
    assert budgets("peer_support_with_chiefs", "pounds") == pytest.approx([336_000 / 800 / 0.8])
    assert budgets("improvement_partnership", "pounds") == pytest.approx([336_000 / 1100, 0.0])
    assert budgets("hybrid", "pounds") == pytest.approx([168.0, 168_000 / 750 / 0.8])


def test_budgets_at_equal_days():
    assert budgets("peer_support", "days") == pytest.approx([336 / 0.8])
    assert budgets("hybrid", "days") == pytest.approx([168.0, 168 / 0.8])
    assert budgets("improvement_partnership", "days") == pytest.approx([336.0, 0.0])


def test_budgets_at_equal_days_of_directors():
    assert budgets("peer_support", "director_days") == pytest.approx([336 * 0.1 / 0.2 / 0.8])
    assert budgets("improvement_partnership", "director_days") == pytest.approx([336 * 0.1 / 0.2, 0.0])
    assert budgets("hybrid", "director_days") == pytest.approx([168.0, 168 * 0.1 / 0.2 / 0.8])


def test_without_parity_budgets_are_as_the_files_say():
    assert budgets("hybrid", "none") == [168.0, 320.0]
    assert budgets("peer_support", "none")[0] >= 152 * 8.0
    assert budgets("historical", "none") == [336.0, 458.0]


def test_history_and_trusts_are_what_they_are_in_every_parity():
    for name in ("none", "historical", "childrens_trust"):
        assert len({deployed(name, parity) for parity in PARITIES}) == 1, name
    trust = deployed("childrens_trust", "pounds")
    assert (trust.trusts, trust.trust_budget) == (True, 336_000.0)
    assert deployed("partners_in_practice", "pounds").trust_budget == 0.0


def test_what_an_arm_leaves_is_converted_in_the_unit_of_the_parity():
    def worths(name, parity):
        return [arm.worth for arm in deployed(name, parity).arms]

    assert worths("hybrid", "pounds") == pytest.approx([1000 / (750 * 0.8), 1.0])
    assert worths("hybrid", "days") == pytest.approx([1 / 0.8, 1.0])
    assert worths("hybrid", "director_days") == pytest.approx([0.1 / (0.2 * 0.8), 1.0])
    assert worths("improvement_partnership", "pounds") == pytest.approx([1.1, 1.0])
    assert worths("improvement_partnership", "director_days") == pytest.approx([2.0, 1.0])


def three_arms(first=None, second=None, third=None):
    """A regime whose first arm can spend little of its half, and whose second and third have a quarter each."""
    arm = load_regime("partners_in_practice").arms[0]
    shares = ({"share": 0.5, "givers": 1, "cash_per_day": 500}, {"share": 0.25}, {"share": 0.25, "givers": 40})
    changes = (first or {}, second or {}, third or {})
    return Regime(
        name="three", arms=tuple(replace(arm, **(share | own)) for share, own in zip(shares, changes, strict=True))
    )


def pledged_by_arm(regime, parity, months):
    """Pledged days of each arm in the last of so many months."""
    model = SectorModel(regime, months=months, parity=parity)
    while model.running:
        model.step()
    links = model.links[: model.sector.links]
    return [sum(link.days for link in links if link.arm == number) for number in range(len(regime.arms))]


def test_what_an_arm_leaves_goes_to_the_next_in_force_whichever_that_is():
    left = (168_000 - 24 * 500) / 1000
    assert pledged_by_arm(three_arms(), "pounds", 1) == pytest.approx([24, 84 + left, 84])
    short = three_arms(second={"givers": 5}, third={"cash_per_day": 800})
    assert pledged_by_arm(short, "pounds", 1) == pytest.approx(
        [24, 120, (84_000 + 84_000 + 1000 * left - 120_000) / 800]
    )
    later = three_arms(second={"first_month": 3})
    assert pledged_by_arm(later, "pounds", 1) == pytest.approx([24, 0, 84 + left])
    assert pledged_by_arm(later, "pounds", 4) == pytest.approx([24, 84 + left, 84])
    assert pledged_by_arm(later, "days", 1) == pytest.approx([24, 0, 84 + 168 - 24])
    over = three_arms(first={"last_month": 2}, second={"first_month": 3})
    assert pledged_by_arm(over, "pounds", 4) == pytest.approx([0, 84, 84])


def test_days_that_cost_nothing_take_nothing_of_what_is_carried():
    left = (168_000 - 24 * 500) / 1000
    free = {"cash_per_day": 0, "givers": 2}
    assert pledged_by_arm(three_arms(second=free), "pounds", 1) == pytest.approx([24, 48, 84 + left])
    assert pledged_by_arm(three_arms(second=free | {"share": 0.0}), "pounds", 1) == pytest.approx([24, 48, 84 + left])
    nothing_left = three_arms(first={"share": 0.0}, second=free | {"share": 0.0})
    assert pledged_by_arm(nothing_left, "pounds", 1) == pytest.approx([0, 0, 84])


def test_days_per_receiver_that_are_delivered_are_pledged_days_over_delivery():
    assert deployed("peer_support", "none").arms[0].days_per_receiver == pytest.approx(6.5 / 0.8)
    assert deployed("partners_in_practice", "none").arms[0].days_per_receiver == 10.9


def test_named_levers_read_their_parameters():
    parameters = Parameters(attention_shift_partners=0.01, attention_shift_peers=0.02, attention_shift_chiefs=0.03)
    shifts = {name: deployed(name, "pounds", parameters).arms[0].attention_shift for name in REGIMES if name != "none"}
    assert shifts["partners_in_practice"] == shifts["gold_dust"] == shifts["improvement_partnership"] == 0.01
    assert shifts["peer_support"] == 0.02
    assert shifts["peer_support_with_chiefs"] == 0.03
    assert deployed("partners_in_practice", "none").arms[0].director_share == 0.1
    assert deployed("improvement_partnership", "none").arms[0].director_share == 0.2


@pytest.mark.parametrize("councils", [3, 10, 76, 152, 304, 5000])
def test_numbers_of_givers_and_days_follow_the_size_of_the_sector(councils):
    arm = deployed("partners_in_practice", "pounds", councils=councils).arms[0]
    assert arm.givers == math.ceil(14 * councils / 152)
    assert arm.budget == pytest.approx(336 * councils / 152)
    assert arm.days_per_giver == 24.0
    assert deployed("childrens_trust", "none", councils=councils).trust_budget == pytest.approx(
        336_000 * councils / 152
    )


def test_equal_deployments_are_equal_and_can_be_counted():
    for name in REGIMES:
        assert hash(deployed(name, "days")) == hash(deployed(name, "days"))
        assert deployed(name, "days") == deployed(name, "days")
    assert len({deployed("partners_in_practice", parity) for parity in PARITIES}) == 1
    assert len({deployed("peer_support", parity) for parity in PARITIES}) == len(PARITIES)


@pytest.mark.parametrize("parity", ["pound", "", "Days", None, 3])
def test_an_unknown_parity_is_refused(parity):
    with pytest.raises(InputError, match=r"unknown parity .*expected one of pounds, days, director_days, none"):
        deployed("none", parity)


def test_what_is_pledged_is_what_parity_asks_where_support_does_not_run_short():
    frozen = Scenario(funding=(("2018-04", 0.0),))
    reference = simulate("partners_in_practice", months=6, parity="pounds", scenario=frozen)
    assert reference.realised == pytest.approx({"pounds": 6 * 336_000, "days": 6 * 336, "director_days": 6 * 33.6})
    for parity, unit in (("pounds", "pounds"), ("days", "days"), ("director_days", "director_days")):
        for name in ("peer_support", "hybrid"):
            run = simulate(name, months=6, parity=parity, scenario=frozen)
            assert run.realised[unit] == pytest.approx(reference.realised[unit], rel=1e-6), (name, parity)
            assert run.parity == parity
