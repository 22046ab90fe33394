"""Simulated histories: the same whatever made them, and those on disk are used again only if they are the same."""

import numpy as np

from experiments.design.parameter_sets import draw_sets
from experiments.observed import fit_patterns
from experiments.results.blocks import BlockFolder
from experiments.running.maker import Maker
from experiments.studies.calibration import runs
from experiments.studies.calibration.informed import as_table, marginals
from experiments.studies.calibration.runs import LUCKS, FitHistories, lucks, one_history, run_fit_histories
from simulation.parameters import PARAMETERS, Parameters

SETS = [chosen.parameters for chosen in draw_sets(3, Parameters(), set(), 1, levers=False)]


def histories(numbers=(0, 2), after=2, seed=5):
    return FitHistories("wave-1", SETS, numbers, 0, after, seed)


def test_a_set_never_meets_one_luck_twice_and_goes_on_where_it_stopped():
    for number in range(200):
        met = lucks(number, 0, 20)
        assert len(set(met)) == 20
        assert max(met) < LUCKS
        assert lucks(number, 0, 2) + lucks(number, 2, 20) == met


def test_every_luck_is_met_about_equally_often():
    met = np.bincount([luck for number in range(640) for luck in lucks(number, 0, 2)], minlength=LUCKS)
    assert met.tolist() == [20] * LUCKS


def test_blocks_on_disk_are_used_again_only_for_the_same_sets_and_luck(tmp_path, monkeypatch):
    store = BlockFolder(tmp_path / "blocks")
    first = run_fit_histories(histories(), store)
    assert first.shape == (2, 2, len(fit_patterns()))
    made, make, told = [], Maker.make, []
    monkeypatch.setattr(Maker, "make", lambda maker, piece, *more: made.append(piece) or make(maker, piece, *more))
    again = run_fit_histories(histories(), store, tell=told.append)
    assert (made, again.tobytes()) == ([], first.tobytes())
    assert told == ["going on from 1 of 1 blocks on disk"]
    lent = run_fit_histories(histories(), BlockFolder(tmp_path / "elsewhere", lent=(store.path,)))
    assert (made, lent.tobytes()) == ([], first.tobytes())
    for other in (histories(numbers=(0, 1)), histories(seed=6), histories(after=1)):
        told.clear()
        run_fit_histories(other, store, tell=told.append)
        assert told == ["blocks that do not hold are made anew: wave-1-0000000"]
    assert len(made) == 3


def test_a_history_is_the_same_alone_and_among_others(tmp_path):
    shown = run_fit_histories(histories(), BlockFolder(tmp_path))
    for row, number in enumerate((0, 2)):
        for column, luck in enumerate(lucks(number, 0, 2)):
            np.testing.assert_array_equal(one_history(SETS[number], luck, 5), shown[row, column])


def test_processes_give_the_same_histories(tmp_path, monkeypatch):
    monkeypatch.setattr(runs, "_SETS_A_PIECE", 1)
    asked = histories(numbers=(0, 1, 2), after=1)
    one, two = (run_fit_histories(asked, BlockFolder(tmp_path / str(workers)), workers=workers) for workers in (1, 2))
    assert one.tobytes() == two.tobytes()
    assert len(list((tmp_path / "2").iterdir())) == 3


def test_marginals_of_the_prior_itself_are_not_informed_and_of_a_corner_are():
    sets = as_table([chosen.parameters for chosen in draw_sets(3000, Parameters(), set(), 1, levers=False)])
    level = marginals(sets, np.full(3000, 1 / 3000))
    assert not level.informed.any()
    assert (abs(level.spread - 1) < 0.05).all()
    column = list(PARAMETERS).index("alarm_push")
    corner = sets[:, column] > 0.8
    told = marginals(sets, corner / corner.sum()).set_index("parameter")
    assert told.informed["alarm_push"]
    assert told.low["alarm_push"] > 0.8
    assert abs(told.spread["alarm_push"] - 0.5) < 0.03
