"""The particle filter: chances of judgements as counted in the model's own runs, and an estimate without bias."""

import math
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from simulation import InputError, Parameters, Scenario
from simulation.compiled.filter import JudgementFilter
from simulation.state import GOOD, ILACS, INADEQUATE, OUTSTANDING
from simulation.switches import Switches

COUNCILS, FIRST, GAP = 60, 12, 41
"""Like councils, all good, are judged in month 12 and, if good again, 41 months later where luck is even."""
MONTHS = FIRST + GAP + 1
OPEN = Scenario(pause="none")
LUCKS = 60


def judged(councils, months=MONTHS, **grades):
    """Return grades by month and council: those named by month (``m12=2``) for council 0, none else."""
    table = np.full((months, councils.n), -1)
    for month, grade in grades.items():
        table[int(month[1:]), 0] = grade
    return table


def follow(councils, table, parameters, *, particles=200, replicate=0, **given):
    """Return the logarithms of the chances of the judgements of a table."""
    frameworks = np.full_like(table, ILACS)
    one = JudgementFilter(table, frameworks, particles=particles, councils=councils, scenario=OPEN, **given)
    return one.log_chances(parameters, replicate=replicate)


@pytest.fixture(scope="module")
def councils(alike):
    return alike(COUNCILS, first_month=(FIRST,) * COUNCILS)


@pytest.fixture(scope="module")
def counted(councils, lived):
    """How often like councils got each grade in month 12, and each after good in month 53: a row a luck."""
    first, second = np.zeros((LUCKS, 4)), np.zeros((LUCKS, 4))
    for replicate in range(LUCKS):
        now = {"parameters": Parameters(), "switches": Switches(), "scenario": OPEN}
        run = lived(councils, MONTHS, replicate=replicate, luck={"judgement_gap": 0.5}, **now)
        grades = run.panel["grade"]
        first[replicate] = np.bincount(grades[FIRST], minlength=4)
        second[replicate] = np.bincount(grades[FIRST + GAP, grades[FIRST] == GOOD], minlength=4)
    return first, second


def test_chances_are_those_counted_in_the_models_own_runs(councils, counted):
    first, second = counted
    assert second.sum() == first[:, GOOD].sum() > 800
    for grade in range(4):
        table = judged(councils, m12=GOOD, m53=grade)
        logs = np.array([follow(councils, table, Parameters(), replicate=k, particles=600) for k in range(4)])
        assert np.count_nonzero(logs[0]) == 2
        for month, counts, number in ((FIRST, first, GOOD), (FIRST + GAP, second, grade)):
            found = np.exp(logs[:, month])
            share = counts[:, number].sum() / counts.sum()
            # Councils of one luck share their region's effect: the error is that of lucks.
            apart = counts[:, number] - share * counts.sum(axis=1)
            error = math.sqrt((apart**2).sum() / counts.sum() ** 2 + found.var(ddof=1) / 4)
            assert error < 0.06
            assert abs(found.mean() - share) < 4 * error + 1e-3, (grade, month, found.mean(), share)


def test_grades_share_out_the_whole_chance(councils):
    chances = [math.exp(follow(councils, judged(councils, 13, m12=grade), Parameters())[FIRST]) for grade in range(4)]
    assert math.fsum(chances) == pytest.approx(1, abs=1e-12)
    assert min(chances) > 0


def test_the_estimate_has_no_bias_however_few_the_particles(councils):
    table = judged(councils, m12=INADEQUATE, m53=GOOD)
    few = np.exp([follow(councils, table, Parameters(), particles=8, replicate=k).sum() for k in range(400)])
    many = np.exp([follow(councils, table, Parameters(), particles=2000, replicate=k).sum() for k in range(4)])
    error = math.sqrt(few.var(ddof=1) / 400 + many.var(ddof=1) / 4)
    assert error < 0.2 * many.mean()
    assert abs(few.mean() - many.mean()) < 4 * error


def test_the_same_luck_gives_the_same_bits_on_any_number_of_threads(councils):
    table = judged(councils, m12=GOOD, m53=GOOD)
    one = JudgementFilter(table, np.full_like(table, ILACS), particles=20, councils=councils)

    def bits(replicate):
        return one.log_chances(Parameters(), replicate=replicate).tobytes()

    alone = list(map(bits, range(8)))
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(bits, range(8)))
    assert alone == together
    assert len(set(alone)) == 8


def test_what_cannot_be_has_no_chance_and_nothing_judged_says_nothing(councils):
    never = Parameters(leap_to_outstanding=0.0)
    table = judged(councils, m12=INADEQUATE, m53=OUTSTANDING)
    assert follow(councils, table, never)[FIRST + GAP] == -math.inf
    assert not follow(councils, judged(councils, 13), Parameters()).any()


def test_a_chance_knows_parameters_and_switches(councils):
    table = judged(councils, m12=INADEQUATE)
    usual = follow(councils, table, Parameters(collapse_rate=0.08), particles=2000)[FIRST]
    assert follow(councils, table, Parameters(collapse_rate=0.0), particles=2000)[FIRST] < usual - 0.05
    off = follow(councils, table, Parameters(collapse_rate=0.08), particles=2000, switches=Switches(collapse="off"))
    assert off[FIRST] < usual - 0.05


def test_grades_of_other_councils_are_refused(councils):
    table = np.full((3, COUNCILS + 1), -1)
    with pytest.raises(InputError, match=rf"grades: expected shape \(months, {COUNCILS}\)"):
        JudgementFilter(table, table, councils=councils)
