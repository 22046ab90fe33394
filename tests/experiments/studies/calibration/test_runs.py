"""Simulated histories: the same whatever made them, and those on disk are used again only if they are the same."""

import numpy as np

from experiments.design.parameter_sets import draw_sets
from experiments.observed import fit_patterns
from experiments.studies.calibration import runs as histories
from experiments.studies.calibration.informed import as_table, marginals
from experiments.studies.calibration.runs import LUCKS, ask, lucks, make_block, make_histories
from simulation.parameters import PARAMETERS, Parameters

SETS = [chosen.parameters for chosen in draw_sets(3, Parameters(), set(), 1, levers=False)]


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
    asked = ask(SETS, [0, 2], 0, 2, seed=5, name="wave-1")
    first = make_histories(asked, tmp_path, workers=1, progress=False, what="x")
    assert first.shape == (2, 2, len(fit_patterns()))
    made = []
    monkeypatch.setattr(histories, "make_block", lambda block: made.append(block) or make_block(block))
    again = make_histories(asked, tmp_path, workers=1, progress=False, what="x")
    assert (made, again.tobytes()) == ([], first.tobytes())
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    lent = make_histories(asked, elsewhere, workers=1, progress=False, what="x", other=tmp_path)
    assert (made, lent.tobytes()) == ([], first.tobytes())
    for other in (ask(SETS, [0, 1], 0, 2, seed=5, name="wave-1"), ask(SETS, [0, 2], 0, 2, seed=6, name="wave-1")):
        make_histories(other, tmp_path, workers=1, progress=False, what="x")
    assert len(made) == 2


def test_processes_give_the_same_histories(tmp_path, monkeypatch):
    monkeypatch.setattr(histories, "_BLOCK", 1)
    asked = ask(SETS, [0, 1, 2], 0, 1, seed=5, name="w")
    folders = [tmp_path / name for name in ("one", "two")]
    for folder in folders:
        folder.mkdir()
    one, two = (
        make_histories(asked, folder, workers=workers, progress=False, what="x")
        for folder, workers in zip(folders, (1, 2), strict=True)
    )
    assert one.tobytes() == two.tobytes()


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
