"""Calendar months as text and as numbers."""

import doctest
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation import dates
from simulation.dates import calendar_month, history_month, month_after, month_number, month_of, month_text
from simulation.errors import InputError


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_a_month_is_the_same_however_it_is_written(day):
    assert month_number(f"{day:%Y-%m}", "start") == month_of(day)
    assert month_text(month_of(day)) == f"{day:%Y-%m}"
    assert calendar_month(history_month(day)) == f"{day:%Y-%m}"


@given(st.integers(0, 12_000))
def test_months_are_added(months):
    later = month_number("2018-04", "start") + months
    assert month_after("2018-04", months) == month_text(later)


@pytest.mark.parametrize(
    "text",
    ["2018-4", "18-04", "2018-13", "2018-00", "\u0662\u0660\u0661\u0668-\u0660\u0664", " 2018-04", "", None, 2018],
)
def test_what_is_no_month_is_refused(text):
    with pytest.raises(InputError, match="start: expected a calendar month as YYYY-MM, got"):
        month_number(text, "start")


@pytest.mark.parametrize("text", ["1899-12", "2200-01", "2999-01"])
def test_a_month_too_far_away_is_told_so(text):
    with pytest.raises(InputError, match=f"start: expected a month from 1900-01 to 2199-12, got '{text}'"):
        month_number(text, "start")


def test_the_examples_hold():
    found = doctest.testmod(dates)
    assert found.attempted
    assert not found.failed
