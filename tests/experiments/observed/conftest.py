"""Histories made by hand: a few councils, a few months, answers known beforehand."""

import numpy as np
import pytest

from experiments.observed import History
from simulation.compiled.ensemble import Ensemble
from simulation.compiled.records import PANEL
from simulation.councils import Councils
from simulation.outcomes.outcomes import OUTCOMES
from simulation.outcomes.paths import PATHS
from simulation.outcomes.run import COUNCIL_MEASURES, Run
from simulation.parameters import Parameters


def made_councils(start, region=None, deprivation=None):
    """Councils that hold the grades ``start``; first judgements are not known."""
    n = len(start)
    return Councils(
        code=tuple(f"c{i:03}" for i in range(n)),
        name=("",) * n,
        region=tuple(region or ["north"] * n),
        deprivation_score=tuple(deprivation or map(float, range(n))),
        children_in_need=(100.0,) * n,
        grade=tuple(start),
        months_since_judgement=(12,) * n,
        framework=(1,) * n,
        recovered=(0,) * n,
        first_month=(-1,) * n,
        first_framework=(0,) * n,
        start="2018-04",
        own=True,
    )


@pytest.fixture
def made_history():
    """A function that makes a history: a row a month and a column a council; what is not given is zero."""

    def make(grades, start=None, *, region=None, deprivation=None, paths=(), **columns):
        grades = np.atleast_2d(np.array(grades))
        months, councils = grades.shape
        panel = np.zeros((months, councils), PANEL)
        panel["grade"] = grades
        panel["next_judgement"] = 999
        for name, values in columns.items():
            panel[name] = values
        month_values = np.zeros((months, len(PATHS)))
        for name, values in dict(paths).items():
            month_values[:, list(PATHS).index(name)] = values
        return History(
            Run(
                regime="historical",
                parity="none",
                replicate=0,
                table=made_councils(start or grades[0].tolist(), region, deprivation),
                values=np.zeros(len(OUTCOMES)),
                month_values=month_values,
                council_values=np.zeros((councils, len(COUNCIL_MEASURES))),
                panel=panel,
            )
        )

    return make


@pytest.fixture(scope="session")
def real_history():
    """A history of England's councils."""
    ensemble = Ensemble(72)
    return History(ensemble.run("historical", ensemble.open(Parameters(), ensemble.draw(1, 0)), panel=True))
