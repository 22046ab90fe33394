"""What may be varied, by its name, and the values that it may take."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from experiments.design.columns import (
    CHOICE,
    LEVER,
    PARAMETER,
    QUANTILE,
    SEED_COLUMN,
    START_COLUMN,
    SWITCH,
    check_levers,
    find_column,
)
from simulation.errors import InputError
from simulation.parameters import PARAMETERS
from simulation.regimes import LEVERS, load_regime
from simulation.switches import SWITCHES


@pytest.mark.parametrize(
    ("name", "kind", "target"),
    [
        ("transfer_rate", PARAMETER, "transfer_rate"),
        ("partners_in_practice.days_per_giver", LEVER, "days_per_giver"),
        ("*.days_per_receiver", LEVER, "days_per_receiver"),
        ("hybrid.2.share", LEVER, "share"),
        ("giver_quantile", QUANTILE, "giver_quantile"),
        ("labels", SWITCH, "labels"),
        ("funding", CHOICE, "funding"),
        ("start", START_COLUMN, "start"),
        ("seed", SEED_COLUMN, "seed"),
        ("switch.pressure_on_giving", SWITCH, "pressure_on_giving"),
    ],
)
def test_a_column_is_found_by_its_name(name, kind, target):
    column = find_column(name)
    assert (column.name, column.kind, column.target) == (name, kind, target)
    assert column.meaning


@pytest.mark.parametrize("name", sorted(set(PARAMETERS) & set(SWITCHES)))
def test_of_a_name_of_both_the_values_say_whether_it_is_the_parameter_or_the_switch(name):
    assert find_column(name, ["0.1", "0.2"]).kind == PARAMETER
    assert find_column(name, ["on", "off"]).kind == SWITCH
    assert find_column(name).kind == PARAMETER


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("transfer_rat", "unknown column 'transfer_rat' (nearest: transfer_rate)"),
        ("fundng", "(nearest: funding)"),
        ("days_per_giver", "as in partners_in_practice.days_per_giver or *.days_per_giver for all"),
        ("hybrid.day_per_giver", "expected a lever, got 'day_per_giver' (nearest: days_per_giver)"),
        ("hybrid.days_per_giver_range", "expected a lever, got 'days_per_giver_range'"),
        ("hybrid.0.share", "REGIME.NUMBER.LEVER"),
        ("hybrid.first.share", "REGIME.NUMBER.LEVER"),
        (".share", "REGIME.LEVER"),
    ],
)
def test_a_column_that_there_is_not_is_told_with_the_nearest(name, sentence):
    with pytest.raises(InputError) as caught:
        find_column(name)
    assert sentence in str(caught.value)


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("transfer_rate", "0.3", 0.3),
        ("*.givers", "14", 14),
        ("*.givers", "all", "all"),
        ("*.labels", "true", True),
        ("*.days", "capacity", "capacity"),
        ("labels", "off", "off"),
        ("labels", False, "off"),
        ("gap_shape", "saturating", "saturating"),
        ("funding", "frozen", "frozen"),
        ("poverty_tilt", "2", 2.0),
        ("headline", "2030-04", "2030-04"),
        ("start", "2020-04", "2020-04"),
        ("seed", "7", 7),
        ("receiver_quantile", 0, 0.0),
    ],
)
def test_a_value_is_read_from_text_or_plain(name, text, value):
    got = find_column(name, [text]).value(text, "--vary")
    assert (got, type(got)) == (value, type(value))


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("transfer_rate", "-1", "parameter transfer_rate: expected 0 to 100"),
        ("transfer_rate", "much", "expected a finite number"),
        ("*.givers", "7.5", "expected a whole number (councils), got 7.5"),
        ("*.givers", "al", "expected all, got 'al' (nearest: all)"),
        ("*.share", "1.5", "expected 0 to 1 (share), got 1.5"),
        ("*.labels", "1", "expected true or false, got 1"),
        ("labels", "of", "switch labels: expected on or off, got 'of' (nearest: off)"),
        ("funding", "frosen", "(nearest: frozen)"),
        ("poverty_tilt", "11", "expected a number from 0 to 10"),
        ("pause", "never", "pause: expected historical, none"),
        ("start", "2020", "expected a calendar month as YYYY-MM"),
        ("seed", "-1", "seed: expected a whole number from 0"),
        ("giver_quantile", "1.1", "expected a number from 0 to 1, got 1.1"),
    ],
)
def test_a_value_that_a_column_cannot_have_is_told_with_the_column(name, text, sentence):
    with pytest.raises(InputError) as caught:
        find_column(name).value(text, "--vary")
    assert str(caught.value).startswith(f"--vary, column {name}: ")
    assert sentence in str(caught.value)


@given(st.sampled_from(sorted(PARAMETERS)), st.floats(0, 1))
def test_every_value_in_a_parameters_range_is_one_of_its_column(name, place):
    low, high = find_column(name).bounds([])
    value = low + place * (high - low)
    assert find_column(name).value(value, "here") == value


def test_a_lever_is_drawn_from_the_range_in_the_files_of_those_that_are_run():
    partners, peers = load_regime("partners_in_practice"), load_regime("peer_support")
    column = find_column("*.days_per_giver")
    assert column.bounds([partners]) == (8.0, 24.0)
    assert find_column("peer_support.days_per_giver").bounds([partners, peers]) == (5.0, 16.0)
    with pytest.raises(InputError, match=r"expected one range to draw from, got several"):
        column.bounds([partners, peers])
    with pytest.raises(InputError, match=r"got none; give it, as in \*\.share=4:16"):
        find_column("*.share").bounds([partners])


def test_levers_of_regimes_and_arms_that_are_not_run_are_refused():
    run = [load_regime("none"), load_regime("hybrid")]
    check_levers([find_column(name) for name in ("hybrid.share", "*.share", "hybrid.2.share", "labels")], run)
    for name, sentence in (
        ("hybrd.share", r"\(none, hybrid\), got one of 'hybrd' \(nearest: hybrid\)"),
        ("hybrid.3.share", "expected an arm of hybrid, got number 3"),
        ("none.share", "expected a regime with arms, got one without"),
    ):
        with pytest.raises(InputError, match=sentence):
            check_levers([find_column(name)], run)


def test_every_lever_but_ranges_is_a_column():
    for name, info in LEVERS.items():
        if info.kind != "range":
            assert find_column(f"*.{name}").target == name
