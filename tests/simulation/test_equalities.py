"""What must hold exactly, in every bit."""

import itertools
import json
import os
import subprocess
import sys

import mesa
import pytest

from simulation import (
    OUTCOMES,
    PATHS,
    REGIMES,
    Parameters,
    Regime,
    Scenario,
    SectorModel,
    Switches,
    draw_chance,
    load_regime,
    simulate,
)
from simulation.regimes import Arm

GIVING = ("partners_in_practice", "peer_support", "hybrid", "historical")
"""Regimes of links alone, with neither partnership nor trust."""


def same(one, other):
    """Whether two runs are the same in every path, outcome and council (not-a-number equals itself)."""
    alike = [repr(one.outcomes[name]) == repr(other.outcomes[name]) for name in OUTCOMES]
    return one.months.equals(other.months) and one.councils.equals(other.councils) and all(alike)


@pytest.fixture(scope="module")
def none():
    """The run without a programme."""
    return simulate("none", months=15)


def in_another_process(command):
    environment = os.environ | {"PYTHONHASHSEED": "7"}
    done = subprocess.run([sys.executable, "-c", command], env=environment, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def test_the_same_seed_gives_the_same_bits_in_another_process():
    command = (
        "import json\n"
        "from simulation import simulate\n"
        "run = simulate('hybrid', months=9, replicate=4, seed=77)\n"
        "print(json.dumps([run.months.map(float.hex).values.tolist(), run.councils.map(repr).values.tolist()]))\n"
    )
    run = simulate("hybrid", months=9, replicate=4, seed=77)
    here = [run.months.map(float.hex).to_numpy().tolist(), run.councils.map(repr).to_numpy().tolist()]
    assert in_another_process(command) == here


def test_the_same_run_twice_is_the_same_and_another_replicate_or_seed_is_not(none):
    assert same(simulate("none", months=15), none)
    assert not same(simulate("none", months=15, replicate=1), none)
    assert not same(simulate("none", months=15, seed=2019), none)


def test_a_run_does_not_depend_on_those_before_it(none):
    for regime in ("childrens_trust", "improvement_partnership"):
        simulate(regime, months=4, replicate=1)
    assert same(simulate("none", months=15), none)


@pytest.mark.parametrize("name", GIVING)
@pytest.mark.parametrize(
    "levers", [{"days": 0.0}, {"givers": 0}, {"days_per_giver": 0.0}, {"days_per_receiver": 0.0}], ids=str
)
def test_a_regime_with_no_pledged_days_is_none(name, levers, none):
    regime = load_regime(name).with_arms(**({"labels": True, "attention_shift": 0.2} | levers))
    assert same(simulate(regime, months=15), none)


@pytest.mark.parametrize("parity", ["pounds", "days", "director_days"])
def test_under_a_parity_a_share_of_nothing_is_none(parity, none):
    regime = load_regime("peer_support").with_arms(share=0.0, attention_shift=0.2)
    assert same(simulate(regime, months=15, parity=parity), none)


def test_a_regime_without_arms_is_none(none):
    assert same(simulate(Regime(name="mine"), months=15), none)


@pytest.mark.parametrize("name", [name for name in REGIMES if name not in ("none", "historical")])
def test_regimes_are_identical_before_their_first_month(name, none):
    run = simulate(load_regime(name).with_arms(first_month=10, attention_shift=0.2), months=15)
    assert run.months[:10].equals(none.months[:10])
    assert not run.months[10:].equals(none.months[10:])


def test_an_arm_has_the_same_future_whatever_it_is_called():
    partners = load_regime("partners_in_practice")
    other = Regime(name="other", title="Other", arms=partners.arms, follows_parity=False)
    assert same(simulate(other, months=6), simulate(partners, months=6))


def test_an_arm_that_is_over_leaves_no_link_label_or_shift():
    regime = load_regime("partners_in_practice").with_arms(last_month=6, attention_shift=0.2)
    model = SectorModel(regime, months=9)
    for _ in range(9):
        model.step()
    assert model.row.givers == model.row.receivers == model.row.days_pledged == 0
    assert {(k.labelled_giver, k.labelled_receiver, k.attention_shift) for k in model.councils} == {(0, 0, 0.0)}


class Shuffled(SectorModel):
    """A model whose agents Mesa shuffles before every month, drawing on its own generators as it does."""

    def step(self):
        self.agents.shuffle(inplace=True)
        for agents in self.agents_by_type.values():
            agents.shuffle(inplace=True)
        self.random.random()
        self.rng.random()
        super().step()


def months_of(model):
    while model.running:
        model.step()
    return model.datacollector.get_model_vars_dataframe()


@pytest.mark.parametrize("name", ["none", "peer_support", "improvement_partnership", "childrens_trust"])
def test_shuffling_mesas_agents_changes_nothing(name):
    assert months_of(Shuffled(name, months=12)).equals(months_of(SectorModel(name, months=12)))


def test_mesas_own_seed_changes_nothing():
    assert months_of(SectorModel("hybrid", months=6, rng=99)).equals(months_of(SectorModel("hybrid", months=6)))


def test_what_is_recorded_changes_nothing():
    watched = SectorModel("hybrid", months=12, panel=True)
    watched.extra = mesa.DataCollector(
        model_reporters={"best": lambda m: max(council.quality for council in m.councils)},
        agent_reporters={"quality": lambda agent: getattr(agent, "quality", None)},
    )
    while watched.running:
        watched.step()
        watched.extra.collect(watched)
    assert watched.datacollector.get_model_vars_dataframe().equals(months_of(SectorModel("hybrid", months=12)))
    assert len(watched.panel.councils()) == 12 * 152


@pytest.mark.parametrize("name", ["peer_support", "improvement_partnership", "childrens_trust"])
def test_a_longer_horizon_changes_no_earlier_month(name):
    short, long = simulate(name, months=7).months, simulate(name, months=25).months
    assert long[:7].equals(short)


def test_luck_drawn_beforehand_is_the_luck_of_its_seed_and_replicate(none):
    chance = draw_chance(2018, 0, 40, 152, 9)
    assert same(simulate("none", months=15, chance=chance), none)


def test_the_same_luck_meets_every_regime(england):
    models = [SectorModel(name, months=3, replicate=5) for name in REGIMES]
    for one, other in itertools.pairwise(models):
        assert all((one.chance.months[name] == other.chance.months[name]).all() for name in one.chance.months)
        assert [k.quality for k in one.councils] == [k.quality for k in other.councils]
    assert len(models[0].councils) == england.n


def test_rows_of_the_data_collector_are_the_recorded_months_and_outcomes():
    model = SectorModel("hybrid", months=8)
    rows = []
    while model.running:
        model.step()
        rows.append({path: float(getattr(model.row, path)) for path in PATHS})
    collected = model.datacollector.get_model_vars_dataframe()
    assert collected.to_dict("records") == rows
    run = simulate("hybrid", months=8)
    assert run.months.to_dict("records") == rows
    assert run.outcomes["days_delivered"] == pytest.approx(sum(row["days_delivered"] for row in rows))


def test_a_run_changes_nothing_that_it_is_given(england):
    parameters, switches, scenario = Parameters(transfer_rate=0.5), Switches(labels="off"), Scenario(poverty_tilt=1.0)
    regime, chance = load_regime("hybrid"), draw_chance(1, 1, 6, 152, 9)
    given = (parameters, switches, scenario, regime, england)
    before = [repr(thing) for thing in given]
    tables = {name: table.copy() for name, table in chance.months.items()}
    simulate(
        regime, months=6, parameters=parameters, switches=switches, scenario=scenario, councils=england, chance=chance
    )
    assert [repr(thing) for thing in given] == before
    assert all((chance.months[name] == table).all() for name, table in tables.items())


def test_parities_of_partners_in_practice_are_one_run():
    runs = [simulate("partners_in_practice", months=5, parity=parity) for parity in ("none", "pounds", "days")]
    assert same(runs[0], runs[1])
    assert same(runs[0], runs[2])


def test_an_arm_that_nobody_needs_changes_nothing(sector):
    strong = sector(8, grade=(3,) * 8, first_month=(-1,) * 8)
    helped = simulate("partners_in_practice", months=6, councils=strong)
    assert helped.months["receivers"].sum() == 0
    assert helped.months.equals(simulate("none", months=6, councils=strong).months)
    assert isinstance(load_regime("hybrid").arms[0], Arm)
