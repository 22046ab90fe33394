"""Simulated histories: the luck that each set meets, and what the evidence tells of a parameter."""

import numpy as np

from experiments.design.parameter_sets import draw_sets
from experiments.studies.calibration.informed import as_table, marginals
from experiments.studies.calibration.runs import LUCKS, lucks
from simulation.parameters import PARAMETERS, Parameters


def test_a_set_never_meets_one_luck_twice_and_goes_on_where_it_stopped():
    for number in range(200):
        met = lucks(number, 0, 20)
        assert len(set(met)) == 20
        assert max(met) < LUCKS
        assert lucks(number, 0, 2) + lucks(number, 2, 20) == met


def test_every_luck_is_met_about_equally_often():
    met = np.bincount([luck for number in range(640) for luck in lucks(number, 0, 2)], minlength=LUCKS)
    assert met.tolist() == [20] * LUCKS


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
