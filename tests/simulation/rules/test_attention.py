"""E7: the chief's attention, in which children's services compete with three others."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.rules.attention import (
    change_chief,
    meet_crisis,
    set_base,
    settle_salience,
    update_attention,
    update_salience,
)
from simulation.state import ChiefState, CouncilState


def council_with(salience, base, **attributes):
    return CouncilState(chief=ChiefState(salience=list(salience), base_salience=list(base)), **attributes)


@given(st.lists(st.floats(0.01, 10), min_size=4, max_size=4))
def test_attention_is_a_share_of_four(salience):
    shares = []
    for service in range(4):
        chief = ChiefState(salience=[salience[service], *salience[:service], *salience[service + 1 :]])
        update_attention(chief)
        shares.append(chief.attention)
    assert sum(shares) == pytest.approx(1.0)
    assert shares[0] == pytest.approx(salience[0] / sum(salience))


def test_a_chiefs_base_is_split_and_sums_to_one(coefficients):
    chief = ChiefState()
    set_base(chief, 1.0, coefficients(attention_base=0.2))
    children = 0.2 * math.exp(0.3)
    rest = 1 - children
    assert chief.base_salience == pytest.approx([children, 0.545 * rest, 0.195 * rest, 0.26 * rest])
    assert sum(chief.base_salience) == pytest.approx(1.0)
    set_base(chief, 9.0, coefficients(attention_base=0.2))
    assert chief.base_salience[0] == 0.6


def test_settled_salience_is_the_base_and_attention_then_its_share(c):
    chief = ChiefState()
    set_base(chief, 0.0, c)
    settle_salience(chief)
    assert chief.salience == chief.base_salience
    assert chief.salience is not chief.base_salience
    update_attention(chief)
    assert chief.attention == pytest.approx(0.2)


def test_salience_returns_a_twelfth_of_the_way_to_its_base():
    one = council_with([0.7, 0.4, 0.1, 0.3], [0.2, 0.4, 0.2, 0.2])
    update_salience(one)
    assert one.chief.salience == pytest.approx([0.7 - 0.5 / 12, 0.4, 0.1 + 0.1 / 12, 0.3 - 0.1 / 12])


@pytest.mark.parametrize(
    ("shift", "trust_months", "base"),
    [(0.0, -1, 0.2), (0.1, -1, 0.3), (-0.1, -1, 0.1), (-0.3, -1, 0.01), (0.1, 0, 0.25), (-0.1, 30, 0.15)],
)
def test_a_regime_shifts_the_base_of_childrens_services_only(shift, trust_months, base):
    one = council_with([0.5, 0.4, 0.2, 0.2], [0.2, 0.4, 0.2, 0.2], attention_shift=shift, trust_months=trust_months)
    update_salience(one)
    assert one.chief.salience[0] == pytest.approx(0.5 + (base - 0.5) / 12)
    assert one.chief.salience[1:] == pytest.approx([0.4, 0.2, 0.2])
    assert one.chief.base_salience == [0.2, 0.4, 0.2, 0.2]


def test_a_crisis_elsewhere_comes_so_often_to_any_of_the_three(c, chance_of):
    def strikes(luck):
        chief = ChiefState(salience=[0.25] * 4)
        meet_crisis(chief, luck, 0.5, c)
        return chief.salience != [0.25] * 4

    assert chance_of(strikes) == pytest.approx(0.4 / 12)
    for which, service in ((0.0, 1), (0.3333, 1), (0.3334, 2), (0.6666, 2), (0.6667, 3), (math.nextafter(1, 0), 3)):
        chief = ChiefState(salience=[0.25] * 4)
        meet_crisis(chief, 0.0, which, c)
        assert [chief.salience[k] for k in range(4)] == [0.25 + 0.4 * (k == service) for k in range(4)]


def test_a_new_chief_comes_so_often_and_forgets_what_pressed(c, chance_of):
    def comes(luck):
        chief = ChiefState(salience=[9.0] * 4, base_salience=[0.25] * 4)
        change_chief(chief, luck, 0.5, c)
        if chief.salience == [9.0] * 4:
            return False
        assert chief.salience == chief.base_salience
        assert chief.salience[0] == pytest.approx(0.2 * math.exp(0.15))
        return True

    assert (1 - chance_of(comes)) ** 12 == pytest.approx(1 - 0.21)
