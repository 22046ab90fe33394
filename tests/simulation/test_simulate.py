"""Which engine runs what: both refuse the same, in the same words, and only Mesa takes the user's own agents."""

import pytest

from simulation import Scenario, draw_chance, load_councils, simulate
from simulation.agents.agents import ChiefExecutive, Council, Director
from simulation.errors import InputError
from simulation.simulate import ENGINES


@pytest.mark.parametrize("kind", [Council, Director, ChiefExecutive])
def test_a_subclass_of_an_agent_takes_mesa(kind):
    class Mine(kind):
        pass

    asked = {f"{'chief' if kind is ChiefExecutive else kind.__name__.lower()}_class": Mine}
    with pytest.raises(InputError, match="Mine: a subclass of an agent cannot be compiled; expected engine='mesa'"):
        simulate(months=1, engine="ensemble", **asked)
    assert len(simulate(months=1, engine="mesa", **asked).months) == 1


@pytest.mark.parametrize(
    ("argument", "value", "sentence"),
    [
        ("engine", "ensembel", r"engine: expected ensemble or mesa, got 'ensembel' \(nearest: ensemble\)"),
        ("months", 0, "months: expected a whole number from 1 to 12000, got 0"),
        ("months", 1.5, "months: expected a whole number"),
        ("seed", -1, "seed: expected a whole number from 0"),
        ("replicate", 2**31, "replicate: expected a whole number from 0"),
        ("parity", "pound", "unknown parity 'pound'"),
        ("regime", "peers", "unknown regime 'peers'"),
        ("chance", draw_chance(1, 1, 6, 152, 9), "chance: expected luck for 40 months"),
        ("chance", draw_chance(1, 1, 40, 151, 9), "chance: expected luck for 40 months, 152 councils"),
        ("chance", draw_chance(1, 1, 40, 152, 8), "chance: expected luck for 40 months, 152 councils and 9 regions"),
    ],
)
def test_both_engines_refuse_what_cannot_be_run_in_the_same_words(argument, value, sentence):
    for engine in ENGINES:
        with pytest.raises(InputError, match=sentence):
            simulate(**({"months": 40, "engine": engine} | {argument: value}))


@pytest.mark.parametrize("engine", ENGINES)
def test_a_scenario_starts_in_the_month_of_the_councils(engine, sector):
    later = Scenario(start="2019-04")
    told = (
        "start: expected a scenario from 2018-04, the month of the councils, got 2019-04; "
        r'load_councils\(start="2019-04"\) gives the councils of that month'
    )
    for table in (sector(), load_councils()):
        with pytest.raises(InputError, match=told):
            simulate(months=1, engine=engine, scenario=later, councils=table)
    found = simulate(months=1, engine=engine, scenario=later, councils=load_councils(start="2019-04"))
    assert found.months.equals(simulate(months=1, engine=engine, scenario=later).months)
