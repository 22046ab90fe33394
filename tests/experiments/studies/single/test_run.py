"""One run: refused before its folder is touched if it cannot be, whoever asks."""

from dataclasses import replace

import numpy as np
import pytest

from experiments.cli import main
from experiments.files.whole import read_csv
from experiments.studies.single.run import SingleRun, run_single
from simulation.councils import load_councils
from simulation.errors import InputError
from simulation.evidence.schema import GRADES
from simulation.parameters import Parameters
from simulation.regimes import load_regime
from simulation.scenario import Scenario
from simulation.switches import Switches


@pytest.fixture(scope="module")
def chosen():
    return SingleRun(
        regime=load_regime("none"),
        replicate=np.int64(0),
        parity="none",
        months=np.int32(2),
        seed=np.uint64(3),
        scenario=Scenario(),
        switches=Switches(),
        parameters=Parameters(),
        councils=load_councils(),
    )


def test_numpys_whole_numbers_are_taken(chosen, tmp_path):
    assert {type(chosen.replicate), type(chosen.months), type(chosen.seed)} == {int}
    run_single(chosen, tmp_path / "out")
    assert (tmp_path / "out" / "run.png").exists()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"seed": 2**63}, "seed: expected a whole number from 0 to 9223372036854775807"),
        ({"replicate": 2**31}, "replicate: expected a whole number from 0 to 2147483647"),
        ({"months": 12_001}, "months: expected a whole number from 1 to 12000, got 12001"),
        ({"parity": "day"}, r"parity: expected .*, got 'day' \(nearest: days\)"),
        ({"regime": load_regime("hybrid").with_arms(days_per_giver=1.0)}, "a name that no shipped regime has"),
    ],
)
def test_what_cannot_be_run_is_refused(chosen, change, said):
    with pytest.raises(InputError, match=said):
        replace(chosen, **change)


def test_grades_are_words(tmp_path):
    assert main(["run", "--regime", "none", "--months", "2", "--out", str(tmp_path)]) == 0
    assert set(read_csv(tmp_path / "councils.csv").grade) == set(GRADES)
