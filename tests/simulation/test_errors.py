"""What is said of bad input: one line, of a bounded length, without what a terminal would obey."""

import pickle

import numpy as np
import pytest

from simulation.errors import InputError, has_controls, nearest, one_line, shown, whole


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("two\nlines", "two lines"),
        ("a\tb\r\n", "a b"),
        ("\x1b[31mred\x07", "\\x1b[31mred\\x07"),
        ("\u202eturned", "\\u202eturned"),
        ("r\udce9s", "r\\udce9s"),
        ("a  b", "a  b"),
        ("Übersee \u2013 £1", "Übersee \u2013 £1"),
    ],
)
def test_a_sentence_holds_nothing_that_a_terminal_obeys(given, told):
    assert str(InputError(given)) == one_line(given) == told


def test_a_sentence_keeps_its_ends_when_it_is_cut_short():
    told = str(InputError(f"expected {'x' * 100_000}, got y"))
    assert len(told) < 1500
    assert told.startswith("expected xxx")
    assert told.endswith("xxx, got y")


def test_an_error_goes_through_a_pipe_as_it_is():
    error = InputError("seed: expected 1\n")
    assert str(pickle.loads(pickle.dumps(error))) == str(error)  # noqa: S301 - made here


DEEP = []
for _ in range(100_000):
    DEEP = [DEEP]


@pytest.mark.parametrize(
    "value",
    ["n" * 100_000, [1] * 100_000, 10**5000, DEEP, {"a": "b" * 1000}],
    ids=["text", "list", "digits", "depth", "table"],
)
def test_a_value_is_shown_in_few_characters(value):
    assert len(shown(value)) < 80


def test_a_short_value_is_shown_as_it_is():
    assert [shown(value) for value in ("a\x1b", 3, None, 0.5)] == ["'a\\x1b'", "3", "None", "0.5"]


def test_the_nearest_name_to_a_very_long_one_is_found_at_once():
    assert nearest("transfer_rate" * 10_000, ["transfer_rate"]) in {"", " (nearest: transfer_rate)"}


def test_names_and_titles_have_no_line_ends():
    assert not has_controls("Kingston upon Hull, City of")
    assert all(map(has_controls, "\n\r\t\0\x1b\x7f\x85\u2028\u2029\ud800"))


@pytest.mark.parametrize("number", [3, np.int8(3), np.uint64(3), np.array(3)])
def test_a_whole_number_is_pythons_or_numpys(number):
    assert whole("seed", number, 0, 3) == 3
    assert type(whole("seed", number, 0)) is int


def test_all_else_is_no_whole_number():
    for value in (-1, 4, True, np.True_, 2.0, np.float64(2), "2", None, np.array([2]), 10**5000):
        with pytest.raises(InputError, match="seed: expected a whole number from 0 to 3, got"):
            whole("seed", value, 0, 3)


def test_a_limit_that_is_not_there_is_not_named():
    with pytest.raises(InputError, match="workers: expected a whole number of 1 or more, got 0"):
        whole("workers", 0, 1)
