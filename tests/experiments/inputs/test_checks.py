"""Names among others, parities, and names that files can have."""

from pathlib import Path

import pytest

from experiments.inputs.checks import checked_choice, checked_parities, checked_path
from experiments.inputs.parsing import make_scenario, parse_number, parse_sets, parse_whole
from simulation.errors import InputError
from simulation.scenario import Scenario

LONG = "n" * 100_000


@pytest.mark.parametrize("name", ["", "r\udce9s", "a\x1b[31m", "two\nlines", "nul\0"])
def test_a_name_that_no_file_should_have_is_refused(name):
    with pytest.raises(InputError, match="--out: expected a name in UTF-8 without control characters, got ") as told:
        checked_path("--out", name)
    assert str(told.value).isprintable()
    assert checked_path("--out", "Łódź results/1") == Path("Łódź results/1")


def test_a_choice_and_a_parity_are_told_with_the_nearest_and_cut_short():
    with pytest.raises(InputError, match=r"keep: expected runs or months, got 'month' \(nearest: months\)"):
        checked_choice("keep", "month", ("runs", "months"))
    for wrong in (lambda: checked_choice("keep", LONG, ("runs", "months")), lambda: checked_parities([LONG])):
        with pytest.raises(InputError) as told:
            wrong()
        assert len(str(told.value)) < 200


@pytest.mark.parametrize("text", ["\u0663", "1_0", "", "0x1", "1.5", "NaN", "inf", LONG])
def test_only_plain_digits_are_whole_numbers(text):
    with pytest.raises(InputError, match="--seed: expected a whole number, got ") as told:
        parse_whole(text, "--seed")
    assert len(str(told.value)) < 200
    with pytest.raises(InputError, match="--sets: expected a whole number of 1 or more, or all, got"):
        parse_sets(text)


@pytest.mark.parametrize("text", ["\u0663.5", "1_0", "", "nan", "inf", "1e999", "1,5"])
def test_only_plain_digits_are_numbers(text):
    with pytest.raises(InputError, match="--matters: falls: expected a number, got "):
        parse_number(text, "--matters: falls")


def test_plain_digits_are_read():
    assert [parse_whole(text, "--seed") for text in ("3", " -4 ", "+5", str(2**63))] == [3, -4, 5, 2**63]
    assert [parse_number(text, "--tilt") for text in ("3", "-.5", "1e2")] == [3.0, -0.5, 100.0]
    assert [parse_sets(text) for text in ("all", "20")] == ["all", 20]


def test_what_is_left_out_of_a_scenario_stands_at_its_default():
    assert make_scenario("2018-04") == Scenario()
    assert make_scenario("2019-01", "frozen", pause="none", poverty_tilt=None) == Scenario(
        start="2019-01", funding="frozen", pause="none"
    )


@pytest.mark.parametrize("funding", ["", LONG, "a\0b", "frozn"])
def test_a_path_of_funding_that_is_no_name_and_no_file_is_told(funding):
    with pytest.raises(InputError, match=r"funding: expected projected, .* or a CSV file, got") as told:
        make_scenario("2018-04", funding)
    assert len(str(told.value)) < 250
