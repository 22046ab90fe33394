"""One source, twice: what plain Python writes into states, compiled code writes into records, in every bit.

Whole runs are compared in `test_ensemble.py`; here are the parts, with nothing between them that could hide a
difference: coefficients, month 0, terms of regimes, outcomes.
"""

import math

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulation import PARITIES, REGIMES, Parameters, Scenario, deploy, load_regime, simulate
from simulation.chance import START
from simulation.coefficients import Coefficients
from simulation.compiled.cache import measure_run, pair_runs
from simulation.compiled.ensemble import Ensemble
from simulation.compiled.records import ARM, COUNCIL, DEPLOYMENT, DIRECTOR, SECTOR, as_records
from simulation.opening import CHIEF, DUE, START_ABILITY, START_INSPECTION, START_INTERIM_ABILITY, open_states
from simulation.outcomes.measures import RECIPES, write_outcomes, write_paired_outcomes
from simulation.outcomes.outcomes import OUTCOMES
from simulation.outcomes.paths import PATHS
from simulation.outcomes.run import COUNCIL_MEASURES

MANY = settings(max_examples=200, suppress_health_check=list(HealthCheck))
ODD_TABLES = [3, 4, 7, 152, 501, 1000]
"""Numbers of councils, the largest of which are sorted in another way."""


def differing(states, records):
    """Return the fields whose bits differ between states and records."""
    written = as_records(states, records.dtype)
    return [name for name in records.dtype.names if written[name].tobytes() != records[name].tobytes()]


def check_opening(ensemble, parameters, seed=2018, replicate=0):
    """Assert that month 0 and the coefficients are the same as states and as records."""
    chance = ensemble.draw(seed, replicate)
    opening = ensemble.open(parameters, chance)
    c = Coefficients.of(parameters, ensemble.switches, ensemble.table.n, *ensemble.scenario.for_coefficients())
    councils, directors, sector = open_states(ensemble.table, chance, c, ensemble.scenario.pause_months())
    assert differing([c], opening.coefficients) == []
    assert differing(councils, opening.councils) == []
    assert differing(directors, opening.directors) == []
    assert differing([sector], opening.sector) == []
    assert (opening.councils.dtype, opening.directors.dtype, opening.sector.dtype) == (COUNCIL, DIRECTOR, SECTOR)
    return opening


def test_luck_of_the_start_lies_where_month_0_looks():
    names = list(START)
    assert names[START_INSPECTION] == "start_inspection"
    assert names[DUE] == "start_due"
    assert names[CHIEF] == "start_chief"
    assert names[START_ABILITY] == "start_ability"
    assert names[START_INTERIM_ABILITY] == "start_interim_ability"


@MANY
@given(st.data())
def test_month_0_is_the_same_under_any_parameters(drawn, data):
    scenario = data.draw(drawn.scenarios)
    table = data.draw(drawn.tables(start=scenario.start, own=data.draw(st.booleans())))
    ensemble = Ensemble(3, councils=table, scenario=scenario, switches=data.draw(drawn.switches))
    check_opening(
        ensemble, data.draw(drawn.parameters), data.draw(st.sampled_from([1, 2**62])), data.draw(st.integers(0, 5))
    )


@pytest.mark.parametrize("n", ODD_TABLES)
@pytest.mark.parametrize("own", [True, False])
def test_month_0_is_the_same_in_tables_of_any_size(sector, n, own):
    table = sector(n, own=own, first_month=tuple(-1 if i % 3 else i % 40 for i in range(n)))
    for replicate in range(3):
        check_opening(Ensemble(2, councils=table), Parameters(), replicate=replicate)


@pytest.mark.parametrize("start", ["2018-04", "2019-09", "2020-07", "2021-03"])
def test_month_0_of_england_is_the_same(start):
    for pause in ("historical", "none"):
        check_opening(Ensemble(2, scenario=Scenario(start=start, pause=pause)), Parameters(), replicate=3)


@MANY
@given(st.data())
def test_terms_of_any_regime_are_the_same_under_any_parity(drawn, data):
    regime = data.draw(drawn.regimes | st.sampled_from(REGIMES).map(load_regime))
    parity = data.draw(st.sampled_from(PARITIES))
    table = data.draw(drawn.tables())
    ensemble = Ensemble(2, councils=table, switches=data.draw(drawn.switches))
    parameters = data.draw(drawn.parameters)
    opening = ensemble.open(parameters, ensemble.draw(1, 0))
    c = Coefficients.of(parameters, ensemble.switches, table.n)
    deployment = deploy(regime, c, parity, table.n)
    arms, whole = ensemble._deployed(regime, opening, parity)
    assert (arms.dtype, whole.dtype) == (ARM, DEPLOYMENT)
    assert differing(deployment.arms, arms) == []
    assert differing([deployment], whole) == []


NUMBERS = st.just(0.0) | st.floats(-1e9, 1e9) | st.integers(0, 200).map(float)


def rows(columns, most):
    return st.lists(st.lists(NUMBERS, min_size=columns, max_size=columns), min_size=1, max_size=most)


@st.composite
def recorded(draw):
    """What a run may have recorded: months, its councils and the same under `none`, spells."""
    months, councils = draw(rows(len(PATHS), 4)), draw(rows(len(COUNCIL_MEASURES), 5))
    none = [[draw(NUMBERS) for _ in row] for row in councils]
    place = COUNCIL_MEASURES.index("months_giving")
    for row in councils:
        row[place] = float(draw(st.integers(0, len(months))))
    at_risk = draw(st.lists(st.integers(0, 3), max_size=6))
    mended = [draw(st.integers(0, exposed)) for exposed in at_risk]
    return months, councils, none, at_risk, mended


def as_is(table):
    """Return a table of numbers as compiled code takes records' memory, all columns read in order."""
    numbers = np.array(table)
    return numbers, numbers.view(np.int64), np.arange(numbers.shape[1]), np.zeros(numbers.shape[1], dtype=bool)


@MANY
@given(recorded())
def test_outcomes_are_the_same_of_whatever_was_recorded(parts):
    months, councils, none, at_risk, mended = parts
    for row in councils:
        row[COUNCIL_MEASURES.index("mean_quality")] *= len(months)
    values = np.full(len(OUTCOMES), np.nan)
    room = np.empty((len(months), len(PATHS))), np.empty((len(councils), len(COUNCIL_MEASURES)))
    spells = (np.array(at_risk, np.int64), np.array(mended, np.int64))
    measure_run(as_is(months), as_is(councils), *spells, *room, values)
    plain = [math.nan] * len(OUTCOMES)
    write_outcomes(months, len(councils), at_risk, mended, plain)
    assert np.array(plain).tobytes() == values.tobytes()
    pair_runs(room[1], np.array(none), len(months), values)
    write_paired_outcomes(room[1].tolist(), none, len(months), plain)
    assert np.array(plain).tobytes() == values.tobytes()


@pytest.mark.parametrize("regime", ["hybrid", "childrens_trust"])
def test_every_path_column_and_outcome_is_written_where_it_belongs(regime):
    ensemble = Ensemble(14)
    opening = ensemble.open(None, ensemble.draw(5, 1))
    run = ensemble.run(regime, opening, "pounds")
    mesa = simulate(regime, seed=5, replicate=1, months=14, parity="pounds")
    assert run.month_values.tobytes() == mesa.month_values.tobytes()
    assert run.council_values.tobytes() == mesa.council_values.tobytes()
    assert run.values.tobytes() == mesa.values.tobytes()
    assert len(RECIPES) == sum(bool(outcome.paths) for outcome in OUTCOMES.values())


@pytest.mark.parametrize("part", ["coefficients", "councils", "directors", "sector"])
def test_an_opening_is_made_anew_each_time(part):
    ensemble = Ensemble(2)
    chance = ensemble.draw(1, 0)
    first, second = (getattr(ensemble.open(None, chance), part) for _ in range(2))
    assert first.tobytes() == second.tobytes()
    assert not np.shares_memory(first, second)
