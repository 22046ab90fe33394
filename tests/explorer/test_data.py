"""What the page knows of the model is what the package says."""

import base64
import gzip
import json

import numpy as np
import pytest

from experiments.design.origin import make_sets
from experiments.explorer.data import explorer_data
from experiments.explorer.lever_fields import describe_levers
from simulation import OUTCOMES, PARAMETERS, REGIMES, Parameters, Scenario, Switches, load_councils, load_regime
from simulation.coefficients import Coefficients
from simulation.regimes.parity import arm_levers
from simulation.scenario import SCENARIOS


@pytest.fixture(scope="module")
def known():
    return json.loads(json.dumps(explorer_data()))


def unpacked(text):
    return gzip.decompress(base64.b64decode(text))


@pytest.mark.parametrize("name", REGIMES)
def test_levers_are_written_into_the_fields_that_they_belong_to(name):
    regime = load_regime(name)
    for arm, levers in zip(regime.as_dict()["arms"], arm_levers(regime), strict=True):
        written = {}
        for lever in describe_levers():
            value = arm[lever["name"]]
            if isinstance(value, str):
                written |= lever["sets"][value]
            elif lever["field"] is not None:
                written |= {**lever["sets"][""], lever["field"]: float(value)}
        assert written == vars(levers)


def test_sets_are_those_of_a_usual_comparison(known):
    sets, _ = make_sets(256, "plausible", None, {}, None, 2018)
    rows = np.frombuffer(unpacked(known["sets"]["numbers"]), "<f8").reshape(known["sets"]["number"], -1)
    assert known["sets"]["names"] == [*PARAMETERS, "receiver_quantile", "giver_quantile"]
    for row, one, draws in zip(rows.tolist(), sets, known["sets"]["drawn"], strict=True):
        assert row == [*one.parameters.as_dict().values(), one.receiver_quantile, one.giver_quantile]
        assert tuple(draws) == one.draws
    assert known["sets"]["draws"] == sum(map(len, known["sets"]["drawn"])) == 256


def test_every_start_has_its_councils_and_its_world(known):
    starts = json.loads(unpacked(known["starts"]))
    assert [start["month"] for start in starts] == known["start_months"]
    for start in (starts[0], starts[40], starts[-1]):
        table, month = load_councils(start=start["month"]), start["month"]
        assert [dict(zip(start["facts"], row, strict=True)) for row in zip(*start["facts"].values(), strict=True)] == [
            vars(council) for council in table.facts
        ]
        for funding, gaps in known["gaps"]["by_funding"].items():
            assert gaps[start["offset"] :][:240] == list(Scenario(start=month, funding=funding).gaps(240))
        for headline in SCENARIOS["headline"].choices:
            world = Scenario(start=month, headline=headline, poverty_tilt=1.5)
            said = {"poverty_tilt": 1.5, "drift_from": start["drift_from"]}
            said |= {"headline_until": start["headline_until"][headline]}
            in_force = vars(Coefficients.in_force(Parameters(), Switches(), *world.for_coefficients()))
            rest = {name: value for name, value in in_force.items() if name not in PARAMETERS}
            assert dict.fromkeys(rest, 0) | known["coefficients"] | said == rest


def test_regimes_that_go_by_the_calendar_are_there_for_every_start(known):
    moved = json.loads(unpacked(known["moved_arms"]))
    assert set(moved) == {name for name in REGIMES if load_regime(name).by_calendar} == {"historical"}
    for month, arms in moved["historical"].items():
        expected = load_regime("historical").from_start(month).as_dict()["arms"]
        assert arms == json.loads(json.dumps(expected))


def test_what_matters_grows_with_the_months_where_an_outcome_adds_up(known):
    for told in known["outcomes"]:
        grown = told["matters"] * (0.5 if told["adds_up"] else 1.0)
        assert OUTCOMES[told["name"]].smallest(60) == grown
