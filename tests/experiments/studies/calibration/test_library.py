"""The library of a fit: the same whatever made it, and what is known by a month and no more."""

import numpy as np
import pytest

from experiments.design.parameter_sets import draw_sets
from experiments.observed import fit_patterns
from experiments.observed.judged import NOT_JUDGED, judged_until
from experiments.results.blocks import BlockFolder
from experiments.studies.calibration import library
from experiments.studies.calibration.calibrate import checked_until
from experiments.studies.calibration.library import HISTORIES, Data, LibraryRunner, pattern_targets, run_library
from simulation.compiled.filter import JudgementFilter
from simulation.councils import GRADES, load_councils
from simulation.errors import InputError
from simulation.evidence import read_rows
from simulation.parameters import Parameters
from simulation.state import ILACS, SIF
from simulation.switches import Switches

SETS = [chosen.parameters for chosen in draw_sets(3, Parameters(), set(), 1, levers=False)]
SHORT = judged_until("2018-10")


def data(**changed):
    return Data(**({"judged": SHORT, "particles": 6, "switches": Switches(), "seed": 5} | changed))


def test_judgements_are_those_of_the_evidence_before_a_month():
    judged, place = judged_until("2024-04"), {code: i for i, code in enumerate(load_councils().code)}
    assert judged.grades.shape == judged.frameworks.shape == (72, 152)
    rows = [row.cells for table in ("judgements", "later_judgements") for row in read_rows(table)]
    known = [row for row in rows if "2018-04" <= f"{row['published']:%Y-%m}" < "2024-04" and row["code"] in place]
    assert judged.number == len(known) > 200
    for row in known:
        month = (row["published"].year - 2018) * 12 + row["published"].month - 4
        assert judged.grades[month, place[row["code"]]] == GRADES.index(row["grade"])
        assert judged.frameworks[month, place[row["code"]]] == (ILACS if row["framework"] == "ilacs" else SIF)
    earlier = judged_until("2021-04")
    assert np.array_equal(earlier.grades, judged.grades[:36])
    assert (earlier.grades[27:] == NOT_JUDGED).all()


def test_patterns_are_those_known_by_a_month_and_never_made_of_judgements():
    every, early = pattern_targets("2024-04"), pattern_targets("2019-04")
    names = np.array([pattern.name for pattern in fit_patterns()])
    judged = np.array([name.startswith(("mix_", "first_")) for name in names])
    assert np.isnan(every[judged]).all()
    assert np.isfinite(every[~judged]).all()
    assert set(names[np.isfinite(early)]) == {"changes_inadequate", "changes_requires_improvement", "changes_good"}
    assert "spell_months" not in names[np.isfinite(pattern_targets("2023-04"))]


def test_a_library_is_the_same_alone_in_threads_and_from_disk(tmp_path, monkeypatch):
    one = run_library(data(), "wave-1", SETS, 0, BlockFolder(tmp_path / "one"))
    monkeypatch.setattr(library, "_SETS_A_PIECE", 1)
    two = run_library(data(), "wave-1", SETS, 0, BlockFolder(tmp_path / "two"), workers=2)
    assert one.log_chances.shape == (3, 6)
    assert one.histories.shape == (3, HISTORIES, len(fit_patterns()))
    assert one.log_chances.tobytes() == two.log_chances.tobytes()
    assert one.histories.tobytes() == two.histories.tobytes()
    monkeypatch.setattr(LibraryRunner, "make", lambda *_: pytest.fail("made again"))
    told = []
    again = run_library(data(), "wave-1", SETS, 0, BlockFolder(tmp_path / "two"), tell=told.append)
    assert told == ["going on from 3 of 3 blocks on disk"]
    assert again.log_chances.tobytes() == one.log_chances.tobytes()


def test_a_set_meets_its_own_luck_and_blocks_know_what_they_were_made_of(tmp_path):
    found = run_library(data(), "wave-1", SETS, 0, BlockFolder(tmp_path))
    one = JudgementFilter(SHORT.grades, SHORT.frameworks, particles=6)
    for number, parameters in enumerate(SETS):
        np.testing.assert_array_equal(one.log_chances(parameters, seed=5, replicate=number), found.log_chances[number])
    longer = judged_until("2018-11")
    for other in (data(particles=7), data(seed=6), data(switches=Switches(alarm="off")), data(judged=longer)):
        told = []
        run_library(other, "wave-1", SETS, 0, BlockFolder(tmp_path), tell=told.append)
        assert told == ["blocks that do not hold are made anew: wave-1-000000"]


def test_later_judgements_are_no_part_of_what_is_fitted_to():
    last = max(f"{row.cells['published']:%Y-%m}" for row in read_rows("later_judgements"))
    assert last > "2024-04"
    with pytest.raises(InputError, match="kept for scores, got '2024-05'"):
        checked_until(["2024-05"])
