"""Every uncertain number: as the specification has it, checked when it comes in, never changed."""

import math
from dataclasses import FrozenInstanceError

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.errors import InputError
from simulation.parameters import PARAMETERS, Parameters

SPECIFIED = {
    "practice_adjustment_time": (56, 12, 72),
    "structural_sd": (0.58, 0.2, 0.85),
    "structural_share": (0.2, 0.02, 0.95),
    "practice_shock": (0.22, 0.08, 0.32),
    "national_drift": (0.07, -0.1, 0.30),
    "intervention_pull": (1.5, 0, 2.5),
    "pressure_effect": (0.2, 0, 2.5),
    "corporate_protection": (0.5, 0, 1),
    "pressure_on_giving": (0.5, 0, 1.5),
    "inspection_noise": (0.58, 0.1, 0.7),
    "good_cut_shift": (0.45, 0, 0.6),
    "outstanding_cut_shift": (1.55, 0, 1.8),
    "leap_to_outstanding": (0.23, 0, 0.4),
    "anchor_outstanding": (0.62, 0, 1),
    "anchor_good": (0.39, 0, 0.6),
    "headline_removed": (0.5, 0, 1),
    "deprivation_effect": (0.22, 0, 0.35),
    "region_sd": (0.35, 0.1, 0.7),
    "regional_spillover": (0.4, 0, 0.7),
    "collapse_rate": (0.05, 0, 0.08),
    "director_effect": (0.25, 0, 0.5),
    "succession_dip": (0.2, 0, 0.4),
    "interim_penalty": (0.25, 0, 0.5),
    "voluntary_exit_rate": (0.13, 0.08, 0.22),
    "dismissal_probability": (0.4, 0, 0.8),
    "exit_quality_slope": (0.25, 0, 0.6),
    "press_supply_elasticity": (1, 0, 4),
    "lost_after_dismissal": (0.6, 0.2, 0.95),
    "lost_after_choice": (0.8, 0.6, 0.9),
    "pool_exit_rate": (0.25, 0.1, 0.5),
    "hiring_time": (8.1, 4, 11),
    "attention_base": (0.2, 0.08, 0.30),
    "attention_effect": (0.6, 0, 1.2),
    "attention_absorption": (1.5, 0, 3),
    "attention_shield": (1, 0, 3),
    "attention_shift_partners": (0, -0.1, 0.1),
    "attention_shift_peers": (0, -0.1, 0.1),
    "attention_shift_chiefs": (0, -0.1, 0.1),
    "stigma_agency_effect": (0.091, 0, 0.25),
    "quality_agency_effect": (0.047, 0, 0.08),
    "agency_effect": (1, 0, 2.5),
    "alarm_push": (1.0, 0, 1.6),
    "label_stigma": (0.1, 0, 0.5),
    "label_prestige": (0.01, 0, 0.04),
    "transfer_rate": (0.35, 0.02, 0.6),
    "best_gap": (1.25, 0.5, 2),
    "half_dose": (4.5, 0, 10),
    "borrowed_decay": (0.05, 0.01, 0.1),
    "borrowed_loss_on_exit": (0.2, 0, 0.5),
    "unpaid_delivery": (0.7, 0.4, 1),
    "safe_release": (15, 5, 25),
    "overload_cost": (0.2, 0, 0.4),
    "overload_exit": (2.5, 0, 5),
    "giver_learning": (0.1, 0, 0.3),
    "gold_dust_premium": (0.3, -0.3, 0.6),
    "director_share_paid": (0.10, 0.05, 0.35),
    "director_share_unpaid": (0.25, 0.05, 0.35),
}
"""Default, lowest and highest of each, as the specification's table has them."""

SHARES = {
    "leap_to_outstanding", "collapse_rate", "voluntary_exit_rate", "dismissal_probability", "lost_after_dismissal",
    "lost_after_choice", "pool_exit_rate", "attention_base", "borrowed_decay", "borrowed_loss_on_exit",
    "unpaid_delivery", "director_share_paid", "director_share_unpaid", "structural_share", "headline_removed",
}  # fmt: skip


def test_defaults_and_ranges_are_those_specified():
    assert {name: (info.default, info.low, info.high) for name, info in PARAMETERS.items()} == SPECIFIED
    assert Parameters().as_dict() == {name: info.default for name, info in PARAMETERS.items()}


def test_every_parameter_says_what_it_is():
    for name, info in PARAMETERS.items():
        assert info.name == name
        assert info.unit
        assert info.meaning
        assert info.source
        assert info.group
        assert info.hard_low <= info.low <= info.default <= info.high <= info.hard_high


def test_hard_limits_are_those_of_their_kind():
    for name, info in PARAMETERS.items():
        if name in SHARES:
            assert (info.hard_low >= 0, info.hard_high) == (True, 1), name
        elif name.startswith("attention_shift"):
            assert (info.hard_low, info.hard_high) == (-0.3, 0.3), name
        elif name == "national_drift":
            assert (info.hard_low, info.hard_high) == (-100, 100)
        elif name == "intervention_pull":
            assert (info.hard_low, info.hard_high) == (0, 12), "at most the whole distance a month"
        elif name == "gold_dust_premium":
            assert info.hard_low == -1
        elif name == "inspection_noise":
            assert info.hard_low == 0.05
        elif name in {"practice_adjustment_time", "hiring_time", "best_gap"}:
            assert info.hard_low > 0, name
        else:
            assert info.hard_low == 0, name


@given(st.data())
def test_a_value_outside_its_hard_limits_is_refused_and_one_inside_is_kept(data):
    name = data.draw(st.sampled_from(sorted(PARAMETERS)))
    info = PARAMETERS[name]
    high = min(info.hard_high, 0.7) if name in {"deprivation_effect", "region_sd"} else info.hard_high
    inside = data.draw(st.floats(info.hard_low, high))
    assert getattr(Parameters(**{name: inside}), name) == inside
    outside = data.draw(
        st.floats(max_value=info.hard_low, exclude_max=True, allow_nan=False)
        | st.floats(min_value=info.hard_high, exclude_min=True, allow_nan=False)
    )
    with pytest.raises(InputError, match=f"parameter {name}: expected "):
        Parameters(**{name: outside})


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, "0.3", "many", None, True, [0.3], 1 + 0j])
def test_what_is_no_finite_number_is_refused(value):
    with pytest.raises(
        InputError, match="parameter transfer_rate: expected a finite number in SD per 100 effective days"
    ):
        Parameters(transfer_rate=value)


def test_deprivation_and_region_leave_room_for_the_rest():
    Parameters(deprivation_effect=0.3, region_sd=0.89)
    with pytest.raises(InputError, match=r"deprivation_effect and region_sd: .* 0.9 or less, got 0.92"):
        Parameters(deprivation_effect=0.6, region_sd=0.75)


def test_an_unknown_name_is_refused_with_the_nearest():
    with pytest.raises(InputError, match=r"unknown parameter 'transfer_rat' \(nearest: transfer_rate\)"):
        Parameters.from_mapping({"transfer_rat": 0.4})


def test_a_whole_number_becomes_a_float_and_a_set_never_changes():
    parameters = Parameters(best_gap=1)
    assert type(parameters.best_gap) is float
    with pytest.raises(FrozenInstanceError):
        parameters.best_gap = 2.0
    parameters.as_dict()["best_gap"] = 2.0
    assert parameters.best_gap == 1.0


def test_a_file_sets_what_it_names(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text("# two changes\ntransfer_rate = 0.4\nbest_gap = 1\n", "utf-8")
    assert Parameters.from_file(path) == Parameters(transfer_rate=0.4, best_gap=1.0)
    assert Parameters.from_file(str(path)) == Parameters.from_file(path)


BAD_FILES = {
    "empty": b"",
    "only a comment": b"# nothing\n",
    "malformed": b"transfer_rate 0.4\n",
    "twice": b"best_gap = 1\nbest_gap = 2\n",
    "binary": b"\xff\xfe\x00\x01",
    "zeros": b"\x00" * 16,
    "table": b"[transfer_rate]\nvalue = 0.4\n",
    "text": b"transfer_rate = 'much'\n",
    "nan": b"transfer_rate = nan\n",
    "unknown": b"transfer_speed = 0.4\n",
}


@pytest.mark.parametrize("content", BAD_FILES.values(), ids=BAD_FILES)
def test_a_bad_file_is_refused_in_one_sentence(tmp_path, content):
    path = tmp_path / "mine.toml"
    path.write_bytes(content)
    with pytest.raises(InputError) as refusal:
        Parameters.from_file(path)
    assert "\n" not in str(refusal.value)


def test_a_file_that_cannot_be_read_is_named(tmp_path):
    with pytest.raises(InputError, match=r"missing.toml: expected a TOML file, got no such file"):
        Parameters.from_file(tmp_path / "missing.toml")
    with pytest.raises(InputError, match="expected a TOML file, got a folder"):
        Parameters.from_file(tmp_path)


@pytest.mark.parametrize("number", [np.int64(1), np.uint8(1), np.float32(1), np.float64(1)])
def test_numpys_numbers_become_pythons(number):
    parameters = Parameters(best_gap=number)
    assert parameters == Parameters(best_gap=1)
    assert type(parameters.best_gap) is float


@pytest.mark.parametrize("value", [np.True_, np.array([1.0]), np.float64("nan"), np.float32("inf"), 10**400])
def test_what_is_no_number_of_numpys_is_refused(value):
    with pytest.raises(InputError, match="parameter best_gap: expected"):
        Parameters(best_gap=value)
