"""How scripts end: one sentence, an exit code, and no traceback but for a fault of the program."""

import pytest

from experiments.running import endings
from experiments.running.endings import end_in_words, end_process
from experiments.running.interrupts import Terminated
from simulation.errors import InputError
from tools.site import quiet


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


@pytest.mark.parametrize(("code", "left"), [(0, []), (2, []), (130, [130]), (143, [143])])
def test_a_process_that_was_interrupted_waits_for_nothing(code, left, monkeypatch):
    met = []
    monkeypatch.setattr(endings, "leave", met.append)
    with pytest.raises(SystemExit) as ended:
        end_process(code)
    assert (ended.value.code, met) == (code, left)


def test_ctrl_c_in_a_command_that_a_script_runs_ends_the_script_too(monkeypatch, capsys):
    monkeypatch.setattr(quiet, "main", lambda _: 130)
    assert end_in_words("gallery", lambda: len(quiet.run_quietly(["compare"])), "nothing is left") == 130
    assert capsys.readouterr().err == "gallery: interrupted; nothing is left\n"
