"""Cells: which text is a number, a date or a name, and what a spreadsheet takes for a formula."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.evidence.cells import CELL_KINDS, UnfitError, as_integer, as_number, guarded, unguarded

ODD_DIGITS = ["\u0663", "\uff13", "\u0967", "1_0", "0x1", "1e", "", "nan", "inf", "-", "1,5", "\u00bd"]


@pytest.mark.parametrize("text", ODD_DIGITS)
def test_only_plain_digits_are_numbers(text):
    for read in (as_number, as_integer):
        with pytest.raises(ValueError, match=f"^{re.escape(text)}$"):
            read(text)


def test_numbers_are_read_in_every_plain_way_of_writing():
    assert [as_number(text) for text in ("1", "-0.5", ".5", "5.", "+1e3")] == [1.0, -0.5, 0.5, 5.0, 1000.0]
    assert [as_integer(text) for text in ("1", "-2", "+3")] == [1, -2, 3]
    for too_long in ("1e999", "9" * 400):
        with pytest.raises(ValueError, match=f"^{too_long}$"):
            as_number(too_long)


@pytest.mark.parametrize(("kind", "text"), [("date", "2999-01-01"), ("date", "0001-01-01"), ("month", "2999-01")])
def test_what_lies_too_far_away_is_told_so_and_not_called_no_date(kind, text):
    with pytest.raises(UnfitError, match=f"^a {kind} from 1900"):
        CELL_KINDS[kind].parse(text)


@pytest.mark.parametrize("text", ["a\x1b[31m", "two\nlines", "tab\tbed", "turned\u202e"])
def test_text_has_no_control_characters(text):
    with pytest.raises(UnfitError, match="text without line ends and control characters"):
        CELL_KINDS["text"].parse(text)


@pytest.mark.parametrize("text", ["=1+0", "+cmd", "-2+3", "@SUM(A1)", "'=1", "\uff1d1", "--1"])
def test_what_a_spreadsheet_takes_for_a_formula_is_written_so_that_it_does_not(text):
    assert guarded(text) == f"'{text}"
    assert CELL_KINDS["text"].parse(guarded(text)) == text


@pytest.mark.parametrize("text", ["", "a=1", "E06000001", "-0.5", "+3", "1e-3", "'quoted'", "King's Lynn", "-1.5e-07"])
def test_all_else_is_written_as_it_is(text):
    assert guarded(text) == unguarded(text) == text


@given(st.text("=+-@'ab1. ", max_size=8))
def test_whatever_the_text_it_is_read_back(text):
    assert unguarded(guarded(text)) == text
