"""Rules of one's own: heard in both engines, equal in every bit, and nowhere else in the process."""

import numpy as np
import pytest

from simulation import Council, InputError, Scenario, SectorModel, simulate
from simulation.own_rules import own_rules, replaceable_rules
from simulation.rules import leaving
from simulation.rules.maths import exp

MONTHS = 18
SERVED = 24


def twice(number):
    return number * 2.0


def stays(director, council, mean_quality, luck, c):  # noqa: ARG001  the rule's own arguments
    """Stay two years; then leave by a chance that falls with quality."""
    weights = [1.0, twice(1.0)]
    return director.months_in_post >= SERVED and luck < 0.01 * weights[1] * exp(-council.quality)


def half(gap, c):  # noqa: ARG001  the rule's own arguments
    return 0.5


RULES = {"leaves_by_choice": stays, "fit": half}
REGIME = "partners_in_practice"


def same(one, other):
    return np.array_equal(one.values, other.values, equal_nan=True) and np.array_equal(
        one.month_values, other.month_values
    )


@pytest.fixture(scope="module")
def plain():
    return simulate(REGIME, months=MONTHS)


@pytest.fixture(scope="module")
def own():
    return simulate(REGIME, months=MONTHS, rules=RULES)


def test_a_rule_of_ones_own_is_heard_and_other_models_keep_theirs(plain, own):
    assert not same(plain, own)
    assert same(plain, simulate(REGIME, months=MONTHS))
    assert leaving.leaves_by_choice is replaceable_rules()["leaves_by_choice"]
    assert SectorModel(months=1, rules=RULES).council_class.exchange is not Council.exchange


def test_a_rule_that_a_method_of_an_agent_calls_is_replaced_in_it(plain):
    closed = simulate(REGIME, months=MONTHS, rules={"absorption": lambda council, months, c: 0.0})  # noqa: ARG005
    assert not same(plain, closed)


@pytest.mark.slow
def test_the_engines_are_equal_in_every_bit_under_rules_of_ones_own(plain, own):
    assert same(own, simulate(REGIME, months=MONTHS, rules=RULES, engine="ensemble"))
    assert same(plain, simulate(REGIME, months=MONTHS, engine="ensemble"))


def quick(per_year):
    """Make of a rate a year that of a month, without the wait."""
    return per_year / 12.0


def no_drift(month, c):  # noqa: ARG001  the rule's own arguments
    """Let practice stand still, before month 0 and after."""
    return 0.0


@pytest.mark.slow
def test_rules_of_the_start_count_in_month_0_too_in_both_engines():
    rules, later = {"monthly": quick, "drift": no_drift}, Scenario(start="2026-04")
    asked = {"months": 6, "scenario": later}
    mesa = simulate(REGIME, **asked, rules=rules)
    assert not same(mesa, simulate(REGIME, **asked))
    assert same(mesa, simulate(REGIME, **asked, rules=rules, engine="ensemble"))
    opened, begun, again = (SectorModel(**asked, rules=own) for own in (rules, None, None))
    assert opened.c != begun.c
    assert opened.councils[0].quality != begun.councils[0].quality
    assert (again.c, again.councils[0].quality) == (begun.c, begun.councils[0].quality)


@pytest.mark.slow
def test_a_constant_that_a_rule_names_is_read_anew(monkeypatch):
    before = simulate(REGIME, months=MONTHS, rules=RULES, engine="ensemble")
    monkeypatch.setitem(globals(), "SERVED", 60)
    after = simulate(REGIME, months=MONTHS, rules=RULES, engine="ensemble")
    assert not same(before, after)
    assert same(after, simulate(REGIME, months=MONTHS, rules=RULES))


def test_the_source_is_described_with_all_that_it_names(monkeypatch):
    described = own_rules(RULES).describe()
    assert described["leaves_by_choice"]["name"].endswith("test_own_rules.stays")
    monkeypatch.setitem(globals(), "SERVED", 12)
    other = own_rules(RULES).describe()
    assert other["leaves_by_choice"] != described["leaves_by_choice"]
    assert other["fit"] == described["fit"]
    monkeypatch.setitem(globals(), "twice", lambda number: number * 3.0)
    assert own_rules(RULES).describe()["leaves_by_choice"] != other["leaves_by_choice"]


@pytest.mark.parametrize(
    ("rules", "sentence"),
    [
        ({"leave_by_choice": stays}, r"the name of a rule, got 'leave_by_choice' \(nearest: leaves_by_choice\)"),
        ({"budget": stays}, "rules of the start and of the months, got budget, which is of neither alone"),
        ({"fit": stays}, r"expected fit\(gap, c\), got stays\(director, council, mean_quality, luck, c\)"),
        ({"fit": lambda c, gap: gap}, r"expected fit\(gap, c\), got <lambda>\(c, gap\)"),  # noqa: ARG005
        ({"fit": lambda *_: 0.5}, r"expected fit\(gap, c\), got <lambda>\(\*_\)"),
        ({"fit": abs}, "a plain function in the place of fit, got <built-in function abs>"),
        ([half], "functions by the names of rules, got"),
    ],
)
@pytest.mark.parametrize("engine", ["mesa", "ensemble"])
def test_rules_that_are_none_are_refused(rules, sentence, engine):
    with pytest.raises(InputError, match=sentence):
        simulate(months=1, rules=rules, engine=engine)


@pytest.mark.parametrize(
    ("rule", "reason"),
    [
        (lambda gap, c: "much", "built-in function mul"),  # noqa: ARG005
        (lambda gap, c: nowhere, "name 'nowhere' is not defined"),  # noqa: ARG005, F821
    ],
)
@pytest.mark.slow
def test_a_rule_that_does_not_compile_is_told_in_a_sentence(rule, reason):
    with pytest.raises(InputError, match=rf"functions that Numba can compile \(fit\), got: .*{reason}"):
        simulate(REGIME, months=1, rules={"fit": rule}, engine="ensemble")


def test_rules_go_without_agents_of_ones_own():
    class Mine(Council):
        pass

    with pytest.raises(InputError, match=r"expected none beside agents of your own \(Mine\)"):
        simulate(months=1, rules=RULES, council_class=Mine)
