"""Regimes: the shipped ones as specified, and a user's own, checked when they come in."""

import math
from dataclasses import FrozenInstanceError, replace
from importlib.resources import files

import numpy as np
import pytest

from simulation import LEVERS, REGIMES, Arm, Regime, Scenario, draw_levers, load_regime, simulate
from simulation.errors import InputError
from simulation.rules.money import TRUST_MONTH, TRUST_SETUP

PARTNERS = {
    "givers": 14, "giver_rule": "good_or_better", "days_per_giver": 24.0, "receiver_rule": "below_good",
    "days_per_receiver": 10.9, "days_per_receiver_are": "pledged", "givers_per_receiver": 1, "reciprocal": False,
    "paid": True, "director_share": "director_share_paid", "cash_per_day": 1000.0, "shadow_price_per_day": 0.0,
    "attention_shift": "partners", "gold_preference": 0.0, "region_preference": 0.3, "labels": True,
    "partnership": False, "first_month": 0, "last_month": "end", "days": 336.0, "share": 1.0,
    "days_per_receiver_range": (5.5, 16.0), "days_per_giver_range": (8.0, 24.0), "givers_follow": True,
}  # fmt: skip
"""Levers of Partners in Practice, as the specification's table has them."""

PEERS = PARTNERS | {
    "givers": "all", "giver_rule": "near_good_too", "days_per_giver": 8.0, "receiver_rule": "below_good_and_cusp",
    "days_per_receiver": 6.5, "days_per_receiver_are": "delivered", "givers_per_receiver": 2, "reciprocal": True,
    "paid": False, "director_share": "director_share_unpaid", "cash_per_day": 150.0, "shadow_price_per_day": 600.0,
    "attention_shift": "peers", "region_preference": 0.6, "labels": False, "days": "capacity",
    "days_per_receiver_range": (4.0, 14.0), "days_per_giver_range": (5.0, 16.0), "givers_follow": False,
}  # fmt: skip

PARTNERSHIPS = PARTNERS | {
    "givers": 20, "days_per_giver": 16.0, "receiver_rule": "inadequate", "days_per_receiver": 16.0,
    "director_share": "director_share_unpaid", "cash_per_day": 1100.0, "partnership": True, "days": 320.0,
}  # fmt: skip

FIXED = {"days_per_receiver_range": None, "days_per_giver_range": None, "givers_follow": False}

ARMS = {
    "none": (),
    "partners_in_practice": (PARTNERS,),
    "peer_support": (PEERS,),
    "peer_support_with_chiefs": (PEERS | {"cash_per_day": 200.0, "attention_shift": "chiefs"},),
    "gold_dust": (PARTNERS | {"gold_preference": 2.0},),
    "improvement_partnership": (PARTNERSHIPS, PARTNERS | {"share": 0.0, "days": 16.0}),
    "childrens_trust": (PARTNERS,),
    "hybrid": (PARTNERS | {"givers": 7, "share": 0.5, "days": 168.0}, PEERS | {"share": 0.5, "days": 320.0}),
    "historical": (
        PARTNERS | FIXED | {"last_month": 23},
        PARTNERS | FIXED | {"givers": 19, "days_per_giver": 24.2, "first_month": 24, "days": 458.0},
    ),
}


def levers(arm):
    return {name: getattr(arm, name) for name in LEVERS}


@pytest.mark.parametrize("name", REGIMES)
def test_a_shipped_regime_is_as_specified(name):
    regime = load_regime(name)
    assert regime.name == name
    assert regime.title
    assert regime.summary
    assert [levers(arm) for arm in regime.arms] == list(ARMS[name])
    assert regime.trusts == (name == "childrens_trust")
    assert regime.follows_parity == (name != "historical")
    assert regime.by_calendar == (name == "historical")


@pytest.mark.parametrize(
    ("start", "months"),
    [
        ("2018-04", [(0, 23), (24, "end")]),
        ("2019-04", [(0, 11), (12, "end")]),
        ("2020-03", [(0, 0), (1, "end")]),
        ("2020-04", [(0, "end")]),
        ("2026-04", [(0, "end")]),
        ("2017-04", [(12, 35), (36, "end")]),
    ],
)
def test_what_was_in_force_goes_by_the_calendar(start, months):
    regime = load_regime("historical").from_start(start)
    assert [(arm.first_month, arm.last_month) for arm in regime.arms] == months
    assert regime.arms[-1].givers == 19
    assert regime.from_start(start) == regime


@pytest.mark.parametrize("name", [name for name in REGIMES if name != "historical"])
def test_the_months_of_every_other_regime_count_from_the_start(name):
    assert load_regime(name).from_start("2026-04") is load_regime(name)


def test_a_run_from_a_later_start_meets_what_was_in_force_then():
    run = simulate("historical", months=13, scenario=Scenario(start="2019-05"))
    assert run.months["givers"].max() <= 19
    assert run.months["givers"][:11].max() <= 14 < run.months["givers"][11:].max()


@pytest.mark.parametrize("start", ["2019-04", "2021-04", "2023-04"])
def test_england_has_its_partners_whatever_the_number_of_its_councils(start):
    run = simulate("partners_in_practice", months=2, scenario=Scenario(start=start))
    assert run.months["givers"].max() == 14


def test_these_are_all_the_shipped_regimes():
    assert set(REGIMES) == set(ARMS)


def test_every_lever_of_a_shipped_file_has_a_comment(root):
    for name in REGIMES:
        lines = (root / "simulation" / "regimes" / f"{name}.toml").read_text("utf-8").splitlines()
        stated = [line for line in lines if line.split(" = ")[0] in LEVERS]
        assert all(" # " in line or line.startswith("last_month") for line in stated), name


def test_every_lever_says_what_it_is():
    for name, info in LEVERS.items():
        assert info.name == name
        assert info.meaning
        assert info.kind in {"count", "number", "choice", "switch", "range"}


def test_a_file_of_ones_own_is_the_regime_it_describes(tmp_path, root):
    path = tmp_path / "mine.toml"
    path.write_text((root / "simulation/regimes/partners_in_practice.toml").read_text("utf-8"), "utf-8")
    mine = load_regime(path)
    assert mine == replace(load_regime("partners_in_practice"), name="mine")
    assert load_regime(str(path)) == mine
    run = simulate(path, months=3)
    assert run.regime == "mine"
    assert run.months.equals(simulate("partners_in_practice", months=3).months)


def test_a_regime_object_works_wherever_a_name_does():
    regime = load_regime("peer_support")
    assert load_regime(regime) is regime
    assert simulate(regime, months=3).months.equals(simulate("peer_support", months=3).months)
    made = Regime(name="made", arms=[Arm(**PEERS)])
    assert made.arms == regime.arms


def test_a_regime_is_plain_data_and_never_changes():
    regime = load_regime("hybrid")
    data = regime.as_dict()
    arms = [Arm.from_mapping(arm) for arm in data.pop("arms")]
    assert Regime(**data, arms=tuple(arms)) == regime
    with pytest.raises(FrozenInstanceError):
        regime.name = "other"
    with pytest.raises(FrozenInstanceError):
        regime.arms[0].days = 0.0
    assert regime.with_arms(days=0.0).arms[1].days == 0.0
    assert regime.arms[1].days == 320.0


def test_all_that_can_be_spent_fits_64_bits_of_pence():
    months, councils = 12_000, 5_000
    days, pounds = LEVERS["days_per_giver"].high, LEVERS["cash_per_day"].high
    trusts = councils * (TRUST_SETUP + months * TRUST_MONTH)
    assert months * councils * int(days * pounds * 100) + trusts < 2**63


def test_numpys_numbers_are_numbers():
    arm = Arm(**(PARTNERS | {"givers": np.int64(14), "cash_per_day": np.float32(1000), "days_per_giver": np.int32(24)}))
    assert arm == Arm(**PARTNERS)
    assert {type(arm.givers), type(arm.cash_per_day), type(arm.days_per_giver)} == {int, float}


BAD_LEVERS = [
    ("givers", 14.5, "lever givers: expected a whole number"),
    ("givers", "many", "lever givers: expected all, got 'many'"),
    ("givers", -1, "lever givers: expected 0 to"),
    ("giver_rule", "good", "lever giver_rule: expected good_or_better, near_good_too, got 'good'"),
    ("giver_rule", 1, "lever giver_rule: expected good_or_better"),
    ("days_per_giver", math.nan, "lever days_per_giver: expected a number"),
    ("days_per_giver", math.inf, "lever days_per_giver: expected a number"),
    ("days_per_giver", -1.0, "lever days_per_giver: expected 0 to"),
    ("days_per_giver", 10_001, "lever days_per_giver: expected 0 to 10000 "),
    ("days_per_giver_range", (1, 10_001), "lever days_per_giver_range: expected 0 to 10000 "),
    ("days_per_receiver", 10_001, "lever days_per_receiver: expected 0 to 10000 "),
    ("cash_per_day", 100_001, r"lever cash_per_day: expected 0 to 100000 "),
    ("shadow_price_per_day", 1e6, r"lever shadow_price_per_day: expected 0 to 100000 "),
    ("givers", np.float64(14), "lever givers: expected a whole number"),
    ("days_per_receiver", "10.9", "lever days_per_receiver: expected"),
    ("givers_per_receiver", 0, "lever givers_per_receiver: expected 1 to 50"),
    ("reciprocal", 1, "lever reciprocal: expected true or false, got 1"),
    ("paid", "yes", "lever paid: expected true or false, got 'yes'"),
    ("director_share", 1.5, "lever director_share: expected 0.001 to 1"),
    ("director_share", "half", "lever director_share: expected director_share_paid"),
    ("attention_shift", 0.4, "lever attention_shift: expected -0.3 to 0.3"),
    ("first_month", True, "lever first_month: expected a whole number"),
    ("last_month", "never", "lever last_month: expected end, got 'never'"),
    ("share", 1.1, "lever share: expected 0 to 1"),
    ("days_per_giver_range", (8.0,), "lever days_per_giver_range: expected two numbers"),
    ("days_per_giver_range", (24.0, 8.0), "lever days_per_giver_range: expected low before high"),
]


@pytest.mark.parametrize(("lever", "value", "sentence"), BAD_LEVERS)
def test_a_lever_that_cannot_be_is_refused(lever, value, sentence):
    with pytest.raises(InputError, match=sentence):
        Arm(**(PARTNERS | {lever: value}))
    with pytest.raises(InputError, match=sentence):
        load_regime("partners_in_practice").with_arms(**{lever: value})


def test_unknown_and_missing_levers_are_refused():
    with pytest.raises(InputError, match=r"unknown lever 'days_per_give' \(nearest: days_per_giver\)"):
        Arm.from_mapping(PARTNERS | {"days_per_give": 8.0})
    with pytest.raises(InputError, match=r"unknown lever 'day'"):
        load_regime("hybrid").with_arms(day=0.0)
    without = {name: value for name, value in PARTNERS.items() if name != "paid"}
    with pytest.raises(InputError, match="missing: 'paid'"):
        Arm.from_mapping(without)


def test_what_is_no_regime_is_refused():
    with pytest.raises(InputError, match=r"unknown regime 'peer_suport' \(nearest: peer_support\)"):
        load_regime("peer_suport")
    with pytest.raises(InputError, match="regime name: expected up to 60 letters, digits and underscores, got ''"):
        Regime(name="")
    with pytest.raises(InputError, match="regime trusts: expected true or false, got 1"):
        Regime(name="mine", trusts=1)
    with pytest.raises(InputError, match="regime arms: expected Arm objects"):
        Regime(name="mine", arms=(PARTNERS,))
    paid, unpaid, joined = Arm(**PARTNERS), Arm(**(PARTNERS | {"cash_per_day": 0.0})), Arm(**PARTNERSHIPS)
    for arms in ((), (unpaid,), (paid, paid)):
        with pytest.raises(InputError, match="regime mine: expected one paid arm beside trusts"):
            Regime(name="mine", trusts=True, arms=arms)
    with pytest.raises(InputError, match="regime mine: expected partnerships in one arm at most"):
        Regime(name="mine", arms=(joined, joined))


BAD_FILES = {
    "empty": b"",
    "malformed": b"[[arm]\n",
    "binary": bytes(range(256)),
    "unknown entry": b"titel = 'Mine'\n",
    "unknown lever": b"[[arm]]\ngiver = 3\n",
    "levers missing": b"[[arm]]\ngivers = 3\n",
    "one arm without a heading of arms": b"[arm]\ngivers = 3\n",
    "arms that are no tables": b"arm = [1, 2]\n",
    "wrong type": b"trusts = 'yes'\n",
}


@pytest.mark.parametrize("content", BAD_FILES.values(), ids=BAD_FILES)
def test_a_bad_file_is_refused_in_one_sentence_that_names_it(tmp_path, content):
    path = tmp_path / "mine.toml"
    path.write_bytes(content)
    with pytest.raises(InputError, match=r"mine\.toml: ") as refusal:
        load_regime(path)
    assert "\n" not in str(refusal.value)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(InputError, match=r"missing\.toml: expected a TOML file, got no such file"):
        load_regime(tmp_path / "missing.toml")


def test_levers_are_drawn_within_their_ranges():
    partners = load_regime("partners_in_practice")
    low, high = (draw_levers(partners, quantile, quantile).arms[0] for quantile in (0.0, 1.0))
    assert (low.days_per_receiver, low.days_per_giver) == (5.5, 8.0)
    assert (high.days_per_receiver, high.days_per_giver) == (16.0, 24.0)
    middle = draw_levers(load_regime("peer_support"), 0.5, 0.25).arms[0]
    assert (middle.days_per_receiver, middle.days_per_giver) == (9.0, 7.75)
    assert middle.days_per_receiver_are == "pledged"


def test_the_number_of_givers_follows_so_that_their_capacity_stays():
    for quantile in (0.0, 0.3, 0.5, 1.0):
        drawn = draw_levers(load_regime("partners_in_practice"), 0.5, quantile).arms[0]
        assert drawn.givers * drawn.days_per_giver == pytest.approx(336.0, abs=drawn.days_per_giver / 2)
    assert draw_levers(load_regime("peer_support"), 0.5, 0.0).arms[0].givers == "all"


def test_only_levers_with_a_range_are_drawn():
    for name in ("none", "historical"):
        assert draw_levers(load_regime(name), 0.1, 0.9) == load_regime(name)
    for name in REGIMES:
        drawn, shipped = draw_levers(load_regime(name), 0.1, 0.9), load_regime(name)
        moved = {"days_per_receiver", "days_per_receiver_are", "days_per_giver", "givers"}
        for one, other in zip(drawn.arms, shipped.arms, strict=True):
            assert {lever for lever in LEVERS if getattr(one, lever) != getattr(other, lever)} <= moved


BAD_NAMES = [
    "=cmd|' /C calc'!A0",
    "two\nlines",
    "nul\0",
    "../../x",
    "<script>",
    "my regime",
    "rot\x1b[31m",
    "é",
    "x" * 61,
]


@pytest.mark.parametrize("name", BAD_NAMES)
def test_a_name_is_letters_digits_and_underscores(name):
    with pytest.raises(InputError, match="regime name: expected up to 60 letters, digits and underscores, got") as told:
        Regime(name=name)
    assert str(told.value).isprintable()
    assert Regime(name="Mine_2").name == "Mine_2"


def test_a_file_that_names_no_regime_is_told_which_name_would_do(tmp_path):
    path = tmp_path / "my-regime.toml"
    path.write_text('title = "Mine"\n', "utf-8")
    with pytest.raises(InputError, match=r"my-regime\.toml: regime name: .* got 'my-regime' \(nearest: my_regime\)"):
        load_regime(path)


@pytest.mark.parametrize("field", ["title", "summary"])
@pytest.mark.parametrize("text", ["red\x1b[31m", "two\nlines", "nul\0", "turned\u202e", "\udce9"])
def test_a_title_is_text_without_control_characters(field, text):
    with pytest.raises(InputError, match=f"regime {field}: expected text without line ends and control") as told:
        Regime(name="mine", **{field: text})
    assert str(told.value).isprintable()
    assert Regime(name="mine", **{field: "Cŵn & Übersee \u2013 1\u00a0m £"})


@pytest.mark.parametrize("name", ["none", "partners_in_practice", "historical"])
def test_a_file_with_the_name_of_a_shipped_regime_is_refused_unless_it_is_that_one(tmp_path, name):
    path = tmp_path / f"{name}.toml"
    path.write_text('title = "Mine"\n', "utf-8")
    with pytest.raises(InputError, match=rf"{name}\.toml: regime name: expected a name that no shipped regime has"):
        load_regime(path)
    path.write_bytes((files("simulation.regimes") / f"{name}.toml").read_bytes())
    assert load_regime(path) == load_regime(name)
