"""Structural switches: every mechanism that a claim rests on can be turned off, and then it is off."""

import pytest

from simulation import Parameters, Switches, load_regime, simulate
from simulation.coefficients import Coefficients
from simulation.errors import InputError
from simulation.switches import SWITCHES

SILENCED = {
    "overload": ("overload_cost", "overload_exit"),
    "labels": ("label_stigma", "label_prestige"),
    "press_dismissal": ("dismissal_probability",),
    "press_climate": ("press_supply_elasticity",),
    "attention_shift": ("attention_shift_partners", "attention_shift_peers", "attention_shift_chiefs"),
    "attention_quality": ("attention_effect",),
    "attention_shield": ("attention_shield",),
    "attention_absorption": ("attention_absorption",),
    "alarm": ("alarm_push",),
    "collapse": ("collapse_rate",),
    "spillover": ("regional_spillover",),
    "pressure": ("pressure_effect",),
    "pressure_on_giving": ("pressure_on_giving",),
    "dose_threshold": ("half_dose",),
    "gold_dust": ("gold_dust_premium",),
    "anchors": ("anchor_outstanding", "anchor_good"),
    "intervention": ("intervention_pull",),
}
"""The mechanisms, and the parameters of which each makes zeros."""

TERMS = ("relative_spillover", "own_leadership", "tied_shock")
"""What changes a formula where it is on."""

SHAPES = {"gap_shape": "saturating", "attention_shape": "inverted_u", "drift": "stops"}
"""The other shapes."""

REGIME = "partners_in_practice"
BITING = Parameters(attention_shift_partners=0.05, attention_shield=3.0)
"""A regime and parameters with which every mechanism has something to do."""


def same(one, other):
    return one.months.equals(other.months)


@pytest.fixture(scope="module")
def usual():
    """The run with every mechanism on."""
    return simulate(REGIME, months=18, parameters=BITING)


def test_these_are_all_the_switches():
    assert set(SWITCHES) == {*SILENCED, *SHAPES, *TERMS, "trust_delay", "trust_price"}
    for name, info in SWITCHES.items():
        assert info.name == name
        assert info.default == info.choices[0] == getattr(Switches(), name)
        assert info.meaning
        assert info.claim
    assert all(SWITCHES[name].choices == ("on", "off") for name in (*SILENCED, *TERMS))
    assert all(SWITCHES[name].choices[1] == other for name, other in SHAPES.items())


@pytest.mark.parametrize("name", SILENCED)
def test_off_is_the_same_run_as_its_parameters_at_zero(name, usual):
    off = simulate(REGIME, months=18, parameters=BITING, switches=Switches(**{name: "off"}))
    zeros = Parameters(**(BITING.as_dict() | dict.fromkeys(SILENCED[name], 0.0)))
    assert same(off, simulate(REGIME, months=18, parameters=zeros))
    assert not same(off, usual)


@pytest.mark.parametrize("name", TERMS)
def test_without_a_term_it_is_another_run(name, usual):
    assert not same(usual, simulate(REGIME, months=18, parameters=BITING, switches=Switches(**{name: "off"})))


@pytest.mark.parametrize("name", ["gap_shape", "attention_shape"])
def test_another_shape_is_another_run(name, usual):
    other = simulate(REGIME, months=18, parameters=BITING, switches=Switches(**{name: SHAPES[name]}))
    assert not same(other, usual)


def test_drift_that_continues_differs_after_36_months_only(sector):
    stops = simulate("none", months=40, councils=sector(), switches=Switches(drift="stops")).months
    goes_on = simulate("none", months=40, councils=sector(), switches=Switches(drift="continues")).months
    assert stops[:37].equals(goes_on[:37])
    assert (goes_on["mean_quality"][37:] > stops["mean_quality"][37:]).all()


def test_off_makes_zeros_of_its_parameters_and_of_nothing_else():
    usual = Coefficients.of(BITING, Switches(), 152).as_dict()
    for name, silenced in SILENCED.items():
        off = Coefficients.of(BITING, Switches(**{name: "off"}), 152).as_dict()
        changed = {parameter for parameter in usual if off[parameter] != usual[parameter]}
        assert changed == (set() if name == "attention_shift" else set(silenced))


def test_what_each_mechanism_does_is_gone_when_it_is_off():
    def off(name):
        return simulate(REGIME, months=24, switches=Switches(**{name: "off"})).months

    assert off("press_dismissal")["dismissals"].sum() == 0
    assert off("pressure_on_giving")["days_delivered"].equals(off("pressure_on_giving")["days_pledged"])
    assert off("collapse")["mean_quality"].iloc[-1] > simulate(REGIME, months=24).months["mean_quality"].iloc[-1]


def test_a_shift_of_attention_that_a_regime_states_as_a_number_is_switched_off_too():
    regime = load_regime(REGIME).with_arms(attention_shift=0.2)
    shifted = simulate(regime, months=9)
    unshifted = simulate(REGIME, months=9)
    assert shifted.months["attention"].iloc[-1] > unshifted.months["attention"].iloc[-1]
    assert same(simulate(regime, months=9, switches=Switches(attention_shift="off")), unshifted)


def test_the_alarm_of_a_trust_is_switched_off_with_the_alarm(coefficients):
    assert coefficients().trust_alarm == 0.4
    assert coefficients(switches={"alarm": "off"}).trust_alarm == 0.0


def test_trusts_start_the_month_after_their_decision_without_delay(coefficients):
    assert coefficients().trust_delay == 18
    assert coefficients(switches={"trust_delay": "off"}).trust_delay == 1

    def trusts(choice):
        return simulate("childrens_trust", months=60, switches=Switches(trust_delay=choice)).months

    late, prompt = trusts("on"), trusts("off")
    assert late["trusts"][:18].sum() == 0
    assert prompt["trusts"][:18].sum() > 0
    decided = late["trust_cost"].ne(0).idxmax()
    assert prompt["trust_cost"].ne(0).idxmax() == decided
    assert prompt["trusts"].ne(0).idxmax() == decided + 1
    # The set-up is paid once, at the decision, whatever the delay.
    assert prompt["trust_cost"][decided] == late["trust_cost"][decided] >= 3_000_000


def test_trusts_without_a_price_leave_all_the_money_to_partners():
    free = simulate("childrens_trust", months=60, switches=Switches(trust_price="off"))
    paid = simulate("childrens_trust", months=60)
    assert free.months["trust_cost"].sum() == 0 < paid.months["trust_cost"].sum()
    assert free.months["days_delivered"].sum() > paid.months["days_delivered"].sum()
    assert free.outcomes["infeasible_months"] == 0


def test_unknown_switches_and_choices_are_refused_with_the_nearest():
    with pytest.raises(InputError, match=r"unknown switch 'overlod' \(nearest: overload\)"):
        Switches.from_mapping({"overlod": "off"})
    with pytest.raises(
        InputError, match=r"switch gap_shape: expected inverted_u or saturating, got 'saturate' \(nearest"
    ):
        Switches(gap_shape="saturate")


@pytest.mark.parametrize("choice", [True, None, 0, "", "OFF ", float("nan")])
def test_what_is_no_choice_is_refused(choice):
    with pytest.raises(InputError, match="switch labels: expected on or off, got "):
        Switches(labels=choice)


def test_choices_can_be_read_back():
    switches = Switches.from_mapping({"labels": "off"})
    assert switches.off("labels")
    assert not switches.off("overload")
    assert Switches(**switches.as_dict()) == switches
    assert list(switches.as_dict()) == list(SWITCHES)
