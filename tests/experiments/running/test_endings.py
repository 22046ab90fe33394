"""How scripts end: one sentence, an exit code, and no traceback but for a fault of the program."""

import pytest

from experiments.running.endings import end_in_words
from experiments.running.interrupts import Terminated
from simulation.errors import InputError


def raising(error):
    def work():
        raise error

    return work


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (InputError("bets: expected one,\ngot two"), 2, "score: bets: expected one, got two\n"),
        (PermissionError(13, "Permission denied", "mine"), 2, "score: cannot use mine: Permission denied\n"),
        (OSError(28, "No space left on device"), 2, "score: cannot write the results: No space left on device\n"),
        (KeyboardInterrupt(), 130, "score: interrupted; what was made is kept\n"),
        (Terminated(), 143, "score: terminated; what was made is kept\n"),
    ],
)
def test_it_ends_in_one_sentence(error, code, said, capsys):
    assert end_in_words("score", raising(error), "what was made is kept") == code
    assert capsys.readouterr() == ("", said)


def test_what_goes_well_says_nothing(capsys):
    assert end_in_words("score", lambda: 1, "") == 1
    assert capsys.readouterr() == ("", "")


def test_a_fault_of_the_program_is_not_hidden():
    with pytest.raises(KeyError):
        end_in_words("score", raising(KeyError("name")), "")
