"""`sli verify --machine`: yes or no, in one sentence and one exit code."""

import re

import pytest

from experiments.cli import main
from experiments.studies.verification import machine


def test_a_machine_that_gives_the_reference_says_yes(capsys):
    assert main(["verify", "--machine"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("yes: this machine gives the reference runs to the last bit")
    assert said.count("\n") == 1
    assert machine.REFERENCE.startswith(re.search(r"\(([0-9a-f]{16})\)", said)[1])


def test_a_machine_whose_luck_differs_in_one_bit_says_no(capsys, monkeypatch):
    draw = machine.Ensemble.draw

    def nearly(self, seed, replicate):
        chance = draw(self, seed, replicate)
        chance.table[-1, -1, -1] = machine.np.nextafter(chance.table[-1, -1, -1], machine.np.inf)
        return chance

    monkeypatch.setattr(machine.Ensemble, "draw", nearly)
    assert main(["verify", "--machine"]) == 1
    said = capsys.readouterr().out
    assert said.startswith("no: the reference runs differ on this machine")
    assert said.count("\n") == 1


def test_every_not_a_number_counts_as_the_same():
    numbers = machine.np.array([1.0, machine.np.nan, -machine.np.nan])
    assert len({numbers.tobytes()[k : k + 8] for k in (8, 16)}) == 2
    assert machine._bytes(numbers)[8:16] == machine._bytes(numbers)[16:]


@pytest.mark.parametrize("place", ["months", "councils", "outcomes"])
def test_the_digest_sees_every_table(place, monkeypatch):
    tables = list(machine._tables(machine.Ensemble(machine.REFERENCE_MONTHS), None))
    number = {"months": 1, "councils": 2, "outcomes": 3}[place]
    whole = machine.runs_digest()
    changed = tables[number].copy()
    changed.flat[0] = machine.np.nextafter(changed.flat[0], machine.np.inf)
    monkeypatch.setattr(machine, "_tables", lambda *_: iter([*tables[:number], changed, *tables[number + 1 :]]))
    assert machine.runs_digest() != whole
