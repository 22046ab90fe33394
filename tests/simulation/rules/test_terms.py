"""R1: when support is matched, what being matched makes of a council, and how long a partnership lasts."""

import pytest

from simulation import Arm, Regime, SectorModel, load_regime
from simulation.rules.terms import (
    any_active,
    clear_match,
    end_partnership,
    is_active,
    mark,
    matches_now,
    partnership_ends,
)
from simulation.state import GOOD, INADEQUATE, NOBODY, REQUIRES_IMPROVEMENT


def test_an_arm_is_in_force_from_its_first_month_to_its_last(arm):
    later = arm(first_month=3, last_month=7)
    assert [is_active(later, month) for month in (2, 3, 7, 8)] == [False, True, True, False]
    assert [any_active([later, arm(first_month=9)], month) for month in (2, 5, 8, 9)] == [False, True, False, True]


def test_support_is_matched_in_the_first_month_and_every_third_after(arm):
    assert [month for month in range(13) if matches_now([arm(first_month=2)], month, 2)] == [2, 5, 8, 11]
    assert not any(matches_now([], month, 1_000_000) for month in range(200))


def test_it_is_matched_too_when_an_arm_begins_or_ends(arm):
    arms = [arm(last_month=6), arm(first_month=4, last_month=9)]
    assert [month for month in range(12) if matches_now(arms, month, 0)] == [0, 3, 4, 6, 7, 9, 10]


def test_a_new_matching_begins_with_nobody_linked(council):
    one = council(gives=0, receives=1, helping=3)
    clear_match(one)
    assert (one.gives, one.receives, one.helping) == (NOBODY, NOBODY, NOBODY)


@pytest.mark.parametrize(
    ("gives", "receives", "expected"),
    [
        (NOBODY, NOBODY, (0, 0, 0.0)),
        (0, NOBODY, (1, 0, 0.1)),
        (1, NOBODY, (0, 0, 0.2)),
        (NOBODY, 0, (0, 1, 0.1)),
        (NOBODY, 1, (0, 0, 0.2)),
        (0, 1, (1, 0, 0.1)),
        (1, 0, (0, 1, 0.1)),
    ],
)
def test_labels_and_the_shift_of_the_first_arm(arm, c, coefficients, council, gives, receives, expected):
    arms = [arm(labels=True, attention_shift=0.1), arm(labels=False, attention_shift=0.2)]
    one = council(gives=gives, receives=receives, labelled_giver=1, labelled_receiver=1, attention_shift=0.3)
    mark(one, arms, c)
    assert (one.labelled_giver, one.labelled_receiver, one.attention_shift) == expected
    mark(one, arms, coefficients(switches={"attention_shift": "off"}))
    assert one.attention_shift == 0.0


@pytest.mark.parametrize(
    ("months", "grade", "in_force", "ends"),
    [
        (23, GOOD, True, False),
        (24, GOOD, True, True),
        (24, REQUIRES_IMPROVEMENT, True, True),
        (24, INADEQUATE, True, False),
        (35, INADEQUATE, True, False),
        (36, INADEQUATE, True, True),
        (3, INADEQUATE, False, True),
    ],
)
def test_a_partnership_ends_after_36_months_or_24_if_the_grade_improved(council, months, grade, in_force, ends):
    one = council(partner=4, partnership_months=months, partnership_grade=INADEQUATE, grade=grade)
    assert partnership_ends(one, in_force) is ends
    assert not partnership_ends(council(partnership_months=99), in_force)


def test_its_end_parts_both(council):
    receiver, partner = council(partner=4, partnership_months=36), council(partner_of=2)
    end_partnership(receiver, partner)
    assert (receiver.partner, receiver.partnership_months, partner.partner_of) == (NOBODY, 0, NOBODY)


def partnerships(model):
    return {(k.index, k.partner) for k in model.councils if k.partner != NOBODY}


def test_partnerships_last_are_linked_first_and_are_one_to_one(england):
    model = SectorModel("improvement_partnership", months=36, councils=england)
    begun = {}
    for month in range(36):
        before = partnerships(model)
        model.step()
        now = partnerships(model)
        for pair in now - before:
            begun[pair] = month
        for pair in before - now:
            assert month - begun[pair] in range(24, 40)
        receivers, givers = [pair[0] for pair in now], [pair[1] for pair in now]
        assert len(set(receivers) | set(givers)) == 2 * len(now)
        assert {k.index: k.partner_of for k in model.councils if k.partner_of != NOBODY} == {g: r for r, g in now}
        if month % 3 == 0:
            assert [(link.receiver, link.giver) for link in model.links[: len(before)]] == sorted(before)
        assert model.row.partnerships == len(now)
    assert len(begun) >= 20


def test_a_partnership_lasts_36_months_and_then_a_new_director_is_new(sector):
    model = SectorModel("improvement_partnership", months=40, councils=sector(first_month=(-1,) * 12))
    for council in model.councils:
        council.next_judgement = 10_000
    model.step()
    (receiver, partner), *_ = sorted(partnerships(model))
    for _ in range(36):
        assert model.councils[receiver].partner == partner
        months = model.councils[receiver].partnership_months
        model.step()
    assert months == 36
    assert (receiver, partner) not in partnerships(model)
    seat = model.councils[receiver].seat
    assert seat < 0 or model.directors[seat].months_in_post == 0


def test_partnerships_end_with_their_arm(sector):
    regime = load_regime("improvement_partnership")
    ending = Regime(name="ending", arms=(Arm(**vars(regime.arms[0]) | {"last_month": 4}), regime.arms[1]))
    model = SectorModel(ending, months=8, councils=sector())
    counts = []
    for _ in range(8):
        model.step()
        counts.append(len(partnerships(model)))
    assert counts[0] > 0
    assert counts[4] > 0
    assert counts[5:] == [0, 0, 0]
